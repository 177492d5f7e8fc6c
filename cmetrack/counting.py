"""Counting what comes too often, in windows of fixed length."""

from time import time

from django.core.cache import cache


def count(key: str, seconds: int) -> int:
    """How often `key` came in the present window of so many seconds, this time included.

    Reads and then writes: whoever counts what comes at the same moment holds a lock meanwhile.
    """
    times = counted(key, seconds) + 1
    cache.set(_window(key, seconds), times, seconds)
    return times


def counted(key: str, seconds: int) -> int:
    """How often `key` was counted in the present window so far. Writes nothing."""
    times: int = cache.get(_window(key, seconds), 0)
    return times


def _window(key: str, seconds: int) -> str:
    # Not `incr`: a cache in the database forgets the timeout over it. The window stands in the key instead.
    return f"{key}:{int(time()) // seconds}"
