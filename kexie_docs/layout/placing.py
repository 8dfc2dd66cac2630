"""A broken line with every glyph in its place across the page."""

from collections.abc import Sequence
from typing import assert_never

from kexie_docs.doctree.nodes import Alignment, Figure
from kexie_docs.fonts.face import Face
from kexie_docs.frozen import dataclass
from kexie_docs.layout.lines import BrokenLine
from kexie_docs.layout.measure import Glyph
from kexie_docs.layout.pages import PlacedFigure
from kexie_docs.text.characters import Script, script_of


@dataclass(frozen=True, slots=True)
class Look:
    """What a stretch of a line looks like beside its face."""

    color: str
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a paragraph's text in one face and look: up to the offset ``stop``."""

    stop: int
    face: Face
    look: Look


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
    text: str,
    glyphs: Sequence[Glyph],
    advances: Sequence[float],
    parts: Sequence[Part],
    figures: Sequence[tuple[int, int, Figure]],
    spacing: int,
    left: int,
    room: int,
    align: Alignment,
) -> LinePlan:
    """Return the line with the x of every glyph.

    Args:
        line: which part of the content it holds.
        text: of the paragraph.
        glyphs: of all its characters.
        advances: theirs, in twips.
        parts: its stretches of one face and look.
        figures: where each figure of the paragraph starts and stops.
        spacing: between letters, in twips.
        left: where the line begins, in twips.
        room: how wide it may be, in twips.
        align: where the text stands in the room.
    """
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
    for portion in line.portions:
        asian = portion.script is Script.ASIAN
        step = spacing + (stretch if asian else 0.0)
        blanks = not asian and stretch and " " in text[portion.start : portion.stop]
        for index in range(portion.start, portion.stop):
            positions.append(x)
            x += advances[index] + step
            if blanks and text[index] == " ":
                x += stretch
        x += portion.space_after - spacing
        if not asian and _stretches_after(portion.stop, line, text):
            x += stretch
    return LinePlan(
        _runs(line, text, glyphs, parts, positions, advances),
        text[line.start : line.following],
        _figures(line, text, figures),
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
    parts: Sequence[Part],
    positions: Sequence[float],
    advances: Sequence[float],
) -> tuple[RunPlan, ...]:
    """Return the line's glyphs, parted where face or look changes."""
    runs: list[RunPlan] = []
    begin = line.start
    first = begin
    for part in parts:
        stop = min(part.stop, line.stop)
        if first < stop:
            here = positions[first - begin : stop - begin]
            origin = here[0]
            runs.append(
                RunPlan(
                    part.face,
                    origin,
                    tuple([glyph.glyph for glyph in glyphs[first:stop]]),
                    tuple([x - origin for x in here]),
                    text[first:stop],
                    here[-1] + advances[stop - 1],
                    part.look,
                )
            )
            first = stop
    return tuple(runs)


def _figures(
    line: BrokenLine, text: str, figures: Sequence[tuple[int, int, Figure]]
) -> tuple[PlacedFigure, ...]:
    """Return the figures, or what of them, that stand on the line."""
    return tuple(
        [
            PlacedFigure(
                metric=figure.metric,
                expression=figure.expression,
                text=text[max(start, line.start) : min(stop, line.stop)],
                start=max(start, line.start) - line.start,
                stop=min(stop, line.stop) - line.start,
                number=figure.number,
            )
            for start, stop, figure in figures
            if start < line.stop and stop > line.start
        ]
    )
