import pytest
from django.urls import reverse

from portfolio.models import ShareItem, ShareLink
from portfolio.tests.factories import make_review, make_sample, make_sample_file

ANA = ["Author: Ana Ribeiro", "3 comments"]


def url(file, sample=None):
    return reverse("portfolio:file-redact", args=[(sample or file.sample).pk, file.pk])


def kind_of(file):
    file.refresh_from_db()
    return file.kind


def test_a_version_that_names_nobody_is_marked_at_once(as_alice, alice):
    file = make_sample_file(make_sample(alice))

    response = as_alice.post(url(file), follow=True)

    assert kind_of(file) == "redacted"
    assert "Version 1 now counts as redacted." in response.text
    assert f'action="{file.unredact_url}"' in response.text  # Undo


def test_a_version_that_names_somebody_shows_how_before_anything_changes(as_alice, alice):
    file = make_sample_file(make_sample(alice), traces=ANA)

    response = as_alice.post(url(file))

    assert response.status_code == 422
    assert kind_of(file) == "full"
    assert "<li><bdi>Author: Ana Ribeiro</bdi></li>" in response.text
    assert "Keep it as redacted all the same" in response.text


def test_whoever_has_seen_it_may_keep_it_all_the_same(as_alice, alice):
    file = make_sample_file(make_sample(alice), traces=ANA)

    page = as_alice.get(url(file)).text
    response = as_alice.post(url(file), {"seen": "1"})

    assert '<input type="hidden" name="seen" value="1">' in page
    assert response.url == file.sample.get_absolute_url()
    assert kind_of(file) == "redacted"


def test_the_next_undecided_file_follows_whatever_is_decided(as_alice, alice):
    sample = make_sample(alice)
    first, second, third = (make_sample_file(sample, traces=ANA) for _ in range(3))
    address = f"{url(first)}?then={second.pk}&then={third.pk}"
    following = f"{second.redact_url}?then={third.pk}"

    page = as_alice.get(address).text
    response = as_alice.post(address, {"seen": "1"})

    assert f'href="{following}">Leave it as full</a>' in page
    assert response.url == following
    assert (kind_of(first), kind_of(second)) == ("redacted", "full")


@pytest.mark.parametrize("nonsense", ["x", "-1", "999999", "٣" * 5, "9" * 5000])
def test_nonsense_in_the_address_is_ignored(as_alice, alice, nonsense):
    file = make_sample_file(make_sample(alice), traces=ANA)

    response = as_alice.post(f"{url(file)}?then={nonsense}", {"seen": "1"})

    assert response.url == file.sample.get_absolute_url()


def on_a_page(alice, **fields):
    """A version on a page whose readers may see redacted files only."""
    file = make_sample_file(
        make_sample(alice, **{"status": "ready", "permission": "granted_redacted", **fields})
    )
    link = ShareLink.objects.create(owner=alice, title="Oncology")
    ShareItem.objects.create(owner=alice, link=link, sample=file.sample, file=file)
    return file


def test_what_strangers_would_see_at_once_is_said_first(as_alice, alice):
    file = on_a_page(alice)

    response = as_alice.post(url(file))

    assert response.status_code == 422
    assert "<li><bdi>Oncology</bdi></li>" in response.text
    assert kind_of(file) == "full"
    as_alice.post(url(file), {"seen": "1"})
    assert kind_of(file) == "redacted"


@pytest.mark.parametrize(
    "fields", [{"permission": "not_asked"}, {"permission": "own_work"}, {"status": "draft"}]
)
def test_what_changes_nothing_for_strangers_is_done_at_once(as_alice, alice, fields):
    file = on_a_page(alice, **fields)

    as_alice.post(url(file))

    assert kind_of(file) == "redacted"


def test_what_it_lets_out_waits_until_its_owner_has_looked(as_alice, alice):
    file = on_a_page(alice)

    as_alice.post(url(file), {"seen": "1"})

    file.sample.refresh_from_db()
    assert file.sample.look_due_since is not None


@pytest.mark.parametrize("permission", ["own_work", "not_asked"])
def test_what_lets_nothing_more_out_asks_for_no_look(as_alice, alice, permission):
    file = on_a_page(alice, permission=permission)

    as_alice.post(url(file))

    file.sample.refresh_from_db()
    assert (kind_of(file), file.sample.look_due_since) == ("redacted", None)


def test_a_reader_who_was_asked_about_it_is_named_too(as_alice, alice):
    sample = make_sample(alice, status="in_review", permission="granted_redacted")
    file = make_sample_file(sample)
    make_review(sample, file=file, reader="Dr Osei")

    response = as_alice.post(url(file))

    assert response.status_code == 422
    assert "<li><bdi>Dr Osei, asked for a review</bdi></li>" in response.text
    assert kind_of(file) == "full"


def test_hides_other_peoples_files(as_bob, alice, bob):
    file = make_sample_file(make_sample(alice))

    assert as_bob.get(url(file)).status_code == 404
    assert as_bob.post(url(file), {"seen": "1"}).status_code == 404
    assert as_bob.post(url(file, make_sample(bob)), {"seen": "1"}).status_code == 404
    assert kind_of(file) == "full"


def test_allows_no_other_method(as_alice, alice):
    assert as_alice.put(url(make_sample_file(make_sample(alice)))).status_code == 405
