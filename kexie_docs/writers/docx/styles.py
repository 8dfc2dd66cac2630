"""styles.xml: the style sheet as Word styles."""

from collections.abc import Iterable

from lxml import etree

from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.writers.docx.oxml import element, flag
from kexie_docs.writers.docx.properties import (
    character_properties,
    differing,
    fonts,
    paragraph_properties,
    run_properties,
)

BODY = "body"
FOOTER_ID = "Footer"

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


def styles_element(sheet: Style) -> etree._Element:
    """Return the root of styles.xml.

    The body style is Word's default paragraph style; every other style is based on it and states what
    differs, so that somebody who changes 正文 in Word changes what looks like it too.
    """
    body = sheet.paragraphs[BODY]
    return element(
        "styles",
        _defaults(sheet, body),
        # What the file does not define stays out of sight until it is used.
        element(
            "latentStyles",
            defLockedState=False,
            defUIPriority=99,
            defSemiHidden=True,
            defUnhideWhenUsed=True,
            defQFormat=False,
            count=376,
        ),
        _body_style(sheet, body),
        *_word_defaults(),
        *(_derived_style(sheet, body, style) for style in sheet.paragraphs.values() if style.name != BODY),
        _footer_style(sheet, body),
        *_character_styles(sheet),
    )


def _defaults(sheet: Style, body: ParagraphStyle) -> etree._Element:
    half_points = round(body.size * 2)
    run = element(
        "rPr",
        fonts(sheet.word_fonts[body.font]),
        element("sz", val=half_points),
        element("szCs", val=half_points),
        # With one language for both, LibreOffice 7.4 breaks no line before “ (en-US) or inside numbers
        # (zh-CN).
        element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"),
    )
    return element("docDefaults", element("rPrDefault", run), element("pPrDefault"))


def _body_style(sheet: Style, body: ParagraphStyle) -> etree._Element:
    keep_next, *others = paragraph_properties(sheet, body)
    paragraph = [
        keep_next,
        flag("widowControl", False),  # true would break the 22 lines of a page
        flag("kinsoku", True),
        flag("overflowPunct", False),  # no mark hangs outside the type area
        flag("autoSpaceDE", True),
        flag("autoSpaceDN", True),
        flag("adjustRightInd", False),
        flag("snapToGrid", False),
        *others,
    ]
    return _style("paragraph", body.word_id, body.word_name, paragraph, run_properties(sheet, body))


def _word_defaults() -> Iterable[etree._Element]:
    """Yield the defaults of the other kinds of style, as Word writes them into every file."""
    yield element(
        "style",
        element("name", val="Default Paragraph Font"),
        element("uiPriority", val=1),
        element("semiHidden"),
        element("unhideWhenUsed"),
        type="character",
        default=True,
        styleId="DefaultParagraphFont",
    )
    sides = (("top", 0), ("left", 108), ("bottom", 0), ("right", 108))
    margins = element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in sides))
    yield element(
        "style",
        element("name", val="Normal Table"),
        element("uiPriority", val=99),
        element("semiHidden"),
        element("unhideWhenUsed"),
        element("tblPr", element("tblInd", w=0, type="dxa"), margins),
        type="table",
        default=True,
        styleId="TableNormal",
    )
    yield element(
        "style",
        element("name", val="No List"),
        element("uiPriority", val=99),
        element("semiHidden"),
        element("unhideWhenUsed"),
        type="numbering",
        default=True,
        styleId="NoList",
    )


def _derived_style(sheet: Style, body: ParagraphStyle, style: ParagraphStyle) -> etree._Element:
    return _style(
        "paragraph",
        style.word_id,
        style.word_name,
        differing(paragraph_properties(sheet, style), paragraph_properties(sheet, body)),
        differing(run_properties(sheet, style), run_properties(sheet, body)),
        based_on=body.word_id,
        # After a title or a heading one types text.
        following=body.word_id if style.outline_level is not None or style.name == "title" else None,
    )


def _footer_style(sheet: Style, body: ParagraphStyle) -> etree._Element:
    """Return Word's footer style, set in the type of page numbers."""
    number = sheet.page_number
    style = ParagraphStyle(
        name="footer",
        word_id=FOOTER_ID,
        word_name="footer",
        font=number.font,
        size=number.size,
        line_pitch=number.line_pitch,
        align="start",
    )
    return _derived_style(sheet, body, style)


def _character_styles(sheet: Style) -> Iterable[etree._Element]:
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
    paragraph: list[etree._Element],
    run: list[etree._Element],
    *,
    based_on: str | None = None,
    following: str | None = None,
) -> etree._Element:
    result = element("style", type=kind)
    if kind == "paragraph" and based_on is None:
        result.attrib.update(element("style", default=True).attrib)
    if name not in _BUILT_IN:
        result.attrib.update(element("style", customStyle=True).attrib)
    result.attrib.update(element("style", styleId=style_id).attrib)
    result.append(element("name", val=name))
    if based_on is not None:
        result.append(element("basedOn", val=based_on))
    if following is not None:
        result.append(element("next", val=following))
    result.append(element("uiPriority", val=_BUILT_IN.get(name, _OWN_PRIORITY)))
    if name not in ("header", "footer"):
        result.append(element("qFormat"))
    if paragraph:
        result.append(element("pPr", *paragraph))
    if run:
        result.append(element("rPr", *run))
    return result
