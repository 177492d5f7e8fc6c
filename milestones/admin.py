"""Where editors change the path. What people did on it is shown as counts, never as names."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from cmetrack.admin import NamedTable
from milestones.models import CheckItem, Milestone, Objective, Requirement, Resource, Step, StepProgress

admin.site.site_header = "CMEtrack editing"
admin.site.site_title = "CMEtrack editing"
admin.site.index_title = "Content"

MARKDOWN = "Markdown: ## heading, **bold**, *italics*, - list, [words](https://address)."
WIDE: dict[Any, dict[str, Any]] = {models.CharField: {"widget": forms.TextInput(attrs={"size": 90})}}


class ObjectiveInline(NamedTable):
    model = Objective
    fields = ("position", "text")
    formfield_overrides = WIDE
    extra = 0


class ResourceInline(admin.StackedInline):
    model = Resource
    fields = (("position", "kind", "checked_on"), "title", "publisher", "url", "note")
    formfield_overrides = WIDE
    classes = ("collapse",)
    extra = 0


class StepInline(NamedTable):
    """An overview: each step has its own page for the rest, and new ones begin there."""

    model = Step
    fields = ("position", "title", "is_optional", "is_private")
    show_change_link = True
    can_delete = False
    max_num = extra = 0


@admin.register(Milestone)
class MilestoneAdmin(admin.ModelAdmin):
    list_display = ("position", "title", "steps_in_it", "people_begun", "people_complete")
    list_display_links = ("title",)
    ordering = ("position",)
    fieldsets = (
        (None, {"fields": ("title", "promise", ("position", "podcast_at", "slug"))}),
        ("Texts", {"fields": ("why", "lesson", "mistakes"), "description": MARKDOWN}),
    )
    inlines = (StepInline, ObjectiveInline, ResourceInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Milestone]:
        closed = Q(steps__progress__completed_on__isnull=False)
        rows: QuerySet[Milestone] = super().get_queryset(request)
        return rows.annotate(
            step_count=Count("steps", distinct=True),
            begun=Count("steps__progress__owner", filter=closed, distinct=True),
        )

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        rows = {"lesson": 40, "why": 6, "mistakes": 8}.get(db_field.name)
        if rows:
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows, "cols": 100})
        if db_field.name in ("title", "promise"):
            kwargs["widget"] = forms.TextInput(attrs={"size": 100})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    @admin.display(description="Steps")
    def steps_in_it(self, milestone: Milestone) -> int:
        return milestone.step_count  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="People with a closed step")
    def people_begun(self, milestone: Milestone) -> int:
        return milestone.begun  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="People with every required step closed")
    def people_complete(self, milestone: Milestone) -> int:
        return StepProgress.objects.people_who_completed(milestone)


class CheckItemInline(NamedTable):
    model = CheckItem
    fields = ("position", "text")
    formfield_overrides = WIDE
    extra = 0


class RequirementInline(admin.StackedInline):
    model = Requirement
    fields = (
        ("position", "kind", "count", "alternative"),
        ("format", "status"),
        ("contact_kind", "interaction_kind"),
        ("stage", "distinct_kinds"),
        "competency",
    )
    extra = 0


@admin.register(Step)
class StepAdmin(admin.ModelAdmin):
    list_display = ("title", "milestone", "position", "time_needed", "is_optional", "people_closed")
    list_filter = ("milestone", "is_optional", "is_private", "requirements__kind")
    list_select_related = ("milestone",)
    search_fields = ("title", "guidance", "key")
    fieldsets = (
        (None, {"fields": ("title", ("milestone", "position"), "key")}),
        ("Guidance", {"fields": ("guidance",), "description": MARKDOWN}),
        ("Effort", {"fields": (("minutes_least", "minutes_most"), "is_optional", "is_private")}),
    )
    inlines = (RequirementInline, CheckItemInline)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Step]:
        closed = Count("progress", filter=Q(progress__completed_on__isnull=False), distinct=True)
        rows: QuerySet[Step] = super().get_queryset(request)
        return rows.annotate(closed=closed)

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "guidance":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 14, "cols": 100})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Step | None = None) -> dict[str, Any]:
        # The key is fixed once the step exists.
        return {} if obj else {"key": ("title",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Step | None = None) -> tuple[str, ...]:
        return ("key",) if obj else ()

    @admin.display(description="People who closed it")
    def people_closed(self, step: Step) -> int:
        return step.closed  # type: ignore[attr-defined, no-any-return]
