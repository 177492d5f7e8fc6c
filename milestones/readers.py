"""How each kind of requirement is read from a person's records: one function a kind."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.text import Truncator

from milestones import wording
from milestones.models import Competency, Requirement, Step
from milestones.records import Found, Proof, Records
from networking.models import Interaction, Opportunity
from portfolio.models import Sample

Kind = Requirement.Kind
Stage = Opportunity.Stage
# A retired sample is in none of these: it never counts.
STATUSES = [Sample.Status.IDEA, Sample.Status.DRAFT, Sample.Status.IN_REVIEW, Sample.Status.READY]
# Pages of a milestone that an editor can look at before people do.
IN_PREVIEW = {
    "milestones:detail": "milestones:preview",
    "milestones:quiz": "milestones:preview-quiz",
    "milestones:step": "milestones:preview-step",
}
# What an address calls the step that something is made for.
FOR_STEP = "step"
# Characters of a title that a link can hold.
NAME_IN_A_LINK = 40


@dataclass(frozen=True)
class Link:
    """Where the missing piece is made, with the form already filled in."""

    label: str
    view: str
    args: tuple[object, ...] = ()
    query: Mapping[str, str] = field(default_factory=dict)
    # Where on a page that is read, for what is not made by a form of its own.
    anchor: str = ""

    def url_for(self, step: Step) -> str:
        """Its address. A form is told for which step it is opened: saving it then leads back there."""
        view = IN_PREVIEW.get(self.view, self.view) if step.milestone.is_preview else self.view
        page = reverse(view, args=self.args)
        if self.anchor:
            return f"{page}#{self.anchor}"
        return f"{page}?{urlencode({**self.query, FOR_STEP: step.pk})}"

    @property
    def page(self) -> str:
        return reverse(self.view, args=self.args)


ALL_COMPETENCIES = Link("Rate yourself", "milestones:competencies", anchor="one-by-one")


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
    so_far = _so_far(requirement, found, Sample.Status(requirement.status).label.lower())
    if not unfinished.proof:
        return Reading(found.total, False, _log_sample(requirement), found.proof, so_far)
    near = unfinished.proof[0]
    missing = Link("Finish the draft", "portfolio:update", near.args)
    return Reading(found.total, False, missing, found.proof, so_far if found.total else "", near)


def read_quality(requirement: Requirement, records: Records) -> Reading:
    found = records.samples.find(lambda *sort: sort[2])
    unchecked = _furthest(records, lambda checked, shareable: not checked)
    return _counted(requirement, found, _with_sample(unchecked, "Check {}", "portfolio:quality"))


def read_shareable(requirement: Requirement, records: Records) -> Reading:
    found = records.samples.find(lambda *sort: sort[3])
    unreleased = _furthest(records, lambda checked, shareable: not shareable)
    return _counted(requirement, found, _with_sample(unreleased, "See what {} lacks", "portfolio:detail"))


def read_organisations(requirement: Requirement, records: Records) -> Reading:
    found = records.organisations.find(lambda kind: True)
    view = "networking:organisation-create"
    kinds = len(records.organisations.first_sorts() - {""})
    if kinds >= requirement.distinct_kinds or not found.total:
        return _counted(requirement, found, Link("Add an organisation", view))
    spread = f"{found.total} so far, of {kinds} {'kind' if kinds == 1 else 'kinds'}"
    return Reading(found.total, False, Link("Add one of another kind", view), found.proof, spread)


def read_contacts(requirement: Requirement, records: Records) -> Reading:
    wanted = requirement.contact_kind
    found = records.contacts.find(lambda kind: wanted in ("", kind))
    query = {"kind": wanted} if wanted else {}
    return _counted(requirement, found, Link(wording.add_a_person(wanted), "networking:create", query=query))


def read_touches(requirement: Requirement, records: Records) -> Reading:
    kind = requirement.interaction_kind
    found = records.touches.find(lambda one: one == kind)
    if kind == Interaction.Kind.FEEDBACK:
        # No contact is needed for it: a reader's comments count once they are accepted.
        of = _furthest(records, lambda checked, shareable: True)
        missing = _with_sample(of, "Ask a reader about {}", "portfolio:review-create")
    else:
        missing = Link(wording.log_a_touch(kind), "milestones:touch", query={"kind": kind})
    return _counted(requirement, found, missing)


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
    missing = _rate("Rate yourself", [row for row in wanted if row not in enough])
    is_met = bool(wanted) and len(enough) == len(wanted)
    if not named:
        detail = f"{len(enough)} of {len(wanted)}"
        return Reading(len(enough), is_met, missing, _ratings_of(enough), detail)
    detail = f"level {rated[0].latest_level}" if rated else "not rated yet"
    return Reading(len(enough), is_met, missing, _ratings_of(enough), detail)


def read_rerates(requirement: Requirement, records: Records) -> Reading:
    """Competencies rated on more than one day. Those chosen to be raised are the first to look at again."""
    again = [row for row in records.competencies.values() if row.days_rated > 1]
    once = [row for row in records.competencies.values() if row.days_rated == 1]
    once.sort(key=lambda row: not row.is_chosen)
    missing = _rate("Rate yourself again", once)
    detail = f"{len(again)} of {requirement.count}"
    return Reading(len(again), len(again) >= requirement.count, missing, _ratings_of(again), detail)


def read_quiz(requirement: Requirement, records: Records) -> Reading:
    milestone = requirement.step.milestone
    best = records.quiz_best.get(milestone.pk)
    passed = records.quiz_passed.get(milestone.pk)
    detail = "not taken yet" if best is None else f"best so far: {best} right"
    missing = Link("Take the quiz", "milestones:quiz", (milestone.slug,))
    if passed is None:
        return Reading(0, False, missing, detail=detail)
    proof = Proof("what you answered", "milestones:quiz-result", (milestone.slug, passed))
    return Reading(1, True, missing, (proof,), detail)


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


def _so_far(requirement: Requirement, found: Found, what: str = "") -> str:
    if found.total >= requirement.count:
        return ""
    return f"{found.total} of {requirement.count} {what}".strip() if found.total else "none yet"


def _furthest(records: Records, wanted: Callable[..., bool]) -> Proof | None:
    """The latest sample among those nearest to ready, of those that are `wanted`."""
    by_status = (
        records.samples.find(lambda format_, status, *rest, at=at: status == at and wanted(*rest)).proof
        for at in reversed(STATUSES)
    )
    return next((proof[0] for proof in by_status if proof), None)


def _with_sample(sample: Proof | None, words: str, view: str) -> Link:
    if sample is None:
        return Link(wording.log_a_sample(None), "portfolio:create")
    return Link(words.format(f"“{Truncator(sample.name).chars(NAME_IN_A_LINK)}”"), view, sample.args)


def _rate(words: str, missing: Iterable[Competency]) -> Link:
    """To the form of the first of these that is in use, or to all of them."""
    first = next((row for row in missing if row.retired_on is None), None)
    return Link(words, "milestones:competency", (first.key,)) if first else ALL_COMPETENCIES


def _ratings_of(rows: Iterable[Competency]) -> tuple[Proof, ...]:
    current = (row for row in rows if row.retired_on is None)
    return tuple(Proof(row.title, "milestones:competency", (row.key,)) for row in current)


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
