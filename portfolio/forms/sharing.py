"""The forms for a page that strangers see, and for a note of who saw a sample one to one."""

from collections.abc import Iterator
from datetime import date
from typing import Any, cast

from django import forms
from django.db import IntegrityError, transaction
from django.utils.functional import cached_property

from cmetrack.forms import DayInput, OwnedModelForm
from cmetrack.saving import NotSavedError
from cmetrack.validators import without_hidden_characters
from portfolio.gate import set_password
from portfolio.models import PrivateShowing, Sample, ShareLink
from portfolio.sharing import put_on_page, samples_for_a_page, samples_that_lack_something
from portfolio.showing import ALLOWED, generic_line

PASSWORD_LEAST = 8
NAME_LEAST = 3
# Words that stand for something else where these names stand.
RESERVED_NAMES = {"review", "files"}
TAKEN = "This name is taken. Choose another one."


class ShareLinkForm(OwnedModelForm):
    """A page for strangers: what is on it, who opens it, and until when."""

    samples = forms.TypedMultipleChoiceField(
        label="Samples",
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one sample."},
    )
    new_password = forms.CharField(
        label="Password",
        required=False,
        min_length=PASSWORD_LEAST,
        max_length=128,
        strip=False,
        error_messages={"min_length": f"Use at least {PASSWORD_LEAST} characters."},
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    )
    without_password = forms.BooleanField(label="Ask for no password any more", required=False)

    instance: ShareLink

    class Meta:
        model = ShareLink
        fields = (
            "title",
            "introduction",
            "reader",
            "expires_on",
            "shows_email",
            "address_name",
            "is_indexed",
        )
        widgets = {"introduction": forms.Textarea({"rows": 4}), "expires_on": DayInput}
        help_texts = {
            "title": "The heading that readers see, such as “Cardiology samples for Northfield”.",
            "introduction": "Two or three sentences: what you write, for whom, and what to look at first.",
            "reader": "Only you see this. Leave it empty for a page meant for everyone.",
            "expires_on": "It opens up to and including this day. Leave it empty for no end.",
            "shows_email": "Your name, headline, LinkedIn and website come from your profile.",
            "address_name": "With a name, such as ana-ribeiro, this becomes your public portfolio.",
            "is_indexed": "Only for a public portfolio without a password.",
        }
        labels = {"address_name": "Name in the address"}
        error_messages = {"address_name": {"invalid": "Use only letters from a to z, digits and hyphens."}}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.candidates = samples_for_a_page(self.instance)
        samples = cast(forms.TypedMultipleChoiceField, self.fields["samples"])
        samples.choices = [(sample.pk, sample.title) for sample in self.candidates]
        if self.instance.pk:
            self.initial["samples"] = list(self.instance.items.values_list("sample", flat=True))
            # What is in the trash comes back to its place: the page is not empty for good.
            samples.required = not self.rests_in_trash
        self._word_passwords()

    def _word_passwords(self) -> None:
        has_one = bool(self.instance.password)
        self.fields["new_password"].help_text = (
            "One is set. Type another to replace it: everybody has to enter the new one."
            if has_one
            else f"Optional, at least {PASSWORD_LEAST} characters. Tell it to your reader in another way."
        )
        if not has_one:
            del self.fields["without_password"]

    def clean_title(self) -> str:
        title = without_hidden_characters(self.cleaned_data["title"]).strip()
        if not title:
            raise forms.ValidationError(self.fields["title"].error_messages["required"], code="required")
        return title

    def clean_expires_on(self) -> date | None:
        day: date | None = self.cleaned_data["expires_on"]
        if day and day < self.today:
            raise forms.ValidationError("This day has passed. Choose today or a later day.")
        return day

    def clean_address_name(self) -> str | None:
        name = (self.cleaned_data["address_name"] or "").lower() or None
        if name == self.instance.address_name:
            return name
        if self.instance.address_name:
            # Else the address on a printed CV could become somebody else's page.
            raise forms.ValidationError("A public portfolio keeps its name. Close this page to give it up.")
        if name is None:
            return None
        if len(name) < NAME_LEAST or name in RESERVED_NAMES:
            raise forms.ValidationError(f"Choose another name, of at least {NAME_LEAST} characters.")
        return name

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if why_not := self._why_not_named(data.get("address_name")):
            self.add_error("address_name", why_not)
        if data.get("is_indexed") and not data.get("address_name") and "address_name" not in self.errors:
            self.add_error("is_indexed", "Only a public portfolio can be listed: give it a name first.")
        if data.get("is_indexed") and self._will_have_password(data):
            self.add_error("is_indexed", "A page with a password cannot be listed.")
        return data

    def _why_not_named(self, name: str | None) -> str:
        if name is None or name == self.instance.address_name or self.is_sent_again():
            return ""
        return self._who_is_before_us(name)

    def _who_is_before_us(self, name: str) -> str:
        others = ShareLink.objects.exclude(pk=self.instance.pk)
        own = others.for_user(self.instance.owner).exclude(address_name=None).first()
        if own:
            return f"“{own}” is your public portfolio already. Close it first."
        is_taken = others.exclude(owner=self.instance.owner).ever_named(name).exists()
        return TAKEN if is_taken else ""

    def validate_unique(self) -> None:
        # The second of two clicks finds its own page under the name.
        if not self.is_sent_again():
            super().validate_unique()

    def save(self, commit: bool = True) -> ShareLink:
        """Save the page and what is on it, both or neither.

        Of two people after one name one gets it, and of two names in a person's tabs the first stays.
        """
        try:
            with transaction.atomic():
                return self._save(commit)
        except IntegrityError as clash:
            name = self.cleaned_data["address_name"]
            why_not = self._who_is_before_us(name) if name else ""
            if not why_not:
                raise
            raise NotSavedError(why_not, field="address_name") from clash

    def _save(self, commit: bool) -> ShareLink:
        data = self.cleaned_data
        if data["new_password"] or data.get("without_password"):
            set_password(self.instance, data["new_password"])
        link: ShareLink = super().save(commit)
        # The second of two clicks gives back what the first one made.
        if link is self.instance:
            chosen = {sample.pk: sample for sample in self.candidates}
            put_on_page(link, [chosen[pk] for pk in data["samples"]])
        return link

    def lacking(self) -> list[tuple[Sample, list[str]]]:
        """Samples that cannot be chosen yet, each with what stands in the way."""
        return samples_that_lack_something(self.instance.owner)

    @cached_property
    def rests_in_trash(self) -> bool:
        """Whether the page holds samples that are in the trash."""
        return bool(self.instance.pk) and self.instance.items.exclude(sample__trashed_at=None).exists()

    def choices(self) -> Iterator[tuple[Sample, bool, str]]:
        """Each sample that may be on the page, whether it is chosen, and its general line if that is all."""
        chosen = {str(pk) for pk in self["samples"].value() or ()}
        for sample in self.candidates:
            is_general = ALLOWED[sample.effective_permission].in_general
            yield sample, str(sample.pk) in chosen, generic_line(sample) if is_general else ""

    def _will_have_password(self, data: dict[str, Any]) -> bool:
        keeps_one = bool(self.instance.password) and not data.get("without_password")
        return bool(data.get("new_password")) or keeps_one


class PrivateShowingForm(OwnedModelForm):
    """Who saw a sample one to one, and when."""

    instance: PrivateShowing

    class Meta:
        model = PrivateShowing
        fields = ("shown_to", "shown_on", "note")
        widgets = {"shown_on": DayInput}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.initial["shown_on"] = self.instance.shown_on or today
        self.fields["shown_to"].error_messages["required"] = "Enter who saw it."
        self.fields["shown_on"].error_messages["required"] = "Enter the day they saw it."

    def clean_shown_on(self) -> date:
        day: date = self.cleaned_data["shown_on"]
        if day > self.today:
            raise forms.ValidationError("This day is still to come. Note what has happened, up to today.")
        return day


class PasswordForm(forms.Form):
    """What a stranger enters to see a page."""

    password = forms.CharField(
        max_length=128,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "autofocus": True}),
        error_messages={"required": "Enter the password you were given."},
    )
