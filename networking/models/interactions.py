"""Touches: what happened between the writer and a contact."""

from typing import ClassVar, Self

from django.db import models

from cmetrack.ownership import TrashableModel, TrashableQuerySet
from cmetrack.validators import validate_plausible_date
from networking.models.contacts import Contact


class InteractionQuerySet(TrashableQuerySet["Interaction"]):
    def latest_first(self) -> Self:
        return self.order_by("-happened_on", "-pk")

    def with_live_contact(self) -> Self:
        """Those whose contact is not in the trash."""
        return self.filter(contact__trashed_at=None)


class Channel(models.TextChoices):
    """Where people are met; shared by touches and pitches."""

    LINKEDIN = "linkedin", "LinkedIn"
    EMAIL = "email", "E-mail"
    EVENT = "event", "In person or at an event"
    COMMUNITY = "community", "Community, forum or chapter"
    REFERRAL = "referral", "Referral"
    CALL = "call", "Call"
    PROVIDER_FORM = "provider_form", "Form on their site"
    JOB_BOARD = "job_board", "Job board"


class Interaction(TrashableModel):
    """One dated touch. Logging it resets the follow-up clock of its contact."""

    class Kind(models.TextChoices):
        ENGAGEMENT = "engagement", "Engagement: a comment or post"
        MESSAGE = "message", "Message"
        CONVERSATION = "conversation", "Conversation"
        EVENT = "event", "Event"
        INTRODUCTION = "introduction", "Introduction"
        FEEDBACK = "feedback", "Feedback on my work"
        PITCH = "pitch", "Pitch"
        FOLLOW_UP = "follow_up", "Follow-up"
        THANKS = "thanks", "Thanks"

    class EventType(models.TextChoices):
        """Where people of the field meet (domain.md E)."""

        ANNUAL_CONFERENCE = "annual_conference", "Annual conference"
        SPECIALTY_CONGRESS = "specialty_congress", "Specialty congress"
        FREE_ONLINE = "free_online", "Free online conference"
        CHAPTER_MEETING = "chapter_meeting", "Chapter or regional meeting"
        WEBINAR = "webinar", "Webinar or office hour"
        WORKSHOP = "workshop", "Workshop or course"
        LIVE_SOCIAL = "live_social", "Live social session"
        PEER_GROUP = "peer_group", "Peer writing group"

    class Direction(models.TextChoices):
        OUTGOING = "outgoing", "From me"
        INCOMING = "incoming", "From them"
        BOTH = "both", "Both ways"

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="interactions", editable=False)
    happened_on = models.DateField("when", validators=[validate_plausible_date])
    channel = models.CharField(max_length=20, choices=Channel, default=Channel.EMAIL)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.MESSAGE)
    direction = models.CharField(max_length=10, choices=Direction, default=Direction.OUTGOING)
    event_type = models.CharField(
        "what kind of event", max_length=20, choices=EventType, blank=True, help_text="For events."
    )
    summary = models.CharField("what happened", max_length=1000, blank=True)

    objects: ClassVar[InteractionQuerySet] = InteractionQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TrashableModel.Meta):
        ordering = ("-happened_on", "-pk")
        indexes = (
            models.Index(fields=("owner", "trashed_at", "-happened_on")),
            models.Index(fields=("contact", "-happened_on")),
            models.Index(fields=("owner", "trashed_at", "kind")),
        )

    def __str__(self) -> str:
        return self.summary or self.get_kind_display()

    def get_absolute_url(self) -> str:
        return self.contact.get_absolute_url()
