import pytest

from milestones.models import ResourceRead
from milestones.tests.factories import make_milestone, make_resource


@pytest.fixture
def resource(db):
    return make_resource(make_milestone())


def test_takes_the_mark_away(as_alice, alice, resource):
    ResourceRead.objects.create(owner=alice, resource=resource)

    response = as_alice.post(resource.unread_url)

    assert response["Location"] == f"{resource.milestone.get_absolute_url()}#resources"
    assert ResourceRead.objects.exists() is False


def test_htmx_gets_the_row(as_alice, resource, htmx):
    page = as_alice.post(resource.unread_url, headers=htmx).content.decode()

    assert f'action="{resource.read_url}"' in page
    assert "0 of 0 · closed by what you log" in page


def test_leaves_other_peoples_marks_alone(as_alice, bob, resource):
    ResourceRead.objects.create(owner=bob, resource=resource)

    as_alice.post(resource.unread_url)

    assert [r.owner for r in ResourceRead.objects.all()] == [bob]


def test_only_writes(as_alice, resource):
    assert as_alice.get(resource.unread_url).status_code == 405
