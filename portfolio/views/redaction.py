"""Calling a version redacted: at once when that shows nothing to anybody, else in a second step."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from cmetrack.http import UNPROCESSABLE, SignedInRequest, form_page, offer_undo, own_or_404
from portfolio.models import Sample, SampleFile
from portfolio.seen_by import waiting_for
from portfolio.showing import ALLOWED
from portfolio.views.one_sample import own_samples


def next_to_decide(sample: Sample, undecided: Sequence[SampleFile]) -> str:
    """The page that asks about the first of these files and knows the others; else the sample's page."""
    if not undecided:
        return sample.get_absolute_url()
    first, *others = undecided
    return first.redact_url + (f"?{urlencode([('then', file.pk) for file in others])}" if others else "")


@form_page
def file_redact(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    file = get_object_or_404(sample.files.select_related("sample"), pk=file_pk)
    waiting = set(request.GET.getlist("then"))
    others = [other for other in reversed(sample.files.all()) if str(other.pk) in waiting]
    after = next_to_decide(sample, others)
    pages = waiting_for(request.user, file, timezone.localdate())
    if request.method == "POST" and (request.POST.get("seen") or not (file.traces or pages)):
        _count_as_redacted(sample, file)
        offer_undo(request, f"Version {file.version} now counts as redacted.", file.unredact_url)
        return redirect(after)
    context = {"sample": sample, "file": file, "after": after, "pages": pages}
    # Sent without having seen what it means: nothing has changed yet.
    status = UNPROCESSABLE if request.method == "POST" else 200
    return render(request, "portfolio/file_redact.html", context, status=status)


def _count_as_redacted(sample: Sample, file: SampleFile) -> None:
    """Its owner says so. Where that lets the file out, nothing is shown until they have looked."""
    allowed = ALLOWED[sample.effective_permission].files
    was_allowed = file.kind in allowed
    file.mark(SampleFile.Kind.REDACTED)
    if file.kind in allowed and not was_allowed:
        sample.ask_for_a_look()


@require_POST
@transaction.atomic
def file_unredact(request: SignedInRequest, pk: int, file_pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    file = get_object_or_404(sample.files, pk=file_pk)
    file.mark(SampleFile.Kind.FULL)
    messages.success(request, f"Version {file.version} counts as full.")
    return redirect(sample)
