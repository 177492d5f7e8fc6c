from datetime import date

import pytest
from django.urls import reverse

from portfolio.tests.factories import make_sample
from portfolio.tests.test_confirm import OLD, undo_of
from portfolio.tests.test_confirm import url as confirm_url


def url(sample):
    return reverse("portfolio:unconfirm", args=[sample.pk])


@pytest.mark.parametrize("before", [None, date(2020, 2, 29)])
def test_undo_puts_back_what_was_said_before(as_alice, alice, before):
    sample = make_sample(alice, current_as_of=before, **OLD)
    undo = undo_of(as_alice.post(confirm_url(sample), follow=True))

    page = as_alice.post(undo, follow=True)

    assert f"“{sample}” stands as before." in page.content.decode()
    sample.refresh_from_db()
    assert sample.current_as_of == before


def test_only_its_row_changes_in_the_list(as_alice, alice, htmx):
    sample = make_sample(alice, current_as_of=date(2026, 1, 1), **OLD)

    row = as_alice.post(url(sample), headers=htmx).content.decode()

    assert row.strip().startswith(f'<tr id="sample-{sample.pk}">')
    assert "years ago: still current?" in row


@pytest.mark.parametrize("nonsense", ["soon", "\0", "9" * 5000, "0000-00-00"])
def test_nonsense_instead_of_a_day_says_nothing(as_alice, alice, nonsense):
    sample = make_sample(alice, current_as_of=date(2025, 1, 1), **OLD)

    assert as_alice.post(f"{url(sample)}?as_of={nonsense}").status_code == 302

    sample.refresh_from_db()
    assert sample.current_as_of is None


def test_hides_other_peoples_samples(as_alice, bob):
    theirs = make_sample(bob, current_as_of=date(2025, 1, 1), **OLD)

    assert as_alice.post(f"{url(theirs)}?as_of=2020-01-01").status_code == 404
    theirs.refresh_from_db()
    assert theirs.current_as_of == date(2025, 1, 1)


def test_needs_a_post(as_alice, alice):
    assert as_alice.get(url(make_sample(alice))).status_code == 405
