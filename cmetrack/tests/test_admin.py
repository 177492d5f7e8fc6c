"""Odd addresses and choices in the editors' lists lead back with a message, never to an error page."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import Client

from accounts.models import User
from conftest import PASSWORD
from milestones.tests.factories import make_milestone
from networking.models import Contact
from networking.tests.factories import make_contact, make_template

LISTS = [
    "/admin/milestones/milestone/",
    "/admin/milestones/step/",
    "/admin/portfolio/format/",
    "/admin/networking/messagetemplate/",
]


@pytest.fixture
def as_admin(db):
    client = Client()
    client.force_login(
        User.objects.create_superuser("root@example.org", PASSWORD),
        "allauth.account.auth_backends.AuthenticationBackend",
    )
    return client


@pytest.mark.parametrize("address", LISTS)
@pytest.mark.parametrize(
    "query",
    [
        "position__in=99999999999999999999999",
        "position__range=1",
        "title__regex=(",
        "key__iregex=[",
        "id__in=99999999999999999999999",
        "title=%00",
        "q=%00",
        "p=99999999999999",
    ],
)
def test_an_odd_filter_never_breaks_the_list(as_admin, address, query):
    response = as_admin.get(f"{address}?{query}", follow=True)

    assert response.status_code == 200
    assert b"Content" in response.content


@pytest.mark.parametrize("chosen", ["abc", "\x00", "9" * 30])
def test_an_odd_choice_never_breaks_an_action(as_admin, chosen):
    make_template()

    response = as_admin.post(
        LISTS[-1], {"action": "delete_selected", "_selected_action": chosen, "index": "0"}, follow=True
    )

    assert response.status_code == 200


def test_the_shortcut_tells_nothing_of_private_rows(as_admin, alice):
    contact = make_contact(alice)
    private = ContentType.objects.get_for_model(Contact).pk

    assert as_admin.get(f"/admin/r/{private}/{contact.pk}/").status_code == 404


def test_a_milestone_links_straight_to_its_page(as_admin):
    milestone = make_milestone(slug="understanding_cme")

    page = as_admin.get(f"/admin/milestones/milestone/{milestone.pk}/change/")

    assert b'href="/path/understanding_cme/"' in page.content
