"""The page of a question with its choices."""

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest

from cmetrack.admin import NamedTable
from milestones.admin.watchful import MARKDOWN, WIDE, ContentAdmin, WatchfulForm
from milestones.models import Choice, Question


class QuestionForm(WatchfulForm):
    on_the_page = {"choices": ()}


class ChoiceInline(NamedTable):
    model = Choice
    fields = ("position", "text", "is_best")
    formfield_overrides = WIDE
    extra = 0


@admin.register(Question)
class QuestionAdmin(ContentAdmin):
    form = QuestionForm
    list_display = ("key", "milestone", "position", "objective", "retired_on")
    list_filter = ("milestone", ("retired_on", admin.EmptyFieldListFilter))
    list_select_related = ("milestone", "objective")
    search_fields = ("key", "text", "rationale")
    fieldsets = (
        (None, {"fields": (("milestone", "position"), "key", "retired_on")}),
        ("Question", {"fields": ("text", "rationale"), "description": MARKDOWN}),
        ("What it tests", {"fields": ("objective", "lesson_heading")}),
    )
    inlines = (ChoiceInline,)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name in ("text", "rationale"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 5, "cols": 100})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_readonly_fields(self, request: HttpRequest, obj: Question | None = None) -> tuple[str, ...]:
        return ("key",) if obj else ()
