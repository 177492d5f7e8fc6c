"""What a file tells about people beside its content: each place where a name hides."""

import io

import pikepdf
import pytest
from PIL import ExifTags, Image, PngImagePlugin

from portfolio.inspection.findings import by_whom, counted
from portfolio.inspection.looking import look_into
from portfolio.inspection.ole import UNSEEN
from portfolio.inspection.picture import FOLLOWED
from portfolio.tests.files import (
    ODF_NAMES,
    core,
    docx,
    odf,
    packed_stream,
    pdf,
    pdf_by,
    picture,
    pptx,
    stream,
    xlsx,
)
from portfolio.tests.old_office import company, doc, sheet, summary, xls

XMP = """<?xpacket begin="" id="x"?><x:xmpmeta xmlns:x="adobe:ns:meta/" xmlns:rdf="urn:rdf" xmlns:dc="urn:dc"
 xmlns:xmp="urn:xmp"><rdf:RDF><rdf:Description xmp:CreatorTool="{tool}"><dc:creator><rdf:Seq><rdf:li>{author}
</rdf:li></rdf:Seq></dc:creator></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""
ANA = XMP.format(author="Ana Ribeiro", tool="Adobe InDesign 19.0").encode()


def traces(kind, content):
    return list(look_into(kind, io.BytesIO(content)).traces)


def info(told):
    return pdf(trailer="/Info 100 0 R", objects=[f"<< {told} >>"])


def remark(kind, author=""):
    return (
        f"<< /Type /Annot /Subtype /{kind} /Rect [0 0 9 9] /Contents (x) {f'/T ({author})' * bool(author)} >>"
    )


def metadata(xmp):
    return pdf(catalog="/Metadata 100 0 R", objects=[packed_stream(xmp, "/Type /Metadata /Subtype /XML")])


def linearised():
    for_the_web = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf())) as plain:
        plain.save(for_the_web, linearize=True)
    return for_the_web.getvalue()


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (pdf(), []),
        (linearised(), []),
        (pdf_by("Ana Ribeiro"), ["Author: Ana Ribeiro"]),
        (info("/Title (Zentura ACS) /Subject () /Keywords (x)"), ["Title: Zentura ACS", "Keywords: x"]),
        (info("/Creator (Microsoft Word 2019) /Producer (Skia/PDF m156)"), []),
        (
            info("/Creator (Northfield Medical) /Producer (Ida)"),
            ["Made with: Northfield Medical", "Made with: Ida"],
        ),
        (info("/Company (Zentura) /ModDate (D:20260101) /PTEX.Fullbanner (x)"), ["Company: Zentura"]),
        (info("/AAPL:Keywords []"), []),
        (info("/Author <feff00c50073006500200048>"), ["Author: Åse H"]),
        (metadata(ANA), ["Author: Ana Ribeiro"]),
        (metadata(XMP.format(author="", tool="Ida Holm").encode()), ["Made with: Ida Holm"]),
        (metadata(b"<x"), ["A description of itself that we cannot read"]),
        (metadata(b""), ["A description of itself that we cannot read"]),
        (
            pdf(
                page=f"/Annots [{remark('Text', 'Ana')} {remark('Highlight', 'Ana')} {remark('Ink', 'Tom')}]"
            ),
            ["3 comments, by Ana and Tom"],
        ),
        (pdf(page="/Annots [100 0 R]", objects=[remark("FreeText")]), ["1 comment"]),
        (pdf(objects=[remark("Stamp")]), ["1 comment"]),  # taken off the page, but still inside
        (pdf(page="/Annots [<< /Subtype /Link /Rect [0 0 9 9] >>]"), []),
        (pdf(page=f"/Annots [{remark('Redact')}]"), ["Passages marked for redaction but not removed yet"]),
        (pdf(objects=["<< /Type /Sig /Name (Ana Ribeiro) >>"]), ["A signature, by Ana Ribeiro"]),
        (pdf(catalog="/OCProperties << /D << /OFF [100 0 R] >> >>", objects=["<< >>"]), ["Hidden layers"]),
        (pdf(catalog="/OCProperties << /D << /BaseState /OFF >> >>"), ["Hidden layers"]),
        (pdf(catalog="/OCProperties << /D << /OFF [] >> >>"), []),
        (pdf() + b"% changed\n%%EOF\n", ["1 earlier state of the text inside it"]),
    ],
)
def test_pdf(content, told):
    assert traces("pdf", content) == told


def test_each_thing_is_told_once():
    both = pdf(
        catalog="/Metadata 101 0 R",
        trailer="/Info 100 0 R",
        objects=["<< /Author (Ana Ribeiro) >>", stream(ANA, "/Type /Metadata")],
    )

    assert traces("pdf", both) == ["Author: Ana Ribeiro"]


def word(body="", **parts):
    return docx({f"word/{name}.xml": content for name, content in parts.items()}, body=body)


def slide(show=""):
    return f'<p:sld xmlns:p="urn:p" {show}><p:cSld/></p:sld>'


def notes(text, field="3"):
    return (
        f'<p:notes xmlns:p="p" xmlns:a="a"><a:p><a:fld><a:t>{field}</a:t></a:fld><a:r><a:t>{text}</a:t></a:r>'
        "</a:p></p:notes>"
    )


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        (
            "docx",
            docx(core(creator="Ana", lastModifiedBy="Tom", title="")),
            ["Author: Ana", "Last changed by: Tom"],
        ),
        (
            "docx",
            docx(
                {
                    "docProps/app.xml": "<P><Company>Zentura</Company><Manager>Ida</Manager>"
                    "<Template>Zentura_brief.dotx</Template><Application>Word</Application></P>",
                    "docProps/custom.xml": '<P><property name="Client"><v>Zentura</v></property></P>',
                }
            ),
            [
                "Company: Zentura",
                "Manager: Ida",
                "Template: Zentura_brief.dotx",
                "Property of its own: Client",
            ],
        ),
        ("docx", docx({"docProps/custom.xml": '<P><property name="ScaleCrop"/><property/></P>'}), []),
        ("docx", docx({"docProps/app.xml": "<P><Template>Normal.dotm</Template></P>"}), []),
        (
            "docx",
            word(comments='<c><comment author="Ana"/><comment author="Tom"/><comment author="Ana"/></c>'),
            ["3 comments, by Ana and Tom"],
        ),
        ("docx", word(people='<p><person author="Ana"/></p>'), ["People who worked on it: Ana"]),
        (
            "docx",
            word('<w:ins w:author="Ana"/><w:del w:author="Tom"/>'),
            ["Tracked changes, by Ana and Tom"],
        ),
        ("docx", word(footnotes='<x><rPrChange author="Ida"/></x>'), ["Tracked changes, by Ida"]),
        ("docx", word("<w:rPr><w:vanish/></w:rPr>"), ["Hidden text"]),
        ("docx", word('<w:rPr><w:vanish w:val="0"/></w:rPr>'), []),
        ("docx", docx({"word/embeddings/a.xlsx": xlsx()}), ["1 file inside it"]),
        ("docx", docx({"word/any/a.bin": xlsx()}), ["1 file inside it"]),
        (
            "docx",
            docx(
                {
                    "word/_rels/settings.xml.rels": "<R>"
                    '<Relationship TargetMode="External" Type="x/attachedTemplate"'
                    ' Target="file:///C:/Users/ana%20r/x.dotx"/><Relationship TargetMode="External"'
                    ' Type="x/hyperlink" Target="https://example.org"/><Relationship Target="a.xml"/></R>'
                }
            ),
            ["Link to another file: file:///C:/Users/ana r/x.dotx"],
        ),
        (
            "pptx",
            pptx(
                {
                    "ppt/slides/slide1.xml": slide(),
                    "ppt/slides/slide2.xml": slide('show="0"'),
                    "ppt/slides/slide3.xml": slide('show="false"'),
                    "ppt/notesSlides/notesSlide1.xml": notes("Ask Ida"),
                    "ppt/notesSlides/notesSlide2.xml": notes(" "),
                }
            ),
            ["2 hidden slides", "Speaker notes on 1 slide"],
        ),
        (
            "pptx",
            pptx(
                {"ppt/comments/c1.xml": "<l><cm/><cm/></l>", "ppt/authors.xml": '<l><author name="Ida"/></l>'}
            ),
            ["2 comments, by Ida"],
        ),
        (
            "xlsx",
            xlsx(
                {"xl/comments1.xml": "<c><authors><author>Tom</author></authors><comment/></c>"},
                sheets='<sheet name="a"/><sheet name="b" state="veryHidden"/>',
            ),
            ["1 comment, by Tom", "1 hidden sheet"],
        ),
        ("xlsx", xlsx({"xl/revisions/revisionHeaders.xml": "<x/>"}), ["Tracked changes"]),
    ],
)
def test_office(kind, content, told):
    assert traces(kind, content) == told


CHANGES = (
    "<text:tracked-changes><text:changed-region><text:insertion><office:change-info><dc:creator>Tom</dc:creator>"
    "</office:change-info></text:insertion></text:changed-region></text:tracked-changes>"
)


def hidden_by(name, properties):
    return (
        f'<style:style style:name="{name}"><style:{properties}/></style:style><style:style style:name="x"/>'
    )


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        (
            "odt",
            odf(
                parts={
                    "meta.xml": f"<office:document-meta {ODF_NAMES}><office:meta><meta:initial-creator>Ana"
                    "</meta:initial-creator><dc:creator>Tom</dc:creator><dc:title>Zentura</dc:title>"
                    '<meta:user-defined meta:name="Client">Zentura</meta:user-defined>'
                    '<meta:user-defined meta:name="AppVersion">15</meta:user-defined>'
                    '<meta:template xlink:title="Brief"/></office:meta></office:document-meta>'
                }
            ),
            ["Author: Ana", "Last changed by: Tom", "Title: Zentura", "Client: Zentura", "Template: Brief"],
        ),
        (
            "odt",
            odf(body="<text:p><office:annotation><dc:creator>Ana</dc:creator></office:annotation></text:p>"),
            ["1 comment, by Ana"],
        ),
        ("odt", odf(body=CHANGES), ["Tracked changes, by Tom"]),
        ("odt", odf(body="<text:p><text:hidden-text>x</text:hidden-text></text:p>"), ["Hidden text"]),
        (
            "odp",
            odf(
                "presentation",
                automatic=hidden_by("dp1", 'drawing-page-properties presentation:visibility="hidden"'),
                body='<draw:page draw:style-name="dp1"><presentation:notes><draw:text-box>'
                "<text:p>Ask Ida</text:p></draw:text-box></presentation:notes></draw:page>"
                '<draw:page draw:style-name="x"/>',
            ),
            ["1 hidden slide", "Speaker notes"],
        ),
        (
            "ods",
            odf(
                "spreadsheet",
                automatic=hidden_by("ta1", 'table-properties table:display="false"'),
                body='<table:table table:style-name="ta1"/><table:table table:style-name="x"/>',
            ),
            ["1 hidden sheet"],
        ),
    ],
)
def test_opendocument(kind, content, told):
    assert traces(kind, content) == told


def test_old_office():
    streams = {
        "\x05SummaryInformation": summary(author="Åse Holm", last_saved_by="Tom"),
        "\x05DocumentSummaryInformation": company("Zentura"),
    }

    assert traces("doc", doc(streams)) == [
        "Author: Åse Holm",
        "Last changed by: Tom",
        "Company: Zentura",
        UNSEEN,
    ]
    assert traces("xls", xls([sheet(), sheet(state=1), sheet(state=2)])) == [UNSEEN, "2 hidden sheets"]


@pytest.mark.parametrize(("codepage", "encoding"), [(-535, "utf-8"), (1252, "cp1252"), (1, "cp1252")])
def test_old_office_in_any_alphabet(codepage, encoding):
    streams = {"\x05SummaryInformation": summary(codepage, encoding, author="Åse")}

    assert traces("doc", doc(streams))[0] == "Author: Åse"


def exif(**told):
    data = Image.Exif()
    for key, value in told.items():
        data[ExifTags.Base[key]] = value
    return data


def somewhere():
    data = Image.Exif()
    data.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    return data


def png_text(**told):
    text = PngImagePlugin.PngInfo()
    for key, value in told.items():
        text.add_text(key, value)
    return text


def with_iptc(jpeg, author):
    """The same picture with what press agencies write into theirs."""
    entry = b"\x1c\x02\x50" + len(author).to_bytes(2) + author.encode()
    resource = (
        b"Photoshop 3.0\0" + b"8BIM\x04\x04\0\0" + len(entry).to_bytes(4) + entry + bytes(len(entry) % 2)
    )
    return jpeg[:2] + b"\xff\xed" + (len(resource) + 2).to_bytes(2) + resource + jpeg[2:]


@pytest.mark.parametrize(
    ("kind", "content", "told"),
    [
        ("jpeg", picture("JPEG"), []),
        (
            "jpeg",
            picture("JPEG", exif=exif(Artist="Ana", Copyright="Zentura")),
            ["Author: Ana", "Copyright: Zentura"],
        ),
        ("jpeg", picture("JPEG", exif=exif(XPAuthor="Åse".encode("utf-16-le") + b"\0\0")), ["Author: Åse"]),
        ("webp", picture("WEBP", exif=somewhere()), ["The place where it was taken"]),
        ("jpeg", picture("JPEG", comment="for Ida"), ["Comment: for Ida"]),
        ("jpeg", picture("JPEG", xmp=ANA), ["Author: Ana Ribeiro"]),
        ("jpeg", with_iptc(picture("JPEG"), "Ana"), ["Author: Ana"]),
        (
            "jpeg",
            with_iptc(picture("JPEG"), "Ana").replace(b"\x1c\x02\x50", b"\x1d\x02\x50"),
            ["A description of itself that we cannot read"],
        ),
        ("png", picture("PNG", pnginfo=png_text(Author="Ana", Software="Word")), ["Author: Ana"]),
        (
            "png",
            picture("PNG", pnginfo=png_text(**{"XML:com.adobe.xmp": ANA.decode()})),
            ["Author: Ana Ribeiro"],
        ),
    ],
)
def test_pictures(kind, content, told):
    assert traces(kind, content) == told


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP"])
def test_what_follows_a_picture_in_its_file(kind):
    """Programs that write a smaller picture over a larger one leave the rest of that behind it."""
    whole = picture(kind)

    assert traces(kind.lower(), whole + b"the rest of the larger one") == [FOLLOWED]
    assert traces(kind.lower(), whole + bytes(20)) == []


def test_a_cropped_screenshot_that_ends_as_the_whole_one_did():
    assert traces("png", picture("PNG") + picture("PNG")[60:]) == [FOLLOWED]


def test_words():
    assert by_whom([]) == by_whom(["", " "]) == ""
    assert by_whom(["Ana", "Ana "]) == ", by Ana"
    assert by_whom(["Ana", "Tom", "Ida"]) == ", by Ana, Tom and Ida"
    assert by_whom(["Ana", "Tom", "Ida", "Åse"]) == ", by Ana, Tom, Ida and 1 other"
    assert by_whom(["Ana", "Tom", "Ida", "Åse", "Bo"]) == ", by Ana, Tom, Ida and 2 others"
    assert counted(1, "comment") == "1 comment"
    assert counted(0, "comment") == "0 comments"
