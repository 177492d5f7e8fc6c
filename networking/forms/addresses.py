"""More e-mail addresses and links of a person, typed one a line."""

from collections.abc import Mapping
from typing import Any

from django import forms

from cmetrack.validators import validate_web_address
from networking.models import Contact, ContactDetail

MOST = 20
LONGEST = 500
# Which field holds what, and the main address that needs no second mention.
LINES = {
    "more_emails": (ContactDetail.Kind.EMAIL, "email"),
    "more_links": (ContactDetail.Kind.LINK, "linkedin_url"),
}


class EmailLine(forms.EmailField):
    wrong = "is not an e-mail address such as name@example.org"


class LinkLine(forms.CharField):
    wrong = "is not a web address such as https://example.org"

    def clean(self, value: Any) -> str:
        line: str = super().clean(value)
        address = line if "://" in line else f"https://{line}"
        validate_web_address(address)
        return address


class AddressLines(forms.CharField):
    """Addresses one a line; a bad line is named. Cleaned, it is a list in which each stands once."""

    widget = forms.Textarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"})

    def __init__(self, line: EmailLine | LinkLine, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)
        self.line = line

    def clean(self, value: Any) -> list[str]:
        typed = super().clean(value).splitlines()
        lines = [(number, line.strip()) for number, line in enumerate(typed, 1) if line.strip()]
        if len(lines) > MOST:
            raise forms.ValidationError(f"Keep it to {MOST} lines.")
        once: dict[str, str] = {}
        for number, line in lines:
            address = self._cleaned(number, line)
            once.setdefault(address.casefold(), address)
        return list(once.values())

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "").split() != str(data or "").split()

    def _cleaned(self, number: int, line: str) -> str:
        try:
            if len(line) > LONGEST:
                raise forms.ValidationError("too long")
            return str(self.line.clean(line))
        except forms.ValidationError:
            shown = f"{line[:60]}…" if len(line) > 60 else line
            raise forms.ValidationError(f"Line {number}: “{shown}” {self.line.wrong}.") from None


def lines_of(contact: Contact) -> dict[str, str]:
    """What is kept of a person, as their form shows it."""
    kept = list(contact.details.all())
    return {
        name: "\n".join(detail.value for detail in kept if detail.kind == kind)
        for name, (kind, _) in LINES.items()
    }


def keep_lines(contact: Contact, cleaned: Mapping[str, Any]) -> None:
    """Keep exactly what was typed: what stands there already keeps its label, the main one is dropped."""
    for name, (kind, main) in LINES.items():
        if name in cleaned:
            known = getattr(contact, main).casefold()
            _keep(contact, kind, [value for value in cleaned[name] if value.casefold() != known])


def _keep(contact: Contact, kind: str, values: list[str]) -> None:
    kept = {detail.value: detail for detail in contact.details.filter(kind=kind)}
    gone = [detail.pk for value, detail in kept.items() if value not in values]
    if gone:
        ContactDetail.objects.filter(pk__in=gone).delete()
    for value in values:
        if value not in kept:
            ContactDetail.objects.create(owner=contact.owner, contact=contact, kind=kind, value=value)
