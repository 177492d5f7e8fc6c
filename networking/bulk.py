"""One change to many people at once. Each keeps what it needs to be taken back exactly."""

from collections.abc import Callable
from datetime import date, datetime

from accounts.models import User
from networking.changes import differences, held, keys_of, write
from networking.models import ROOM_FOR_TAGS, Contact, ContactQuerySet, PeopleChange
from networking.planning import move_to_stage
from portfolio.spelling import alike, tags_in

Kind = PeopleChange.Kind


def add_tag(people: ContactQuerySet, user: User, tag: str) -> PeopleChange:
    """Give them a tag, spelt as it is spelt most often; whoever has no room for it stays as they are."""
    tag = Contact.objects.for_user(user).tags_used().usual(tag)
    return _retag(people, user, lambda tags: [*tags, tag], f"Tagged {{}} “{tag}”.")


def remove_tag(people: ContactQuerySet, user: User, tag: str) -> PeopleChange:
    """Take a tag away, however it is spelt."""
    return _retag(
        people,
        user,
        lambda tags: [one for one in tags if alike(one) != alike(tag)],
        f"Took the tag “{tag}” off {{}}.",
    )


def set_stage(people: ContactQuerySet, user: User, stage: str, today: date) -> PeopleChange:
    """Move them to a stage; those who follow the rule then follow that of the new stage."""
    keys = keys_of(people.exclude(stage=stage))
    before = held(keys)
    move_to_stage(Contact.objects.filter(pk__in=keys[Contact]), stage, today)
    text = f"Moved {_people(len(keys[Contact]))} to “{Contact.Stage(stage).label}”."
    return _keep(user, Kind.STAGE, text, {"changed": differences(before, held(keys))})


def trash(people: ContactQuerySet, user: User, now: datetime) -> PeopleChange:
    """Move them to the trash together; in the trash each can still come back on its own."""
    count = people.trash_all(now)
    kept = {"trashed_at": now.isoformat(), "count": count}
    return _keep(user, Kind.TRASH, f"Moved {_people(count)} to the trash.", kept)


def _retag(
    people: ContactQuerySet, user: User, change: Callable[[list[str]], list[str]], text: str
) -> PeopleChange:
    rows, changed, left_out = list(people.only("tags", "owner")), [], 0
    before = {row.pk: row.tags for row in rows}
    for row in rows:
        tags = ", ".join(tags_in(",".join(change(row.tag_list))))
        if len(tags) > ROOM_FOR_TAGS:
            left_out += 1
        elif tags_in(tags) != row.tag_list:
            row.tags = tags
            changed.append(row)
    write(changed, {"tags"})
    kept = [
        {"model": Contact._meta.label, "pk": row.pk, "fields": {"tags": [before[row.pk], row.tags]}}
        for row in changed
    ]
    said = text.format(_people(len(changed)))
    if left_out:
        said += f" {_people(left_out).capitalize()} had no room for another tag."
    return _keep(user, Kind.TAGS, said, {"changed": kept})


def _keep(user: User, kind: str, text: str, kept: dict[str, object]) -> PeopleChange:
    return PeopleChange.objects.create(owner=user, kind=kind, text=text, kept=kept)


def _people(count: int) -> str:
    return "1 person" if count == 1 else f"{count} people"
