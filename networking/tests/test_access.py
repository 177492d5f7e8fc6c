"""Every page of this app: a stranger's row is 404 and unchanged, a wrong method 405."""

import pytest
from django.test import Client
from django.urls import reverse

from networking.tests.factories import (
    make_contact,
    make_interaction,
    make_opportunity,
    make_organisation,
    make_own_template,
)

MAKERS = {
    "contact": make_contact,
    "interaction": make_interaction,
    "organisation": make_organisation,
    "opportunity": make_opportunity,
    "template": make_own_template,
}
READ = [
    ("detail", "contact"),
    ("organisation-detail", "organisation"),
    ("opportunity-detail", "opportunity"),
]
WRITE = [
    ("update", "contact"),
    ("delete", "contact"),
    ("interaction-create", "contact"),
    ("interaction-update", "interaction"),
    ("interaction-delete", "interaction"),
    ("organisation-update", "organisation"),
    ("organisation-delete", "organisation"),
    ("opportunity-update", "opportunity"),
    ("opportunity-move", "opportunity"),
    ("opportunity-sent", "opportunity"),
    ("opportunity-delete", "opportunity"),
    ("snooze", "contact"),
    ("plan", "contact"),
    ("opportunity-snooze", "opportunity"),
    ("opportunity-plan", "opportunity"),
    ("own-template", "template"),
    ("own-template-update", "template"),
    ("own-template-delete", "template"),
]
TAPS = [
    ("done", "contact"),
    ("rest", "contact"),
    ("follow-rule", "contact"),
    ("opportunity-done", "opportunity"),
    ("opportunity-no-reply", "opportunity"),
    ("opportunity-follow-rule", "opportunity"),
    ("opportunity-stage", "opportunity"),
    ("opportunity-settle", "opportunity"),
    ("opportunity-unsettle", "opportunity"),
]
POST_ONLY = [
    ("restore", "contact"),
    ("interaction-restore", "interaction"),
    ("organisation-restore", "organisation"),
    ("opportunity-restore", "opportunity"),
    ("own-template-restore", "template"),
]
DELETE = [pair for pair in WRITE if pair[0].endswith("delete")]
LISTS = [
    "index", "organisation-index", "opportunity-index", "opportunity-numbers", "follow-ups", "templates",
    "trash",
]  # fmt: skip
GOOD = {
    "name": "Taken over",
    "title": "Taken over",
    "summary": "Taken over",
    "organisation": "Taken over",
    "stage": "lead",
    "happened_on": "2026-01-05",
    "kind": "message",
    "channel": "email",
    "direction": "both",
    "on": "2099-01-05",
    "body": "Taken over",
}


def snapshot(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}


@pytest.mark.parametrize(("name", "noun"), READ + WRITE)
def test_a_strangers_row_is_not_shown(as_alice, bob, name, noun):
    theirs = MAKERS[noun](bob)

    assert as_alice.get(reverse(f"networking:{name}", args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize(("name", "noun"), WRITE + TAPS)
def test_a_strangers_row_is_not_changed(as_alice, bob, name, noun):
    theirs = MAKERS[noun](bob)
    before = snapshot(theirs)

    response = as_alice.post(reverse(f"networking:{name}", args=[theirs.pk]), GOOD)

    theirs.refresh_from_db()
    assert response.status_code == 404
    assert snapshot(theirs) == before


@pytest.mark.parametrize(("name", "noun"), POST_ONLY)
def test_a_strangers_row_stays_in_the_trash(as_alice, bob, name, noun):
    theirs = MAKERS[noun](bob)
    theirs.trash()

    response = as_alice.post(reverse(f"networking:{name}", args=[theirs.pk]))

    theirs.refresh_from_db()
    assert response.status_code == 404
    assert theirs.trashed_at is not None


@pytest.mark.parametrize(("name", "noun"), DELETE)
def test_a_strangers_row_in_the_trash_cannot_be_deleted_again(as_alice, bob, name, noun):
    theirs = MAKERS[noun](bob)
    theirs.trash()

    assert as_alice.post(reverse(f"networking:{name}", args=[theirs.pk])).status_code == 404


@pytest.mark.parametrize(("name", "noun"), DELETE)
def test_the_second_click_on_delete_says_the_same_again(as_alice, alice, name, noun):
    row = MAKERS[noun](alice)
    url = reverse(f"networking:{name}", args=[row.pk])

    first, second = as_alice.post(url), as_alice.post(url, follow=True)

    trashed_at = type(row).objects.trashed(alice).get().trashed_at
    assert second.redirect_chain == [(first.url, 302)]
    assert f"Moved “{row}” to the trash." in second.text
    assert reverse(f"networking:{name.replace('delete', 'restore')}", args=[row.pk]) in second.text
    as_alice.post(url)
    assert type(row).objects.trashed(alice).get().trashed_at == trashed_at


@pytest.mark.parametrize(("name", "noun"), POST_ONLY)
def test_the_second_click_on_undo_says_the_same_again(as_alice, alice, name, noun):
    row = MAKERS[noun](alice)
    row.trash()
    url = reverse(f"networking:{name}", args=[row.pk])

    first, second = as_alice.post(url), as_alice.post(url, follow=True)

    assert second.redirect_chain == [(first.url, 302)]
    assert f"“{row}” is back." in second.text
    assert type(row).objects.for_user(alice).get() == row


@pytest.mark.parametrize(("name", "noun"), READ + WRITE)
def test_what_is_in_the_trash_is_not_shown(as_alice, alice, name, noun):
    row = MAKERS[noun](alice)
    row.trash()

    assert as_alice.get(reverse(f"networking:{name}", args=[row.pk])).status_code == 404


@pytest.mark.parametrize(("name", "noun"), READ + WRITE)
def test_an_impossible_number_is_404(as_alice, name, noun):
    assert as_alice.get(reverse(f"networking:{name}", args=[10**30])).status_code == 404


@pytest.mark.parametrize(("name", "noun"), TAPS)
def test_a_tap_takes_a_post_and_a_row_that_is_there(as_alice, alice, name, noun):
    row = MAKERS[noun](alice)
    url = reverse(f"networking:{name}", args=[row.pk])

    assert as_alice.get(url).status_code == 405
    row.trash()
    assert as_alice.post(url).status_code == 404


@pytest.mark.parametrize(("name", "noun"), POST_ONLY)
def test_restoring_takes_a_post(as_alice, alice, name, noun):
    row = MAKERS[noun](alice)
    row.trash()

    assert as_alice.get(reverse(f"networking:{name}", args=[row.pk])).status_code == 405


@pytest.mark.parametrize(("name", "noun"), READ)
def test_reading_takes_no_post(as_alice, alice, name, noun):
    assert as_alice.post(reverse(f"networking:{name}", args=[MAKERS[noun](alice).pk])).status_code == 405


@pytest.mark.parametrize(("name", "noun"), WRITE)
def test_writing_takes_no_put(as_alice, alice, name, noun):
    assert as_alice.put(reverse(f"networking:{name}", args=[MAKERS[noun](alice).pk])).status_code == 405


@pytest.mark.parametrize("name", LISTS)
def test_a_list_takes_no_post(as_alice, name):
    assert as_alice.post(reverse(f"networking:{name}")).status_code == 405


@pytest.mark.parametrize("name", LISTS)
def test_a_list_is_private(db, name):
    url = reverse(f"networking:{name}")

    assert Client().get(url).url == f"{reverse('account_login')}?next={url}"


@pytest.mark.parametrize("name", ["index", "organisation-index", "opportunity-index"])
@pytest.mark.parametrize("q", ["a\x00b", "x" * 100_000, "<script>alert(1)</script>", "%_\\'\"", "\u202e"])
def test_odd_searches_are_survived(as_alice, alice, name, q):
    make_opportunity(alice, contact=make_contact(alice))

    response = as_alice.get(reverse(f"networking:{name}"), {"q": q, "organisation": q, "stage": q, "page": q})

    assert response.status_code == 200
    assert "<script>alert" not in response.text
    assert "\x00" not in response.text
