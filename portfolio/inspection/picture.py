"""Pictures: opened whole before they are kept, and what they tell beside what they show."""

import io
from collections.abc import Iterator
from itertools import chain

from PIL import ExifTags, Image, ImageFile, IptcImagePlugin, WebPImagePlugin

from portfolio.inspection.findings import Findings, TroubleError, labelled
from portfolio.inspection.xmp import UNREADABLE, labels_in

MAX_MEGAPIXELS = 100
# All frames of a moving picture together.
MAX_MEGAPIXELS_MOVING = 400
FORMATS = ("PNG", "JPEG", "GIF", WebPImagePlugin.WebPImageFile.format)
Image.MAX_IMAGE_PIXELS = MAX_MEGAPIXELS * 1_000_000
FOLLOWED = "Something behind the end of the picture, such as what was cut off from it"
_PNG_END = b"\0\0\0\0IEND\xaeB`\x82"
_LAST_BYTES = {"JPEG": b"\xff\xd9", "GIF": b";"}
_TOO_LARGE = f"has more than {MAX_MEGAPIXELS} million points. Save it smaller and choose that."
_EXIF = {
    ExifTags.Base.Artist: "Author",
    ExifTags.Base.XPAuthor: "Author",
    ExifTags.Base.CameraOwnerName: "Owner of the camera",
    ExifTags.Base.Copyright: "Copyright",
    ExifTags.Base.ImageDescription: "Description",
    ExifTags.Base.XPTitle: "Title",
    ExifTags.Base.XPComment: "Comment",
    ExifTags.Base.BodySerialNumber: "Serial number of the camera",
}
_INFO = {
    key: key.capitalize() for key in ("Author", "Title", "Description", "Copyright", "Comment", "comment")
}
_IPTC = {(2, 80): "Author", (2, 110): "Credit", (2, 116): "Copyright", (2, 120): "Description"}


def look(content: io.BytesIO) -> Findings:
    """Refuses what does not open whole or is too large to open; otherwise what it tells."""
    try:
        _check_size(content)
        # A verified picture has to be opened again.
        with Image.open(content, formats=FORMATS) as picture:
            picture.verify()
        with Image.open(content, formats=FORMATS) as picture:
            for frame in range(getattr(picture, "n_frames", 1)):
                picture.seek(frame)
                picture.load()
            picture.seek(0)
            traces = chain(_traces(picture), _behind(picture.format or "", content.getvalue()))
            return Findings(tuple(dict.fromkeys(traces)), pages=1)
    except Image.DecompressionBombError as bomb:
        raise TroubleError(_TOO_LARGE) from bomb


def _check_size(content: io.BytesIO) -> None:
    with Image.open(content, formats=FORMATS) as picture:
        megapixels = picture.width * picture.height / 1_000_000
        moving = megapixels * getattr(picture, "n_frames", 1)
    if megapixels > MAX_MEGAPIXELS or moving > MAX_MEGAPIXELS_MOVING:
        raise TroubleError(_TOO_LARGE)


def _traces(picture: ImageFile.ImageFile) -> Iterator[str]:
    for told in (_exif, _texts, _iptc, _xmp):
        try:
            yield from told(picture)
        except TroubleError:
            raise
        except Exception:
            # Cameras and agencies write these in their own ways. The picture itself is whole.
            yield UNREADABLE


def _behind(kind: str, whole: bytes) -> Iterator[str]:
    """What a program left there that wrote a smaller picture over a larger one. Zeros say nothing."""
    whole = whole.rstrip(b"\0")
    if kind == "PNG":
        # What follows may be the end of the larger one, which ends in the same way.
        is_followed = bool(whole.partition(_PNG_END)[2])
    elif kind == "WEBP":
        is_followed = len(whole) > int.from_bytes(whole[4:8], "little") + 8
    else:
        is_followed = not whole.endswith(_LAST_BYTES.get(kind, b""))
    if is_followed:
        yield FOLLOWED


def _exif(picture: ImageFile.ImageFile) -> Iterator[str]:
    exif = picture.getexif()
    told = {**exif, **exif.get_ifd(ExifTags.IFD.Exif)}
    yield from labelled({key: _text(told.get(key)) for key in _EXIF}, _EXIF)
    if exif.get_ifd(ExifTags.IFD.GPSInfo):
        yield "The place where it was taken"


def _texts(picture: ImageFile.ImageFile) -> Iterator[str]:
    yield from labelled({key: _text(picture.info.get(key)) for key in _INFO}, _INFO)


def _iptc(picture: ImageFile.ImageFile) -> Iterator[str]:
    told = IptcImagePlugin.getiptcinfo(picture) or {}
    yield from labelled({key: _text(told.get(key)) for key in _IPTC}, _IPTC)


def _xmp(picture: ImageFile.ImageFile) -> Iterator[str]:
    xmp = picture.info.get("xmp") or picture.info.get("XML:com.adobe.xmp")
    if xmp:
        yield from labels_in(xmp.encode() if isinstance(xmp, str) else xmp)


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(text for one in value if (text := _text(one)))
    if isinstance(value, bytes):
        # What Windows writes is UTF-16 with a zero at the end.
        codec = "utf-16-le" if value[1:2] == b"\0" else "utf-8"
        value = value.decode(codec, errors="replace")
    return str(value).strip(" \0\r\n\t") if value is not None else ""
