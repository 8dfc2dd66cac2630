"""A broken line with every glyph in its place across the page."""

from collections.abc import Sequence
from typing import assert_never

from kexie_docs.doctree.nodes import Alignment
from kexie_docs.fonts.face import Face
from kexie_docs.frozen import dataclass
from kexie_docs.layout.content import Content
from kexie_docs.layout.lines import BrokenLine
from kexie_docs.layout.measure import DOTS_PER_TWIP, Glyph
from kexie_docs.layout.pages import PlacedFigure
from kexie_docs.text.characters import Script, script_of


@dataclass(frozen=True, slots=True)
class Look:
    """What a stretch of a line looks like beside its face."""

    color: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class RunPlan:
    """Glyphs of one face and look on a line whose height on the page is not known yet."""

    face: Face
    x: float
    glyphs: tuple[int, ...]
    positions: tuple[float, ...]
    text: str
    end: float
    look: Look


@dataclass(frozen=True, slots=True)
class LinePlan:
    """One line, placed across the page."""

    runs: tuple[RunPlan, ...]
    text: str
    figures: tuple[PlacedFigure, ...]


def place_line(
    line: BrokenLine,
    content: Content,
    glyphs: Sequence[Glyph],
    looks: Sequence[tuple[int, Look]],
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
        _runs(line, text, glyphs, looks, positions, ends),
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
    looks: Sequence[tuple[int, Look]],
    positions: Sequence[float],
    ends: Sequence[float],
) -> tuple[RunPlan, ...]:
    """Return the line's glyphs parted where face or look changes."""
    runs: list[RunPlan] = []
    first = line.start
    for stop, look in looks:
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
                    look,
                )
            )
            first = following
    return tuple(runs)


def _figures(line: BrokenLine, content: Content) -> tuple[PlacedFigure, ...]:
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
                    number=one.figure.number,
                )
            )
    return tuple(placed)
