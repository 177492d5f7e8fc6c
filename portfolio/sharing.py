"""What a page for strangers says: every word and file on it passes through `shown_items`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.db.models import F, Max
from django.template.defaultfilters import filesizeformat
from django.utils.text import capfirst

from accounts.models import User
from portfolio.models import Sample, SampleFile, ShareDay, ShareItem, ShareLink
from portfolio.showing import allowance, generic_line, may_be_on_a_page, obstacles_of

LACKING_SHOWN = 10


@dataclass(frozen=True)
class ShownItem:
    """One sample as strangers see it. Nothing else of the sample reaches the template."""

    number: int
    title: str
    summary: str = ""
    objectives: tuple[str, ...] = ()
    # Short facts such as format, area and length, in this order.
    facts: tuple[str, ...] = ()
    audience: str = ""
    role: str = ""
    link: str = ""
    # Where there is a file to be had.
    file_size: str = ""
    # Only a general description may be given.
    is_general: bool = False


def shown_items(link: ShareLink) -> list[ShownItem]:
    """What the page shows now, in order; whatever may no longer be shown is left out. Two queries."""
    items = link.items.select_related("sample__format", "file")
    return [shown for item in items if (shown := _shown(item))]


def file_on_show(link: ShareLink, item_pk: int) -> SampleFile | None:
    """The file that the page offers for this item, None when there is none to be had."""
    item = link.items.select_related("sample", "file__sample").filter(pk=item_pk).first()
    return file_shown(item) if item else None


def file_shown(item: ShareItem) -> SampleFile | None:
    """The file that the page hands out for `item` as things stand now."""
    is_allowed = item.file is not None and item.file.kind in allowance(item.sample).files
    return item.file if is_allowed else None


def is_on_show(item: ShareItem) -> bool:
    """Whether the page says anything of `item` as things stand now."""
    allowed = allowance(item.sample)
    return allowed.on_a_page and (file_shown(item) is not None or not allowed.needs_file)


def file_to_pin(sample: Sample, files: Iterable[SampleFile]) -> SampleFile | None:
    """The newest of `files` that may be shown."""
    kinds = allowance(sample).files
    return max((file for file in files if file.kind in kinds), key=lambda file: file.version, default=None)


@transaction.atomic
def put_on_page(link: ShareLink, samples: Iterable[Sample]) -> None:
    """Make the page hold exactly `samples`: those on it stay as they are, new ones follow at the end."""
    # Two tabs at once: the second waits, and then finds what the first one put there.
    ShareLink.objects.select_for_update().get(pk=link.pk)
    wanted = [sample.pk for sample in samples]
    # What lies in the trash was not there to be chosen, and comes back to its place.
    link.items.filter(sample__trashed_at=None).exclude(sample__in=wanted).delete()
    present = set(link.items.values_list("sample", flat=True))
    last = link.items.aggregate(last=Max("position"))["last"] or 0
    new = _as_they_are(pk for pk in wanted if pk not in present)
    ShareItem.objects.bulk_create(
        ShareItem(
            owner_id=link.owner_id,
            link=link,
            sample=sample,
            file=file_to_pin(sample, sample.files.all()),
            position=position,
        )
        for position, sample in enumerate(new, start=last + 1)
    )


def _as_they_are(keys: Iterable[int]) -> list[Sample]:
    """These samples in this order, locked: a version that somebody deletes meanwhile cannot be on show."""
    keys = list(keys)
    # Locked in one order by everybody: two pages at once with the same samples would else never end.
    rows = Sample.objects.select_for_update().filter(pk__in=keys).order_by("pk").prefetch_related("files")
    found = {sample.pk: sample for sample in rows}
    return [found[key] for key in keys if key in found]


@transaction.atomic
def move_item(item: ShareItem, by: int) -> None:
    """Move one place up (-1) or down (+1); at the end of the page it stays where it is."""
    ShareLink.objects.select_for_update().get(pk=item.link_id)
    order = list(ShareItem.objects.filter(link=item.link_id))
    if item not in order:
        return  # taken off the page a moment ago
    place = order.index(item)
    order.insert(max(place + by, 0), order.pop(place))
    for position, moved in enumerate(order, start=1):
        moved.position = position
    ShareItem.objects.bulk_update(order, ["position"])


def count_look(link: ShareLink, day: date) -> None:
    """One more look at the page on this day. Nothing about who looked is kept."""
    days = ShareDay.objects.filter(link=link, day=day)
    if days.update(count=F("count") + 1):
        return
    try:
        with transaction.atomic():
            ShareDay.objects.create(owner_id=link.owner_id, link=link, day=day, count=1)
    except IntegrityError:
        # Somebody else opened it first at this very moment.
        days.update(count=F("count") + 1)


def samples_for_a_page(link: ShareLink) -> list[Sample]:
    """The owner's samples that a page may name, with those already on this one."""
    mine = Sample.objects.for_user(link.owner).select_related("format").prefetch_related("files")
    on_it = mine.filter(shared_as__link=link.pk) if link.pk else mine.none()
    allowed = {sample.pk: sample for sample in mine.filter(may_be_on_a_page())}
    return list({**allowed, **{sample.pk: sample for sample in on_it}}.values())


def samples_that_lack_something(user: User) -> list[tuple[Sample, list[str]]]:
    """The owner's latest samples that no page may name yet, each with what stands in the way."""
    waiting = Sample.objects.for_user(user).exclude(status=Sample.Status.RETIRED).exclude(may_be_on_a_page())
    latest = list(waiting.order_by("-updated_at", "-pk")[:LACKING_SHOWN])
    hindered = obstacles_of(latest)
    return [(sample, hindered[sample.pk]) for sample in latest]


def _shown(item: ShareItem) -> ShownItem | None:
    if not is_on_show(item):
        return None
    sample, allowed = item.sample, allowance(item.sample)
    if allowed.in_general:
        return ShownItem(item.pk, capfirst(generic_line(sample)), is_general=True)
    file = file_shown(item)
    return ShownItem(
        number=item.pk,
        title=sample.title,
        summary=sample.summary,
        objectives=tuple(sample.objective_list),
        facts=tuple(_facts(sample)),
        audience=sample.audience,
        role=sample.role,
        link=sample.external_url if allowed.link else "",
        file_size=filesizeformat(file.size) if file else "",
    )


def _facts(sample: Sample) -> Iterable[str]:
    yield sample.format.name
    if sample.therapeutic_area:
        yield sample.therapeutic_area
    if sample.word_count:
        yield f"{sample.word_count:,} words"
    if sample.completed_on:
        yield f"{sample.completed_on:%B %Y}"
