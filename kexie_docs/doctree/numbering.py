"""Numbers of the figures in a document: every printed figure gets one, in reading order."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import assert_never

from kexie_docs.doctree.nodes import (
    Block,
    Break,
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
    TableCell,
    Text,
    Title,
)


def with_numbered_figures(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with all their figures numbered from 1.

    The order is that of `kexie_docs.doctree.walk.figures`. Each number is given once, even where one value
    is printed in several places; a figure that prints nothing but blanks gets none.
    """
    numberer = _Numberer()
    for block in blocks:
        match block:
            case Title() | Heading() | Paragraph():
                inlines = numberer.inlines(block.inlines)
                yield block if inlines is block.inlines else replace(block, inlines=inlines)
            case Table():
                yield replace(block, header=numberer.rows(block.header), rows=numberer.rows(block.rows))
            case Imprint():
                paragraphs = (replace(one, inlines=numberer.inlines(one.inlines)) for one in block.paragraphs)
                yield replace(block, paragraphs=tuple(paragraphs))
            case Seal() | Picture() | PageBreak():
                yield block
            case _:
                assert_never(block)


class _Numberer:
    """Gives numbers, and keeps what holds no figure as it is."""

    def __init__(self) -> None:
        self._last = 0

    def rows(self, rows: tuple[tuple[TableCell, ...], ...]) -> tuple[tuple[TableCell, ...], ...]:
        return tuple(tuple(TableCell(inlines=self.inlines(cell.inlines)) for cell in row) for row in rows)

    def inlines(self, inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
        result: list[Inline] | None = None
        for index, inline in enumerate(inlines):
            numbered: Inline = inline
            match inline:
                case Figure() if inline.text.strip():
                    self._last += 1
                    numbered = replace(inline, number=self._last)
                case Span():
                    inner = self.inlines(inline.inlines)
                    if inner is not inline.inlines:
                        numbered = replace(inline, inlines=inner)
                case Text() | Figure() | Break() | Fill():
                    pass
                case _:
                    assert_never(inline)
            if numbered is not inline:
                result = list(inlines) if result is None else result
                result[index] = numbered
        return inlines if result is None else tuple(result)
