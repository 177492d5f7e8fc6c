"""What their owner sees of the samples on a page: the version on show, a newer one, and what hinders it."""

from dataclasses import dataclass

from portfolio.giveaways import giveaways
from portfolio.models import SampleFile, ShareItem, ShareLink
from portfolio.sharing import file_shown, file_to_pin, is_on_show
from portfolio.showing import allowance, generic_line, obstacles, obstacles_of

IN_THE_TRASH = "It is in the trash."


@dataclass(frozen=True)
class Placed:
    """One sample on a page: whether readers see it, in which words, and what could be done about it."""

    item: ShareItem
    shown_as: str
    is_shown: bool
    newer: SampleFile | None
    # Why nothing of it, or nothing newer, may be shown.
    obstacles: list[str]
    # What readers see that its owner may not mean to tell.
    giveaways: list[str]


def placed_items(link: ShareLink) -> list[Placed]:
    """Every sample on the page, also those that readers do not see at the moment."""
    items = list(link.items.select_related("sample__format", "file").prefetch_related("sample__files"))
    hindered = obstacles_of([item.sample for item in items])
    return [_placed(item, hindered[item.sample_id]) for item in items]


def publish(item: ShareItem, file_pk: str) -> str:
    """Put the newest version, which has this key, on the page; gives back why that may not be, or nothing."""
    if item.link.revoked_at:
        return "This page is closed. Make a new one: it gets a new address."
    if item.sample.trashed_at:
        return f"Not yet. {IN_THE_TRASH}"
    hindrance = obstacles(item.sample)
    if hindrance:
        return f"Not yet. {hindrance[0]}"
    newest = file_to_pin(item.sample, item.sample.files.all())
    if newest is None or str(newest.pk) != file_pk:
        return "The files have changed since you opened this page. Look at them as they are now."
    item.file = newest
    item.save(update_fields=["file", "updated_at"])
    return ""


def _placed(item: ShareItem, hindrance: list[str]) -> Placed:
    sample, is_shown = item.sample, is_on_show(item)
    newest = file_to_pin(sample, sample.files.all())
    is_newer = newest is not None and newest.pk != item.file_id
    return Placed(
        item=item,
        shown_as=_shown_as(item),
        is_shown=is_shown,
        newer=newest if is_newer else None,
        obstacles=_hindrances(item, hindrance, is_newer=is_newer),
        giveaways=giveaways(sample, file_shown(item)) if is_shown else [],
    )


def _hindrances(item: ShareItem, hindrance: list[str], *, is_newer: bool) -> list[str]:
    if item.sample.trashed_at:
        return [IN_THE_TRASH]
    if allowance(item.sample).in_general or (is_on_show(item) and not is_newer):
        return []
    return hindrance


def _shown_as(item: ShareItem) -> str:
    sample, allowed = item.sample, allowance(item.sample)
    if allowed.in_general:
        return f"Only as “{generic_line(sample)}”: showing it was refused."
    if not is_on_show(item):
        return "Not shown at the moment."
    if file := file_shown(item):
        return f"With version {file.version}, “{file}”."
    if allowed.link and sample.external_url:
        return "With its link."
    return "In words, without a file."
