import pytest
from django.urls import reverse

from milestones.models import CheckMark, StepProgress
from milestones.tests.factories import make_check_item, make_requirement, make_step


@pytest.fixture
def item(db):
    return make_check_item(make_step(title="Take an activity"))


def test_ticks_the_item(as_alice, alice, item):
    response = as_alice.post(item.check_url)

    assert response["Location"] == f"{item.step.get_absolute_url()}#checklist"
    assert [(mark.owner, mark.item) for mark in CheckMark.objects.all()] == [(alice, item)]


def test_ticking_twice_ticks_once(as_alice, item):
    as_alice.post(item.check_url)
    as_alice.post(item.check_url)

    assert CheckMark.objects.count() == 1


def test_htmx_gets_the_list_and_what_closes_the_step(as_alice, item, htmx):
    make_requirement(item.step, kind="check")

    page = as_alice.post(item.check_url, headers=htmx).content.decode()

    assert page.strip().startswith('<section class="card" id="checklist"')
    assert f'action="{item.uncheck_url}"' in page
    assert 'hx-swap-oob="true"' in page
    assert "All of it is there. This step is closed." in page
    assert "<html" not in page


def test_htmx_is_told_that_the_step_closed(as_alice, alice, item, htmx):
    make_requirement(item.step, kind="check")

    page = as_alice.post(item.check_url, headers=htmx).content.decode()

    assert '<div id="messages" class="toasts" role="status" hx-swap-oob="innerHTML">' in page
    assert "<p>Step closed: Take an activity.</p>" in page
    assert '<p class="step-facts" id="step-facts" hx-swap-oob="true">' in page
    assert '<span class="tag tag-proven">Closed</span>' in page
    assert StepProgress.objects.get(owner=alice).completed_on is not None
    # Said once: the next page does not repeat it.
    assert list(as_alice.get(item.step.get_absolute_url()).context["messages"]) == []


def test_messages_stay_as_they_are_when_nothing_closed(as_alice, item, htmx):
    page = as_alice.post(item.check_url, headers=htmx).content.decode()

    assert 'id="messages"' not in page
    assert '<span class="tag">Open</span>' in page


def test_the_last_tick_closes_the_step(as_alice, item):
    make_requirement(item.step, kind="check")

    response = as_alice.post(item.check_url, follow=True)

    assert [str(m) for m in response.context["messages"]] == ["Step closed: Take an activity."]


@pytest.mark.parametrize("where", ["milestone", "step", "item"])
def test_item_that_does_not_belong_there_is_404(as_alice, item, where):
    other = make_check_item(make_step())
    places = {
        "milestone": (other.step.milestone.slug, item.step_id, item.pk),
        "step": (item.step.milestone.slug, other.step_id, item.pk),
        "item": (item.step.milestone.slug, item.step_id, other.pk),
    }

    response = as_alice.post(reverse("milestones:check", args=places[where]))

    assert response.status_code == 404
    assert CheckMark.objects.exists() is False


def test_only_writes(as_alice, item):
    assert as_alice.get(item.check_url).status_code == 405
