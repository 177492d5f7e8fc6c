"""Counting what comes too often, in windows of fixed length."""

from time import time

from django.core.cache import cache


def count(key: str, seconds: int) -> int:
    """How often `key` came in the present window of so many seconds, this time included.

    Reads and then writes: whoever counts what comes at the same moment holds a lock meanwhile.
    """
    # Not `incr`: a cache in the database forgets the timeout over it. The window stands in the key instead.
    window = f"{key}:{int(time()) // seconds}"
    times: int = cache.get(window, 0) + 1
    cache.set(window, times, seconds)
    return times
