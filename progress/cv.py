"""Lines for a CV or an e-mail: what a person has written, in words that give nobody away.

A sample is described in full only where the table of `portfolio.showing` lets a page do so, and in
general words otherwise. Projects are always described by the kind of client: no name is read here,
neither of an organisation nor of the project, so none can get out.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.text import capfirst

from accounts.models import User
from milestones.wording import one_of
from networking.models import Opportunity, Organisation
from portfolio.giveaways import places_naming_client
from portfolio.models import Sample
from portfolio.models.formats import in_a_sentence
from portfolio.showing import allowance, generic_line
from progress.cv_filters import CvFilters

# Of samples and of projects; no CV is longer, and the filters reach what is older.
MOST = 50

Kind = Organisation.Kind
CLIENTS: dict[str, str] = {
    Kind.MEC: "a medical education company",
    Kind.SOCIETY: "a specialty society",
    Kind.ACADEMIC_CENTER: "a university or professional school",
    Kind.HEALTH_SYSTEM: "a health system",
    Kind.PUBLISHER: "a publisher",
    Kind.NONPROFIT: "a non-profit organisation",
    Kind.AGENCY: "a communication agency",
    Kind.PUBLIC_BODY: "a public body",
    Kind.VET_CE: "a provider of veterinary education",
    Kind.STAFFING: "a staffing firm",
    Kind.COMMUNITY: "a professional body",
    "": "a client",
}


@dataclass(frozen=True)
class CvLine:
    text: str
    # Where its record is.
    url: str


@dataclass(frozen=True)
class CvGroup:
    """Lines that belong together; the title goes with them, the reason is for their owner."""

    title: str
    reason: str
    lines: list[CvLine]

    @property
    def text(self) -> str:
        return "\n".join([self.title, *(line.text for line in self.lines)])


@dataclass(frozen=True)
class Cv:
    groups: list[CvGroup]
    is_cut: bool

    @property
    def total(self) -> int:
        return sum(len(group.lines) for group in self.groups)

    @property
    def text(self) -> str:
        """All of it, to be pasted as it is."""
        return "\n\n".join(group.text for group in self.groups)


def cv_lines(user: User, filters: CvFilters) -> Cv:
    """The lines asked for, in two queries however many there are."""
    samples = list(filters.samples(Sample.objects.for_user(user)).listed()[: MOST + 1])
    mine = Opportunity.objects.for_user(user).select_related("organisation", "format")
    projects = list(filters.projects(mine)[: MOST + 1])
    in_sentences = filters.chosen("wording") == "sentence"
    groups = (
        CvGroup(
            "Projects",
            "Work that was agreed in writing, by the kind of client.",
            [CvLine(project_text(p, in_sentences), p.get_absolute_url()) for p in projects[:MOST]],
        ),
        *_sample_groups(samples[:MOST], in_sentences),
    )
    shown = [group for group in groups if group.lines]
    return Cv(shown, is_cut=len(samples) > MOST or len(projects) > MOST)


def _sample_groups(samples: Iterable[Sample], in_sentences: bool) -> tuple[CvGroup, CvGroup]:
    named: list[CvLine] = []
    general: list[CvLine] = []
    for sample in samples:
        lines = named if _is_named(sample) else general
        lines.append(CvLine(sample_text(sample, in_sentences), sample.get_absolute_url()))
    return (
        CvGroup("Writing samples", "Ready and free to be named.", named),
        CvGroup(
            "Further writing",
            "In general words only, since they are not ready, not released to be named, or name the client.",
            general,
        ),
    )


def sample_text(sample: Sample, in_sentence: bool) -> str:
    """One sample in words that its permission allows."""
    allowed = allowance(sample)
    if not _is_named(sample):
        return _general_sentence(sample) if in_sentence else _general_line(sample)
    text = _full_sentence(sample) if in_sentence else _full_line(sample)
    return f"{text} {sample.external_url}" if allowed.link and sample.external_url else text


def _is_named(sample: Sample) -> bool:
    """Whether its own words may be used: released, and without the client’s name in them."""
    return allowance(sample).details and not places_naming_client(sample)


def _full_line(sample: Sample) -> str:
    audience = f"for {in_a_sentence(sample.audience)}" if sample.audience else ""
    what = (*_what(sample), audience, str(_year(sample)))
    role = f" {sample.role.rstrip('.')}." if sample.role else ""
    return f"“{sample.title}”: {', '.join(part for part in what if part)}.{role}"


def _what(sample: Sample) -> tuple[str, str]:
    return in_a_sentence(sample.format.name), in_a_sentence(sample.therapeutic_area)


def _full_sentence(sample: Sample) -> str:
    audience = f" for {in_a_sentence(sample.audience)}" if sample.audience else ""
    return f"{_did(sample)} “{sample.title}”, {_piece(sample)}{audience} ({_year(sample)})."


def _general_line(sample: Sample) -> str:
    unfinished = "" if sample.status == Sample.Status.READY else " (in preparation)"
    return f"{capfirst(generic_line(sample))}{unfinished}"


def _general_sentence(sample: Sample) -> str:
    return f"{_did(sample)} {_piece(sample)} ({_year(sample)})."


def _did(sample: Sample) -> str:
    is_edited = sample.origin == Sample.Origin.EDITED
    if sample.status == Sample.Status.READY:
        return "I edited" if is_edited else "I wrote"
    return "I am editing" if is_edited else "I am writing"


def _piece(sample: Sample) -> str:
    area = f" in {in_a_sentence(sample.therapeutic_area)}" if sample.therapeutic_area else ""
    return f"{one_of(sample.format)}{area}"


def _year(row: Sample | Opportunity) -> int:
    return int(row.done_on.year)  # type: ignore[union-attr]


def project_text(project: Opportunity, in_sentence: bool) -> str:
    """One project by what it was, the kind of client and the year."""
    client, test = CLIENTS[project.organisation.kind], " (a paid writing test)" * project.is_writing_test
    year = _year(project)
    if project.format is None:
        # A role as it was typed may name the employer.
        if in_sentence:
            return f"{capfirst(client)} took me on as a writer{test} ({year})."
        return f"Writer{test}, for {client}, {year}"
    if in_sentence:
        return f"{capfirst(client)} commissioned {one_of(project.format)}{test} from me ({year})."
    return f"{project.format.name}{test}, for {client}, {year}"
