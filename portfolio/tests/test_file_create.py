import errno
import hashlib

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from portfolio.models import Sample, SampleFile
from portfolio.tests.factories import PDF, PNG, make_sample, make_sample_file, pdf_upload, stored_files
from portfolio.tests.files import ELF, PE, docx, pdf, pdf_by


def url(sample):
    return reverse("portfolio:file-create", args=[sample.pk])


def upload(name, content=PDF):
    return SimpleUploadedFile(name, content, "application/octet-stream")


def test_stores_the_file_as_the_first_version(as_alice, alice):
    sample = make_sample(alice)

    response = as_alice.post(url(sample), {"file": upload("report.pdf"), "kind": "redacted"}, follow=True)

    assert "Saved “report.pdf” as version 1." in response.content.decode()
    file = SampleFile.objects.get()
    assert (file.owner, file.sample, file.version, file.kind) == (alice, sample, 1, "redacted")
    assert (file.name, file.content_type, file.size) == ("report.pdf", "application/pdf", len(PDF))
    assert file.sha256 == hashlib.sha256(PDF).hexdigest()


def test_notes_what_a_file_tells_and_how_long_it_is(as_alice, alice):
    sample = make_sample(alice)
    told = pdf(12, trailer="/Info 100 0 R", objects=["<< /Author (Ana Ribeiro) >>"])

    as_alice.post(url(sample), {"file": upload("report.pdf", told)})

    file = sample.files.get()
    assert (file.traces, file.pages, file.preview_pages) == (["Author: Ana Ribeiro"], 12, 10)


def test_a_redacted_file_that_names_somebody_is_full_until_its_owner_has_seen_it(as_alice, alice):
    sample = make_sample(alice)

    response = as_alice.post(url(sample), {"file": upload("r.pdf", pdf_by("Ana")), "kind": "redacted"})

    file = sample.files.get()
    assert file.kind == "full"
    assert response.url == file.redact_url


def test_of_several_only_those_that_name_somebody_are_asked_about(as_alice, alice):
    sample = make_sample(alice)
    files = [upload("a.pdf", pdf_by("Ana")), upload("b.pdf"), upload("c.pdf", pdf_by("Ida"))]

    response = as_alice.post(url(sample), {"file": files, "kind": "redacted"})

    last, plain, first = sample.files.all()
    assert [last.kind, plain.kind, first.kind] == ["full", "redacted", "full"]
    assert response.url == f"{first.redact_url}?then={last.pk}"


def test_the_same_sending_again_asks_no_more_about_what_was_decided(as_alice, alice):
    sample = make_sample(alice)
    number = "00000000-0000-4000-8000-000000000001"

    for decided in ("full", "redacted"):
        sent = {"file": upload("r.pdf", pdf_by("Ana")), "kind": "redacted", "submission_id": number}
        response = as_alice.post(url(sample), sent)
        assert (response.url == sample.get_absolute_url()) == (decided == "redacted")
        sample.files.update(kind="redacted")

    assert sample.files.count() == 1


def test_a_full_file_that_names_somebody_is_nobody_elses_business(as_alice, alice):
    sample = make_sample(alice)

    response = as_alice.post(url(sample), {"file": upload("r.pdf", pdf_by("Ana"))})

    assert response.url == sample.get_absolute_url()


def test_stored_names_cannot_be_guessed(as_alice, alice):
    sample = make_sample(alice)

    as_alice.post(url(sample), {"file": [upload("report.pdf"), upload("report.pdf")]})

    names = stored_files()
    assert len(set(names)) == 2
    assert all(len(name) == 32 and "report" not in name for name in names)


def test_several_files_become_consecutive_versions(as_alice, alice):
    sample = make_sample(alice)
    make_sample_file(sample)

    as_alice.post(url(sample), {"file": [upload("b.pdf"), upload("a.png", PNG)]})

    files = [(file.version, file.name, file.content_type) for file in sample.files.order_by("version")[1:]]
    assert files == [(2, "b.pdf", "application/pdf"), (3, "a.png", "image/png")]


def test_numbers_are_never_given_again(as_alice, alice):
    sample = make_sample(alice)
    make_sample_file(sample)
    make_sample_file(sample).remove()

    as_alice.post(url(sample), {"file": upload("report.pdf")})

    assert [file.version for file in sample.files.all()] == [3, 1]


def test_reminds_of_the_permission_that_was_given(as_alice, alice):
    sample = make_sample(alice, origin="client", permission="granted_full")

    page = as_alice.post(url(sample), {"file": upload("report.pdf")}, follow=True).content.decode()

    assert "check that the permission you were given still covers it" in page


def test_moves_the_sample_up_in_the_list(as_alice, alice):
    sample = make_sample(alice)
    make_sample(alice, title="Newer")

    as_alice.post(url(sample), {"file": upload("report.pdf")})

    assert Sample.objects.first() == sample


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("report.pdf", b"", "“report.pdf” is empty. Save it again and choose that."),
        (
            "report.pdf",
            ELF,
            "“report.pdf” is not a PDF: it looks like a program. Choose another file.",
        ),
        (
            "report.pdf",
            PE,
            "“report.pdf” is not a PDF: it looks like a program. Choose another file.",
        ),
        (
            "photo.png",
            PDF,
            "“photo.png” is not a PNG picture: it looks like a PDF. "
            "Give it the ending .pdf and choose it again.",
        ),
        (
            "report.docx",
            docx({"word/vbaProject.bin": b"x"}),
            "“report.docx” contains macros, small programs that start by themselves. "
            "Save it without macros and choose that.",
        ),
        (
            "tool.exe",
            PE,
            "“tool.exe” is not a kind of file we can keep. We take PDF, Word, PowerPoint, Excel, "
            "OpenDocument, PNG, JPEG, GIF, WebP, plain text and Markdown.",
        ),
    ],
)
def test_refuses_what_it_cannot_keep(as_alice, alice, name, content, message):
    sample = make_sample(alice)

    response = as_alice.post(url(sample), {"file": upload(name, content)})

    assert response.status_code == 422
    assert response.context["form"].errors == {"file": [message]}
    assert message.split(":")[0] in response.content.decode()
    assert (sample.files.count(), stored_files()) == (0, [])


def test_refuses_what_is_too_large_and_says_both_sizes(as_alice, alice, settings):
    settings.UPLOAD_MAX_MB = 1
    sample = make_sample(alice)
    fits, too_large = (PDF + bytes(1024 * 1024 - len(PDF) + extra) for extra in (0, 1))

    refused = as_alice.post(url(sample), {"file": upload("talk.pdf", too_large)})
    as_alice.post(url(sample), {"file": upload("talk.pdf", fits)})

    assert refused.context["form"].errors == {
        "file": ["“talk.pdf” is 1.1 MB. The limit is 1 MB: make its pictures smaller, or send it in parts."]
    }
    assert [file.size for file in sample.files.all()] == [1024 * 1024]


def test_one_refused_file_refuses_them_all(as_alice, alice):
    sample = make_sample(alice)

    response = as_alice.post(
        url(sample), {"file": [upload("good.pdf"), upload("bad.pdf", ELF), upload("no.pdf", b"")]}
    )

    assert response.context["form"].errors["file"] == [
        "“bad.pdf” is not a PDF: it looks like a program. Choose another file.",
        "“no.pdf” is empty. Save it again and choose that.",
    ]
    assert (sample.files.count(), stored_files()) == (0, [])


@pytest.mark.parametrize("data", [{}, {"file": ""}, {"file": "text instead of a file"}])
def test_asks_for_a_file(as_alice, alice, data):
    response = as_alice.post(url(make_sample(alice)), data)

    assert response.status_code == 422
    assert response.context["form"].errors == {"file": ["Choose a file first."]}


def test_too_many_at_once_are_refused(as_alice, alice):
    sample = make_sample(alice)

    response = as_alice.post(url(sample), {"file": [upload(f"{n}.pdf") for n in range(21)]})

    assert response.context["form"].errors == {"file": ["Choose at most 20 files at a time."]}
    assert stored_files() == []


def test_too_much_at_once_is_refused(as_alice, alice, monkeypatch):
    monkeypatch.setattr("portfolio.forms.files.MB_AT_ONCE", 1)
    sample = make_sample(alice)
    half = PDF + bytes(512 * 1024 - len(PDF))

    refused = as_alice.post(url(sample), {"file": [upload("a.pdf", half), upload("b.pdf", half + b"\n")]})
    as_alice.post(url(sample), {"file": [upload("a.pdf", half), upload("b.pdf", half)]})

    assert refused.context["form"].errors == {
        "file": [
            "Together these files are 1.1 MB. The limit is 1 MB at a time: send them in two or more goes."
        ]
    }
    assert [file.size for file in sample.files.all()] == [len(half)] * 2


@pytest.mark.parametrize("field", [{"kind": "secret"}, {"submission_id": "nonsense"}])
def test_nonsense_beside_the_file_is_refused(as_alice, alice, field):
    sample = make_sample(alice)

    response = as_alice.post(url(sample), {"file": upload("report.pdf")} | field)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == list(field)
    assert (sample.files.count(), stored_files()) == (0, [])


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("a" * 300 + ".pdf", "a" * 251 + ".pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Users\\me\\report.pdf", "report.pdf"),
        ("say “hi” 'you' 🐕.pdf", "say “hi” 'you' 🐕.pdf"),
        ("fdp.\u202egnp.pdf", "fdp.gnp.pdf"),
        ("Доклад 报告.PDF", "Доклад 报告.PDF"),
    ],
)
def test_names_are_tidied(as_alice, alice, sent, kept):
    sample = make_sample(alice)

    response = as_alice.post(url(sample), {"file": upload(sent)})

    assert response.status_code == 302
    assert sample.files.get().name == kept


def test_quotes_in_a_name_are_kept(as_alice, alice):
    sample = make_sample(alice)
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a \\"quoted\\" name.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n" + PDF + b"\r\n--b--\r\n"
    )

    as_alice.generic("POST", url(sample), body, "multipart/form-data; boundary=b")

    assert sample.files.get().name == 'a "quoted" name.pdf'


def test_a_failed_save_leaves_no_file(as_alice, alice, monkeypatch):
    sample = make_sample(alice)
    monkeypatch.setattr("django.db.models.query.QuerySet.bulk_create", _fail)

    with pytest.raises(RuntimeError, match="database is gone"):
        as_alice.post(url(sample), {"file": [pdf_upload("a.pdf"), pdf_upload("b.pdf")]})

    sample.refresh_from_db()
    assert (sample.files.count(), sample.last_version, stored_files()) == (0, 0, [])


def test_a_full_disk_leaves_no_half_file_and_is_said(as_alice, alice, monkeypatch, caplog):
    sample = make_sample(alice)
    monkeypatch.setattr("django.core.files.uploadedfile.InMemoryUploadedFile.chunks", _half_a_file)

    response = as_alice.post(url(sample), {"file": pdf_upload(), "kind": "redacted"})

    assert response.status_code == 507
    assert response.context["form"].errors == {
        "file": ["There is no room left on our side, so nothing was saved. Try again later."]
    }
    assert response.context["form"]["kind"].value() == "redacted"
    assert (sample.files.count(), stored_files()) == (0, [])
    assert "The disk is full" in caplog.text


def test_other_troubles_of_the_disk_are_not_called_full(as_alice, alice, monkeypatch):
    monkeypatch.setattr("django.core.files.storage.FileSystemStorage.save", _broken_disk)

    with pytest.raises(OSError, match="Input/output error"):
        as_alice.post(url(make_sample(alice)), {"file": pdf_upload()})


def test_hides_other_peoples_samples(as_alice, bob):
    theirs = make_sample(bob)

    assert as_alice.get(url(theirs)).status_code == 404
    assert as_alice.post(url(theirs), {"file": pdf_upload()}).status_code == 404
    assert (theirs.files.count(), stored_files()) == (0, [])


def test_can_be_reloaded(as_alice, alice):
    response = as_alice.get(url(make_sample(alice)))

    assert (response.status_code, response.templates[0].name) == (200, "portfolio/detail.html")


def test_allows_no_other_method(as_alice, alice):
    assert as_alice.put(url(make_sample(alice))).status_code == 405


def _fail(*args, **kwargs):
    raise RuntimeError("database is gone")


def _half_a_file(upload, chunk_size=None, _calls=[]):  # noqa: B006 - counts across calls on purpose
    """Whole for the checksum, broken off while it is written."""
    yield PDF[:10]
    _calls.append(upload)
    if len(_calls) > 1:
        raise OSError(errno.ENOSPC, "No space left on device")


def _broken_disk(*args):
    raise OSError(errno.EIO, "Input/output error")
