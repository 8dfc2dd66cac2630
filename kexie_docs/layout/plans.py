"""Blocks measured but not yet on pages: their lines, heights and rules; lengths in twips."""

from collections.abc import Sequence
from dataclasses import replace
from typing import TypeAlias

from kexie_docs.doctree.nodes import Picture, Seal
from kexie_docs.frozen import dataclass
from kexie_docs.layout.placing import LinePlan
from kexie_docs.style.sheet import Rule
from kexie_docs.units import Twips


@dataclass(frozen=True, slots=True, kw_only=True)
class RulePlan:
    """A rule of a paragraph: its place across the page and the room that it takes with its gap."""

    x: int
    width: int
    thickness: float
    gap: int
    color: str

    @property
    def room(self) -> int:
        """Height that the rule adds to its paragraph."""
        return self.gap + round(self.thickness)


def rule_plan(rule: Rule | None, x: int, width: int) -> RulePlan | None:
    """Return a style's rule across ``width`` from ``x``."""
    if rule is None:
        return None
    return RulePlan(x=x, width=width, thickness=rule.thickness * 20 / 8, gap=rule.gap * 20, color=rule.color)


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockPlan:
    """The lines of one paragraph and what pages need to know of its style.

    Attributes:
        block: index of its block in the document.
        lines: placed across the page, at least one.
        style: name of the paragraph style.
        size: type size in points.
        ascent: top of the em box above the baseline, in em.
        pitch: height of each line.
        before: space above, dropped at the top of a page that the flow of text has reached.
        after: space below; of it and the next block's ``before`` the larger counts.
        keep_with_next: whether the block stays on the page of the next block's first line.
        new_page: whether it begins a page.
        landscape: whether it stands on a turned page, above its table.
        above, below: its rules.
        seals: pictures over its first line.
        picture: the picture that is its only line; None for text.
    """

    block: int
    lines: Sequence[LinePlan]
    style: str
    size: float
    ascent: float
    pitch: Twips
    before: int = 0
    after: int = 0
    keep_with_next: bool = False
    new_page: bool = False
    landscape: bool = False
    above: RulePlan | None = None
    below: RulePlan | None = None
    seals: tuple[Seal, ...] = ()
    picture: Picture | None = None

    @property
    def room_above(self) -> int:
        """Height between the block's top and its first line."""
        return 0 if self.above is None else self.above.room

    @property
    def room_below(self) -> int:
        """Height between the last line and the block's foot."""
        return 0 if self.below is None else self.below.room

    @property
    def height(self) -> int:
        """Height with its rules, without the spaces around it."""
        return self.room_above + self.pitch * len(self.lines) + self.room_below


@dataclass(frozen=True, slots=True)
class RowPlan:
    """One row, or what of it stands on one page.

    Attributes:
        cells: their paragraphs; those of a part may have no lines.
        height: with the rule below it.
        splits: whether it may be parted between two pages.
        from_top: whether its cells begin at its top instead of standing in its middle.
    """

    cells: tuple[BlockPlan, ...]
    height: int
    splits: bool = False
    from_top: bool = False

    def least(self, border: int) -> int:
        """Return the height of the least that a page may hold of the row."""
        if not self.splits:
            return self.height
        return min(self.height, border + max(cell.room_above + cell.pitch for cell in self.cells))

    def split(self, room: int, border: int) -> tuple["RowPlan", "RowPlan"] | None:
        """Return the part that ``room`` twips hold and the rest; None when a cell has no line that fits."""
        counts = [(room - border - cell.room_above) // cell.pitch for cell in self.cells]
        if any(cell.lines and count < 1 for cell, count in zip(self.cells, counts, strict=True)):
            return None
        pairs = list(zip(self.cells, counts, strict=True))
        head = tuple(replace(cell, lines=cell.lines[:count]) for cell, count in pairs)
        rest = tuple(replace(cell, lines=cell.lines[count:]) for cell, count in pairs)
        return (
            replace(self, cells=head, height=_row_height(head, border)),
            replace(self, cells=rest, height=_row_height(rest, border)),
        )


def row_plan(
    cells: tuple[BlockPlan, ...], border: int, *, splits: bool = False, from_top: bool = False
) -> RowPlan:
    """Return the row of these cells: as high as the highest of them, and the rule below."""
    return RowPlan(cells, _row_height(cells, border), splits, from_top)


def _row_height(cells: Sequence[BlockPlan], border: int) -> int:
    return max((cell.height for cell in cells), default=0) + border


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlan:
    """A table: its rows and the left edges of its columns, the right edge of the last one included.

    Attributes:
        block: index of its block in the document.
        header: rows that begin the table on each of its pages.
        rows: the others.
        edges: left edges of the upright rules.
        border: thickness of all rules.
        landscape: whether it stands on turned pages of its own.
        new_page: whether it begins a page.
        figure_first: whether a figure stands in its first cell.
    """

    block: int
    header: tuple[RowPlan, ...]
    rows: tuple[RowPlan, ...]
    edges: tuple[int, ...]
    border: int
    landscape: bool = False
    new_page: bool = False
    figure_first: bool = False

    @property
    def head_height(self) -> int:
        """Height of the upper rule and the header rows."""
        return self.border + sum(row.height for row in self.header)

    @property
    def first_height(self) -> int:
        """Height of the least that a page may hold of the table."""
        return self.head_height + (self.rows[0].least(self.border) if self.rows else 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class FootPlan:
    """Paragraphs at the foot of the last page: the imprint.

    Attributes:
        blocks: top down.
        even_page: whether it must stand on an even page.
        new_page: whether it may not stand below the text.
    """

    blocks: tuple[BlockPlan, ...]
    even_page: bool
    new_page: bool = False

    @property
    def height(self) -> int:
        """Height from the first paragraph's top to the foot of the type area."""
        return sum(block.height for block in self.blocks) + sum(
            max(upper.after, lower.before) for upper, lower in zip(self.blocks, self.blocks[1:], strict=False)
        )


Plan: TypeAlias = BlockPlan | TablePlan | FootPlan
