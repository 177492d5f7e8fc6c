from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from portfolio.models import QualityItem, QualityMark, Sample
from portfolio.showing import may_be_shown, obstacles
from portfolio.tests.factories import make_quality_item, make_sample, make_sample_file, pdf_upload

DAY = date(2026, 11, 1)


@pytest.fixture
def items(db):
    return [make_quality_item() for _ in range(3)]


@pytest.fixture
def sample(alice):
    return make_sample(alice, status="ready")


def url_of(sample):
    return reverse("portfolio:quality", args=[sample.pk])


def send(client, sample, answers, **kwargs):
    """Answers filled in on the page as it is now."""
    return client.post(url_of(sample), {"seen": Sample.objects.get(pk=sample.pk).as_seen} | answers, **kwargs)


def all_met(items, **other):
    return {**{f"answer_{item.pk}": "met" for item in items}, **other}


def test_all_answers_make_a_sample_quality_checked(as_alice, alice, sample, items):
    sent = all_met(
        items[1:], **{f"answer_{items[0].pk}": "not_applicable", f"reason_{items[0].pk}": "No figures"}
    )

    response = send(as_alice, sample, sent)

    sample.refresh_from_db()
    assert response["Location"] == sample.get_absolute_url()
    assert sample.quality_checked_on == timezone.localdate()
    assert Sample.objects.for_user(alice).quality_checked().get() == sample
    assert [(mark.is_met, mark.reason) for mark in sample.quality_marks.order_by("item")] == [
        (False, "No figures"),
        (True, ""),
        (True, ""),
    ]


def test_some_answers_are_kept_and_shown_again(as_alice, sample, items):
    send(as_alice, sample, {f"answer_{items[0].pk}": "met"})

    sample.refresh_from_db()
    page = as_alice.get(url_of(sample)).content.decode()
    assert sample.quality_checked_on is None
    assert "1 of 3" in page
    assert page.count(' value="met"') == 3
    assert page.count("checked") == 3


def test_an_answer_taken_back_reopens_the_check(as_alice, sample, items):
    send(as_alice, sample, all_met(items))

    send(as_alice, sample, all_met(items, **{f"answer_{items[0].pk}": ""}))

    sample.refresh_from_db()
    assert sample.quality_checked_on is None
    assert sample.quality_marks.count() == 2


def test_not_applicable_needs_its_reason(as_alice, sample, items):
    sent = all_met(
        items, **{f"answer_{items[0].pk}": "not_applicable", f"reason_{items[1].pk}": "kept as typed"}
    )

    response = send(as_alice, sample, sent)

    page = response.content.decode()
    assert response.status_code == 422
    assert "Say in a few words why it does not apply." in page
    assert "kept as typed" in page
    assert not QualityMark.objects.exists()


@pytest.mark.parametrize("odd", ["maybe", "MET", "\x00"])
def test_odd_answers_are_refused(as_alice, sample, items, odd):
    assert send(as_alice, sample, {f"answer_{items[0].pk}": odd}).status_code == 422
    assert not QualityMark.objects.exists()


def test_the_database_insists_on_a_reason_too(sample, items):
    with pytest.raises(IntegrityError), transaction.atomic():
        QualityMark.objects.create(owner=sample.owner, sample=sample, item=items[0], is_met=False)


def test_a_new_version_reopens_the_check_and_keeps_the_answers(as_alice, sample, items):
    send(as_alice, sample, all_met(items))

    as_alice.post(reverse("portfolio:file-create", args=[sample.pk]), {"file": pdf_upload(), "kind": "full"})

    sample.refresh_from_db()
    assert sample.files.count() == 1
    assert sample.quality_checked_on is None
    assert sample.quality_answered() == 3
    assert "The file has changed since you answered" in as_alice.get(url_of(sample)).content.decode()


def test_a_deleted_version_reopens_the_check(as_alice, sample, items):
    file = make_sample_file(sample)
    send(as_alice, sample, all_met(items))

    as_alice.post(file.delete_url)

    sample.refresh_from_db()
    assert sample.quality_checked_on is None


def test_retired_points_are_not_asked_for_and_their_answers_stay(as_alice, sample, items):
    send(as_alice, sample, {f"answer_{items[0].pk}": "met"})
    QualityItem.objects.filter(pk=items[0].pk).update(retired_on=DAY)

    send(as_alice, sample, all_met(items[1:]))

    sample.refresh_from_db()
    assert sample.quality_checked_on is not None
    assert sample.quality_marks.count() == 3
    assert sample.quality_answered() == 2


def test_answers_about_an_older_file_check_no_newer_one(as_alice, sample, items):
    """Two tabs: the checklist is opened, then another file comes in, then the checklist is sent."""
    opened = {"seen": sample.as_seen}
    as_alice.post(reverse("portfolio:file-create", args=[sample.pk]), {"file": pdf_upload(), "kind": "full"})

    response = as_alice.post(url_of(sample), all_met(items) | opened)

    sample.refresh_from_db()
    assert response.status_code == 409
    assert "Its latest file is version 1" in response.text
    assert response.text.count(" checked") == len(items)
    assert f'name="seen" value="{sample.as_seen}"' in response.text
    assert (sample.quality_checked_on, sample.quality_marks.count()) == (None, 0)


def test_answers_from_before_another_permission_let_nothing_out(as_alice, sample, items):
    opened = {"seen": sample.as_seen}
    sample.ask_for_a_look()

    response = as_alice.post(url_of(sample), all_met(items) | opened)

    sample.refresh_from_db()
    assert response.status_code == 409
    assert sample.look_due_since is not None


@pytest.mark.parametrize("answered", [1, 3])
def test_the_second_of_two_clicks_is_no_clash(as_alice, sample, items, answered):
    sent = all_met(items[:answered]) | {"seen": sample.as_seen}

    responses = [as_alice.post(url_of(sample), sent) for _ in range(2)]

    assert [response.status_code for response in responses] == [302, 302]
    assert sample.quality_marks.count() == answered


def test_the_same_answers_sent_again_are_no_look_at_what_changed_since(as_alice, sample, items):
    send(as_alice, sample, all_met(items))
    sample.refresh_from_db()
    opened = {"seen": sample.as_seen}
    sample.ask_for_a_look()

    response = as_alice.post(url_of(sample), all_met(items) | opened)

    assert response.status_code == 409
    sample.refresh_from_db()
    assert sample.look_due_since is not None


def test_an_answer_taken_back_shows_nothing_until_its_owner_has_looked(as_alice, sample, items):
    send(as_alice, sample, all_met(items))
    send(as_alice, sample, all_met(items[1:]))

    sample.refresh_from_db()
    assert sample.look_due_since is not None
    assert not Sample.objects.filter(may_be_shown()).exists()


def test_without_points_nothing_is_checked(as_alice, sample):
    send(as_alice, sample, {})

    sample.refresh_from_db()
    assert sample.quality_checked_on is None


def test_hides_other_peoples_checklists(as_bob, sample, items):
    assert as_bob.get(url_of(sample)).status_code == 404
    assert as_bob.post(url_of(sample), all_met(items)).status_code == 404
    assert not QualityMark.objects.exists()


def test_a_sample_in_the_trash_has_none(as_alice, sample, items):
    sample.trash()

    assert as_alice.get(url_of(sample)).status_code == 404


SHOWN = [
    ({"permission": "own_work"}, True),
    ({"permission": "", "origin": "spec"}, True),
    ({"permission": "", "origin": "client"}, False),
    ({"permission": "public_link", "external_url": "https://example.org/"}, True),
    ({"permission": "public_link"}, False),
    ({"permission": "not_asked"}, False),
    ({"permission": "requested"}, False),
    ({"permission": "granted_full"}, True),
    ({"permission": "granted_redacted"}, False),
    ({"permission": "granted_private"}, False),
    ({"permission": "refused"}, False),
    ({"permission": "own_work", "status": "in_review"}, False),
    ({"permission": "own_work", "quality_checked_on": None}, False),
]


def test_every_permission_has_its_rule():
    assert {fields["permission"] for fields, _ in SHOWN} - {""} == set(Sample.Permission.values)


@pytest.mark.parametrize(("fields", "is_shown"), SHOWN)
def test_what_may_be_shown(alice, items, fields, is_shown):
    sample = make_sample(alice, **{"status": "ready", "quality_checked_on": DAY, **fields})

    assert Sample.objects.filter(may_be_shown()).exists() is is_shown
    assert (obstacles(sample) == []) is is_shown


def test_a_redacted_file_may_be_shown_where_that_was_granted(alice, items):
    sample = make_sample(alice, status="ready", quality_checked_on=DAY, permission="granted_redacted")
    make_sample_file(sample, kind="redacted")

    assert Sample.objects.filter(may_be_shown()).get() == sample
    assert obstacles(sample) == []


def test_says_what_is_missing(as_alice, alice, items):
    sample = make_sample(alice, status="draft", permission="requested")

    page = as_alice.get(sample.get_absolute_url()).content.decode()

    assert "Its status is “Draft”." in page
    assert "Quality checklist: 0 of 3 answered." in page
    assert "Permission: asked, waiting." in page


@pytest.mark.parametrize("count", [1, 15])
def test_query_count_does_not_grow(as_alice, sample, count, django_assert_num_queries):
    for _ in range(count):
        make_quality_item()

    with django_assert_num_queries(7):
        as_alice.get(url_of(sample))
