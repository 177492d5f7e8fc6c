"""Editors write the message templates here. Nobody's contacts or pitches are ever registered."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from cmetrack.admin import EditorAdmin
from networking.models import MessageTemplate


@admin.register(MessageTemplate)
class MessageTemplateAdmin(EditorAdmin):
    list_display = ("title", "key", "position", "warn_at", "block_at")
    list_editable = ("position",)
    search_fields = ("title", "body")
    fieldsets = (
        (None, {"fields": ("title", "key", "when_to_use", "subject", "body")}),
        ("Length and order", {"fields": ("warn_at", "block_at", "position")}),
    )
    formfield_overrides = {models.TextField: {"widget": forms.Textarea(attrs={"rows": 14, "cols": 90})}}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        # The loader finds a template by its key; a changed one would come back as a second template.
        return ("key",) if obj else ()
