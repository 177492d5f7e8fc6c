"""Two requests at once about one page: the same name for two people, and passwords tried together."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from networking.tests.test_locks import while_open
from portfolio.gate import TRIES, set_password
from portfolio.models import ShareLink
from portfolio.tests.factories import make_share_link, make_shareable

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite’s own lock: one writer at a time")
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
