"""What the CV lines may say, by permission: written by hand after domain.md G, not from the code."""

import pytest
from django.urls import reverse
from django.utils import timezone

from networking.models import Organisation
from networking.tests.factories import make_contact, make_deliverable, make_landed, make_organisation
from portfolio.models import Sample
from portfolio.tests.test_review_leaks import MARKERS, make_marked

URL = reverse("progress:cv")
# Permission state: what of a ready sample a line may say beyond its format, its area and the year.
IN_A_CV = {
    "own_work": {"title", "audience", "role", "external_url"},
    "public_link": {"title", "audience", "role", "external_url"},
    "not_asked": set(),
    "requested": set(),
    "granted_full": {"title", "audience", "role", "external_url"},
    "granted_redacted": {"title", "audience", "role"},
    "granted_private": set(),
    "refused": set(),
}
WORDINGS = ["", "sentence"]
KEPT_BACK = {"look_due_since": timezone.now()}, {"status": "draft"}, {"status": "in_review"}


def got_into_the_cv(client, wording):
    """What of the markers stands anywhere on the page, its head and its copy of all lines included."""
    page = client.get(URL, {"wording": wording, "status": "begun"}).content.decode()
    assert "FILENAME-MARK" not in page
    return {name for name, mark in MARKERS.items() if mark.lower() in page.lower()}


def test_every_permission_state_has_a_row():
    assert set(IN_A_CV) == set(Sample.Permission.values)


@pytest.mark.parametrize(("permission", "allowed"), IN_A_CV.items())
@pytest.mark.parametrize("wording", WORDINGS)
def test_only_what_the_table_allows_gets_in(as_alice, alice, permission, allowed, wording):
    make_marked(alice, permission=permission, status="ready")

    # A sentence has no room for the writer's part.
    assert got_into_the_cv(as_alice, wording) == (allowed - {"role"} if wording else allowed)


@pytest.mark.parametrize("permission", IN_A_CV)
@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("state", KEPT_BACK)
def test_what_is_not_ready_or_to_be_looked_at_is_told_in_general(as_alice, alice, permission, wording, state):
    make_marked(alice, permission=permission, **{"status": "ready", **state})

    assert got_into_the_cv(as_alice, wording) == set()
    assert "eeds assessment" in as_alice.get(URL, {"wording": wording, "status": "begun"}).content.decode()


@pytest.mark.parametrize("kind", ["", *Organisation.Kind.values])
@pytest.mark.parametrize("wording", WORDINGS)
@pytest.mark.parametrize("is_job", [True, False])
def test_no_name_of_a_project_gets_in(as_alice, alice, kind, wording, is_job):
    organisation = make_organisation(
        alice,
        name="ORG-MARK",
        kind=kind,
        website="https://org-mark.example",
        areas="AREA-MARK",
        notes="N-MARK",
    )
    make_landed(
        alice,
        title="TITLE-MARK",
        organisation=organisation,
        contact=make_contact(alice, name="CONTACT-MARK"),
        role="ROLE-MARK",
        format=None if is_job else make_deliverable(),
        notes="NOTES-MARK",
        lesson="LESSON-MARK",
        fee="99999.00",
        currency="EUR",
        agreement="contract",
    )

    page = as_alice.get(URL, {"wording": wording}).content.decode()

    assert "2026" in page
    assert "mark" not in page.lower().replace("markup", "")
    assert "99999" not in page
