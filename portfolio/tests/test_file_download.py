import pytest
from django.core.files.storage import default_storage
from django.urls import reverse

from portfolio.tests.factories import PDF, make_sample, make_sample_file


def url(file, sample=None):
    return reverse("portfolio:file-download", args=[(sample or file.sample).pk, file.pk])


def test_hands_out_the_content(as_alice, alice):
    file = make_sample_file(make_sample(alice))

    response = as_alice.get(url(file))

    assert response.getvalue() == PDF
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Length"] == str(len(PDF))


def test_is_not_compressed_on_its_way(as_alice, alice):
    file = make_sample_file(make_sample(alice), b"The same words again. " * 100)

    response = as_alice.get(url(file), headers={"Accept-Encoding": "gzip"})

    assert response.getvalue() == b"The same words again. " * 100
    assert response["Content-Length"] == "2200"
    assert response["Content-Encoding"] == "identity"


def test_headers_keep_it_from_running_or_staying(as_alice, alice):
    response = as_alice.get(url(make_sample_file(make_sample(alice))))

    response.close()
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="needs-assessment.pdf"'


@pytest.mark.parametrize(
    ("name", "header"),
    [
        ('a "b".pdf', 'attachment; filename="a \\"b\\".pdf"'),
        ("🐕.pdf", "attachment; filename*=utf-8''%F0%9F%90%95.pdf"),
        ("Доклад.pdf", "attachment; filename*=utf-8''%D0%94%D0%BE%D0%BA%D0%BB%D0%B0%D0%B4.pdf"),
    ],
)
def test_any_name_survives(as_alice, alice, name, header):
    response = as_alice.get(url(make_sample_file(make_sample(alice), name=name)))

    response.close()
    assert response["Content-Disposition"] == header


def test_old_versions_stay_downloadable(as_alice, alice):
    sample = make_sample(alice)
    old = make_sample_file(sample, b"old")
    make_sample_file(sample, b"new")

    assert as_alice.get(url(old)).getvalue() == b"old"


def test_hides_other_peoples_files(as_alice, alice, bob):
    theirs = make_sample_file(make_sample(bob))

    assert as_alice.get(url(theirs)).status_code == 404
    assert as_alice.get(url(theirs, make_sample(alice))).status_code == 404
    assert default_storage.exists(theirs.file.name)


def test_needs_a_sign_in(client, alice):
    response = client.get(url(make_sample_file(make_sample(alice))))

    assert response.url.startswith(reverse("account_login"))


def test_a_file_of_another_sample_is_not_found(as_alice, alice):
    file = make_sample_file(make_sample(alice))

    assert as_alice.get(url(file, make_sample(alice))).status_code == 404


def test_a_sample_in_the_trash_hands_out_nothing(as_alice, alice):
    file = make_sample_file(make_sample(alice))
    file.sample.trash()

    assert as_alice.get(url(file)).status_code == 404


def test_a_file_lost_from_storage_is_not_found_and_says_so(as_alice, alice):
    file = make_sample_file(make_sample(alice))
    default_storage.delete(file.file.name)

    response = as_alice.get(url(file))

    assert response.status_code == 404
    assert "This file is missing on our side" in response.text
    assert "version 1, “<bdi>needs-assessment.pdf</bdi>”" in response.text


def test_a_text_with_markup_in_it_is_handed_out_as_text(as_alice, alice):
    file = make_sample_file(make_sample(alice), b"<script>alert(1)</script>", content_type="text/plain")

    response = as_alice.get(url(file))

    assert response.getvalue() == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "text/plain"
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_is_read_only(as_alice, alice):
    assert as_alice.post(url(make_sample_file(make_sample(alice)))).status_code == 405
