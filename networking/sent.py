"""What of the portfolio went with a pitch: each sample, with the version they got."""

from dataclasses import dataclass

from accounts.models import User
from networking.models import Opportunity
from portfolio.models import SampleFile


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
