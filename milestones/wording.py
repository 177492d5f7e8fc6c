"""What a requirement asks for, in the words a person reads beside a step."""

from collections.abc import Callable

from milestones.models import Requirement
from networking.models import Contact, Interaction, Opportunity
from portfolio.models import Format, Sample
from portfolio.models.formats import in_a_sentence

Kind = Requirement.Kind

# Names of formats that take neither an article nor a plural.
UNCOUNTED = ("s", "ing", "matter")

PEOPLE: dict[str, tuple[str, str]] = {
    Contact.Kind.COMMISSIONER: ("person who commissions work", "people who commission work"),
    Contact.Kind.FELLOW_WRITER: ("fellow writer", "fellow writers"),
    Contact.Kind.MENTOR: ("mentor", "mentors"),
    Contact.Kind.FACULTY_SME: ("faculty member or subject expert", "faculty members or subject experts"),
    Contact.Kind.INSTRUCTIONAL_DESIGNER: ("instructional designer", "instructional designers"),
    Contact.Kind.ACCREDITATION_STAFF: ("person in accreditation", "people in accreditation"),
    Contact.Kind.EDITOR_REVIEWER: ("editor or reviewer", "editors or reviewers"),
    Contact.Kind.RECRUITER: ("recruiter", "recruiters"),
    Contact.Kind.PATIENT_ADVOCATE: ("patient advocate", "patient advocates"),
    Contact.Kind.SUPPORTER_IME: ("person who works for a funder", "people who work for a funder"),
    "": ("contact logged", "contacts logged"),
}
TOUCHES: dict[str, tuple[str, str]] = {
    Interaction.Kind.ENGAGEMENT: ("comment or post", "comments or posts"),
    Interaction.Kind.MESSAGE: ("message", "messages"),
    Interaction.Kind.CONVERSATION: ("conversation", "conversations"),
    Interaction.Kind.EVENT: ("event", "events"),
    Interaction.Kind.INTRODUCTION: ("introduction", "introductions"),
    Interaction.Kind.FEEDBACK: ("comment on your work", "comments on your work"),
    Interaction.Kind.PITCH: ("pitch", "pitches"),
    Interaction.Kind.FOLLOW_UP: ("follow-up", "follow-ups"),
    Interaction.Kind.THANKS: ("thank-you", "thank-yous"),
}
# Kinds whose label is one noun and nothing else.
NOUNS: dict[str, tuple[str, str]] = {
    Kind.NOTE: ("word noted", "words noted"),
    Kind.CHECK: ("item ticked", "items ticked"),
    Kind.RESOURCE: ("resource read", "resources read"),
    Kind.PITCH: ("pitch sent", "pitches sent"),
    Kind.RERATE: ("competency rated again", "competencies rated again"),
    Kind.QUALITY: (
        "sample with the quality checklist complete",
        "samples with the quality checklist complete",
    ),
    Kind.SHAREABLE: ("sample you may share", "samples you may share"),
}


def label(requirement: Requirement) -> str:
    """What is asked for: “2 ready needs assessments”, “120 words noted”."""
    noun = NOUNS.get(requirement.kind)
    if noun:
        return _count(requirement.count, noun)
    return LABELS[requirement.kind](requirement)


def log_a_sample(format_: Format | None) -> str:
    """The words on the link that starts a sample: “Log a needs assessment”."""
    if format_ is None:
        return "Log a sample"
    return f"Log {one_of(format_)}"


def one_of(format_: Format) -> str:
    """A piece of this format inside a sentence: “a needs assessment”, “test items”."""
    name = in_a_sentence(format_.name)
    if name.endswith(UNCOUNTED):
        return name
    return f"{'an' if name[0] in 'aeiou' else 'a'} {name}"


def add_a_person(kind: str) -> str:
    """The words on the link that adds a contact: “Add a mentor”."""
    one = PEOPLE[kind][0] if kind else "contact"
    return f"Add {'an' if one[0] in 'aeiou' else 'a'} {one}"


def log_a_touch(kind: str) -> str:
    """The words on the link that logs a touch: “Log an event”."""
    one = TOUCHES[kind][0]
    return f"Log {'an' if one[0] in 'aeiou' else 'a'} {one}"


def _count(count: int, noun: tuple[str, str]) -> str:
    return f"{count:,} {noun[0] if count == 1 else noun[1]}"


def _organisations(requirement: Requirement) -> str:
    spread = f", of {requirement.distinct_kinds} kinds" if requirement.distinct_kinds > 1 else ""
    return _count(requirement.count, ("organisation logged", "organisations logged")) + spread


def _touches(requirement: Requirement) -> str:
    return f"{_count(requirement.count, TOUCHES[requirement.interaction_kind])} logged"


def _samples(requirement: Requirement) -> str:
    status = "ready" if requirement.status == Sample.Status.READY else "draft"
    plain = _count(requirement.count, (f"{status} sample", f"{status} samples"))
    if requirement.format is None:
        return plain
    name = in_a_sentence(requirement.format.name)
    if _has_plain_plural(name):
        return _count(requirement.count, (f"{status} {name}", f"{status} {name}s"))
    return f"{plain}: {name}"


def _has_plain_plural(name: str) -> bool:
    # “Needs assessments” reads well; “abstract, poster or papers” does not.
    words = name.split()
    return not (name.endswith(UNCOUNTED) or "," in name or {"or", "and"} & set(words))


def _opportunities(requirement: Requirement) -> str:
    if requirement.stage == Opportunity.Stage.LANDED:
        return _count(requirement.count, ("project landed", "projects landed"))
    stage = in_a_sentence(requirement.get_stage_display())
    return f"{_count(requirement.count, ('opportunity', 'opportunities'))} at “{stage}” or later"


def _ratings(requirement: Requirement) -> str:
    name = requirement.competency.title if requirement.competency else "All competencies"
    return f"{name} at level {requirement.level} or higher" if requirement.level else f"{name} rated"


LABELS: dict[str, Callable[[Requirement], str]] = {
    Kind.SAMPLE: _samples,
    Kind.ORG: _organisations,
    Kind.CONTACT: lambda r: _count(r.count, PEOPLE[r.contact_kind]),
    Kind.INTERACTION: _touches,
    Kind.OPPORTUNITY: _opportunities,
    Kind.CADENCE_CLEAR: lambda r: r.get_kind_display(),
    Kind.RATE: _ratings,
    Kind.QUIZ: lambda r: "The quiz passed",
}
