"""Tables: a fixed grid as wide as the type area, its looks in the styles of its cells."""

from collections.abc import Iterator, Sequence
from copy import deepcopy

from lxml import etree

from kexie_docs.doctree.nodes import Alignment, Inline, Table, TableCell
from kexie_docs.doctree.walk import BORDER, CELL_MARGIN, column_widths
from kexie_docs.style.row_splitting import HEADER_CELL, row_splitting
from kexie_docs.style.sheet import Style
from kexie_docs.units import TWIPS_PER_PT
from kexie_docs.writers.docx.inlines import add_inlines
from kexie_docs.writers.docx.oxml import W, add, built, element
from kexie_docs.writers.docx.properties import justification

_EIGHTHS = round(BORDER * 8 / TWIPS_PER_PT)


def table_element(table: Table, sheet: Style, width: int) -> etree._Element:
    """Return ``w:tbl``, ``width`` twips wide.

    Every width is written out (WPS needs the grid's, LibreOffice the cells'), nothing is fitted to the
    content; header rows repeat on every page, and only rows that may be higher than a page are split.
    """
    widths = column_widths(table.widths, width)
    result = element("tbl", _properties(width), _grid(widths))
    rules = row_splitting(table, sheet)
    whole = rules.repeats_header
    for row in table.header:
        result.append(_row(table, row, HEADER_CELL, widths, sheet, splits=not whole, from_top=not whole))
        if rules.repeats_header:
            add(result[-1][0], "tblHeader")
    header = len(result)
    for row, splits in zip(table.rows, rules.split, strict=True):
        result.append(_row(table, row, table.style, widths, sheet, splits=splits, from_top=rules.from_top))
    if whole and table.header and table.rows:
        _give_rule_to(result[header], result[header - 1])
    return result


def foot_box(sheet: Style) -> tuple[etree._Element, etree._Element]:
    """Return a floating table of one cell on the foot of the type area, and the cell, still empty.

    It has no rules and no margins: what stands in the cell stands as it would in the text.
    """
    # LibreOffice 7.4 lets a table as wide as the type area float only when it is placed from the page's edge.
    position = element(
        "tblpPr",
        leftFromText=0,
        rightFromText=0,
        vertAnchor="margin",
        horzAnchor="page",
        tblpX=sheet.page.left,
        tblpYSpec="bottom",
    )
    return floating_box(position, sheet.page.text_width)


def floating_box(position: etree._Element, width: int) -> tuple[etree._Element, etree._Element]:
    """Return a floating table of one cell without rules and margins, and the cell, still empty."""
    cell = _cell(width)
    properties = element("tblPr", position, element("tblOverlap", val="never"), *_fixed(width, _margins(0)))
    row = element("tr", element("trPr", element("cantSplit")), cell)
    return element("tbl", properties, _grid([width]), row), cell


def _properties(width: int) -> etree._Element:
    sides = ("top", "left", "bottom", "right", "insideH", "insideV")
    borders = element("tblBorders", *map(_rule, sides))
    return element("tblPr", *_fixed(width, _margins(CELL_MARGIN), borders))


def _rule(side: str) -> etree._Element:
    return element(side, val="single", sz=_EIGHTHS, space=0, color="000000")


def _fixed(
    width: int, margins: etree._Element, borders: etree._Element | None = None
) -> Iterator[etree._Element]:
    """Yield the properties of a table whose left edge is the type area's and whose columns never change."""
    yield element("tblW", w=width, type="dxa")
    yield element("tblInd", w=0, type="dxa")
    if borders is not None:
        yield borders
    yield element("tblLayout", type="fixed")
    yield margins


def _margins(at_sides: int) -> etree._Element:
    sides = (("top", 0), ("left", at_sides), ("bottom", 0), ("right", at_sides))
    return element("tblCellMar", *(element(side, w=width, type="dxa") for side, width in sides))


def _grid(widths: Sequence[int]) -> etree._Element:
    return element("tblGrid", *(element("gridCol", w=width) for width in widths))


def _row(
    table: Table,
    row: Sequence[TableCell],
    style: str,
    widths: Sequence[int],
    sheet: Style,
    *,
    splits: bool,
    from_top: bool,
) -> etree._Element:
    result = element("tr", element("trPr"))
    if not splits:
        add(result[0], "cantSplit")
    for item, align, width in zip(row, table.columns, widths, strict=True):
        cell = _cell(width)
        add(cell[0], "vAlign", val="top" if from_top else "center")
        _add_paragraph(cell, item.inlines, style, align, sheet)
        result.append(cell)
    return result


def _give_rule_to(lower: etree._Element, upper: etree._Element) -> None:
    """Make the rule between two rows the lower one's: it stands where it stood.

    LibreOffice 7.4 leaves a table where it is, and prints its rows over the foot of the page, when the header
    fits above the foot but the rule below it does not (docs/notes/elements.md).
    """
    for row, borders in ((upper, element("bottom", val="nil")), (lower, _rule("top"))):
        for properties in row.iterfind(f"{W}tc/{W}tcPr"):
            properties.insert(1, element("tcBorders", deepcopy(borders)))


def _cell(width: int) -> etree._Element:
    return element("tc", element("tcPr", element("tcW", w=width, type="dxa")))


def _add_paragraph(
    cell: etree._Element, inlines: tuple[Inline, ...], name: str, align: Alignment, sheet: Style
) -> None:
    """Append a cell's paragraph; a column's alignment is the body's: headers stand as their style says."""
    style = sheet.paragraphs[name]
    paragraph = add(cell, "p")
    properties = add(paragraph, "pPr")
    add(properties, "pStyle", val=style.word_id)
    if name != HEADER_CELL and align != style.align:
        properties.append(built(justification(align)))
    add_inlines(paragraph, inlines, style, sheet)
