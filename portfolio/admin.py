"""Editors keep the catalogue of formats. People's samples and files are never shown here."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from cmetrack.admin import EditorAdmin
from portfolio.models import Format, QualityItem


@admin.register(Format)
class FormatAdmin(EditorAdmin):
    list_display = (
        "name",
        "key",
        "position",
        "first_sample",
        "is_in_demand",
        "is_portfolio_only",
        "is_retired",
    )
    list_display_links = ("name",)
    list_editable = ("position",)
    list_filter = ("first_sample", "is_in_demand", "is_retired")
    search_fields = ("name", "key", "definition")
    search_help_text = "Name, key or definition."
    fieldsets = (
        (None, {"fields": ("key", "name", "definition", "parts", "tip")}),
        ("What a writer should know", {"fields": ("commissioned_by", "typical_length", "moore_level")}),
        ("As a first sample", {"fields": ("first_sample", "first_sample_note")}),
        ("Where it is shown", {"fields": ("position", "is_in_demand", "is_portfolio_only", "is_retired")}),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # Links, steps and seeds name a format by its key.
        return ("key",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # Deleting would list the samples that use it, by title. A format is retired instead.
        return False


@admin.register(QualityItem)
class QualityItemAdmin(EditorAdmin):
    list_display = ("text", "key", "position", "retired_on")
    list_display_links = ("text",)
    list_editable = ("position",)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        return ("key",) if obj else ()

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        # People's answers hang on it. It is retired instead.
        return False
