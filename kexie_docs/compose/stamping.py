"""签名章: the signatory's stamp, his post on its left and the date below it (GB/T 9704 7.3.5.3)."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kexie_docs.compose.closing import SealPicture
from kexie_docs.doctree.nodes import Block, Paragraph, Placement, Seal
from kexie_docs.doctree.walk import inline_text
from kexie_docs.style.sheet import Style
from kexie_docs.style.signed import ISSUE_DATE, POST
from kexie_docs.text.widths import text_width
from kexie_docs.units import TWIPS_PER_PT, Twips, mm

_END_INDENT = 4.0
"""Distance of stamp and date from the right edge of the type area, in 字."""

_GAP = 2.0
"""Between the post and the stamp, in 字."""

_ABOVE, _BELOW = 2, 1
"""Blank lines above the stamp, and between it and the date."""

_INK_BELOW = mm(0.8)
"""Middle of a text's ink below the middle of its line: 0.3 mm in the PDF, 1.3 in word processors."""


def with_stamp(blocks: Iterable[Block], style: Style, stamp: SealPicture | None) -> Iterator[Block]:
    """Yield the blocks with each post, the stamp beside it, and the date right below it placed.

    Blank lines are counted from the em boxes of the text, as the standard's figures draw them (20.8 mm from
    the text's ink to the stamp, 10.1 mm from the stamp to the date's).

    Args:
        blocks: of the document.
        style: the style sheet.
        stamp: the stamp's picture; None leaves the paragraphs to their styles.
    """
    below_stamp = False
    for block in blocks:
        if stamp is None or not isinstance(block, Paragraph):
            below_stamp = False
            yield block
        elif block.style == POST:
            yield from _stamped(block, style, stamp)
            below_stamp = True
        else:
            if below_stamp and block.style == ISSUE_DATE:
                space = stamp.height / 2 + _lines_from_middle(style, block.style, _BELOW)
                block = replace(block, placement=_at_end(_END_INDENT, space))
            below_stamp = False
            yield block


def _stamped(block: Paragraph, style: Style, stamp: SealPicture) -> Iterator[Block]:
    paragraph = style.paragraphs[POST]
    zi = paragraph.size * TWIPS_PER_PT + paragraph.char_spacing
    shift = (text_width(inline_text(block.inlines)) / 2 + _GAP) * zi + stamp.width / 2
    rise = style.line_pitch(paragraph) / 2 - _INK_BELOW
    yield Seal(
        image=stamp.data,
        width=stamp.width,
        height=stamp.height,
        rise=Twips(round(rise)),
        shift=Twips(round(shift)),
    )
    space = stamp.height / 2 + _lines_from_middle(style, POST, _ABOVE)
    yield replace(block, placement=_at_end(_END_INDENT + stamp.width / zi + _GAP, space))


def _lines_from_middle(style: Style, name: str, lines: int) -> float:
    """Return blank lines less half of a line (the stamp is measured from its middle) and the leading."""
    paragraph = style.paragraphs[name]
    pitch = style.line_pitch(paragraph)
    leading = (pitch - paragraph.size * TWIPS_PER_PT) / 2
    return style.grid.line_pitch * lines - pitch / 2 - leading


def _at_end(indent: float, space: float) -> Placement:
    return Placement(align="end", end_indent=round(indent, 2), space_before=Twips(max(round(space), 0)))
