"""Drawing one page of a PDF, or a picture, small enough for a page of ours. What it tells stays behind."""

import io
import warnings
from collections.abc import Callable

from PIL import Image, ImageOps

WIDTH = 1000
# A very long page is drawn narrower instead.
HEIGHT, MAX_PIXELS = 8000, 3_000_000
# Text is sharper and smaller without loss; a page of photographs is not.
LOSSLESS_UP_TO = 150_000
QUALITY = 80


def draw(family: str, content: bytes, page: int) -> bytes:
    """The page with this number, from 1, as WebP. Raises whatever the library raises."""
    draw_family: dict[str, Callable[[bytes, int], Image.Image]] = {"pdf": _pdf_page, "picture": _picture}
    with warnings.catch_warnings(action="ignore"):
        return _packed(draw_family[family](content, page), is_photo=family == "picture")


def _pdf_page(content: bytes, page: int) -> Image.Image:
    import pypdfium2  # noqa: PLC0415 - pictures do without it

    # The document stays open as long as its page is needed.
    document = pypdfium2.PdfDocument(content)
    sheet = document[page - 1]
    width, height = sheet.get_size()
    drawn: Image.Image = sheet.render(scale=_scale(width, height)).to_pil()
    return drawn


def _picture(content: bytes, page: int) -> Image.Image:
    from portfolio.inspection.picture import FORMATS  # noqa: PLC0415 - PDF does without it

    with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
        # A large photograph is read small at once.
        picture.draft("RGB", (2 * WIDTH, 2 * WIDTH))
        # Smaller before anything else: every step on a hundred million points would need that much again.
        upright = _smaller(ImageOps.exif_transpose(_smaller(picture)))
    return upright.convert("RGBA" if upright.has_transparency_data else "RGB")


def _smaller(picture: Image.Image) -> Image.Image:
    scale = _scale(*picture.size)
    if scale >= 1:
        return picture
    smooth = picture.convert("RGBA") if picture.mode in {"1", "P"} else picture
    size = (max(1, round(picture.width * scale)), max(1, round(picture.height * scale)))
    return smooth.resize(size, Image.Resampling.LANCZOS, reducing_gap=2)


def _scale(width: float, height: float) -> float:
    by_area = float((MAX_PIXELS / (width * height)) ** 0.5)
    return min(WIDTH / width, HEIGHT / height, by_area)


def _packed(drawn: Image.Image, *, is_photo: bool) -> bytes:
    lossless = b"" if is_photo else _webp(drawn, lossless=True, method=2)
    if lossless and len(lossless) <= LOSSLESS_UP_TO:
        return lossless
    lossy = _webp(drawn, quality=QUALITY, method=4)
    return min(lossless or lossy, lossy, key=len)


def _webp(drawn: Image.Image, **how: bool | int) -> bytes:
    packed = io.BytesIO()
    drawn.save(packed, "WEBP", **how)
    return packed.getvalue()
