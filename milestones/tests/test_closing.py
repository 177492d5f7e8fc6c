from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from conftest import PASSWORD
from milestones.closing import close_steps
from milestones.models import StepProgress
from milestones.tests.factories import make_progress, make_requirement, make_step
from networking.tests.factories import make_contact, make_organisation
from portfolio.tests.factories import make_format

TODAY = date(2026, 11, 23)


def test_closes_what_the_records_prove(alice):
    met = make_requirement(kind="org").step
    make_requirement(kind="contact")
    make_organisation(alice)

    assert close_steps(alice, TODAY) == [met]

    progress = StepProgress.objects.get(owner=alice, completed_on__isnull=False)
    assert (progress.step, progress.completed_on, progress.is_self_declared) == (met, TODAY, False)


def test_again_closes_nothing_and_keeps_the_first_day(alice):
    make_requirement(kind="org")
    make_organisation(alice)
    close_steps(alice, TODAY)

    assert close_steps(alice, TODAY + timedelta(days=1)) == []

    assert [p.completed_on for p in StepProgress.objects.all()] == [TODAY]


def test_keeps_the_note_that_is_there(alice):
    step = make_requirement(kind="note").step
    make_progress(alice, step, note="well done", revision=4)

    close_steps(alice, TODAY)

    progress = StepProgress.objects.get()
    assert (progress.note, progress.revision, progress.completed_on) == ("well done", 4, TODAY)


def test_twice_at_once_tells_only_one_of_them(alice, monkeypatch):
    step = make_requirement(kind="org").step
    make_organisation(alice)
    from milestones import closing

    evaluate = closing.evaluate

    def evaluate_while_another_closes(user):
        path = evaluate(user)
        make_progress(user, step, completed_on=TODAY)
        return path

    monkeypatch.setattr(closing, "evaluate", evaluate_while_another_closes)

    assert close_steps(alice, TODAY) == []
    assert StepProgress.objects.count() == 1


@pytest.mark.parametrize("kind", ["rate", "rerate", "quality", "shareable"])
def test_never_closes_what_cannot_be_read(alice, kind):
    make_requirement(kind=kind)
    make_step()

    assert close_steps(alice, TODAY) == []
    assert StepProgress.objects.exists() is False


def test_leaves_other_people_alone(alice, bob):
    make_requirement(kind="org")
    make_organisation(bob)

    assert close_steps(alice, TODAY) == []
    assert StepProgress.objects.exists() is False


def contact_form(**fields):
    return {"name": "Ida Holm", "submission_id": uuid4(), "stage": "identified", **fields}


def test_saving_something_closes_the_step_and_says_so(as_alice, alice):
    step = make_requirement(make_step(title="Find one person"), kind="contact").step

    response = as_alice.post(reverse("networking:create"), contact_form(), follow=True)

    assert "Step closed: Find one person." in [str(m) for m in response.context["messages"]]
    assert f'href="{step.get_absolute_url()}">Open it</a>' in response.content.decode()
    assert StepProgress.objects.get(owner=alice).step == step


def test_on_the_page_of_the_step_the_message_leads_nowhere(as_alice):
    step = make_requirement(make_step(title="Set a goal"), kind="note", count=2).step
    note = reverse("milestones:note", args=[step.milestone.slug, step.pk])

    response = as_alice.post(note, {"note": "Two words", "revision": 0}, follow=True)

    assert "Step closed: Set a goal." in [str(m) for m in response.context["messages"]]
    assert "Open it</a>" not in response.content.decode()


def test_a_refused_form_closes_nothing(as_alice, alice):
    make_requirement(kind="contact")
    make_contact(alice)

    response = as_alice.post(reverse("networking:create"), contact_form(name=""))

    assert response.status_code == 422
    assert StepProgress.objects.exists() is False


def test_looking_closes_nothing(as_alice, alice):
    make_requirement(kind="contact")
    make_contact(alice)

    as_alice.get(reverse("milestones:index"))

    assert StepProgress.objects.exists() is False


def test_signing_out_and_strangers_pass_through(as_alice, alice, client):
    make_requirement(kind="contact")
    make_contact(alice)

    assert client.post(reverse("networking:create"), contact_form()).status_code == 302
    assert as_alice.post(reverse("account_logout")).status_code == 302
    assert StepProgress.objects.exists() is False


@pytest.mark.parametrize(
    ("address", "data"),
    [
        ("/admin/milestones/milestone/add/", {}),
        ("/accounts/profile/", {"time_zone": "UTC"}),
        ("/accounts/reauthenticate/", {"password": PASSWORD}),
    ],
)
def test_editing_and_account_pages_close_nothing(as_alice, alice, address, data):
    alice.is_staff = alice.is_superuser = True
    alice.save()
    make_requirement(kind="contact")
    make_contact(alice)

    response = as_alice.post(address, data)

    assert response.status_code < 400
    assert StepProgress.objects.exists() is False


def test_a_page_that_follows_shows_the_message_also_to_htmx(as_alice, htmx):
    make_requirement(make_step(title="Find one person"), kind="contact")

    response = as_alice.post(reverse("networking:create"), contact_form(), headers=htmx)

    assert (response.status_code, response.content) == (302, b"")
    assert "Step closed: Find one person." in as_alice.get(response["Location"]).content.decode()


def test_a_database_in_trouble_does_not_break_the_answer(as_alice, alice, monkeypatch, caplog):
    from django.db import OperationalError

    from milestones import middleware

    def fail(user, path, today):
        raise OperationalError("database is locked")

    monkeypatch.setattr(middleware, "close_met", fail)

    response = as_alice.post(reverse("networking:create"), contact_form())

    assert response.status_code == 302
    assert alice.contact_set.count() == 1
    assert "Could not close steps" in caplog.text


def test_a_form_that_saves_itself_leaves_the_news_to_its_button(as_alice, alice):
    step = make_requirement(kind="sample", status="draft").step
    sent = {"title": "Gout", "format": make_format().pk, "submission_id": str(uuid4()), "revision": 0}

    as_alice.post(reverse("portfolio:draft-create"), sent)
    assert StepProgress.objects.filter(owner=alice).exists() is False

    page = as_alice.post(reverse("portfolio:create"), sent, follow=True).content.decode()

    assert f"Step closed: {step}." in page
