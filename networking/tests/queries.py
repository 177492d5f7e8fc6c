"""What every signed-in page asks the database before its own questions."""

# The session, the person, how much is due.
SHELL = 3
