"""People in the field: who they are to the writer, and when to write next."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import ClassVar, Self

from django.apps import apps
from django.db import models
from django.db.models.functions import Concat, Replace
from django.urls import reverse
from django.utils import timezone

from cmetrack.ownership import OwnedModel, OwnedQuerySet, every_word
from cmetrack.validators import validate_web_address
from networking.models.organisations import Organisation
from networking.models.planned import Planned, PlannedQuerySet
from portfolio.spelling import Names, tags_in

QUIET_AFTER = timedelta(days=30)
ROOM_FOR_TAGS = 200


class ContactQuerySet(PlannedQuerySet["Contact"]):
    def matching(self, words: str) -> Self:
        """Contacts whose name, role, organisation, tags or notes contain every word."""
        return self.filter(every_word(words, "name", "role_title", "organisation__name", "tags", "notes"))

    def reachable(self) -> Self:
        """Everybody who has not asked to be left alone."""
        return self.exclude(stage=Contact.Stage.DO_NOT_CONTACT)

    def remindable(self) -> Self:
        return self.reachable()

    def quiet(self, today: date) -> Self:
        """People not heard from for a while and with nothing planned, longest silence first."""
        silent = self.reachable().filter(next_on=None, last_touch_on__lte=today - QUIET_AFTER)
        return silent.order_by("last_touch_on", "pk")

    def connected_or_later(self) -> Self:
        """People who accepted or replied, up to clients."""
        return self.filter(stage__in=Contact.CONNECTED_STAGES)

    def to_sort(self) -> Self:
        """People caught in passing and not sorted yet, those met first before the others."""
        return self.reachable().filter(to_sort_since__isnull=False).order_by("to_sort_since", "pk")

    def tagged(self, spellings: Iterable[str]) -> Self:
        """People with a tag that is spelt in one of these ways."""
        wanted = models.Q()
        for tag in spellings:
            wanted |= models.Q(listed_tags__contains=f",{tag},")
        # Lists that came from elsewhere may have no space after a comma.
        packed = Replace("tags", models.Value(", "), models.Value(","))
        return self.alias(listed_tags=Concat(models.Value(","), packed, models.Value(","))).filter(wanted)

    def tags_used(self) -> Names:
        """The tags in use, in one query."""
        used = self.order_by().exclude(tags="").values_list("tags").annotate(models.Count("pk"))
        return Names((tag, times) for tags, times in used for tag in tags_in(tags))

    def trash_all(self, now: datetime) -> int:
        """Move them to the trash with their touches, all with one moment; how many went."""
        keys = list(self.filter(trashed_at=None).values_list("pk", flat=True))
        # Parent before children, as everywhere.
        went = Contact.objects.filter(pk__in=keys, trashed_at=None).update(trashed_at=now)
        touches = apps.get_model("networking.Interaction")._default_manager
        touches.filter(contact__in=keys, trashed_at=None).update(trashed_at=now)
        return went

    def recently_touched(self) -> Self:
        """Those in touch last come first, those never touched last."""
        return self.order_by(models.F("last_touch_on").desc(nulls_last=True), "-pk")


class Contact(Planned):
    """Somebody the writer knows or means to know. A third party: store the least needed."""

    class Kind(models.TextChoices):
        COMMISSIONER = "commissioner", "Commissions work"
        FELLOW_WRITER = "fellow_writer", "Fellow writer"
        MENTOR = "mentor", "Mentor"
        FACULTY_SME = "faculty_sme", "Faculty or subject expert"
        INSTRUCTIONAL_DESIGNER = "instructional_designer", "Instructional designer"
        ACCREDITATION_STAFF = "accreditation_staff", "Accreditation staff"
        EDITOR_REVIEWER = "editor_reviewer", "Editor or reviewer"
        RECRUITER = "recruiter", "Recruiter"
        PATIENT_ADVOCATE = "patient_advocate", "Patient advocate"
        SUPPORTER_IME = "supporter_ime", "Works for a funder: learn from, never pitch"

    class SubRole(models.TextChoices):
        """What somebody who commissions work does there (domain.md E)."""

        CONTENT_DIRECTOR = "content_director", "Content or medical director"
        PROGRAMME_MANAGER = "programme_manager", "CME or CPD programme manager"
        GRANT_LEAD = "grant_lead", "Grant development lead"
        MANAGING_EDITOR = "managing_editor", "Managing editor"
        OUTCOMES_LEAD = "outcomes_lead", "Outcomes lead"

    class Stage(models.TextChoices):
        IDENTIFIED = "identified", "Identified"
        RESEARCHED = "researched", "Researched"
        WARMED = "warmed", "Warmed"
        CONNECTED = "connected", "Connected"
        IN_CONVERSATION = "in_conversation", "In conversation"
        WARM_LEAD = "warm_lead", "Warm lead"
        CLIENT = "client", "Client"
        DORMANT = "dormant", "Dormant"
        DO_NOT_CONTACT = "do_not_contact", "Do not contact"

    CONNECTED_STAGES = (Stage.CONNECTED, Stage.IN_CONVERSATION, Stage.WARM_LEAD, Stage.CLIENT)

    name = models.CharField(max_length=150)
    organisation = models.ForeignKey(
        Organisation, models.SET_NULL, null=True, blank=True, related_name="contacts"
    )
    kind = models.CharField(max_length=30, choices=Kind, blank=True)
    sub_role = models.CharField(
        "what they commission as", max_length=30, choices=SubRole, blank=True, help_text="For commissioners."
    )
    role_title = models.CharField("role", max_length=150, blank=True)
    email = models.EmailField("e-mail", blank=True)
    linkedin_url = models.URLField("LinkedIn", blank=True, validators=[validate_web_address])
    met_at = models.CharField("where you met", max_length=200, blank=True)
    reason_to_write = models.CharField(
        max_length=300, blank=True, help_text="One genuine reason: a talk, a paper, a programme of theirs."
    )
    tags = models.CharField(max_length=ROOM_FOR_TAGS, blank=True, help_text="Separated by commas.")
    notes = models.TextField(max_length=20_000, blank=True)
    stage = models.CharField("relationship", max_length=20, choices=Stage, default=Stage.IDENTIFIED)
    # Since when they stand there: without a touch the clock counts from this day.
    stage_set_on = models.DateField(default=timezone.localdate, editable=False)
    last_touch_on = models.DateField(null=True, editable=False)
    # Caught in passing, with little more than a name; None once the rest was filled in.
    to_sort_since = models.DateTimeField(null=True, editable=False)
    # How many of its revisions came from imports and their undoing, and from nobody's work.
    import_revisions = models.PositiveIntegerField(default=0, editable=False)
    # What an address book calls this person, so that its next export is recognised.
    vcard_uid = models.CharField(max_length=255, blank=True, editable=False)

    takes_along: ClassVar[tuple[str, ...]] = ("interactions",)

    objects: ClassVar[ContactQuerySet] = ContactQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(Planned.Meta):
        ordering = ("name", "pk")
        indexes = (
            models.Index(fields=("owner", "trashed_at", "name")),
            models.Index(fields=("owner", "trashed_at", "next_on")),
            models.Index(fields=("owner", "trashed_at", "last_touch_on")),
        )

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("networking:detail", args=[self.pk])

    @property
    def open_organisation(self) -> Organisation | None:
        """Where they work, unless that lies in the trash."""
        return self.organisation if self.organisation and self.organisation.trashed_at is None else None

    @property
    def is_reachable(self) -> bool:
        """Whether reminders are welcome: they have not asked to be left alone."""
        return self.stage != Contact.Stage.DO_NOT_CONTACT

    @property
    def is_funder(self) -> bool:
        """Whether the rules on independence ask for care: never pitch, never discuss content."""
        return self.kind == Contact.Kind.SUPPORTER_IME

    @property
    def tag_list(self) -> list[str]:
        return tags_in(self.tags)

    def enter_stage(self, stage: str, today: date) -> None:
        """Note that the relationship stands there from today; save it with the plan that follows."""
        self.stage, self.stage_set_on = stage, today
        self.save(update_fields=["stage", "stage_set_on", "updated_at"])

    def recount_last_touch(self) -> None:
        """Take the last touch from what is logged, so that a corrected log corrects it too."""
        latest = self.interactions.filter(trashed_at=None).aggregate(on=models.Max("happened_on"))["on"]
        self.last_touch_on = latest
        self.save(update_fields=["last_touch_on"])


class ContactDetail(OwnedModel):
    """One more way to reach a contact, or one more page of theirs, beside the main ones."""

    class Kind(models.TextChoices):
        EMAIL = "email", "E-mail"
        LINK = "link", "Link"

    contact = models.ForeignKey(Contact, models.CASCADE, related_name="details", editable=False)
    kind = models.CharField(max_length=10, choices=Kind)
    value = models.CharField(max_length=500)
    label = models.CharField(max_length=60, blank=True)

    objects: ClassVar[OwnedQuerySet["ContactDetail"]] = OwnedQuerySet.as_manager()  # type: ignore[assignment]

    class Meta(OwnedModel.Meta):
        ordering = ("kind", "pk")
        constraints = (
            *OwnedModel.Meta.constraints,
            models.UniqueConstraint(fields=("contact", "kind", "value"), name="contactdetail_once_each"),
        )

    def __str__(self) -> str:
        return self.value
