"""Two requests at once about one page: the same name for two people, and passwords tried together."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse

from cmetrack.tests.at_once import closing, until_it_waits, while_open
from portfolio.gate import TRIES, set_password
from portfolio.models import Sample, ShareLink
from portfolio.sharing import move_item
from portfolio.tests.factories import make_sample_file, make_share_link, make_shareable

pytestmark = pytest.mark.django_db(transaction=True)
one_by_one = pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite’s own lock: one writer at a time"
)


def deed(name, item):
    return reverse(f"portfolio:link-{name}", args=[item.link_id, item.pk])


@one_by_one
def test_of_two_people_who_want_one_name_the_second_is_told(as_alice, alice, bob):
    data = {"title": "Mine", "samples": [make_shareable(alice).pk], "address_name": "ana-ribeiro"}

    answer = while_open(
        lambda: make_share_link(bob, address_name="ana-ribeiro"),
        lambda: as_alice.post(reverse("portfolio:link-create"), data),
    )

    assert answer.status_code == 422
    assert answer.context["form"].errors == {"address_name": ["This name is taken. Choose another one."]}
    assert answer.context["form"]["title"].value() == "Mine"
    assert not ShareLink.objects.for_user(alice).exists()


def test_passwords_tried_together_count_one_by_one(alice, counted_in_the_database):
    link = make_share_link(alice)
    set_password(link, "rosebud rosebud")
    link.save()

    def guess(number: int) -> int:
        try:
            return Client().post(link.public_url, {"password": f"guess {number}"}).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        answers = sorted(pool.map(guess, range(20)))

    assert answers == [422] * TRIES + [429] * (20 - TRIES)


@one_by_one
def test_two_samples_moved_at_once_do_not_wait_for_each_other_for_ever(as_alice, alice):
    link = make_share_link(alice, make_shareable(alice), make_shareable(alice))
    first, second = link.items.all()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            ShareLink.objects.select_for_update().get()
            tapped = pool.submit(closing(lambda: as_alice.post(deed("up", second))))
            until_it_waits(tapped)
            move_item(first, 1)
        assert tapped.result().status_code == 302

    assert list(link.items.all()) == [second, first]


def going(file):
    """As the page that deletes a version does it."""

    def remove():
        Sample.objects.select_for_update().get(pk=file.sample_id)
        file.remove()

    return remove


@one_by_one
def test_a_version_that_goes_is_not_published(as_alice, alice):
    sample = make_shareable(alice)
    item = make_share_link(alice, sample).items.get()
    file = make_sample_file(sample)
    data = {"file": file.pk}

    answer = while_open(going(file), lambda: as_alice.post(deed("publish", item), data))

    assert answer.status_code == 302
    item.refresh_from_db()
    assert item.file is None


@one_by_one
def test_a_new_page_does_not_hold_a_version_that_goes(as_alice, alice):
    file = make_sample_file(make_shareable(alice))
    data = {"title": "Mine", "samples": [file.sample_id]}

    answer = while_open(going(file), lambda: as_alice.post(reverse("portfolio:link-create"), data))

    assert answer.status_code == 302
    item = ShareLink.objects.get().items.get()
    assert (item.sample, item.file) == (file.sample, None)
