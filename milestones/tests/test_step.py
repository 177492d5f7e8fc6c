from datetime import date

import pytest

from milestones.models import CheckMark
from milestones.tests.factories import (
    make_check_item,
    make_milestone,
    make_progress,
    make_requirement,
    make_step,
)
from networking.tests.factories import make_organisation

HUGE = 2**70


@pytest.fixture
def step(db):
    return make_step(title="Map the ecosystem", guidance="Name **one** organisation.")


def get(client, step):
    response = client.get(step.get_absolute_url())
    return response.content.decode()


def test_shows_what_to_do_and_what_closes_it(as_alice, step):
    make_step(step.milestone, position=0, title="Step zero")
    make_step(step.milestone, position=9999, title="Step last")
    make_requirement(step, kind="org", count=3)

    page = get(as_alice, step)

    assert "step 2 of 3" in page
    assert "Name <strong>one</strong> organisation." in page
    assert '<span class="tag tag-muted">3 organisations logged</span>' in page
    add = f"/network/organisations/add/?step={step.pk}"
    assert f'<a class="btn btn-primary" href="{add}">Add an organisation</a>' in page
    assert "Step zero" in page
    assert "Step last" in page
    assert "I have done this" in page
    assert "Checklist" not in page


def test_note_is_the_main_action_where_only_a_note_is_missing(as_alice, alice, step):
    make_requirement(step, count=5)
    make_progress(alice, step, note="three words **only**")

    page = get(as_alice, step)

    assert '<span data-words-of="id_note">3</span> of 5 words' in page
    assert '<button class="btn btn-primary" type="submit">Save note</button>' in page
    assert "three words <strong>only</strong>" in page
    assert "maxlength" not in page.partition('id="note"')[2].partition("</form>")[0]


def test_note_is_folded_where_none_is_asked_for(as_alice, step):
    assert '<details class="card lesson" id="note">' in get(as_alice, step)


def test_shows_the_checklist(as_alice, alice, bob, step):
    mine, theirs = make_check_item(step), make_check_item(step, text="The references")
    CheckMark.objects.create(owner=alice, item=mine)
    CheckMark.objects.create(owner=bob, item=theirs)

    page = get(as_alice, step)

    assert f'action="{mine.uncheck_url}"' in page
    assert f'action="{theirs.check_url}"' in page
    assert page.count('aria-checked="true"') == 1
    assert "1 of 2" in page


def test_private_step_says_so(as_alice):
    assert "Private: only you can see this." in get(as_alice, make_step(is_private=True))


def test_open_step_is_not_called_private(as_alice, step):
    assert "Private: only you can see this." not in get(as_alice, step)


def test_closed_by_evidence_offers_nothing_more(as_alice, alice, step):
    make_requirement(step, kind="org")
    make_organisation(alice)
    make_progress(alice, step, completed_on=date(2026, 11, 1))

    page = get(as_alice, step)

    assert "Closed on 1 November 2026" in page
    assert "All of it is there. This step is closed." in page
    assert "I have done this" not in page
    assert "Open it again" not in page


@pytest.mark.parametrize("is_self_declared", [True, False])
def test_can_be_opened_again_when_no_evidence_holds_it_closed(as_alice, alice, step, is_self_declared):
    make_requirement(step, kind="org")
    make_progress(alice, step, completed_on=date(2026, 11, 1), is_self_declared=is_self_declared)

    page = get(as_alice, step)

    assert "Open it again" in page
    assert ("Self-declared" in page) is is_self_declared


def test_hides_other_peoples_notes(as_alice, bob, step):
    make_progress(bob, step, note="my secret plan", completed_on=date(2026, 11, 1))

    page = get(as_alice, step)

    assert "my secret plan" not in page
    assert '<span class="tag">Open</span>' in page


def test_step_of_another_milestone_is_404(as_alice, step):
    other = make_milestone()

    assert as_alice.get(f"/path/{other.slug}/steps/{step.pk}/").status_code == 404


@pytest.mark.parametrize("pk", [0, 987654, HUGE])
def test_unknown_step_is_404(as_alice, step, pk):
    assert as_alice.get(f"/path/{step.milestone.slug}/steps/{pk}/").status_code == 404


def test_only_reads(as_alice, step):
    assert as_alice.post(step.get_absolute_url()).status_code == 405


@pytest.mark.parametrize("count", [1, 3])
def test_query_count_does_not_grow(as_alice, step, content, count, django_assert_num_queries):
    for _ in range(count):
        make_check_item(step)
        make_requirement(step, kind="org")
        make_step(step.milestone)

    with django_assert_num_queries(18):
        as_alice.get(step.get_absolute_url())
