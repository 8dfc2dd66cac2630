"""The pages of a checking copy (校核稿): figures highlighted and numbered, an index behind them, links.

The document's own lines stay where they are: highlights lie under them, numbers in the gaps between them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from kexie_docs.doctree.nodes import Document
from kexie_docs.fonts.face import FontSet
from kexie_docs.frozen import dataclass
from kexie_docs.layout.document import layout_document
from kexie_docs.layout.measure import DOTS_PER_TWIP, Typefaces
from kexie_docs.layout.page_number import page_number_line
from kexie_docs.layout.pages import GlyphRun, Layout, Line, Link, Page, PlacedFigure, PlacedRule
from kexie_docs.provenance.index import MARK, index_blocks
from kexie_docs.provenance.records import FigureTable
from kexie_docs.style.sheet import FontRole, Style
from kexie_docs.units import TWIPS_PER_PT, Twips, mm

PROOF_NUMBER = "proof_number"
PROOF_MARK = "proof_mark"
"""Style names of what a checking copy adds to the lines of a page."""

HIGHLIGHT = "FFF0A8"
_RED = "C00000"
_INSET = 12
"""Twips by which a highlight is narrower than its figure on both sides, so that neighbours part."""
_NUMBER_SIZE = 7.0
_MARK_SIZE = 10.5
_FIRST_COLUMN = 0.1
"""Part of the type area within which the numbers of the index's rows begin."""
_MARK_ABOVE = mm(10)
"""From the type area's upper edge up to the mark's baseline."""


@dataclass(frozen=True, slots=True)
class _Box:
    """Where a figure, or a part of it, stands on a page."""

    number: int
    page: int
    x: float
    y: float
    width: float
    height: float


def proof_layout(
    layout: Layout, document: Document, table: FigureTable, style: Style, fonts: FontSet
) -> tuple[Layout, tuple[Link, ...]]:
    """Return the checking copy of a laid-out document, and its links: from figure to index and back.

    Args:
        layout: of the document.
        document: the document, for what the index's file says of itself.
        table: of its figures, with their places in ``layout``.
        style: the document's style.
        fonts: its fonts.

    Raises:
        FontError: no font has one of the index's characters.
    """
    typefaces = Typefaces(fonts)
    index_document = replace(document, blocks=tuple(index_blocks(table)))
    index = layout_document(index_document, style, fonts)
    first = len(layout.pages)
    boxes = [box for at, page in enumerate(layout.pages) for box in _boxes(page, at)]
    pages = [_marked(page, boxes, at, style, typefaces) for at, page in enumerate(layout.pages)]
    for page in index.pages:
        number = first + page.number
        number_line = page_number_line(number, style, typefaces)
        mark = _mark(style, typefaces)
        pages.append(replace(page, number=number, page_number=number_line, lines=(*page.lines, mark)))
    outline = (*layout.outline, *(replace(one, page=one.page + first) for one in index.outline))
    substitutions = sorted({*layout.substitutions, *index.substitutions})
    whole = replace(layout, pages=tuple(pages), outline=outline, substitutions=tuple(substitutions))
    rows = _index_rows(index, style, len(table.figures))
    return whole, tuple(_links(boxes, rows, first, layout, style))


def _boxes(page: Page, index: int) -> Iterator[_Box]:
    for line in page.lines:
        for figure in line.figures:
            if figure.number and (span := _span(line, figure)) is not None:
                run, left, right = span
                em = run.size * TWIPS_PER_PT
                y = line.baseline - run.face.ascent * em
                yield _Box(figure.number, index, left + _INSET, y, max(right - left - 2 * _INSET, _INSET), em)


def _span(line: Line, figure: PlacedFigure) -> tuple[GlyphRun, float, float] | None:
    """Return the first run of a figure's part on a line, and the left and right edge of its glyphs."""
    first: GlyphRun | None = None
    left = right = 0.0
    position = 0
    for run in line.runs:
        # Between runs lies only what prints nothing: blanks at a line's end, the tab of a Fill.
        position = line.text.index(run.text, position)
        for at in range(max(figure.start - position, 0), min(figure.stop - position, len(run.glyphs))):
            if run.text[at].isspace():
                continue
            x = run.x + run.positions[at]
            if first is None:
                first, left = run, x
            advance = run.face.advance(run.glyphs[at]) / run.face.units_per_em
            right = max(right, x + advance * run.size * TWIPS_PER_PT)
        position += len(run.text)
    return None if first is None else (first, left, right)


def _marked(page: Page, boxes: Sequence[_Box], index: int, style: Style, typefaces: Typefaces) -> Page:
    """Return a page with its figures highlighted and numbered."""
    here = [box for box in boxes if box.page == index]
    seen = {box.number for box in boxes if box.page < index}
    numbers: list[Line] = []
    for box in here:
        # A figure that goes on on the next line is numbered where it begins.
        if box.number not in seen:
            seen.add(box.number)
            numbers.append(_number(box, typefaces))
    highlights = (
        PlacedRule(x=box.x, y=box.y, width=box.width, height=box.height, color=HIGHLIGHT) for box in here
    )
    # On a turned page the head is at the side, where a mark would stand upright.
    marks = () if page.turned else (_mark(style, typefaces),)
    return replace(page, rules=(*highlights, *page.rules), lines=(*page.lines, *numbers, *marks))


def _mark(style: Style, typefaces: Typefaces) -> Line:
    """Return 校核稿, above the right end of the type area."""
    page = style.page
    end, baseline = page.width - page.right, page.top - _MARK_ABOVE
    return _small(MARK, end, baseline, _MARK_SIZE, PROOF_MARK, typefaces)


def _number(box: _Box, typefaces: Typefaces) -> Line:
    """Return a figure's number: small, above the end of its highlight."""
    return _small(str(box.number), box.x + box.width, box.y, _NUMBER_SIZE, PROOF_NUMBER, typefaces)


def _small(text: str, end: float, baseline: float, size: float, style: str, typefaces: Typefaces) -> Line:
    """Return a red line of text that ends at ``end``."""
    glyphs = typefaces.get(FontRole.HEITI, size).glyphs(text)
    positions = [0.0]
    for glyph in glyphs:
        positions.append(positions[-1] + glyph.dots / DOTS_PER_TWIP)
    x = end - positions[-1]
    runs = []
    for at, glyph in enumerate(glyphs):
        runs.append(
            GlyphRun(
                x=x + positions[at],
                y=baseline,
                face=glyph.face,
                size=size,
                color=_RED,
                glyphs=(glyph.glyph,),
                positions=(0.0,),
                text=text[at],
                end=x + positions[at + 1],
            )
        )
    height = Twips(round(size * TWIPS_PER_PT))
    return Line(
        top=baseline - height,
        height=height,
        baseline=baseline,
        runs=tuple(runs),
        text=text,
        style=style,
        block=-1,
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of the index: the page of the index, from 0, and the line that holds its number."""

    page: int
    line: Line


def _index_rows(index: Layout, style: Style, count: int) -> dict[int, _Row]:
    """Return the row of each figure by its number: the first column holds 1, 2, 3 … in order."""
    rows: dict[int, _Row] = {}
    page = style.page
    for at, each in enumerate(index.pages):
        for line in each.lines:
            number = len(rows) + 1
            # The first column is narrower than a tenth of the type area.
            if (
                line.text == str(number)
                and number <= count
                and line.runs[0].x < page.left + page.text_width * _FIRST_COLUMN
            ):
                rows[number] = _Row(at, line)
    return rows


def _links(
    boxes: Sequence[_Box], rows: Mapping[int, _Row], first: int, layout: Layout, style: Style
) -> Iterator[Link]:
    """Yield a link from each highlight to its row, and one from each row to the figure's first highlight."""
    page = style.page
    begun: dict[int, _Box] = {}
    for box in boxes:
        begun.setdefault(box.number, box)
        row = rows.get(box.number)
        yield Link(
            page=box.page,
            x=box.x,
            y=box.y,
            width=box.width,
            height=box.height,
            # A style so large that a number takes two lines has no row to be found: then the index's top.
            to_page=first if row is None else first + row.page,
            to_y=0 if row is None else row.line.top - row.line.height,
        )
    for number, row in rows.items():
        if number in begun:
            target = begun[number]
            turned = layout.pages[target.page].turned
            yield Link(
                page=first + row.page,
                x=page.left,
                y=row.line.top,
                width=page.text_width,
                height=row.line.height,
                to_page=target.page,
                to_y=0 if turned else target.y - target.height,
            )
