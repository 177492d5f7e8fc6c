from datetime import date

from django.urls import reverse
from django.utils import timezone

from portfolio.tests.factories import make_sample

OLD = {"status": "ready", "completed_on": date(2019, 5, 1)}


def url(sample):
    return reverse("portfolio:confirm", args=[sample.pk])


def undo_of(response):
    return next(str(m.extra_tags).removeprefix("undo ") for m in response.context["messages"] if m.extra_tags)


def test_the_page_asks_and_one_tap_answers(as_alice, alice):
    sample = make_sample(alice, title="Gout", **OLD)
    assert "years ago: still current?" in as_alice.get(sample.get_absolute_url()).content.decode()

    page = as_alice.post(url(sample), follow=True).content.decode()

    sample.refresh_from_db()
    assert sample.current_as_of == timezone.localdate()
    assert "“Gout” is current as of today." in page
    assert "still current?" not in page


def test_retiring_it_is_one_tap_and_can_be_undone(as_alice, alice):
    sample = make_sample(alice, **OLD)

    undo = undo_of(as_alice.post(sample.move_url, {"status": "retired"}, follow=True))
    sample.refresh_from_db()
    assert sample.status == "retired"
    assert "still current?" not in as_alice.get(sample.get_absolute_url()).content.decode()

    as_alice.post(undo)
    sample.refresh_from_db()
    assert sample.status == "ready"


def test_the_list_asks_too_and_only_its_row_changes(as_alice, alice, htmx):
    sample = make_sample(alice, title="Gout", **OLD)
    make_sample(alice, title="Fresh", status="ready")
    page = as_alice.get(reverse("portfolio:index")).content.decode()
    assert page.count("still current?") == 1

    row = as_alice.post(url(sample), headers=htmx).content.decode()

    assert row.strip().startswith(f'<tr id="sample-{sample.pk}">')
    assert "still current?" not in row
    assert "Undo" in row


def test_hides_other_peoples_samples(as_alice, bob):
    theirs = make_sample(bob, **OLD)

    assert as_alice.post(url(theirs)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.current_as_of is None


def test_needs_a_post(as_alice, alice):
    assert as_alice.get(url(make_sample(alice))).status_code == 405
