from django.urls import reverse

from portfolio.tests.factories import make_sample, make_sample_file


def url(file):
    return reverse("portfolio:file-unredact", args=[file.sample_id, file.pk])


def test_counts_as_full_again(as_alice, alice):
    file = make_sample_file(make_sample(alice), kind="redacted")

    response = as_alice.post(url(file), follow=True)

    file.refresh_from_db()
    assert file.kind == "full"
    assert "Version 1 counts as full." in response.text


def test_hides_other_peoples_files(as_bob, alice):
    file = make_sample_file(make_sample(alice), kind="redacted")

    assert as_bob.post(url(file)).status_code == 404
    file.refresh_from_db()
    assert file.kind == "redacted"


def test_changes_nothing_on_looking(as_alice, alice):
    assert as_alice.get(url(make_sample_file(make_sample(alice), kind="redacted"))).status_code == 405
