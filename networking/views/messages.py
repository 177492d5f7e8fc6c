"""A message from a template: filled, counted, copied by the person, and logged once they have sent it."""

from functools import partial

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.views.decorators.http import require_POST

from cmetrack.http import UNPROCESSABLE, SignedInRequest
from networking.forms import MessageForm, SourcesForm
from networking.locks import form_page_in_turn
from networking.messages import Sources, Template, fill, log_sent, refusal, values_for
from networking.models import Contact, Interaction, MessageTemplate, Opportunity, OwnTemplate
from networking.undoing import is_stale, tap
from networking.views.contacts import get_contact
from networking.views.taps import may_change_with

EARLY = (Opportunity.Stage.LEAD, Opportunity.Stage.QUALIFIED)


@form_page_in_turn
def message(request: SignedInRequest, slug: str) -> HttpResponse:
    return _write(request, get_object_or_404(MessageTemplate, key=slug))


@form_page_in_turn
def own_template(request: SignedInRequest, pk: int) -> HttpResponse:
    return _write(request, get_object_or_404(OwnTemplate.objects.for_user(request.user), pk=pk))


@require_POST
def message_check(request: SignedInRequest, slug: str) -> HttpResponse:
    return _check(request, get_object_or_404(MessageTemplate, key=slug))


@require_POST
def own_template_check(request: SignedInRequest, pk: int) -> HttpResponse:
    return _check(request, get_object_or_404(OwnTemplate.objects.for_user(request.user), pk=pk))


def sources_of(request: SignedInRequest, *, is_saving: bool) -> tuple[Sources, SourcesForm]:
    """What the address names, all of it the person's own; anything else does not exist.

    Saving locks the contact, so it needs a transaction.
    """
    form = SourcesForm(request.GET, owner=request.user)
    if not form.is_valid():
        raise Http404
    chosen = form.cleaned_data
    pitch: Opportunity | None = chosen["opportunity"]
    contact: Contact | None = chosen["contact"] or (pitch.open_contact if pitch else None)
    if contact and is_saving:
        contact = get_contact(request, contact.pk)
    site = request.build_absolute_uri("/").rstrip("/")
    return Sources(
        request.user, timezone.localdate(), site, contact, pitch, chosen["sample"], chosen["link"]
    ), form


def _write(request: SignedInRequest, template: Template) -> HttpResponse:
    sources, chooser = sources_of(request, is_saving=request.method == "POST")
    contact, data = sources.contact, request.POST if request.method == "POST" else None
    form = MessageForm(
        data,
        template=template,
        contact=contact,
        is_stale=bool(data is not None and contact and is_stale(request, contact)),
        initial=_draft(template, sources),
    )
    if contact is None or not form.is_valid():
        return _show(request, form, sources, chooser, status=UNPROCESSABLE if form.is_bound else 200)
    subject, channel = form.cleaned_data.get("subject", ""), form.cleaned_data["channel"]
    deed = partial(log_sent, contact, template, channel, subject, sources.today)
    tap(request, contact, deed, *may_change_with(contact))
    _suggest_move(request, template, sources.opportunity)
    return redirect(contact)


def _check(request: SignedInRequest, template: Template) -> HttpResponse:
    sources, chooser = sources_of(request, is_saving=False)
    form = MessageForm(
        initial={name: request.POST.get(name, "") for name in ("subject", "body", "channel")},
        template=template,
        contact=sources.contact,
    )
    return _show(request, form, sources, chooser)


def _draft(template: Template, sources: Sources) -> dict[str, str]:
    values = values_for(sources, template.kind)
    texts = {name: fill(getattr(template, name), values) for name in ("subject", "body")}
    subject = texts["subject"]
    return {**texts, "subject": subject[:1].upper() + subject[1:], "channel": template.channel}


def _show(
    request: SignedInRequest, form: MessageForm, sources: Sources, chooser: SourcesForm, status: int = 200
) -> HttpResponse:
    texts = [form.text("subject"), form.text("body")]
    chooser.offer_rows()
    context = {
        "template": form.template,
        "form": form,
        "chooser": chooser,
        "contact": sources.contact,
        "opportunity": sources.opportunity,
        "refusal": refusal(form.template, sources.contact),
        "unfilled": form.unfilled,
        "preview": texts,
        "check_url": f"{form.template.get_absolute_url()}check/?{request.GET.urlencode()}",
    }
    return render(request, "networking/message.html", context, status=status)


def _suggest_move(request: SignedInRequest, template: Template, pitch: Opportunity | None) -> None:
    """A pitch that has gone out is at another stage; its day and samples are worth noting there."""
    if pitch and template.kind == Interaction.Kind.PITCH and pitch.stage in EARLY:
        move = reverse("networking:opportunity-move", args=[pitch.pk])
        text = '“{}” is still at “{}”. <a href="{}?stage=pitched">Move it to Pitched</a>'
        messages.info(request, format_html(text, pitch, pitch.get_stage_display(), move))
