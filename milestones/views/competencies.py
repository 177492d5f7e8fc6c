"""What a person can do: their levels on the competencies, one rating, and the three to raise."""

from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cmetrack.http import UNPROCESSABLE, SignedInRequest, form_page
from milestones.forms import FocusForm, RatingForm
from milestones.levels import first_unrated, picture, standings
from milestones.models import Competency, Focus, Rating
from milestones.models.competencies import TO_RAISE


@require_safe
def competencies(request: SignedInRequest) -> HttpResponse:
    return render(request, "milestones/competencies.html", _overview(request))


@require_POST
@transaction.atomic
def focus(request: SignedInRequest) -> HttpResponse:
    form = FocusForm(request.POST)
    if not form.is_valid():
        context = _overview(request) | {"focus_form": form}
        return render(request, "milestones/competencies.html", context, status=UNPROCESSABLE)
    form.save(request.user, timezone.localdate())
    messages.success(request, "Your choice is saved.")
    return redirect("milestones:competencies")


@form_page
def competency(request: SignedInRequest, key: str) -> HttpResponse:
    found = get_object_or_404(Competency.objects.current().select_related("group"), key=key)
    rating = _rating_of_today(request, found)
    form = RatingForm(request.POST if request.method == "POST" else None, instance=rating)
    rows = list(Competency.objects.current())
    after = next(iter(rows[rows.index(found) + 1 :]), None)
    if form.is_valid():
        form.save()
        messages.success(request, f"Rated: {found}.")
        return redirect(after) if after else redirect("milestones:competencies")
    context = {
        "competency": found,
        "form": form,
        "history": Rating.objects.for_user(request.user).filter(competency=found).latest_first(),
        "number": rows.index(found) + 1,
        "total": len(rows),
        "after": after,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "milestones/competency.html", context, status=status)


def _rating_of_today(request: SignedInRequest, competency: Competency) -> Rating:
    today = timezone.localdate()
    saved = Rating.objects.for_user(request.user).filter(competency=competency, rated_on=today)
    if request.method == "POST":
        saved = saved.select_for_update()
    return saved.first() or Rating(owner=request.user, competency=competency, rated_on=today)


def _overview(request: SignedInRequest) -> dict[str, Any]:
    rows = standings(request.user)
    chosen = list(Focus.objects.of(request.user))
    return {
        "rows": rows,
        "picture": picture(rows),
        "rated": sum(row.is_rated for row in rows),
        "ready": sum(row.is_ready for row in rows),
        "next": first_unrated(rows),
        "chosen": chosen,
        "again": Focus.objects.to_rate_again(request.user, timezone.localdate()),
        "chosen_keys": {row.competency_id for row in chosen},
        "focus_form": None,
        "to_raise": TO_RAISE,
    }
