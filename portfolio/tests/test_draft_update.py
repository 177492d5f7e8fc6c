import json

import pytest
from django.urls import reverse

from cmetrack.forms import CHANGED_ELSEWHERE
from portfolio.tests.factories import make_sample


def url(sample):
    return reverse("portfolio:draft-update", args=[sample.pk])


def typed(sample, **fields):
    kept = {name: getattr(sample, name) for name in ("title", "status", "origin", "permission", "revision")}
    return kept | {"format": sample.format_id} | fields


@pytest.mark.parametrize("status", ["idea", "draft", "in_review"])
def test_saves_the_text(as_alice, alice, status, htmx):
    sample = make_sample(alice, status=status)

    response = as_alice.post(url(sample), typed(sample, summary="Typed", tags="a,b , A"), headers=htmx)

    sample.refresh_from_db()
    assert (sample.summary, sample.tags, sample.status, sample.revision) == ("Typed", "a, b", status, 1)
    assert json.loads(response["HX-Trigger"]) == {"saved": {"revision": 1}}
    assert response["HX-Replace-Url"] == sample.edit_url
    assert response.content.decode().strip().startswith("Saved at ")


def test_decisions_wait_for_the_button(as_alice, alice, htmx):
    sample = make_sample(alice, status="draft", origin="spec", permission="own_work")
    decided = {"status": "ready", "origin": "client", "permission": "granted_full"}

    as_alice.post(url(sample), typed(sample, title="Typed", **decided), headers=htmx)

    sample.refresh_from_db()
    assert sample.title == "Typed"
    assert (sample.status, sample.origin, sample.permission) == ("draft", "spec", "own_work")
    assert sample.look_due_since is None


@pytest.mark.parametrize("status", ["ready", "retired"])
def test_what_others_may_see_is_never_changed_by_itself(as_alice, alice, status, htmx):
    sample = make_sample(alice, title="As shown", status=status)

    response = as_alice.post(url(sample), typed(sample, title="Typed", status="draft"), headers=htmx)

    sample.refresh_from_db()
    assert response.status_code == 422
    assert "It is kept in this browser until you press Save." in response.content.decode()
    assert (sample.title, sample.revision) == ("As shown", 0)


def test_a_second_tab_is_told_and_overwrites_nothing(as_alice, alice, htmx):
    sample = make_sample(alice)
    as_alice.post(url(sample), typed(sample, title="From the first tab"), headers=htmx)

    for _ in range(2):
        late = as_alice.post(url(sample), typed(sample, title="From the second tab"), headers=htmx)
        assert late.status_code == 422
        assert CHANGED_ELSEWHERE in late.content.decode()
        assert "Take the other version" in late.content.decode()

    sample.refresh_from_db()
    assert sample.title == "From the first tab"


def test_a_move_in_between_is_noticed(as_alice, alice, htmx):
    sample = make_sample(alice)
    before, unchanged = typed(sample, title="Typed"), sample.title
    sample.move("in_review")

    response = as_alice.post(url(sample), before, headers=htmx)

    assert response.status_code == 422
    assert CHANGED_ELSEWHERE in response.content.decode()
    sample.refresh_from_db()
    assert (sample.title, sample.status) == (unchanged, "in_review")


def test_bad_input_changes_nothing(as_alice, alice, htmx):
    sample = make_sample(alice, title="Before")

    response = as_alice.post(url(sample), typed(sample, title="", notes="x" * 20_001), headers=htmx)

    assert response.status_code == 422
    assert "Title: Enter the title. Private notes: Ensure" in response.content.decode()
    sample.refresh_from_db()
    assert sample.title == "Before"


def test_hides_other_peoples_samples(as_alice, bob, htmx):
    theirs = make_sample(bob, title="Theirs")

    assert as_alice.post(url(theirs), typed(theirs, title="Mine"), headers=htmx).status_code == 404
    theirs.refresh_from_db()
    assert theirs.title == "Theirs"


def test_needs_a_post(as_alice, alice):
    assert as_alice.get(url(make_sample(alice))).status_code == 405
