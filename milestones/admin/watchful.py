"""What the forms of the content share: the second of two editors is told and loses nothing."""

from hashlib import sha256
from typing import Any, ClassVar, cast

from django import forms
from django.db import models
from django.http import HttpRequest, QueryDict

from milestones.admin.history import HistoryAdmin
from milestones.models.retiring import Retirable

MARKDOWN = "Markdown: ## heading, **bold**, *italics*, - list, [words](https://address)."
WIDE: dict[Any, dict[str, Any]] = {models.CharField: {"widget": forms.TextInput(attrs={"size": 90})}}

CHANGED_BY_ANOTHER = (
    "Somebody else has saved this page since you opened it. What you typed is still here: open the page "
    "in a second tab to see their text, or save again to put yours in its place."
)


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
        for name, value in data.items():
            if isinstance(value, str):
                # Browsers send both signs; kept, every line would count as changed.
                data[name] = value.replace("\r\n", "\n")
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


class ContentAdmin(HistoryAdmin):
    """Content with its history. What people's work may hang on is retired, never deleted."""

    form = WatchfulForm

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:
        allowed: bool = super().has_delete_permission(request, obj)
        return allowed and not issubclass(self.model, Retirable)
