"""How much room a person's files take, and that they take no more than that."""

from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from cmetrack.saving import NotSavedError
from portfolio.models import SampleFile

_MB = 1024 * 1024
_GB = 1024 * _MB


@dataclass(frozen=True)
class Room:
    """What is used of what there is, in bytes."""

    used: int
    limit: int

    @property
    def percent(self) -> int:
        """How full it is, for a bar."""
        return min(100, round(100 * self.used / self.limit)) if self.limit else 100

    @property
    def is_short(self) -> bool:
        """Whether it is time to say so."""
        return self.percent >= 90

    def __str__(self) -> str:
        if self.used < _MB // 20:
            return f"{size_in_words(self.limit)} free"
        return f"{size_in_words(self.used)} of {size_in_words(self.limit)} used"


def room_of(owner_id: int) -> Room:
    """All versions count, also those of samples in the trash: they can come back."""
    used = SampleFile.objects.filter(owner=owner_id).total_size()
    return Room(used, settings.STORAGE_MAX_MB * _MB)


def wait_for_other_uploads(owner_id: int) -> None:
    """Let one upload of a person be numbered at a time: two could both take the last of the room."""
    # Not the key: adding any other row of theirs needs to hold that, and need not wait.
    User.objects.select_for_update(no_key=True).get(pk=owner_id)


def check_room(owner_id: int, size: int) -> None:
    """Refuse `size` more bytes when they do not fit. Raises NotSavedError."""
    room = room_of(owner_id)
    if size and room.used + size > room.limit:
        raise NotSavedError(
            f"There is no room for {size_in_words(size)} more: {room}. Delete versions you no longer need "
            "first. Those of samples in the trash count until they are gone for good."
        )


def size_in_words(size: int) -> str:
    """“0.4 MB”, “120 MB”, “1.5 GB”."""
    if size < 10 * _MB:
        return f"{size / _MB:.1f} MB"
    if size < _GB:
        return f"{size // _MB} MB"
    return f"{size / _GB:.1f}".removesuffix(".0") + " GB"
