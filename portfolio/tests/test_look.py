"""A change of the permission or of the file asks for a fresh look before anything is shown again."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Sample, ShareItem, ShareLink
from portfolio.showing import NOTHING, allowance, may_be_shown
from portfolio.tests.factories import make_quality_item, make_sample, make_sample_file, pdf_upload

TODAY = date(2026, 11, 1)
CALL = "Have a fresh look"


@pytest.fixture
def sample(alice):
    return make_sample(
        alice,
        title="Renal slides",
        status="ready",
        origin="client",
        permission="granted_full",
        quality_checked_on=TODAY,
    )


def url(sample, name="look"):
    return reverse(f"portfolio:{name}", args=[sample.pk])


def page_of(client, sample):
    return client.get(sample.get_absolute_url()).content.decode()


def change(client, sample, **fields):
    kept = {name: getattr(sample, name) for name in ("title", "status", "origin", "permission", "revision")}
    client.post(url(sample, "update"), kept | {"format": sample.format_id} | fields)
    sample.refresh_from_db()


def is_shown(sample):
    return Sample.objects.filter(may_be_shown(), pk=sample.pk).exists() and allowance(sample) != NOTHING


def test_another_permission_holds_it_back_until_its_owner_has_looked(as_alice, sample):
    assert is_shown(sample)

    change(as_alice, sample, permission="own_work")
    assert sample.look_due_since is not None
    assert not is_shown(sample)
    page = page_of(as_alice, sample)
    assert CALL in page
    assert "I have looked: it may be shown so" in page

    as_alice.post(url(sample))
    sample.refresh_from_db()
    assert sample.look_due_since is None
    assert is_shown(sample)
    assert CALL not in page_of(as_alice, sample)


def test_the_call_says_what_to_look_at(as_alice, alice, sample):
    make_sample_file(sample, name="whole.pdf")
    make_sample_file(sample, name="extract.pdf", kind="redacted")
    make_sample_file(sample, name="newest.pdf")
    for title, revoked in (("For Northfield", None), ("Closed", timezone.now())):
        link = ShareLink.objects.create(owner=alice, title=title, revoked_at=revoked)
        ShareItem.objects.create(owner=alice, link=link, sample=sample)

    change(as_alice, sample, permission="granted_redacted")

    call = page_of(as_alice, sample).split(CALL)[1].split("</section>")[0]
    assert "Only a redacted file may go on a page you share." in call
    assert "<bdi>extract.pdf</bdi>" in call
    assert "For Northfield" in call
    for absent in ("whole.pdf", "newest.pdf", "Closed"):
        assert absent not in call


@pytest.mark.parametrize("permission", ["not_asked", "granted_private"])
def test_what_may_not_be_shown_is_not_said_to_be(as_alice, sample, permission):
    change(as_alice, sample, permission=permission)

    page = page_of(as_alice, sample)
    assert "I have looked</button>" in page
    assert "it may be shown so" not in page


def test_a_permission_that_follows_the_origin_asks_as_well(as_alice, alice):
    sample = make_sample(alice, status="ready", origin="client", permission="not_asked")

    change(as_alice, sample, origin="spec")

    assert sample.permission == "own_work"
    assert sample.look_due_since is not None


@pytest.mark.parametrize("permission", ["own_work", ""])
def test_other_changes_ask_for_nothing(as_alice, alice, permission):
    sample = make_sample(alice, status="ready", permission=permission)

    change(as_alice, sample, title="Better", summary="More", permission="own_work")

    assert (sample.title, sample.look_due_since) == ("Better", None)


def test_a_change_of_the_file_asks_to_go_through_the_checklist_again(as_alice, sample):
    items = [make_quality_item() for _ in range(3)]
    answers = {f"answer_{item.pk}": "met" for item in items}
    as_alice.post(url(sample, "quality"), answers)
    as_alice.post(url(sample, "file-create"), {"file": pdf_upload(), "kind": "full"})

    page = page_of(as_alice, sample)
    assert CALL in page
    assert "The file changed after you had answered the quality checklist." in page
    assert "I have looked" not in page

    as_alice.post(url(sample, "quality"), answers)
    assert CALL not in page_of(as_alice, sample)


def test_both_at_once_are_one_look(as_alice, sample):
    items = [make_quality_item() for _ in range(3)]
    answers = {f"answer_{item.pk}": "met" for item in items}
    as_alice.post(url(sample, "quality"), answers)
    as_alice.post(url(sample, "file-create"), {"file": pdf_upload(), "kind": "full"})
    sample.refresh_from_db()
    change(as_alice, sample, permission="own_work")
    assert page_of(as_alice, sample).count(CALL) == 1

    as_alice.post(url(sample, "quality"), answers)

    sample.refresh_from_db()
    assert is_shown(sample)
    assert CALL not in page_of(as_alice, sample)


def test_a_checklist_half_answered_is_no_look(as_alice, sample):
    items = [make_quality_item() for _ in range(3)]
    change(as_alice, sample, permission="own_work")

    as_alice.post(url(sample, "quality"), {f"answer_{items[0].pk}": "met"})

    sample.refresh_from_db()
    assert sample.look_due_since is not None


def test_a_checklist_never_finished_is_not_asked_for_again(as_alice, alice):
    sample = make_sample(alice, status="ready")
    make_quality_item()

    assert CALL not in page_of(as_alice, sample)


def test_undo_holds_it_back_again(as_alice, sample):
    change(as_alice, sample, permission="own_work")

    page = as_alice.post(url(sample), follow=True).content.decode()
    assert f'action="{url(sample, "look-again")}"' in page
    as_alice.post(url(sample, "look-again"))

    sample.refresh_from_db()
    assert sample.look_due_since is not None
    assert not is_shown(sample)


@pytest.mark.parametrize("name", ["look", "look-again"])
def test_hides_other_peoples_samples(as_alice, bob, name):
    before = timezone.now()
    theirs = make_sample(bob, look_due_since=before)

    assert as_alice.post(url(theirs, name)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.look_due_since == before


@pytest.mark.parametrize("name", ["look", "look-again"])
def test_needs_a_post(as_alice, sample, name):
    assert as_alice.get(url(sample, name)).status_code == 405
