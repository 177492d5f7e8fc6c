from datetime import date

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from milestones.admin.watchful import CHANGED_BY_ANOTHER
from milestones.models import CheckMark, Milestone, ResourceRead, Step, StepProgress
from milestones.tests.factories import (
    make_check_item,
    make_milestone,
    make_progress,
    make_requirement,
    make_step,
)

DAY = date(2026, 11, 1)


@pytest.fixture
def as_editor(bob, content):
    call_command("make_editor", bob.email)
    client = Client()
    client.force_login(bob)
    return client


@pytest.fixture
def as_admin(bob):
    bob.is_staff = bob.is_superuser = True
    bob.save()
    client = Client()
    client.force_login(bob)
    return client


def test_is_ours_by_name_and_leads_back(as_editor):
    page = as_editor.get(reverse("admin:index")).content.decode()

    assert "CMEtrack editing" in page
    assert '<a href="/">View site</a>' in page


def url_of(row):
    return reverse(f"admin:milestones_{row._meta.model_name}_change", args=[row.pk])


def as_shown(client, row):
    """What the browser would send back from the page of this row, were nothing changed."""
    context = client.get(url_of(row)).context
    formsets = [inline.formset for inline in context["inline_admin_formsets"]]
    forms = [context["adminform"].form]
    forms += [form for formset in formsets for form in (formset.management_form, *formset.initial_forms)]
    fields = {field.html_name: field.value() for form in forms for field in form}
    return {name: value for name, value in fields.items() if value is not None and value is not False}


def test_editor_changes_a_milestone(as_editor):
    milestone = Milestone.objects.first()

    response = as_editor.post(
        url_of(milestone), as_shown(as_editor, milestone) | {"promise": "You can do more."}
    )

    milestone.refresh_from_db()
    assert response.status_code == 302
    assert milestone.promise == "You can do more."
    assert milestone.steps.count() == 8


def test_milestone_leads_to_each_of_its_steps(as_editor):
    milestone = Milestone.objects.first()

    page = as_editor.get(url_of(milestone)).content.decode()

    for step in milestone.steps.all():
        assert f'<a class="changelink" href="{url_of(step)}">Change “{step}”</a>' in page


def test_step_is_added_from_its_milestone(as_editor):
    milestone = Milestone.objects.first()
    last = milestone.steps.last()
    address = f"{reverse('admin:milestones_step_add')}?milestone={milestone.pk}&position={last.position + 1}"

    page = as_editor.get(url_of(milestone)).content.decode()
    form = as_editor.get(address).context["adminform"].form

    assert f'<a class="addlink" href="{address.replace("&", "&amp;")}">Add a step</a>' in page
    assert form["milestone"].value() == str(milestone.pk)
    assert form["position"].value() == str(last.position + 1)


def test_new_milestone_has_no_table_of_steps_yet(as_editor):
    inlines = as_editor.get(reverse("admin:milestones_milestone_add")).context["inline_admin_formsets"]

    assert [inline.formset.prefix for inline in inlines] == ["objectives", "resources"]


def test_first_step_of_a_milestone_is_number_one(as_admin):
    page = as_admin.get(url_of(make_milestone())).content.decode()

    assert "&amp;position=1" in page


def test_steps_are_reordered_on_the_page_of_their_milestone(as_admin):
    milestone = make_milestone()
    make_step(milestone, title="First", position=1)
    make_step(milestone, title="Second", position=2)

    swapped = {"steps-0-position": 2, "steps-1-position": 1}
    as_admin.post(url_of(milestone), as_shown(as_admin, milestone) | swapped)

    assert [step.title for step in milestone.steps.all()] == ["Second", "First"]


def non_field_errors(response):
    return response.context["adminform"].form.non_field_errors()


def test_second_of_two_editors_is_told_and_may_save_again(as_admin):
    milestone = make_milestone(promise="Old")
    first, second = as_shown(as_admin, milestone), as_shown(as_admin, milestone)
    as_admin.post(url_of(milestone), first | {"why": "The first editor's reasons."})

    refused = as_admin.post(url_of(milestone), second | {"promise": "The second editor's promise"})

    assert non_field_errors(refused) == [CHANGED_BY_ANOTHER]
    assert "The second editor&#x27;s promise" in refused.content.decode()
    milestone.refresh_from_db()
    assert (milestone.promise, milestone.why) == ("Old", "The first editor's reasons.")

    seen = refused.context["adminform"].form["seen"].value()
    again = second | {"promise": "The second editor's promise", "seen": seen}
    assert as_admin.post(url_of(milestone), again).status_code == 302
    milestone.refresh_from_db()
    assert milestone.promise == "The second editor's promise"


def test_second_editor_is_told_of_rows_on_the_same_page(as_admin):
    requirement = make_requirement(kind="org", count=1)
    step = requirement.step
    first, second = as_shown(as_admin, step), as_shown(as_admin, step)
    as_admin.post(url_of(step), first | {"requirements-0-count": 20})

    refused = as_admin.post(url_of(step), second | {"title": "Another title"})

    assert non_field_errors(refused) == [CHANGED_BY_ANOTHER]
    requirement.refresh_from_db()
    assert requirement.count == 20


def test_what_is_not_on_the_page_disturbs_nobody(as_admin):
    step = make_step()
    shown = as_shown(as_admin, step.milestone)
    as_admin.post(url_of(step), as_shown(as_admin, step) | {"guidance": "Do it better."})

    response = as_admin.post(url_of(step.milestone), shown | {"promise": "You can do more."})

    assert response.status_code == 302
    step.milestone.refresh_from_db()
    assert step.milestone.promise == "You can do more."


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
    fields = {"distinct_kinds": 0, "level": 0, "position": 1, **fields}
    return {**data, **{f"requirements-0-{name}": value for name, value in fields.items()}}


def test_editor_adds_a_requirement(as_editor):
    step = make_step()
    url = reverse("admin:milestones_step_change", args=[step.pk])

    response = as_editor.post(
        url, requirement_form(step, kind="org", count=20, distinct_kinds=3, level=0, position=1)
    )

    assert response.status_code == 302
    assert [(r.kind, r.count, r.distinct_kinds) for r in step.requirements.all()] == [("org", 20, 3)]


def test_senseless_requirement_is_told_beside_its_field(as_editor):
    step = make_step()
    url = reverse("admin:milestones_step_change", args=[step.pk])

    response = as_editor.post(
        url,
        requirement_form(step, kind="note", count=1, stage="landed"),
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

    assert as_admin.get(url).status_code == 403
    assert as_admin.post(url, {"post": "yes"}).status_code == 403
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


@pytest.mark.parametrize(
    ("place", "said"), [("2", "Number 2 is taken already."), ("", "This field is required.")]
)
def test_doubled_and_missing_places_are_refused(as_admin, place, said):
    first = make_step(position=1)
    second = make_step(first.milestone, position=2)
    sent = as_shown(as_admin, first.milestone) | {"steps-0-position": place, "title": "Changed"}

    response = as_admin.post(url_of(first.milestone), sent)

    first.refresh_from_db()
    assert response.status_code == 200
    assert said in response.content.decode()
    assert (first.position, second.position, first.milestone.title != "Changed") == (1, 2, True)


def test_a_retired_row_gives_its_place_free(as_admin):
    first = make_step(position=1)
    make_step(first.milestone, position=2)
    sent = as_shown(as_admin, first.milestone) | {"steps-0-position": 2, "steps-0-retired_on": "2026-11-20"}

    assert as_admin.post(url_of(first.milestone), sent).status_code == 302
