import pytest
from django.urls import reverse
from django.utils import timezone

from cmetrack.forms import CHANGED_ELSEWHERE
from portfolio.tests.factories import make_format, make_sample, make_share_link, make_shareable, pdf_upload


def url(sample):
    return reverse("portfolio:update", args=[sample.pk])


def typed(sample, **fields):
    kept = {name: getattr(sample, name) for name in ("title", "status", "origin", "permission", "revision")}
    return kept | {"format": sample.format_id} | fields


def test_saves_changes(as_alice, alice):
    sample = make_sample(alice)

    response = as_alice.post(url(sample), typed(sample, title="Better", status="ready"))

    sample.refresh_from_db()
    assert response.url == sample.get_absolute_url()
    assert (sample.title, sample.status, sample.revision) == ("Better", "ready", 1)


def test_shows_what_is_stored_and_offers_no_file_field(as_alice, alice):
    sample = make_sample(alice, title="Stored", completed_on="2026-03-02")

    form = as_alice.get(url(sample)).context["form"]

    assert form["title"].value() == "Stored"
    assert 'value="2026-03-02"' in str(form["completed_on"])
    assert "attachment" not in form.fields


def test_a_file_sent_along_is_not_taken(as_alice, alice):
    sample = make_sample(alice)

    as_alice.post(url(sample), typed(sample, attachment=pdf_upload()))

    assert sample.files.count() == 0


@pytest.mark.parametrize(
    ("before", "after", "permission"),
    [
        (("spec", "own_work"), {"origin": "client"}, "not_asked"),
        (("client", "not_asked"), {"origin": "spec"}, "own_work"),
        (("client", "granted_full"), {"origin": "volunteer"}, "granted_full"),
        (("client", "own_work"), {"title": "New"}, "own_work"),
        (("client", "refused"), {"permission": ""}, "refused"),
        (("spec", "own_work"), {"origin": "client", "permission": "requested"}, "requested"),
    ],
)
def test_the_usual_permission_follows_the_origin(as_alice, alice, before, after, permission):
    origin, chosen = before
    sample = make_sample(alice, origin=origin, permission=chosen)

    as_alice.post(url(sample), typed(sample, **after))

    sample.refresh_from_db()
    assert sample.permission == permission


def test_a_second_tab_is_told_and_keeps_what_was_typed(as_alice, alice):
    sample = make_sample(alice)
    as_alice.post(url(sample), typed(sample, title="From the first tab"))

    response = as_alice.post(url(sample), typed(sample, title="From the second tab"))

    assert response.status_code == 422
    form = response.context["form"]
    assert form.non_field_errors() == [CHANGED_ELSEWHERE]
    assert form["title"].value() == "From the second tab"
    sample.refresh_from_db()
    assert sample.title == "From the first tab"


def test_the_second_tab_may_save_again_on_purpose(as_alice, alice):
    sample = make_sample(alice)
    as_alice.post(url(sample), typed(sample, title="First"))
    refused = as_alice.post(url(sample), typed(sample, title="Second"))

    as_alice.post(
        url(sample), typed(sample, title="Second", revision=refused.context["form"]["revision"].value())
    )

    sample.refresh_from_db()
    assert sample.title == "Second"


def test_keeps_a_retired_format(as_alice, alice):
    sample = make_sample(alice, format=make_format("old", is_retired=True))

    as_alice.post(url(sample), typed(sample, title="Still that format"))

    sample.refresh_from_db()
    assert (sample.title, sample.format.key) == ("Still that format", "old")


def test_bad_input_changes_nothing(as_alice, alice):
    sample = make_sample(alice, title="Before")

    response = as_alice.post(url(sample), typed(sample, title="", external_url="javascript:alert(1)"))

    assert response.status_code == 422
    assert response.context["form"].errors == {
        "title": ["Enter the title."],
        "external_url": ["Enter a web address such as https://example.org."],
    }
    sample.refresh_from_db()
    assert (sample.title, sample.external_url) == ("Before", "")


def test_hides_other_peoples_samples(as_alice, bob):
    theirs = make_sample(bob, title="Theirs")

    assert as_alice.get(url(theirs)).status_code == 404
    assert as_alice.post(url(theirs), typed(theirs, title="Mine now")).status_code == 404
    theirs.refresh_from_db()
    assert (theirs.title, theirs.owner) == ("Theirs", bob)


def test_allows_no_other_method(as_alice, alice):
    assert as_alice.delete(url(make_sample(alice))).status_code == 405


def test_says_on_which_pages_the_words_are_read_at_once(as_alice, alice):
    sample = make_shareable(alice)
    make_share_link(alice, sample, title="For Northfield")
    make_share_link(alice, sample, title="Closed", revoked_at=timezone.now())

    page = as_alice.get(sample.edit_url).text

    assert "What you save here is read at once on" in page
    assert "<bdi>For Northfield</bdi>" in page
    assert "<bdi>Closed</bdi>" not in page
    assert "read at once" not in as_alice.get(make_shareable(alice).edit_url).text
