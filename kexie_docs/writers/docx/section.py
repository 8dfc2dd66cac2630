"""A section's properties: paper and margins, and the page numbers in the footers of odd and even pages."""

from typing import Literal, TypeAlias

from lxml import etree

from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.oxml import XML_SPACE, R, add, element
from kexie_docs.writers.docx.properties import zi_width
from kexie_docs.writers.docx.sections import PageKind, Section
from kexie_docs.writers.docx.styles import BODY, FOOTER_ID
from kexie_docs.writers.docx.table import floating_box

_HEADER_DISTANCE = 851

Side: TypeAlias = Literal["odd", "even"]


def section_properties(sheet: Style, section: Section, footers: tuple[str, str]) -> etree._Element:
    """Return ``w:sectPr``; the footers of odd and even pages are given by their relationship ids."""
    odd, even = footers
    result = element("sectPr")
    add(result, "footerReference", type="even").set(f"{R}id", even)
    add(result, "footerReference", type="default").set(f"{R}id", odd)
    if section.pages == "unnumbered":
        add(result, "type", val="evenPage")
    if section.pages == "turned":
        # Turned by 90° counter-clockwise its head is at the left edge of the upright page (clause 8).
        page = sheet.turned_page
        add(result, "pgSz", w=page.width, h=page.height, orient="landscape")
    else:
        page = sheet.page
        add(result, "pgSz", w=page.width, h=page.height)
    margins = {"top": page.top, "right": page.right, "bottom": page.bottom, "left": page.left}
    if section.pages == "upright":
        footer = _footer_distance(sheet)
    else:
        # The footer's own line is empty. It stands on the type area's foot: one that reached into it would
        # push the text up, and LibreOffice 7.4 ends the type area of an even-page section on the footer,
        # whatever the margin says.
        footer = margins["bottom"] - sheet.page_number.line_pitch
    add(result, "pgMar", **margins, header=_HEADER_DISTANCE, footer=footer, gutter=0)
    add(result, "cols", space=720)
    return result


def footer_element(sheet: Style, pages: PageKind, side: Side) -> etree._Element:
    """Return the root of a footer part: the page number at the outer side of the type area (7.5).

    On a turned page it stands where it stands on the others when the sheet is held upright: at the left edge
    of the landscape page, reading downwards, in a box of its own.
    """
    if pages == "unnumbered":
        return element("ftr", _paragraph())
    number = _number_paragraph(sheet, "right" if side == "odd" else "left")
    if pages == "upright":
        return element("ftr", number)
    page = sheet.page
    position = element(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor="page",
        horzAnchor="page",
        tblpX=_footer_distance(sheet),
        tblpY=page.left,
    )
    box, cell = floating_box(position, sheet.page_number.line_pitch)
    add(cell[0], "textDirection", val="tbRl")
    cell.append(number)
    properties = cell.getprevious()
    assert properties is not None
    add(properties, "trHeight", val=page.text_width, hRule="exact")
    return element("ftr", box, _paragraph())


def _footer_distance(sheet: Style) -> int:
    """Return the distance of the page number's line from the paper's lower edge."""
    page, number = sheet.page, sheet.page_number
    # Word stands the footer's last line on the footer distance; the dash is at the line's mid-height.
    return round(page.bottom - number.below - number.line_pitch / 2)


def _paragraph(*properties: etree._Element) -> etree._Element:
    return element("p", element("pPr", element("pStyle", val=FOOTER_ID), *properties))


def _number_paragraph(sheet: Style, side: Literal["left", "right"]) -> etree._Element:
    number = sheet.page_number
    inset = round(number.indent * zi_width(sheet.paragraphs[BODY]))
    before, _, after = number.form.partition("{n}")
    paragraph = _paragraph(element("ind", **{side: inset}), element("jc", val=side))
    _add_text(paragraph, before)
    add(_add_run(paragraph), "fldChar", fldCharType="begin")
    instruction = add(_add_run(paragraph), "instrText")
    instruction.set(XML_SPACE, "preserve")
    instruction.text = " PAGE "
    add(_add_run(paragraph), "fldChar", fldCharType="separate")
    _add_text(paragraph, "1" if side == "right" else "2")
    add(_add_run(paragraph), "fldChar", fldCharType="end")
    _add_text(paragraph, after)
    return paragraph


def _add_run(paragraph: etree._Element) -> etree._Element:
    run = add(paragraph, "r")
    add(add(run, "rPr"), "rFonts", hint="eastAsia")
    return run


def _add_text(paragraph: etree._Element, text: str) -> None:
    if text:
        node = add(_add_run(paragraph), "t")
        node.set(XML_SPACE, "preserve")
        node.text = text
