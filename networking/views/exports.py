"""Lists as files. Each holds what the filter in the address shows, not only the page of it."""

from collections.abc import Iterator

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cmetrack.http import SignedInRequest
from networking.exporting import opportunities_csv, organisations_csv, people_csv, people_vcards
from networking.forms import ContactFilter, OpportunityFilter, OrganisationFilter
from networking.models import Contact, ContactQuerySet, Opportunity, Organisation

CSV, VCARD = "text/csv; charset=utf-8", "text/vcard; charset=utf-8"


@require_safe
def export_csv(request: SignedInRequest) -> StreamingHttpResponse:
    return _file(people_csv(_people(request)), "people.csv", CSV)


@require_safe
def export_vcard(request: SignedInRequest) -> StreamingHttpResponse:
    return _file(people_vcards(_people(request)), "people.vcf", VCARD)


@require_safe
def organisation_export(request: SignedInRequest) -> StreamingHttpResponse:
    found = OrganisationFilter.read(request.GET).apply(Organisation.objects.for_user(request.user))
    return _file(organisations_csv(found), "organisations.csv", CSV)


@require_safe
def opportunity_export(request: SignedInRequest) -> StreamingHttpResponse:
    filters = OpportunityFilter.read(request.GET, owner=request.user)
    found = filters.apply(Opportunity.objects.for_user(request.user), timezone.localdate())
    return _file(opportunities_csv(found), "opportunities.csv", CSV)


def _people(request: SignedInRequest) -> ContactQuerySet:
    filters = ContactFilter.read(request.GET, owner=request.user)
    return filters.apply(Contact.objects.for_user(request.user), timezone.localdate())


def _file(lines: Iterator[str], name: str, content_type: str) -> StreamingHttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return StreamingHttpResponse(lines, content_type=content_type, headers=headers)
