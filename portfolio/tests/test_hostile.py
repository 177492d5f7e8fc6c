"""Whatever bytes come, the answer is a finding or a refusal in words: no other error, no hang, no crash."""

import io
import subprocess
import sys
import time
import zlib
from contextlib import suppress

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmetrack.settings import BASE_DIR
from conftest import make_user
from portfolio import sandbox
from portfolio.file_types import TYPES, FileRefusedError
from portfolio.inspection import drawing
from portfolio.inspection.findings import DAMAGED, Findings, TroubleError
from portfolio.inspection.looking import look_into
from portfolio.inspection.worker import answer
from portfolio.storage import storing
from portfolio.tests.factories import make_sample
from portfolio.tests.files import core, docx, odf, pdf, pdf_by, picture, pptx, stream, xlsx
from portfolio.tests.old_office import doc, summary, xls
from portfolio.uploading import add_versions, check_upload

WHOLE = {
    "pdf": pdf_by("Ana"),
    "docx": docx(core(creator="Ana"), body="<w:ins/>"),
    "pptx": pptx({"ppt/slides/slide1.xml": '<p:sld xmlns:p="p" show="0"/>'}),
    "xlsx": xlsx(sheets='<sheet state="hidden"/>'),
    "odt": odf(body="<office:annotation/>"),
    "doc": doc({"\x05SummaryInformation": summary(author="Ana")}),
    "xls": xls(),
    "png": picture("PNG"),
    "jpeg": picture("JPEG"),
    "gif": picture("GIF"),
    "webp": picture("WEBP"),
    "text": b"Words.",
}
UNHURRIED = settings(
    max_examples=150, deadline=5000, suppress_health_check=[HealthCheck.too_slow], derandomize=True
)


@st.composite
def damaged(draw):
    """A file with a few bytes changed, cut out or doubled, and perhaps its end missing."""
    kind = draw(st.sampled_from(sorted(WHOLE)))
    content = bytearray(WHOLE[kind])
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        length = draw(st.integers(0, 12))
        content[at : at + length] = draw(
            st.one_of(st.binary(max_size=12), st.just(bytes(content[at : at + length]) * 2))
        )
    return kind, bytes(content[: draw(st.integers(len(content) // 2, len(content)))])


def outcome(look, kind, content):
    try:
        return look(kind, content)
    except TroubleError as trouble:
        return str(trouble)


@UNHURRIED
@given(damaged())
def test_damaged_files_are_taken_or_refused(file):
    kind, content = file

    answered = outcome(look_into, kind, io.BytesIO(content))

    assert isinstance(answered, Findings) or answered.endswith(".")


@UNHURRIED
@given(st.sampled_from(sorted(TYPES)), st.binary(max_size=400), st.sampled_from(sorted(WHOLE)))
def test_anything_behind_an_honest_beginning_is_taken_or_refused(claimed, content, beginning):
    whole = WHOLE[beginning]

    for start in (0, 8, 60, len(whole)):
        answered = outcome(look_into, claimed, io.BytesIO(whole[:start] + content))
        assert isinstance(answered, Findings) or answered.endswith(".")


@settings(UNHURRIED, max_examples=40)
@given(damaged())
def test_damaged_pages_are_drawn_or_fail_in_peace(file):
    kind, content = file
    family = TYPES[kind].family

    # Whatever it raises ends the other process, which is an answer. It must not take this one along.
    with suppress(Exception):
        assert drawing.draw(family, content, 1).startswith(b"RIFF")


def nested(opening, closing, times=200_000):
    return pdf(objects=[opening * times + closing * times])


def with_bomb():
    """A PDF that describes itself in 80 MB of nothing, packed small."""
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(bytes(1024 * 1024)) for _ in range(80)) + packer.flush()
    told = "/Type /Metadata /Subtype /XML /Filter /FlateDecode"
    return pdf(catalog="/Metadata 100 0 R", objects=[stream(packed, told)])


def doubling(times=28):
    """A page that draws a form twice, which draws a form twice, and so on."""
    forms = [
        stream(f"/F{n + 1} Do /F{n + 1} Do".encode(), _form(f"/XObject << /F{n + 1} {101 + n} 0 R >>"))
        for n in range(times)
    ]
    forms.append(stream(b"0 0 300 400 re f", _form("")))
    first = "/Resources << /XObject << /F0 100 0 R >> >>"
    return pdf(page=first, objects=forms).replace(b"BT /F1 24 Tf", b"/F0 Do /F0 D")


def _form(resources):
    return f"/Type /XObject /Subtype /Form /BBox [0 0 300 400] /Resources << {resources} >>"


HOSTILE = {
    "pdf, arrays in arrays": lambda: nested("[", "]"),
    "pdf, dictionaries in dictionaries": lambda: nested("<< /A ", " >>"),
    "pdf, a bomb": with_bomb,
    "pdf, beginnings without end": lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 200_000 + b"%%EOF",
    "docx, elements in elements": lambda: docx({"docProps/core.xml": "<x>" * 300_000 + "</x>" * 300_000}),
    "docx, a long attribute": lambda: docx({"docProps/core.xml": f'<x a="{"y" * 5_000_000}"/>'}),
    "xls, a sheet without a name": lambda: xls([(0x85, b"")]),
    "xls, many of them": lambda: xls([(0x85, bytes(1))] * 50_000),
    "doc, a directory that leads nowhere": lambda: doc()[:512] + bytes(40),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_answered_soon(name):
    content = HOSTILE[name]()
    started = time.monotonic()

    answered = outcome(sandbox.look_into, name.split(",")[0], ContentFile(content))

    assert isinstance(answered, Findings) or answered in {DAMAGED, sandbox.TOO_MUCH}
    assert time.monotonic() - started < sandbox.PATIENCE + 5


def test_remarks_without_a_web_page_are_told_at_once():
    with pytest.raises(TroubleError, match="it looks like plain text"):
        sandbox.look_into("pdf", ContentFile(b"<!---->" * 500))


@pytest.mark.parametrize(
    ("greedy", "refused"),
    [
        ("bytearray(2 * 1024**3)", b"MemoryError"),
        ("open('greedy.txt', 'wb', buffering=0).write(b'x')", b"File too large"),
        ("[0 for _ in iter(int, 1)]", b""),
    ],
)
def test_the_other_process_gets_no_more_than_its_share(greedy, refused, tmp_path):
    code = f"from portfolio.inspection.worker import limit; limit(1); {greedy}"
    where = {"cwd": tmp_path, "env": {"PYTHONPATH": str(BASE_DIR)}}

    ended = subprocess.run([sys.executable, "-c", code], **where, capture_output=True, check=False)  # noqa: S603

    assert refused in ended.stderr
    assert refused or ended.returncode < 0


def test_a_page_that_takes_for_ever_to_draw_is_given_up():
    started = time.monotonic()

    with pytest.raises(sandbox.NoAnswerError):
        sandbox.draw("pdf", ContentFile(doubling()), 1)

    assert time.monotonic() - started < sandbox.PATIENCE + 5


def test_nobody_is_waited_for_longer_than_agreed():
    with pytest.raises(TroubleError) as refused:
        sandbox.look_into("pdf", ContentFile(pdf()), patience=0.001)

    assert str(refused.value) == sandbox.TOO_MUCH


def test_our_secrets_are_not_in_the_other_process(monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "secret")
    seen = {}
    monkeypatch.setattr("subprocess.run", lambda *args, **kwargs: seen.update(kwargs) or _Ended())

    sandbox.draw("pdf", ContentFile(b""), 1)

    assert seen["env"] == {}


class _Ended:
    returncode = 0
    stdout = b""


def test_both_sides_speak_of_the_same_things():
    content = pdf_by("Ana")

    assert sandbox.look_into("pdf", ContentFile(content)) == look_into("pdf", io.BytesIO(content))
    assert answer("look", "pdf", content=content) == b'{"traces": ["Author: Ana"], "pages": 1}'
    assert answer("look", "pdf", content=b"#!/bin/sh\n") == (
        b'{"trouble": "is not a PDF: it looks like plain text. '
        b'Give it the ending .txt and choose it again.", "because": ""}'
    )
    assert b'"because": "PdfError"' in answer("look", "pdf", content=b"%PDF-1.7\n%%EOF")
    assert answer("draw", "pdf", "1", content=content) == sandbox.draw("pdf", ContentFile(content), 1)


def test_a_refusal_names_the_file_and_says_what_to_do():
    upload = SimpleUploadedFile("report.pdf", pdf(objects=["<< /S /JavaScript >>"]))

    with pytest.raises(FileRefusedError) as refused:
        check_upload(upload)

    assert str(refused.value) == "“report.pdf” contains JavaScript. Print it to a new PDF and choose that."


@pytest.mark.django_db
def test_what_a_file_tells_is_made_short_and_plain():
    upload = SimpleUploadedFile("a.docx", docx(core(creator="Ana\u202e\n" * 100)))

    check_upload(upload)
    with storing() as store:
        file = add_versions(make_sample(make_user("ana@example.org")), [upload], store)[0]

    assert file.traces == [f"Author: {'Ana ' * 35}A…"]
