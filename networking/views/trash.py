from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest, page_of
from networking.trash import trashed_keys, trashed_rows


@require_safe
def trash(request: SignedInRequest) -> HttpResponse:
    page = page_of(request, trashed_keys(request.user))
    context = {"page": page, "rows": trashed_rows(page, timezone.now())}
    return render(request, "networking/trash.html", context)
