"""Files for tests, made in code: harmless ones, and each kind of trouble."""

import io
import zipfile
import zlib

import pikepdf
from PIL import Image

OOXML = "application/vnd.openxmlformats-officedocument."
ODF = "application/vnd.oasis.opendocument."
_ODF_PARTS = (
    "office", "text", "dc", "meta", "draw", "presentation", "style", "table", "script", "xlink", "manifest",
)  # fmt: skip
ODF_NAMES = " ".join(f'xmlns:{name}="urn:{name}"' for name in _ODF_PARTS)
# The first bytes of programs for Linux and for Windows.
ELF = b"\x7fELF\x02\x01\x01" + bytes(9) + b"\x02\x00\x3e\x00\x01\x00\x00\x00" + bytes(200)
PE = b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\x00\x00\xff\xff" + bytes(46) + b"\x80" + bytes(67) + b"PE\0\0"


def pdf(pages=1, *, catalog="", trailer="", page="", objects=()):
    """A PDF with text on each page. Further `objects` have the numbers from 100 on."""
    drawn = b"BT /F1 24 Tf 40 320 Td (Needs assessment) Tj ET 0.05 0.36 0.34 rg 40 40 220 60 re f"
    kids = " ".join(f"{number + 10} 0 R" for number in range(pages))
    parts = {
        1: f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        2: f"<< /Type /Pages /Count {pages} /Kids [{kids}] >>".encode(),
        3: b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        4: stream(drawn),
    }
    for number in range(pages):
        parts[number + 10] = (
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> {page} >>"
        ).encode()
    parts |= {100 + n: each if isinstance(each, bytes) else each.encode() for n, each in enumerate(objects)}
    return _pdf_file(parts, trailer)


def _pdf_file(parts, trailer):
    whole = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, part in parts.items():
        places[number] = len(whole)
        whole += b"%d 0 obj\n%b\nendobj\n" % (number, part)
    table = "".join(f"{n} 1\n{place:010} 00000 n \n" for n, place in places.items())
    start = len(whole)
    whole += f"xref\n0 1\n0000000000 65535 f \n{table}".encode()
    whole += f"trailer\n<< /Size {max(parts) + 1} /Root 1 0 R {trailer} >>\n".encode()
    return bytes(whole + f"startxref\n{start}\n%%EOF\n".encode())


def stream(content, told=""):
    return b"<< %b /Length %d >>\nstream\n%b\nendstream" % (told.encode(), len(content), content)


def packed_stream(content, told=""):
    packed = zlib.compress(content)
    return stream(packed, f"{told} /Filter /FlateDecode")


def pdf_by(author):
    """A PDF that names its author, as word processors write it."""
    return pdf(trailer="/Info 100 0 R", objects=[f"<< /Author ({author}) /Producer (LibreOffice 24.2) >>"])


def locked_pdf(user="secret"):
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as plain:
        plain.save(locked, encryption=pikepdf.Encryption(user=user, owner="owner"))
    return locked.getvalue()


def zip_bytes(members, packing=zipfile.ZIP_STORED):
    """A ZIP archive with these members, by name."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", packing) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def docx(parts=None, main="wordprocessingml.document.main+xml", body=""):
    document = f'<w:document xmlns:w="urn:w"><w:body><w:p/>{body}</w:body></w:document>'
    return _ooxml({"word/document.xml": document, **(parts or {})}, main)


def pptx(parts=None):
    main = {"ppt/presentation.xml": "<p:presentation xmlns:p='urn:p'/>"}
    return _ooxml({**main, **(parts or {})}, "presentationml.presentation.main+xml")


def xlsx(parts=None, sheets=""):
    main = {"xl/workbook.xml": f"<workbook><sheets>{sheets}</sheets></workbook>"}
    return _ooxml({**main, **(parts or {})}, "spreadsheetml.sheet.main+xml")


def _ooxml(parts, main):
    types = f'<Types><Override PartName="/main.xml" ContentType="{OOXML}{main}"/></Types>'
    return zip_bytes({"[Content_Types].xml": types, **parts}, zipfile.ZIP_DEFLATED)


def core(**told):
    """The part of an Office file that names people."""
    told = "".join(f"<x:{key}>{value}</x:{key}>" for key, value in told.items())
    return {"docProps/core.xml": f'<x:coreProperties xmlns:x="urn:x">{told}</x:coreProperties>'}


def odf(kind="text", parts=None, body="", automatic=""):
    content = (
        f"<office:document-content {ODF_NAMES}><office:automatic-styles>{automatic}</office:automatic-styles>"
        f"<office:body>{body}</office:body></office:document-content>"
    )
    return zip_bytes({"mimetype": ODF + kind, "content.xml": content, **(parts or {})})


def picture(form="PNG", size=(40, 30), **how):
    drawn = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(drawn, form, **how)
    return drawn.getvalue()


def moving_picture(frames=3, size=(40, 30)):
    first, *others = [Image.new("RGB", size, (n * 60 % 255, 80, 80)) for n in range(frames)]
    drawn = io.BytesIO()
    first.save(drawn, "GIF", save_all=True, append_images=others)
    return drawn.getvalue()
