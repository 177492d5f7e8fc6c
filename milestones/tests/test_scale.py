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
    person = Contact.objects.create(owner=owner, name="Person", kind=kinds[0])
    spread(person, [{"name": f"Person {n}", "kind": kinds[n % len(kinds)]} for n in range(1, contacts)])
    people = list(Contact.objects.for_user(owner).order_by("pk").values_list("pk", flat=True))
    day = date(2026, 1, 1)
    touch = Interaction.objects.create(owner=owner, contact=person, kind=touched[0], happened_on=day)
    spread(
        touch,
        [
            {
                "contact_id": people[n % contacts],
                "kind": touched[n % len(touched)],
                "happened_on": date(2026, 1 + n % 11, 1 + n % 28),
            }
            for n in range(1, touches)
        ],
    )
    Sample.objects.bulk_create(
        Sample(owner=owner, title=f"Sample {n}", format=formats[n % len(formats)]) for n in range(samples)
    )


def spread(first, changes):
    """Rows like `first` but for some columns. Django would take seconds to make so many."""
    table = first._meta.db_table
    columns = [field.column for field in first._meta.concrete_fields if not field.primary_key]
    told = ", ".join("%s" if column in changes[0] else column for column in columns)
    order = [column for column in columns if column in changes[0]]
    with connection.cursor() as cursor:
        cursor.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}) SELECT {told} FROM {table} WHERE id = %s",
            [[*(change[column] for column in order), first.pk] for change in changes],
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
