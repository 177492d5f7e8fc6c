"""Files that are what they say and are refused all the same: each kind of trouble, with what to do."""

import io
import struct
import zipfile
import zlib

import pytest

from portfolio.inspection import archives
from portfolio.inspection import picture as pictures
from portfolio.inspection.findings import DAMAGED, LOCKED, MACROS, TroubleError
from portfolio.inspection.looking import look_into
from portfolio.tests.files import (
    ODF_NAMES,
    OOXML,
    core,
    docx,
    locked_pdf,
    moving_picture,
    odf,
    packed_stream,
    pdf,
    picture,
    pptx,
    stream,
    xlsx,
    zip_bytes,
)
from portfolio.tests.old_office import doc, ppt, sheet, xls

PRINT = "Print it to a new PDF and choose that."
SCRIPT = f"contains JavaScript. {PRINT}"
FILES_INSIDE = f"carries other files inside. {PRINT}"
OTHER_FILES = f"leads to other files on its reader’s computer. {PRINT}"
PACKED_FILE = "carries another file inside. Remove that from it, save it and choose it again."
TWO_IN_ONE = "is two files in one. Open it, save it as a new file and choose that."
MORE_THAN_A_PDF = f"is more than a PDF: something else follows it in the same file. {PRINT}"
ENTITIES = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><x>&b;</x>'
UNFOLDS = "contains XML that unfolds into something else. Save it again and choose that."
DDE = "can start another program when it is opened (DDE). Take that out, save it and choose it again."
MACRO_PROJECT = b"\x02\x00\x00\x04\x0c\x00\x00\x00" + b"\x07\0\0\0" + b"\x01\0\0\0" + b"\x02\0\0\0"


def refusal(claimed, content):
    with pytest.raises(TroubleError) as trouble:
        look_into(claimed, io.BytesIO(content))
    return str(trouble.value)


def also(content_type):
    """What a Word document says that its parts are, one of them of this type."""
    types = (f"{OOXML}wordprocessingml.document.main+xml", content_type)
    overrides = "".join(f'<Override ContentType="{told}"/>' for told in types)
    return {"[Content_Types].xml": f"<Types>{overrides}</Types>"}


def script(**how):
    return pdf(objects=["<< /S /JavaScript /JS (app.alert) >>"], **how)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (locked_pdf(), LOCKED),
        (
            locked_pdf(user=""),
            "is locked against copying or changing. Save a copy without protection and choose that.",
        ),
        (script(catalog="/OpenAction 100 0 R"), SCRIPT),
        (script(catalog="/AA << /WC 100 0 R >>"), SCRIPT),
        (script(page="/AA << /O 100 0 R >>"), SCRIPT),
        (script(), SCRIPT),  # no page leads to it, and yet it is there
        (pdf(catalog="/OpenAction << /S /Java#53cript /J#53 (x) >>"), SCRIPT),
        (pdf(catalog="/Names << /JavaScript << /Names [(x) 100 0 R] >> >>", objects=["<< >>"]), SCRIPT),
        (pdf(page="/Annots [<< /Subtype /Link /A << /S /Rendition /OP 0 >> >>]"), SCRIPT),
        (pdf(page="/Annots [[<< /A << /JS 100 0 R >> >>]]", objects=[stream(b"x")]), SCRIPT),
        (
            pdf(catalog="/OpenAction << /S /Launch /F (calc.exe) >>"),
            f"starts another program when it is opened or clicked. {PRINT}",
        ),
        (
            pdf(page="/Annots [<< /Subtype /Widget /A << /S /SubmitForm >> >>]"),
            f"sends what its reader fills in elsewhere. {PRINT}",
        ),
        (
            pdf(objects=["<< /S /ImportData /F (x) >>"]),
            f"reads other files of its reader. {PRINT}",
        ),
        (pdf(catalog="/Names << /EmbeddedFiles << /Names [] >> >>"), FILES_INSIDE),
        (pdf(objects=["<< /Type /Filespec /F (a.exe) /EF << /F 101 0 R >> >>", stream(b"MZ")]), FILES_INSIDE),
        (pdf(objects=[stream(b"MZ", "/Type /EmbeddedFile")]), FILES_INSIDE),
        (pdf(objects=["<< /S /GoToE /T << >> >>"]), FILES_INSIDE),
        (pdf(catalog=r"/OpenAction << /S /GoToR /F (\\\\example.org\\x) /D [0 /Fit] >>"), OTHER_FILES),
        (pdf(page="/Annots [<< /Subtype /RichMedia >>]"), f"plays media when it is opened. {PRINT}"),
        (pdf(catalog="/AcroForm << /XFA (x) >>"), f"is a form that changes itself. {PRINT}"),
        (pdf(pages=0), f"has no pages. {PRINT}"),
        (pdf() + zip_bytes({"a.exe": b"MZ"}), TWO_IN_ONE),
        (pdf() + b"<script>alert(1)</script>", MORE_THAN_A_PDF),
        (pdf(objects=[zip_bytes({"a.exe": b"MZ"})]), TWO_IN_ONE),
        (b"\xef\xbb\xbf" + pdf(), f"is a PDF with something else before its beginning. {PRINT}"),
        (b"x" * 900 + pdf(), f"is a PDF with something else before its beginning. {PRINT}"),
        (pdf()[:-8], DAMAGED),  # without its end: cut off on its way
        (pdf()[: len(pdf()) // 2], DAMAGED),
        (b"%PDF-1.7\n%%EOF", DAMAGED),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Pages /Kids [1 0 R] >>\nendobj\n%%EOF", DAMAGED),
    ],
)
def test_pdf(content, reason):
    assert refusal("pdf", content) == reason


@pytest.mark.parametrize(
    "content",
    [
        pdf() + bytes(1000),
        pdf() + b"\r\n\r\n",
        pdf(catalog="/OpenAction [10 0 R /Fit]"),
        pdf(catalog="/OpenAction << /S /GoTo /D [10 0 R /Fit] >>"),
        pdf(page="/Annots [<< /Subtype /Link /A << /S /URI /URI (https://example.org) >> >>]"),
        pdf(objects=["<< /Title (How /JS and /Launch work in a PDF) >>"]),
        pdf().replace(b"0000000000 65535 f", b"0000000009 65535 f"),  # a small mistake that readers mend
    ],
)
def test_honest_pdf_is_taken(content):
    assert look_into("pdf", io.BytesIO(content)).pages == 1


@pytest.mark.parametrize(
    ("claimed", "content", "reason"),
    [
        ("docx", docx({"word/vbaProject.bin": b"x"}), MACROS),
        ("docx", docx({"word/activeX/activeX1.bin": b"x"}), MACROS),
        ("xlsx", xlsx({"xl/macrosheets/sheet1.xml": "<x/>"}), MACROS),
        ("pptx", pptx({"ppt/embeddings/inner.pptm": b"x"}), MACROS),
        ("pptx", pptx({"ppt/embeddings/sheet.xlsx": xlsx({"xl/vbaProject.bin": b"x"})}), MACROS),
        ("docx", docx({"word/embeddings/oleObject1.bin": doc({"Macros/VBA/dir": b"x"})}), MACROS),
        ("docx", docx({"word/embeddings/oleObject1.bin": doc({"\x01Ole10Native": b"MZ"})}), PACKED_FILE),
        # What a part is called is free: its type and its first bytes say what it is.
        ("docx", docx({"word/any/x.xml": "<x/>", **also("application/vnd.ms-office.activeX+xml")}), MACROS),
        ("docx", docx({"word/any/x.bin": b"x", **also("application/vnd.ms-office.vbaProject")}), MACROS),
        ("docx", docx({"word/any/x.bin": xlsx({"xl/vbaProject.bin": b"x"})}), MACROS),
        ("docx", docx({"word/any/x.bin": docx(also("application/vnd.ms-office.vbaProject"))}), MACROS),
        ("docx", docx({"word/any/x.bin": doc({"\x01Ole10Native": b"MZ"})}), PACKED_FILE),
        ("docx", docx({"docProps/core.xml": ENTITIES}), UNFOLDS),
        ("docx", docx({"docProps/core.xml": '<!DOCTYPE x [<!ENTITY a SYSTEM "/etc/passwd">]><x/>'}), UNFOLDS),
        ("docx", docx(body="<w:instrText>D</w:instrText><w:instrText>DEAUTO cmd</w:instrText>"), DDE),
        ("docx", docx(body='<w:fldSimple w:instr="dde cmd"/>'), DDE),
        ("xlsx", xlsx({"xl/externalLinks/externalLink1.xml": "<x><ddeLink/></x>"}), DDE),
        ("docx", docx({"docProps/core.xml": "<x>"}), DAMAGED),
        ("docx", docx({"word/document.xml": b"\xff\xfe\xfd"}), DAMAGED),
        ("odt", odf(parts={"Basic/Standard/Module1.xml": "<x/>"}), MACROS),
        ("odt", odf(parts={"Scripts/python/x.py": "x"}), MACROS),
        (
            "odt",
            odf(body='<script:event-listener xlink:href="vnd.sun.star.script:Standard.x?language=Basic"/>'),
            MACROS,
        ),
        (
            "odt",
            odf(
                parts={
                    "META-INF/manifest.xml": f"<manifest:manifest {ODF_NAMES}><manifest:encryption-data/>"
                    "</manifest:manifest>"
                }
            ),
            LOCKED,
        ),
        ("odt", odf(parts={"meta.xml": ENTITIES}), UNFOLDS),
        ("odt", zip_bytes({"mimetype": "application/vnd.oasis.opendocument.text"}), DAMAGED),
        ("doc", doc({"Macros/VBA/dir": b"x"}), MACROS),
        ("doc", doc({"ObjectPool/_1/\x01Ole10Native": b"MZ"}), PACKED_FILE),
        ("doc", doc(flags=0x0100), LOCKED),
        ("xls", xls({}, {"_VBA_PROJECT_CUR/VBA/dir": b"x"}), MACROS),
        ("xls", xls([sheet(kind=1)]), MACROS),
        ("xls", xls([(0x2F, bytes(54))]), LOCKED),
        ("ppt", ppt(slides=b"x" * 100 + MACRO_PROJECT), MACROS),
        ("ppt", ppt({"EncryptedSummary": b"x"}), LOCKED),
        ("ppt", ppt({"Current User": bytes(12) + struct.pack("<L", 0xF3D1C4DF)}), LOCKED),
        ("docx", b"PK\x03\x04%PDF-1.7" + docx()[12:], TWO_IN_ONE),
    ],
)
def test_office(claimed, content, reason):
    assert refusal(claimed, content) == reason


@pytest.mark.parametrize(
    ("claimed", "content"),
    [
        ("odt", odf(parts={"Basic/script-lc.xml": "<x/>", "Basic/Standard/script-lb.xml": "<x/>"})),
        ("odt", odf(body='<script:event-listener xlink:href="#somewhere"/>')),
        ("odt", odf(parts={"meta.xml": '<!DOCTYPE x PUBLIC "-//x//" "Manifest.dtd"><x/>'})),
        ("ppt", ppt({"Theme": zip_bytes({"theme.xml": "<x/>"})})),
        ("docx", docx(body="<w:instrText>HYPERLINK x</w:instrText>")),
        ("pptx", pptx({"ppt/embeddings/sheet.xlsx": xlsx()})),
        ("docx", docx({"word/embeddings/oleObject1.bin": doc()})),
        ("docx", docx({"word/embeddings/drawing.emf": b"x"})),
        ("ppt", ppt(slides=MACRO_PROJECT.replace(b"\x01\0\0\0", b"\0\0\0\0"))),
    ],
)
def test_honest_office_files_are_taken(claimed, content):
    look_into(claimed, io.BytesIO(content))


def test_a_zip_bomb_is_refused_before_it_is_unpacked(monkeypatch):
    bomb = docx({"word/media/a.bin": bytes(25 * 1024 * 1024)})
    monkeypatch.setattr(zipfile.ZipFile, "open", None)

    assert len(bomb) < 100_000
    assert refusal("docx", bomb) == (
        "would unpack to 25 MB, far more than a document of its size. Save it again and choose that."
    )


def test_a_zip_bomb_may_not_hide_its_size():
    declared = b"\x00\x00\x90\x01"  # 25 MB in both lists of the archive
    bomb = docx({"word/media/a.bin": bytes(25 * 1024 * 1024)})
    assert bomb.count(declared) == 2

    assert refusal("docx", bomb.replace(declared, b"\x00\x10\x00\x00")) == DAMAGED


def test_limits_of_archives_can_be_reached(monkeypatch):
    monkeypatch.setattr(archives, "MB_UNPACKED", 0)
    assert "would unpack to 0 MB" in refusal("docx", docx())

    monkeypatch.setattr(archives, "MB_OF_NAMES", 0)
    assert "has far more parts than a document" in refusal("docx", docx())


def with_flag(content, flag):
    """The archive with a flag set on its first part, in both lists."""
    whole = bytearray(content)
    whole[6] |= flag
    whole[whole.index(b"PK\x01\x02") + 8] |= flag
    return bytes(whole)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (with_flag(docx(), 1), LOCKED),
        (docx() + b"x", DAMAGED),
        (docx()[:-30], DAMAGED),
        (docx()[: len(docx()) // 2], DAMAGED),
        (b"PK\x03\x04" + docx(), DAMAGED),
        (zip_bytes({"[Content_Types].xml": "<Types/>", "a": "a"}, zipfile.ZIP_BZIP2), DAMAGED),
    ],
)
def test_archives_that_could_be_read_in_two_ways_are_refused(content, reason):
    assert refusal("docx", content) == reason


def test_two_parts_of_the_same_name_are_refused():
    packed = io.BytesIO(docx(core()))
    with zipfile.ZipFile(packed, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("docProps/core.xml", "<x/>")

    assert refusal("docx", packed.getvalue()) == DAMAGED


@pytest.mark.parametrize("kind", ["png", "jpeg", "gif", "webp"])
def test_broken_pictures(kind):
    whole = picture(kind.upper(), size=(200, 200))

    assert refusal(kind, whole[: len(whole) // 2]) == DAMAGED


def test_pictures_that_are_another_file_too():
    assert refusal("png", picture("PNG") + zip_bytes({"a.exe": b"MZ"})) == TWO_IN_ONE
    assert refusal("gif", moving_picture() + pdf()) == TWO_IN_ONE
    assert refusal("jpeg", picture("JPEG", comment=b"%PDF-1.7")) == TWO_IN_ONE


@pytest.mark.parametrize(
    ("kind", "content"), [("png", picture("PNG", (200, 200))), ("gif", moving_picture(9, (100, 100)))]
)
def test_pictures_larger_than_they_look(monkeypatch, kind, content):
    monkeypatch.setattr(pictures, "MAX_MEGAPIXELS", 0.02)
    monkeypatch.setattr(pictures, "MAX_MEGAPIXELS_MOVING", 0.05)

    assert refusal(kind, content) == "has more than 100 million points. Save it smaller and choose that."


def test_a_picture_that_says_it_is_endless():
    header = picture("PNG")
    at = header.index(b"IHDR") + 4

    assert "has more than 100 million points" in refusal(
        "png", _with_new_sum(header[:at] + struct.pack(">LL", 60_000, 60_000) + header[at + 8 :])
    )


def _with_new_sum(png):
    at = png.index(b"IHDR")
    return png[: at + 17] + struct.pack(">L", zlib.crc32(png[at : at + 17])) + png[at + 21 :]


def test_a_font_may_hold_what_another_part_of_a_pdf_may_not():
    assert look_into("pdf", io.BytesIO(pdf(objects=[packed_stream(b"/JS /Launch")]))).pages == 1
