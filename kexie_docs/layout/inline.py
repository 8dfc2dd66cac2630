"""A block's inlines to lines, with every glyph in its place across the page; `paginate` gives the heights."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import assert_never

from kexie_docs.doctree.nodes import (
    Alignment,
    Block,
    Break,
    Figure,
    Heading,
    Inline,
    Paragraph,
    Span,
    Text,
    Title,
)
from kexie_docs.doctree.walk import leaves
from kexie_docs.fonts.face import Face
from kexie_docs.layout.lines import BrokenLine, LineRules, break_lines
from kexie_docs.layout.measure import DOTS_PER_TWIP, Glyph, Typefaces
from kexie_docs.layout.pages import PlacedFigure
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.text.characters import Script, script_of
from kexie_docs.text.line_break import enforceable
from kexie_docs.text.title import title_lines
from kexie_docs.units import TWIPS_PER_PT


@dataclass(frozen=True, slots=True)
class RunPlan:
    """Glyphs of one face and colour on a line whose height on the page is not known yet."""

    face: Face
    x: float
    glyphs: tuple[int, ...]
    positions: tuple[float, ...]
    text: str
    end: float
    color: str


@dataclass(frozen=True, slots=True)
class LinePlan:
    """One line, placed across the page."""

    runs: tuple[RunPlan, ...]
    text: str
    figures: tuple[PlacedFigure, ...]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A piece of text in one character style, from a figure or not."""

    start: int
    stop: int
    style: str
    figure: Figure | None


@dataclass(frozen=True, slots=True)
class _Content:
    text: str
    stretches: tuple[_Stretch, ...]

    def part(self, start: int, stop: int) -> "_Content":
        """Return the text from ``start`` to ``stop`` with what of the stretches lies there."""
        pieces = (
            _Stretch(max(one.start, start) - start, min(one.stop, stop) - start, one.style, one.figure)
            for one in self.stretches
            if one.start < stop and one.stop > start
        )
        return _Content(self.text[start:stop], tuple(pieces))


def zi_width(style: ParagraphStyle) -> float:
    """Return the width of one 字 of a style in twips: its size and the spacing after each character."""
    return style.size * TWIPS_PER_PT + style.char_spacing


def plan_block(block: Block, sheet: Style, typefaces: Typefaces) -> list[LinePlan]:
    """Return the lines of a block, placed across the page; at least one.

    Raises:
        FontError: no font has one of its characters.
    """
    style = sheet.paragraphs[block.style]
    align: Alignment = style.align
    start_indent, end_indent, first_indent = style.start_indent, style.end_indent, style.first_line_indent
    match block:
        case Title():
            return _plan_title(block, style, sheet, typefaces)
        case Heading():
            content = _content(block.inlines, block.number)
        case Paragraph():
            content = _content(block.inlines)
            if block.placement is not None:
                placement = block.placement
                align, first_indent = placement.align, 0.0
                start_indent, end_indent = placement.start_indent, placement.end_indent
        case _:
            assert_never(block)
    zi = zi_width(style)
    # Whole twips, each indent by itself: what the Word file says.
    start, end, first = round(start_indent * zi), round(end_indent * zi), round(first_indent * zi)
    return _plan(content, style, sheet, typefaces, _Frame(align, start, end, first))


@dataclass(frozen=True, slots=True)
class _Frame:
    """Alignment, and indents in twips."""

    align: Alignment
    start: int
    end: int
    first: int


def _content(inlines: Sequence[Inline], number: str = "") -> _Content:
    text = number
    stretches = [_Stretch(0, len(number), "", None)] if number else []
    for leaf, name in leaves(inlines):
        if leaf.text:
            start = len(text)
            text += leaf.text
            stretches.append(_Stretch(start, len(text), name, leaf if isinstance(leaf, Figure) else None))
    return _Content(text, tuple(stretches))


def _marked_text(inlines: Sequence[Inline]) -> tuple[str, list[int]]:
    """Return the text, and the offsets in it where it may break."""
    text = ""
    marks: list[int] = []
    for inline in inlines:
        match inline:
            case Text() | Figure():
                text += inline.text
            case Break():
                marks.append(len(text))
            case Span():
                inner, offsets = _marked_text(inline.inlines)
                marks += [len(text) + offset for offset in offsets]
                text += inner
            case _:
                assert_never(inline)
    return text, marks


def _plan_title(block: Title, style: ParagraphStyle, sheet: Style, typefaces: Typefaces) -> list[LinePlan]:
    zi = zi_width(style)
    text, marks = _marked_text(block.inlines)
    room = sheet.page.text_width / zi - style.start_indent - style.end_indent
    content = _content(block.inlines)
    frame = _Frame(style.align, round(style.start_indent * zi), round(style.end_indent * zi), 0)
    plans: list[LinePlan] = []
    position = 0
    for line in title_lines(text, marks, room):
        # A space at which the title breaks belongs to no line.
        start = text.index(line, position)
        position = start + len(line)
        plans += _plan(content.part(start, position), style, sheet, typefaces, frame)
    return plans or _plan(content, style, sheet, typefaces, frame)


def _plan(
    content: _Content, style: ParagraphStyle, sheet: Style, typefaces: Typefaces, frame: _Frame
) -> list[LinePlan]:
    text = content.text
    glyphs: list[Glyph] = []
    style_ends: list[int] = []
    colors: list[tuple[int, str]] = []
    last = ""
    for stretch in content.stretches:
        if stretch.start and stretch.style != last:
            style_ends.append(stretch.start)
        last = stretch.style
        changed = sheet.characters.get(stretch.style)
        role = style.font if changed is None or changed.font is None else changed.font
        color = style.color if changed is None or changed.color is None else changed.color
        if colors and colors[-1][1] == color:
            colors.pop()
        colors.append((stretch.stop, color))
        glyphs += typefaces.get(role, style.size).glyphs(text[stretch.start : stretch.stop])
    room = sheet.page.text_width - frame.start - frame.end
    not_at_start, not_at_end = enforceable(sheet.line_breaking.not_at_start, sheet.line_breaking.not_at_end)
    rules = LineRules(
        not_at_start=not_at_start,
        not_at_end=not_at_end,
        spacing=style.char_spacing,
        em=round(style.size * TWIPS_PER_PT),
        first_width=room - frame.first,
        width=room,
        strip_blanks=frame.align != "start",
    )
    broken = break_lines(text, [glyph.dots for glyph in glyphs], style_ends, rules)
    left = sheet.page.left + frame.start
    return [
        _place(
            line,
            content,
            glyphs,
            colors,
            style.char_spacing,
            left + (frame.first if index == 0 else 0),
            room - (frame.first if index == 0 else 0),
            "start" if frame.align == "justify" and line is broken[-1] else frame.align,
        )
        for index, line in enumerate(broken)
    ]


def _place(
    line: BrokenLine,
    content: _Content,
    glyphs: Sequence[Glyph],
    colors: Sequence[tuple[int, str]],
    spacing: int,
    left: int,
    room: int,
    align: Alignment,
) -> LinePlan:
    """Return the line with the x of every glyph; ``left`` and ``room`` in twips."""
    text = content.text
    x: float = left
    stretch = 0.0
    match align:
        case "justify":
            gaps = _gaps(line, text)
            stretch = max(0, room - line.width) / gaps if gaps else 0.0
        case "center":
            x += (room - line.width) / 2
        case "end":
            x += room - line.width
        case "start":
            pass
        case _:
            assert_never(align)
    positions: list[float] = []
    ends: list[float] = []
    for portion in line.portions:
        asian = portion.script is Script.ASIAN
        step = spacing + (stretch if asian else 0.0)
        for index in range(portion.start, portion.stop):
            positions.append(x)
            x += glyphs[index].dots / DOTS_PER_TWIP
            ends.append(x)
            x += step
            if not asian and text[index] == " ":
                x += stretch
        x += portion.space_after - spacing
        if not asian and _stretches_after(portion.stop, line, text):
            x += stretch
    return LinePlan(
        _runs(line, text, glyphs, colors, positions, ends),
        text[line.start : line.following],
        _figures(line, content),
    )


def _gaps(line: BrokenLine, text: str) -> int:
    """Return how many places of a justified line take up its rest: after Han characters, and at blanks."""
    count = 0
    for portion in line.portions:
        if portion.script is Script.ASIAN:
            count += portion.stop - portion.start - (portion is line.portions[-1])
        else:
            count += text.count(" ", portion.start, portion.stop) + _stretches_after(portion.stop, line, text)
    return count


def _stretches_after(stop: int, line: BrokenLine, text: str) -> bool:
    """Return whether Han follows on the line what ends at ``stop`` and is not Han."""
    return stop < line.stop and script_of(text[stop]) is Script.ASIAN


def _runs(
    line: BrokenLine,
    text: str,
    glyphs: Sequence[Glyph],
    colors: Sequence[tuple[int, str]],
    positions: Sequence[float],
    ends: Sequence[float],
) -> tuple[RunPlan, ...]:
    """Return the line's glyphs parted where face or colour changes."""
    runs: list[RunPlan] = []
    first = line.start
    for stop, color in colors:
        segment_stop = min(stop, line.stop)
        while first < segment_stop:
            face = glyphs[first].face
            following = first + 1
            while following < segment_stop and glyphs[following].face is face:
                following += 1
            here = slice(first - line.start, following - line.start)
            origin = positions[here.start]
            runs.append(
                RunPlan(
                    face,
                    origin,
                    tuple([glyph.glyph for glyph in glyphs[first:following]]),
                    tuple([x - origin for x in positions[here]]),
                    text[first:following],
                    ends[here.stop - 1],
                    color,
                )
            )
            first = following
    return tuple(runs)


def _figures(line: BrokenLine, content: _Content) -> tuple[PlacedFigure, ...]:
    placed = []
    for one in content.stretches:
        start, stop = max(one.start, line.start), min(one.stop, line.stop)
        if one.figure is not None and start < stop:
            placed.append(
                PlacedFigure(
                    metric=one.figure.metric,
                    expression=one.figure.expression,
                    text=content.text[start:stop],
                    start=start - line.start,
                    stop=stop - line.start,
                )
            )
    return tuple(placed)
