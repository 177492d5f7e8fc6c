"""One step and the small deeds on it."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cmetrack.http import UNPROCESSABLE, SignedInRequest, offer_undo, tell_saved
from milestones.evidence import evaluate
from milestones.forms import NoteForm, SkipForm
from milestones.glossary import terms_to_explain
from milestones.models import CheckItem, CheckMark, Milestone, Step, StepProgress
from milestones.publishing import one_or_404, published_or_404
from milestones.standing import StepState


@require_safe
def step(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    return _show_step(request, _get_step_or_past(request, slug, pk))


@require_POST
@transaction.atomic
def note(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    found = _get_step_or_past(request, slug, pk)
    form = NoteForm(request.POST, instance=_lock_progress(request, found))
    if form.is_valid():
        form.save()
    if request.htmx:
        return _show_saved(request, found, form)
    if form.errors:
        return _show_step(request, found, form)
    messages.success(request, "Note saved.")
    return redirect(found)


@require_POST
@transaction.atomic
def complete(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    found = _get_step(slug, pk)
    progress = _lock_progress(request, found)
    if progress.completed_on:
        messages.info(request, f"“{found}” was closed already.")
        return redirect(found)
    progress.close(timezone.localdate(), found.revision, is_self_declared=True)
    offer_undo(request, f"“{found}” is closed on your word.", reverse("milestones:reopen", args=[slug, pk]))
    return redirect(found)


@require_POST
@transaction.atomic
def reopen(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    found = _get_step(slug, pk)
    progress = _lock_progress(request, found)
    state = evaluate(request.user).step(pk)
    if state is None or not (state.may_reopen or progress.skipped_on):
        held = "is held closed by what you have logged" if progress.completed_on else "was open already"
        messages.info(request, f"“{found}” {held}.")
        return redirect(found)
    progress.reopen()
    offer_undo(request, f"“{found}” is open again.", reverse("milestones:complete", args=[slug, pk]))
    return redirect(found)


@require_POST
@transaction.atomic
def skip(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    found = _get_step(slug, pk)
    form = SkipForm(request.POST)
    if not form.is_valid():
        return _show_step(request, found, skip_form=form)
    progress = _lock_progress(request, found)
    if progress.completed_on:
        messages.info(request, f"“{found}” is closed already.")
        return redirect(found)
    progress.skip(timezone.localdate(), form.cleaned_data["skip_reason"])
    offer_undo(request, f"“{found}” is skipped.", reverse("milestones:reopen", args=[slug, pk]))
    return redirect(found)


@require_POST
@transaction.atomic
def acknowledge(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    found = _get_step(slug, pk)
    _lock_progress(request, found).acknowledge(found.revision)
    return redirect(found)


@require_POST
def check(request: SignedInRequest, slug: str, pk: int, item_pk: int) -> HttpResponse:
    item = _get_item(slug, pk, item_pk)
    CheckMark.objects.get_or_create(owner=request.user, item=item)
    return _show_ticks(request, item.step)


@require_POST
def uncheck(request: SignedInRequest, slug: str, pk: int, item_pk: int) -> HttpResponse:
    item = _get_item(slug, pk, item_pk)
    CheckMark.objects.for_user(request.user).filter(item=item).delete()
    return _show_ticks(request, item.step)


def _get_step(slug: str, pk: int) -> Step:
    return one_or_404(published_or_404(slug).steps.all(), pk)


def _get_step_or_past(request: SignedInRequest, slug: str, pk: int) -> Step:
    """The step, or one that has left the path since the person worked on it: what they did stays theirs."""
    found = next((step for step in published_or_404(slug).steps.all() if step.pk == pk), None)
    if found:
        return found
    mine = Step.objects.filter(progress__in=StepProgress.objects.for_user(request.user))
    return get_object_or_404(mine.select_related("milestone"), pk=pk, milestone__slug=slug)


def _get_item(slug: str, pk: int, item_pk: int) -> CheckItem:
    return one_or_404(_get_step(slug, pk).check_items.all(), item_pk)


def _lock_progress(request: SignedInRequest, step: Step) -> StepProgress:
    """The person's row for this step, made if need be, nobody else writing to it meanwhile."""
    rows = StepProgress.objects.select_for_update()
    return rows.get_or_create(owner=request.user, step=step)[0]


def _show_step(
    request: SignedInRequest, step: Step, form: NoteForm | None = None, skip_form: SkipForm | None = None
) -> HttpResponse:
    """The step's page, each form as saved or, refused, as sent."""
    context = step_context(request, step)
    context |= {name: sent for name, sent in (("form", form), ("skip_form", skip_form)) if sent}
    status = UNPROCESSABLE if form or skip_form else 200
    return render(request, "milestones/step.html", context, status=status)


def _show_saved(request: SignedInRequest, step: Step, form: NoteForm) -> HttpResponse:
    """What changes on the page when a note is saved while it is being written."""
    context = step_context(request, step) | {"form": form, "is_update": True, "now": timezone.localtime()}
    return tell_saved(render(request, "milestones/step.html#saved", context), form)


def step_context(
    request: SignedInRequest, step: Step, outline: Iterable[Milestone] | None = None
) -> dict[str, Any]:
    """What the page of a step shows, for the person who asks; a preview brings its own `outline`."""
    path = evaluate(request.user, outline)
    milestone = path.milestone_or_404(step.milestone)
    before, after = milestone.around(step)
    past = next((progress for progress in path.past if progress.step_id == step.pk), None)
    state = path.step(step.pk) or StepState(step, (), past)
    return {
        "step": step,
        "state": state,
        "form": NoteForm(instance=state.progress or StepProgress(owner=request.user, step=step)),
        "skip_form": SkipForm(),
        "is_past": past is not None,
        "milestone": milestone,
        "number": milestone.number_of(step),
        "items": [] if past else step.check_items.all(),
        "terms": terms_to_explain(),
        "ticked": CheckMark.objects.of(request.user, step),
        "before": before,
        "after": after,
    }


def _show_ticks(request: SignedInRequest, step: Step) -> HttpResponse:
    if not request.htmx:
        return redirect(f"{step.get_absolute_url()}#checklist")
    context = step_context(request, step) | {"is_update": True}
    return render(request, "milestones/step.html#ticked", context)
