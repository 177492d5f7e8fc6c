"""People brought along in a file: read, recognised, looked through, written in slices, taken back."""
