"""What a list shows, as files: complete, safe in a spreadsheet, and fit to be brought in again."""

import csv
from datetime import date
from io import StringIO

import pytest
import vobject
from django.urls import reverse

from networking.models import Contact, ContactDetail
from networking.tests.factories import make_contact, make_opportunity, make_organisation
from networking.tests.imports import bring, outcomes, snapshot

CSV, VCARD = reverse("networking:export-csv"), reverse("networking:export-vcard")
ORGANISATIONS = reverse("networking:organisation-export")
OPPORTUNITIES = reverse("networking:opportunity-export")


def fetch(client, url, **data):
    return b"".join(client.get(url, data).streaming_content).decode()


def rows(text):
    assert text.startswith("\ufeff")
    return list(csv.DictReader(StringIO(text.removeprefix("\ufeff"), newline="")))


def make_ana(owner):
    ana = make_contact(
        owner,
        name="Ana Silva",
        organisation=make_organisation(owner, name="Meridian"),
        role_title="Content director",
        email="ana@example.org",
        linkedin_url="https://www.linkedin.com/in/ana",
        kind="commissioner",
        stage="warmed",
        tags="oncology, friends",
        met_at="Lisbon",
        notes="Line one\nLine two",
        next_step="Write",
        next_on=date(2026, 12, 1),
    )
    for kind, value in (("email", "a@home.example"), ("link", "https://example.org/ana")):
        ContactDetail.objects.create(owner=owner, contact=ana, kind=kind, value=value)
    return ana


def test_a_table_of_people_says_all_of_them(as_alice, alice):
    make_ana(alice)

    [ana] = rows(fetch(as_alice, CSV))

    assert ana == {
        "Name": "Ana Silva",
        "Organisation": "Meridian",
        "Kind": "Commissions work",
        "Role": "Content director",
        "E-mail": "ana@example.org",
        "Other e-mails": "a@home.example",
        "LinkedIn": "https://www.linkedin.com/in/ana",
        "Other links": "https://example.org/ana",
        "Where you met": "Lisbon",
        "Reason to write": "",
        "Tags": "oncology, friends",
        "Relationship": "Warmed",
        "Next step": "Write",
        "Next on": "2026-12-01",
        "Last touch": "",
        "Notes": "Line one\nLine two",
    }


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx"])
def test_no_cell_runs_as_a_formula(as_alice, alice, cell):
    make_contact(alice, name="Ana", notes=cell)

    [ana] = rows(fetch(as_alice, CSV))

    assert ana["Notes"] == f"'{cell}"


def test_holds_what_the_filter_shows_on_all_its_pages(as_alice, alice):
    for n in range(60):
        make_contact(alice, name=f"Person {n:02}", stage="warmed")
    make_contact(alice, name="Other", stage="client")

    found = rows(fetch(as_alice, CSV, stage="warmed", page="2"))

    assert [row["Name"] for row in found] == [f"Person {n:02}" for n in range(60)]


@pytest.mark.parametrize("url", [CSV, VCARD])
def test_nobody_elses_people_and_no_trash(as_alice, alice, bob, url):
    make_contact(bob, name="Bob’s friend")
    make_contact(alice, name="Thrown away").trash()
    make_contact(alice, name="Mine")

    text = fetch(as_alice, url)

    assert ("Mine" in text, "friend" in text, "Thrown" in text) == (True, False, False)


def test_cards_are_vcard_4_with_every_address(as_alice, alice):
    make_ana(alice)

    response = as_alice.get(VCARD)
    text = b"".join(response.streaming_content).decode()

    [card] = vobject.readComponents(text)
    assert response["Content-Type"] == "text/vcard; charset=utf-8"
    assert (card.version.value, card.fn.value, card.n.value.family) == ("4.0", "Ana Silva", "Silva")
    assert [line.value for line in card.email_list] == ["ana@example.org", "a@home.example"]
    assert [line.value for line in card.url_list] == [
        "https://www.linkedin.com/in/ana",
        "https://example.org/ana",
    ]
    assert (card.org.value, card.title.value) == (["Meridian"], "Content director")
    assert card.categories.value == ["oncology", "friends"]
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "Line one" not in text


@pytest.mark.parametrize("url", [CSV, VCARD])
def test_ones_own_file_brought_in_again_changes_nothing(as_alice, alice, url):
    make_ana(alice)
    make_contact(alice, name="=Odd, name", role_title="-")
    before = snapshot(alice)

    batch = bring(alice, fetch(as_alice, url))

    assert [outcome for _, outcome in outcomes(batch)] == ["same", "same"]
    assert snapshot(alice) == before


def test_ones_own_table_brings_another_account_the_same_people(as_alice, alice, bob):
    make_ana(alice)

    batch = bring(bob, fetch(as_alice, CSV))

    ana = Contact.objects.select_related("organisation").get(owner=bob)
    assert batch.kind == "cmetrack"
    assert (ana.name, ana.organisation.name, ana.kind, ana.stage) == (
        "Ana Silva",
        "Meridian",
        "commissioner",
        "warmed",
    )
    assert (ana.tags, ana.met_at, ana.notes) == ("oncology, friends", "Lisbon", "Line one\nLine two")
    assert set(ana.details.values_list("value", flat=True)) == {"a@home.example", "https://example.org/ana"}


def test_tables_of_organisations_and_opportunities(as_alice, alice):
    nord = make_organisation(alice, name="Nord", kind="society", areas="cardiology")
    make_opportunity(alice, title="Needs assessment", organisation=nord, fee="1200.00", currency="EUR")

    [organisation] = rows(fetch(as_alice, ORGANISATIONS))
    [opportunity] = rows(fetch(as_alice, OPPORTUNITIES))

    assert (organisation["Name"], organisation["Kind"]) == ("Nord", "Specialty society or association")
    assert (opportunity["Title"], opportunity["Organisation"], opportunity["Fee"]) == (
        "Needs assessment",
        "Nord",
        "1,200 EUR",
    )


def test_nobody_elses_organisations_and_no_trash(as_alice, alice, bob):
    make_organisation(bob, name="Theirs")
    make_organisation(alice, name="Thrown away").trash()
    make_organisation(alice, name="Mine")

    assert [row["Name"] for row in rows(fetch(as_alice, ORGANISATIONS))] == ["Mine"]


def test_nobody_elses_opportunities_and_no_trash(as_alice, alice, bob):
    make_opportunity(bob, title="Theirs")
    make_opportunity(alice, title="Thrown away").trash()
    make_opportunity(alice, title="Mine")

    assert [row["Title"] for row in rows(fetch(as_alice, OPPORTUNITIES))] == ["Mine"]


@pytest.mark.parametrize(("url", "queries"), [(CSV, 6), (VCARD, 6), (ORGANISATIONS, 4), (OPPORTUNITIES, 4)])
@pytest.mark.parametrize("count", [1, 40])
def test_queries_do_not_grow_with_rows(as_alice, alice, url, queries, count, django_assert_num_queries):
    for n in range(count):
        place = make_organisation(alice, name=f"Place {n}")
        contact = make_contact(alice, name=f"Person {n}", organisation=place)
        ContactDetail.objects.create(owner=alice, contact=contact, kind="email", value="a@home.example")
        make_opportunity(alice, title=f"Pitch {n}", organisation=place, contact=contact)

    with django_assert_num_queries(queries):
        text = fetch(as_alice, url)

    assert "a@home.example" in text or url in (ORGANISATIONS, OPPORTUNITIES)
