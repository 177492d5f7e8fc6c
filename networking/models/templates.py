"""Messages a writer can adapt: those of the house, edited in the admin, and their own."""

from typing import ClassVar

from django.db import models
from django.urls import reverse

from cmetrack.ownership import TrashableModel, TrashableQuerySet
from networking.models.interactions import Channel, Interaction

# What a message that was sent can be logged as.
SENT_AS = (
    Interaction.Kind.MESSAGE,
    Interaction.Kind.PITCH,
    Interaction.Kind.FOLLOW_UP,
    Interaction.Kind.THANKS,
    Interaction.Kind.INTRODUCTION,
)
SENT_AS_CHOICES = [(kind.value, kind.label) for kind in SENT_AS]
# LinkedIn cuts a note off: at the first number for a free account, at the second for a paid one.
NOTE_WARN_AT, NOTE_BLOCK_AT = 200, 300


class MessageTemplate(models.Model):
    """A message with {placeholders}. `block_at` is where LinkedIn cuts a note off."""

    key = models.SlugField(max_length=40, unique=True, help_text="Short fixed name; never change it.")
    title = models.CharField(max_length=100)
    when_to_use = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(help_text="Placeholders stand in braces: {first_name}.")
    kind = models.CharField(
        "logged as", max_length=20, choices=SENT_AS_CHOICES, default=Interaction.Kind.MESSAGE
    )
    channel = models.CharField("sent by", max_length=20, choices=Channel, default=Channel.EMAIL)
    warn_at = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Characters; empty for none.")
    block_at = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Characters; empty for none."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("networking:message", args=[self.key])


class OwnTemplate(TrashableModel):
    """A message of one's own, with the same placeholders."""

    title = models.CharField(max_length=100)
    subject = models.CharField(max_length=200, blank=True, help_text="For e-mail.")
    body = models.TextField("text", max_length=5000)
    kind = models.CharField(
        "logged as", max_length=20, choices=SENT_AS_CHOICES, default=Interaction.Kind.MESSAGE
    )
    channel = models.CharField("sent by", max_length=20, choices=Channel, default=Channel.EMAIL)
    is_note = models.BooleanField(
        "a LinkedIn note", default=False, help_text="Warns at 200 characters and stops at 300."
    )

    when_to_use: ClassVar[str] = ""

    objects: ClassVar[TrashableQuerySet["OwnTemplate"]] = TrashableQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(TrashableModel.Meta):
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("networking:own-template", args=[self.pk])

    @property
    def warn_at(self) -> int | None:
        return NOTE_WARN_AT if self.is_note else None

    @property
    def block_at(self) -> int | None:
        return NOTE_BLOCK_AT if self.is_note else None
