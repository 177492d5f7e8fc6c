"""Things that hold for the project as a whole."""

import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.template.loader import get_template

from cmetrack.ownership import OwnedModel, OwnedQuerySet

TEMPLATES = Path(settings.BASE_DIR) / "templates"
TEMPLATE_NAMES = sorted(str(path.relative_to(TEMPLATES)) for path in TEMPLATES.rglob("*.*"))
OWNED = [model for model in apps.get_models() if issubclass(model, OwnedModel)]


@pytest.mark.parametrize("name", TEMPLATE_NAMES)
def test_every_template_compiles(name):
    assert get_template(name)


@pytest.mark.parametrize("name", TEMPLATE_NAMES)
def test_no_template_has_inline_script_or_style(name):
    # The one exception: our own stylesheet, whose fingerprint the page's policy names.
    source = (TEMPLATES / name).read_text().replace("<style>{{ style }}</style>", "")

    assert not re.search(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']", source), name


@pytest.mark.django_db
def test_migrations_are_complete():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


@pytest.mark.parametrize("model", OWNED, ids=lambda model: model.__name__)
def test_every_private_model_asks_whose_it_is(model):
    assert isinstance(model._default_manager.all(), OwnedQuerySet)


def test_there_are_private_models():
    assert {"Sample", "Contact", "StepProgress"} <= {model.__name__ for model in OWNED}


def test_private_models_are_not_in_the_admin():
    from django.contrib import admin

    assert [model for model in admin.site._registry if issubclass(model, OwnedModel)] == []
