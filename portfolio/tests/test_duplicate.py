import pytest
from django.urls import reverse

from portfolio.forms.duplicates import title_in
from portfolio.models import Format, Sample
from portfolio.tests.factories import make_format, make_sample, make_sample_file


@pytest.fixture
def deck(db):
    return make_format("slide_deck")


@pytest.fixture
def sample(alice):
    return make_sample(
        alice,
        title="Gout: needs assessment",
        status="ready",
        therapeutic_area="Rheumatology",
        audience="GPs",
        objectives="Explain.",
        tags="gout, primary care",
        summary="Four pages.",
        notes="Took long.",
        client_name="Northfield",
        external_url="https://example.org/gout",
    )


def url(sample):
    return reverse("portfolio:duplicate", args=[sample.pk])


def start(client, sample, format_):
    drawn = client.get(sample.get_absolute_url()).context["duplicate_form"]["submission_id"].value()
    return client.post(url(sample), {"format": format_.pk, "submission_id": drawn})


def test_starts_a_draft_about_the_same_subject(as_alice, alice, sample, deck):
    make_sample_file(sample)

    response = start(as_alice, sample, deck)

    draft = Sample.objects.exclude(pk=sample.pk).get()
    assert response.url == draft.edit_url
    assert (draft.owner, draft.format, draft.status, draft.title) == (
        alice,
        deck,
        "draft",
        "Gout: slide deck",
    )
    same = ("therapeutic_area", "audience", "objectives", "tags", "origin")
    assert [getattr(draft, name) for name in same] == [getattr(sample, name) for name in same]
    assert (draft.summary, draft.client_name, draft.external_url, draft.files.count()) == ("", "", "", 0)
    page = as_alice.get(draft.get_absolute_url()).content.decode()
    assert f'<a href="{sample.get_absolute_url()}"' in page
    assert "“Gout: needs assessment”</a> (needs assessment)." in page


@pytest.mark.parametrize("permission", ["", *Sample.Permission.values])
@pytest.mark.parametrize("origin", Sample.Origin.values)
def test_a_copy_is_never_freer_than_the_first(as_alice, alice, deck, origin, permission):
    """Consent to one piece is none to another: only what was the writer’s own stays so."""
    sample = make_sample(alice, origin=origin, permission=permission)

    start(as_alice, sample, deck)

    draft = Sample.objects.exclude(pk=sample.pk).get()
    is_own = permission in ("", "own_work") and origin not in ("client", "volunteer", "edited")
    assert (draft.origin, draft.permission) == (origin, "own_work" if is_own else "not_asked")


def test_abbreviations_stay_as_they_are(as_alice, alice):
    sample = make_sample(alice, title="Asthma", format=make_format("needs", name="Needs assessment"))

    start(as_alice, sample, make_format("front_matter", name="CME front matter"))

    assert Sample.objects.exclude(pk=sample.pk).get().title == "Asthma: CME front matter"


def test_a_double_click_starts_one(as_alice, sample, deck):
    drawn = as_alice.get(sample.get_absolute_url()).context["duplicate_form"]["submission_id"].value()

    answers = [as_alice.post(url(sample), {"format": deck.pk, "submission_id": drawn}) for _ in range(2)]

    assert len({answer.url for answer in answers}) == 1
    assert Sample.objects.count() == 2


def test_strange_titles_stay_one_link(as_alice, alice, deck):
    sample = make_sample(alice, title="A [b](https://evil.example) <i>*c*</i> `d`")

    start(as_alice, sample, deck)

    page = as_alice.get(Sample.objects.exclude(pk=sample.pk).get().get_absolute_url()).content.decode()
    assert "https://evil.example&quot;" not in page
    assert 'href="https://evil.example"' not in page
    assert "<i>" not in page


@pytest.mark.parametrize(
    ("title", "adapted"),
    [
        ("Gout", "Gout: slide deck"),
        ("Needs assessment: gout", "Slide deck: gout"),
        ("Gout, a needs assessment, 2025", "Gout, a slide deck, 2025"),
        ("x" * 200, f"{'x' * 187}…: slide deck"),
        ("needs assessment " + "x" * 183, "slide deck " + "x" * 183),
    ],
)
def test_the_title_is_adapted(title, adapted):
    formats = Format(name="Needs assessment"), Format(name="Slide deck")

    assert title_in(title, *formats) == adapted
    assert len(adapted) <= 200


@pytest.mark.parametrize("sent", [{}, {"format": ""}, {"format": "9" * 30}, {"format": "\0"}])
def test_bad_input_is_told_and_starts_nothing(as_alice, sample, sent):
    response = as_alice.post(url(sample), sent)

    assert response.status_code == 422
    assert list(response.context["duplicate_form"].errors) == ["format"]
    assert Sample.objects.count() == 1


def test_the_same_format_and_retired_ones_are_not_offered(as_alice, sample, deck):
    retired = make_format("old", is_retired=True)

    offered = as_alice.get(sample.get_absolute_url()).context["duplicate_form"].fields["format"].queryset

    assert list(offered) == [deck]
    for refused in (retired, sample.format):
        assert as_alice.post(url(sample), {"format": refused.pk}).status_code == 422


def test_hides_other_peoples_samples(as_alice, bob, deck):
    theirs = make_sample(bob)

    assert as_alice.post(url(theirs), {"format": deck.pk}).status_code == 404
    assert Sample.objects.get() == theirs


def test_needs_a_post(as_alice, sample):
    assert as_alice.get(url(sample)).status_code == 405
