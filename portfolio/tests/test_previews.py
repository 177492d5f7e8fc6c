"""Drawing pages and keeping the pictures, whatever comes between."""

import errno
import io

import pytest
from django.core.files.storage import FileSystemStorage
from PIL import Image

from portfolio import previews, sandbox
from portfolio.inspection import drawing
from portfolio.models import SampleFile
from portfolio.previews import NoPictureError, draw_page, words_of
from portfolio.storage import preview_name
from portfolio.tests.factories import in_storage, make_sample, make_sample_file
from portfolio.tests.files import pdf, picture
from portfolio.tests.test_traces import exif, somewhere


@pytest.fixture
def file(alice):
    return make_sample_file(make_sample(alice))


def opened(content):
    return Image.open(io.BytesIO(content))


def test_two_at_once_leave_one_picture(file, monkeypatch):
    def meanwhile(*args):
        monkeypatch.undo()
        draw_page(file, 1)
        return b"the slower one"

    monkeypatch.setattr(previews, "draw", meanwhile)

    assert draw_page(file, 1) == b"the slower one"
    assert in_storage("previews") == [preview_name(file.file.name, 1).removeprefix("previews/")]


def test_a_file_deleted_while_it_is_drawn_leaves_no_picture(
    file, monkeypatch, django_capture_on_commit_callbacks
):
    def meanwhile(*args):
        with django_capture_on_commit_callbacks(execute=True):
            SampleFile.objects.get(pk=file.pk).remove()
        return b"drawn from a file that is gone"

    monkeypatch.setattr(previews, "draw", meanwhile)

    with pytest.raises(NoPictureError):
        draw_page(file, 1)

    assert in_storage("previews") == []


def test_a_full_disk_keeps_nobody_from_looking(file, monkeypatch):
    def full(*args):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(FileSystemStorage, "save", full)

    assert draw_page(file, 1).startswith(b"RIFF")


def test_a_busy_machine_may_do_better_next_time(file, monkeypatch):
    monkeypatch.setattr(sandbox, "PATIENCE", 0)

    with pytest.raises(NoPictureError):
        draw_page(file, 1)

    monkeypatch.undo()
    assert draw_page(file, 1).startswith(b"RIFF")


def test_other_files_have_no_words(file):
    assert words_of(file) is None


@pytest.mark.parametrize(
    ("size", "drawn"),
    [((40, 30), (40, 30)), ((2000, 1000), (1000, 500)), ((300, 12_000), (200, 8_000))],
)
def test_pictures_are_made_smaller_never_larger(size, drawn):
    assert opened(drawing.draw("picture", picture("PNG", size), 1)).size == drawn


@pytest.mark.parametrize(("box", "size"), [("300 400", (1000, 1333)), ("100 5000", (160, 8000))])
def test_pages_are_bounded_in_width_and_in_all(box, size):
    content = pdf().replace(b"[0 0 300 400]", f"[0 0 {box}]".encode())

    assert opened(drawing.draw("pdf", content, 1)).size == pytest.approx(size, abs=1)


def test_what_a_picture_tells_stays_behind():
    told = exif(Artist="Ana Ribeiro", Orientation=6)

    drawn = drawing.draw("picture", picture("JPEG", exif=told), 1)

    assert b"Ana" not in drawn
    assert opened(drawn).size == (30, 40)  # upright
    large = drawing.draw("picture", picture("JPEG", (4000, 2000), exif=told), 1)
    assert opened(large).size == (500, 1000)
    assert not opened(drawing.draw("picture", picture("WEBP", exif=somewhere()), 1)).getexif()


@pytest.mark.parametrize("mode", ["1", "L", "P", "RGBA", "CMYK", "I;16"])
def test_pictures_of_every_kind_are_drawn(mode):
    drawn = io.BytesIO()
    Image.new(mode, (1500, 30)).save(drawn, "JPEG" if mode == "CMYK" else "PNG")

    assert opened(drawing.draw("picture", drawn.getvalue(), 1)).size == (1000, 20)


def test_see_through_pictures_stay_see_through():
    clear = io.BytesIO()
    Image.new("RGBA", (10, 10), (255, 0, 0, 0)).save(clear, "PNG")

    assert opened(drawing.draw("picture", clear.getvalue(), 1)).mode == "RGBA"


def test_a_page_like_a_photograph_is_packed_with_loss(monkeypatch):
    whole = drawing.draw("pdf", pdf(), 1)
    monkeypatch.setattr(drawing, "LOSSLESS_UP_TO", 0)

    assert len(drawing.draw("pdf", pdf(), 1)) <= len(whole)
