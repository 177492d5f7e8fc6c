import pytest
from django.http import HttpResponse
from django.utils import timezone

from accounts.middleware import TimeZoneMiddleware


def zone_during_request(rf, user):
    request = rf.get("/")
    request.user = user
    response = TimeZoneMiddleware(lambda request: HttpResponse(timezone.get_current_timezone_name()))(request)
    return response.content.decode()


def test_reads_dates_in_the_persons_zone(rf, alice):
    alice.time_zone = "Pacific/Auckland"

    assert zone_during_request(rf, alice) == "Pacific/Auckland"
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize("name", ["Mars/Olympus", "", "../../etc/passwd", "America", "a\x00b", "é"])
def test_a_zone_that_is_gone_means_utc(rf, alice, name):
    alice.time_zone = name

    assert zone_during_request(rf, alice) == "UTC"


def test_strangers_get_the_sites_zone(rf, settings):
    from django.contrib.auth.models import AnonymousUser

    settings.TIME_ZONE = "Europe/Rome"

    assert zone_during_request(rf, AnonymousUser()) == "Europe/Rome"


def test_a_page_survives_a_zone_that_is_gone(as_alice, alice):
    alice.time_zone = "Mars/Olympus"
    alice.save()

    assert as_alice.get("/accounts/profile/").status_code == 200
