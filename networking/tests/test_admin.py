import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from accounts.models import User
from cmetrack.ownership import OwnedModel
from networking.models import MessageTemplate
from networking.tests.factories import make_template


@pytest.fixture
def as_editor(db):
    client = Client()
    editor = User.objects.create_superuser("editor@example.org", "correct horse battery")
    client.force_login(editor, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def test_an_editor_changes_a_template_but_not_its_key(as_editor):
    template = make_template()
    url = reverse("admin:networking_messagetemplate_change", args=[template.pk])

    as_editor.post(url, {"title": "Nudge", "body": "Hello {first_name}", "position": 2, "key": "other"})

    template.refresh_from_db()
    assert (template.title, template.body, template.key) == ("Nudge", "Hello {first_name}", "follow_up")


def test_an_editor_adds_a_template(as_editor):
    url = reverse("admin:networking_messagetemplate_add")

    as_editor.post(url, {"title": "Nudge", "key": "nudge", "body": "Hello", "position": 0})

    assert MessageTemplate.objects.get().key == "nudge"


def test_nothing_private_is_in_the_admin():
    registered = set(admin.site._registry)

    assert not [model for model in apps.get_app_config("networking").get_models()
                if issubclass(model, OwnedModel) and model in registered]  # fmt: skip
