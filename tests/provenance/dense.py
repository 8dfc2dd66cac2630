"""Documents in which figures stand everywhere: at a paragraph's ends, side by side, in every element."""

import random
from collections.abc import Iterator
from dataclasses import replace

from kexie_docs.doctree.nodes import (
    Block,
    Document,
    Figure,
    Heading,
    Imprint,
    Inline,
    Paragraph,
    Span,
    Table,
    TableCell,
    Text,
    Title,
)
from kexie_docs.doctree.numbering import with_numbered_figures


def with_figures(document: Document, seed: int, share: float = 0.5, *, anywhere: bool = False) -> Document:
    """Return the document with about a ``share`` of its text, in pieces of any length, turned into figures.

    What it prints is as before; a table's header row is left without, so that every figure is printed once.

    Args:
        document: to put figures into.
        seed: of where they stand.
        share: of the text.
        anywhere: whether they begin and end inside numbers and words too.
    """
    source = random.Random(seed)

    def inlines(nodes: tuple[Inline, ...]) -> tuple[Inline, ...]:
        return tuple(made for node in nodes for made in _made(node, source, share, anywhere))

    def rows(given: tuple[tuple[TableCell, ...], ...]) -> tuple[tuple[TableCell, ...], ...]:
        return tuple(tuple(TableCell(inlines=inlines(cell.inlines)) for cell in row) for row in given)

    def block(given: Block) -> Block:
        match given:
            case Title() | Heading() | Paragraph():
                return replace(given, inlines=inlines(given.inlines))
            case Table():
                return replace(given, rows=rows(given.rows))
            case Imprint():
                return replace(
                    given,
                    paragraphs=tuple(replace(one, inlines=inlines(one.inlines)) for one in given.paragraphs),
                )
            case _:
                return given

    blocks = tuple(with_numbered_figures(map(block, document.blocks)))
    return replace(document, blocks=blocks)


def _made(node: Inline, source: random.Random, share: float, anywhere: bool) -> Iterator[Inline]:
    match node:
        case Text() | Figure():
            start = 0
            while start < len(node.text):
                stop = start + source.choice((1, 2, 3, 5, 8, 13, 40))
                # Most figures neither begin nor end inside a number or a word.
                while not anywhere and stop < len(node.text) and node.text[stop - 1 : stop + 1].isascii():
                    stop += 1
                piece = node.text[start:stop]
                start = stop
                # Nor with blanks: nothing that a figure can be printed as does.
                made = source.random() < share and piece == piece.strip()
                yield Figure(piece, "指标", "指标") if made else Text(piece)
        case Span():
            yield replace(
                node,
                inlines=tuple(made for one in node.inlines for made in _made(one, source, share, anywhere)),
            )
        case _:
            yield node
