"""Blocks of the document tree as Word paragraphs, tables and sections."""

from collections.abc import Iterable
from typing import assert_never

from lxml import etree

from kexie_docs.doctree.nodes import (
    Heading,
    Imprint,
    PageBreak,
    Paragraph,
    Picture,
    Seal,
    Table,
    Title,
)
from kexie_docs.doctree.walk import begins_with_figure
from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.inlines import add_inlines, add_title
from kexie_docs.writers.docx.oxml import W, add, built, element, ordered
from kexie_docs.writers.docx.package import OpenPackage
from kexie_docs.writers.docx.pictures import picture_element
from kexie_docs.writers.docx.properties import end_tab, placement_properties
from kexie_docs.writers.docx.seal import seal_run
from kexie_docs.writers.docx.section import section_properties
from kexie_docs.writers.docx.sections import Section
from kexie_docs.writers.docx.styles import BODY, SPACER_ID
from kexie_docs.writers.docx.table import foot_box, table_element


def add_section(package: OpenPackage, section: Section, sheet: Style, *, last: bool) -> None:
    """Append a section's blocks to the document's body, and end the section.

    The properties of the last section are the body's; those of another stand in its last paragraph. Word's
    format asks for a paragraph behind a table that ends a section, and between tables that would be one
    otherwise: an empty one of the lowest height.
    """
    body = package.body
    start = len(body)
    width = (sheet.turned_page if section.pages == "turned" else sheet.page).text_width
    breaks = False
    seals: list[Seal] = []

    def part_tables() -> None:
        if len(body) > start and body[-1].tag == f"{W}tbl":
            body.append(_spacer())

    for block in section.blocks:
        match block:
            case PageBreak():
                breaks = len(body) > start
                continue
            case Seal():
                seals.append(block)
                continue
            case Table():
                part_tables()
                if len(body) == start and begins_with_figure(block):
                    # LibreOffice 7.4 begins a bookmark in the first cell of a section a character too late.
                    body.append(_lowest())
                body.append(table_element(block, sheet, width))
                first = next(body[-1].iter(f"{W}p"), None)
            case Picture():
                first = picture_element(block, package, sheet)
                body.append(first)
            case Imprint():
                part_tables()
                if len(body) == start:
                    # LibreOffice 7.4 forgets the new page of a section that begins with a floating table.
                    body.append(_spacer())
                table, cell = foot_box(sheet)
                cell.extend(paragraph_element(item, sheet) for item in block.paragraphs)
                first = _spacer()
                body.extend([table, first])
            case Title() | Heading() | Paragraph():
                first = paragraph_element(block, sheet)
                _add_seals(first, seals, block, package, sheet)
                seals = []
                body.append(first)
            case _:
                assert_never(block)
        if breaks and first is not None:
            _set(first, element("pageBreakBefore"))
        breaks = False
    part_tables()
    properties = section_properties(sheet, section, package.footers(section.pages))
    if last:
        body.append(properties)
    else:
        last_block = section.blocks[-1] if section.blocks else None
        if body[-1].find(f"{W}bookmarkEnd") is not None or isinstance(last_block, Imprint):
            # In the paragraph that ends a section LibreOffice 7.4 ends bookmarks a character too early, and
            # a floating table needs the one behind it.
            body.append(_lowest())
        _set(body[-1], properties)


def paragraph_element(block: Title | Heading | Paragraph, sheet: Style) -> etree._Element:
    """Return a block as ``w:p``."""
    style = sheet.paragraphs[block.style]
    result = element("p")
    properties = add(result, "pPr")
    if style.name != BODY:
        add(properties, "pStyle", val=style.word_id)
    match block:
        case Title():
            add_title(result, block, style, sheet)
        case Heading():
            add_inlines(result, block.inlines, style, sheet, number=block.number)
        case Paragraph():
            placement = block.placement
            if add_inlines(result, block.inlines, style, sheet):
                end = style.end_indent if placement is None else placement.end_indent
                properties.append(built(end_tab(sheet, style, end)))
            if placement is not None:
                properties.extend(map(built, placement_properties(style, placement)))
        case _:
            assert_never(block)
    if len(properties) == 0:
        result.remove(properties)
    if isinstance(block, Paragraph) and block.keep_with_next:
        # LibreOffice never splits what keeps with the next, Word only when it is told.
        _set(result, element("keepNext"))
        _set(result, element("keepLines"))
    if isinstance(block, Paragraph) and block.line_pitch is not None:
        _set_spacing(result, element("spacing", line=block.line_pitch, lineRule="exact"))
    if isinstance(block, Paragraph) and block.space_after is not None:
        _set_spacing(result, element("spacing", after=block.space_after))
    return result


def _add_seals(
    paragraph: etree._Element,
    seals: Iterable[Seal],
    block: Title | Heading | Paragraph,
    package: OpenPackage,
    sheet: Style,
) -> None:
    """Anchor seals in a paragraph, before its text."""
    for seal in seals:
        picture = package.add_picture(seal.image)
        place = 0 if paragraph.find(f"{W}pPr") is None else 1
        paragraph.insert(place, seal_run(seal, picture, block, sheet))


def _spacer() -> etree._Element:
    return element("p", element("pPr", element("pStyle", val=SPACER_ID)))


def _lowest() -> etree._Element:
    """Return an empty paragraph as low as can be (0.05 pt); LibreOffice takes it away at a section's end."""
    style, spacing = element("pStyle", val=SPACER_ID), element("spacing", line=1, lineRule="exact")
    return element("p", element("pPr", style, spacing))


def _set_spacing(paragraph: etree._Element, spacing: etree._Element) -> None:
    """Set a paragraph's spacing beside what it has."""
    present = paragraph.find(f"{W}pPr/{W}spacing")
    if present is None:
        _set(paragraph, spacing)
    else:
        present.attrib.update(spacing.attrib)


def _set(paragraph: etree._Element, item: etree._Element) -> None:
    """Set a property of a paragraph."""
    properties = paragraph.find(f"{W}pPr")
    if properties is None:
        properties = element("pPr")
        paragraph.insert(0, properties)
    properties[:] = ordered([*properties, item])
