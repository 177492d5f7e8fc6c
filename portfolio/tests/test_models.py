from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from portfolio.models import Format, Sample, SampleFile
from portfolio.models.choices import ORIGIN_MEANING, PERMISSION_MEANING, STATUS_MEANING
from portfolio.tests.factories import make_format, make_sample, make_sample_file


def put_away(sample, days):
    Sample.objects.filter(pk=sample.pk).update(trashed_at=timezone.now() - timedelta(days=days))


def test_every_choice_is_explained():
    assert list(ORIGIN_MEANING) == Sample.Origin.values
    assert list(STATUS_MEANING) == Sample.Status.values == list(Sample.STATUS_TAGS)
    assert list(PERMISSION_MEANING) == Sample.Permission.values == list(Sample.SHORT_PERMISSIONS)


def test_statuses_are_told_apart(alice):
    samples = {status: make_sample(alice, status=status) for status in Sample.Status.values}

    assert set(Sample.objects.drafts()) == {samples["draft"], samples["in_review"]}
    assert set(Sample.objects.begun()) == {samples["draft"], samples["in_review"], samples["ready"]}


def test_a_link_leads_to_the_web(alice):
    sample = make_sample(alice, external_url="ftp://example.org/piece")

    with pytest.raises(ValidationError, match="begins with https:// or http://"):
        sample.full_clean()


@pytest.mark.parametrize("permission", Sample.Permission.values)
def test_knows_when_a_permission_was_given(alice, permission):
    assert make_sample(alice, permission=permission).is_permission_granted is permission.startswith("granted")


def test_commissioned_formats_are_on_offer_and_paid_for(db):
    paid = make_format("paid")
    make_format("shown", is_portfolio_only=True)
    make_format("gone", is_retired=True)

    assert list(Format.objects.commissioned()) == [paid]


def test_names_are_listed_once_whatever_their_case(alice):
    for area, tags in (("oncology", "Gout"), ("", ""), ("Oncology", "gout, bids"), ("Oncology", "gout")):
        make_sample(alice, therapeutic_area=area, tags=tags)

    areas, tags = Sample.objects.names_used()

    assert (areas.all(), tags.all()) == (["Oncology"], ["bids", "gout"])


@pytest.mark.parametrize(
    ("fields", "question"),
    [
        ({"completed_on": date(2024, 3, 1)}, "Written 2 years ago: still current?"),
        ({"completed_on": date(2024, 3, 2)}, ""),
        ({"completed_on": date(2021, 3, 1)}, "Written 5 years ago: still current?"),
        ({"completed_on": date(2021, 3, 1), "current_as_of": date(2025, 1, 1)}, ""),
        (
            {"completed_on": date(2021, 3, 1), "current_as_of": date(2023, 3, 1)},
            "Last confirmed 3 years ago: still current?",
        ),
        # Rewritten after somebody last said that it is current.
        ({"completed_on": date(2025, 5, 1), "current_as_of": date(2023, 3, 1)}, ""),
        ({"completed_on": None}, ""),
        ({"completed_on": date(2021, 3, 1), "status": "draft"}, ""),
        ({"completed_on": date(2021, 3, 1), "status": "retired"}, ""),
    ],
)
def test_a_ready_sample_of_two_years_asks_whether_it_is_current(alice, fields, question):
    sample = make_sample(alice, **{"status": "ready"} | fields)

    assert sample.age_question(date(2026, 3, 1)) == question


def test_without_a_day_of_its_own_a_sample_is_as_old_as_its_row(alice):
    sample = make_sample(alice, status="ready")
    sample.created_at -= timedelta(days=3 * 366)

    assert sample.age_question(timezone.localdate()) == "Written 3 years ago: still current?"


def test_format_is_found_by_key_or_number(db):
    wanted = make_format("slide_deck")
    make_format("other")

    assert list(Format.objects.named("slide_deck")) == list(Format.objects.named(str(wanted.pk))) == [wanted]


def test_a_sample_out_of_the_trash_has_no_days_left(alice):
    assert make_sample(alice).days_left(timezone.now()) == 0


def test_names_are_their_texts(alice):
    sample = make_sample(alice, title="Gout", format=make_format(name="Needs assessment"))

    assert [str(sample), str(sample.format), str(make_sample_file(sample, name="g.pdf"))] == [
        "Gout",
        "Needs assessment",
        "g.pdf",
    ]


def test_purging_takes_old_rows_with_their_files(alice, django_capture_on_commit_callbacks):
    kept, fresh, old = (make_sample(alice, title=title) for title in ("kept", "fresh", "old"))
    files = [make_sample_file(sample) for sample in (kept, fresh, old, old)]
    put_away(fresh, days=29)
    put_away(old, days=31)

    with django_capture_on_commit_callbacks(execute=True):
        call_command("purge_trash")

    assert set(Sample.objects.all()) == {kept, fresh}
    assert set(SampleFile.objects.all()) == set(files[:2])
    assert [default_storage.exists(file.file.name) for file in files] == [True, True, False, False]


def test_purging_says_how_many_rows_went(alice, capsys):
    put_away(make_sample(alice), days=31)

    call_command("purge_trash")
    call_command("purge_trash")

    assert capsys.readouterr().out == "Deleted 1 row for good.\n"


@pytest.mark.django_db(transaction=True)
def test_files_stay_when_purging_fails(alice, monkeypatch):
    sample = make_sample(alice)
    file = make_sample_file(sample)
    put_away(sample, days=31)
    monkeypatch.setattr("django.db.models.query.QuerySet.delete", _fail)

    with pytest.raises(RuntimeError):
        Sample.objects.purge(timezone.now())

    assert default_storage.exists(file.file.name)
    assert Sample.objects.count() == 1


def _fail(*args, **kwargs):
    raise RuntimeError("database is gone")
