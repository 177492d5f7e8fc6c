"""How the day begins."""


def greeting(hour: int, name: str) -> str:
    """“Good morning, Ana”, by the hour (0 to 23) where the person is; without a name just the greeting."""
    if 5 <= hour < 12:
        words = "Good morning"
    elif 12 <= hour < 18:
        words = "Good afternoon"
    else:
        words = "Good evening"
    return f"{words}, {name}" if name else words
