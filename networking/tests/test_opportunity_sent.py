"""Which version of each sample they were sent, and which page; who saw it so, and what was not released."""

from datetime import date

import pytest
from django.urls import reverse

from networking.tests.factories import make_contact, make_landed, make_opportunity
from portfolio.models import PrivateShowing, Sample
from portfolio.tests.factories import make_sample, make_sample_file, make_share_link


def url(pitch):
    return reverse("networking:opportunity-sent", args=[pitch.pk])


@pytest.fixture
def pitch(alice):
    return make_opportunity(alice, stage="pitched", samples=[make_sample(alice, title="Cough case")])


def name_of(pitch):
    return f"version_{pitch.samples.get().pk}"


def test_offers_the_versions_in_words(as_alice, pitch):
    first = make_sample_file(pitch.samples.get())
    second = make_sample_file(pitch.samples.get(), kind="redacted")

    form = as_alice.get(url(pitch)).context["form"]

    assert list(form.fields) == [name_of(pitch)]
    assert form.fields[name_of(pitch)].choices == [
        ("", "Not said"), (second.pk, "version 2, redacted"), (first.pk, "version 1"),
    ]  # fmt: skip


def test_keeps_and_shows_what_was_sent(as_alice, alice, pitch):
    make_sample_file(pitch.samples.get())
    file = make_sample_file(pitch.samples.get(), kind="redacted")
    link = make_share_link(alice, title="For Ida")

    as_alice.post(url(pitch), {name_of(pitch): file.pk, "share_link": link.pk})

    pitch.refresh_from_db()
    assert (pitch.share_link, list(pitch.sample_files.all())) == (link, [file])
    text = as_alice.get(pitch.get_absolute_url()).text
    assert "version 2, redacted" in text
    assert f'href="{link.get_absolute_url()}"' in text
    assert as_alice.get(url(pitch)).context["form"].fields[name_of(pitch)].initial == file.pk


def test_what_was_said_can_be_taken_back(as_alice, pitch):
    pitch.sample_files.add(make_sample_file(pitch.samples.get()))

    as_alice.post(url(pitch), {name_of(pitch): ""})

    assert not pitch.sample_files.exists()


def test_a_version_of_another_sample_or_person_is_refused(as_alice, alice, bob, pitch):
    make_sample_file(pitch.samples.get())
    for other in (make_sample_file(make_sample(alice)), make_sample_file(make_sample(bob))):
        response = as_alice.post(url(pitch), {name_of(pitch): other.pk})

        assert response.status_code == 422
        assert list(response.context["form"].errors) == [name_of(pitch)]
    assert not pitch.sample_files.exists()


@pytest.mark.parametrize("key", ["x", "9" * 40])
def test_another_persons_page_or_none_is_refused(as_alice, alice, bob, pitch, key):
    make_share_link(alice)

    for link in (key, make_share_link(bob).pk):
        response = as_alice.post(url(pitch), {"share_link": link})

        assert list(response.context["form"].errors) == ["share_link"]
    pitch.refresh_from_db()
    assert pitch.share_link is None


def test_another_persons_page_is_refused_by_the_whole_form_too(as_alice, alice, bob, pitch):
    make_share_link(alice)
    data = {"title": "x", "organisation": "y", "stage": "lead", "share_link": make_share_link(bob).pk}

    response = as_alice.post(reverse("networking:opportunity-update", args=[pitch.pk]), data)

    assert list(response.context["form"].errors) == ["share_link"]


def test_moving_to_pitched_offers_open_pages(as_alice, alice, pitch):
    link = make_share_link(alice, title="Open")
    make_share_link(alice, title="Over", expires_on="2020-01-01")
    move = reverse("networking:opportunity-move", args=[pitch.pk])

    form = as_alice.get(move, {"stage": "pitched"}).context["form"]
    as_alice.post(
        move, {"stage": "pitched", "pitched_on": "2026-01-05", "channel": "email", "share_link": link.pk}
    )

    assert [label for _, label in form.fields["share_link"].choices] == ["Not said", "Open"]
    pitch.refresh_from_db()
    assert pitch.share_link == link


PITCHED = {"stage": "pitched", "pitched_on": "2026-01-05", "channel": "email"}
SEEN = (
    "Ida Holm, Northfield Medical Education",
    date(2026, 1, 5),
    "Sent with “Heart failure needs assessment”.",
)
NOTED = "Noted with “Slides”: shown to Ida Holm, Northfield Medical Education on 5 January 2026."


def seen():
    return list(PrivateShowing.objects.values_list("shown_to", "shown_on", "note"))


def said(response):
    return [str(message) for message in response.context["messages"]]


@pytest.fixture
def lead(alice):
    return make_opportunity(alice, contact=make_contact(alice))


def move(client, pitch, **fields):
    url = reverse("networking:opportunity-move", args=[pitch.pk])
    return client.post(url, {**PITCHED, **fields}, follow=True)


@pytest.mark.parametrize("permission", Sample.Permission.values)
def test_who_was_sent_a_sample_for_one_to_one_is_noted_by_itself(as_alice, alice, lead, permission):
    sample = make_sample(alice, title="Slides", permission=permission)

    texts = said(move(as_alice, lead, samples=[sample.pk]))

    is_private = permission == "granted_private"
    assert seen() == [SEEN] * is_private
    assert (NOTED in texts) is is_private


def test_without_a_person_the_organisation_saw_it(as_alice, alice):
    sample = make_sample(alice, permission="granted_private")

    move(as_alice, make_opportunity(alice), samples=[sample.pk])

    assert PrivateShowing.objects.get().shown_to == "Northfield Medical Education"


def test_what_is_only_planned_was_shown_to_nobody(as_alice, alice, lead):
    sample = make_sample(alice, permission="granted_private")
    edit = reverse("networking:opportunity-update", args=[lead.pk])
    whole = {"title": lead.title, "organisation": lead.organisation.name, "contact": lead.contact_id}

    as_alice.post(edit, {**whole, "stage": "lead", "samples": [sample.pk]})
    as_alice.post(url(lead), {f"version_{sample.pk}": make_sample_file(sample).pk})
    assert seen() == []

    as_alice.post(edit, {**whole, **PITCHED, "samples": [sample.pk]})
    assert seen() == [SEEN]


def test_it_is_noted_once_and_stays_away_when_taken_back(as_alice, alice, lead):
    sample = make_sample(alice, title="Slides", permission="granted_private")
    make_sample_file(sample)
    move(as_alice, lead, samples=[sample.pk])

    again = as_alice.post(url(lead), {f"version_{sample.pk}": sample.files.get().pk}, follow=True)
    assert (said(again), seen()) == ([NOTED], [SEEN])

    PrivateShowing.objects.all().delete()
    as_alice.post(url(lead), {f"version_{sample.pk}": sample.files.get().pk})
    move(as_alice, lead, samples=[sample.pk])
    assert seen() == []


@pytest.mark.parametrize("permission", Sample.Permission.values)
def test_what_nobody_released_is_marked_and_warned_of(as_alice, alice, lead, permission):
    sample = make_sample(alice, title="Slides", permission=permission)
    file = make_sample_file(sample)
    address = reverse("networking:opportunity-move", args=[lead.pk])

    offered = as_alice.get(address, {"stage": "pitched"}).context["form"].fields["samples"].choices
    moved = said(move(as_alice, lead, samples=[sample.pk]))
    field = as_alice.get(url(lead)).context["form"].fields[f"version_{sample.pk}"]
    named = said(as_alice.post(url(lead), {f"version_{sample.pk}": file.pk}, follow=True))

    is_kept_back = permission in {"not_asked", "requested", "refused"}
    title = "Slides: not released yet" if is_kept_back else "Slides"
    warning = "Not released yet: “Slides”. Ask whoever it was written for before you send it again."
    assert (offered, field.label) == ([(sample.pk, title)], title)
    assert [warning in texts for texts in (moved, named)] == [is_kept_back] * 2


def test_with_nothing_to_choose_it_says_what_to_do(as_alice, alice):
    assert "Choose the samples you sent first." in as_alice.get(url(make_opportunity(alice))).text


def test_a_version_that_is_deleted_leaves_the_sample(as_alice, pitch):
    file = make_sample_file(pitch.samples.get())
    pitch.sample_files.add(file)
    file.remove()

    text = as_alice.get(pitch.get_absolute_url()).text

    assert "Cough case" in text
    assert "version 1" not in text


@pytest.mark.parametrize(
    ("stage", "offered"),
    [
        ("verbal_yes", []),
        ("landed", ["It is delivered"]),
        ("delivered", ["Ask for a testimonial", "Ask for permission to show it", "It is paid"]),
        ("paid", ["Ask for a testimonial", "Ask for permission to show it"]),
    ],
)
def test_after_landing_it_offers_what_comes_next(as_alice, alice, stage, offered):
    pitch = make_landed(alice, stage=stage, contact=make_contact(alice))

    text = as_alice.get(pitch.get_absolute_url()).text

    every = ("It is delivered", "Ask for a testimonial", "Ask for permission to show it", "It is paid")
    assert [words for words in every if f">{words}</a>" in text] == offered
    way = f"{reverse('networking:message', args=['permission_request'])}?opportunity={pitch.pk}"
    assert (way in text) is pitch.is_delivered
