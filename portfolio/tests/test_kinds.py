"""What a file is, told by its content: what is taken, and what is refused because it is something else."""

import io

import pytest

from portfolio.file_types import ACCEPTED_ENDINGS, claimed_type, family_of
from portfolio.inspection.findings import DAMAGED, LOCKED, MACROS, TroubleError
from portfolio.inspection.kinds import is_plainly_text
from portfolio.inspection.looking import look_into
from portfolio.tests.files import (
    ELF,
    PE,
    docx,
    moving_picture,
    odf,
    pdf,
    picture,
    pptx,
    xlsx,
    zip_bytes,
)
from portfolio.tests.old_office import doc, ole, ppt, xls

MACH_O = bytes.fromhex("cffaedfe07000001") + bytes(40)
RTF = b"{\\rtf1\\ansi Needs assessment}"
TAKEN = [
    ("pdf", pdf()),
    ("docx", docx()),
    ("pptx", pptx()),
    ("xlsx", xlsx()),
    ("doc", doc()),
    ("ppt", ppt()),
    ("xls", xls()),
    ("xls", ole({"Book": b"\x09\x08\x04\0\0\0\0\0"})),
    ("odt", odf("text")),
    ("odp", odf("presentation")),
    ("ods", odf("spreadsheet")),
    ("png", picture("PNG")),
    ("jpeg", picture("JPEG")),
    ("gif", picture("GIF")),
    ("gif", moving_picture()),
    ("webp", picture("WEBP")),
]
TEXTS = [
    "Zażółć gęślą jaźń 🐕\r\n\tx\f".encode(),
    "naïve".encode("latin-1"),
    "From the old Notepad".encode("utf-16"),
    b"MZ twins and BMI",
    b"BM transplants",
    b"# Heading\n",
    # It is about markup. Served as text and as an attachment, it can do nothing.
    b"<!doctype html><script>alert(1)</script>",
    b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
]


def refusal(claimed, content):
    with pytest.raises(TroubleError) as trouble:
        look_into(claimed, io.BytesIO(content))
    return str(trouble.value)


@pytest.mark.parametrize(("kind", "content"), TAKEN)
def test_takes(kind, content):
    look_into(kind, io.BytesIO(content))


@pytest.mark.parametrize("kind", ["text", "markdown"])
@pytest.mark.parametrize("content", TEXTS)
def test_takes_text_of_any_alphabet(kind, content):
    stream = io.BytesIO(content)

    assert look_into(kind, stream).traces == ()
    assert is_plainly_text(stream)
    assert stream.tell() == 0


@pytest.mark.parametrize("content", [b"a\0b", PE, ELF, RTF, pdf(), docx(), doc(), picture("PNG")])
def test_knows_what_is_not_text_without_opening_it(content):
    assert not is_plainly_text(io.BytesIO(content))


@pytest.mark.parametrize(
    ("claimed", "content", "reason"),
    [
        ("pdf", ELF, "is not a PDF: it looks like a program. Choose another file."),
        ("docx", PE, "is not a Word document: it looks like a program. Choose another file."),
        ("text", PE, "is not plain text: it looks like a program. Choose another file."),
        ("png", MACH_O, "is not a PNG picture: it looks like a program. Choose another file."),
        (
            "pdf",
            b"<!-- x --> <!DOCTYPE html><script>",
            "is not a PDF: it looks like a web page. Save it as a PDF and choose that.",
        ),
        (
            "png",
            b'<?xml version="1.0"?><svg/>',
            "is not a PNG picture: it looks like a web page. Save it as a PDF and choose that.",
        ),
        (
            "pdf",
            b"#!/bin/sh\n",
            "is not a PDF: it looks like plain text. Give it the ending .txt and choose it again.",
        ),
        ("pdf", bytes(100), "is not a PDF: we cannot tell what it is. Save it as a PDF and choose that."),
        (
            "docx",
            zip_bytes({"a.txt": "a"}),
            "is not a Word document: it looks like a ZIP archive. "
            "Take the file you mean out of it and choose that.",
        ),
        (
            "odt",
            zip_bytes({"mimetype": "ž"}),
            "is not an OpenDocument text: it looks like a ZIP archive. "
            "Take the file you mean out of it and choose that.",
        ),
        (
            "docx",
            xlsx(),
            "is not a Word document: it looks like an Excel workbook. "
            "Give it the ending .xlsx and choose it again.",
        ),
        (
            "docx",
            doc(),
            "is not a Word document: it looks like an old Word document. "
            "Give it the ending .doc and choose it again.",
        ),
        (
            "odt",
            odf("presentation"),
            "is not an OpenDocument text: it looks like an OpenDocument presentation. "
            "Give it the ending .odp and choose it again.",
        ),
        (
            "png",
            picture("JPEG"),
            "is not a PNG picture: it looks like a JPEG picture. "
            "Give it the ending .jpg and choose it again.",
        ),
        (
            "text",
            pdf(),
            "is not plain text: it looks like a PDF. Give it the ending .pdf and choose it again.",
        ),
        *(
            (claimed, RTF, f"is not {name}: it looks like rich text (RTF). Save it as a PDF and choose that.")
            for claimed, name in (("doc", "an old Word document"), ("text", "plain text"))
        ),
        (
            "text",
            b"a\0b",
            "is not plain text: we cannot tell what it is. Save it as a PDF and choose that.",
        ),
        (
            "doc",
            ole({"Other": b""}),
            "is not an old Word document: we cannot tell what it is. Save it as a PDF and choose that.",
        ),
        ("docx", ole({"EncryptedPackage": b""}), LOCKED),
        ("docx", docx(main="wordprocessingml.document.macroEnabled.main+xml"), MACROS),
        ("docx", b"PK\x03\x04 and nothing else", DAMAGED),
        ("doc", bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504), DAMAGED),
    ],
)
def test_refuses_what_its_name_does_not_say(claimed, content, reason):
    assert refusal(claimed, content) == reason


@pytest.mark.parametrize(
    "name", ["a.exe", "a.html", "a.svg", "a.zip", "a.docm", "a.rtf", "a", ".pdf", "", "a.pdf."]
)
def test_other_endings_stand_for_nothing(name):
    assert claimed_type(name) is None


def test_every_ending_on_offer_stands_for_something():
    assert all(claimed_type(f"A{ending.upper()}") for ending in ACCEPTED_ENDINGS)


def test_families_are_found_again_by_content_type():
    assert family_of("image/webp") == "picture"
    assert family_of("text/markdown") == "text"
    assert family_of("application/x-unknown") == ""
