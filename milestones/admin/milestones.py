"""The page of a milestone: its texts, an overview of its steps and questions, and publishing it."""

from typing import TYPE_CHECKING, Any, TypedDict

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cmetrack.admin import NamedTable, OrderedTable
from milestones.admin.publishing import PublishingAdmin
from milestones.admin.watchful import MARKDOWN, WIDE, WatchfulForm
from milestones.models import Milestone, Objective, Question, Resource, Step, StepProgress

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations


class MilestoneCounts(TypedDict):
    step_count: int
    begun: int


class MilestoneForm(WatchfulForm):
    on_the_page = {
        "steps": ("position", "title", "is_optional", "retired_on"),
        "questions": ("position", "retired_on"),
        "objectives": (),
        "resources": (),
    }


class ObjectiveInline(NamedTable):
    model = Objective
    fields = ("position", "text")
    formfield_overrides = WIDE
    extra = 0


class ResourceInline(admin.StackedInline):
    model = Resource
    fields = (
        ("position", "kind", "checked_on", "was_opened", "retired_on"),
        "title",
        "publisher",
        "url",
        "note",
    )
    formfield_overrides = WIDE
    classes = ("collapse",)
    can_delete = False
    extra = 0


class StepInline(OrderedTable):
    """An overview to reorder and rename: each step has its own page, and new ones begin there."""

    model = Step
    fields = ("position", "title", "page", "is_optional", "retired_on")
    readonly_fields = ("page",)
    can_delete = False
    max_num = extra = 0

    @admin.display(description="Guidance, requirements and checklist")
    def page(self, step: Step) -> SafeString:
        address = reverse("admin:milestones_step_change", args=[step.pk])
        return format_html('<a class="changelink" href="{}">Change “{}”</a>', address, step)


class QuestionInline(OrderedTable):
    """An overview to reorder and retire: each question has its own page, and new ones begin there."""

    model = Question
    fields = ("position", "page", "retired_on")
    readonly_fields = ("page",)
    can_delete = False
    max_num = extra = 0

    @admin.display(description="Question")
    def page(self, question: Question) -> SafeString:
        address = reverse("admin:milestones_question_change", args=[question.pk])
        return format_html('<a class="changelink" href="{}">Change “{}”</a>', address, question)


@admin.register(Milestone)
class MilestoneAdmin(PublishingAdmin):
    form = MilestoneForm
    list_display = ("position", "title", "steps_in_it", "people_begun", "people_complete")
    list_display_links = ("title",)
    ordering = ("position",)
    fieldsets = (
        (None, {"fields": ("title", "promise", ("position", "podcast_at", "slug"))}),
        ("Texts", {"fields": ("why", "lesson", "mistakes"), "description": MARKDOWN}),
    )
    inlines = (StepInline, QuestionInline, ObjectiveInline, ResourceInline)

    def get_inlines(self, request: HttpRequest, obj: Milestone | None) -> list[type[InlineModelAdmin]]:
        # Steps and questions begin on their own pages, and need a milestone to belong to.
        return [inline for inline in self.inlines if obj or inline not in (StepInline, QuestionInline)]

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
    def steps_in_it(self, milestone: "WithAnnotations[Milestone, MilestoneCounts]") -> int:
        return milestone.step_count

    @admin.display(description="People with a closed step")
    def people_begun(self, milestone: "WithAnnotations[Milestone, MilestoneCounts]") -> int:
        return milestone.begun

    @admin.display(description="People with every required step closed")
    def people_complete(self, milestone: Milestone) -> int:
        return StepProgress.objects.people_who_completed(milestone)
