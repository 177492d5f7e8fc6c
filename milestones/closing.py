"""Writes down which steps a person's records have closed."""

from datetime import date

from django.db import transaction

from accounts.models import User
from milestones.evidence import evaluate
from milestones.models import Step, StepProgress
from milestones.standing import Path, StepState


def close_steps(user: User, today: date) -> list[Step]:
    """Close every step whose evidence is there, and return those that were open until now."""
    return close_met(user, evaluate(user), today)


def close_met(user: User, path: Path, today: date) -> list[Step]:
    """The same for a person whose `path` was read a moment ago.

    Run twice at once, each step is returned to one of the two only.
    """
    met = {state.step.pk: state.step for state in path.steps if _is_news(state)}
    return _close(user, met, today) if met else []


def _is_news(state: StepState) -> bool:
    return state.is_met_now and state.closed_on is None


@transaction.atomic
def _close(user: User, met: dict[int, Step], today: date) -> list[Step]:
    blank = [StepProgress(owner=user, step=step) for step in met.values()]
    StepProgress.objects.bulk_create(blank, ignore_conflicts=True)
    mine = StepProgress.objects.for_user(user).filter(step__in=met)
    # Locked until the end: who comes second finds them closed.
    still_open = {
        progress.step_id: progress for progress in mine.filter(completed_on=None).select_for_update()
    }
    for pk, progress in still_open.items():
        progress.close(today, met[pk].revision)
    return [step for pk, step in met.items() if pk in still_open]
