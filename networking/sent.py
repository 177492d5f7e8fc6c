"""What of the portfolio went with a pitch: each sample, with the version they got, and who saw it so."""

from collections.abc import Iterable
from dataclasses import dataclass

from accounts.models import User
from networking.due_words import day_in_words
from networking.models import Opportunity
from portfolio.models import PrivateShowing, Sample, SampleFile
from portfolio.showing import may_be_sent

SHOWN_TO_MAX = 150


@dataclass(frozen=True)
class SentSample:
    title: str
    url: str
    version: str


def version_words(file: SampleFile) -> str:
    """“version 2, redacted”."""
    return f"version {file.version}, redacted" if file.is_redacted else f"version {file.version}"


def sent_samples(opportunity: Opportunity, user: User) -> list[SentSample]:
    """The samples that are not in the trash."""
    files = opportunity.sample_files.for_user(user)
    versions = {file.sample_id: version_words(file) for file in files}
    samples = opportunity.samples.for_user(user)
    return [SentSample(s.title, s.get_absolute_url(), versions.get(s.pk, "")) for s in samples]


def title_to_send(sample: Sample) -> str:
    """The title where samples to send are chosen: “Renal slides: not released yet”."""
    return sample.title if may_be_sent(sample) else f"{sample.title}: not released yet"


def note_showings(opportunity: Opportunity, samples: Iterable[Sample]) -> str:
    """Note who saw those of `samples` that are shown one to one only, once each; gives what to say of it."""
    private = [s for s in samples if s.effective_permission == Sample.Permission.GRANTED_PRIVATE]
    if not private or not opportunity.pitched_on:
        return ""
    who = ", ".join(str(one) for one in (opportunity.contact, opportunity.organisation) if one)
    this = {"shown_to": who[:SHOWN_TO_MAX], "note": f"Sent with “{opportunity}”."}
    # What its owner took away is not written down again.
    noted = PrivateShowing.objects.trashed_or_not(opportunity.owner).filter(sample__in=private, **this)
    known = set(noted.values_list("sample", flat=True))
    PrivateShowing.objects.bulk_create(
        PrivateShowing(owner=opportunity.owner, sample=sample, shown_on=opportunity.pitched_on, **this)
        for sample in private
        if sample.pk not in known
    )
    return f"Noted with {_titles(private)}: shown to {who} on {day_in_words(opportunity.pitched_on)}."


def warn_of_unreleased(samples: Iterable[Sample]) -> str:
    """What to say of those of `samples` that nobody released; empty when all are."""
    kept_back = [sample for sample in samples if not may_be_sent(sample)]
    if not kept_back:
        return ""
    return f"Not released yet: {_titles(kept_back)}. Ask whoever it was written for before you send it again."


def _titles(samples: Iterable[Sample]) -> str:
    return ", ".join(f"“{sample}”" for sample in samples)
