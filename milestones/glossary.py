"""The glossary's terms, ready to be explained where they stand in an editor’s text."""

from collections.abc import Iterable

from django.urls import reverse

from cmetrack.markdown import Term
from milestones.models import GlossaryTerm


def terms_to_explain(rows: Iterable[GlossaryTerm] | None = None) -> tuple[Term, ...]:
    """Every spelling of every term that lessons explain in place. One query, or none with `rows`."""
    page = reverse("milestones:glossary")
    terms = GlossaryTerm.objects.all() if rows is None else rows
    return tuple(
        Term(form, f"{page}#{term.key}", term.in_short)
        for term in terms
        if term.is_explained_in_text
        for form in term.forms
    )
