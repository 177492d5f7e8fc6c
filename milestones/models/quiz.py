"""Five questions at the end of a milestone, and people's attempts at them."""

from typing import ClassVar, Self

from django.db import models
from django.urls import reverse
from simple_history.models import HistoricalRecords

from accounts.models import User
from cmetrack.ownership import OwnedModel, OwnedQuerySet
from milestones.models.content import Milestone, Objective
from milestones.models.retiring import Retirable, RetirableQuerySet


class Question(Retirable):
    """A one-best-answer item. Its options stand in alphabetical or numeric order and are not shuffled."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="questions")
    key = models.SlugField(max_length=60, unique=True, help_text="Short fixed name; never change it.")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(help_text="The case and the question that follows from it. Markdown.")
    rationale = models.TextField(help_text="Why the best answer is best. Shown after answering. Markdown.")
    objective = models.ForeignKey(
        Objective, models.SET_NULL, null=True, blank=True, help_text="The objective it tests."
    )
    lesson_heading = models.CharField(
        max_length=150, blank=True, help_text="The heading in the lesson that teaches it, word for word."
    )

    objects = RetirableQuerySet.as_manager()
    history = HistoricalRecords()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.key


class Choice(models.Model):
    """One option of a question."""

    question = models.ForeignKey(Question, models.CASCADE, related_name="choices")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=200)
    is_best = models.BooleanField("best answer", default=False)

    class Meta:
        ordering = ("position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("question",), condition=models.Q(is_best=True), name="choice_one_best_each"
            ),
        )

    def __str__(self) -> str:
        return self.text


class QuizAttemptQuerySet(OwnedQuerySet["QuizAttempt"]):
    def of(self, user: User, milestone: Milestone) -> Self:
        """The person's attempts at this quiz, latest first."""
        mine = self.for_user(user).filter(milestone=milestone).order_by("-created_at", "-pk")
        return mine.select_related("milestone").defer(
            *(f"milestone__{text}" for text in Milestone.LONG_TEXTS)
        )


class QuizAttempt(OwnedModel):
    """One go at a milestone's quiz. Every attempt is kept, and later edits of the quiz change none."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="attempts", editable=False)
    # The question's key, the choice taken, whether it was best: [{"question", "choice", "is_right"}, …].
    answers = models.JSONField(default=list, editable=False)
    correct = models.PositiveSmallIntegerField(editable=False)
    total = models.PositiveSmallIntegerField(editable=False)
    is_passed = models.BooleanField(editable=False)

    objects: ClassVar[QuizAttemptQuerySet] = QuizAttemptQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        indexes = (models.Index(fields=("owner", "milestone")),)
        constraints = (
            *OwnedModel.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(correct__lte=models.F("total")), name="quizattempt_correct_in_total"
            ),
        )

    def __str__(self) -> str:
        return f"{self.milestone}: {self.correct} of {self.total}"

    def get_absolute_url(self) -> str:
        return reverse("milestones:quiz-result", args=[self.milestone.slug, self.pk])
