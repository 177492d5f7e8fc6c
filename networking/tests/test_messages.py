"""A message filled for one person, counted, and logged once it was sent. Nothing is ever sent by us."""

from datetime import date

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from networking.forms.messages import STALE
from networking.messages import fill, unfilled
from networking.models import Interaction
from networking.tests.factories import (
    make_contact,
    make_deliverable,
    make_opportunity,
    make_organisation,
    make_own_template,
    make_template,
)
from networking.tests.queries import SHELL
from networking.tests.test_undo import state, undo
from portfolio.models import Sample
from portfolio.tests.factories import make_sample, make_share_link, make_shareable


def url(template, **query):
    start = template.get_absolute_url()
    return f"{start}?{'&'.join(f'{name}={value}' for name, value in query.items())}" if query else start


def body(response):
    return response.context["form"].text("body")


def filled(client, text, **query):
    template = make_own_template(client.owner, body=text)
    return body(client.get(url(template, **query)))


@pytest.fixture
def writing(as_alice, alice):
    as_alice.owner = alice
    return as_alice


@pytest.fixture
def ida(alice):
    return make_contact(
        alice, name="Dr. Ida Holm", organisation=make_organisation(alice), met_at="the spring meeting",
        reason_to_write="Her talk on gaps", last_touch_on=date(2026, 11, 2),
    )  # fmt: skip


def test_fills_from_the_person(writing, ida):
    text = filled(writing, "{first_name} / {org} / {event} / {reason} / {date}", contact=ida.pk)

    assert (
        text == "Ida / Northfield Medical Education / the spring meeting / Her talk on gaps / 2 November 2026"
    )


def test_fills_from_the_profile(writing, alice):
    alice.persona, alice.niche, alice.audience = "academic", "cardiology", "hospital nurses"
    alice.credentials, alice.headline, alice.website = "PhD", "I write cases", "https://example.org"
    alice.save()

    text = filled(
        writing, "{my_name}, a {profession} ({credentials}), {niche}, {audience}, {headline}, {website}"
    )

    assert text == (
        "Alice Moreau, a university educator (PhD), cardiology, hospital nurses, I write cases, "
        "https://example.org"
    )


def test_fills_from_the_opportunity_and_its_person(writing, alice, ida):
    meridian = make_organisation(alice, name="Meridian")
    pitch = make_opportunity(
        alice, title="Spring bid", contact=ida, organisation=meridian, format=make_deliverable()
    )

    text = filled(writing, "{first_name}, {project}, {org}, {format}, {formats}", opportunity=pitch.pk)

    assert text == "Ida, Spring bid, Meridian, needs assessment, needs assessments"


@pytest.mark.parametrize(("kind", "day"), [("follow_up", "5 January 2026"), ("thanks", "2 November 2026")])
def test_the_day_is_that_of_the_pitch_or_of_the_last_touch(writing, alice, ida, kind, day):
    pitch = make_opportunity(alice, contact=ida, pitched_on=date(2026, 1, 5))
    template = make_own_template(alice, body="{date}", kind=kind)

    assert body(writing.get(url(template, opportunity=pitch.pk))) == day


def test_fills_from_the_sample_and_the_page(writing, alice):
    sample = make_shareable(alice, therapeutic_area="Heart failure", external_url="https://example.org/x")
    link = make_share_link(alice, sample)

    assert filled(writing, "{topic}: {link}", sample=sample.pk) == "heart failure: https://example.org/x"
    assert filled(writing, "{link}", link=link.pk) == f"http://testserver{link.public_url}"


# Whether its address may be given away: a new permission needs its row here.
MAY_BE_GIVEN = {
    "own_work": True,
    "public_link": True,
    "not_asked": False,
    "requested": False,
    "granted_full": True,
    "granted_redacted": False,
    "granted_private": False,
    "refused": False,
}


@pytest.mark.parametrize("permission", Sample.Permission.values)
def test_an_address_that_may_not_be_shown_is_not_filled_in(writing, alice, permission):
    address = "https://example.org/secret"
    sample = make_shareable(alice, permission=permission, external_url=address)

    assert filled(writing, "{link}", sample=sample.pk) == (address if MAY_BE_GIVEN[permission] else "{link}")


@pytest.mark.parametrize("fields", [{"expires_on": date(2026, 1, 1)}, {"revoked_at": timezone.now()}])
def test_a_closed_page_is_not_named(writing, alice, fields):
    link = make_share_link(alice, **fields)
    pitch = make_opportunity(alice, share_link=link)

    assert filled(writing, "{link}", link=link.pk) == "{link}"
    assert filled(writing, "{link}", opportunity=pitch.pk) == "{link}"


def test_the_page_they_were_sent_is_named(writing, alice):
    link = make_share_link(alice)
    pitch = make_opportunity(alice, share_link=link)

    assert filled(writing, "{link}", opportunity=pitch.pk) == f"http://testserver{link.public_url}"


def test_what_is_in_the_trash_fills_nothing(writing, alice):
    place = make_organisation(alice)
    ida = make_contact(alice, organisation=place)
    place.trash()

    assert filled(writing, "{org}", contact=ida.pk) == "{org}"


def test_a_name_with_braces_is_no_placeholder_of_ours():
    assert fill("{org} {topic}", {"org": "{topic}", "topic": "x"}) == "{topic} x"
    assert unfilled("{a} {b} {a}", "{c} {D} {}") == ["{a}", "{b}", "{c}"]


def test_what_is_not_known_is_listed_and_marked(writing, alice, ida):
    template = make_template(subject="For {org}", body="Dear {first_name}, <b> {gap_in_one_line}")

    response = writing.get(url(template, contact=ida.pk))

    assert response.context["unfilled"] == ["{gap_in_one_line}"]
    assert "Dear Ida, &lt;b&gt; <mark>{gap_in_one_line}</mark>" in response.text
    assert response.context["form"].text("subject") == "For Northfield Medical Education"


def test_a_subject_begins_with_a_capital(writing, alice):
    pitch = make_opportunity(alice, format=make_deliverable())

    response = writing.get(url(make_template(subject="{format} for {x}"), opportunity=pitch.pk))

    assert response.context["form"].text("subject") == "Needs assessment for {x}"


@pytest.mark.parametrize("name", ["contact", "opportunity", "sample", "link"])
@pytest.mark.parametrize("view", ["templates", "message", "check"])
def test_what_is_another_persons_does_not_exist(writing, bob, name, view):
    theirs = {
        "contact": make_contact, "opportunity": make_opportunity, "sample": make_sample,
        "link": make_share_link,
    }[name](bob)  # fmt: skip
    template = make_template()
    start = reverse("networking:templates") if view == "templates" else template.get_absolute_url()

    if view == "check":
        assert writing.post(f"{start}check/?{name}={theirs.pk}").status_code == 404
    else:
        assert writing.get(start, {name: theirs.pk}).status_code == 404
    assert writing.post(url(template, **{name: theirs.pk}), {"body": "x"}).status_code == 404


@pytest.mark.parametrize("key", ["x", "0", "9" * 40, "-1", "%00"])
def test_nonsense_in_the_address_does_not_exist(writing, key):
    assert writing.get(url(make_template(), contact=key)).status_code == 404


def test_an_empty_choice_is_none(writing, ida):
    response = writing.get(url(make_template(), contact=ida.pk, opportunity="", sample="", link=""))

    assert body(response) == "Dear Ida, hello."


SENT = {"body": "Dear Ida, hello.", "channel": "linkedin"}


@pytest.mark.parametrize("kind", ["message", "pitch", "follow_up", "thanks", "introduction"])
def test_sent_makes_the_touch_and_can_be_undone(writing, alice, ida, kind):
    template = make_template(title="A note", kind=kind, subject="Hello {org}")
    ida.recount_last_touch()
    before = state()

    done = writing.post(url(template, contact=ida.pk), {**SENT, "subject": "Hi", "revision": 0}, follow=True)

    touch = Interaction.objects.get()
    assert done.redirect_chain == [(ida.get_absolute_url(), 302)]
    assert (touch.owner, touch.contact, touch.kind, touch.channel) == (alice, ida, kind, "linkedin")
    assert (touch.direction, touch.happened_on) == ("outgoing", timezone.localdate())
    assert touch.summary == "A note: Hi"
    assert "Logged “A note” with “Dr. Ida Holm”." in done.text
    assert mail.outbox == []
    undo(writing, done)
    assert state() == before


def test_a_message_resets_the_clock(writing, alice):
    ida = make_contact(
        alice, stage="connected", stage_set_on=date(2025, 1, 6), next_on=date(2025, 1, 8), is_next_pinned=True
    )

    writing.post(url(make_template(), contact=ida.pk), SENT)

    ida.refresh_from_db()
    assert ida.last_touch_on == timezone.localdate()
    assert ida.next_on > timezone.localdate()


def test_the_second_click_logs_nothing(writing, ida):
    template = make_template()

    for _ in range(2):
        writing.post(url(template, contact=ida.pk), {**SENT, "revision": 0})

    assert Interaction.objects.count() == 1


def test_a_change_in_another_tab_keeps_the_text(writing, ida):
    template = make_template()
    ida.plan_next("Call", date(2027, 1, 4))
    typed = {**SENT, "body": "Long and careful", "revision": 0}

    refused = writing.post(url(template, contact=ida.pk), typed)

    assert refused.status_code == 422
    assert refused.context["form"].non_field_errors() == [STALE]
    assert body(refused) == "Long and careful"
    assert '<input type="hidden" name="revision" value="1">' in refused.text
    assert not Interaction.objects.exists()


def test_a_message_with_places_still_open_is_asked_about_once(writing, ida):
    address = url(make_template(), contact=ida.pk)
    sent = {**SENT, "body": "Dear {first_name}, about {topic}"}

    asked = writing.post(address, sent)

    assert asked.status_code == 422
    assert "Still to fill in: {first_name} {topic}. Fill it in above, or tick this" in asked.text
    assert Interaction.objects.count() == 0

    writing.post(address, {**sent, "as_it_stands": "on"})

    assert Interaction.objects.count() == 1


def test_without_a_person_nothing_is_logged(writing):
    template = make_template()

    response = writing.post(url(template), SENT)

    assert response.status_code == 422
    assert "Choose who it is for" in response.text
    assert "Sent, log it" not in writing.get(url(template)).text


@pytest.mark.parametrize(("data", "named"), [({"body": ""}, "body"), ({"channel": "pigeon"}, "channel")])
def test_bad_input_is_said_beside_its_field(writing, ida, data, named):
    response = writing.post(url(make_template(), contact=ida.pk), {**SENT, **data})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [named]


NOTE = {"key": "linkedin_short", "warn_at": 200, "block_at": 300, "channel": "linkedin"}


@pytest.mark.parametrize(
    ("length", "size", "status"),
    [(200, "fits", 302), (201, "long", 302), (300, "long", 302), (301, "too-long", 422)],
)
def test_a_note_warns_at_200_and_stops_at_300(writing, ida, length, size, status):
    template = make_template(**NOTE)
    text = "é" * (length - 1) + "🙂"

    checked = writing.post(f"{template.get_absolute_url()}check/?contact={ida.pk}", {**SENT, "body": text})
    sent = writing.post(url(template, contact=ida.pk), {**SENT, "body": text})

    assert (checked.context["form"].length, checked.context["form"].size) == (length, size)
    assert sent.status_code == status
    assert Interaction.objects.exists() is (status == 302)


def test_a_line_end_is_one_character(writing, ida):
    template = make_template(**NOTE)

    checked = writing.post(f"{template.get_absolute_url()}check/?contact={ida.pk}", {"body": "a\r\nb"})

    assert checked.context["form"].length == 3


def test_a_refused_note_keeps_what_was_typed(writing, ida):
    response = writing.post(url(make_template(**NOTE), contact=ida.pk), {**SENT, "body": "x" * 301})

    assert body(response) == "x" * 301
    assert "This has 301 characters and LinkedIn takes 300." in response.text


def test_checking_logs_nothing_and_takes_a_post(writing, ida):
    check = f"{make_template().get_absolute_url()}check/?contact={ida.pk}"

    assert "Still in your own words" in writing.post(check, {"body": "Dear {x}"}).text
    assert writing.get(check).status_code == 405
    assert not Interaction.objects.exists()


def test_an_own_note_has_the_same_limits(writing, alice, ida):
    template = make_own_template(alice, is_note=True)

    assert writing.post(url(template, contact=ida.pk), {**SENT, "body": "x" * 301}).status_code == 422
    plain = make_own_template(alice)
    assert writing.post(url(plain, contact=ida.pk), {**SENT, "body": "x" * 301}).status_code == 302


@pytest.mark.parametrize(
    ("fields", "kind", "is_refused"),
    [
        ({"stage": "do_not_contact"}, "message", True),
        ({"kind": "supporter_ime"}, "pitch", True),
        ({"kind": "supporter_ime"}, "message", False),
        ({}, "pitch", False),
    ],
)
def test_some_people_are_not_written_to(writing, alice, fields, kind, is_refused):
    contact = make_contact(alice, **fields)
    template = make_template(kind=kind)

    shown, sent = (
        writing.get(url(template, contact=contact.pk)),
        writing.post(url(template, contact=contact.pk), SENT),
    )

    assert ("Sent, log it" not in shown.text) is is_refused
    assert sent.status_code == (422 if is_refused else 302)
    assert Interaction.objects.exists() is not is_refused


def test_a_funder_is_offered_no_pitch_and_a_warning(writing, alice):
    contact = make_contact(alice, kind="supporter_ime")
    make_template(key="pitch_email", title="Pitch by e-mail", kind="pitch")
    kept = make_template(title="Thanks", kind="thanks")

    listed = writing.get(reverse("networking:templates"), {"contact": contact.pk})

    assert listed.context["templates"] == [kept]
    assert "never pitch to them" in listed.text
    assert "never pitch to them" in writing.get(url(kept, contact=contact.pk)).text


@pytest.mark.parametrize(
    ("stage", "kind", "is_offered"),
    [
        ("lead", "pitch", True),
        ("qualified", "pitch", True),
        ("pitched", "pitch", False),
        ("lead", "thanks", False),
    ],
)
def test_a_pitch_that_went_out_can_be_moved(writing, alice, ida, stage, kind, is_offered):
    pitch = make_opportunity(alice, contact=ida, stage=stage)
    template = make_template(kind=kind)

    done = writing.post(url(template, opportunity=pitch.pk), SENT, follow=True)

    move = reverse("networking:opportunity-move", args=[pitch.pk])
    assert (f'<a href="{move}?stage=pitched">' in done.text) is is_offered


def test_ways_in(writing, alice, ida):
    left_alone = make_contact(alice, stage="do_not_contact")
    way_in = f"{reverse('networking:templates')}?contact="

    assert f"{way_in}{ida.pk}" in writing.get(ida.get_absolute_url()).text
    assert f"{way_in}{left_alone.pk}" not in writing.get(left_alone.get_absolute_url()).text


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(writing, alice, count, django_assert_num_queries):
    for n in range(count):
        contact = make_contact(alice, name=f"P{n}", organisation=make_organisation(alice, name=f"O{n}"))
        pitch = make_opportunity(alice, contact=contact, organisation=contact.organisation)
        make_share_link(alice, make_sample(alice))
    template = make_template()

    # The template, the two that are chosen, and four lists to choose from.
    with django_assert_num_queries(SHELL + 7):
        writing.get(url(template, contact=contact.pk, opportunity=pitch.pk))
