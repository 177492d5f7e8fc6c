import pytest
from django.urls import reverse

from milestones.models import ResourceRead
from milestones.tests.factories import make_milestone, make_requirement, make_resource, make_step


@pytest.fixture
def resource(db):
    return make_resource(make_milestone())


def test_marks_as_read(as_alice, alice, resource):
    response = as_alice.post(resource.read_url)

    assert response["Location"] == f"{resource.milestone.get_absolute_url()}#resources"
    assert [(r.owner, r.resource) for r in ResourceRead.objects.all()] == [(alice, resource)]


def test_twice_marks_once(as_alice, resource):
    as_alice.post(resource.read_url)
    as_alice.post(resource.read_url)

    assert ResourceRead.objects.count() == 1


def test_htmx_gets_the_row(as_alice, resource, htmx):
    page = as_alice.post(resource.read_url, headers=htmx).content.decode()

    assert page.strip().startswith(f'<li id="resource-{resource.pk}"')
    assert f'action="{resource.unread_url}"' in page


def test_htmx_is_told_that_a_step_closed(as_alice, resource, htmx):
    make_requirement(make_step(resource.milestone, title="Read the Standards"), kind="resource")

    page = as_alice.post(resource.read_url, headers=htmx).content.decode()

    assert "<p>Step closed: Read the Standards.</p>" in page
    assert '<div id="milestone-head" hx-swap-oob="true">' in page
    assert "This milestone is complete." in page
    assert '<section class="card" id="steps" aria-labelledby="steps-title" hx-swap-oob="true">' in page
    assert "1 of 1 · closed by what you log" in page


def test_resource_of_another_milestone_is_404(as_alice, resource):
    response = as_alice.post(reverse("milestones:read", args=[make_milestone().slug, resource.pk]))

    assert response.status_code == 404
    assert ResourceRead.objects.exists() is False


def test_only_writes(as_alice, resource):
    assert as_alice.get(resource.read_url).status_code == 405
