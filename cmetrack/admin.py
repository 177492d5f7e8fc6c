"""What the apps' admin pages share."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.db import DatabaseError, models, transaction
from django.forms import BaseInlineFormSet, CheckboxInput, Field
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
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


class EditorAdmin(NamedInputs, admin.ModelAdmin):
    """A list whose address may hold anything: what the database refuses leads back with a message."""

    def view_on_site(self, obj: models.Model) -> str | None:
        """Straight to the page: the admin's own shortcut would tell which private rows exist."""
        page = getattr(obj, "get_absolute_url", None)
        return page() if page else None

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        try:
            with transaction.atomic():
                response = super().changelist_view(request, extra_context)
                # Rendered in here, because only then are the rows asked for.
                return response.render() if isinstance(response, TemplateResponse) else response
        except (DatabaseError, ValueError, OverflowError, IndexError):
            self.message_user(request, "That filter or choice was not understood.", messages.ERROR)
            return redirect(request.path)


class _DeleteBox(CheckboxInput):
    def __init__(self) -> None:
        super().__init__(attrs={"aria-label": "Delete"})


class _NamedFormSet(BaseInlineFormSet):
    deletion_widget = _DeleteBox


class _OrderedFormSet(_NamedFormSet):
    """Rows in use stand in an order: each has a place of its own."""

    def clean(self) -> None:
        super().clean()
        taken: set[int] = set()
        for form in self.forms:
            place = form.cleaned_data.get("position") if hasattr(form, "cleaned_data") else None
            if place is None or form.cleaned_data.get("retired_on"):
                continue
            if place in taken:
                form.add_error("position", f"Number {place} is taken already. Give each row one of its own.")
            taken.add(place)


class NamedTable(NamedInputs, admin.TabularInline):
    """A table of rows inside another page, every input of it named."""

    formset = _NamedFormSet


class OrderedTable(NamedTable):
    """The same for rows that stand in an order and can be moved."""

    formset = _OrderedFormSet
