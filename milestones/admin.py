"""Where editors change the path. What people did on it is shown as counts, never as names."""

from hashlib import sha256
from typing import TYPE_CHECKING, Any, ClassVar, TypedDict, cast

from django import forms
from django.contrib import admin
from django.contrib.admin.options import InlineModelAdmin
from django.db import models
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from cmetrack.admin import EditorAdmin, NamedTable
from milestones.models import CheckItem, Milestone, Objective, Requirement, Resource, Step, StepProgress

if TYPE_CHECKING:
    from django_stubs_ext import WithAnnotations

admin.site.site_header = "CMEtrack editing"
admin.site.site_title = "CMEtrack editing"
admin.site.index_title = "Content"

MARKDOWN = "Markdown: ## heading, **bold**, *italics*, - list, [words](https://address)."
WIDE: dict[Any, dict[str, Any]] = {models.CharField: {"widget": forms.TextInput(attrs={"size": 90})}}

CHANGED_BY_ANOTHER = (
    "Somebody else has saved this page since you opened it. What you typed is still here: open the page "
    "in a second tab to see their text, or save again to put yours in its place."
)


class MilestoneCounts(TypedDict):
    step_count: int
    begun: int


class StepCounts(TypedDict):
    closed: int


class WatchfulForm(forms.ModelForm):
    """Refuses to save over what another editor saved meanwhile.

    A hidden field carries a fingerprint of everything the page showed. After a refusal it carries
    today's: whoever saves again has been told. `templates/admin/milestones/change_form.html` shows it.
    """

    # What is edited on the same page: reverse names with the fields shown, none for all.
    on_the_page: ClassVar[dict[str, tuple[str, ...]]] = {}

    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self._fingerprint()

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("seen") not in ("", self.initial["seen"]):
            retry = cast(QueryDict, self.data).copy()
            retry[self.add_prefix("seen")] = self.initial["seen"]
            self.data = retry
            raise forms.ValidationError(CHANGED_BY_ANOTHER, code="changed_by_another")
        return data

    def _fingerprint(self) -> str:
        if self.instance.pk is None:
            return ""
        rows = type(self.instance)._default_manager.filter(pk=self.instance.pk)
        # The lock makes the second of two editors wait until the first has saved.
        shown = list((rows.select_for_update() if self.is_bound else rows).values_list())
        for name, fields in self.on_the_page.items():
            shown += getattr(self.instance, name).order_by("pk").values_list(*fields)
        return sha256(repr(shown).encode()).hexdigest()


class MilestoneForm(WatchfulForm):
    on_the_page = {
        "steps": ("position", "title", "is_optional", "is_private"),
        "objectives": (),
        "resources": (),
    }


class StepForm(WatchfulForm):
    on_the_page = {"requirements": (), "check_items": ()}


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
    """An overview to reorder and rename: each step has its own page, and new ones begin there."""

    model = Step
    fields = ("position", "title", "page", "is_optional", "is_private")
    readonly_fields = ("page",)
    can_delete = False
    max_num = extra = 0

    @admin.display(description="Guidance, requirements and checklist")
    def page(self, step: Step) -> SafeString:
        address = reverse("admin:milestones_step_change", args=[step.pk])
        return format_html('<a class="changelink" href="{}">Change “{}”</a>', address, step)


@admin.register(Milestone)
class MilestoneAdmin(EditorAdmin):
    form = MilestoneForm
    list_display = ("position", "title", "steps_in_it", "people_begun", "people_complete")
    list_display_links = ("title",)
    ordering = ("position",)
    fieldsets = (
        (None, {"fields": ("title", "promise", ("position", "podcast_at", "slug"))}),
        ("Texts", {"fields": ("why", "lesson", "mistakes"), "description": MARKDOWN}),
    )
    inlines = (StepInline, ObjectiveInline, ResourceInline)

    def get_inlines(self, request: HttpRequest, obj: Milestone | None) -> list[type[InlineModelAdmin]]:
        # A step begins on its own page, and needs a milestone to belong to.
        return [inline for inline in self.inlines if obj or inline is not StepInline]

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
class StepAdmin(EditorAdmin):
    form = StepForm
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
    def people_closed(self, step: "WithAnnotations[Step, StepCounts]") -> int:
        return step.closed
