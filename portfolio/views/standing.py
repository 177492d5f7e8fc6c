"""Where a sample stands: its status, the fresh look, whether it is still current. Each is one tap."""

from datetime import date

from django import forms
from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cmetrack.http import SignedInRequest, offer_to_open, offer_undo, own_or_404, path_on_this_site
from portfolio.models import Sample
from portfolio.views.one_sample import own_samples


@require_POST
@transaction.atomic
def move(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    # A button of the page says it in the form; Undo is nothing but an address.
    status, before = request.POST.get("status") or request.GET.get("status", ""), sample.status
    if status in Sample.Status.values:
        sample.move(status)
        said = f"“{sample}” is now: {sample.get_status_display().lower()}."
        offer_undo(request, said, f"{sample.move_url}?status={before}")
        if status == Sample.Status.READY and not sample.quality_checked_on:
            quality = reverse("portfolio:quality", args=[sample.pk])
            offer_to_open(request, "Before others see it, go through its quality checklist.", quality)
    else:
        messages.error(request, "Choose one of the five states.")
    return _back(request, sample)


@require_POST
@transaction.atomic
def confirm(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    before = sample.current_as_of
    sample.confirm(timezone.localdate())
    undo = f"{reverse('portfolio:unconfirm', args=[sample.pk])}?as_of={before or ''}"
    offer_undo(request, f"“{sample}” is current as of today.", undo)
    return _back(request, sample)


@require_POST
@transaction.atomic
def unconfirm(request: SignedInRequest, pk: int) -> HttpResponse:
    """Put back the day of before, which ?as_of= names; none and nonsense: it was never said."""
    sample = own_or_404(request, own_samples(request), pk)
    sample.confirm(_day(request.GET.get("as_of", "")))
    messages.success(request, f"“{sample}” stands as before.")
    return _back(request, sample)


@require_POST
@transaction.atomic
def look(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    if not sample.look_due_since:
        return redirect(sample)  # the second of two clicks
    if request.POST.get("seen") != sample.as_seen:
        # Another tab let out something else meanwhile: what stood on this page was looked at, not that.
        messages.error(request, "The sample has changed since you opened this page. Look at it as it is now.")
        return redirect(sample)
    sample.look()
    again = reverse("portfolio:look-again", args=[sample.pk])
    offer_undo(request, f"You have looked at “{sample}”.", again)
    return redirect(sample)


@require_POST
@transaction.atomic
def look_again(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    sample.ask_for_a_look()
    messages.success(request, f"“{sample}” waits for a fresh look.")
    return redirect(sample)


def _back(request: SignedInRequest, sample: Sample) -> HttpResponse:
    """To the row that was tapped, or to the page where the button stood."""
    if request.htmx:
        context = {"sample": sample, "question": sample.age_question(timezone.localdate())}
        return render(request, "portfolio/index.html#moved", context)
    page = path_on_this_site(request, request.headers.get("Referer", ""), sample.get_absolute_url())
    is_list = page.partition("?")[0] == reverse("portfolio:index")
    return redirect(f"{page}#sample-{sample.pk}" if is_list else page)


def _day(text: str) -> date | None:
    try:
        return forms.DateField(required=False).clean(text)  # type: ignore[no-any-return]
    except forms.ValidationError:
        return None
