"""The page of a reader without an account."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from portfolio.models import PrivateShowing, ReviewComment, ReviewRequest
from portfolio.tests.factories import make_review, make_sample, make_sample_file

COMMENTS = {"comment_1": "The cases.", "comment_2": "Shorten the burden.", "comment_3": "Who is meant?"}
NASTY = "<script>alert(1)</script><img src=x onerror=alert(1)>"


def texts(review):
    return list(review.comments.values_list("position", "text"))


@pytest.fixture
def review(alice):
    sample = make_sample(alice, title="Gout at night", status="draft", summary="**Short** and honest.")
    return make_review(sample, file=make_sample_file(sample), question="Is page 2 clear?")


def test_says_who_asks_what_about_which_piece(client, review):
    page = client.get(review.public_url).content.decode()

    for said in (
        "<title>Comments for Alice Moreau · CMEtrack</title>",
        "For <bdi>Lena Brandt</bdi>",
        "<bdi>Alice Moreau</bdi> asks for your comments",
        "Is page 2 clear?",
        "Needs assessment",
        "<bdi>Gout at night</bdi>",
        "<strong>Short</strong> and honest.",
        f'href="{review.public_url}file/" download',
    ):
        assert said in page


def test_carries_no_script_and_leads_nowhere_else(client, as_alice, review):
    for visitor, ways_out in ((client, 1), (as_alice, 2)):
        page = visitor.get(review.public_url).content.decode()
        assert "<script" not in page
        assert page.count("<a ") == ways_out


def test_is_neither_indexed_nor_kept_nor_passed_on(client, review):
    response = client.get(review.public_url)

    assert response["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["Cache-Control"] == "private, no-store"
    assert not response.cookies
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()


@pytest.mark.parametrize(("sent", "status"), [(None, 200), ({}, 422), (COMMENTS, 302)])
def test_nothing_of_it_may_run_or_come_from_elsewhere(client, review, sent, status):
    response = client.get(review.public_url) if sent is None else client.post(review.public_url, sent)

    assert response.status_code == status
    assert response["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
        "frame-ancestors 'none'"
    )


def test_comments_come_back_to_the_sample(client, as_alice, alice, review):
    response = client.post(review.public_url, COMMENTS)

    assert (response.status_code, response.url) == (302, review.public_url)
    review.refresh_from_db()
    assert review.answered_on == timezone.localdate()
    assert texts(review) == [(1, "The cases."), (2, "Shorten the burden."), (3, "Who is meant?")]
    assert set(ReviewComment.objects.values_list("owner", flat=True)) == {alice.pk}
    assert "Thank you, <bdi>Lena Brandt</bdi>" in client.get(review.public_url).content.decode()
    page = as_alice.get(review.get_absolute_url()).content.decode()
    assert "<bdi>Lena Brandt</bdi> answered: 3 comments" in page
    assert "Shorten the burden." in page


def test_works_without_cookies_as_a_browser_that_sends_no_referrer_posts(review):
    """Told to send no referrer, browsers say that a form comes from “null”."""
    reader = Client(enforce_csrf_checks=True, headers={"Origin": "null"})

    assert reader.post(review.public_url, COMMENTS).status_code == 302


def test_one_comment_is_enough_and_keeps_its_prompt(client, review):
    client.post(review.public_url, {"comment_2": "  Shorten it.  ", "comment_3": "   "})

    assert texts(review) == [(2, "Shorten it.")]


def test_a_second_click_adds_nothing(client, review):
    for _ in range(2):
        response = client.post(review.public_url, COMMENTS)

    assert response.status_code == 302
    assert len(texts(review)) == 3


def test_other_words_after_the_first_are_not_added_and_given_back(client, review):
    client.post(review.public_url, COMMENTS)

    response = client.post(review.public_url, {"comment_1": "I forgot: the tables."})

    assert response.status_code == 409
    page = response.content.decode()
    assert "What you sent now was not added" in page
    assert "I forgot: the tables." in page
    assert "Shorten the burden." not in page
    assert len(texts(review)) == 3


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({}, "Write one comment at least."),
        ({"comment_1": " \n "}, "Write one comment at least."),
        ({"comment_1": "Kept", "comment_2": "x" * 2001}, "at most 2000 characters (it has 2001)"),
        ({"comment_1": "Kept", "comment_3": "a\0b"}, "Null characters are not allowed."),
        ({"comment_9": "Nowhere"}, "Write one comment at least."),
    ],
)
def test_bad_input_is_refused_and_kept(client, review, sent, said):
    response = client.post(review.public_url, sent)

    assert response.status_code == 422
    page = response.content.decode()
    assert said in page
    assert ("Kept" in page) is ("Kept" in sent.values())
    review.refresh_from_db()
    assert (review.answered_on, texts(review)) == (None, [])


def test_two_thousand_characters_fit(client, review):
    client.post(review.public_url, {"comment_1": "ü" * 2000})

    assert texts(review) == [(1, "ü" * 2000)]


def test_markup_is_text_on_both_sides(client, as_alice, alice):
    alice.name = NASTY
    alice.save()
    sample = make_sample(alice, title=NASTY, summary=NASTY, audience=NASTY)
    review = make_review(sample, file=make_sample_file(sample), reader=NASTY, question=NASTY)
    asked = client.get(review.public_url).content.decode()

    refused = client.post(review.public_url, {"comment_1": NASTY + "x" * 2000}).content.decode()
    client.post(review.public_url, {"comment_1": NASTY})
    thanked = client.get(review.public_url).content.decode()
    again = client.post(review.public_url, {"comment_1": NASTY + "more"}).content.decode()
    owned = as_alice.get(review.get_absolute_url()).content.decode()
    own_today = as_alice.get("/").content.decode()

    for page in (asked, refused, thanked, again, owned, own_today):
        assert "&lt;script&gt;" in page
        assert "<script>" not in page
        assert "<img src=x" not in page


def test_a_link_that_is_no_web_address_cannot_get_in(client, alice):
    review = make_review(make_sample(alice, external_url="https://example.org/?a=1&b=<x>"))

    page = client.get(review.public_url).content.decode()

    assert 'href="https://example.org/?a=1&amp;b=&lt;x&gt;" rel="noopener noreferrer nofollow"' in page


def test_past_withdrawn_and_unknown_links_answer_alike(client, alice):
    today = timezone.localdate()
    sample = make_sample(alice, external_url="https://example.org/")
    gone = [
        make_review(sample, expires_on=today - timedelta(days=1)).public_url,
        make_review(sample, withdrawn_on=today).public_url,
        make_review(sample, ["Said."], withdrawn_on=today).public_url,
        make_review(sample, ["Said."], expires_on=today - timedelta(days=1)).public_url,
        "/s/review/unknown/",
        f"/s/review/{'x' * 500}/",
    ]

    answers = [client.get(address) for address in gone]
    posted = [client.post(address, COMMENTS) for address in gone]
    files = [client.get(f"{address}file/") for address in gone]

    assert {answer.status_code for answer in [*answers, *posted, *files]} == {404}
    assert len({answer.content for answer in answers}) == 1


def test_the_last_day_is_the_owners_last_day(client, alice, review):
    alice.time_zone = "Pacific/Kiritimati"
    alice.save()
    there = timezone.now() + timedelta(hours=14)
    ReviewRequest.objects.update(expires_on=there.date())
    assert client.get(review.public_url).status_code == 200

    ReviewRequest.objects.update(expires_on=there.date() - timedelta(days=1))

    assert client.get(review.public_url).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"permission": "refused"},
        {"permission": "not_asked"},
        {"look_due_since": timezone.now()},
        {"status": "retired"},
        {"trashed_at": timezone.now()},
    ],
)
def test_is_gone_the_moment_the_sample_may_not_be_shown(client, review, change):
    assert client.get(review.public_url).status_code == 200
    for name, value in change.items():
        setattr(review.sample, name, value)
    review.sample.save()

    assert client.get(review.public_url).status_code == 404
    assert client.post(review.public_url, COMMENTS).status_code == 404
    assert client.get(f"{review.public_url}file/").status_code == 404
    assert texts(review) == []


def test_nothing_of_a_closed_account_is_shown(client, alice, review):
    alice.is_active = False
    alice.save()

    assert client.get(review.public_url).status_code == 404


def test_a_person_without_a_name_is_not_called_by_their_address(client, alice, review):
    alice.name = ""
    alice.save()

    page = client.get(review.public_url).content.decode()

    assert "<bdi>A CME writer</bdi> asks for your comments" in page
    assert alice.email not in page


def test_after_sending_the_piece_is_out_of_reach(client, review):
    client.post(review.public_url, COMMENTS)

    page = client.get(review.public_url).content.decode()

    assert "Gout at night" not in page
    assert "Is page 2 clear?" not in page
    assert client.get(f"{review.public_url}file/").status_code == 404


def test_a_deleted_version_is_said_to_be_missing(client, review):
    review.file.remove()

    page = client.get(review.public_url).content.decode()

    assert "There is nothing to open here at the moment." in page
    assert "download" not in page


def test_the_owner_sees_it_as_the_reader_does_and_cannot_answer(as_alice, review):
    page = as_alice.get(review.public_url).content.decode()
    response = as_alice.post(review.public_url, COMMENTS)

    assert "This is your own link" in page
    assert "Send my comments" not in page
    assert response.status_code == 200
    review.refresh_from_db()
    assert (review.opened_on, review.answered_on, texts(review)) == (None, None, [])


def test_another_person_with_an_account_may_be_the_reader(as_bob, review):
    as_bob.post(review.public_url, COMMENTS)

    assert len(texts(review)) == 3


def test_the_first_visit_is_noted_and_a_look_at_the_headers_is_none(client, review):
    client.head(review.public_url)
    review.refresh_from_db()
    assert review.opened_on is None

    client.get(review.public_url)
    ReviewRequest.objects.update(opened_on="2026-01-02")
    client.get(review.public_url)

    review.refresh_from_db()
    assert str(review.opened_on) == "2026-01-02"
    assert not PrivateShowing.objects.exists()


@pytest.mark.parametrize("program", ["Slackbot-LinkExpanding 1.0", "SkypeUriPreview", "Mail scanner/2"])
def test_a_program_that_looks_at_a_link_is_no_reader_until_it_takes_the_file(client, review, program):
    review.sample.permission = "granted_private"
    review.sample.save()

    client.get(review.public_url, headers={"User-Agent": program})
    review.refresh_from_db()
    assert (review.opened_on, review.showing_logged_on) == (None, None)
    assert not PrivateShowing.objects.exists()

    list(client.get(f"{review.public_url}file/", headers={"User-Agent": program}))
    assert PrivateShowing.objects.get().sample == review.sample


@pytest.mark.parametrize("first", ["", "file/"])
def test_a_showing_one_to_one_is_logged_once(client, as_alice, alice, review, first):
    review.sample.permission = "granted_private"
    review.sample.save()
    as_alice.get(review.public_url)
    assert not PrivateShowing.objects.exists()

    for address in (first, "", "file/"):
        # Reading all of a file closes it; a page is read already.
        list(client.get(f"{review.public_url}{address}"))

    showing = PrivateShowing.objects.get()
    assert (showing.owner, showing.sample, showing.shown_to, showing.shown_on) == (
        alice,
        review.sample,
        "Lena Brandt",
        timezone.localdate(),
    )


def test_each_reader_of_a_private_sample_is_logged(client, review):
    review.sample.permission = "granted_private"
    review.sample.save()
    other = make_review(review.sample, reader="Samuel Osei", file=review.file)

    for asked in (review, other):
        client.get(asked.public_url)

    assert sorted(PrivateShowing.objects.values_list("shown_to", flat=True)) == ["Lena Brandt", "Samuel Osei"]


def test_a_permission_narrowed_after_the_first_visit_is_logged_from_then_on(client, review):
    client.get(review.public_url)
    review.sample.permission = "granted_private"
    review.sample.save()

    client.get(review.public_url)

    assert PrivateShowing.objects.count() == 1


def test_a_flood_is_stopped_and_what_was_typed_stays(client, review):
    for _ in range(20):
        client.post(review.public_url, {})

    response = client.post(review.public_url, COMMENTS)

    assert response.status_code == 429
    assert "Shorten the burden." in response.content.decode()
    assert texts(review) == []
    cache.clear()
    assert client.post(review.public_url, COMMENTS).status_code == 302


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_nothing_but_looking_and_sending(client, review, method):
    assert getattr(client, method)(review.public_url).status_code == 405


def test_costs_few_queries(client, review, django_assert_num_queries):
    client.get(review.public_url)

    with django_assert_num_queries(1):
        client.get(review.public_url)
