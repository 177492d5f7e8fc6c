"""What the path teaches: the same for all, edited in the admin, in Markdown.

The rows are the editors' working copy. What people see is the latest `Publication` of it.
"""

import re

from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from milestones.models.retiring import Retirable, RetirableQuerySet

# A sentence of fewer characters says too little by itself.
SHORT = 60
LINK = re.compile(r"\[([^\[\]]+)\]\([^()]*\)")


class Milestone(models.Model):
    """One of the five milestones. They are ordered and never locked."""

    # What no list shows.
    LONG_TEXTS = ("why", "lesson", "mistakes")
    # Set on a working copy that an editor looks at: its pages then lead to one another.
    is_preview = False

    slug = models.SlugField(max_length=60, unique=True, help_text="In the address; do not change it.")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=100)
    promise = models.CharField(max_length=300, help_text="What a person can do afterwards, in one sentence.")
    why = models.TextField("why it matters", help_text="Two to four sentences. Markdown.")
    lesson = models.TextField(help_text="The lesson, in Markdown. Begin headings with ##.")
    mistakes = models.TextField(
        "common mistakes", blank=True, help_text="One a line, each beginning with a hyphen. Markdown."
    )
    podcast_at = models.CharField(
        max_length=8,
        blank=True,
        validators=[RegexValidator(r"^(\d+:)?\d{1,2}:\d{2}$", "Write it as 05:27.")],
        help_text="Where the episode takes this up, such as 05:27.",
    )

    history = HistoricalRecords()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("milestones:preview" if self.is_preview else "milestones:detail", args=[self.slug])

    @property
    def quiz_url(self) -> str:
        return reverse("milestones:preview-quiz" if self.is_preview else "milestones:quiz", args=[self.slug])

    @property
    def lesson_minutes(self) -> int:
        """How long the lesson takes to read, at a calm 200 words a minute."""
        return max(round(len(self.lesson.split()) / 200), 1)


class Objective(models.Model):
    """One thing a person can do after the milestone, that somebody else could observe."""

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="objectives")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300, help_text="Begin with one verb that can be observed.")

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text


class Step(Retirable):
    """A piece of work that closes when every one of its requirements is met."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="steps")
    key = models.SlugField(max_length=60, unique=True, help_text="Short fixed name; never change it.")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=150)
    guidance = models.TextField(help_text="What to do and how to know it is good. Markdown.")
    minutes_least = models.PositiveSmallIntegerField("minutes, at least", default=30)
    minutes_most = models.PositiveSmallIntegerField("minutes, at most", default=30)
    is_optional = models.BooleanField(default=False, help_text="Not needed to complete the milestone.")
    is_private = models.BooleanField(
        default=False, help_text="Reminds people that what they write here is never shared."
    )
    # Raised by each change that an editor says matters to those who have finished the step.
    revision = models.PositiveIntegerField(default=1, editable=False)

    objects = RetirableQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("milestone__position", "position", "pk")
        constraints = (
            models.CheckConstraint(
                condition=models.Q(minutes_least__lte=models.F("minutes_most")),
                name="step_minutes_in_order",
                violation_error_message="The least time cannot be longer than the most.",
            ),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        view = "milestones:preview-step" if self.milestone.is_preview else "milestones:step"
        return reverse(view, args=[self.milestone.slug, self.pk])

    @property
    def gist(self) -> str:
        """How the guidance begins, for lists: a sentence, or two short ones, without Markdown's signs."""
        opening = " ".join(self.guidance.strip().partition("\n\n")[0].split())
        opening = LINK.sub(r"\1", opening).replace("*", "")
        sentences = re.split(r"(?<=[.?!])\s", opening)
        return sentences[0] if len(sentences[0]) > SHORT else " ".join(sentences[:2])

    @property
    def time_needed(self) -> str:
        """The estimate in words: “45 min”, “8–12 h”."""
        least, most = self.minutes_least, self.minutes_most
        if most < 120:
            return f"{most} min" if least == most else f"{least}–{most} min"
        low, high = f"{least / 60:g}", f"{most / 60:g}"
        return f"{high} h" if low == high else f"{low}–{high} h"


class StepChange(models.Model):
    """A change of a step that matters to those who had finished it, in the editor's words."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="changes")
    revision = models.PositiveIntegerField()
    what = models.CharField(max_length=300)
    changed_on = models.DateField()

    class Meta:
        ordering = ("revision",)
        constraints = (models.UniqueConstraint(fields=("step", "revision"), name="stepchange_once_each"),)

    def __str__(self) -> str:
        return self.what


class CheckItem(Retirable):
    """One line of a step's self-check list."""

    step = models.ForeignKey(Step, models.CASCADE, related_name="check_items")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)

    objects = RetirableQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.text

    @property
    def check_url(self) -> str:
        return self._url("check")

    @property
    def uncheck_url(self) -> str:
        return self._url("uncheck")

    def _url(self, deed: str) -> str:
        return reverse(f"milestones:{deed}", args=[self.step.milestone.slug, self.step_id, self.pk])


class Resource(Retirable):
    """Something to read, hear or use elsewhere."""

    class Kind(models.TextChoices):
        PODCAST = "podcast", "Podcast"
        ARTICLE = "article", "Article"
        STANDARD = "standard", "Standard"
        TOOL = "tool", "Tool"
        COURSE = "course", "Course"
        COMMUNITY = "community", "Community"

    milestone = models.ForeignKey(Milestone, models.CASCADE, related_name="resources")
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(max_length=200)
    publisher = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ARTICLE)
    url = models.URLField("address", max_length=500)
    note = models.CharField(max_length=300, blank=True, help_text="One line on what to use it for.")
    checked_on = models.DateField("link last checked", null=True, blank=True)
    was_opened = models.BooleanField(
        "opened then", default=False, help_text="Off where only the form of the address was looked at."
    )

    objects = RetirableQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def read_url(self) -> str:
        return self._url("read")

    @property
    def unread_url(self) -> str:
        return self._url("unread")

    def _url(self, deed: str) -> str:
        return reverse(f"milestones:{deed}", args=[self.milestone.slug, self.pk])
