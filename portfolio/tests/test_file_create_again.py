"""The form for files sent again: the very same sending counts once, any other is never lost."""

import pytest
from django.urls import reverse

from portfolio.tests.factories import PDF, make_sample, pdf_upload, stored_files


def url(sample):
    return reverse("portfolio:file-create", args=[sample.pk])


def test_a_double_click_stores_once(as_alice, alice):
    sample = make_sample(alice)
    submission = as_alice.get(url(sample)).context["form"]["submission_id"].value()

    pages = []
    for _ in range(2):
        sent = {"file": [pdf_upload("a.pdf"), pdf_upload("b.pdf")], "submission_id": submission}
        pages.append(as_alice.post(url(sample), sent, follow=True).content.decode())

    assert [file.version for file in sample.files.all()] == [2, 1]
    assert len(stored_files()) == 2
    for page in pages:
        assert "Saved “a.pdf” as version 1." in page
        assert "Saved “b.pdf” as version 2." in page


@pytest.mark.parametrize(
    "other",
    [
        {"file": ("b.pdf", PDF)},
        {"file": ("a.pdf", PDF.replace(b"Catalog", b"Catalox"))},
        {"kind": "redacted"},
    ],
)
def test_the_same_form_with_something_else_in_it_counts(as_alice, alice, other):
    sample = make_sample(alice)
    sent = {"file": ("a.pdf", PDF), "kind": "full"}
    submission = as_alice.get(url(sample)).context["form"]["submission_id"].value()

    for data in (sent, sent | other):
        posted = data | {"file": pdf_upload(*data["file"]), "submission_id": submission}
        page = as_alice.post(url(sample), posted, follow=True).content.decode()

    newest, first = sample.files.all()
    assert (newest.version, newest.name) == (2, (sent | other)["file"][0])
    assert (newest.name, newest.sha256, newest.kind) != (first.name, first.sha256, first.kind)
    assert f"Saved “{newest.name}” as version 2." in page
    assert len(stored_files()) == 2


def test_the_same_form_on_another_sample_counts(as_alice, alice):
    samples = make_sample(alice), make_sample(alice)
    submission = as_alice.get(url(samples[0])).context["form"]["submission_id"].value()

    for sample in samples:
        as_alice.post(url(sample), {"file": pdf_upload("a.pdf"), "submission_id": submission})

    assert [sample.files.count() for sample in samples] == [1, 1]


def test_sent_again_brings_back_only_what_was_deleted_since(as_alice, alice):
    sample = make_sample(alice)
    submission = as_alice.get(url(sample)).context["form"]["submission_id"].value()

    for _ in range(2):
        sent = {"file": [pdf_upload("a.pdf"), pdf_upload("b.pdf")], "submission_id": submission}
        page = as_alice.post(url(sample), sent, follow=True).content.decode()
        sample.files.filter(version=1).delete()

    assert [(file.version, file.name) for file in sample.files.all()] == [(3, "a.pdf"), (2, "b.pdf")]
    assert "Saved “a.pdf” as version 3." in page


def test_the_same_file_twice_in_one_sending_is_two_versions(as_alice, alice):
    sample = make_sample(alice)
    submission = as_alice.get(url(sample)).context["form"]["submission_id"].value()

    as_alice.post(
        url(sample), {"file": [pdf_upload("a.pdf"), pdf_upload("a.pdf")], "submission_id": submission}
    )

    assert [file.version for file in sample.files.all()] == [2, 1]
