from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest, offer_undo, own_or_404, page_of
from cmetrack.ownership import TrashableModel, TrashableQuerySet
from networking.changes import take_back
from networking.models import PeopleChange
from networking.trash import restore_url, trashed_keys, trashed_rows


@require_safe
def trash(request: SignedInRequest) -> HttpResponse:
    page = page_of(request, trashed_keys(request.user))
    context = {"page": page, "rows": trashed_rows(page, timezone.now())}
    return render(request, "networking/trash.html", context)


def trashable_or_404[M: TrashableModel](request: SignedInRequest, rows: TrashableQuerySet[M], pk: int) -> M:
    """The person's row to delete or restore. A POST finds it in the trash and out of it, so that
    the second of two clicks is no error.
    """
    find = rows.trashed_or_not if request.method == "POST" else rows.for_user
    return own_or_404(request, find(request.user), pk)


def trash_with_undo(request: SignedInRequest, row: TrashableModel) -> None:
    row.trash()
    offer_undo(request, f"Moved “{row}” to the trash.", restore_url(row))


def put_back(request: SignedInRequest, row: TrashableModel) -> None:
    known_as = str(row)
    row.restore()
    if str(row) == known_as:
        messages.success(request, f"“{row}” is back.")
    else:
        text = f"“{known_as}” is back as “{row}”, because you have another one with its old name."
        messages.success(request, text)


def say_taken_back(request: SignedInRequest, change: PeopleChange) -> None:
    if take_back(change, timezone.now()):
        messages.success(request, "Undone. All is as it was.")
    else:
        text = "Undone, except for what has changed again since: that was left as it is."
        messages.warning(request, text)
