"""Which rows of a table may be parted between two pages, by nominal heights: alike in Word and PDF."""

from collections.abc import Sequence
from math import ceil

from kexie_docs.doctree.nodes import Table, TableCell
from kexie_docs.doctree.walk import BORDER, CELL_MARGIN, column_widths, inline_text
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.text.widths import text_width
from kexie_docs.units import TWIPS_PER_PT

HEADER_CELL = "table_header"
"""Style of the cells of header rows; the others have the table's."""

_SHARE = 0.5
"""Of a page: what header and row together may be high so that the row stays whole. A real font's Latin may be
up to twice as wide as its nominal half em, so a row that stays whole is never higher than a page."""


@dataclass(frozen=True, slots=True)
class RowSplitting:
    """What a table's rows do at the foot of a page.

    Attributes:
        repeats_header: whether the header rows stand on each page; not those that would fill half of it.
        split: of each row, the header's not counted, whether it may be parted between pages.
    """

    repeats_header: bool
    split: tuple[bool, ...]

    @property
    def from_top(self) -> bool:
        """Whether all texts begin at the top of their rows: a row on two pages has no middle.

        The other rows of such a table do the same: LibreOffice 7.4 may forget to set those that follow a
        parted row in their middle.
        """
        return any(self.split)


def row_splitting(table: Table, sheet: Style) -> RowSplitting:
    """Return which rows of a table may be parted between pages: those too high to be sure of a page."""
    page = sheet.turned_page if table.landscape else sheet.page
    widths = column_widths(table.widths, page.text_width)
    limit = page.text_height * _SHARE
    header = sum(_height(row, widths, sheet.paragraphs[HEADER_CELL], sheet) for row in table.header)
    repeats = header <= limit
    room = limit - header if repeats else limit
    style = sheet.paragraphs[table.style]
    return RowSplitting(repeats, tuple(_height(row, widths, style, sheet) > room for row in table.rows))


def _height(row: Sequence[TableCell], widths: Sequence[int], style: ParagraphStyle, sheet: Style) -> float:
    """Return the nominal height of a row in twips."""
    em = style.size * TWIPS_PER_PT + style.char_spacing
    lines = 1
    for cell, width in zip(row, widths, strict=True):
        on_a_line = max(1, int((width - 2 * CELL_MARGIN) / em - style.start_indent - style.end_indent))
        text = inline_text(cell.inlines)
        # Most texts are short: no character is wider than one and a gap.
        if len(text) * 1.2 > lines * on_a_line:
            lines = max(lines, ceil(text_width(text) / on_a_line))
    return lines * sheet.line_pitch(style) + BORDER
