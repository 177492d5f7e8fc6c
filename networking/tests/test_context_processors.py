from datetime import timedelta

from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.utils import timezone

from networking.context_processors import due_count
from networking.tests.factories import make_contact, make_opportunity


def counted_for(user):
    request = RequestFactory().get("/")
    request.user = user
    return due_count(request)


def test_counts_people_and_opportunities_due(alice, bob):
    today = timezone.localdate()
    make_contact(alice, next_on=today)
    make_contact(alice, next_on=today - timedelta(1))
    make_contact(alice, next_on=today + timedelta(1))
    make_contact(alice, next_on=today, stage="do_not_contact")
    make_contact(alice, next_on=today).trash()
    make_contact(bob, next_on=today)
    make_opportunity(alice, next_on=today)
    make_opportunity(alice, next_on=today, stage="lost")

    assert counted_for(alice)["due_count"]() == 3


def test_asks_nothing_until_it_is_shown_and_then_once(alice, django_assert_num_queries):
    with django_assert_num_queries(0):
        count = counted_for(alice)["due_count"]

    with django_assert_num_queries(1):
        assert (count(), count()) == (0, 0)


def test_nobody_signed_in_has_no_count(db):
    assert counted_for(AnonymousUser()) == {}


def test_the_shell_shows_it(as_alice, alice):
    make_contact(alice, next_on=timezone.localdate())

    assert as_alice.get("/network/").context["due_count"]() == 1
