"""One tap, done once and taken back: Undo restores exactly what the tap changed.

Keys and former values are kept with the session, and only of the latest taps. What has changed
again since is left alone, because an Undo must not overwrite later work.
"""

from collections.abc import Callable
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import Model
from django.urls import reverse
from django.utils.html import format_html

from accounts.models import User
from cmetrack.http import SignedInRequest, offer_undo
from networking.doing import Outcome
from networking.models import Contact, Interaction, Opportunity, StageChange
from networking.models.planned import Planned

IN_SESSION = "taps"
KEPT = 10
MODELS: dict[str, type[Planned]] = {"contact": Contact, "opportunity": Opportunity}
KEEPS = {
    "contact": (*Planned.PLAN, "stage", "stage_set_on"),
    "opportunity": (
        *Planned.PLAN, "stage", "furthest_stage", "closed_reason", "follow_ups", "followed_up_on",
    ),
}  # fmt: skip

type Saved = dict[str, Any]


def tap(request: SignedInRequest, row: Planned, deed: Callable[[], Outcome], *others: Planned) -> None:
    """Do it once for the page it was tapped on, say so and offer Undo; `others` may change with `row`."""
    sent = request.POST.get("revision") or str(row.revision)
    key = f"{_noun(row)}-{row.pk}-{sent}"
    taps = request.session.get(IN_SESSION, {})
    if sent == str(row.revision):
        saved = [_saved(changing) for changing in (row, *others)]
        outcome = deed()
        if not outcome.is_change:
            messages.warning(request, outcome.text)
            return
        taps[key] = _kept(saved, outcome)
        request.session[IN_SESSION] = dict(list(taps.items())[-KEPT:])
    if key in taps:
        _offer(request, key, taps[key])
    else:
        messages.info(request, f"“{row}” has changed since you opened this page. Nothing was done twice.")


def is_stale(request: SignedInRequest, row: Planned) -> bool:
    """Whether the page was drawn before the row changed, by something else than a tap from that page."""
    sent = request.POST.get("revision") or str(row.revision)
    return sent != str(row.revision) and f"{_noun(row)}-{row.pk}-{sent}" not in request.session.get(
        IN_SESSION, {}
    )


def undo(request: SignedInRequest, key: str) -> None:
    """Take the tap back and say so."""
    taps = request.session.get(IN_SESSION, {})
    kept = taps.get(key)
    if kept is None:
        messages.warning(request, "There is nothing to undo here any more.")
    elif kept["is_undone"] or _restore(request.user, kept):
        kept["is_undone"] = request.session.modified = True
        messages.success(request, "Undone. All is as it was.")
    else:
        messages.warning(request, "It has changed again since, so it was left as it is.")


def _kept(saved: list[Saved], outcome: Outcome) -> dict[str, Any]:
    for one in saved:
        one["revision"] = MODELS[one["noun"]]._default_manager.values_list("revision").get(pk=one["pk"])[0]
    return {
        "text": outcome.text,
        "saved": saved,
        "touch": outcome.touch and outcome.touch.pk,
        "change": outcome.change and outcome.change.pk,
        "is_undone": False,
    }


def _offer(request: SignedInRequest, key: str, kept: dict[str, Any]) -> None:
    text = kept["text"]
    if kept["touch"]:
        edit = reverse("networking:interaction-update", args=[kept["touch"]])
        text = format_html('{} <a href="{}">Add words</a>', text, edit)
    back = urlencode({"tap": key, "next": request.POST.get("next", "")})
    offer_undo(request, text, f"{reverse('networking:undo')}?{back}")


def _restore(user: User, kept: dict[str, Any]) -> bool:
    rows = [(one, _found(user, one)) for one in kept["saved"]]
    if any(row is None for _, row in rows):
        return False
    if touch := Interaction.objects.for_user(user).filter(pk=kept["touch"]).first():
        touch.trash()
        touch.contact.recount_last_touch()
    StageChange.objects.for_user(user).filter(pk=kept["change"]).delete()
    for one, row in rows:
        _put_back(one, row)
    return True


def _found(user: User, one: Saved) -> Any:
    """The row, locked, unless it has gone or changed since."""
    mine: Any = MODELS[one["noun"]]._default_manager
    rows = mine.for_user(user).filter(pk=one["pk"], revision=one["revision"])
    return rows.select_for_update(of=("self",)).first()


def _put_back(one: Saved, row: Planned) -> None:
    for name, value in one["values"].items():
        setattr(row, name, row._meta.get_field(name).to_python(value))  # type: ignore[union-attr]
    row.revision += 1
    row.save(update_fields=[*one["values"], "revision", "updated_at"])


def _saved(row: Planned) -> Saved:
    values = {name: getattr(row, name) for name in KEEPS[_noun(row)]}
    told = {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}
    return {"noun": _noun(row), "pk": row.pk, "values": told}


def _noun(row: Model) -> str:
    return str(row._meta.model_name)
