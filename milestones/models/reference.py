"""What stands beside the path: the words of the field, and what each background brings to it."""

from django.db import models
from simple_history.models import HistoricalRecords

from accounts.models import User
from portfolio.models import Format, Sample


class GlossaryTerm(models.Model):
    """A term of the field and what it means, on its own page and in place in the lessons."""

    key = models.SlugField(max_length=60, unique=True, help_text="In the address; never change it.")
    term = models.CharField(max_length=80)
    also = models.TextField(
        "other forms", blank=True, help_text="Plurals and spellings to recognise in a lesson, one a line."
    )
    abbreviation_of = models.CharField(max_length=150, blank=True)
    definition = models.TextField(max_length=600, help_text="One or two plain sentences.")
    is_explained_in_text = models.BooleanField(
        "explained in the lessons",
        default=True,
        help_text="Untick for everyday words that would be marked wherever they stand.",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("term",)

    def __str__(self) -> str:
        return self.term

    @property
    def in_short(self) -> str:
        """The long form, where the term is an abbreviation, and what it means."""
        return f"{self.abbreviation_of}. {self.definition}" if self.abbreviation_of else self.definition

    @property
    def forms(self) -> list[str]:
        """Every spelling that means this term."""
        others = (line.strip() for line in self.also.splitlines())
        return [self.term, *filter(None, others)]


class Background(models.Model):
    """What a person of one persona already brings to CME writing, and what is usually missing."""

    persona = models.CharField(max_length=30, choices=User.Persona, unique=True)
    title = models.CharField(max_length=100)
    brings = models.TextField(help_text="Markdown.")
    lacks = models.TextField(help_text="Markdown.")
    first_niche = models.CharField(max_length=300)
    watch_out = models.TextField(help_text="Markdown.")

    history = HistoricalRecords()

    def __str__(self) -> str:
        return self.get_persona_display()


class PriorWork(models.Model):
    """A piece of earlier work that people of this background often have and can log as a sample."""

    background = models.ForeignKey(Background, models.CASCADE, related_name="prior")
    position = models.PositiveSmallIntegerField(default=0)
    label = models.CharField(max_length=150, help_text="Completes “I have …”.")
    title = models.CharField(max_length=150, help_text="How the sample is called until it is renamed.")
    format = models.ForeignKey(Format, models.PROTECT)
    origin = models.CharField(max_length=30, choices=Sample.Origin)
    status = models.CharField(max_length=20, choices=Sample.Status, default=Sample.Status.DRAFT)
    caution = models.CharField(max_length=300, blank=True, help_text="What to check before showing it.")

    class Meta:
        ordering = ("position", "pk")
        verbose_name_plural = "prior work"

    def __str__(self) -> str:
        return self.title
