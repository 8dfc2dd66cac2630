"""Blocks of lines to pages: what stands at which height, and which heading moves on with what follows it."""

from collections.abc import Sequence
from dataclasses import dataclass

from kexie_docs.layout.inline import LinePlan
from kexie_docs.layout.pages import GlyphRun, Line
from kexie_docs.units import Twips


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPlan:
    """The lines of one block and what pages need to know of its style; lengths in twips.

    Attributes:
        lines: placed across the page, at least one.
        style: name of the paragraph style.
        size: type size in points.
        ascent: top of the em box above the baseline, in em.
        pitch: height of each line.
        before: space above, dropped at the top of every page but the first.
        after: space below; of it and the next block's ``before`` the larger counts.
        keep_with_next: whether the block stays on the page of the next block's first line.
    """

    lines: Sequence[LinePlan]
    style: str
    size: float
    ascent: float
    pitch: Twips
    before: int
    after: int
    keep_with_next: bool


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line's place: page index, block index, index in the block, and y of its top in the type area."""

    page: int
    block: int
    line: int
    y: int


def paginate(blocks: Sequence[BlockPlan], height: int) -> list[PlacedLine]:
    """Return where every line stands, in reading order.

    Lines fill a page to its last: no rule for single lines of a paragraph, so that every page can have its 22
    lines. A block that keeps with the next moves to the next page when the next block's first line would.

    Args:
        blocks: in reading order.
        height: of the type area, in twips.
    """
    placed: list[PlacedLine] = []
    page = 0
    y = 0
    after = 0
    held = 0
    for index, block in enumerate(blocks):
        top = y + (max(after, block.before) if y or not index else 0)
        # Blocks before `held` have been moved, or found to fit, together with one that they keep with.
        if index >= held:
            need, held = _together(blocks, index)
            if y and top + need > height:
                page, y, top = page + 1, 0, 0
        for number in range(len(block.lines)):
            if top + block.pitch > height and top:
                page, top = page + 1, 0
            placed.append(PlacedLine(page, index, number, top))
            top += block.pitch
        y, after = top, block.after
    return placed


def _together(blocks: Sequence[BlockPlan], index: int) -> tuple[int, int]:
    """Return the height that block ``index`` needs on its page, and the block that the rule holds up to."""
    need = 0
    here = index
    while blocks[here].keep_with_next and here + 1 < len(blocks):
        block = blocks[here]
        need += block.pitch * len(block.lines) + max(block.after, blocks[here + 1].before)
        here += 1
    last = blocks[here]
    # A block that keeps with the next is not split, not even at the end of the document.
    need += last.pitch * (len(last.lines) if last.keep_with_next else 1)
    return need, here + 1


def placed_line(plan: LinePlan, block: BlockPlan, place: PlacedLine, top: float) -> Line:
    """Return a finished line whose box begins at ``top``; its em boxes stand in the middle of the box."""
    em = block.size * 20
    baseline = top + (block.pitch - em) / 2 + block.ascent * em
    return Line(
        top=top,
        height=block.pitch,
        baseline=baseline,
        runs=tuple(
            [
                GlyphRun(
                    x=run.x,
                    y=baseline,
                    face=run.face,
                    size=block.size,
                    color=run.color,
                    glyphs=run.glyphs,
                    positions=run.positions,
                    text=run.text,
                    end=run.end,
                )
                for run in plan.runs
            ]
        ),
        text=plan.text,
        style=block.style,
        block=place.block,
        figures=plan.figures,
    )
