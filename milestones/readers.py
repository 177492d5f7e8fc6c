"""How each kind of requirement is read from a person's records: one function a kind."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse

from milestones import wording
from milestones.models import Competency, Requirement
from milestones.records import Found, Proof, Records
from networking.models import Interaction, Opportunity
from portfolio.models import Sample

Kind = Requirement.Kind
Stage = Opportunity.Stage
# A retired sample is in none of these: it never counts.
STATUSES = [Sample.Status.IDEA, Sample.Status.DRAFT, Sample.Status.IN_REVIEW, Sample.Status.READY]


@dataclass(frozen=True)
class Link:
    """Where the missing piece is made, with the form already filled in."""

    label: str
    view: str
    args: tuple[object, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    anchor: str = ""

    @property
    def url(self) -> str:
        query = f"?{urlencode(self.query)}" if self.query else ""
        anchor = f"#{self.anchor}" if self.anchor else ""
        return f"{reverse(self.view, args=self.args)}{query}{anchor}"


WITH_A_CONTACT = Link("Log it with a contact", "networking:index")
# Where touches of a kind are made that no contact is needed for.
TO_LOG_TOUCHES: dict[str, Link] = {
    Interaction.Kind.FEEDBACK: Link("Ask a reader about a sample", "portfolio:index")
}


@dataclass(frozen=True)
class Reading:
    """What counts towards a requirement, and how to get what is still missing."""

    have: int
    is_met: bool
    missing: Link
    proof: tuple[Proof, ...] = ()
    # What there is in words, where names alone do not say it.
    detail: str = ""
    # A record that would count if it were finished.
    near: Proof | None = None


def read_checks(requirement: Requirement, records: Records) -> Reading:
    have = records.ticks.get(requirement.step_id, 0)
    missing = _on_step(requirement, "Open the checklist", "checklist")
    return Reading(have, have >= requirement.count, missing, detail=f"{have} of {requirement.count}")


def read_note(requirement: Requirement, records: Records) -> Reading:
    progress = records.progress.get(requirement.step_id)
    have = progress.words if progress else 0
    missing = _on_step(requirement, "Continue your note" if have else "Write your note", "note")
    words = f"{have:,} {'word' if have == 1 else 'words'}" if have else "nothing noted yet"
    return Reading(have, have >= requirement.count, missing, detail=words)


def read_resources(requirement: Requirement, records: Records) -> Reading:
    milestone = requirement.step.milestone
    found = records.reads.find(lambda pk: pk == milestone.pk)
    missing = Link("Open the resources", "milestones:detail", (milestone.slug,), anchor="resources")
    return _counted(requirement, found, missing)


def read_samples(requirement: Requirement, records: Records) -> Reading:
    wanted = requirement.format_id
    enough = STATUSES.index(Sample.Status(requirement.status))
    found = records.samples.find(
        lambda format_, status, *_: wanted in (None, format_) and status in STATUSES[enough:]
    )
    if found.total >= requirement.count:
        return Reading(found.total, True, _log_sample(requirement), found.proof)
    unfinished = records.samples.find(
        lambda format_, status, *_: wanted in (None, format_) and status in STATUSES[:enough]
    )
    if not unfinished.proof:
        return _counted(requirement, found, _log_sample(requirement))
    near = unfinished.proof[0]
    missing = Link("Finish the draft", "portfolio:update", near.args)
    so_far = _so_far(requirement, found) if found.total else ""
    return Reading(found.total, False, missing, found.proof, so_far, near)


def read_quality(requirement: Requirement, records: Records) -> Reading:
    found = records.samples.find(lambda *sort: sort[2])
    return _counted(requirement, found, Link("Choose a sample to check", "portfolio:index"))


def read_shareable(requirement: Requirement, records: Records) -> Reading:
    found = records.samples.find(lambda *sort: sort[3])
    missing = Link("See what your samples lack", "portfolio:index", query={"status": Sample.Status.READY})
    return _counted(requirement, found, missing)


def read_organisations(requirement: Requirement, records: Records) -> Reading:
    found = records.organisations.find(lambda kind: True)
    missing = Link("Add an organisation", "networking:organisation-create")
    kinds = len(records.organisations.first_sorts() - {""})
    if kinds >= requirement.distinct_kinds or not found.total:
        return _counted(requirement, found, missing)
    spread = f"{found.total} so far, of {kinds} {'kind' if kinds == 1 else 'kinds'}"
    return Reading(found.total, False, missing, found.proof, spread)


def read_contacts(requirement: Requirement, records: Records) -> Reading:
    wanted = requirement.contact_kind
    found = records.contacts.find(lambda kind: wanted in ("", kind))
    query = {"kind": wanted} if wanted else {}
    return _counted(requirement, found, Link(wording.add_a_person(wanted), "networking:create", query=query))


def read_touches(requirement: Requirement, records: Records) -> Reading:
    found = records.touches.find(lambda kind: kind == requirement.interaction_kind)
    return _counted(requirement, found, TO_LOG_TOUCHES.get(requirement.interaction_kind, WITH_A_CONTACT))


def read_pitches(requirement: Requirement, records: Records) -> Reading:
    found = _reached(Stage.PITCHED, records)
    return _counted(requirement, found, _log_opportunity("Log a pitch", Stage.PITCHED))


def read_opportunities(requirement: Requirement, records: Records) -> Reading:
    stage = Stage(requirement.stage)
    words = "Log the project you landed" if stage == Stage.LANDED else "Log an opportunity"
    return _counted(requirement, _reached(stage, records), _log_opportunity(words, stage))


def read_cadence(requirement: Requirement, records: Records) -> Reading:
    pitched = _reached(Stage.PITCHED, records)
    adrift = records.opportunities.find(lambda furthest, is_adrift: is_adrift)
    if not pitched.total:
        missing = _log_opportunity("Log a pitch", Stage.PITCHED)
        return Reading(0, False, missing, detail="no pitch logged yet")
    if not adrift.total:
        return Reading(1, True, Link("Opportunities", "networking:opportunity-index"))
    detail = f"{adrift.total} {'has' if adrift.total == 1 else 'have'} no date"
    missing = Link("Set the next date", "networking:opportunity-update", adrift.proof[0].args)
    return Reading(0, False, missing, adrift.proof, detail)


def read_ratings(requirement: Requirement, records: Records) -> Reading:
    """One competency, or all in use; with a level, only those rated at least so high now."""
    named = requirement.competency_id
    wanted = [row for pk, row in records.competencies.items() if _is_asked(row, pk, named)]
    rated = [row for row in wanted if row.latest_level is not None]
    enough = [row for row in rated if (row.latest_level or 0) >= requirement.level]
    missing = Link(
        "Rate yourself", "milestones:competencies", anchor=wanted[0].key if named and wanted else ""
    )
    is_met = bool(wanted) and len(enough) == len(wanted)
    if not named:
        return Reading(len(enough), is_met, missing, detail=f"{len(enough)} of {len(wanted)}")
    detail = f"level {rated[0].latest_level}" if rated else "not rated yet"
    return Reading(len(enough), is_met, missing, detail=detail)


def read_rerates(requirement: Requirement, records: Records) -> Reading:
    """Competencies rated on more than one day."""
    have = sum(row.days_rated > 1 for row in records.competencies.values())
    missing = Link("Rate yourself again", "milestones:competencies")
    return Reading(have, have >= requirement.count, missing, detail=f"{have} of {requirement.count}")


def read_quiz(requirement: Requirement, records: Records) -> Reading:
    milestone = requirement.step.milestone
    best = records.quiz_best.get(milestone.pk)
    is_met = milestone.pk in records.quiz_passed
    detail = "not taken yet" if best is None else f"best so far: {best} right"
    return Reading(
        int(is_met), is_met, Link("Take the quiz", "milestones:quiz", (milestone.slug,)), detail=detail
    )


READERS: dict[str, Callable[[Requirement, Records], Reading]] = {
    Kind.CHECK: read_checks,
    Kind.NOTE: read_note,
    Kind.RESOURCE: read_resources,
    Kind.SAMPLE: read_samples,
    Kind.ORG: read_organisations,
    Kind.CONTACT: read_contacts,
    Kind.INTERACTION: read_touches,
    Kind.PITCH: read_pitches,
    Kind.OPPORTUNITY: read_opportunities,
    Kind.CADENCE_CLEAR: read_cadence,
    Kind.RATE: read_ratings,
    Kind.RERATE: read_rerates,
    Kind.QUIZ: read_quiz,
    Kind.QUALITY: read_quality,
    Kind.SHAREABLE: read_shareable,
}


def _is_asked(row: Competency, pk: int, named: int | None) -> bool:
    return pk == named if named else row.retired_on is None


def _counted(requirement: Requirement, found: Found, missing: Link) -> Reading:
    is_met = found.total >= requirement.count
    return Reading(found.total, is_met, missing, found.proof, _so_far(requirement, found))


def _so_far(requirement: Requirement, found: Found) -> str:
    if found.total >= requirement.count:
        return ""
    return f"{found.total} of {requirement.count}" if found.total else "none yet"


def _reached(stage: Stage, records: Records) -> Found:
    # The furthest stage and not today's: a project that fell through was landed all the same.
    enough = Opportunity.FORWARD_STAGES[Opportunity.FORWARD_STAGES.index(stage) :]
    return records.opportunities.find(lambda furthest, is_adrift: furthest in enough)


def _on_step(requirement: Requirement, words: str, anchor: str) -> Link:
    step = requirement.step
    return Link(words, "milestones:step", (step.milestone.slug, step.pk), anchor=anchor)


def _log_sample(requirement: Requirement) -> Link:
    query = {"format": requirement.format.key} if requirement.format else {}
    query["status"] = requirement.status
    return Link(wording.log_a_sample(requirement.format), "portfolio:create", query=query)


def _log_opportunity(words: str, stage: Stage) -> Link:
    return Link(words, "networking:opportunity-create", query={"stage": stage.value})
