"""Asking readers for comments, and what the owner does with those that came back."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from cmetrack.http import SignedInRequest, form_page, offer_undo, own_or_404, show_form
from portfolio.forms import ReviewRequestForm
from portfolio.models import ReviewRequest, Sample
from portfolio.reviewing import why_not
from portfolio.showing import allowance_for_review
from portfolio.views.one_sample import own_samples


@form_page
def review_create(request: SignedInRequest, pk: int) -> HttpResponse:
    sample = own_or_404(request, own_samples(request), pk)
    if obstacle := why_not(sample):
        messages.error(request, obstacle)
        return redirect(sample)
    asked = ReviewRequest(owner=request.user, sample=sample)
    data = request.POST if request.method == "POST" else None
    form = ReviewRequestForm(data, instance=asked, today=timezone.localdate())
    if form.is_valid():
        asked = form.save()
        messages.success(request, f"The link for {asked} is ready. Copy it and send it yourself.")
        return redirect(asked)
    context = {"sample": sample, "allowed": allowance_for_review(sample)}
    return show_form(request, form, "portfolio/review_form.html", context)


@form_page
def review_withdraw(request: SignedInRequest, pk: int, review_pk: int) -> HttpResponse:
    asked = _own_review_or_404(request, pk, review_pk)
    if request.method == "POST":
        asked.withdraw(timezone.localdate())
        messages.success(request, f"The link for {asked} no longer works.")
        return redirect(asked)
    return render(request, "portfolio/review_withdraw.html", {"asked": asked})


@require_POST
@transaction.atomic
def review_accept(request: SignedInRequest, pk: int, review_pk: int) -> HttpResponse:
    asked = _own_review_or_404(request, pk, review_pk, is_answered=True)
    asked.accept(timezone.localdate())
    offer_undo(request, f"What {asked} wrote counts as feedback now.", _reconsider_url(asked))
    return redirect(asked)


@require_POST
@transaction.atomic
def review_set_aside(request: SignedInRequest, pk: int, review_pk: int) -> HttpResponse:
    asked = _own_review_or_404(request, pk, review_pk, is_answered=True)
    asked.set_aside(timezone.localdate())
    offer_undo(request, f"What {asked} wrote is set aside. It stays here.", _reconsider_url(asked))
    return redirect(asked)


@require_POST
@transaction.atomic
def review_reconsider(request: SignedInRequest, pk: int, review_pk: int) -> HttpResponse:
    asked = _own_review_or_404(request, pk, review_pk, is_answered=True)
    asked.reconsider()
    messages.success(request, f"What {asked} wrote is open for you to decide again.")
    return redirect(asked)


def _own_review_or_404(
    request: SignedInRequest, pk: int, review_pk: int, *, is_answered: bool = False
) -> ReviewRequest:
    # The sample first: one in the trash has no page, and neither have its reviews.
    sample = get_object_or_404(Sample.objects.for_user(request.user), pk=pk)
    reviews = ReviewRequest.objects.for_user(request.user).filter(sample=sample)
    asked = own_or_404(request, reviews.answered() if is_answered else reviews, review_pk)
    asked.sample = sample
    return asked


def _reconsider_url(asked: ReviewRequest) -> str:
    return reverse("portfolio:review-reconsider", args=[asked.sample_id, asked.pk])
