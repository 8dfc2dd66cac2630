"""styles.xml: the style sheet as Word styles."""

from collections.abc import Iterable
from typing import TypeAlias

from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.units import Twips
from kexie_docs.writers.docx.oxml import Item, flag, item, ordered_items, serialized_item
from kexie_docs.writers.docx.properties import (
    character_properties,
    differing,
    fonts,
    paragraph_properties,
    run_properties,
)

BODY = "body"
FOOTER_ID = "Footer"
SPACER_ID = "Spacer"
SPACER_HEIGHT = Twips(20)
"""Line height of the empty paragraphs that Word's format asks for beside tables."""

# Place in Word's list of recommended styles, by Word's invariant names; other names are our own styles.
_BUILT_IN = {
    "Normal": 0,
    "heading 1": 9, "heading 2": 9, "heading 3": 9, "heading 4": 9, "heading 5": 9,
    "heading 6": 9, "heading 7": 9, "heading 8": 9, "heading 9": 9,
    "Title": 10, "Subtitle": 11, "Emphasis": 20, "Strong": 22, "Quote": 29, "List Paragraph": 34,
    "caption": 35, "header": 99, "footer": 99, "Body Text": 99, "Signature": 99, "Date": 99, "Salutation": 99,
    "Closing": 99, "page number": 99, "annotation text": 99, "footnote text": 99,
}  # fmt: skip
_OWN_PRIORITY = 12

_Properties: TypeAlias = tuple[list[Item], list[Item]]
"""Properties of a style's paragraphs and of their runs."""


def styles_xml(sheet: Style) -> bytes:
    """Return styles.xml.

    The body style is Word's default paragraph style; every other style is based on it and states what
    differs, so that somebody who changes 正文 in Word changes what looks like it too.
    """
    body = sheet.paragraphs[BODY]
    inherited = (paragraph_properties(sheet, body), run_properties(sheet, body))
    derived = [style for style in sheet.paragraphs.values() if style.name != BODY]
    own = [_footer_style(sheet), _spacer_style(body)]
    root = item(
        "styles",
        _defaults(sheet, body),
        # What the file does not define stays out of sight until it is used.
        item(
            "latentStyles",
            defLockedState=False,
            defUIPriority=99,
            defSemiHidden=True,
            defUnhideWhenUsed=True,
            defQFormat=False,
            count=376,
        ),
        _body_style(body, inherited),
        *_word_defaults(),
        *(_derived_style(sheet, body, style, inherited) for style in (*derived, *own)),
        *_character_styles(sheet),
    )
    return serialized_item(root)


def _defaults(sheet: Style, body: ParagraphStyle) -> Item:
    half_points = round(body.size * 2)
    run = item(
        "rPr",
        fonts(sheet.word_font(body.font)),
        item("sz", val=half_points),
        item("szCs", val=half_points),
        # With one language for both, LibreOffice 7.4 breaks no line before “ (en-US) or inside numbers
        # (zh-CN).
        item("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )
    return item("docDefaults", item("rPrDefault", run), item("pPrDefault"))


def _body_style(body: ParagraphStyle, properties: _Properties) -> Item:
    paragraph = [
        *properties[0],
        flag("widowControl", False),  # true would break the 22 lines of a page
        flag("kinsoku", True),
        flag("overflowPunct", False),  # no mark hangs outside the type area
        flag("autoSpaceDE", True),
        flag("autoSpaceDN", True),
        flag("adjustRightInd", False),
        flag("snapToGrid", False),
    ]
    return _style("paragraph", body.word_id, body.word_name, ordered_items(paragraph), properties[1])


def _word_defaults() -> Iterable[Item]:
    """Yield the defaults of the other kinds of style, as Word writes them into every file."""
    yield item(
        "style",
        item("name", val="Default Paragraph Font"),
        item("uiPriority", val=1),
        item("semiHidden"),
        item("unhideWhenUsed"),
        type="character",
        default=True,
        styleId="DefaultParagraphFont",
    )
    sides = (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
    margins = item("tblCellMar", *(item(side, w=width, type="dxa") for side, width in sides))
    yield item(
        "style",
        item("name", val="Normal Table"),
        item("uiPriority", val=99),
        item("semiHidden"),
        item("unhideWhenUsed"),
        item("tblPr", item("tblInd", w=0, type="dxa"), margins),
        type="table",
        default=True,
        styleId="TableNormal",
    )
    yield item(
        "style",
        item("name", val="No List"),
        item("uiPriority", val=99),
        item("semiHidden"),
        item("unhideWhenUsed"),
        type="numbering",
        default=True,
        styleId="NoList",
    )


def _derived_style(sheet: Style, body: ParagraphStyle, style: ParagraphStyle, inherited: _Properties) -> Item:
    return _style(
        "paragraph",
        style.word_id,
        style.word_name,
        differing(paragraph_properties(sheet, style), inherited[0]),
        differing(run_properties(sheet, style), inherited[1]),
        based_on=body.word_id,
        # After a title or a heading one types text.
        following=body.word_id if style.outline_level is not None or style.name == "title" else None,
    )


def _footer_style(sheet: Style) -> ParagraphStyle:
    """Return Word's footer style, set in the type of page numbers."""
    number = sheet.page_number
    return ParagraphStyle(
        name="footer",
        word_id=FOOTER_ID,
        word_name="footer",
        font=number.font,
        size=number.size,
        line_pitch=number.line_pitch,
        align="start",
    )


def _spacer_style(body: ParagraphStyle) -> ParagraphStyle:
    return ParagraphStyle(
        name="spacer",
        word_id=SPACER_ID,
        word_name="间隔",
        font=body.font,
        size=1.0,
        line_pitch=SPACER_HEIGHT,
        align="start",
    )


def _character_styles(sheet: Style) -> Iterable[Item]:
    for style in sheet.characters.values():
        yield _style(
            "character",
            style.word_id,
            style.word_name,
            [],
            character_properties(sheet, style),
            based_on="DefaultParagraphFont",
        )


def _style(
    kind: str,
    style_id: str,
    name: str,
    paragraph: list[Item],
    run: list[Item],
    *,
    based_on: str | None = None,
    following: str | None = None,
) -> Item:
    attributes: dict[str, str | bool] = {"type": kind}
    if kind == "paragraph" and based_on is None:
        attributes["default"] = True
    if name not in _BUILT_IN:
        attributes["customStyle"] = True
    children = [item("name", val=name)]
    if based_on is not None:
        children.append(item("basedOn", val=based_on))
    if following is not None:
        children.append(item("next", val=following))
    children.append(item("uiPriority", val=_BUILT_IN.get(name, _OWN_PRIORITY)))
    if name not in ("header", "footer"):
        children.append(item("qFormat"))
    if paragraph:
        children.append(item("pPr", *paragraph))
    if run:
        children.append(item("rPr", *run))
    return item("style", *children, **attributes, styleId=style_id)
