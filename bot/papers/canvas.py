"""An empty A4 document to lay elements on: no author, no date but the given one, the same bytes every time."""

from datetime import UTC, datetime
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as Docx
from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.rel import Relationships
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.oxml.xmlchemy import BaseOxmlElement as Element
from docx.parts.story import StoryPart
from docx.shared import Cm, Twips

from bot.papers.codes import qr_png
from bot.papers.elements import Xml, element, joined, letters
from bot.papers.looks import PAGE_HEIGHT, PAGE_WIDTH, Look
from handlers.papers.cleaning import clean

_TITLE = 200
_EARLIEST = 1980
_TO_EDGE = 400
_TEXT = "word/document.xml"
_NAMES = nsdecls("w", "r", "wp")
_INLINE = """<wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{side}" cy="{side}"/>\
<wp:docPr id="{number}" name="QR {number}"/><wp:cNvGraphicFramePr><a:graphicFrameLocks {drawing} noChangeAspect="1"/>\
</wp:cNvGraphicFramePr><a:graphic {drawing}><a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">\
<pic:pic {picture}><pic:nvPicPr><pic:cNvPr id="{number}" name="qr{number}.png"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>\
<a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr><a:xfrm>\
<a:off x="0" y="0"/><a:ext cx="{side}" cy="{side}"/></a:xfrm><a:prstGeom prst="rect"><a:avLst/></a:prstGeom>\
</pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline>"""
_SPACES = {"drawing": nsdecls("a"), "picture": nsdecls("pic")}
"""A drawing in the line (DrawingML, ISO/IEC 29500-1, 20.4.2.8); lengths in EMU."""
_UNUSED = {RELATION.THUMBNAIL, RELATION.EXTENDED_PROPERTIES, RELATION.CUSTOM_XML}
_WITH_EFFECTS = "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects"


def blank(look: Look) -> Docx:
    """An A4 page with a look's margins and Chinese letters."""
    document = Document()
    for relations in (document.part.rels, document.part.package.rels):
        _drop(relations)
    section = document.sections[0]
    section.page_width, section.page_height = Twips(PAGE_WIDTH), Twips(PAGE_HEIGHT)
    section.left_margin = section.right_margin = Twips(look.side)
    section.top_margin = section.bottom_margin = Twips(look.edge)
    section.header_distance = section.footer_distance = Twips(min(look.edge, _TO_EDGE))
    _chinese(document, look)
    return document


def parsed(elements: list[Xml]) -> list[Element]:
    """The elements as python-docx holds them."""
    return list(parse_xml(f"<w:body {_NAMES}>{''.join(elements)}</w:body>"))


def picture(part: StoryPart, address: str, number: int, centimetres: float) -> Xml:
    """A run with the QR code of an address; `number` is the drawing's own in the document."""
    image = Part(PackURI(f"/word/media/qr{number}.png"), "image/png", qr_png(address), part.package)
    relation = part.relate_to(image, RELATION.IMAGE)
    side = Cm(centimetres)
    return element(
        "r", element("drawing", Xml(_INLINE.format(number=number, relation=relation, side=side, **_SPACES)))
    )


def finish(document: Docx, body: list[Xml], title: str, at: datetime) -> bytes:
    """Name the document and pack it with its text; `at` (aware) is the only moment it knows."""
    moment = at.astimezone(UTC).replace(microsecond=0, tzinfo=None)
    known = document.core_properties
    known.title = clean(title)[:_TITLE]
    known.author = known.comments = known.last_modified_by = ""
    known.language = "zh-CN"
    known.created = known.modified = moment
    packed = BytesIO()
    document.save(packed)
    return _stamped(packed, body, moment)


def _drop(relations: Relationships) -> None:
    """What the template brings and nobody needs: a preview, its maker's program, a second set of styles."""
    idle = [name for name, found in relations.items() if found.reltype in _UNUSED | {_WITH_EFFECTS}]
    for name in idle:
        del relations[name]


def _chinese(document: Docx, look: Look) -> None:
    styles = document.styles.element
    for style in list(styles.findall(qn("w:style"))):
        if style.get(qn("w:default")) != "1":
            styles.remove(style)
    defaults = styles.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for child in list(defaults):
        defaults.remove(child)
    language = element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA")
    [wanted] = parsed([letters(look.body)])
    defaults.extend([*wanted, *parsed([language])])


def _stamped(packed: BytesIO, body: list[Xml], moment: datetime) -> bytes:
    """The same parts, each with the given moment (a zip would else carry the hour of printing), and the text laid in.

    The text goes in as it is written, before the section's own properties: lxml would take seconds to move a large
    table from one tree to another.
    """
    stamp = (max(moment.year, _EARLIEST), *moment.timetuple()[1:6])
    out = BytesIO()
    with ZipFile(packed) as parts, ZipFile(out, "w", ZIP_DEFLATED) as stamped:
        for name in parts.namelist():
            entry = ZipInfo(name, stamp)
            entry.compress_type = ZIP_DEFLATED
            stamped.writestr(entry, _with_text(parts.read(name), body) if name == _TEXT else parts.read(name))
    return out.getvalue()


def _with_text(document: bytes, body: list[Xml]) -> bytes:
    before, section, after = document.rpartition(b"<w:sectPr")
    return b"".join((before, joined(body).encode(), section, after))
