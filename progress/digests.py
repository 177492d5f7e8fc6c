"""Summaries by mail: who is due and why, and one next action. At the person's hour, once a day."""

import logging
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.signing import BadSignature, Signer
from django.db import IntegrityError, transaction
from django.template.loader import render_to_string
from django.urls import reverse

from accounts.models import User
from accounts.timezones import zone_or_utc
from milestones.evidence import evaluate
from milestones.standing import StepState
from networking.due_rows import DueRow, due_rows
from networking.models import Contact, Opportunity
from progress.models import DigestDay

logger = logging.getLogger(__name__)
NAMED = 20
IN_A_WEEK = timedelta(days=6)


@dataclass(frozen=True)
class Digest:
    """What one mail says. `total` counts those due that are not named, too."""

    due: list[DueRow]
    total: int
    next_step: StepState | None
    is_weekly: bool

    @property
    def subject(self) -> str:
        who = "1 follow-up is" if self.total == 1 else f"{self.total} follow-ups are"
        return f"{who} due {'this week' if self.is_weekly else 'today'}"

    @property
    def unnamed(self) -> int:
        return self.total - len(self.due)


def send_digests(now: datetime) -> int:
    """Send every summary whose hour has come, and return how many went out.

    Run it as often as you like, on as many workers as there are: a person's day is claimed before
    its mail is sent. A mail that the server refuses gives the day back, to be tried again.
    """
    return sum(_send_once(person, now) for person in User.objects.wanting_digests().iterator())


def stop_token(user: User) -> str:
    """What stands in the address that ends the mails; it says who, and only we can make it."""
    return _signer().sign(str(user.pk))


def user_of(token: str) -> User | None:
    """Whose mails this token ends, None for one that we did not make."""
    try:
        return User.objects.filter(pk=int(_signer().unsign(token))).first()
    except (BadSignature, ValueError):
        return None


def digest_of(user: User, today: date) -> Digest | None:
    """The summary of this day, or of this week for those who chose that; None when nothing is due."""
    is_weekly = user.digest == User.Digest.WEEKLY
    until = today + IN_A_WEEK if is_weekly else today
    people = Contact.objects.for_user(user).due(until)
    pitches = Opportunity.objects.for_user(user).due(until)
    total = people.count() + pitches.count()
    if not total:
        return None
    due = due_rows(
        list(people.select_related("organisation")[:NAMED]),
        list(pitches.select_related("organisation")[:NAMED]),
        today,
    )
    return Digest(due[:NAMED], total, evaluate(user).next_step, is_weekly)


def _send_once(user: User, now: datetime) -> bool:
    local = now.astimezone(zone_or_utc(user.time_zone))
    claim = _claim(user, local) if local.hour >= user.digest_hour else None
    if claim is None:
        return False
    digest = digest_of(user, local.date())
    return digest is not None and _deliver(user, digest, claim, now)


def _claim(user: User, local: datetime) -> DigestDay | None:
    """The day's row if this is the first to want it, else None."""
    day = local.date()
    if user.digest == User.Digest.WEEKLY:
        # A server that slept through Monday still sends the week's mail on Tuesday.
        day -= timedelta(days=day.weekday())
    try:
        with transaction.atomic():
            return DigestDay.objects.create(owner=user, day=day)
    except IntegrityError:
        return None


def _deliver(user: User, digest: Digest, claim: DigestDay, now: datetime) -> bool:
    try:
        _message(user, digest).send()
    except OSError:
        # Refused connections and whatever smtplib raises. One person's mailbox must not stop the others.
        logger.exception("The summary for person %s could not be sent", user.pk)
        claim.delete()
        return False
    claim.sent_at = now
    claim.save(update_fields=["sent_at", "updated_at"])
    return True


def _message(user: User, digest: Digest) -> EmailMessage:
    stop = settings.SITE_URL + reverse("progress:digest-stop", args=[stop_token(user)])
    context = {"user": user, "digest": digest, "site": settings.SITE_URL, "stop": stop}
    return EmailMessage(
        settings.ACCOUNT_EMAIL_SUBJECT_PREFIX + digest.subject,
        render_to_string("progress/digest.txt", context),
        to=[user.email],
        headers={
            # One tap in the mail program (RFC 8058).
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )


def _signer() -> Signer:
    return Signer(salt="progress.digests")
