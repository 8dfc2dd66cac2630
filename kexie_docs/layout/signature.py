"""No signature begins a page without text: what changes in the text above one that would (GB/T 9704 7.3.5).

Pages are made anew for each change that is tried, from the same lines: neither a line's height nor what keeps
with what moves a character within its paragraph. The choice of changes is explained in docs/notes/imprint.md.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kexie_docs.doctree.fits import Fit
from kexie_docs.frozen import dataclass
from kexie_docs.layout.paginate import SPACER, Pages, paginate
from kexie_docs.layout.plans import BlockPlan, FootPlan, Plan
from kexie_docs.style.sheet import Style
from kexie_docs.style.signed import SIGNED, TEXT
from kexie_docs.units import Twips

UNSEEN = Twips(6)
"""By how much lines may be higher or lower without anybody seeing it: 0.3 pt of 28.95."""

MOST = 0.12
"""By which part of their height at most lines are made higher or lower for a signature (7.3.5.5)."""

LONGEST_KEPT = 11
"""Lines of a paragraph that goes on to the signature's page as a whole: half a page is left empty."""


def signature_alone(plans: Sequence[Plan], pages: Pages) -> int | None:
    """Return the index of the first signature that begins a page below text that ends on the page before.

    None when there is none. What begins a page because it is asked to is no such signature.
    """
    return next(_alone(plans, pages), None)


def with_signatures_fitted(
    plans: Sequence[Plan], pages: Pages, style: Style
) -> tuple[Sequence[Plan], Pages, tuple[Fit, ...]]:
    """Return plans and pages in which no signature begins a page, and the changes that this took.

    A signature for which nothing helps stays where it was.

    Args:
        plans: of the document's blocks.
        pages: what `paginate` made of them.
        style: their style sheet.
    """
    fits: list[Fit] = []
    hopeless: set[int] = set()
    while (index := next((at for at in _alone(plans, pages) if at not in hopeless), None)) is not None:
        hopeless.add(index)
        found = _Search(plans, pages, index, style).found()
        if found is not None:
            plans, pages = found.plans, found.pages
            fits.append(found.fit)
    return plans, pages, tuple(fits)


def _alone(plans: Sequence[Plan], pages: Pages) -> Iterator[int]:
    for index, plan in enumerate(plans):
        if _begins_signature(plans, index) and isinstance(plan, BlockPlan) and not plan.new_page:
            page = _first_page(pages, plan.block)
            if page != _last_page(pages, plans[index - 1]):
                yield index


def _is_signed(plan: Plan) -> bool:
    return isinstance(plan, BlockPlan) and plan.style in SIGNED


def _begins_signature(plans: Sequence[Plan], index: int) -> bool:
    if index == 0 or not _is_signed(plans[index]):
        return False
    above = plans[index - 1]
    return not (isinstance(above, FootPlan) or _is_signed(above))


def _first_page(pages: Pages, block: int) -> int:
    return next(line.page for line in pages.lines if line.plan.block == block)


def _last_page(pages: Pages, plan: Plan) -> int:
    """Return the page on which a block ends; -1 for an imprint, which stands where it must."""
    if isinstance(plan, FootPlan):
        return -1
    lines = (line.page for line in reversed(pages.lines) if line.plan.block == plan.block)
    rows = (part.page for part in reversed(pages.tables) if part.plan.block == plan.block)
    return next(lines if isinstance(plan, BlockPlan) else rows, -1)


@dataclass(frozen=True, slots=True)
class _Found:
    fit: Fit
    plans: Sequence[Plan]
    pages: Pages


class _Search:
    """The search for the least change that gives one signature text on its page."""

    def __init__(self, plans: Sequence[Plan], pages: Pages, index: int, style: Style) -> None:
        self._plans = plans
        self._index = index
        self._style = style
        self._count = pages.count
        self._page = _last_page(pages, plans[index - 1])
        end = index
        while end < len(plans) and _is_signed(plans[end]):
            end += 1
        self._signed = range(index, end)
        self._spread = self._signed_pages(plans, pages)
        # Where the text ends one page, from the signature up; a paragraph from an earlier page is the last.
        self._above: list[int] = []
        for at in range(index - 1, -1, -1):
            plan = plans[at]
            text = isinstance(plan, BlockPlan) and plan.style == TEXT and not plan.landscape
            if not text or _last_page(pages, plan) != self._page:
                break
            self._above.append(at)

    def found(self) -> _Found | None:
        """Return the first change that does: hardly visible, then a paragraph moved, then other heights."""
        if not self._above:
            return self._kept()
        pitch = self._pitch()
        unseen = self._with_other_pitch(pitch, UNSEEN)
        return unseen or self._kept() or self._with_other_pitch(pitch, Twips(int(pitch * MOST)))

    def _signed_pages(self, plans: Sequence[Plan], pages: Pages) -> int:
        """Return on how many pages the signature stands; a change may not part it."""
        blocks = {plan.block for at in self._signed if isinstance(plan := plans[at], BlockPlan)}
        return len({line.page for line in pages.lines if line.plan.block in blocks})

    def _imprint_parted(self, plans: Sequence[Plan], pages: Pages) -> bool:
        """Return whether the imprint goes on to the next page although its anchor still fits below the date.

        LibreOffice sets it on the date's page first, where it pushes the signature on, and does not take that
        back: what keeps together never flows back (docs/notes/imprint.md).
        """
        end = self._signed.stop
        foot = plans[end] if end < len(plans) else None
        if not isinstance(foot, FootPlan) or foot.even_page or not pages.to_imprint:
            return False
        date = plans[end - 1]
        last = next(line for line in reversed(pages.lines) if line.plan is date)
        return last.y + last.plan.pitch + SPACER <= self._style.page.text_height

    def _pitch(self) -> Twips:
        plan = self._plans[self._above[0]]
        assert isinstance(plan, BlockPlan)
        return plan.pitch

    def _kept(self) -> _Found | None:
        """Keep the last paragraph whole with the signature, but not the first of the text (7.3.3)."""
        at = self._index - 1
        plan = self._plans[at]
        begun = any(isinstance(one, BlockPlan) and one.style == TEXT for one in self._plans[:at])
        if not begun or not isinstance(plan, BlockPlan) or len(plan.lines) > LONGEST_KEPT or plan.picture:
            return None
        return self._tried([at], None)

    def _with_other_pitch(self, pitch: Twips, most: Twips) -> _Found | None:
        """Make the lines of as few paragraphs as need be higher or lower, by as little as need be."""
        for count in range(1, len(self._above) + 1):
            chosen = self._above[:count]
            ways = [self._least(chosen, pitch, most, sign) for sign in (1, -1)]
            better = min((one for one in ways if one is not None), key=lambda one: one[0], default=None)
            if better is not None:
                return better[1]
        return None

    def _least(self, chosen: Sequence[int], pitch: Twips, most: int, sign: int) -> tuple[int, _Found] | None:
        """Return the least difference in one direction that does, by halving, and what it makes."""
        best = self._tried(chosen, Twips(pitch + sign * most))
        if best is None:
            return None
        low, high = 0, most
        while high - low > 1:
            middle = (low + high) // 2
            found = self._tried(chosen, Twips(pitch + sign * middle))
            if found is None:
                low = middle
            else:
                high, best = middle, found
        return high, best

    def _tried(self, chosen: Sequence[int], pitch: Twips | None) -> _Found | None:
        """Return what a change makes, or None when it does not help or adds a page."""
        plans = list(self._plans)
        blocks: list[int] = []
        for at in chosen:
            plan = plans[at]
            assert isinstance(plan, BlockPlan)
            blocks.append(plan.block)
            if pitch is None:
                plans[at] = replace(plan, keep_with_next=True)
            else:
                plans[at] = replace(plan, pitch=pitch)
        pages = paginate(plans, self._style.page.text_height, self._style.turned_page.text_height)
        if pages.count > self._count or self._index in _alone(plans, pages):
            return None
        if self._signed_pages(plans, pages) > self._spread or self._imprint_parted(plans, pages):
            return None
        return _Found(Fit(tuple(sorted(blocks)), pitch), plans, pages)
