"""Planned blocks to pages: what stands at which height, and which heading moves on with what follows it."""

from collections.abc import Sequence
from dataclasses import field
from typing import assert_never

from kexie_docs.frozen import dataclass
from kexie_docs.layout.plans import BlockPlan, FootPlan, Plan, RowPlan, TablePlan

SPACER = 20
"""Height of the paragraph that a Word file needs before an imprint and behind a table that ends the text."""


@dataclass(frozen=True, slots=True)
class PlacedLine:
    """A line's place: page index, its block, index in the block, and y of its top in the type area."""

    page: int
    plan: BlockPlan
    line: int
    y: int


@dataclass(frozen=True, slots=True)
class PlacedRows:
    """A table's part on one page: y of its top in the type area, and of each row's content."""

    page: int
    plan: TablePlan
    y: int
    rows: tuple[tuple[RowPlan, int], ...]


@dataclass(slots=True)
class Pages:
    """Where everything stands.

    Attributes:
        lines: of paragraphs, in reading order.
        tables: parts of tables, in reading order.
        count: how many pages there are.
        turned: indexes of the pages that hold a landscape table.
        unnumbered: indexes of the pages without a number (7.5).
        to_imprint: pages from the last of the text to the imprint's; None without an imprint.
        spaced: blocks below which a table moved on for want of room for a rule, with the space, in twips,
            that makes LibreOffice see it (docs/notes/elements.md).
    """

    lines: list[PlacedLine] = field(default_factory=list)
    tables: list[PlacedRows] = field(default_factory=list)
    count: int = 1
    turned: set[int] = field(default_factory=set)
    unnumbered: set[int] = field(default_factory=set)
    to_imprint: int | None = None
    spaced: dict[int, int] = field(default_factory=dict)


def paginate(plans: Sequence[Plan], height: int, turned_height: int) -> Pages:
    """Return where everything stands.

    Lines fill a page to its last: no rule for single lines of a paragraph, so that every page can have its 22
    lines. A block that keeps with the next moves to the next page when the next block's first line would.

    Args:
        plans: in reading order.
        height: of the type area, in twips.
        turned_height: of the type area of a turned page.
    """
    flow = _Flow(plans, height, turned_height)
    for index, plan in enumerate(plans):
        match plan:
            case BlockPlan():
                flow.block(index, plan)
            case TablePlan():
                flow.table(index, plan)
            case FootPlan():
                flow.foot(plan)
            case _:
                assert_never(plan)
    flow.pages.count = flow.page + 1
    return flow.pages


class _Flow:
    """The page and height that the text has reached."""

    def __init__(self, plans: Sequence[Plan], height: int, turned_height: int) -> None:
        self.pages = Pages()
        self.page = 0
        self._plans = plans
        self._upright_height = height
        self._turned_height = turned_height
        self._height = height
        self._y = 0
        self._after = 0
        self._held = 0
        # A page that text flows on to drops the space above its first block; one that is asked for does not.
        self._keeps_space = True
        # After a landscape table and after the imprint whatever follows begins a page.
        self._full = False

    def block(self, index: int, plan: BlockPlan) -> None:
        """Place a paragraph's lines."""
        self._ask_for_page(plan)
        top = self._top(plan.before)
        # Blocks before `held` have been moved, or found to fit, together with one that they keep with.
        if index >= self._held:
            need, self._held = self._together(index)
            if self._y and top + need > self._height:
                self._space_above(index, self._plans[self._held - 1], top + need)
                top = self._flow_on()
        top += plan.room_above
        last = len(plan.lines) - 1
        for number in range(len(plan.lines)):
            below = plan.room_below if number == last else 0
            if top + plan.pitch + below > self._height and top > plan.room_above:
                top = self._flow_on() + (0 if number else plan.room_above)
            self.pages.lines.append(PlacedLine(self.page, plan, number, top))
            top += plan.pitch
        self._y, self._after = top + plan.room_below, plan.after

    def table(self, index: int, plan: TablePlan) -> None:
        """Place a table's rows, the header rows on each page."""
        if self._touches_table(index) and not (plan.landscape or self._full):
            self._spacer()
        self._ask_for_page(plan)
        top = self._top(0)
        if self._y and top + plan.first_height > self._height:
            self._space_above(index, plan, top + plan.first_height)
            top = self._flow_on()
        placed, y = self._header(plan, top)
        # What a page still has to hold, the next on top.
        rows = list(reversed(plan.rows))
        started = False
        while rows:
            row = rows.pop()
            if y + row.height > self._height:
                parts = row.split(self._height - y, plan.border) if row.splits else None
                if parts is None and started:
                    self._close(plan, top, placed)
                    top = self._flow_on()
                    placed, y = self._header(plan, top)
                    started = False
                    rows.append(row)
                    continue
                if parts is not None:
                    row, rest = parts
                    rows.append(rest)
            placed.append((row, y))
            y += row.height
            started = True
        self._close(plan, top, placed)
        self._y, self._after, self._full = y, 0, plan.landscape
        # LibreOffice drops the one behind a turned table when its section begins with a paragraph: a caption,
        # or the one that the Word file puts before a table with a figure in its first cell.
        above = self._plans[index - 1] if index else None
        captioned = plan.figure_first or (isinstance(above, BlockPlan) and above.landscape)
        if (plan.landscape and not captioned) or index + 1 == len(self._plans):
            self._spacer()

    def foot(self, plan: FootPlan) -> None:
        """Place the imprint on the foot of this page, or of the next that may hold it."""
        text = self.page
        full = self._full or (plan.new_page and self._y > 0)
        room = 0 if full else self._height - self._y - self._after - SPACER
        page = text if plan.height <= room else text + 1
        if plan.even_page and page % 2 == 0:
            # An odd page: one that the text has not reached stays blank, and neither has a number (7.5).
            if page > text:
                self.pages.unnumbered.update((page, page + 1))
            page += 1
        self.page = page
        self.pages.to_imprint = page - text
        top = max(0, self._upright_height - plan.height)
        after: int | None = None
        for block in plan.blocks:
            top += 0 if after is None else max(after, block.before)
            for number in range(len(block.lines)):
                y = top + block.room_above + number * block.pitch
                self.pages.lines.append(PlacedLine(page, block, number, y))
            top += block.height
            after = block.after
        self._full = True

    def _touches_table(self, index: int) -> bool:
        return index > 0 and isinstance(self._plans[index - 1], TablePlan)

    def _ask_for_page(self, plan: BlockPlan | TablePlan) -> None:
        """Begin a page when the plan does, or when it stands the other way than the page."""
        turned = self.page in self.pages.turned
        if self._full or (self._y and (plan.new_page or plan.landscape != turned)):
            self.page += 1
            self._y = self._after = 0
            self._keeps_space, self._full = True, False
        self._height = self._turned_height if plan.landscape else self._upright_height
        if plan.landscape:
            self.pages.turned.add(self.page)

    def _flow_on(self) -> int:
        turned = self.page in self.pages.turned
        self.page += 1
        if turned:
            self.pages.turned.add(self.page)
        self._y = self._after = 0
        self._keeps_space = False
        return 0

    def _spacer(self) -> None:
        """Pass the paragraph that a Word file needs behind a table that no text follows."""
        if self._y + SPACER > self._height:
            self._flow_on()
        self._y += SPACER
        self._after = 0

    def _space_above(self, index: int, table: Plan, foot: int) -> None:
        """Note the space that ``table``, kept with what begins at ``index``, needs to move on everywhere.

        Args:
            index: of the first plan that moves.
            table: what this ends with.
            foot: where that would end on this page.
        """
        above = self._plans[index - 1]
        first = self._plans[index]
        if not (isinstance(table, TablePlan) and isinstance(above, BlockPlan)):
            return
        if foot - self._height <= table.border:
            space = max(self._after, first.before if isinstance(first, BlockPlan) else 0)
            self.pages.spaced[above.block] = space + table.border

    def _top(self, before: int) -> int:
        if self._y:
            return self._y + max(self._after, before)
        return before if self._keeps_space else 0

    def _header(self, plan: TablePlan, top: int) -> tuple[list[tuple[RowPlan, int]], int]:
        placed: list[tuple[RowPlan, int]] = []
        y = top + plan.border
        for row in plan.header:
            placed.append((row, y))
            y += row.height
        return placed, y

    def _close(self, plan: TablePlan, top: int, placed: list[tuple[RowPlan, int]]) -> None:
        self.pages.tables.append(PlacedRows(self.page, plan, top, tuple(placed)))

    def _together(self, index: int) -> tuple[int, int]:
        """Return the height that block ``index`` needs on its page, and up to which block this holds."""
        need = 0
        here = index
        while True:
            plan = self._plans[here]
            following = self._plans[here + 1] if here + 1 < len(self._plans) else None
            if isinstance(plan, TablePlan):
                need += plan.first_height
                break
            if not isinstance(plan, BlockPlan):
                break
            if not plan.keep_with_next:
                alone = len(plan.lines) == 1
                need += plan.room_above + plan.pitch + (plan.room_below if alone else 0)
                break
            # A block that keeps with the next is not split, not even at the end of the document.
            need += plan.height
            if following is None or isinstance(following, FootPlan):
                break
            if following.new_page or following.landscape != plan.landscape:
                break
            before = following.before if isinstance(following, BlockPlan) else 0
            need += max(plan.after, before)
            here += 1
        return need, here + 1
