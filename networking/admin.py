"""Editors write message templates and cadences here. Nobody's contacts or pitches are ever registered."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from cmetrack.admin import EditorAdmin
from networking.models import CadenceRule, MessageTemplate, PitchStep
from networking.planning import follow_new_rules


@admin.register(MessageTemplate)
class MessageTemplateAdmin(EditorAdmin):
    list_display = ("title", "key", "position", "warn_at", "block_at")
    list_editable = ("position",)
    search_fields = ("title", "body")
    fieldsets = (
        (None, {"fields": ("title", "key", "when_to_use", "subject", "body")}),
        ("Once it is sent", {"fields": (("kind", "channel"),)}),
        ("Length and order", {"fields": ("warn_at", "block_at", "position")}),
    )
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 14, "cols": 90})}}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # The loader finds a template by its key; a changed one would come back as a second template.
        return ("key",) if obj else ()


STEPS_HELP = (
    "The last step repeats. A step that logs nothing is no touch: up to “warmed”, doing it takes the person "
    "to the next stage; later it logs a message. Saving moves everybody’s dates that follow this rule; days "
    "that people chose stay."
)


class ClockAdmin(EditorAdmin):
    """A fixed set of rows: one a stage, one a step. Whose days follow them moves with a change."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def save_model(self, request: HttpRequest, obj: Any, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if form.changed_data:
            follow_new_rules()


@admin.register(CadenceRule)
class CadenceRuleAdmin(ClockAdmin):
    list_display = ("key", "step", "days", "touches", "quiet_days")
    fieldsets = (
        (None, {"fields": ("key", "meaning", "advice")}),
        (
            "Steps, one a message until they answer",
            {
                "fields": (
                    ("step", "days", "kind"),
                    ("then_step", "then_days", "then_kind"),
                    ("later_step", "later_days", "later_kind"),
                ),
                "description": STEPS_HELP,
            },
        ),
        ("When to stop", {"fields": (("touches", "quiet_days"),)}),
    )


@admin.register(PitchStep)
class PitchStepAdmin(ClockAdmin):
    list_display = ("key", "step", "first_day", "last_day", "is_in_working_days")
    fields = ("key", "step", ("first_day", "last_day", "is_in_working_days"))
