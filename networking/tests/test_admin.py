from datetime import date

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cmetrack.ownership import OwnedModel
from networking.models import CadenceRule, MessageTemplate, PitchStep
from networking.planning import follow_pitch_rule, log_touch
from networking.tests.factories import make_contact, make_opportunity, make_template


@pytest.fixture
def as_editor(db):
    client = Client()
    editor = User.objects.create_superuser("editor@example.org", "correct horse battery")
    client.force_login(editor, "allauth.account.auth_backends.AuthenticationBackend")
    return client


LOGGED = {"kind": "follow_up", "channel": "email"}


def test_an_editor_changes_a_template_but_not_its_key(as_editor):
    template = make_template()
    url = reverse("admin:networking_messagetemplate_change", args=[template.pk])

    as_editor.post(
        url, {"title": "Nudge", "body": "Hello {first_name}", "position": 2, "key": "other", **LOGGED}
    )

    template.refresh_from_db()
    assert (template.title, template.body, template.key) == ("Nudge", "Hello {first_name}", "follow_up")


def test_an_editor_adds_a_template(as_editor):
    url = reverse("admin:networking_messagetemplate_add")

    as_editor.post(url, {"title": "Nudge", "key": "nudge", "body": "Hello", "position": 0, **LOGGED})

    assert MessageTemplate.objects.get().key == "nudge"


def test_nothing_private_is_in_the_admin():
    registered = set(admin.site._registry)

    assert not [model for model in apps.get_app_config("networking").get_models()
                if issubclass(model, OwnedModel) and model in registered]  # fmt: skip


def rule_url(key, model=CadenceRule):
    row = model.objects.get(key=key)
    return reverse(f"admin:networking_{model._meta.model_name}_change", args=[row.pk])


def values(client, url):
    form = client.get(url).context["adminform"].form
    return {name: form[name].value() or "" for name in form.fields}


def test_an_editor_changes_a_rule_and_moves_the_days_that_follow_it(as_editor, alice, content):
    follows = make_contact(alice, stage="connected", stage_set_on=date(2025, 1, 6))
    log_touch(follows, date(2026, 11, 23))
    pinned = make_contact(alice, stage="connected", next_on=date(2026, 12, 7), is_next_pinned=True)
    url = rule_url("connected")

    as_editor.post(url, {**values(as_editor, url), "then_days": 21, "key": "client"})

    rule = CadenceRule.objects.get(key="connected")
    follows.refresh_from_db()
    pinned.refresh_from_db()
    assert (rule.then_days, rule.then_step) == (21, "Share something useful")
    assert follows.next_on == date(2026, 12, 14)
    assert pinned.next_on == date(2026, 12, 7)


def test_an_editor_changes_what_follows_a_pitch(as_editor, alice, content):
    pitch = make_opportunity(alice, stage="pitched", pitched_on=date(2026, 11, 23))
    follow_pitch_rule(pitch)
    url = rule_url("nudge", PitchStep)

    as_editor.post(url, {**values(as_editor, url), "first_day": 6, "is_in_working_days": "on"})

    pitch.refresh_from_db()
    assert pitch.next_on == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"step": "", "days": ""}, "step"),
        ({"days": ""}, "days"),
        ({"days": 0}, "days"),
        ({"days": 100_000}, "days"),
        ({"later_days": 5}, "later_days"),
        ({"touches": 4}, "touches"),
        ({"quiet_days": -1}, "quiet_days"),
        ({"kind": "nonsense"}, "kind"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(as_editor, content, change, field):
    url = rule_url("connected")

    response = as_editor.post(url, {**values(as_editor, url), **change})

    assert list(response.context["adminform"].form.errors) == [field]
    assert CadenceRule.objects.get(key="connected").days == 2


def test_a_last_day_before_the_first_is_refused(as_editor, content):
    url = rule_url("no_reply", PitchStep)

    response = as_editor.post(url, {**values(as_editor, url), "last_day": 20})

    assert list(response.context["adminform"].form.errors) == ["last_day"]


@pytest.mark.parametrize("model", [CadenceRule, PitchStep])
def test_no_rule_is_added_or_deleted(as_editor, content, model):
    name, row = model._meta.model_name, model.objects.first()

    assert as_editor.get(reverse(f"admin:networking_{name}_add")).status_code == 403
    assert as_editor.post(reverse(f"admin:networking_{name}_delete", args=[row.pk])).status_code == 403
    assert str(row) in as_editor.get(reverse(f"admin:networking_{name}_changelist")).text
