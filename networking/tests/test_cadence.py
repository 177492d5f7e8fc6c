from datetime import date

import pytest

from networking.cadence import CADENCE, nudge_after_pitch
from networking.models import Contact

MONDAY = date(2026, 11, 23)


def test_every_stage_has_its_cadence():
    assert list(CADENCE) == list(Contact.Stage)


@pytest.mark.parametrize(
    ("stage", "today", "expected"),
    [
        ("identified", MONDAY, ("Research them", date(2026, 11, 30))),
        ("warm_lead", MONDAY, ("Check in with news or a new sample", date(2026, 12, 23))),
        ("identified", date(2026, 11, 28), ("Research them", date(2026, 12, 7))),  # Saturday
        ("identified", date(2026, 11, 29), ("Research them", date(2026, 12, 7))),  # Sunday
        ("do_not_contact", MONDAY, ("", None)),
    ],
)
def test_suggests_a_working_day(stage, today, expected):
    assert CADENCE[stage].suggest(today) == expected


def test_a_pitch_is_nudged_after_five_working_days():
    assert nudge_after_pitch(MONDAY)[1] == date(2026, 11, 30)
