"""People who work for a funder are never pitched (domain.md E)."""

from typing import TYPE_CHECKING, Any

from networking.models import Contact, Opportunity

if TYPE_CHECKING:
    from networking.forms.opportunities import OpportunityForm


def refuse_funder(form: "OpportunityForm", data: dict[str, Any]) -> None:
    """Refuse such a person as the one to pitch; an opportunity that names one already can be corrected."""
    contact: Contact | None = data.get("contact", form.instance.contact)
    if contact is None or not contact.is_funder:
        return
    stage = data.get("stage") or form.stage_before
    is_pitch = stage == Opportunity.Stage.PITCHED != form.stage_before
    if "contact" in form.changed_data or not form.stage_before or is_pitch:
        name = "contact" if "contact" in form.fields else None
        why = f"{contact} works for a funder: learn from them, never pitch to them."
        form.add_error(name, f"{why} Name somebody else or nobody.")
