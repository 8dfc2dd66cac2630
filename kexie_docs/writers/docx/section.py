"""The section: paper, margins, and the page numbers in the footers of odd and even pages."""

from typing import Literal

from lxml import etree

from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.oxml import XML_SPACE, R, add, element
from kexie_docs.writers.docx.properties import zi_width
from kexie_docs.writers.docx.styles import BODY, FOOTER_ID

_HEADER_DISTANCE = 851


def section_properties(sheet: Style, *, odd_footer: str, even_footer: str) -> etree._Element:
    """Return ``w:sectPr``; the footers are given by their relationship ids."""
    page, number = sheet.page, sheet.page_number
    # Word stands the footer's last line on the footer distance; the dash is at the line's mid-height.
    footer = page.bottom - number.below - number.line_pitch / 2
    result = element("sectPr")
    add(result, "footerReference", type="even").set(f"{R}id", even_footer)
    add(result, "footerReference", type="default").set(f"{R}id", odd_footer)
    add(result, "pgSz", w=page.width, h=page.height)
    add(
        result,
        "pgMar",
        top=page.top,
        right=page.right,
        bottom=page.bottom,
        left=page.left,
        header=_HEADER_DISTANCE,
        footer=round(footer),
        gutter=0,
    )
    add(result, "cols", space=720)
    return result


def footer_element(sheet: Style, side: Literal["left", "right"]) -> etree._Element:
    """Return the root of a footer part: the page number at one side of the type area (7.5)."""
    number = sheet.page_number
    inset = round(number.indent * zi_width(sheet.paragraphs[BODY]))
    before, _, after = number.form.partition("{n}")
    paragraph = element(
        "p",
        element(
            "pPr",
            element("pStyle", val=FOOTER_ID),
            element("ind", **{side: inset}),
            element("jc", val=side),
        ),
    )
    _add_text(paragraph, before)
    add(_add_run(paragraph), "fldChar", fldCharType="begin")
    instruction = add(_add_run(paragraph), "instrText")
    instruction.set(XML_SPACE, "preserve")
    instruction.text = " PAGE "
    add(_add_run(paragraph), "fldChar", fldCharType="separate")
    _add_text(paragraph, "1" if side == "right" else "2")
    add(_add_run(paragraph), "fldChar", fldCharType="end")
    _add_text(paragraph, after)
    return element("ftr", paragraph)


def _add_run(paragraph: etree._Element) -> etree._Element:
    run = add(paragraph, "r")
    add(add(run, "rPr"), "rFonts", hint="eastAsia")
    return run


def _add_text(paragraph: etree._Element, text: str) -> None:
    if text:
        node = add(_add_run(paragraph), "t")
        node.set(XML_SPACE, "preserve")
        node.text = text
