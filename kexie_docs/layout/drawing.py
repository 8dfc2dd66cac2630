"""Plans with a place on a page to what is drawn there: lines, rules, pictures."""

from collections.abc import Iterator

from kexie_docs.doctree.nodes import Picture
from kexie_docs.doctree.walk import PICTURE_GAP
from kexie_docs.layout.pages import GlyphRun, Line, PlacedImage, PlacedRule
from kexie_docs.layout.paginate import PlacedLine, PlacedRows
from kexie_docs.layout.plans import BlockPlan
from kexie_docs.units import TWIPS_PER_PT

_BLACK = "000000"


def placed_line(plan: BlockPlan, number: int, top: float) -> Line:
    """Return a block's line whose box begins at ``top``; its em boxes stand in the middle of the box."""
    em = plan.size * TWIPS_PER_PT
    baseline = top + (plan.pitch - em) / 2 + plan.ascent * em
    line = plan.lines[number]
    return Line(
        top=top,
        height=plan.pitch,
        baseline=baseline,
        runs=tuple(
            [
                GlyphRun(
                    x=run.x,
                    y=baseline,
                    face=run.face,
                    size=plan.size,
                    color=run.look.color,
                    bold=run.look.bold,
                    glyphs=run.glyphs,
                    positions=run.positions,
                    text=run.text,
                    end=run.end,
                )
                for run in line.runs
            ]
        ),
        text=line.text,
        style=plan.style,
        block=plan.block,
        figures=line.figures,
    )


def line_rules(place: PlacedLine, top: float) -> Iterator[PlacedRule]:
    """Yield the rules of a paragraph that stand at this line, whose box begins at ``top``."""
    plan = place.plan
    if place.line == 0 and (above := plan.above) is not None:
        y = top - above.gap - above.thickness
        yield PlacedRule(x=above.x, y=y, width=above.width, height=above.thickness, color=above.color)
    if place.line == len(plan.lines) - 1 and (below := plan.below) is not None:
        y = top + plan.pitch + below.gap
        yield PlacedRule(x=below.x, y=y, width=below.width, height=below.thickness, color=below.color)


def seal_images(line: Line, plan: BlockPlan) -> Iterator[PlacedImage]:
    """Yield the seals over a paragraph's first line: each centred over its text or beside it."""
    if not line.runs:
        return
    middle = (line.runs[0].x + line.runs[-1].end) / 2
    for seal in plan.seals:
        yield PlacedImage(
            x=middle + seal.shift - seal.width / 2,
            y=line.top + line.height - seal.rise - seal.height / 2,
            width=seal.width,
            height=seal.height,
            data=seal.image,
        )


def picture_image(line: Line, picture: Picture, left: int, room: int) -> PlacedImage:
    """Return the picture of a line, in the middle of a type area ``room`` wide."""
    return PlacedImage(
        x=left + (room - picture.width) / 2,
        y=line.top + PICTURE_GAP,
        width=picture.width,
        height=picture.height,
        data=picture.image,
    )


def row_lines(part: PlacedRows, top: float) -> Iterator[Line]:
    """Yield the lines of a table's part on a page whose type area begins at ``top``, cell by cell."""
    border = part.plan.border
    for row, y in part.rows:
        for cell in row.cells:
            # Cells stand in the middle of their row, or at its top in a table with rows that may be split.
            above = 0 if row.from_top else (row.height - border - cell.height) // 2
            first = y + above + cell.room_above
            for number in range(len(cell.lines)):
                yield placed_line(cell, number, top + first + number * cell.pitch)


def table_rules(part: PlacedRows, top: float) -> Iterator[PlacedRule]:
    """Yield the rules of a table's part on a page whose type area begins at ``top``."""
    border = part.plan.border
    edges = part.plan.edges
    levels = [part.y, *(y + row.height - border for row, y in part.rows)]
    for level in levels:
        yield PlacedRule(
            x=edges[0], y=top + level, width=edges[-1] - edges[0] + border, height=border, color=_BLACK
        )
    for edge in edges:
        height = levels[-1] - levels[0] + border
        yield PlacedRule(x=edge, y=top + levels[0], width=border, height=height, color=_BLACK)
