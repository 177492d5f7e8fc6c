"""What people will see of a milestone once it is published, for editors only."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest
from milestones.forms import QuizForm
from milestones.glossary import terms_to_explain
from milestones.marking import needed
from milestones.models import Milestone
from milestones.publishing import grow, one_or_404, published_path, working_copy
from milestones.views.path import milestone_context
from milestones.views.steps import step_context


@require_safe
def preview(request: SignedInRequest, slug: str) -> HttpResponse:
    copy = _copy_or_404(request, slug)
    context = milestone_context(request, copy, _path_with(copy))
    return render(request, "milestones/detail.html", context)


@require_safe
def preview_step(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    copy = _copy_or_404(request, slug)
    step = one_or_404(copy.steps.all(), pk)
    context = step_context(request, step, _path_with(copy))
    return render(request, "milestones/step.html", context)


@require_safe
def preview_quiz(request: SignedInRequest, slug: str) -> HttpResponse:
    """The questions with what is shown only after answering."""
    copy = _copy_or_404(request, slug)
    form = QuizForm(copy)
    context = {"milestone": copy, "form": form, "needed": needed(len(form.questions))}
    return render(request, "milestones/quiz.html", context | {"terms": terms_to_explain()})


def _copy_or_404(request: SignedInRequest, slug: str) -> Milestone:
    if not request.user.has_perm("milestones.change_milestone"):
        raise Http404
    copy = grow(Milestone, working_copy(get_object_or_404(Milestone, slug=slug)))
    copy.is_preview = True
    return copy


def _path_with(copy: Milestone) -> list[Milestone]:
    """The published path, with this milestone as it will be."""
    others = [milestone for milestone in published_path() if milestone != copy]
    return sorted([*others, copy], key=lambda milestone: (milestone.position, milestone.pk))
