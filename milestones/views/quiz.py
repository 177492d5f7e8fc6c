"""The quiz at the end of a milestone, and what an attempt at it came to."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from cmetrack.http import UNPROCESSABLE, SignedInRequest, form_page
from cmetrack.markdown import heading_id, headings
from milestones.forms import QuizForm
from milestones.glossary import terms_to_explain
from milestones.marking import mark, needed, passes
from milestones.models import Milestone, QuizAttempt
from milestones.publishing import published_or_404

ATTEMPTS_SHOWN = 10


@form_page
def quiz(request: SignedInRequest, slug: str) -> HttpResponse:
    milestone = published_or_404(slug)
    form = QuizForm(milestone, request.POST if request.method == "POST" else None)
    if not form.questions:
        raise Http404
    if form.is_valid():
        return redirect("milestones:quiz-result", slug, _record(request, milestone, form).pk)
    context = {
        "milestone": milestone,
        "form": form,
        "needed": needed(len(form.questions)),
        "attempts": QuizAttempt.objects.of(request.user, milestone)[:ATTEMPTS_SHOWN],
    }
    return render(request, "milestones/quiz.html", context, status=UNPROCESSABLE if form.is_bound else 200)


@require_safe
def quiz_result(request: SignedInRequest, slug: str, pk: int) -> HttpResponse:
    milestone = published_or_404(slug)
    attempt = get_object_or_404(QuizAttempt.objects.of(request.user, milestone), pk=pk)
    # A part of the lesson renamed since then has no place to lead to.
    parts = {heading: heading_id(heading) for heading in headings(milestone.lesson)}
    context = {
        "milestone": milestone,
        "attempt": attempt,
        "answers": [(answer, parts.get(answer["lesson_heading"], "")) for answer in attempt.answers],
        "needed": needed(attempt.total),
        "terms": terms_to_explain(),
    }
    return render(request, "milestones/quiz_result.html", context)


def _record(request: SignedInRequest, milestone: Milestone, form: QuizForm) -> QuizAttempt:
    answers = mark(form.chosen())
    correct = sum(answer["is_right"] for answer in answers)
    taken = {
        "milestone_id": milestone.pk,
        "answers": answers,
        "correct": correct,
        "total": len(answers),
        "is_passed": passes(correct, len(answers)),
    }
    drawn = form.cleaned_data["submission_id"]
    if drawn is None:
        return QuizAttempt.objects.create(owner=request.user, **taken)
    # The same page sent twice is one attempt.
    return QuizAttempt.objects.get_or_create(owner=request.user, submission_id=drawn, defaults=taken)[0]
