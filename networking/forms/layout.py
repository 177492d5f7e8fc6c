"""What the forms of this app share: day pickers, the part under “More”, an organisation by name."""

from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms

from cmetrack.forms import OwnedModelForm
from cmetrack.validators import without_hidden_characters
from networking.forms.choices import name_empty_choice
from networking.models import Contact, Opportunity, Organisation

OFFERED = 200
type Folds = tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Fold:
    title: str
    fields: list[forms.BoundField]
    is_open: bool


class FoldedForm(OwnedModelForm):
    """A short form; what is in `folds` waits under a heading until it has something to say."""

    folds: ClassVar[Folds] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            name_empty_choice(field)

    def clean(self) -> dict[str, Any]:
        """Without marks that nobody sees in what is one line; longer texts may hold what they like."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        for name, value in data.items():
            if isinstance(value, str) and isinstance(self.fields[name].widget, forms.TextInput):
                data[name] = without_hidden_characters(value)
        return data

    def clean_line(self, name: str) -> str:
        """What was typed in a field of one line, without marks that nobody sees; still required."""
        line = " ".join(without_hidden_characters(" ".join(self.cleaned_data[name].split())).split())
        if self.fields[name].required and not line:
            raise forms.ValidationError(self.fields[name].error_messages["required"], code="required")
        return line

    def first_fields(self) -> list[forms.BoundField]:
        folded = {name for _, names in self.folds for name in names}
        return [field for field in self.visible_fields() if field.name not in folded]

    def folded_fields(self) -> list[Fold]:
        parts = [(title, [self[n] for n in names if n in self.fields]) for title, names in self.folds]
        return [Fold(title, fields, any(map(self.stands_open, fields))) for title, fields in parts if fields]

    def stands_open(self, field: forms.BoundField) -> bool:
        """Whether this field is a reason to open its fold: a mistake, or something in it."""
        is_stored = field.name in (self._meta.fields or ())
        default = self._meta.model._meta.get_field(field.name).get_default() if is_stored else ""
        return bool(field.errors) or (bool(field.value()) and field.value() != default)


class OrganisationByNameForm(FoldedForm):
    """Takes the organisation as typed: one of the owner's by its name, else a new one."""

    organisation = forms.CharField(
        max_length=150,
        required=False,
        widget=forms.TextInput(attrs={"list": "organisation-names", "autocomplete": "organization"}),
        help_text="Pick one of yours or type a new one.",
    )

    instance: Contact | Opportunity

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if current := self._current():
            self.initial["organisation"] = current.name

    def organisation_names(self) -> list[str]:
        """What the browser offers while somebody types."""
        if "organisation" not in self.fields:
            return []
        mine = Organisation.objects.for_user(self.instance.owner)
        return list(mine.values_list("name", flat=True)[:OFFERED])

    def clean_organisation(self) -> str:
        return self.clean_line("organisation")

    def save(self, commit: bool = True) -> Any:
        """Save with its organisation; call it inside a transaction, since it may make one."""
        if "organisation" not in self.fields:
            return super().save(commit)
        organisation = self._named(self.cleaned_data["organisation"])
        made = organisation if commit and organisation and organisation.pk is None else None
        if made:
            made.save()
        self.instance.organisation = organisation
        saved = super().save(commit)
        if made and saved is not self.instance:
            made.delete()  # the same form, sent twice at once: the other one made it too
        return saved

    def _named(self, name: str) -> Organisation | None:
        current = self._current()
        if not name or (current and current.name.casefold() == name.casefold()):
            return current if name else None
        owner = self.instance.owner
        # Locked, so that it cannot go to the trash before what is saved now belongs to it.
        known = Organisation.objects.for_user(owner).named(name).select_for_update(no_key=True).first()
        return known or Organisation(owner=owner, name=name)

    def _current(self) -> Organisation | None:
        return self.instance.organisation if self.instance.organisation_id else None
