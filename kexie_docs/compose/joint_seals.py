"""Seals of a joint document, one over each name, in rows (GB/T 9704 7.3.5.1)."""

from collections.abc import Iterable, Iterator, Sequence

from kexie_docs.compose.closing import (
    END_INDENT,
    SEAL_ABOVE_TEXT,
    SEAL_GAP,
    SEALED_DATE_END,
    SealPicture,
    characters,
    placed,
)
from kexie_docs.doctree.nodes import Block, Inline, Paragraph, Placement, Seal, Span, Text
from kexie_docs.doctree.walk import inline_text
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.style.signed import ISSUE_DATE, NEXT_SIGNATURE, SIGNATURE
from kexie_docs.text.widths import text_width
from kexie_docs.units import TWIPS_PER_PT, Twips, mm

_MOST_IN_A_ROW = 3
"""As offices set them; the standard asks that each row stays inside the type area."""

_BETWEEN_SEALS = mm(3)
"""Least room between two seals, which may neither touch nor cross, in both directions."""

_BETWEEN_NAMES = 1.0
"""Least room between two names of a row, in 字."""

_LEAST_SPACING = 6
"""Spacing of a gap's blanks in twips below which word processors differ on the last one's."""

_BLANK = "\N{IDEOGRAPHIC SPACE}"


def with_joint_seals(
    blocks: Iterable[Block], style: Style, seals: Sequence[SealPicture | None]
) -> Iterator[Block]:
    """Yield the blocks with the first run of names, and the date below it, in rows under their seals.

    Names follow one another from left to right, row by row, each in the middle of its seal; the last one is
    the rightmost of the last row, in the middle of the date, which ends 4 字 from the edge. The seals of a
    row stand at one height and clear of those of the next; the last row's lie over names and date, the
    others' over their names. The first row's begin half a line below the text.

    Args:
        blocks: of the document.
        style: the style sheet.
        seals: the picture over each name, in their order; None for a name without one.
    """
    run: list[Paragraph] = []
    rest = iter(blocks)
    for block in rest:
        if isinstance(block, Paragraph) and block.style == SIGNATURE:
            run.append(block)
            continue
        if run:
            date = block if isinstance(block, Paragraph) and block.style == ISSUE_DATE else None
            yield from _joint(run, date, style, seals)
            if date is None:
                yield block
            yield from placed(rest, style)
            return
        yield block
    if run:
        yield from _joint(run, None, style, seals)


@dataclass(frozen=True, slots=True)
class _Signed:
    """A name, its seal, and the middle of both, in 字 from the left edge."""

    name: str
    inlines: tuple[Inline, ...]
    seal: SealPicture | None
    middle: float = 0.0


def _joint(
    names: Sequence[Paragraph], date: Paragraph | None, style: Style, seals: Sequence[SealPicture | None]
) -> Iterator[Block]:
    signed = [
        _Signed(inline_text(block.inlines), block.inlines, seals[index] if index < len(seals) else None)
        for index, block in enumerate(names)
    ]
    paragraph = style.paragraphs[SIGNATURE]
    zi = paragraph.size * TWIPS_PER_PT + paragraph.char_spacing
    area = characters(style, paragraph)
    date_width = 0.0 if date is None else text_width(inline_text(date.inlines))
    end = SEALED_DATE_END if date is not None else END_INDENT
    half = max(_width(one, zi) for one in signed) / 2
    last = area - max(end + date_width / 2, half)
    rows = _rows(signed, last, half, zi)
    pitch = style.line_pitch(paragraph)
    leading = (pitch - paragraph.size * TWIPS_PER_PT) / 2
    # From the foot of a row's line up to its seals' middle, and from there to the middle of the row above.
    rises = [pitch / 2 + SEAL_ABOVE_TEXT for _ in rows]
    if date is not None:
        rises[-1] = float(SEAL_ABOVE_TEXT)
    heights = [max((one.seal.height for one in row if one.seal is not None), default=0) for row in rows]
    for index, row in enumerate(rows):
        if index:
            between = (heights[index - 1] + heights[index]) / 2 + _BETWEEN_SEALS
            space = between + rises[index] - rises[index - 1] - pitch
        else:
            space = rises[0] + heights[0] / 2 - pitch + SEAL_GAP - leading
            space = max(space, paragraph.space_before * style.grid.line_pitch)
        yield from _row(row, paragraph, Twips(max(round(space), 0)), rises[index], index, style)
    if date is not None:
        placement = Placement(align="end", end_indent=round(area - last - date_width / 2, 2))
        yield Paragraph(inlines=date.inlines, style=date.style, placement=placement)


def _width(one: _Signed, zi: float) -> float:
    """Return the width of a name or its seal, whichever is wider, in 字."""
    return max(text_width(one.name), 0.0 if one.seal is None else one.seal.width / zi)


def _rows(signed: Sequence[_Signed], last: float, half: float, zi: float) -> list[list[_Signed]]:
    """Return the rows, as equal as can be: as few as keep each inside the type area.

    Args:
        signed: in order.
        last: middle of the rightmost column, in 字.
        half: half of the widest name or seal, in 字.
        zi: width of a 字 in twips.
    """
    step = max(
        max(text_width(one.name) for one in signed) + _BETWEEN_NAMES,
        max(0 if one.seal is None else one.seal.width + _BETWEEN_SEALS for one in signed) / zi,
    )
    columns = next(
        count for count in range(_MOST_IN_A_ROW, 0, -1) if last - (count - 1) * step >= half or count == 1
    )
    count = -(-len(signed) // columns)
    columns = -(-len(signed) // count)
    rows = [signed[start : start + columns] for start in range(0, len(signed), columns)]
    return [
        [
            # The last row, which may have fewer, ends at the right with the others.
            _Signed(one.name, one.inlines, one.seal, last - (len(row) - 1 - at) * step)
            if row is rows[-1]
            else _Signed(one.name, one.inlines, one.seal, last - (columns - 1 - at) * step)
            for at, one in enumerate(row)
        ]
        for row in rows
    ]


def _row(
    row: Sequence[_Signed], paragraph: ParagraphStyle, space: Twips, rise: float, index: int, style: Style
) -> Iterator[Block]:
    """Yield the seals of a row and the line of its names."""
    zi = paragraph.size * TWIPS_PER_PT + paragraph.char_spacing
    left = row[0].middle - text_width(row[0].name) / 2
    right = row[-1].middle + text_width(row[-1].name) / 2
    for one in row:
        if one.seal is not None:
            yield Seal(
                image=one.seal.data,
                width=one.seal.width,
                height=one.seal.height,
                rise=Twips(round(rise)),
                shift=Twips(round((one.middle - (left + right) / 2) * zi)),
            )
    inlines: list[Inline] = list(row[0].inlines)
    at = left + text_width(row[0].name)
    for one in row[1:]:
        start = one.middle - text_width(one.name) / 2
        inlines.append(_gap((start - at) * zi, zi))
        inlines += one.inlines
        at = start + text_width(one.name)
    next_style = NEXT_SIGNATURE if index and NEXT_SIGNATURE in style.paragraphs else SIGNATURE
    placement = Placement(align="start", start_indent=round(max(left, 0.0), 2), space_before=space)
    yield Paragraph(inlines=tuple(inlines), style=next_style, placement=placement)


def _gap(width: float, zi: float) -> Inline:
    """Return blanks that are ``width`` twips wide together."""
    count = max(int(width / (zi + _LEAST_SPACING)), 1)
    return Span((Text(_BLANK * count),), "", Twips(max(round(width / count - zi), 0)))
