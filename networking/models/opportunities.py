"""Pitches and opportunities, from a first lead to a landed project."""

from datetime import date
from typing import ClassVar, Self

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models.functions import Coalesce, RowNumber, TruncDate
from django.urls import reverse

from cmetrack.ownership import every_word
from cmetrack.validators import validate_plausible_date
from networking.models.contacts import Contact
from networking.models.interactions import Channel
from networking.models.organisations import Organisation
from networking.models.planned import Planned, PlannedQuerySet
from portfolio.models import Format, Sample, SampleFile, ShareLink
from portfolio.models.samples import SampleQuerySet


class OpportunityQuerySet(PlannedQuerySet["Opportunity"]):
    def matching(self, words: str) -> Self:
        """Opportunities whose title, organisation or contact contains every word."""
        return self.filter(every_word(words, "title", "organisation__name", "contact__name"))

    def with_live_organisation(self) -> Self:
        """Those whose organisation is not in the trash."""
        return self.filter(organisation__trashed_at=None)

    def open(self) -> Self:
        """Neither landed nor closed."""
        return self.filter(stage__in=Opportunity.OPEN_STAGES)

    def watched(self) -> Self:
        """Open, parked or to be delivered: those whose next date still means something."""
        return self.filter(stage__in=Opportunity.WATCHED_STAGES)

    def reachable(self) -> Self:
        """Those that are not with somebody who asked to be left alone, nor a pitch to a funder."""
        left_alone = self.exclude(contact__stage=Contact.Stage.DO_NOT_CONTACT)
        return left_alone.exclude(stage=Opportunity.Stage.PITCHED, contact__kind=Contact.Kind.SUPPORTER_IME)

    def remindable(self) -> Self:
        return self.watched().reachable()

    def awaiting_reply(self) -> Self:
        """Pitches whose next message the clock decides."""
        return self.filter(stage=Opportunity.Stage.PITCHED, pitched_on__isnull=False)

    def waiting(self, since: date) -> Self:
        """Pitches sent on that day or before and not answered yet, longest waiting first."""
        sent = self.awaiting_reply().filter(pitched_on__lte=since)
        return sent.reachable().order_by("pitched_on", "pk")

    def at_least(self, stage: str) -> Self:
        """Those that ever came as far as `stage`, however they ended."""
        order = Opportunity.FORWARD_STAGES
        return self.filter(furthest_stage__in=order[order.index(Opportunity.Stage(stage)) :])

    def reached(self) -> dict[str, int]:
        """For each stage of the way, how many ever came as far, however they ended."""
        ended = self.order_by().values_list("furthest_stage").annotate(n=models.Count("pk"))
        by_stage, reached, total = dict(ended), {}, 0
        for stage in reversed(Opportunity.FORWARD_STAGES):
            total += by_stage.get(stage, 0)
            reached[stage.value] = total
        return reached

    def sent(self) -> Self:
        """Pitches with the day they went out."""
        return self.filter(pitched_on__isnull=False)

    def pitched(self) -> Self:
        return self.at_least(Opportunity.Stage.PITCHED)

    def latest_work_first(self, since: date | None = None) -> Self:
        """With `done_on`: the day it was agreed, else due, begun or logged. Those from `since` on."""
        dated = self.annotate(done_on=Coalesce("agreed_on", "due_on", "starts_on", TruncDate("created_at")))
        recent = dated.filter(done_on__gte=since) if since else dated
        return recent.order_by("-done_on", "-pk")

    def held(self) -> Self:
        """Those that landed and were not lost since."""
        return self.at_least(Opportunity.Stage.LANDED).exclude(stage__in=Opportunity.CLOSED_STAGES)

    def newest_of_each_stage(self, count: int) -> Self:
        """The latest changed of each stage, and `in_stage`, how many there are of it."""
        by_stage = [models.F("stage")]
        latest = [models.F("updated_at").desc(), models.F("pk").desc()]
        numbered = self.order_by("-updated_at", "-pk").annotate(
            in_stage=models.Window(models.Count("pk"), partition_by=by_stage),
            place=models.Window(RowNumber(), partition_by=by_stage, order_by=latest),
        )
        return numbered.filter(place__lte=count)

    def has_landed(self) -> bool:
        """Whether one of them ever landed."""
        return self.at_least(Opportunity.Stage.LANDED).exists()


class Opportunity(Planned):
    """A possible paid project. `furthest_stage` remembers how far it ever came."""

    class Stage(models.TextChoices):
        LEAD = "lead", "Lead"
        QUALIFIED = "qualified", "Qualified"
        PITCHED = "pitched", "Pitched"
        CONVERSATION = "conversation", "In conversation"
        TEST_BRIEF = "test_brief", "Test or brief"
        QUOTED = "quoted", "Quoted"
        VERBAL_YES = "verbal_yes", "Verbal yes"
        LANDED = "landed", "Landed"
        DELIVERED = "delivered", "Delivered"
        PAID = "paid", "Paid"
        LOST = "lost", "Lost"
        WITHDRAWN = "withdrawn", "Withdrawn"
        ON_HOLD = "on_hold", "On hold"

    class ClosedReason(models.TextChoices):
        NO_REPLY = "no_reply", "No reply"
        NO_BUDGET = "no_budget", "No budget"
        GRANT_NOT_FUNDED = "grant_not_funded", "Grant not funded"
        RATE = "rate", "Rate"
        TIMING = "timing", "Timing"
        CHOSE_OTHER = "chose_other", "Chose another writer"
        NEEDS_EXPERIENCE = "needs_experience", "Wanted more experience"
        SAMPLE_FIT = "sample_fit", "Sample did not fit"
        THERAPEUTIC_FIT = "therapeutic_fit", "Therapeutic area did not fit"
        CONFLICT_OF_INTEREST = "conflict_of_interest", "Conflict of interest"
        IN_HOUSE = "in_house", "Done in house"
        SCOPE_CHANGED = "scope_changed", "Scope changed"
        USER_DECLINED = "user_declined", "I declined"
        OTHER = "other", "Other"

    class TestPay(models.TextChoices):
        PAID = "paid", "Paid"
        UNPAID = "unpaid", "Unpaid"

    class Agreement(models.TextChoices):
        CONTRACT = "contract", "Signed contract"
        STATEMENT_OF_WORK = "statement_of_work", "Statement of work"
        PURCHASE_ORDER = "purchase_order", "Purchase order"
        EMAIL_ACCEPTANCE = "email_acceptance", "Quote accepted by e-mail"
        JOB_OFFER = "job_offer", "Job offer accepted"

    OPEN_STAGES = (
        Stage.LEAD, Stage.QUALIFIED, Stage.PITCHED, Stage.CONVERSATION,
        Stage.TEST_BRIEF, Stage.QUOTED, Stage.VERBAL_YES,
    )  # fmt: skip
    # Agreed in writing, whatever has been done of it since.
    HELD_STAGES = (Stage.LANDED, Stage.DELIVERED, Stage.PAID)
    # The way forward; a closed opportunity keeps the furthest of these that it reached.
    FORWARD_STAGES = (*OPEN_STAGES, *HELD_STAGES)
    CLOSED_STAGES = (Stage.LOST, Stage.WITHDRAWN)
    # Those whose next step and date still mean something.
    WATCHED_STAGES = (*OPEN_STAGES, Stage.LANDED, Stage.ON_HOLD)
    # Those that say by themselves what comes next; moving on ends that plan.
    PLANNING_STAGES = (Stage.PITCHED, Stage.LANDED)
    # Where the list of what to settle before a yes is of use.
    NEAR_YES_STAGES = (Stage.CONVERSATION, Stage.TEST_BRIEF, Stage.QUOTED, Stage.VERBAL_YES)

    # Came further than the pitch, or was turned down in words: a no is an answer, silence is none.
    ANSWERED = models.Q(furthest_stage__in=FORWARD_STAGES[FORWARD_STAGES.index(Stage.CONVERSATION) :]) | (
        models.Q(stage=Stage.LOST) & ~models.Q(closed_reason__in=("", ClosedReason.NO_REPLY))
    )

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="opportunities")
    contact = models.ForeignKey(Contact, models.SET_NULL, null=True, blank=True, related_name="opportunities")
    title = models.CharField(max_length=200)
    format = models.ForeignKey(Format, models.PROTECT, null=True, blank=True, verbose_name="deliverable")
    stage = models.CharField(max_length=20, choices=Stage, default=Stage.LEAD)
    furthest_stage = models.CharField(max_length=20, choices=Stage, default=Stage.LEAD, editable=False)
    samples = models.ManyToManyField(Sample, blank=True, verbose_name="samples sent")
    # Which version of a sample they got, at most one of each, and which page they were sent.
    sample_files = models.ManyToManyField(
        SampleFile, blank=True, editable=False, verbose_name="versions sent", related_name="sent_with"
    )
    share_link = models.ForeignKey(
        ShareLink,
        models.SET_NULL,
        null=True,
        blank=True,
        verbose_name="shared page you sent",
        related_name="sent_with",
    )
    channel = models.CharField("sent by", max_length=20, choices=Channel, blank=True)
    pitched_on = models.DateField(null=True, blank=True, validators=[validate_plausible_date])
    test_pay = models.CharField("is the test paid?", max_length=10, choices=TestPay, blank=True)
    test_hours = models.PositiveSmallIntegerField(
        "hours at most",
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(200)],
        help_text="The limit you agreed on, or set yourself.",
    )
    is_paid = models.BooleanField("paid work", default=False)
    is_writing_test = models.BooleanField("a paid writing test", default=False)
    role = models.CharField(
        max_length=150, blank=True, help_text="For a job: the role instead of a deliverable."
    )
    agreement = models.CharField("written agreement", max_length=30, choices=Agreement, blank=True)
    agreed_on = models.DateField(null=True, blank=True, validators=[validate_plausible_date])
    starts_on = models.DateField(null=True, blank=True, validators=[validate_plausible_date])
    due_on = models.DateField(null=True, blank=True, validators=[validate_plausible_date])
    delivered_on = models.DateField(null=True, blank=True, validators=[validate_plausible_date])
    paid_on = models.DateField(null=True, blank=True, validators=[validate_plausible_date])
    fee = models.DecimalField(
        max_digits=10,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0)],
        help_text="Optional and only for you.",
    )
    currency = models.CharField(max_length=3, blank=True, help_text="Such as EUR, GBP or USD.")
    closed_reason = models.CharField("why it ended", max_length=30, choices=ClosedReason, blank=True)
    lesson = models.TextField("what will I change?", max_length=4000, blank=True)
    notes = models.TextField(max_length=20_000, blank=True)
    # Keys of what is settled before a yes: see `networking.before_yes`.
    settled = models.JSONField(default=list, editable=False)
    # Messages after the pitch that no touch tells of, because nobody is named to have one with.
    follow_ups = models.PositiveSmallIntegerField(default=0, editable=False)
    followed_up_on = models.DateField(null=True, editable=False)

    objects: ClassVar[OpportunityQuerySet] = OpportunityQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Planned.Meta):
        verbose_name_plural = "opportunities"
        ordering = ("-updated_at", "-pk")
        indexes = (
            models.Index(fields=("owner", "trashed_at", "stage")),
            models.Index(fields=("owner", "trashed_at", "next_on")),
        )

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("networking:opportunity-detail", args=[self.pk])

    @property
    def open_contact(self) -> Contact | None:
        """Whom it is with, unless they lie in the trash."""
        return self.contact if self.contact and self.contact.trashed_at is None else None

    @property
    def is_closed(self) -> bool:
        return self.stage in self.CLOSED_STAGES

    @property
    def is_watched(self) -> bool:
        return self.stage in self.WATCHED_STAGES

    @property
    def is_remindable(self) -> bool:
        """Whether its next date still means something, and whom it is with may be reminded of."""
        who, is_pitch = self.contact, self.stage == self.Stage.PITCHED
        is_fair = who is None or (who.is_reachable and not (is_pitch and who.is_funder))
        return self.is_watched and is_fair

    @property
    def awaits_reply(self) -> bool:
        """Whether the clock decides its next message."""
        return self.stage == self.Stage.PITCHED and self.pitched_on is not None

    @property
    def is_held(self) -> bool:
        return self.stage in self.HELD_STAGES

    @property
    def is_delivered(self) -> bool:
        return self.is_held and self.stage != self.Stage.LANDED

    @property
    def is_near_yes(self) -> bool:
        return self.stage in self.NEAR_YES_STAGES

    def sendable_samples(self) -> SampleQuerySet:
        """The owner's samples; one that went to the trash after it was sent stays sent."""
        mine = Sample.objects.for_user(self.owner)
        if self.pk is None:
            return mine
        return mine | Sample.objects.filter(owner=self.owner, pk__in=self.samples.values("pk"))

    def record_stage(self, before: str) -> None:
        """After a save: keep the change of stage in the history and the furthest one reached."""
        if self.stage != before:
            self.stage_changes.create(owner=self.owner, before=before, after=self.stage)
        if self._is_further(reached := self._reached()):
            self.furthest_stage = reached
            self.save(update_fields=["furthest_stage"])

    def _reached(self) -> str:
        # A pitch logged only after it was lost has been sent all the same.
        is_closed_pitch = self.stage in self.CLOSED_STAGES and self.pitched_on is not None
        return self.Stage.PITCHED if is_closed_pitch else self.stage

    def _is_further(self, stage: str) -> bool:
        order = [stage.value for stage in self.FORWARD_STAGES]
        return stage in order and order.index(stage) > order.index(self.furthest_stage)
