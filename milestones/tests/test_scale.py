"""A person with a long history: the path still costs the same few queries."""

from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from milestones.evidence import evaluate
from networking.models import Contact, Interaction
from portfolio.models import Format, Sample

MOST_QUERIES = 12


def fill(owner, contacts, touches, samples):
    kinds, touched = Contact.Kind.values, Interaction.Kind.values
    formats = list(Format.objects.all())
    people = Contact.objects.bulk_create(
        Contact(owner=owner, name=f"Person {n}", kind=kinds[n % len(kinds)]) for n in range(contacts)
    )
    Interaction.objects.bulk_create(
        Interaction(
            owner=owner,
            contact=people[n % contacts],
            kind=touched[n % len(touched)],
            happened_on=date(2026, 1 + n % 11, 1 + n % 28),
        )
        for n in range(touches)
    )
    Sample.objects.bulk_create(
        Sample(owner=owner, title=f"Sample {n}", format=formats[n % len(formats)]) for n in range(samples)
    )


def test_the_whole_path_takes_twelve_queries_however_much_there_is(alice, bob, content):
    fill(alice, contacts=5_000, touches=20_000, samples=500)

    with CaptureQueriesContext(connection) as much:
        path = evaluate(alice)
    with CaptureQueriesContext(connection) as little:
        evaluate(bob)

    assert len(much) == len(little) <= MOST_QUERIES
    contacts = next(r for step in path.steps for r in step.requirements if r.requirement.kind == "contact")
    assert contacts.have == 5_000
