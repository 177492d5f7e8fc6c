import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from conftest import make_user
from portfolio.models import Format, Sample, SampleFile
from portfolio.tests.factories import make_format, make_sample


@pytest.fixture
def as_editor(db):
    editor = make_user("editor@example.org", is_staff=True, is_superuser=True)
    client = Client()
    client.force_login(editor, "allauth.account.auth_backends.AuthenticationBackend")
    return client


def fields(**changes):
    return {
        "key": "slide_deck",
        "name": "Slide deck",
        "definition": "Slides.",
        "parts": "",
        "tip": "",
        "commissioned_by": "",
        "typical_length": "",
        "moore_level": "",
        "first_sample": "maybe",
        "first_sample_note": "",
        "position": "3",
    } | changes


def test_adds_a_format(as_editor):
    as_editor.post(reverse("admin:portfolio_format_add"), fields())

    assert Format.objects.get().key == "slide_deck"


def test_changes_a_format_but_never_its_key(as_editor):
    format_ = make_format("slide_deck")

    as_editor.post(
        reverse("admin:portfolio_format_change", args=[format_.pk]), fields(key="renamed", name="Slides")
    )

    format_.refresh_from_db()
    assert (format_.key, format_.name) == ("slide_deck", "Slides")


def test_positions_are_changed_in_the_list(as_editor):
    format_ = make_format()
    data = {
        "form-TOTAL_FORMS": "1",
        "form-INITIAL_FORMS": "1",
        "form-0-id": format_.pk,
        "form-0-position": "9",
        "_save": "Save",
    }

    as_editor.post(reverse("admin:portfolio_format_changelist"), data)

    format_.refresh_from_db()
    assert format_.position == 9


def test_deleting_is_not_offered_since_it_would_name_peoples_samples(as_editor, alice):
    sample = make_sample(alice, title="Confidential title")

    pages = [
        as_editor.get(reverse("admin:portfolio_format_delete", args=[sample.format.pk])),
        as_editor.post(
            reverse("admin:portfolio_format_changelist"),
            {"action": "delete_selected", "_selected_action": sample.format.pk},
            follow=True,
        ),
    ]

    assert pages[0].status_code == 403
    assert all(b"Confidential" not in page.content for page in pages)
    assert Format.objects.count() == 1


def test_samples_and_files_are_not_there():
    assert not admin.site.is_registered(Sample)
    assert not admin.site.is_registered(SampleFile)
