"""What stands beside the path: the glossary, and what a person's background brings to it."""

from django.contrib import messages
from django.db.models.functions import Lower
from django.forms import BoundField
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from cmetrack.http import UNPROCESSABLE, SignedInRequest, form_page
from milestones.earlier import Use, uses_of
from milestones.forms import PriorWorkForm
from milestones.glossary import terms_to_explain
from milestones.models import Background, GlossaryTerm, PriorWork
from milestones.publishing import published_path


@require_safe
def glossary(request: SignedInRequest) -> HttpResponse:
    terms = list(GlossaryTerm.objects.order_by(Lower("term")))
    words = terms_to_explain(terms)
    # A term is not explained by itself.
    entries = [(term, tuple(word for word in words if word.form not in term.forms)) for term in terms]
    letters = sorted({term.term[0].upper() for term in terms})
    return render(request, "milestones/glossary.html", {"entries": entries, "letters": letters})


@form_page
def background(request: SignedInRequest) -> HttpResponse:
    backgrounds = list(Background.objects.prefetch_related("prior__format"))
    wanted = request.GET.get("persona", request.user.persona)
    found = next((row for row in backgrounds if row.persona == wanted), None)
    form = PriorWorkForm(found, request.POST if request.method == "POST" else None) if found else None
    if form and form.is_valid():
        saved = form.save(request.user)
        messages.success(request, _said(len(saved)))
        return redirect("milestones:index")
    context = {
        "background": found,
        "form": form,
        "rows": _with_uses(form) if form else [],
        "personas": User.Persona.choices,
    }
    status = UNPROCESSABLE if form and form.is_bound else 200
    return render(request, "milestones/background.html", context, status=status)


def _with_uses(form: PriorWorkForm) -> list[tuple[PriorWork, BoundField, BoundField, list[Use]]]:
    """Each piece with its two fields and the steps it counts towards."""
    path = published_path()
    return [(work, has, title, uses_of(work, path)) for work, has, title in form.rows()]


def _said(count: int) -> str:
    pieces = "1 earlier piece of work is" if count == 1 else f"{count} earlier pieces of work are"
    return f"{pieces} in your portfolio, and count here."
