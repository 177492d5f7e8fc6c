"""A change of the permission or of the file asks for a fresh look before anything is shown again."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import Sample, ShareItem, ShareLink
from portfolio.showing import NOTHING, allowance, may_be_shown
from portfolio.tests.factories import (
    make_quality_item,
    make_review,
    make_sample,
    make_sample_file,
    pdf_upload,
)

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


def look(client, sample, **sent):
    sample.refresh_from_db()
    return client.post(url(sample), {"seen": sample.as_seen} | sent, follow=True).content.decode()


def answer(client, sample, items):
    sample.refresh_from_db()
    answers = {f"answer_{item.pk}": "met" for item in items}
    return client.post(url(sample, "quality"), answers | {"seen": sample.as_seen})


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

    look(as_alice, sample)
    sample.refresh_from_db()
    assert sample.look_due_since is None
    assert is_shown(sample)
    assert CALL not in page_of(as_alice, sample)


def test_the_call_says_what_to_look_at(as_alice, alice, sample):
    whole = make_sample_file(sample, name="whole.pdf")
    pinned = make_sample_file(sample, name="extract.pdf", kind="redacted")
    make_sample_file(sample, name="newest.pdf", kind="redacted")
    closed = timezone.now()
    for title, revoked, file in (
        ("For Northfield", None, pinned),
        ("For Harbor", None, whole),
        ("Closed", closed, pinned),
    ):
        link = ShareLink.objects.create(owner=alice, title=title, revoked_at=revoked)
        ShareItem.objects.create(owner=alice, link=link, sample=sample, file=file)

    change(as_alice, sample, permission="granted_redacted")

    call = page_of(as_alice, sample).split(CALL)[1].split("</section>")[0]
    assert "Only a redacted file may go on a page you share." in call
    for_northfield, for_harbor = call.split("For Harbor")
    assert "For Northfield" in for_northfield
    assert "<bdi>extract.pdf</bdi>" in for_northfield
    assert "No file of this kind." in for_harbor
    for absent in ("whole.pdf", "newest.pdf", "Closed"):
        assert absent not in call


def test_without_a_page_it_shows_what_the_next_one_gets(as_alice, sample):
    make_sample_file(sample, name="older.pdf")
    make_sample_file(sample, name="newest.pdf")

    change(as_alice, sample, permission="own_work")

    call = page_of(as_alice, sample).split(CALL)[1].split("</section>")[0]
    assert "On no page yet" in call
    assert "<bdi>newest.pdf</bdi>" in call
    assert "older.pdf" not in call


def test_a_page_opened_before_another_change_lets_nothing_out(as_alice, sample):
    change(as_alice, sample, permission="own_work")
    opened = sample.as_seen
    change(as_alice, sample, permission="granted_full")

    for stale in ({"seen": opened}, {"seen": ""}):
        assert "The sample has changed since you opened this page." in look(as_alice, sample, **stale)
    sample.refresh_from_db()
    assert sample.look_due_since is not None


def test_the_second_of_two_clicks_says_nothing_new(as_alice, sample):
    change(as_alice, sample, permission="own_work")
    opened = {"seen": sample.as_seen}
    look(as_alice, sample, **opened)

    assert "has changed" not in look(as_alice, sample, **opened)


@pytest.mark.parametrize(
    ("permission", "status", "asks"),
    [("public_link", "ready", True), ("public_link", "draft", False), ("not_asked", "ready", False)],
)
def test_another_link_asks_where_it_may_be_followed(as_alice, alice, permission, status, asks):
    sample = make_sample(
        alice, status=status, origin="client", permission=permission, external_url="https://example.org/a"
    )

    change(as_alice, sample, external_url="https://example.org/b")

    assert sample.external_url == "https://example.org/b"
    assert (sample.look_due_since is not None) is asks


def test_another_link_of_a_draft_asks_while_somebody_reads_it(client, as_alice, alice):
    sample = make_sample(
        alice, origin="client", permission="public_link", external_url="https://example.org/a"
    )
    review = make_review(sample)
    assert client.get(review.public_url).status_code == 200

    change(as_alice, sample, external_url="https://example.org/b")

    assert client.get(review.public_url).status_code == 404
    look(as_alice, sample, seen=sample.as_seen)
    assert "https://example.org/b" in client.get(review.public_url).text


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
    answer(as_alice, sample, items)
    as_alice.post(url(sample, "file-create"), {"file": pdf_upload(), "kind": "full"})

    page = page_of(as_alice, sample)
    assert CALL in page
    assert "The file changed after you had answered the quality checklist." in page
    assert "I have looked" not in page

    answer(as_alice, sample, items)
    assert CALL not in page_of(as_alice, sample)


def test_both_at_once_are_one_look(as_alice, sample):
    items = [make_quality_item() for _ in range(3)]
    answer(as_alice, sample, items)
    as_alice.post(url(sample, "file-create"), {"file": pdf_upload(), "kind": "full"})
    sample.refresh_from_db()
    change(as_alice, sample, permission="own_work")
    assert page_of(as_alice, sample).count(CALL) == 1

    answer(as_alice, sample, items)

    sample.refresh_from_db()
    assert is_shown(sample)
    assert CALL not in page_of(as_alice, sample)


def test_a_checklist_half_answered_is_no_look(as_alice, sample):
    items = [make_quality_item() for _ in range(3)]
    change(as_alice, sample, permission="own_work")

    answer(as_alice, sample, items[:1])

    sample.refresh_from_db()
    assert sample.look_due_since is not None


def test_a_checklist_never_finished_is_not_asked_for_again(as_alice, alice):
    sample = make_sample(alice, status="ready")
    make_quality_item()

    assert CALL not in page_of(as_alice, sample)


def test_undo_holds_it_back_again(as_alice, sample):
    change(as_alice, sample, permission="own_work")

    page = look(as_alice, sample)
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
