import pytest
from django.urls import reverse

from networking.models import OwnTemplate
from networking.tests.factories import make_own_template

ADD = reverse("networking:own-template-create")
GOOD = {"title": "After a webinar", "body": "Hi {first_name}", "kind": "thanks", "channel": "linkedin"}


def test_adds_one_of_ones_own(as_alice, alice):
    response = as_alice.post(ADD, {**GOOD, "is_note": "on"})

    template = OwnTemplate.objects.for_user(alice).get()
    assert response.url == template.get_absolute_url()
    assert (template.body, template.kind, template.channel) == ("Hi {first_name}", "thanks", "linkedin")
    assert (template.warn_at, template.block_at) == (200, 300)


@pytest.mark.parametrize("name", ["title", "body", "kind", "channel"])
def test_refuses_one_without(as_alice, name):
    response = as_alice.post(ADD, {**GOOD, name: ""})

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [name]
    assert not OwnTemplate.objects.exists()


@pytest.mark.parametrize("kind", ["event", "feedback", "nonsense"])
def test_logs_only_what_can_be_sent(as_alice, kind):
    assert as_alice.post(ADD, {**GOOD, "kind": kind}).status_code == 422


def test_a_double_click_adds_one(as_alice):
    drawn = as_alice.get(ADD).context["form"]["submission_id"].value()

    for _ in range(2):
        as_alice.post(ADD, {**GOOD, "submission_id": drawn})

    assert OwnTemplate.objects.count() == 1


def test_changes_it(as_alice, alice):
    template = make_own_template(alice)

    as_alice.post(reverse("networking:own-template-update", args=[template.pk]), GOOD | {"title": "New"})

    template.refresh_from_db()
    assert (template.title, template.body) == ("New", "Hi {first_name}")


def test_two_tabs_get_a_message(as_alice, alice):
    template = make_own_template(alice)
    url = reverse("networking:own-template-update", args=[template.pk])
    as_alice.post(url, {**GOOD, "revision": 0})

    assert "changed in another tab" in as_alice.post(url, {**GOOD, "title": "Late", "revision": 0}).text


def test_lists_ones_own_first_and_nobody_elses(as_alice, alice, bob):
    mine = make_own_template(alice)
    make_own_template(bob)
    make_own_template(alice, title="Gone").trash()

    assert as_alice.get(reverse("networking:templates")).context["own"] == [mine]


def test_deleting_offers_undo_and_the_trash_has_it(as_alice, alice):
    template = make_own_template(alice)

    gone = as_alice.post(reverse("networking:own-template-delete", args=[template.pk]), follow=True)

    assert reverse("networking:own-template-restore", args=[template.pk]) in gone.text
    [row] = as_alice.get(reverse("networking:trash")).context["rows"]
    assert (row.name, row.kind) == ("After a webinar", "Template")
    as_alice.post(row.restore_url)
    assert OwnTemplate.objects.for_user(alice).get() == template
