"""Reading a document tree: plain text of inlines, every figure in order, the columns of a table."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import accumulate, pairwise
from typing import assert_never

from kexie_docs.doctree.nodes import (
    Block,
    Break,
    Document,
    Figure,
    Fill,
    Heading,
    Imprint,
    Inline,
    PageBreak,
    Paragraph,
    Picture,
    Seal,
    Span,
    Table,
    Text,
    Title,
)
from kexie_docs.units import Twips

CELL_MARGIN = Twips(60)
"""Room between a table cell's side and its text; above and below there is none but the line's own."""
PICTURE_GAP = Twips(120)
"""Room above a picture, on its own line, so that it does not touch the text."""
BORDER = Twips(10)
"""Thickness of a table's rules: half a point."""
_COLUMN_PARTS = 10_000
"""LibreOffice keeps the edges of columns as so many parts of a table's width..."""
_COLUMN_SUM = 65_535
"""...and widths of columns, before it is told them, as equal parts of this."""

_NO_SPAN = Span((), "")


def inline_text(inlines: Iterable[Inline]) -> str:
    """Return the text that the inlines print."""
    return "".join(leaf.text for leaf, _ in leaves(inlines))


def marked_text(inlines: Iterable[Inline]) -> tuple[str, list[int]]:
    """Return the text that the inlines print, and the offsets in it at which a Break stands."""
    text = ""
    marks: list[int] = []
    for inline in inlines:
        match inline:
            case Text() | Figure():
                text += inline.text
            case Break():
                marks.append(len(text))
            case Span():
                inner, offsets = marked_text(inline.inlines)
                marks += [len(text) + offset for offset in offsets]
                text += inner
            case Fill():
                pass
            case _:
                assert_never(inline)
    return text, marks


def leaves(inlines: Iterable[Inline], style: str = "") -> Iterator[tuple[Text | Figure, str]]:
    """Yield each text or figure with the innermost character style around it ("" for none)."""
    return ((leaf, span.style) for leaf, span in spanned_leaves(inlines, Span((), style)))


def spanned_leaves(inlines: Iterable[Inline], span: Span = _NO_SPAN) -> Iterator[tuple[Text | Figure, Span]]:
    """Yield each text or figure with the innermost span around it; one without style and spacing for none."""
    for inline in inlines:
        match inline:
            case Text() | Figure():
                yield inline, span
            case Span():
                yield from spanned_leaves(inline.inlines, inline)
            case Break() | Fill():
                pass
            case _:
                assert_never(inline)


def parted_at_fill(inlines: Sequence[Inline]) -> tuple[tuple[Inline, ...], tuple[Inline, ...] | None]:
    """Return what stands before the first Fill, and what stands after it; None without one.

    A Fill inside a Span parts the Span; both halves keep its style.
    """
    for index, inline in enumerate(inlines):
        match inline:
            case Fill():
                return tuple(inlines[:index]), tuple(inlines[index + 1 :])
            case Span():
                before, after = parted_at_fill(inline.inlines)
                if after is not None:
                    return (
                        (*inlines[:index], replace(inline, inlines=before)),
                        (replace(inline, inlines=after), *inlines[index + 1 :]),
                    )
            case Text() | Figure() | Break():
                pass
            case _:
                assert_never(inline)
    return tuple(inlines), None


def block_inlines(block: Block) -> Iterator[tuple[Inline, ...]]:
    """Yield the inlines of a block, paragraph by paragraph (cells of a table row by row)."""
    match block:
        case Title() | Heading() | Paragraph():
            yield block.inlines
        case Table():
            for row in (*block.header, *block.rows):
                for cell in row:
                    yield cell.inlines
        case Imprint():
            for paragraph in block.paragraphs:
                yield paragraph.inlines
        case Picture() | Seal() | PageBreak():
            pass
        case _:
            assert_never(block)


def block_text(block: Block) -> str:
    """Return the text of one block, a heading with its number."""
    number = block.number if isinstance(block, Heading) else ""
    return number + "".join(inline_text(inlines) for inlines in block_inlines(block))


def figures(document: Document) -> Iterator[Figure]:
    """Yield every figure of the document in reading order."""
    for block in document.blocks:
        for inlines in block_inlines(block):
            for leaf, _ in leaves(inlines):
                if isinstance(leaf, Figure):
                    yield leaf


def column_widths(widths: Sequence[float], total: int) -> tuple[Twips, ...]:
    """Return relative column widths scaled to whole twips whose sum is ``total``.

    LibreOffice 7.4 keeps the edges of columns as ten-thousandths of the table's width and takes the whole
    twips below them; edges are chosen that it can keep, so that text breaks alike everywhere.
    """
    whole = sum(widths)
    equal = _COLUMN_SUM // len(widths)
    edges = [0]
    for number, part in enumerate(accumulate(widths[:-1]), 1):
        before = equal * number * total // _COLUMN_SUM
        edges.append(_kept_edge(round(total * part / whole), total, before))
    return tuple(Twips(after - before) for before, after in pairwise((*edges, total)))


def _kept_edge(edge: int, total: int, before: int) -> int:
    """Return the edge, or the nearest by it, that survives as a number of ten-thousandths.

    Args:
        edge: wanted.
        total: width of the table.
        before: edge of the table of equal columns that LibreOffice begins with; it stays where the two are
            the same to it.
    """
    unmoved = before * _COLUMN_PARTS // total * total // _COLUMN_PARTS
    while True:
        kept = (edge * 2 * _COLUMN_PARTS + total) // (2 * total) * total // _COLUMN_PARTS
        if kept == unmoved:
            kept = before
        if kept == edge:
            return edge
        edge = kept


def begins_with_figure(table: Table) -> bool:
    """Return whether a figure stands in a table's first cell."""
    first = next((cell for row in (*table.header, *table.rows) for cell in row), None)
    return first is not None and any(isinstance(leaf, Figure) for leaf, _ in leaves(first.inlines))
