"""What a reader without an account sees: one sample, a question, and room for three comments."""

from datetime import date
from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.csp import CSP
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_safe

from accounts.timezones import today_of
from cmetrack.counting import count
from cmetrack.http import CONFLICT, TOO_MANY, UNPROCESSABLE, form_page
from cmetrack.secret_addresses import for_strangers, policy_without_scripts
from portfolio.downloading import download_or_404
from portfolio.forms import CommentsForm
from portfolio.models import ReviewRequest
from portfolio.readers import is_a_reader, is_fetched
from portfolio.reviewing import Reading, keep_comments, note_opening, reading

SENDINGS_AN_HOUR = 20
HOUR = 60 * 60
# Who has not said their name is not called by their e-mail address.
NAMELESS = "A CME writer"


@for_strangers
@csp_override(policy_without_scripts(CSP.SELF))
@form_page
def review(request: HttpRequest, token: str) -> HttpResponse:
    asked, today = _live_or_404(request, token)
    is_own = request.user == asked.owner
    if request.method == "POST" and not is_own:
        return _take_comments(request, asked, today)
    if asked.answered_on:
        return _show(request, asked)
    seen = _reading_or_404(asked)
    if is_a_reader(request, asked.owner_id):
        note_opening(asked, today)
    return _show(request, asked, seen=seen, form=CommentsForm(), own_url=asked.get_absolute_url() * is_own)


@for_strangers
@require_safe
def review_file(request: HttpRequest, token: str) -> FileResponse:
    asked, today = _live_or_404(request, token)
    seen = _reading_or_404(asked)
    if asked.answered_on or not seen.file:
        raise Http404("There is no file to read, or no longer.")
    response = download_or_404(seen.file)
    if is_fetched(request, asked.owner_id):
        note_opening(asked, today)
    return response


def _take_comments(request: HttpRequest, asked: ReviewRequest, today: date) -> HttpResponse:
    form = CommentsForm(request.POST)
    if asked.answered_on:
        return _sent_before(request, asked, form)
    seen = _reading_or_404(asked)
    note_opening(asked, today)
    if _is_flooded(asked):
        form.add_error(None, "That was sent very often. Wait an hour, then send it again.")
        return _show(request, asked, TOO_MANY, seen=seen, form=form)
    if not form.is_valid():
        return _show(request, asked, UNPROCESSABLE, seen=seen, form=form)
    keep_comments(asked, form.texts(), today)
    return redirect(asked.public_url)


def _sent_before(request: HttpRequest, asked: ReviewRequest, form: CommentsForm) -> HttpResponse:
    """A second click finds its comments kept; other words than the first time are given back."""
    texts = [text for text in form.texts().values() if text] if form.is_valid() else []
    kept = {comment.text for comment in asked.comments.all()}
    if kept.issuperset(texts):
        return redirect(asked.public_url)
    return _show(request, asked, CONFLICT, not_kept=texts)


def _show(request: HttpRequest, asked: ReviewRequest, status: int = 200, **more: Any) -> HttpResponse:
    # Plain values only: the template has no way to the sample, but for what may be seen of it.
    context = {
        "asker": asked.owner.name or NAMELESS,
        "reader": asked.reader,
        "question": asked.question,
        "last_day": asked.expires_on,
        "answered_on": asked.answered_on,
        "file_url": reverse("sharing:review-file", args=[asked.token]),
        **more,
    }
    return render(request, "sharing/review.html", context, status=status)


def _live_or_404(request: HttpRequest, token: str) -> tuple[ReviewRequest, date]:
    """The request with this token, locked while a POST answers it, and the day it is for its owner."""
    rows = ReviewRequest.objects.select_related("owner", "sample__format", "file")
    if request.method == "POST":
        rows = rows.select_for_update(of=("self",))
    asked = get_object_or_404(rows, token=token, owner__is_active=True)
    today = today_of(asked.owner)
    if not asked.is_live(today):
        raise Http404("Withdrawn, or past its last day.")
    return asked, today


def _reading_or_404(asked: ReviewRequest) -> Reading:
    seen = reading(asked)
    if seen is None:
        raise Http404("Nothing of this sample may be shown.")
    return seen


def _is_flooded(asked: ReviewRequest) -> bool:
    """Whether more is sent through one link than a person would. Who sends it is not looked at."""
    return count(f"review-sendings-{asked.pk}", HOUR) > SENDINGS_AN_HOUR
