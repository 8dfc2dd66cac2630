"""A paragraph's inlines to lines, placed across the page; `paginate` gives the heights."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from kexie_docs.doctree.nodes import Alignment, Figure, Inline, Placement
from kexie_docs.doctree.walk import marked_text, parted_at_fill
from kexie_docs.frozen import dataclass
from kexie_docs.layout.content import Content, content_of
from kexie_docs.layout.contextual import in_context
from kexie_docs.layout.lines import LineRules, break_lines
from kexie_docs.layout.measure import DOTS_PER_TWIP, Glyph, Typefaces
from kexie_docs.layout.placing import LinePlan, Look, Part, place_line
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.text.title import title_lines
from kexie_docs.units import TWIPS_PER_PT

_NARROWEST_TAB = 1
"""Twips that a tab has at least; LibreOffice moves one that does not fit to the next line."""


@dataclass(frozen=True, slots=True)
class Area:
    """Where a paragraph may stand across the page: left edge and width in twips."""

    left: int
    width: int


@dataclass(frozen=True, slots=True)
class Frame:
    """Alignment, left edge of the lines and their room, and how far in the first one begins; in twips."""

    align: Alignment
    left: int
    room: int
    first: int


def zi_width(style: ParagraphStyle) -> float:
    """Return the width of one 字 of a style in twips: its size and the spacing after each character."""
    return style.size * TWIPS_PER_PT + style.char_spacing


def frame_of(style: ParagraphStyle, placement: Placement | None, area: Area) -> Frame:
    """Return where the lines of a paragraph stand in ``area``."""
    zi = zi_width(style)
    where = placement or style
    # Whole twips, each indent by itself: what the Word file says.
    start, end = round(where.start_indent * zi), round(where.end_indent * zi)
    first = round(where.first_line_indent * zi)
    return Frame(where.align, area.left + start, area.width - start - end, first)


def plan_paragraph(
    inlines: Sequence[Inline],
    style: ParagraphStyle,
    frame: Frame,
    sheet: Style,
    typefaces: Typefaces,
    number: str = "",
) -> list[LinePlan]:
    """Return the lines of a paragraph, placed across the page; at least one.

    Args:
        inlines: what it says; what follows a Fill ends where the lines end, if it fits beside what is before.
        style: its style.
        frame: from `frame_of`.
        sheet: character styles and prohibitions.
        typefaces: measures.
        number: printed before the inlines.

    Raises:
        FontError: no font has one of its characters.
    """
    before, after = parted_at_fill(inlines)
    if after is None:
        return _plan(content_of(before, number), style, sheet, typefaces, frame)
    start = Frame("start", frame.left, frame.room, frame.first)
    heads = _plan(content_of(before, number), style, sheet, typefaces, start)
    tails = _plan(content_of(after), style, sheet, typefaces, Frame("end", frame.left, frame.room, 0))
    end = _end(heads[-1])
    if len(tails) == 1 and _begin(tails[0]) >= end + _NARROWEST_TAB:
        return [*heads[:-1], _joined(heads[-1], tails[0])]
    if len(tails) == 1 and frame.left + frame.room <= end + _NARROWEST_TAB:
        return [*heads, *tails]
    # A tab with no room to end at its stop is as good as none: the text behind it runs on.
    head = content_of(before, number)
    return _plan(content_of((*before, *after), number), style, sheet, typefaces, start, len(head.text))


def _begin(line: LinePlan) -> float:
    return line.runs[0].x if line.runs else float("inf")


def _end(line: LinePlan) -> float:
    return line.runs[-1].end if line.runs else 0.0


def _joined(head: LinePlan, tail: LinePlan) -> LinePlan:
    text = f"{head.text}\t"
    moved = (replace(one, start=one.start + len(text), stop=one.stop + len(text)) for one in tail.figures)
    return LinePlan(head.runs + tail.runs, text + tail.text, (*head.figures, *moved))


def plan_title(
    inlines: Sequence[Inline], style: ParagraphStyle, area: Area, sheet: Style, typefaces: Typefaces
) -> list[LinePlan]:
    """Return the lines of a title (7.3.1), placed across the page; at least one.

    Raises:
        FontError: no font has one of its characters.
    """
    zi = zi_width(style)
    text, marks = marked_text(inlines)
    content = content_of(inlines)
    frame = frame_of(style, None, area)
    room = area.width / zi - style.start_indent - style.end_indent
    plans: list[LinePlan] = []
    position = 0
    for line in title_lines(text, marks, room):
        # A space at which the title breaks belongs to no line.
        start = text.index(line, position)
        position = start + len(line)
        plans += _plan(content.part(start, position), style, sheet, typefaces, frame)
    return plans or _plan(content, style, sheet, typefaces, frame)


def _plan(
    content: Content,
    style: ParagraphStyle,
    sheet: Style,
    typefaces: Typefaces,
    frame: Frame,
    tab: int | None = None,
) -> list[LinePlan]:
    """Return the lines of one content; ``tab`` is the offset of a Fill that has no room, None for none."""
    text = content.text
    glyphs: list[Glyph] = []
    style_ends: list[int] = []
    bookmarks: list[int] = []
    parts: list[Part] = []
    figures: list[tuple[int, int, Figure]] = []
    last, was_bookmarked = ("", 0), False
    plain = Look(style.color, style.bold)
    for stretch in content.stretches:
        here = (stretch.style, stretch.spacing)
        figure = stretch.figure
        bookmarked = figure is not None and figure.number > 0
        # The Word file has bookmarks around figures; a portion ends at each (docs/notes/line-breaking.md).
        if bookmarked or was_bookmarked:
            bookmarks.append(stretch.start)
        if stretch.start and (here != last or bookmarked or was_bookmarked):
            style_ends.append(stretch.start)
        if figure is not None:
            figures.append((stretch.start, stretch.stop, figure))
        last, was_bookmarked = here, bookmarked
        role, look = style.font, plain
        if (changed := sheet.characters.get(stretch.style)) is not None:
            role = changed.font or role
            if changed.color is not None or changed.bold is not None:
                look = Look(changed.color or look.color, look.bold if changed.bold is None else changed.bold)
        found = typefaces.get(role, style.size).glyphs(text[stretch.start : stretch.stop])
        if wider := stretch.spacing * DOTS_PER_TWIP:
            found = [Glyph(glyph.face, glyph.glyph, glyph.dots + wider) for glyph in found]
        glyphs += found
        _add_parts(parts, stretch.start, found, look)
    if tab is not None:
        style_ends = sorted({*style_ends, tab})
    glyphs = in_context(text, glyphs, style.size, style.char_spacing, style_ends)
    advances = [glyph.dots / DOTS_PER_TWIP for glyph in glyphs]
    not_at_start, not_at_end = sheet.line_breaking.enforceable
    rules = LineRules(
        not_at_start=not_at_start,
        not_at_end=not_at_end,
        spacing=style.char_spacing,
        em=round(style.size * TWIPS_PER_PT),
        first_width=frame.room - frame.first - (0 if tab is None else _NARROWEST_TAB),
        width=frame.room,
        font_height=typefaces.get(style.font, style.size).line_height,
        strip_blanks=frame.align != "start",
        bookmarks=frozenset(bookmarks),
        tab=tab,
    )
    broken = break_lines(text, [glyph.dots for glyph in glyphs], style_ends, rules)
    return [
        place_line(
            line,
            text,
            glyphs,
            advances,
            parts,
            figures,
            style.char_spacing,
            frame.left + (frame.first if index == 0 else 0),
            frame.room - (frame.first if index == 0 else 0),
            "start" if frame.align == "justify" and line is broken[-1] else frame.align,
        )
        for index, line in enumerate(broken)
    ]


def _add_parts(parts: list[Part], start: int, glyphs: Sequence[Glyph], look: Look) -> None:
    """Add the parts of a stretch that begins at ``start``, with the last one where they look the same."""
    for face, same in groupby(glyphs, key=attrgetter("face")):
        stop = start + sum(1 for _ in same)
        if parts and parts[-1].face is face and parts[-1].look == look:
            parts.pop()
        parts.append(Part(stop, face, look))
        start = stop
