"""Messages a writer can adapt; the same for all, edited in the admin."""

from django.db import models


class MessageTemplate(models.Model):
    """A message with {placeholders}. `block_at` is where LinkedIn cuts a note off."""

    key = models.SlugField(max_length=40, unique=True, help_text="Short fixed name; never change it.")
    title = models.CharField(max_length=100)
    when_to_use = models.CharField(max_length=300, blank=True)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField(help_text="Placeholders stand in braces: {first_name}.")
    warn_at = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Characters; empty for none.")
    block_at = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="Characters; empty for none."
    )
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title
