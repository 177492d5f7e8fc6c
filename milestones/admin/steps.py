"""The page of a step: its guidance, what it asks for, and its checklist."""

from typing import TYPE_CHECKING, Any, TypedDict

from django import forms
from django.contrib import admin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest

from cmetrack.admin import NamedTable
from milestones.admin.watchful import MARKDOWN, WIDE, ContentAdmin, WatchfulForm
from milestones.models import CheckItem, Requirement, Step

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class StepCounts(TypedDict):
    closed: int


class StepForm(WatchfulForm):
    on_the_page = {"requirements": (), "check_items": ()}


class CheckItemInline(NamedTable):
    model = CheckItem
    fields = ("position", "text", "retired_on")
    formfield_overrides = WIDE
    can_delete = False
    extra = 0


class RequirementInline(admin.StackedInline):
    model = Requirement
    fields = (
        ("position", "kind", "count", "alternative"),
        ("format", "status"),
        ("contact_kind", "interaction_kind"),
        ("stage", "distinct_kinds"),
        ("competency", "level"),
    )
    extra = 0


@admin.register(Step)
class StepAdmin(ContentAdmin):
    form = StepForm
    list_display = (
        "title",
        "milestone",
        "position",
        "time_needed",
        "is_optional",
        "retired_on",
        "people_closed",
    )
    list_filter = (
        "milestone",
        "is_optional",
        "requirements__kind",
        ("retired_on", admin.EmptyFieldListFilter),
    )
    list_select_related = ("milestone",)
    search_fields = ("title", "guidance", "key")
    fieldsets = (
        (None, {"fields": ("title", ("milestone", "position"), "key")}),
        ("Guidance", {"fields": ("guidance",), "description": MARKDOWN}),
        (
            "Effort",
            {"fields": (("minutes_least", "minutes_most"), "is_optional", "is_private", "retired_on")},
        ),
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

    def save_model(self, request: HttpRequest, obj: Step, form: Any, change: bool) -> None:
        # An older text brings its revision along. Put back, it would tell people of a change twice.
        if change:
            obj.revision = Step.objects.values_list("revision", flat=True).get(pk=obj.pk)
        super().save_model(request, obj, form, change)

    def get_prepopulated_fields(self, request: HttpRequest, obj: Step | None = None) -> dict[str, Any]:
        # The key is fixed once the step exists.
        return {} if obj else {"key": ("title",)}

    def get_readonly_fields(self, request: HttpRequest, obj: Step | None = None) -> tuple[str, ...]:
        return ("key",) if obj else ()

    @admin.display(description="People who closed it")
    def people_closed(self, step: "WithAnnotations[Step, StepCounts]") -> int:
        return step.closed
