"""What the apps' admin pages share."""

from typing import Any

from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.forms import BaseInlineFormSet, CheckboxInput, Field
from django.http import HttpRequest
from django.utils.text import capfirst


class NamedInputs(BaseModelAdmin):
    """Names every input for screen readers: Django's tables of rows leave theirs without a label."""

    def formfield_for_dbfield(
        self, db_field: models.Field, request: HttpRequest, **kwargs: Any
    ) -> Field | None:
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None:
            field.widget.attrs.setdefault("aria-label", capfirst(str(field.label or db_field.verbose_name)))
        return field


class _DeleteBox(CheckboxInput):
    def __init__(self) -> None:
        super().__init__(attrs={"aria-label": "Delete"})


class _NamedFormSet(BaseInlineFormSet):
    deletion_widget = _DeleteBox


class NamedTable(NamedInputs, admin.TabularInline):
    """A table of rows inside another page, every input of it named."""

    formset = _NamedFormSet
