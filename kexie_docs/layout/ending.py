"""Whether a signature may begin a page without text: an estimate that needs no font, for Word files alone.

Only documents for which it says yes are laid out before their Word file is written, and only their text is
ever changed, so that the Word file is the same with and without a PDF beside it.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate, pairwise
from math import ceil

from kexie_docs.doctree.nodes import (
    Block,
    Document,
    Heading,
    Imprint,
    PageBreak,
    Paragraph,
    Picture,
    Seal,
    Table,
    Title,
)
from kexie_docs.doctree.walk import inline_text, marked_text
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.style.signed import SIGNED, loose_signatures
from kexie_docs.units import TWIPS_PER_PT

_LINES_A_LINE, _LATIN_A_LINE = 150, 120
"""For so many lines of text, and so many Latin characters, the estimate may be wrong by one more line; by one
anyway. Fonts differ in the width of Latin ones, and what is made of them breaks in few places."""

_ZI, _NARROW, _GAP = 10, 5, 2
"""Widths in tenths of a 字: of Han characters, of others, and of the space between the two."""

_HAN = "\u0100"
"""Characters before it are Latin."""

_TENTHS = bytes(_ZI if code == ord("?") else _NARROW for code in range(256))
"""Width of each byte of a text as ASCII, in which a Han character is a question mark."""

_LEAST_LEFT, _MOST_LEFT = 0.1, 0.7
"""Room that lines leave at their ends, on average, to what must not be parted, in 字: measured 0.2 to 0.6."""

_LATIN = re.compile(r"[0-9A-Za-z]+")


def may_stand_alone(document: Document, style: Style) -> bool:
    """Return whether a signature below a paragraph that may be split stands near the end of its page.

    Args:
        document: as composed: a paragraph that keeps with the signature needs no care.
        style: its style sheet.
    """
    blocks = document.blocks
    return any(_Estimate(style).near(blocks, index) for index in loose_signatures(blocks, style))


@dataclass(frozen=True, slots=True)
class _Lines:
    """How many lines a paragraph has, at least and at most, by nominal widths; how many Latin characters."""

    least: int
    most: int
    latin: int = 0


class _Estimate:
    """Where the text of a document ends, in lines counted by nominal widths."""

    def __init__(self, sheet: Style) -> None:
        self._sheet = sheet
        self._height = sheet.page.text_height
        # Of each style: line pitch, space after, height of its rules.
        self._heights: dict[str, tuple[int, int, int]] = {}

    def near(self, blocks: Sequence[Block], index: int) -> bool:
        """Return whether the text above the signature at ``index`` may end where that no longer fits."""
        if any(isinstance(block, Table | Picture) for block in blocks[:index]):
            return True
        reach = self._reach(blocks, index)
        counts = [self._roughly(block) for block in blocks[:index]]
        unsure = sum(one.most for one in counts) // _LINES_A_LINE
        unsure += sum(one.latin for one in counts) // _LATIN_A_LINE
        spare = self._sheet.grid.line_pitch * (1 + unsure)
        if not self._touches(blocks, counts, reach, spare):
            return False
        sure = [
            one if one.least == one.most else self._closely(block)
            for block, one in zip(blocks, counts, strict=False)
        ]
        return self._touches(blocks, sure, reach, spare)

    def _touches(self, blocks: Sequence[Block], counts: Sequence[_Lines], reach: int, spare: int) -> bool:
        """Return whether the text may end in the last ``reach`` twips of a page."""
        least, most = [one.least for one in counts], [one.most for one in counts]
        first = last = self._end(blocks, least)
        if most != least:
            last = self._end(blocks, most)
        page = max(first - spare - 1, 0) // self._height
        return last + spare > (page + 1) * self._height - reach

    def _reach(self, blocks: Sequence[Block], index: int) -> int:
        """Return the height of a signature with the space above it: what keeps together."""
        height = 0
        for block in blocks[index:]:
            if isinstance(block, Seal):
                continue
            if not isinstance(block, Paragraph) or block.style not in SIGNED:
                break
            style = self._sheet.paragraphs[block.style]
            height += self._before(block, style) + self._roughly(block).most * self._sheet.line_pitch(style)
        return height

    def _before(self, block: Block, style: ParagraphStyle) -> int:
        if isinstance(block, Paragraph) and block.placement is not None:
            own = block.placement.space_before
            if own is not None:
                return own
        if not style.space_before:
            return 0
        return round(style.space_before * self._sheet.grid.line_pitch)

    def _end(self, blocks: Sequence[Block], counts: Sequence[int]) -> int:
        """Return where blocks of so many lines end: pages and their height in twips."""
        sheet, height = self._sheet, self._height
        page = y = after = 0
        keeps_space = True
        for block, count in zip(blocks, counts, strict=False):
            if not isinstance(block, Title | Heading | Paragraph):
                if isinstance(block, PageBreak | Imprint) and y:
                    page, y, after, keeps_space = page + 1, 0, 0, True
                continue
            style = sheet.paragraphs[block.style]
            if style.name not in self._heights:
                space = round(style.space_after * sheet.grid.line_pitch)
                self._heights[style.name] = (sheet.line_pitch(style), space, _rules(style))
            pitch, below, rules = self._heights[style.name]
            if style.page_break_before and y:
                page, y, after, keeps_space = page + 1, 0, 0, True
            before = self._before(block, style)
            top = y + max(after, before) if y else (before if keeps_space else 0)
            lines = count
            # What keeps with the next needs a line below it.
            need = pitch * (count + 1) if style.keep_with_next else pitch
            if y and top + need > height:
                page, top, keeps_space = page + 1, 0, False
            while top + lines * pitch > height and (room := (height - top) // pitch) < lines:
                lines -= max(room, 1)
                page, top, keeps_space = page + 1, 0, False
            y = top + lines * pitch + rules
            after = below
        return page * height + y

    def _room(self, block: Block, style: ParagraphStyle) -> tuple[float, float]:
        """Return the width of a line in 字, and how far in the first one begins."""
        placement = block.placement if isinstance(block, Paragraph) else None
        where = placement or style
        whole = self._sheet.page.text_width / (style.size * TWIPS_PER_PT + style.char_spacing)
        return max(whole - where.start_indent - where.end_indent, 1.0), where.first_line_indent

    def _roughly(self, block: Block) -> _Lines:
        """Count lines by the number of characters alone."""
        match block:
            case Title():
                return self._title(block)
            case Heading() | Paragraph():
                style = self._sheet.paragraphs[block.style]
                text = _printed(block)
                room, indent = self._room(block, style)
                narrow = len(text.encode("ascii", "ignore"))
                width = len(text) - narrow / 2 + indent
                lines = int(width / room)
                least = ceil((width + lines * _LEAST_LEFT) / room)
                most = ceil((width + lines * _MOST_LEFT + narrow * _GAP / _ZI) / room)
                return _Lines(max(least, 1), max(most, 1), narrow)
            case _:
                return _Lines(0, 0)

    def _title(self, block: Title) -> _Lines:
        room, _ = self._room(block, self._sheet.paragraphs[block.style])
        text, marks = marked_text(block.inlines)
        edges = [0, *marks, len(text)]
        count = sum(ceil((stop - start) / room) for start, stop in pairwise(edges))
        return _Lines(count, count)

    def _closely(self, block: Block) -> _Lines:
        """Break lines, by nominal widths and the style's prohibitions."""
        assert isinstance(block, Heading | Paragraph)
        room, indent = self._room(block, self._sheet.paragraphs[block.style])
        text = _printed(block)
        widths = bytearray(text.encode("ascii", "replace").translate(_TENTHS))
        for found in _LATIN.finditer(text):
            widths[found.start()] += _GAP
            widths[found.end() - 1] += _GAP
        edges = list(accumulate(widths, initial=0))
        never_first, never_last = self._sheet.line_breaking.not_at_start, self._sheet.line_breaking.not_at_end
        start, count, space = 0, 1, round((room - indent) * _ZI)
        while edges[-1] - edges[start] > space:
            cut = place = bisect_right(edges, edges[start] + space) - 1
            while place > start and (
                text[place] in never_first
                or text[place - 1] in never_last
                or (" " < text[place] < _HAN and " " < text[place - 1] < _HAN)
            ):
                place -= 1
            start = place if place > start else max(cut, start + 1)
            count, space = count + 1, round(room * _ZI)
        return _Lines(count, count)


def _printed(block: Heading | Paragraph) -> str:
    text = inline_text(block.inlines)
    return block.number + text if isinstance(block, Heading) else text


def _rules(style: ParagraphStyle) -> int:
    """Return the height that a style's rules take in twips (thickness: eighths of a point, gap: points)."""
    rules = (rule for rule in (style.rule_above, style.rule_below) if rule is not None)
    return sum(rule.gap * 20 + round(rule.thickness * 20 / 8) for rule in rules)
