"""What makes an address a secret: whoever has it may open the page behind it."""

import secrets


def new_token() -> str:
    """Something nobody can guess: 256 bits, safe in an address."""
    return secrets.token_urlsafe(32)
