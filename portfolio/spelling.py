"""Names that people type again and again: “cardiology” and “Cardiology ” are one and the same."""

from collections import Counter, defaultdict
from collections.abc import Iterable


def tidy(name: str) -> str:
    """Without needless spaces."""
    return " ".join(name.split())


def alike(name: str) -> str:
    """The same for all spellings of a name that differ only in capitals and spaces."""
    return tidy(name).casefold()


def tags_in(text: str) -> list[str]:
    """The tags between the commas, each once, spelt as it was first."""
    tags: dict[str, str] = {}
    for tag in text.split(","):
        tags.setdefault(alike(tag), tidy(tag))
    return [tag for tag in tags.values() if tag]


class Names:
    """What a person has used as names of one sort, each spelling with how often."""

    def __init__(self, used: Iterable[tuple[str, int]]) -> None:
        self._spellings: dict[str, Counter[str]] = defaultdict(Counter)
        for name, times in used:
            if alike(name):
                self._spellings[alike(name)][name] += times

    def all(self) -> list[str]:
        """Each name once, as it is spelt most often, in alphabetical order."""
        return [self._usual(spellings) for _, spellings in sorted(self._spellings.items())]

    def usual(self, name: str) -> str:
        """How this name is spelt most often; one never used stays as it is."""
        return self._usual(self._spellings.get(alike(name)) or Counter([tidy(name)]))

    def spellings(self, name: str) -> list[str]:
        """Every way in which this name has been spelt."""
        return list(self._spellings.get(alike(name), [name]))

    @staticmethod
    def _usual(spellings: Counter[str]) -> str:
        return tidy(max(sorted(spellings), key=spellings.__getitem__))
