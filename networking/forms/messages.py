"""Writing a message from a template: what it is filled from, and what was made of it."""

from typing import Any, ClassVar, cast

from django import forms
from django.db.models import QuerySet

from accounts.models import User
from cmetrack.forms import OwnedModelForm
from networking.forms.choices import offer
from networking.messages import Template, refusal, unfilled
from networking.models import Channel, Contact, Opportunity, OwnTemplate
from portfolio.models import Sample, ShareLink

OFFERED = 100
STILL_OPEN = "Still to fill in: {}. Fill it in above, or tick this if that is how you sent it."
STALE = (
    "Something about them was changed in another tab after you opened this page. "
    "Your text is still here: log it again."
)


def _choice(rows: Any, label: str = "", nothing: str = "None") -> forms.ModelChoiceField:
    return forms.ModelChoiceField(rows.none(), required=False, label=label or None, empty_label=nothing)


class SourcesForm(forms.Form):
    """Whom it is for and what it is about, as it stands in the address. Nothing but one's own exists."""

    contact = _choice(Contact.objects, "For", "Choose…")
    opportunity = _choice(Opportunity.objects)
    sample = _choice(Sample.objects)
    link = _choice(ShareLink.objects, "Shared page")

    LABELS: ClassVar[dict[str, str]] = {
        "contact": "name", "opportunity": "title", "sample": "title", "link": "title",
    }  # fmt: skip

    def __init__(self, data: Any, *, owner: User) -> None:
        super().__init__(data)
        related = ("organisation", "contact__organisation", "format", "share_link")
        self._take(
            "contact", Contact.objects.for_user(owner).select_related("organisation").recently_touched()
        )
        self._take("opportunity", Opportunity.objects.for_user(owner).select_related(*related))
        samples = Sample.objects.for_user(owner).select_related("format")
        self._take("sample", samples.order_by("-updated_at", "-pk"))
        self._take("link", ShareLink.objects.for_user(owner))

    def offer_rows(self) -> None:
        """Before it is shown: the likeliest of each."""
        for name, label in self.LABELS.items():
            field = cast(forms.ModelChoiceField, self.fields[name])
            rows = cast(QuerySet[Any], field.queryset)
            offer(field, rows[:OFFERED], label, self.data.get(name))
            field.widget.attrs["class"] = "form-select"

    def _take(self, name: str, rows: Any) -> None:
        cast(forms.ModelChoiceField, self.fields[name]).queryset = rows


class MessageForm(forms.Form):
    """The text as it was sent. A note that is too long cannot have been sent as it stands."""

    subject = forms.CharField(
        max_length=200, required=False, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    body = forms.CharField(
        label="Message", max_length=20_000, widget=forms.Textarea(attrs={"rows": 12}), strip=False
    )
    channel = forms.ChoiceField(label="Sent by", choices=Channel.choices)
    as_it_stands = forms.BooleanField(label="I sent it as it stands here", required=False)

    def __init__(
        self, *args: Any, template: Template, contact: Contact | None, is_stale: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.template, self.contact, self.is_stale = template, contact, is_stale
        self.fields["body"].error_messages["required"] = "Write the message first."
        self.fields["body"].widget.attrs.pop("maxlength", None)
        if template.block_at:
            self.fields["body"].widget.attrs["rows"] = 6
        if not template.subject:
            del self.fields["subject"]

    def text(self, name: str) -> str:
        """What stands in the field now, with line ends counted as one character each."""
        value = self[name].value() if name in self.fields else ""
        return str(value or "").replace("\r\n", "\n")

    @property
    def length(self) -> int:
        return len(self.text("body"))

    @property
    def size(self) -> str:
        """How the length stands to what LinkedIn takes: `fits`, `long` or `too-long`."""
        template = self.template
        if template.block_at and self.length > template.block_at:
            return "too-long"
        return "long" if template.warn_at and self.length > template.warn_at else "fits"

    @property
    def unfilled(self) -> list[str]:
        return unfilled(self.text("subject"), self.text("body"))

    @property
    def asks_whether_as_it_stands(self) -> bool:
        return self.is_bound and bool(self.unfilled)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if problem := refusal(self.template, self.contact):
            raise forms.ValidationError(problem)
        if self.contact is None:
            raise forms.ValidationError("Choose who it is for, then log it.")
        if self.is_stale:
            raise forms.ValidationError(STALE)
        if self.size == "too-long":
            limit = self.template.block_at
            self.add_error(
                "body", f"This has {self.length} characters and LinkedIn takes {limit}. Shorten it."
            )
        if self.unfilled and not data.get("as_it_stands"):
            self.add_error("as_it_stands", STILL_OPEN.format(" ".join(self.unfilled)))
        return data


class OwnTemplateForm(OwnedModelForm):
    class Meta:
        model = OwnTemplate
        fields = ("title", "subject", "body", "kind", "channel", "is_note")
        widgets: ClassVar = {"body": forms.Textarea(attrs={"rows": 10})}
        help_texts: ClassVar = {
            "body": "Placeholders stand in braces: {first_name}, {org}, {topic}, {my_name}."
        }
