"""A seal's picture, anchored over the text of a paragraph (7.3.5.1)."""

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from lxml import etree

from kexie_docs.doctree.nodes import Heading, Paragraph, Seal, Title
from kexie_docs.doctree.walk import block_text, spanned_leaves
from kexie_docs.style.sheet import Style
from kexie_docs.text.widths import text_width
from kexie_docs.writers.docx.oxml import element
from kexie_docs.writers.docx.package import Picture
from kexie_docs.writers.docx.properties import zi_width

_EMU_PER_TWIP = 635
_ON_TOP = 251659264  # of what lies at the same place, as Word numbers the first picture of a page


def seal_run(
    seal: Seal, picture: Picture, block: Title | Heading | Paragraph, sheet: Style
) -> etree._Element:
    """Return a run that holds the seal in front of the text, its centre over the block's text or beside it.

    The text's middle is that of nominal widths: the file cannot know the fonts of the machine that opens it.
    """
    style = sheet.paragraphs[block.style]
    x = _middle(block, sheet) + seal.shift - seal.width / 2
    # LibreOffice 7.4 measures from the top of the room above the paragraph (and "line" upside down).
    y = _space_before(block, sheet) + sheet.line_pitch(style) - seal.rise - seal.height / 2
    return drawing_run(picture, (seal.width, seal.height), (x, y), "印章", "印章")


def drawing_run(
    picture: Picture, size: tuple[int, int], place: tuple[float, float], kind: str, text: str
) -> etree._Element:
    """Return a run that holds a picture in front of the text, anchored in its paragraph.

    Args:
        picture: a use of the picture in this package.
        size: printed width and height, in twips.
        place: of its top left corner, from the left edge of the type area and the top of the room above the
            paragraph.
        kind: what it is called (印章, 图片), before its number.
        text: what it shows.
    """
    return element("r", element("drawing", _anchor(picture, size, place, kind, text)))


def _space_before(block: Title | Heading | Paragraph, sheet: Style) -> int:
    if isinstance(block, Paragraph) and block.placement is not None:
        own = block.placement.space_before
        if own is not None:
            return own
    return round(sheet.paragraphs[block.style].space_before * sheet.grid.line_pitch)


def _middle(block: Title | Heading | Paragraph, sheet: Style) -> float:
    """Return the distance of the middle of a one-line text from the left edge of the type area."""
    style = sheet.paragraphs[block.style]
    zi = zi_width(style)
    placed = block.placement if isinstance(block, Paragraph) and block.placement is not None else style
    left = placed.start_indent * zi
    right = sheet.page.text_width - placed.end_indent * zi
    half = (text_width(block_text(block)) * zi + _own_spacing(block)) / 2
    match placed.align:
        case "center":
            return (left + placed.first_line_indent * zi + right) / 2
        case "end":
            return right - half
        case _:
            return left + placed.first_line_indent * zi + half


def _own_spacing(block: Title | Heading | Paragraph) -> int:
    """Return how much wider its spans' own letter spacing makes a block."""
    return sum(len(leaf.text) * span.spacing for leaf, span in spanned_leaves(block.inlines))


def _anchor(
    picture: Picture, printed: tuple[int, int], place: tuple[float, float], kind: str, text: str
) -> etree._Element:
    x, y = place
    size = {"cx": str(printed[0] * _EMU_PER_TWIP), "cy": str(printed[1] * _EMU_PER_TWIP)}
    name = {"id": str(picture.number), "name": f"{kind} {picture.number}", "descr": text}
    return _element(
        "wp:anchor",
        _element("wp:simplePos", x="0", y="0"),
        _position("positionH", "margin", x),
        _position("positionV", "paragraph", y),
        _element("wp:extent", **size),
        _element("wp:effectExtent", l="0", t="0", r="0", b="0"),
        _element("wp:wrapNone"),
        _element("wp:docPr", **name),
        _element("wp:cNvGraphicFramePr", _element("a:graphicFrameLocks", noChangeAspect="1")),
        _element(
            "a:graphic",
            _element(
                "a:graphicData",
                _element(
                    "pic:pic",
                    _element(
                        "pic:nvPicPr",
                        _element("pic:cNvPr", **name),
                        _element("pic:cNvPicPr"),
                    ),
                    _element(
                        "pic:blipFill",
                        _embedded(picture),
                        _element("a:stretch", _element("a:fillRect")),
                    ),
                    _element(
                        "pic:spPr",
                        _element("a:xfrm", _element("a:off", x="0", y="0"), _element("a:ext", **size)),
                        _element("a:prstGeom", _element("a:avLst"), prst="rect"),
                    ),
                ),
                uri=nsmap["pic"],
            ),
        ),
        distT="0",
        distB="0",
        distL="0",
        distR="0",
        simplePos="0",
        relativeHeight=str(_ON_TOP + picture.number),
        behindDoc="0",
        locked="0",
        layoutInCell="1",
        allowOverlap="1",
    )


def _position(tag: str, relative_to: str, offset: float) -> etree._Element:
    position = _element("wp:posOffset")
    position.text = str(round(offset * _EMU_PER_TWIP))
    return _element(f"wp:{tag}", position, relativeFrom=relative_to)


def _embedded(picture: Picture) -> etree._Element:
    result = _element("a:blip")
    result.set(f"{{{nsmap['r']}}}embed", picture.relationship)
    return result


def _element(tag: str, *children: etree._Element, **attributes: str) -> etree._Element:
    """Return a DrawingML element; its attributes have no namespace."""
    prefix, name = tag.split(":")
    result = oxml_parser.makeelement(f"{{{nsmap[prefix]}}}{name}", nsmap={prefix: nsmap[prefix]})
    for key, value in attributes.items():
        result.set(key, value)
    result.extend(children)
    return result
