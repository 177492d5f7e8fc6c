from django.urls import reverse

from portfolio.tests.factories import make_sample, make_sample_file


def url(sample):
    return reverse("portfolio:restore", args=[sample.pk])


def test_brings_back_the_sample_with_its_files(as_alice, alice):
    sample = make_sample(alice, title="Gout")
    file = make_sample_file(sample)
    sample.trash()

    response = as_alice.post(url(sample), follow=True)

    assert "“Gout” is back." in response.content.decode()
    assert [version.file for version in response.context["versions"]] == [file]


def test_twice_is_once(as_alice, alice):
    sample = make_sample(alice)
    sample.trash()

    assert [as_alice.post(url(sample)).url for _ in range(2)] == [sample.get_absolute_url()] * 2


def test_hides_other_peoples_samples(as_alice, bob):
    theirs = make_sample(bob)
    theirs.trash()

    assert as_alice.post(url(theirs)).status_code == 404
    theirs.refresh_from_db()
    assert theirs.trashed_at is not None


def test_needs_a_post(as_alice, alice):
    assert as_alice.get(url(make_sample(alice))).status_code == 405
