"""Random documents of narrow paragraphs and cells: where hardly anything fits, every rule is asked for."""

import random

from kexie_docs.doctree.nodes import Alignment, Block, Document, Paragraph, Placement, Table, TableCell, Text
from tests.parity.corpus import pieces

_ALIGNMENTS: tuple[Alignment, ...] = ("justify", "justify", "start", "center", "end")


def narrow_paragraphs(seed: int, count: int = 100) -> Document:
    """Return ``count`` paragraphs of 1 to 28 characters a line."""
    source = random.Random(seed)
    return Document(blocks=tuple(_paragraph(source) for _ in range(count)))


def _paragraph(source: random.Random) -> Paragraph:
    placement = Placement(
        align=source.choice(_ALIGNMENTS),
        start_indent=source.choice((0.0, 4.0, 8.0, 12.0, 16.0, 18.0, 20.0, 22.0, 24.0)),
        end_indent=source.choice((0.0, 0.0, 1.0, 1.3, 2.5)),
        first_line_indent=source.choice((0.0, 0.0, 2.0)),
    )
    return Paragraph(inlines=(Text(pieces(source, source.randint(5, 80))),), placement=placement)


def narrow_tables(seed: int, count: int = 6) -> Document:
    """Return ``count`` tables of three to nine columns, of six rows."""
    source = random.Random(seed)
    blocks: list[Block] = []
    for _ in range(count):
        columns = source.randint(3, 9)
        rows = tuple(
            tuple(TableCell(inlines=(Text(pieces(source, source.randint(1, 20))),)) for _ in range(columns))
            for _ in range(6)
        )
        aligns: tuple[Alignment, ...] = tuple(
            source.choice(("start", "center", "end")) for _ in range(columns)
        )
        widths = tuple(source.choice((1.0, 1.5, 2.0, 3.0)) for _ in range(columns))
        blocks.append(Paragraph(inlines=(Text("前文"),)))
        blocks.append(Table(columns=aligns, widths=widths, header=(), rows=rows))
    return Document(blocks=tuple(blocks))
