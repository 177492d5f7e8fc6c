"""A believable person with three months of history, to look around in."""
