from datetime import date

from django.urls import reverse

from networking.tests.factories import make_contact, make_interaction
from networking.tests.test_interaction_create import TOUCH


def url(touch):
    return reverse("networking:interaction-update", args=[touch.pk])


def test_corrects_the_touch_and_the_last_one(as_alice, alice):
    contact = make_contact(alice, next_step="Keep this plan")
    touch = make_interaction(alice, contact=contact, happened_on=date(2026, 11, 2))

    response = as_alice.post(url(touch), TOUCH)

    touch.refresh_from_db()
    contact.refresh_from_db()
    assert response.url == contact.get_absolute_url()
    assert touch.summary == "Talked about case writing"
    assert contact.last_touch_on == date(2026, 1, 5)
    assert contact.next_step == "Keep this plan"


def test_shows_all_of_the_touch(as_alice, alice):
    [fold] = as_alice.get(url(make_interaction(alice))).context["form"].folded_fields()

    assert fold.is_open


def test_does_not_ask_for_a_next_step(as_alice, alice):
    form = as_alice.get(url(make_interaction(alice))).context["form"]

    assert "next_step" not in form.fields


def test_bad_input_changes_nothing(as_alice, alice):
    touch = make_interaction(alice)

    response = as_alice.post(url(touch), {**TOUCH, "happened_on": "yesterday"})

    assert response.status_code == 422
    touch.refresh_from_db()
    assert touch.happened_on == date(2026, 11, 2)


def test_two_tabs_get_a_message(as_alice, alice):
    touch = make_interaction(alice)
    as_alice.post(url(touch), {**TOUCH, "summary": "First tab", "revision": 0})

    refused = as_alice.post(url(touch), {**TOUCH, "summary": "Second tab", "revision": 0})

    assert "changed in another tab" in refused.text
    touch.refresh_from_db()
    assert touch.summary == "First tab"


def test_a_touch_of_a_contact_in_the_trash_is_404(as_alice, alice):
    touch = make_interaction(alice)
    touch.contact.trash()

    assert as_alice.get(url(touch)).status_code == 404
