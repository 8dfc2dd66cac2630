"""The end of the text: closing phrase, signature and date of issue (GB/T 9704 7.3.5)."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kexie_docs.doctree.nodes import Block, Paragraph, Placement, Seal
from kexie_docs.doctree.walk import block_text, inline_text
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.style.signed import ISSUE_DATE, NEXT_SIGNATURE, SIGNATURE, SIGNED, TEXT
from kexie_docs.text.widths import text_width
from kexie_docs.units import TWIPS_PER_PT, Twips, mm

_SHORT = 3
"""Lines that a paragraph above a signature may have to be kept on its page."""

_FIRST_LINE_INDENT = 2.0

CLOSING_PHRASE = "closing_phrase"
"""Container for the last sentence that custom asks for (特此报告。), unless the input has one itself."""

_CLOSINGS = ("特此", "以上报告", "以上意见", "以上情况报告")
"""How such sentences begin."""


@dataclass(frozen=True, slots=True)
class SealPicture:
    """The picture of a seal: PNG or JPEG data, and its printed size."""

    data: bytes
    width: Twips
    height: Twips


END_INDENT = 2.0
"""Distance of the name from the right edge of the type area, in 字."""

_SHIFT = 2.0
"""How far right of the name's first character the date begins, in 字."""


_UNMEASURED = 0.25
"""By how much a date is wider than its nominal width, in 字: each of its numbers is, by a little.

So one that is nominally as wide as the name is longer, and would not fit a line that begins 2 字 right of it.
"""


SEALED_DATE_END = 4.0
"""Distance of a sealed date from the right edge, in 字 (7.3.5.1)."""

SEAL_ABOVE_TEXT = mm(3)
"""The seal's centre above the middle of name and date, which lie a little below it (7.3.5.1)."""

SEAL_GAP = mm(5)
"""Between the last line of text and the top of the seal: at most one line, 10.45 mm (7.3.5.1)."""


def with_closing_phrase(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with each closing phrase as a body paragraph.

    It is left out where the paragraph above it ends with it or with another sentence of its kind.
    """
    above = ""
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == CLOSING_PHRASE:
            last = re.split("[。！；]", above.rstrip("。！"))[-1]
            if last.startswith(_CLOSINGS) or last.endswith(inline_text(block.inlines).rstrip("。！")):
                continue
            block = replace(block, style="body")
        above = block_text(block)
        yield block


def placed(blocks: Iterable[Block], style: Style, seal: SealPicture | None = None) -> Iterator[Block]:
    """Yield the blocks with each run of names and the date below it placed.

    Args:
        blocks: of the document.
        style: the style sheet.
        seal: the seal's picture over the first date that has a name above it; None for none.
    """
    run: list[Paragraph] = []
    for block in blocks:
        name = isinstance(block, Paragraph) and block.style == SIGNATURE
        if isinstance(block, Paragraph) and (name or (run and block.style == ISSUE_DATE)):
            run.append(block)
            if name:
                continue
            if seal is None:
                yield from _placed_run(run, style)
            else:
                yield from _sealed_run(run, style, seal)
                seal = None
            run = []
        else:
            yield from _placed_run(run, style)
            run = []
            yield block
    yield from _placed_run(run, style)


def with_text_above(blocks: Iterable[Block], style: Style) -> Iterator[Block]:
    """Yield the blocks with the last short paragraph above a signature kept on its page.

    So no page begins with a signature, without a line of the text that it belongs to. Word processors move a
    paragraph that keeps with the next as a whole; a long one would leave a hole in the page that it left, and
    the first one has to begin on the first page (7.3.3).
    """
    above: Block | None = None
    begun = False
    for block in blocks:
        if above is not None:
            text = isinstance(above, Paragraph) and above.style == TEXT
            if begun and isinstance(above, Paragraph) and _begins_signature(block) and _short(above, style):
                above = replace(above, keep_with_next=True)
            begun = begun or text
            yield above
        above = block
    if above is not None:
        yield above


def _short(block: Paragraph, style: Style) -> bool:
    area = characters(style, style.paragraphs[block.style])
    width = text_width(inline_text(block.inlines))
    return block.style not in SIGNED and width <= area * _SHORT - _FIRST_LINE_INDENT


def _begins_signature(block: Block) -> bool:
    return isinstance(block, Seal) or (isinstance(block, Paragraph) and block.style in SIGNED)


def _sealed_run(run: list[Paragraph], style: Style, seal: SealPicture) -> Iterator[Block]:
    """Yield names, seal and date: the date ends 4 字 from the edge, the names are centred on it.

    The seal's centre is on the middle of the date and a little above the middle of name and date. The first
    name has as much space above it as keeps the seal's top half a line below the text, at least a line. A
    name too wide for that ends at the right edge, and the date moves left with it.
    """
    *names, last = run
    area = characters(style, style.paragraphs[ISSUE_DATE])
    date_width = text_width(inline_text(last.inlines))
    name_width = max(text_width(inline_text(block.inlines)) for block in names)
    end = max(SEALED_DATE_END, (name_width - date_width) / 2)
    middle = area - end - date_width / 2
    pitch = style.line_pitch(style.paragraphs[ISSUE_DATE])
    rise = Twips(round(pitch * (1 + len(names)) / 2 + SEAL_ABOVE_TEXT))
    leading = (pitch - style.paragraphs[ISSUE_DATE].size * TWIPS_PER_PT) / 2
    above = rise + seal.height / 2 - pitch * (1 + len(names)) + SEAL_GAP - leading
    space = Twips(max(round(above), round(style.paragraphs[SIGNATURE].space_before * style.grid.line_pitch)))
    for index, block in enumerate(names):
        placement = Placement(
            align="center",
            start_indent=round(max(2 * middle - area, 0.0), 2),
            end_indent=round(max(area - 2 * middle, 0.0), 2),
            space_before=None if index else space,
        )
        next_style = NEXT_SIGNATURE if index and NEXT_SIGNATURE in style.paragraphs else SIGNATURE
        yield replace(block, style=next_style, placement=placement)
    yield Seal(image=seal.data, width=seal.width, height=seal.height, rise=rise)
    yield replace(last, placement=Placement(align="end", end_indent=round(end, 2)))


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
    area = characters(style, style.paragraphs[SIGNATURE])
    name_width = max(text_width(inline_text(block.inlines)) for block in names)
    date_width = max(text_width(inline_text(block.inlines)) for block in dates)
    start = area - END_INDENT - name_width
    if date_width + _UNMEASURED > name_width:
        start = area - END_INDENT - date_width - _SHIFT
    return start if start >= 0 else None


def characters(style: Style, paragraph: ParagraphStyle) -> float:
    """Return the width of the type area in 字 of a paragraph style."""
    return style.page.text_width / (paragraph.size * TWIPS_PER_PT + paragraph.char_spacing)
