"""What the pages about one sample share: finding it, and showing it with its files."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from cmetrack.http import UNPROCESSABLE, SignedInRequest
from portfolio.forms import FilesForm
from portfolio.models import Sample
from portfolio.models.samples import SampleQuerySet
from portfolio.previews import CHARACTERS_OF_EXCERPT, words_of
from portfolio.quota import room_of
from portfolio.reviewing import reviews_of
from portfolio.seen_by import versions_of
from portfolio.showing import obstacles


def own_samples(request: SignedInRequest) -> SampleQuerySet:
    return Sample.objects.for_user(request.user).select_related("format")


def show_sample(request: SignedInRequest, sample: Sample, form: FilesForm) -> HttpResponse:
    """The page of a sample, with the form for its files as it stands (422 if that was refused)."""
    moves = [(status, label) for status, label in Sample.Status.choices if status != sample.status]
    versions = versions_of(request.user, sample, timezone.localdate())
    context = {
        "sample": sample,
        "versions": versions,
        "excerpt": words_of(versions[0].file, CHARACTERS_OF_EXCERPT, top=3) if versions else None,
        "room": room_of(sample.owner_id),
        "form": form,
        "moves": moves,
        "obstacles": obstacles(sample),
        "showings": sample.private_showings.all(),
        "reviews": reviews_of(sample, timezone.localdate()),
    }
    return render(request, "portfolio/detail.html", context, status=UNPROCESSABLE if form.is_bound else 200)
