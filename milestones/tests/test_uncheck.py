import pytest

from milestones.models import CheckMark
from milestones.tests.factories import make_check_item, make_step


@pytest.fixture
def item(db):
    return make_check_item(make_step())


def test_takes_the_tick_away(as_alice, alice, item):
    CheckMark.objects.create(owner=alice, item=item)

    response = as_alice.post(item.uncheck_url)

    assert response["Location"] == f"{item.step.get_absolute_url()}#checklist"
    assert CheckMark.objects.exists() is False


def test_takes_away_that_tick_and_no_other(as_alice, alice, item):
    kept = CheckMark.objects.create(owner=alice, item=make_check_item(item.step))

    response = as_alice.post(item.uncheck_url)

    assert response["Location"] == f"{item.step.get_absolute_url()}#checklist"
    assert list(CheckMark.objects.all()) == [kept]


def test_htmx_gets_the_list(as_alice, alice, item, htmx):
    CheckMark.objects.create(owner=alice, item=item)

    page = as_alice.post(item.uncheck_url, headers=htmx).content.decode()

    assert f'action="{item.check_url}"' in page
    assert "<html" not in page


def test_leaves_other_peoples_ticks_alone(as_alice, bob, item):
    CheckMark.objects.create(owner=bob, item=item)

    as_alice.post(item.uncheck_url)

    assert [mark.owner for mark in CheckMark.objects.all()] == [bob]


def test_only_writes(as_alice, item):
    assert as_alice.get(item.uncheck_url).status_code == 405
