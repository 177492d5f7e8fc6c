"""What readers could learn that its owner may not mean to tell: the client’s name, and who wrote the file."""

import re
from collections.abc import Iterable

from portfolio.models import Sample, SampleFile
from portfolio.showing import ALLOWED

# The words that go out with a sample wherever its details may, as its owner knows them.
WORDS = {
    "title": "the title",
    "therapeutic_area": "the therapeutic area",
    "audience": "the audience",
    "summary": "the summary",
    "objectives": "the learning objectives",
    "role": "your part",
}


def giveaways(sample: Sample, file: SampleFile | None) -> list[str]:
    """What to look at before `sample` is read with `file`, in a sentence each. The owner decides."""
    found = []
    if ALLOWED[sample.effective_permission].details and (places := places_naming_client(sample)):
        found.append(f"The client’s name stands in what readers see: {', '.join(places)}.")
    if file and file.traces:
        found.append(f"The file tells beside its content: {'; '.join(file.traces)}.")
    return found


def giveaways_ahead(sample: Sample, versions: Iterable[SampleFile]) -> list[str]:
    """The same before anything is shown, of the latest of `versions` that its permission lets out."""
    kinds = ALLOWED[sample.effective_permission].files
    return giveaways(sample, next((file for file in versions if file.kind in kinds), None))


def places_naming_client(sample: Sample) -> list[str]:
    """Which of the words that go out hold the client’s name."""
    name = " ".join(sample.client_name.split())
    if not name:
        return []
    # Part of a longer word is something else: the client “Ana” is not in “analysis”.
    spelled = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.IGNORECASE)
    return [
        place for field, place in WORDS.items() if spelled.search(" ".join(getattr(sample, field).split()))
    ]
