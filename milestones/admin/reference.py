"""Competencies, the glossary, and what each background brings. Saved changes are seen at once."""

from django.contrib import admin
from django.http import HttpRequest

from milestones.admin.watchful import MARKDOWN, WIDE, ContentAdmin, WatchfulForm
from milestones.models import Background, Competency, CompetencyGroup, GlossaryTerm, PriorWork


@admin.register(CompetencyGroup)
class CompetencyGroupAdmin(admin.ModelAdmin):
    list_display = ("position", "title")
    list_display_links = ("title",)

    def get_readonly_fields(
        self, request: HttpRequest, obj: CompetencyGroup | None = None
    ) -> tuple[str, ...]:
        return ("key",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: CompetencyGroup | None = None) -> bool:
        return False


@admin.register(Competency)
class CompetencyAdmin(ContentAdmin):
    list_display = ("title", "group", "position", "is_core", "ready_level", "retired_on")
    list_filter = ("group", "is_core")
    list_select_related = ("group",)
    search_fields = ("title", "description")
    formfield_overrides = WIDE
    fieldsets = (
        (None, {"fields": ("title", "description", ("group", "position"), "key")}),
        ("Levels", {"fields": ("anchor_0", "anchor_1", "anchor_2", "anchor_3", "anchor_4")}),
        ("First project", {"fields": (("is_core", "ready_level"), "raise_it"), "description": MARKDOWN}),
        ("Retiring", {"fields": ("retired_on",)}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Competency | None = None) -> tuple[str, ...]:
        return ("key",) if obj else ()


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(ContentAdmin):
    list_display = ("term", "abbreviation_of", "is_explained_in_text")
    list_filter = ("is_explained_in_text",)
    search_fields = ("term", "also", "definition")
    formfield_overrides = WIDE

    def get_readonly_fields(self, request: HttpRequest, obj: GlossaryTerm | None = None) -> tuple[str, ...]:
        return ("key",) if obj else ()


class PriorWorkInline(admin.StackedInline):
    model = PriorWork
    fields = (("position", "format", "origin", "status"), "label", "title", "caution")
    formfield_overrides = WIDE
    extra = 0


class BackgroundForm(WatchfulForm):
    on_the_page = {"prior": ()}


@admin.register(Background)
class BackgroundAdmin(ContentAdmin):
    form = BackgroundForm
    list_display = ("persona", "title")
    fieldsets = (
        (None, {"fields": ("persona", "title", "first_niche")}),
        ("Texts", {"fields": ("brings", "lacks", "watch_out"), "description": MARKDOWN}),
    )
    inlines = (PriorWorkInline,)
