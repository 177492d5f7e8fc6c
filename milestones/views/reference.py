"""What stands beside the path: the glossary, and what a person's background brings to it."""

from django.contrib import messages
from django.db.models.functions import Lower
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from accounts.models import User
from cmetrack.http import UNPROCESSABLE, SignedInRequest, form_page
from milestones.forms import PriorWorkForm
from milestones.glossary import terms_to_explain
from milestones.models import Background, GlossaryTerm


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
        return redirect("portfolio:index")
    context = {"background": found, "form": form, "personas": User.Persona.choices}
    status = UNPROCESSABLE if form and form.is_bound else 200
    return render(request, "milestones/background.html", context, status=status)


def _said(count: int) -> str:
    return "Logged 1 earlier piece of work." if count == 1 else f"Logged {count} earlier pieces of work."
