"""Signature and date of issue without a seal, placed by GB/T 9704 7.3.5.2."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kexie_docs.doctree.nodes import Block, Paragraph, Placement
from kexie_docs.doctree.walk import inline_text
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.text.widths import text_width
from kexie_docs.units import TWIPS_PER_PT

SIGNATURE, NEXT_SIGNATURE, ISSUE_DATE = "signature", "signature_next", "issue_date"

_END_INDENT = 2.0
"""Distance of the name from the right edge of the type area, in 字."""

_SHIFT = 2.0
"""How far right of the name's first character the date begins, in 字."""


def placed(blocks: Iterable[Block], style: Style) -> Iterator[Block]:
    """Yield the blocks with each run of names and the date below it placed."""
    run: list[Paragraph] = []
    for block in blocks:
        name = isinstance(block, Paragraph) and block.style == SIGNATURE
        if isinstance(block, Paragraph) and (name or (run and block.style == ISSUE_DATE)):
            run.append(block)
            if name:
                continue
            yield from _placed_run(run, style)
            run = []
        else:
            yield from _placed_run(run, style)
            run = []
            yield block
    yield from _placed_run(run, style)


def _placed_run(run: list[Paragraph], style: Style) -> Iterator[Paragraph]:
    """Yield names and date; without a date, or names too wide for a line, their styles place them."""
    names = [block for block in run if block.style == SIGNATURE]
    dates = [block for block in run if block.style == ISSUE_DATE]
    name_start = _name_start(names, dates, style)
    for index, block in enumerate(names):
        next_style = NEXT_SIGNATURE if index and NEXT_SIGNATURE in style.paragraphs else SIGNATURE
        yield replace(block, style=next_style, placement=_at(name_start))
    for block in dates:
        yield replace(block, placement=_at(None if name_start is None else name_start + _SHIFT))


def _at(start: float | None) -> Placement | None:
    return None if start is None else Placement(align="start", start_indent=round(start, 2))


def _name_start(names: list[Paragraph], dates: list[Paragraph], style: Style) -> float | None:
    """Return where the names begin, in 字 from the left edge; None leaves them to their style.

    The longest name ends 2 字 from the right edge, the shorter ones begin below it, and the date begins 2 字
    further right. When the date is longer than the name, it is the date that ends 2 字 from the edge, and the
    name moves left with it.
    """
    if not names or not dates:
        return None
    area = _characters(style, style.paragraphs[SIGNATURE])
    name_width = max(text_width(inline_text(block.inlines)) for block in names)
    date_width = max(text_width(inline_text(block.inlines)) for block in dates)
    start = area - _END_INDENT - name_width
    if date_width > name_width:
        start = area - _END_INDENT - date_width - _SHIFT
    return start if start >= 0 else None


def _characters(style: Style, paragraph: ParagraphStyle) -> float:
    """Return the width of the type area in 字 of a paragraph style."""
    return style.page.text_width / (paragraph.size * TWIPS_PER_PT + paragraph.char_spacing)
