"""What the pages about one sample share: finding it, and showing it with its files."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from accounts.models import User
from cmetrack.http import UNPROCESSABLE, SignedInRequest
from portfolio.forms import DuplicateForm, FilesForm
from portfolio.fresh_look import fresh_look
from portfolio.giveaways import giveaways_ahead
from portfolio.models import PrivateShowing, Sample, ShareLink
from portfolio.models.choices import STATUS_MEANING
from portfolio.models.samples import SampleQuerySet
from portfolio.previews import CHARACTERS_OF_EXCERPT, words_of
from portfolio.quota import room_of
from portfolio.reviewing import reviews_of
from portfolio.seen_by import versions_of
from portfolio.showing import ALLOWED, obstacles


def own_samples(request: SignedInRequest) -> SampleQuerySet:
    return Sample.objects.for_user(request.user).select_related("format")


def in_rows(samples: Iterable[Sample], today: date) -> list[tuple[Sample, str]]:
    """Each with what to ask of it in its row of the list, "" for nothing."""
    return [(sample, sample.age_question(today)) for sample in samples]


def states_with_meanings() -> list[tuple[str, str, str]]:
    """Each status with its label and what choosing it means."""
    return [(status, label, STATUS_MEANING[status]) for status, label in Sample.Status.choices]


def show_sample(
    request: SignedInRequest,
    sample: Sample,
    form: FilesForm | None = None,
    duplicate_form: DuplicateForm | None = None,
) -> HttpResponse:
    """The page of a sample, each of its forms as it stands (422 if one was refused)."""
    forms = {
        "form": form or FilesForm(sample=sample),
        "duplicate_form": duplicate_form or DuplicateForm(source=sample),
    }
    context = {**_all_about(sample, request.user, timezone.localdate()), **forms}
    status = UNPROCESSABLE if any(sent.is_bound for sent in forms.values()) else 200
    return render(request, "portfolio/detail.html", context, status=status)


def _all_about(sample: Sample, user: User, today: date) -> dict[str, Any]:
    versions = versions_of(user, sample, today)
    return {
        "sample": sample,
        "versions": versions,
        "excerpt": words_of(versions[0].file, CHARACTERS_OF_EXCERPT, top=3) if versions else None,
        "room": room_of(sample.owner_id),
        "moves": [state for state in states_with_meanings() if state[0] != sample.status],
        "obstacles": obstacles(sample),
        "never_in_full": ALLOWED[sample.effective_permission].never_in_full,
        "giveaways": giveaways_ahead(sample, [version.file for version in versions]),
        "look": fresh_look(user, sample, today),
        "question": sample.age_question(today),
        "pages": ShareLink.objects.for_user(user).live(today).naming(sample),
        "showings": PrivateShowing.objects.for_user(user).filter(sample=sample),
        "reviews": reviews_of(sample, today),
    }
