"""Headings are how a screen reader's user finds the way: one at the top, no level left out."""

import itertools
import re

import pytest

from milestones.models import Milestone, Step
from milestones.tests.factories import make_milestone, make_progress, make_step

TEXT = "# One\n\n## Two\n\nText.\n\n# Again\n\nText."


def levels(client, row) -> list[int]:
    page = client.get(row.get_absolute_url()).content.decode()
    return [int(level) for level in re.findall(r"<h([1-6])[ >]", page)]


def test_texts_stand_below_the_heading_of_their_card(as_alice, alice):
    milestone = make_milestone(lesson=TEXT, why=TEXT, mistakes=TEXT)
    step = make_step(milestone, guidance=TEXT)
    make_progress(alice, step, note=TEXT)

    below = [3, 4, 3]
    assert levels(as_alice, milestone) == [1, 2, *below, 2, 3, 2, 2, *below, 2, 2, *below]
    assert levels(as_alice, step) == [1, 2, *below, 2, *below, 2, 2]


@pytest.mark.parametrize("model", [Milestone, Step])
def test_no_page_of_ours_leaves_out_a_level(as_alice, content, model):
    for row in model.objects.all():
        found = levels(as_alice, row)
        assert found[0] == 1
        assert found.count(1) == 1
        assert all(deeper <= level + 1 for level, deeper in itertools.pairwise(found)), row
