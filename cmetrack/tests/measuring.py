"""Which tests say how much of our code is tested: a plugin of pytest, named in conftest.py.

Those that do the same every time: not a browser's, which cover nothing more, nor examples drawn at random.
Of a table its first row counts. Measuring makes a test take half as long again, and what is not measured can
only lower the figure.
"""

from importlib import import_module

import pytest
from coverage import Coverage
from django.conf import settings
from hypothesis import is_hypothesis_test

COUNTS = pytest.StashKey[bool]()
MEASURING = pytest.StashKey[Coverage | None]()


def pytest_collection_modifyitems(items):
    """The long ones first: then all cores finish at about the same time."""
    first_rows = {without_row(item): item for item in reversed(items)}
    for item in items:
        is_drawn = is_hypothesis_test(getattr(item, "obj", None))
        item.stash[COUNTS] = not (is_of_browser(item) or is_drawn) and first_rows[without_row(item)] is item
    # What the first request would import counts as well, and that request may be of a test that does not.
    import_module(settings.ROOT_URLCONF)
    items.sort(key=lambda item: not is_of_browser(item))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    measuring = item.config.stash.setdefault(MEASURING, Coverage.current())
    if measuring and item.stash[COUNTS] and not Coverage.current():
        measuring.start()
    # pytest-cov starts two in a process of pytest-xdist, and its own mark, no_cover, stops only one of them.
    while not item.stash[COUNTS] and (running := Coverage.current()):
        running.stop()


def is_of_browser(item):
    return item.get_closest_marker("browser") is not None


def without_row(item):
    return item.nodeid.partition("[")[0]
