"""What their owner sees of the samples on a page: the version on show, a newer one, and what hinders it."""

from dataclasses import dataclass

from portfolio.models import SampleFile, ShareItem, ShareLink
from portfolio.sharing import file_shown, file_to_pin
from portfolio.showing import allowance, generic_line, obstacles, obstacles_of


@dataclass(frozen=True)
class Placed:
    """One sample on a page: whether readers see it, in which words, and what could be done about it."""

    item: ShareItem
    shown_as: str
    is_shown: bool
    newer: SampleFile | None
    # Why nothing of it, or nothing newer, may be shown.
    obstacles: list[str]


def placed_items(link: ShareLink) -> list[Placed]:
    """Every sample on the page, also those that readers do not see at the moment."""
    items = list(link.items.select_related("sample__format", "file").prefetch_related("sample__files"))
    hindered = obstacles_of([item.sample for item in items])
    return [_placed(item, hindered[item.sample_id]) for item in items]


def publish_newest(item: ShareItem) -> str:
    """Put the newest version on the page; gives back why that may not be, or nothing."""
    hindrance = obstacles(item.sample)
    if hindrance:
        return f"Not yet. {hindrance[0]}"
    item.file = file_to_pin(item.sample, item.sample.files.all())
    item.save(update_fields=["file", "updated_at"])
    return ""


def _placed(item: ShareItem, hindrance: list[str]) -> Placed:
    sample, allowed = item.sample, allowance(item.sample)
    newest = file_to_pin(sample, sample.files.all())
    is_newer = newest is not None and newest.pk != item.file_id
    return Placed(
        item=item,
        shown_as=_shown_as(item),
        is_shown=allowed.on_a_page,
        newer=newest if is_newer else None,
        obstacles=hindrance if (is_newer or not allowed.on_a_page) and not allowed.in_general else [],
    )


def _shown_as(item: ShareItem) -> str:
    sample, allowed = item.sample, allowance(item.sample)
    if allowed.in_general:
        return f"Only as “{generic_line(sample)}”: showing it was refused."
    if not allowed.on_a_page:
        return "Not shown at the moment."
    if file := file_shown(item):
        return f"With version {file.version}, “{file}”."
    if allowed.link and sample.external_url:
        return "With its link."
    return "In words, without a file."
