"""What was changed inside a paragraph: its figures first, then the words between them."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeAlias

from kexie_docs.figures.found import Found
from kexie_docs.figures.quantity import Kind
from kexie_docs.figures.scan import figures_in
from kexie_docs.frozen import dataclass
from kexie_docs.revisions.edited import Edited
from kexie_docs.revisions.expected import Atom, Expected

_APART = 2
"""Characters that stayed between two changes and are so few that both are told as one."""

_WORDS = frozenset((Kind.EDITION, Kind.FIRST, Kind.RECORD))
"""Kinds of figures that belong to a name or are said in words; nobody typed digits there."""

Range: TypeAlias = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Hunk:
    """Characters of the input's paragraph, and those that stand for them in the copy."""

    start: int
    end: int
    edited_start: int
    edited_end: int


@dataclass(frozen=True, slots=True)
class AtomChange:
    """A figure or other value whose text is another in the copy; ``text`` is None where it is gone."""

    atom: Atom
    text: str | None


@dataclass(frozen=True, slots=True)
class Wording:
    """What was changed in a paragraph.

    Attributes:
        atoms: figures and other values that say something else, or are gone.
        hunks: changed words, in order; a value that is gone lies inside of one.
        typed: figures typed by hand, as ranges of the copy's text.
    """

    atoms: tuple[AtomChange, ...]
    hunks: tuple[Hunk, ...]
    typed: tuple[Range, ...]


def compare_wording(expected: Expected, edited: Edited) -> Wording:
    """Return what was changed from one paragraph to the other."""
    if expected.text == edited.text:
        return Wording((), (), ())
    return _Comparison(expected, edited).wording()


def typed_figures(text: str) -> Iterator[Range]:
    """Yield the figures of a text that are typed in digits or numerals, as ranges of it."""
    for figure in figures_in(text):
        if figure.quantity is None or figure.quantity.kind not in _WORDS:
            yield figure.start, figure.end


class _Comparison:
    def __init__(self, expected: Expected, edited: Edited) -> None:
        self._expected = expected
        self._ours, self._theirs = expected.text, edited.text
        self._bookmarks = edited.bookmarks
        self._our_figures = list(figures_in(self._ours))
        self._their_figures = list(figures_in(self._theirs))

    def wording(self) -> Wording:
        figures = [atom for atom in self._expected.atoms if atom.figure is not None]
        found: dict[Atom, Range] = {}
        for atom in figures:
            at = self._bookmarks.get(atom.bookmark)
            if at is not None and (place := self._by_bookmark(atom, at)) is not None:
                found[atom] = place
        found = _in_order(found)
        # The words between the figures that are certain tell where the others are.
        for segment in self._segments(found):
            for atom in figures:
                if atom not in found and segment.start <= atom.start and atom.end <= segment.end:
                    place = self._by_words(atom, segment, found)
                    if place is not None:
                        found[atom] = place
        found = _in_order(found)
        changes: dict[Atom, str | None] = {}
        for atom in figures:
            text = None if atom not in found else self._theirs[slice(*found[atom])]
            if text != self._ours[atom.start : atom.end]:
                changes[atom] = text
        hunks: list[Hunk] = []
        for segment in self._segments(found):
            hunks += self._hunks(segment)
        values = [atom for atom in self._expected.atoms if atom.figure is None]
        hunks = list(self._around_values(hunks, values, changes))
        typed = tuple(self._typed(hunks, found))
        atoms = tuple(AtomChange(atom, changes[atom]) for atom in self._expected.atoms if atom in changes)
        return Wording(atoms, tuple(hunks), typed)

    def _by_bookmark(self, atom: Atom, at: Range) -> Range | None:
        """Return where a figure stands whose bookmark was kept; typing at its ends falls outside of it."""
        start, end = at
        return self._grown(atom, start, end) if start < end else self._beside(atom, start)

    def _beside(self, atom: Atom, at: int) -> Range | None:
        """Return the figure that stands where the bookmark's text was deleted and typed anew."""
        taken = [place for name, place in self._bookmarks.items() if name != atom.bookmark]
        for figure in self._their_figures:
            touches = figure.start <= at <= figure.end
            if touches and not any(figure.start < end and start < figure.end for start, end in taken):
                return self._grown(atom, figure.start, figure.end)
        return None

    def _grown(self, atom: Atom, start: int, end: int) -> Range:
        """Return a range with the characters at its ends that have become part of the figure.

        近 typed before 300场 belongs to it. What belonged to the words before does not: a 近 of the input.
        """
        left, right = self._extension(self._our_figures, atom.start, atom.end)
        for figure in self._their_figures:
            if figure.end <= start or figure.start >= end:
                continue
            if figure.start < start and not left:
                start = figure.start
            if figure.end > end and not right:
                end = figure.end
        return start, end

    @staticmethod
    def _extension(figures: Sequence[Found], start: int, end: int) -> tuple[bool, bool]:
        """Return whether a figure of the text goes on before or after a range of it."""
        left = any(one.start < start < one.end for one in figures)
        right = any(one.start < end < one.end for one in figures)
        return left, right

    def _segments(self, found: dict[Atom, Range]) -> Iterator[Hunk]:
        """Yield what stands between the figures found in both."""
        ours = theirs = 0
        for atom, (start, end) in sorted(found.items(), key=lambda item: item[1]):
            yield Hunk(ours, atom.start, theirs, start)
            ours, theirs = atom.end, end
        yield Hunk(ours, len(self._ours), theirs, len(self._theirs))

    def _codes(self, segment: Hunk) -> list[Hunk]:
        """Return the changed stretches of a segment, smallest first."""
        ours = self._ours[segment.start : segment.end]
        theirs = self._theirs[segment.edited_start : segment.edited_end]
        head = _common_head(ours, theirs)
        tail = _common_head(ours[head:][::-1], theirs[head:][::-1])
        middle, other = ours[head : len(ours) - tail], theirs[head : len(theirs) - tail]
        if not middle or not other:
            codes = [(0, len(middle), 0, len(other))] if middle or other else []
        else:
            matcher = SequenceMatcher(None, middle, other, autojunk=len(middle) * len(other) > 4_000_000)
            codes = [code[1:] for code in matcher.get_opcodes() if code[0] != "equal"]
        at, their_at = segment.start + head, segment.edited_start + head
        return [Hunk(i1 + at, i2 + at, j1 + their_at, j2 + their_at) for i1, i2, j1, j2 in codes]

    def _by_words(self, atom: Atom, segment: Hunk, found: dict[Atom, Range]) -> Range | None:
        """Return where a figure without bookmark stands now, by the words around it; None: it is gone."""
        codes = self._codes(segment)
        start, torn_left = _mapped_start(codes, segment, atom.start)
        end, torn_right = _mapped_end(codes, segment, atom.end)
        taken = list(found.values())
        touched = [code for code in codes if code.start < atom.end and atom.start < code.end]
        if not touched and end - start == atom.end - atom.start:
            return self._grown(atom, start, end)
        inside = [
            figure
            for figure in self._their_figures
            if figure.start < end and start < figure.end and not _meets(taken, figure.start, figure.end)
        ]
        if not inside:
            # Words may have taken a number's place (数百场); a part of a rewritten sentence says nothing.
            return (start, end) if start < end and not (torn_left or torn_right) else None
        best = max(inside, key=lambda one: _kinship(atom, one))
        if torn_left or torn_right:
            low = max(start, best.start) if not torn_left else best.start
            high = min(end, best.end) if not torn_right else best.end
            return self._grown(atom, low, high) if low < high else None
        return self._grown(atom, start, end)

    def _hunks(self, segment: Hunk) -> Iterator[Hunk]:
        """Yield the changed words of a segment, near ones together."""
        waiting: Hunk | None = None
        for code in self._codes(segment):
            if waiting is not None and code.start - waiting.end <= _APART:
                waiting = Hunk(waiting.start, code.end, waiting.edited_start, code.edited_end)
                continue
            if waiting is not None:
                yield waiting
            waiting = code
        if waiting is not None:
            yield waiting

    def _around_values(
        self, hunks: Sequence[Hunk], values: Sequence[Atom], changes: dict[Atom, str | None]
    ) -> Iterator[Hunk]:
        """Yield the hunks that change words, and note which values say something else.

        A change inside a value is the value's; one that goes beyond takes the whole value with it.
        """
        grown: list[Hunk] = []
        for hunk in hunks:
            for atom in values:
                if hunk.start < atom.end and atom.start < hunk.end:
                    before = max(0, hunk.start - atom.start)
                    after = max(0, atom.end - hunk.end)
                    hunk = Hunk(
                        hunk.start - before,
                        hunk.end + after,
                        hunk.edited_start - before,
                        hunk.edited_end + after,
                    )
                elif hunk.start == hunk.end and atom.start < hunk.start < atom.end:
                    hunk = Hunk(
                        atom.start,
                        atom.end,
                        hunk.edited_start - (hunk.start - atom.start),
                        hunk.edited_end + (atom.end - hunk.end),
                    )
            if grown and hunk.start < grown[-1].end:
                last = grown.pop()
                hunk = Hunk(
                    last.start,
                    max(last.end, hunk.end),
                    last.edited_start,
                    max(last.edited_end, hunk.edited_end),
                )
            grown.append(hunk)
        for hunk in grown:
            whole = next((atom for atom in values if (atom.start, atom.end) == (hunk.start, hunk.end)), None)
            if whole is not None and hunk.edited_start < hunk.edited_end:
                changes[whole] = self._theirs[hunk.edited_start : hunk.edited_end]
                continue
            for atom in values:
                if hunk.start <= atom.start and atom.end <= hunk.end:
                    changes[atom] = None
            yield hunk

    def _typed(self, hunks: Sequence[Hunk], found: dict[Atom, Range]) -> Iterator[Range]:
        """Yield the figures that stand in changed words and are no metric's."""
        taken = list(found.values())
        for start, end in typed_figures(self._theirs):
            hunk = next((one for one in hunks if start < one.edited_end and one.edited_start < end), None)
            if hunk is None or _meets(taken, start, end):
                continue
            if not any(
                one.surface == self._theirs[start:end] and hunk.start <= one.start and one.end <= hunk.end
                for one in self._our_figures
                if not any(atom.start <= one.start < atom.end for atom in self._expected.atoms)
            ):
                yield start, end


def _meets(taken: Sequence[Range], start: int, end: int) -> bool:
    return any(one < end and start < other for one, other in taken)


def _kinship(atom: Atom, figure: Found) -> tuple[bool, float]:
    """Return how well a figure may be what another has become: of the same unit, of like letters."""
    assert atom.figure is not None
    text = atom.figure.text
    unit = figure.quantity.unit if figure.quantity is not None else ""
    return bool(unit) and text.endswith(unit), SequenceMatcher(
        None, text, figure.surface, autojunk=False
    ).ratio()


def _in_order(found: dict[Atom, Range]) -> dict[Atom, Range]:
    """Return the figures whose order both texts agree on, the most of them; others have moved."""
    items = sorted(found.items(), key=lambda item: item[0].start)
    lengths: list[int] = []
    ends: list[int] = []
    back: list[int] = []
    at_length: list[int] = []
    for index, (_, (start, end)) in enumerate(items):
        place = bisect_right(ends, start)
        back.append(at_length[place - 1] if place else -1)
        if place == len(ends):
            ends.append(end)
            at_length.append(index)
        elif end < ends[place]:
            ends[place] = end
            at_length[place] = index
        lengths.append(place)
    kept: dict[Atom, Range] = {}
    index = at_length[-1] if at_length else -1
    while index >= 0:
        kept[items[index][0]] = items[index][1]
        index = back[index]
    return kept


def _common_head(one: str, other: str) -> int:
    length = min(len(one), len(other))
    return next((at for at in range(length) if one[at] != other[at]), length)


def _mapped_start(codes: Sequence[Hunk], segment: Hunk, offset: int) -> tuple[int, bool]:
    """Return where an offset of the input's text lies in the copy's, and whether a change spans it."""
    shift = segment.edited_start - segment.start
    for code in codes:
        if code.start == code.end == offset:
            continue
        if code.end <= offset:
            shift = code.edited_end - code.end
        elif code.start < offset:
            return code.edited_start, True
        elif code.start >= offset:
            break
    before = next((one for one in codes if one.start == one.end == offset), None)
    # What was typed right before is not of it, unless it has become one figure with it.
    return (before.edited_end if before is not None else offset + shift), False


def _mapped_end(codes: Sequence[Hunk], segment: Hunk, offset: int) -> tuple[int, bool]:
    shift = segment.edited_start - segment.start
    for code in codes:
        if code.start >= offset:
            break
        if code.end <= offset:
            shift = code.edited_end - code.end
        else:
            return code.edited_end, True
    return offset + shift, False
