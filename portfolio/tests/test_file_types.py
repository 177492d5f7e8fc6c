import io

import pytest

from portfolio.file_types import FileRefusedError, recognise, tidy_name
from portfolio.tests.factories import ELF, PDF, PE, PNG, zip_bytes

OLE = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(504)
JPEG = bytes.fromhex("ffd8ffe000104a46494600010101006000600000") + bytes(30) + bytes.fromhex("ffd9")
MACH_O = bytes.fromhex("cffaedfe07000001") + bytes(40)
ODF = "application/vnd.oasis.opendocument."


def ooxml(folder):
    return zip_bytes({"[Content_Types].xml": "<Types/>", f"{folder}/main.xml": "<x/>"})


def odf(kind):
    return zip_bytes({"mimetype": ODF + kind, "content.xml": "<x/>"})


def ole(stream):
    return OLE + stream.encode("utf-16-le") + bytes(100)


@pytest.mark.parametrize(
    ("name", "content", "content_type"),
    [
        ("a.pdf", PDF, "application/pdf"),
        ("A.PDF", PDF, "application/pdf"),
        ("a.docx", ooxml("word"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        ("a.pptx", ooxml("ppt"), "application/vnd.openxmlformats-officedocument.presentationml.presentation"),
        ("a.xlsx", ooxml("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ("a.doc", ole("WordDocument"), "application/msword"),
        ("a.ppt", ole("PowerPoint Document"), "application/vnd.ms-powerpoint"),
        ("a.xls", ole("Workbook"), "application/vnd.ms-excel"),
        ("a.odt", odf("text"), ODF + "text"),
        ("a.odp", odf("presentation"), ODF + "presentation"),
        ("a.ods", odf("spreadsheet"), ODF + "spreadsheet"),
        ("a.png", PNG, "image/png"),
        ("a.jpg", JPEG, "image/jpeg"),
        ("a.jpeg", JPEG, "image/jpeg"),
        ("a.gif", b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "image/gif"),
        ("a.webp", b"RIFF\x24\x00\x00\x00WEBPVP8 " + bytes(20), "image/webp"),
        ("a.txt", "Zażółć gęślą jaźń 🐕\r\n\tx\f".encode(), "text/plain"),
        ("a.txt", "naïve".encode("latin-1"), "text/plain"),
        ("a.txt", "From the old Notepad".encode("utf-16"), "text/plain"),
        ("a.txt", b"MZ twins and BMI", "text/plain"),
        ("a.txt", b"BM transplants", "text/plain"),
        ("a.md", b"# Heading\n", "text/markdown"),
    ],
)
def test_takes(name, content, content_type):
    stream = io.BytesIO(content)

    assert recognise(name, stream).content_type == content_type
    assert stream.tell() == 0


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.pdf", ELF, "“a.pdf” is not a PDF: it looks like a program."),
        ("a.docx", PE, "“a.docx” is not a Word document: it looks like a program."),
        ("a.txt", PE, "“a.txt” is not plain text: it looks like a program."),
        ("a.png", MACH_O, "“a.png” is not a PNG picture: it looks like a program."),
        ("a.pdf", b"<!doctype html><script>", "“a.pdf” is not a PDF: it looks like plain text."),
        ("a.pdf", b"#!/bin/sh\n", "“a.pdf” is not a PDF: it looks like plain text."),
        ("a.pdf", bytes(100), "“a.pdf” is not a PDF: we cannot tell what it is."),
        (
            "a.docx",
            zip_bytes({"a.txt": "a"}),
            "“a.docx” is not a Word document: it looks like a ZIP archive.",
        ),
        (
            "a.docx",
            zip_bytes({"word/x.xml": ""}),
            "“a.docx” is not a Word document: it looks like a ZIP archive.",
        ),
        ("a.docx", ooxml("xl"), "“a.docx” is not a Word document: it looks like an Excel workbook."),
        (
            "a.docx",
            b"PK\x03\x04 and nothing else",
            "“a.docx” is not a Word document: it looks like a ZIP archive.",
        ),
        (
            "a.docx",
            ole("WordDocument"),
            "“a.docx” is not a Word document: it looks like an old Word document.",
        ),
        (
            "a.docx",
            ole("EncryptedPackage"),
            "“a.docx” is locked with a password. Save a copy without one and choose that.",
        ),
        ("a.doc", OLE, "“a.doc” is not an old Word document: we cannot tell what it is."),
        (
            "a.odt",
            odf("presentation"),
            "“a.odt” is not an OpenDocument text: it looks like an OpenDocument presentation.",
        ),
        (
            "a.odt",
            zip_bytes({"mimetype": "ž"}),
            "“a.odt” is not an OpenDocument text: it looks like a ZIP archive.",
        ),
        ("a.txt", b"a\0b", "“a.txt” is not plain text: we cannot tell what it is."),
        ("a.txt", PDF, "“a.txt” is not plain text: it looks like a PDF."),
        ("a.png", JPEG, "“a.png” is not a PNG picture: it looks like a JPEG picture."),
    ],
)
def test_refuses_what_its_name_does_not_say(name, content, reason):
    with pytest.raises(FileRefusedError) as refusal:
        recognise(name, io.BytesIO(content))

    assert str(refusal.value) == reason


@pytest.mark.parametrize("name", ["a.exe", "a.html", "a.svg", "a.zip", "a.docm", "a", ".pdf", "", "a.pdf."])
def test_refuses_other_endings_and_says_what_it_takes(name):
    with pytest.raises(FileRefusedError, match="We take PDF, Word, PowerPoint, Excel, OpenDocument, PNG"):
        recognise(name, io.BytesIO(PDF))


def test_archives_cut_short_are_refused():
    whole = odf("text")

    for cut in range(4, len(whole), 7):
        with pytest.raises(
            FileRefusedError, match=r"^“a\.odt” is not an OpenDocument text: it looks like a ZIP"
        ):
            recognise("a.odt", io.BytesIO(whole[:cut]))


def test_archives_with_a_damaged_byte_are_taken_or_refused_never_fatal():
    whole = odf("text")

    outcomes = {_outcome(whole[:at] + b"\xff" + whole[at + 1 :]) for at in range(4, len(whole))}

    # Only some bytes matter for telling what it is.
    assert outcomes == {
        ODF + "text",
        "“a.odt” is not an OpenDocument text: it looks like a ZIP archive.",
    }


@pytest.mark.parametrize(
    ("name", "tidy"),
    [
        ("/etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\x.pdf", "x.pdf"),
        ("a\0b\nc.pdf", "abc.pdf"),
        ("\u202efdp.exe", "fdp.exe"),
        (' a "b" 🐕.pdf ', 'a "b" 🐕.pdf'),
        ("a %22b%22.pdf", 'a "b".pdf'),
        ("é" * 300 + ".docx", "é" * 250 + ".docx"),
        ("x" * 300, "x" * 255),
        ("x." + "y" * 300, "x." + "y" * 253),
        ("", ""),
    ],
)
def test_tidies_names(name, tidy):
    assert tidy_name(name) == tidy


def _outcome(content):
    try:
        return recognise("a.odt", io.BytesIO(content)).content_type
    except FileRefusedError as refusal:
        return str(refusal)
