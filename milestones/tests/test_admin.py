from datetime import date

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from milestones.models import CheckMark, Milestone, ResourceRead, Step, StepProgress
from milestones.tests.factories import (
    load_content,
    make_check_item,
    make_milestone,
    make_progress,
    make_requirement,
    make_step,
)

DAY = date(2026, 11, 1)


@pytest.fixture
def as_editor(bob):
    load_content()
    call_command("make_editor", bob.email)
    client = Client()
    client.force_login(bob, "allauth.account.auth_backends.AuthenticationBackend")
    return client


@pytest.fixture
def as_admin(bob):
    bob.is_staff = bob.is_superuser = True
    bob.save()
    client = Client()
    client.force_login(bob, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_is_ours_by_name_and_leads_back(as_editor):
    page = as_editor.get(reverse("admin:index")).content.decode()

    assert "CMEtrack editing" in page
    assert '<a href="/">View site</a>' in page


def test_editor_changes_a_milestone(as_editor):
    milestone = Milestone.objects.first()
    url = reverse("admin:milestones_milestone_change", args=[milestone.pk])
    form = as_editor.get(url).context["adminform"].form
    empty = {
        f"{prefix}-{name}": 0
        for prefix in ("steps", "objectives", "resources")
        for name in ("TOTAL_FORMS", "INITIAL_FORMS")
    }

    response = as_editor.post(url, {**form.initial, "promise": "You can do more.", **empty})

    milestone.refresh_from_db()
    assert response.status_code == 302
    assert milestone.promise == "You can do more."
    assert milestone.steps.count() == 8


def requirement_form(step, **fields):
    data = {
        "title": step.title,
        "milestone": step.milestone_id,
        "position": step.position,
        "guidance": step.guidance,
        "minutes_least": 30,
        "minutes_most": 30,
        "check_items-TOTAL_FORMS": 0,
        "check_items-INITIAL_FORMS": 0,
        "requirements-TOTAL_FORMS": 1,
        "requirements-INITIAL_FORMS": 0,
    }
    return {**data, **{f"requirements-0-{name}": value for name, value in fields.items()}}


def test_editor_adds_a_requirement(as_editor):
    step = make_step()
    url = reverse("admin:milestones_step_change", args=[step.pk])

    response = as_editor.post(url, requirement_form(step, kind="org", count=20, distinct_kinds=3, position=1))

    assert response.status_code == 302
    assert [(r.kind, r.count, r.distinct_kinds) for r in step.requirements.all()] == [("org", 20, 3)]


def test_senseless_requirement_is_told_beside_its_field(as_editor):
    step = make_step()
    url = reverse("admin:milestones_step_change", args=[step.pk])

    response = as_editor.post(
        url, requirement_form(step, kind="note", count=1, distinct_kinds=0, position=1, stage="landed")
    )

    formset = response.context["inline_admin_formsets"][0].formset
    assert formset.errors == [{"stage": ["“Words of notes on the step” does not use this. Leave it empty."]}]
    assert step.requirements.count() == 0


def test_key_of_a_step_is_fixed_once_it_exists(as_editor):
    step = Step.objects.first()

    added = as_editor.get(reverse("admin:milestones_step_add"))
    changed = as_editor.get(reverse("admin:milestones_step_change", args=[step.pk]))

    assert "key" in added.context["adminform"].form.fields
    assert "key" not in changed.context["adminform"].form.fields


def test_counts_people_and_names_none(as_admin, alice, bob):
    milestone = make_milestone()
    done, other = make_step(milestone), make_step(milestone)
    make_step(milestone, is_optional=True)
    make_progress(alice, done, completed_on=DAY, note="my secret note")
    make_progress(alice, other, completed_on=DAY)
    make_progress(bob, done, completed_on=DAY)
    make_progress(bob, other)

    milestones = as_admin.get(reverse("admin:milestones_milestone_changelist"))
    steps = as_admin.get(reverse("admin:milestones_step_changelist"))
    step = as_admin.get(reverse("admin:milestones_step_change", args=[done.pk]))

    page = milestones.content.decode()
    assert '<td class="field-steps_in_it">3</td>' in page
    assert '<td class="field-people_begun">2</td>' in page
    assert '<td class="field-people_complete">1</td>' in page
    assert '<td class="field-people_closed">2</td>' in steps.content.decode()
    for response in (milestones, steps, step):
        assert "Alice" not in response.content.decode()
        assert "my secret note" not in response.content.decode()


def test_steps_can_be_filtered_by_what_they_ask_for(as_admin):
    wanted = make_requirement(make_step(title="Wanted"), kind="org").step
    make_requirement(wanted, kind="org")
    make_requirement(make_step(title="Unwanted"), kind="note")

    response = as_admin.get(reverse("admin:milestones_step_changelist"), {"requirements__kind__exact": "org"})

    assert [step.title for step in response.context["cl"].result_list] == ["Wanted"]


def test_step_with_progress_cannot_be_deleted(as_admin, alice):
    step = make_step()
    progress = make_progress(alice, step, note="my secret note")
    url = reverse("admin:milestones_step_delete", args=[step.pk])

    page = as_admin.get(url).content.decode()
    as_admin.post(url, {"post": "yes"})

    assert "would require deleting the following protected related objects" in page
    assert "my secret note" not in page
    assert "Alice" not in page
    assert StepProgress.objects.get() == progress


def test_editor_may_delete_neither_steps_nor_milestones(as_editor):
    step = Step.objects.first()

    for name, row in (("step", step), ("milestone", step.milestone)):
        assert as_editor.post(reverse(f"admin:milestones_{name}_delete", args=[row.pk])).status_code == 403

    assert Step.objects.filter(pk=step.pk).exists()


@pytest.mark.parametrize("model", [StepProgress, CheckMark, ResourceRead])
def test_private_rows_are_not_in_the_admin(model):
    assert admin.site.is_registered(model) is False


def test_people_without_the_right_are_kept_out(as_alice):
    assert as_alice.get(reverse("admin:milestones_milestone_changelist")).status_code == 302


def test_check_items_are_edited_with_their_step(as_admin):
    item = make_check_item(make_step(), text="The disclosures")

    page = as_admin.get(reverse("admin:milestones_step_change", args=[item.step_id])).content.decode()

    assert 'value="The disclosures"' in page
