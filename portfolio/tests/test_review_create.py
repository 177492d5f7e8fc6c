"""Asking a reader for comments: who may be asked about what, and the form for it."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portfolio.models import ReviewRequest
from portfolio.tests.factories import make_review, make_sample, make_sample_file

FILLED = {"reader": "Lena Brandt", "question": "Is page 2 clear?"}


def url(sample):
    return reverse("portfolio:review-create", args=[sample.pk])


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def filled(pinned=None, **values):
    return {**FILLED, "expires_on": in_days(30), **({"file": pinned.pk} if pinned else {}), **values}


@pytest.fixture
def file(alice):
    return make_sample_file(make_sample(alice, status="draft"))


def test_makes_a_link_for_one_reader_and_one_version(as_alice, alice, file):
    newest = make_sample_file(file.sample)

    response = as_alice.post(url(file.sample), filled(newest))

    review = ReviewRequest.objects.get()
    assert response.url == f"{file.sample.get_absolute_url()}#reviews"
    assert (review.owner, review.sample, review.file) == (alice, file.sample, newest)
    assert (review.reader, review.question, review.expires_on) == (
        "Lena Brandt",
        "Is page 2 clear?",
        in_days(30),
    )
    assert f"http://testserver/s/review/{review.token}/" in as_alice.get(response.url).content.decode()


def test_offers_the_newest_version_and_thirty_days(as_alice, file):
    newest = make_sample_file(file.sample)

    form = as_alice.get(url(file.sample)).context["form"]

    assert form["file"].value() == newest.pk
    assert form["expires_on"].value() == in_days(30)
    assert list(form.fields["file"].queryset) == [newest, file]


def test_sent_twice_makes_one_link(as_alice, file):
    form = as_alice.get(url(file.sample)).context["form"]
    sent = filled(file, submission_id=form["submission_id"].value())

    for _ in range(2):
        as_alice.post(url(file.sample), sent)

    assert ReviewRequest.objects.count() == 1


def test_every_link_has_an_address_of_its_own_that_nobody_guesses(as_alice, file):
    for reader in ("Lena", "Samuel"):
        as_alice.post(url(file.sample), filled(file, reader=reader))

    tokens = set(ReviewRequest.objects.values_list("token", flat=True))
    assert {len(token) for token in tokens} == {43}
    assert len(tokens) == 2


@pytest.mark.parametrize(
    ("wrong", "field", "said"),
    [
        ({"reader": ""}, "reader", "Enter the name of your reader."),
        ({"reader": "x" * 151}, "reader", "150 characters"),
        ({"reader": "a\0b"}, "reader", "Null characters"),
        ({"question": "x" * 1001}, "question", "1000 characters"),
        ({"expires_on": ""}, "expires_on", "Choose the last day."),
        ({"expires_on": "soon"}, "expires_on", "Enter a valid date."),
        ({"expires_on": "1999-01-01"}, "expires_on", "Choose today or a later day."),
        ({"expires_on": "2099-01-01"}, "expires_on", "Choose a day within a year"),
        ({"file": ""}, "file", "Choose the version"),
        ({"file": "nonsense"}, "file", "Select a valid choice"),
        ({"file": "999999"}, "file", "Select a valid choice"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_kept(as_alice, file, wrong, field, said):
    response = as_alice.post(url(file.sample), filled(file, **wrong))

    assert response.status_code == 422
    assert said in response.context["form"].errors[field][0]
    assert "Is page 2 clear?" in response.content.decode() or field == "question"
    assert not ReviewRequest.objects.exists()


@pytest.mark.parametrize("days", [0, 365])
def test_today_and_a_year_ahead_are_still_fine(as_alice, file, days):
    as_alice.post(url(file.sample), filled(file, expires_on=in_days(days)))

    assert ReviewRequest.objects.get().expires_on == in_days(days)


def test_a_file_of_another_sample_or_person_cannot_be_pinned(as_alice, alice, bob, file):
    for other in (make_sample_file(make_sample(alice)), make_sample_file(make_sample(bob))):
        response = as_alice.post(url(file.sample), filled(other))
        assert response.status_code == 422
        assert set(response.context["form"].errors) == {"file"}

    assert not ReviewRequest.objects.exists()


# Written by hand after domain.md G: which versions a reader may be offered, None where nobody may be asked.
OFFERED = {
    "own_work": ["full", "redacted"],
    "public_link": [],
    "not_asked": None,
    "requested": None,
    "granted_full": ["full", "redacted"],
    "granted_redacted": ["redacted"],
    "granted_private": ["full", "redacted"],
    "refused": None,
}


@pytest.mark.parametrize(("permission", "kinds"), OFFERED.items())
def test_what_may_be_read_follows_the_permission(as_alice, alice, permission, kinds):
    sample = make_sample(alice, permission=permission, external_url="https://example.org/gout")
    files = [make_sample_file(sample, kind=kind) for kind in ("full", "redacted")]

    response = as_alice.get(url(sample))
    sent = as_alice.post(url(sample), filled(files[1] if kinds else None))

    if kinds is None:
        assert (response.status_code, sent.status_code) == (302, 302)
        assert not ReviewRequest.objects.exists()
        return
    field = response.context["form"].fields.get("file")
    assert sorted(file.kind for file in field.queryset) == kinds if kinds else field is None
    assert ReviewRequest.objects.get().file == (files[1] if kinds else None)


def test_a_full_file_is_refused_where_only_a_redacted_one_may_go(as_alice, alice):
    sample = make_sample(alice, permission="granted_redacted")
    full = make_sample_file(sample)
    make_sample_file(sample, kind="redacted")

    response = as_alice.post(url(sample), filled(full))

    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"file"}
    assert not ReviewRequest.objects.exists()


REASONS = [
    ({"permission": "not_asked"}, "nobody has been asked yet. Ask whoever it belongs to"),
    ({"permission": "", "origin": "client"}, "nobody has been asked yet. Ask whoever it belongs to"),
    ({"permission": "requested"}, "You are waiting for permission to show it."),
    ({"permission": "refused"}, "Ask for comments on a piece of your own instead."),
    ({"permission": "public_link"}, "Add it to the sample first."),
    ({"permission": "granted_redacted"}, "Readers get a redacted file only, and there is none yet."),
    ({"permission": "own_work"}, "There is nothing to read yet: add a file or a link first."),
    ({"look_due_since": timezone.now()}, "Look at the sample once more, then ask."),
    ({"status": "retired"}, "Bring it back as a draft"),
]


@pytest.mark.parametrize(("fields", "said"), REASONS)
def test_says_why_nobody_can_be_asked_and_what_to_do(as_alice, alice, fields, said):
    sample = make_sample(alice, **fields)
    if fields.get("permission") == "granted_redacted":
        make_sample_file(sample)

    response = as_alice.get(url(sample), follow=True)

    page = response.content.decode()
    assert response.redirect_chain == [(sample.get_absolute_url(), 302)]
    # As a message, and on the page itself.
    assert page.count(said) == 2
    assert url(sample) not in page


@pytest.mark.parametrize("status", ["idea", "draft", "in_review", "ready"])
def test_a_draft_can_be_read(as_alice, file, status):
    file.sample.move(status)

    response = as_alice.get(url(file.sample))

    assert response.status_code == 200
    assert list(response.context["form"].fields["file"].queryset) == [file]


def test_a_link_alone_is_enough_to_read(as_alice, alice):
    sample = make_sample(alice, external_url="https://example.org/gout")

    as_alice.post(url(sample), filled())

    assert ReviewRequest.objects.get().file is None


def test_tells_that_a_showing_one_to_one_is_written_down(as_alice, file):
    assert b"written down" not in as_alice.get(url(file.sample)).content

    file.sample.permission = "granted_private"
    file.sample.save()

    assert b"written down" in as_alice.get(url(file.sample)).content


def test_says_how_a_nameless_person_is_called(as_alice, alice, file):
    alice.name = ""
    alice.save()

    assert "“A CME writer”" in as_alice.get(url(file.sample)).content.decode()


def test_markup_in_names_and_questions_is_shown_as_text(as_alice, file):
    nasty = "<img src=x onerror=alert(1)>"

    as_alice.post(url(file.sample), filled(file, reader=nasty, question=nasty))

    page = as_alice.get(file.sample.get_absolute_url()).content.decode()
    assert "<img src=x" not in page
    assert "You asked <bdi>&lt;img src=x onerror=alert(1)&gt;</bdi>" in page


def test_other_peoples_samples_do_not_exist(as_alice, bob):
    theirs = make_sample_file(make_sample(bob))

    assert as_alice.get(url(theirs.sample)).status_code == 404
    assert as_alice.post(url(theirs.sample), filled(theirs)).status_code == 404
    assert not ReviewRequest.objects.exists()


def test_a_sample_in_the_trash_cannot_be_read(as_alice, file):
    file.sample.trash()

    assert as_alice.post(url(file.sample), filled(file)).status_code == 404
    assert not ReviewRequest.objects.exists()


def test_the_page_of_the_sample_tells_how_each_request_stands(as_alice, alice):
    sample = make_sample(alice)
    make_review(sample, reader="New")
    make_review(sample, reader="Seen", opened_on="2026-11-03")
    make_review(sample, ["Good.", "Shorter."], reader="Answered")
    make_review(sample, ["Good."], reader="Accepted", accepted_on="2026-11-21")
    make_review(sample, ["Good."], reader="Aside", set_aside_on="2026-11-21")
    make_review(sample, reader="Withdrawn", withdrawn_on="2026-11-04")
    make_review(sample, reader="Ended", expires_on="2026-01-05")

    page = " ".join(as_alice.get(sample.get_absolute_url()).content.decode().split())

    for said in (
        'You asked <bdi>New</bdi></h3> <span class="tag">Not opened yet',
        'You asked <bdi>Seen</bdi></h3> <span class="tag">Opened, no answer yet',
        '<bdi>Answered</bdi> answered: 2 comments</h3> <span class="tag tag-brand">New',
        '<bdi>Accepted</bdi> answered: 1 comment</h3> <span class="tag tag-proven">Counts as feedback',
        '<bdi>Aside</bdi> answered: 1 comment</h3> <span class="tag tag-muted">Set aside',
        "<li><bdi>Withdrawn</bdi>: withdrawn on 4 November 2026</li>",
        "<li><bdi>Ended</bdi>: ended on 5 January 2026</li>",
        "<dt>What works</dt> <dd><bdi>Good.</bdi></dd>",
        "<dt>What to change first</dt> <dd><bdi>Shorter.</bdi></dd>",
    ):
        assert said in page
    assert page.count("/s/review/") == 4


@pytest.mark.parametrize("count", [1, 5])
def test_query_count_does_not_grow(as_alice, file, count, django_assert_num_queries):
    for n in range(count):
        make_review(file.sample, ["Good."] if n % 2 else [])
        make_review(file.sample, ["Good.", "Better."])

    with django_assert_num_queries(18):
        as_alice.get(file.sample.get_absolute_url())
