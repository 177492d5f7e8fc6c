from django.core.files.storage import default_storage
from django.urls import reverse

from portfolio.models import SampleFile, ShareItem, ShareLink
from portfolio.previews import draw_page
from portfolio.storage import preview_name
from portfolio.tests.factories import in_storage, make_review, make_sample, make_sample_file


def url(file, sample=None):
    return reverse("portfolio:file-delete", args=[(sample or file.sample).pk, file.pk])


def test_asks_first(as_alice, alice):
    file = make_sample_file(make_sample(alice), name="gout.pdf")

    page = as_alice.get(url(file)).content.decode()

    assert "Delete version 1, “<bdi>gout.pdf</bdi>”?" in page
    assert SampleFile.objects.count() == 1


def test_deletes_this_version_only(as_alice, alice, django_capture_on_commit_callbacks):
    sample = make_sample(alice)
    kept, gone = make_sample_file(sample), make_sample_file(sample)

    with django_capture_on_commit_callbacks(execute=True):
        response = as_alice.post(url(gone))

    assert response.url == sample.get_absolute_url()
    assert list(sample.files.all()) == [kept]
    assert default_storage.listdir("samples")[1] == [kept.file.name.removeprefix("samples/")]


def test_says_who_will_not_see_it_any_more(as_alice, alice):
    file = make_sample_file(make_sample(alice, status="ready"))
    link = ShareLink.objects.create(owner=alice, title="Oncology")
    ShareItem.objects.create(owner=alice, link=link, sample=file.sample, file=file)
    make_review(file.sample, file=file, reader="Ida Holm")
    make_review(file.sample, file=make_sample_file(file.sample), reader="Of another version")

    response = as_alice.get(url(file))

    assert response.context["readers"] == ["readers of “Oncology”", "Ida Holm, asked for a review"]
    assert "<li><bdi>readers of “Oncology”</bdi></li>" in response.text


def test_pictures_of_its_pages_go_with_it(as_alice, alice, django_capture_on_commit_callbacks):
    sample = make_sample(alice)
    kept, gone = make_sample_file(sample), make_sample_file(sample)
    for file in (kept, gone):
        draw_page(file, 1)

    with django_capture_on_commit_callbacks(execute=True):
        as_alice.post(url(gone))

    assert in_storage("previews") == [preview_name(kept.file.name, 1).removeprefix("previews/")]


def test_the_stored_file_stays_until_the_row_is_surely_gone(as_alice, alice):
    file = make_sample_file(make_sample(alice))

    # Inside a test's own transaction nothing is ever sure.
    as_alice.post(url(file))

    assert default_storage.exists(file.file.name)


def test_hides_other_peoples_files(as_alice, alice, bob):
    theirs = make_sample_file(make_sample(bob))

    assert as_alice.get(url(theirs)).status_code == 404
    assert as_alice.post(url(theirs)).status_code == 404
    assert as_alice.post(url(theirs, make_sample(alice))).status_code == 404
    assert SampleFile.objects.count() == 1


def test_allows_no_other_method(as_alice, alice):
    assert as_alice.put(url(make_sample_file(make_sample(alice)))).status_code == 405
