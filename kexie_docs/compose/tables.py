"""Markdown tables: captions, and what the columns look like when the Markdown does not say."""

import re
from collections.abc import Sequence

from kexie_docs.doctree.nodes import Alignment, Inline, Paragraph, Table, TableCell, Text
from kexie_docs.doctree.walk import inline_text
from kexie_docs.text.widths import text_width

CAPTION = "table_caption"

_TURNED = re.compile(r"\s*\{横排\}\s*$")
_CAPTION = re.compile(r"[:：]\s*(?=\S)|(?=表(?:\s*[0-9]|\s*[一二三四五六七八九十]|[\s：:]))|(?=\{横排\}$)")
_NUMBER = re.compile(r"[-+－−]?[0-9][0-9,]*(?:\.[0-9]+)?(?:[%％‰])?|[-—－/]+")

_NARROWEST, _WIDEST = 2.0, 16.0
"""Least and greatest width that a column asks for, in 字 of its text."""

_PADDING = 1.0

_SHORT = 8.0
"""Columns whose cells are all at most this wide are centred, as office tables have them."""


def is_caption(paragraph: Paragraph) -> bool:
    """Return whether a paragraph directly above a table is its caption: 表1 …, 表一 …, or ``: …``."""
    return paragraph.style == "body" and _CAPTION.match(inline_text(paragraph.inlines)) is not None


def caption_of(paragraph: Paragraph) -> tuple[Paragraph | None, bool]:
    """Return a table's caption without its marks, and whether it ends in ``{横排}``: turn the table.

    The caption is None when there was nothing but the mark.
    """
    inlines = list(paragraph.inlines)
    turned = False
    if isinstance(last := inlines[-1], Text) and _TURNED.search(last.text):
        turned = True
        inlines[-1] = last.part(0, len(_TURNED.sub("", last.text)))
    if isinstance(first := inlines[0], Text):
        inlines[0] = first.part(len(first.text) - len(re.sub(r"^[:：]\s*", "", first.text)), len(first.text))
    kept = tuple(inline for inline in inlines if inline != Text(""))
    return (Paragraph(inlines=kept, style=CAPTION) if kept else None), turned


def make_table(
    header: Sequence[Sequence[tuple[Inline, ...]]],
    rows: Sequence[Sequence[tuple[Inline, ...]]],
    alignments: Sequence[Alignment | None],
    *,
    landscape: bool,
) -> Table:
    """Return a table of cells.

    Args:
        header: header rows of cells.
        rows: body rows of cells, as many in each as in the header.
        alignments: what the Markdown says of each column; None where it says nothing: numbers then end at the
            right, short texts are centred, others begin at the left.
        landscape: whether the table is turned.
    """
    columns = range(len(alignments))
    texts = [[inline_text(row[at]).strip() for row in rows] for at in columns]
    natural = [
        max((text_width(inline_text(row[at])) for row in (*header, *rows)), default=0.0) for at in columns
    ]
    return Table(
        columns=tuple(alignments[at] or _alignment(texts[at]) for at in columns),
        widths=tuple(min(max(width, _NARROWEST), _WIDEST) + _PADDING for width in natural),
        header=tuple(tuple(TableCell(inlines=cell) for cell in row) for row in header),
        rows=tuple(tuple(TableCell(inlines=cell) for cell in row) for row in rows),
        landscape=landscape,
    )


def _alignment(texts: Sequence[str]) -> Alignment:
    given = [text for text in texts if text]
    if given and all(map(_NUMBER.fullmatch, given)):
        return "end"
    return "center" if all(text_width(text) <= _SHORT for text in given) else "start"
