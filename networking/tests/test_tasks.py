"""An import where a worker runs, where it has died, and where there is none."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from networking.models import Contact, ImportBatch
from networking.tests.imports import choose

WITH_WORKER = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def small_slices(monkeypatch):
    monkeypatch.setattr("networking.imports.writing.AT_ONCE", 2)
    monkeypatch.setattr("networking.tasks.SECONDS", 0)
    monkeypatch.setattr("networking.views.imports.SECONDS", 0)


def a_table(people):
    return "Name,Company\n" + "".join(f"Person {n},Place\n" for n in range(people))


def confirm(client, batch):
    return client.post(reverse("networking:import-confirm", args=[batch.pk]), follow=True)


def test_without_a_worker_the_page_goes_on_part_by_part(as_alice, small_slices):
    batch = choose(as_alice, a_table(5), "people.csv")

    first = confirm(as_alice, batch)
    progress = first.context["progress"]
    second = as_alice.post(reverse("networking:import-go-on", args=[batch.pk]), follow=True)
    third = as_alice.post(reverse("networking:import-go-on", args=[batch.pk]), follow=True)

    assert (progress.done, progress.total, progress.drives) == (2, 5, True)
    assert second.context["progress"].done == 4
    assert third.context["look"].fresh == 5
    assert "2 of 5 rows" in first.text


@pytest.mark.django_db(transaction=True)
def test_a_worker_writes_all_of_it_while_nobody_looks(as_alice, small_slices, settings):
    settings.TASKS = WITH_WORKER
    batch = choose(as_alice, a_table(5), "people.csv")

    page = confirm(as_alice, batch)
    before = Contact.objects.count()
    call_command("db_worker", batch=True, interval=0, startup_delay=False, reload=False, verbosity=0)

    batch.refresh_from_db()
    assert (page.context["progress"].drives, page.context["progress"].has_stopped) == (False, False)
    assert (before, Contact.objects.count()) == (0, 5)
    assert batch.finished_at is not None


def test_a_worker_that_died_is_told_and_the_person_goes_on(as_alice, small_slices, settings):
    settings.TASKS = WITH_WORKER
    batch = choose(as_alice, a_table(3), "people.csv")
    confirm(as_alice, batch)
    as_alice.post(reverse("networking:import-go-on", args=[batch.pk]))
    ImportBatch.objects.update(updated_at=timezone.now() - timedelta(minutes=1))

    page = as_alice.get(batch.get_absolute_url())
    done = as_alice.post(reverse("networking:import-go-on", args=[batch.pk]), follow=True)

    assert "It has stopped after row 2. What is written so far is whole." in page.text
    assert done.context["look"].fresh == 3
    assert Contact.objects.count() == 3


def test_an_undo_stops_what_is_still_being_written(as_alice, small_slices):
    batch = choose(as_alice, a_table(5), "people.csv")
    confirm(as_alice, batch)

    as_alice.post(reverse("networking:import-undo", args=[batch.pk]))
    as_alice.post(reverse("networking:import-go-on", args=[batch.pk]))

    assert Contact.objects.count() == 0
