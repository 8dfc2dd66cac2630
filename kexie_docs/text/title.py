"""The lines of a title (GB/T 9704-2012 7.3.1): words whole, lines shaped as a trapezoid or a lozenge.

Words are known by a short list and a few patterns (`words`): a title whose lines must fall in certain places
is marked with `|` by its author, and the marks always win.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kexie_docs.text.widths import HAN_LATIN_GAP, char_width
from kexie_docs.text.words import word_edges

MAX_LINES = 4
"""One more is given only to a title that four cannot hold; what needs still more is filled line by line."""

_OPENING = frozenset("“‘（(《〈「『【〔[〖")
_CLOSING = frozenset("”’）)》〉」』】〕]〗，。、；：！？,.;:!?…—·%％℃")
# Never broken: Latin words, numbers, and ranges of numbers.
_LATIN_RUN = re.compile(r"[0-9A-Za-z!-/:-@\[-`{-~]+(?:年?[—–～]+[0-9A-Za-z!-/:-@\[-`{-~]+)*")
# What is read as one: an ordinal with its noun, a five-year plan, a short quotation.
_WHOLE = re.compile(
    r"第[〇零一二三四五六七八九十百\d]+[个]?[\u4e00-\u9fff]{1,2}|十[一二三四五六七八九]五"
    r"|“[^”]{1,5}”|《[^》]{1,5}》"
)
_COUNTED = frozenset("年月日届次号个项万亿名人场％%")
# What a line of a title likes to end with, and what it does not like to begin with.
_GOOD_ENDS = frozenset("的和与及暨年度会局厅委办部省市县区州院所于")
_BAD_STARTS = frozenset("的和与及暨等了性化")
# Costs in the squared 字 that the lines' lengths are compared in.
_AT_BLANK, _AT_GAP, _AT_GOOD_END, _AT_WORD, _BAD_START = -20.0, 0.5, 1.5, 2.5, 8.0
_PERHAPS_IN_WORD, _IN_WORD = 25.0, 40.0
_RECTANGLE = 1.0
"""Lines of one length are no fault, but neither trapezoid nor lozenge."""


def title_lines(text: str, marks: Sequence[int], max_zi: float) -> tuple[str, ...]:
    """Return the lines of a title; blanks at which it breaks belong to none.

    Breaks at every mark. A part that is still too long, or a title without marks that does not fit one line,
    is broken into as few lines as hold it, of the lengths and at the places that cost least. A single word or
    number that is longer than a line stays whole on a line of its own.

    Args:
        text: the whole title.
        marks: offsets in ``text`` where its author breaks it, in any order.
        max_zi: room of a line in 字 of the title's size; Han counts 1, ASCII 0.5.
    """
    inner = sorted({mark for mark in marks if 0 < mark < len(text)})
    lines: list[str] = []
    for start, stop in pairwise([0, *inner, len(text)]):
        lines += _balanced(text[start:stop].strip(), max_zi)
    return tuple(lines)


def _balanced(text: str, room: float) -> list[str]:
    if not text:
        return []
    edges = _edges(text)
    if edges.width(0, len(text)) <= room:
        return [text]
    costs = dict(_breaks(text))
    fallback: tuple[int, ...] | None = None
    for count in range(2, MAX_LINES + 2):
        if fallback is not None and count > MAX_LINES:
            break
        best: tuple[float, tuple[int, ...]] | None = None
        for stops in _splits(edges, sorted(costs), 0, count, room):
            cost = sum(costs[stop] for stop in stops[:-1]) + _shape_cost(edges, stops)
            if best is None or cost < best[0]:
                best = (cost, stops)
        if best is None:
            continue
        if all(costs[stop] < _IN_WORD for stop in best[1][:-1]):
            return _cut(text, best[1])
        # A line more, when it keeps all words whole.
        if fallback is not None:
            break
        fallback = best[1]
    if fallback is not None:
        return _cut(text, fallback)
    return _filled(text, edges, sorted(costs), room)


def _cut(text: str, stops: Sequence[int]) -> list[str]:
    return [text[start:stop].strip() for start, stop in pairwise((0, *stops))]


class _Edges:
    """Nominal widths of every part of a text."""

    def __init__(self, ends: Sequence[float], gaps: Sequence[float]) -> None:
        self._ends = ends
        self._gaps = gaps

    def __len__(self) -> int:
        return len(self._gaps)

    def width(self, start: int, stop: int) -> float:
        """Return the width of ``text[start:stop]`` as a line of its own."""
        return self._ends[stop] - self._ends[start] - (self._gaps[start] if start < stop else 0.0)


def _edges(text: str) -> _Edges:
    ends = [0.0]
    gaps: list[float] = []
    before: bool | None = None
    for char in text:
        width = char_width(char)
        now = width == 1.0 if char.isalnum() else None
        gaps.append(HAN_LATIN_GAP if before is not None and now is not None and before != now else 0.0)
        ends.append(ends[-1] + width + gaps[-1])
        before = now
    return _Edges(ends, gaps)


def _breaks(text: str) -> Iterator[tuple[int, float]]:
    """Yield each place where a line may begin, with what it costs."""
    whole = {
        place
        for match in _LATIN_RUN.finditer(text)
        for place in range(match.start() + 1, match.end())
    }  # fmt: skip
    in_word = {place for match in _WHOLE.finditer(text) for place in range(match.start() + 1, match.end())}
    edges = word_edges(text)
    for place in range(1, len(text)):
        before, after = text[place - 1], text[place]
        if place in whole or after in _CLOSING or before in _OPENING or after == " ":
            continue
        if before.isdigit() and after in _COUNTED:
            continue
        if before == " ":
            cost = _AT_BLANK
        elif place in in_word or (_is_han(before) and _is_han(after) and place not in edges):
            cost = _IN_WORD
        elif before in _CLOSING or after in _OPENING:
            cost = _AT_GAP
        elif not edges.get(place, True):
            cost = _PERHAPS_IN_WORD
        elif after in _BAD_STARTS:
            cost = _BAD_START
        elif before in _GOOD_ENDS:
            cost = _AT_GOOD_END
        else:
            cost = _AT_WORD
        yield place, cost


def _is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


def _splits(
    edges: _Edges, places: Sequence[int], start: int, count: int, room: float
) -> Iterator[tuple[int, ...]]:
    """Yield the ends of ``count`` lines that fit, from ``start`` on."""
    total = len(edges)
    rest = edges.width(start, total)
    if rest > count * (room + 1):
        return
    if count == 1:
        if rest <= room:
            yield (total,)
        return
    for place in places:
        if place <= start:
            continue
        if edges.width(start, place) > room:
            return
        for stops in _splits(edges, places, place, count - 1, room):
            yield (place, *stops)


def _shape_cost(edges: _Edges, stops: Sequence[int]) -> float:
    """Return how far the lines' lengths are from a good shape."""
    widths = [edges.width(start, stop) for start, stop in pairwise((0, *stops))]
    steps = [after - before for before, after in pairwise(widths)]
    mean = sum(widths) / len(widths)
    cost = sum((width - mean) ** 2 for width in widths)
    # An hourglass: shorter, then longer again.
    if any(step < 0 and any(later > 0 for later in steps[index + 1 :]) for index, step in enumerate(steps)):
        cost += 1000.0
    if not any(steps):
        cost += _RECTANGLE
    return cost


def _filled(text: str, edges: _Edges, places: Sequence[int], room: float) -> list[str]:
    """Return lines filled one after the other, for what no balanced lines can hold."""
    lines: list[str] = []
    start = 0
    while start < len(text):
        stop = len(text)
        if edges.width(start, stop) > room:
            later = [place for place in places if place > start]
            fitting = [place for place in later if edges.width(start, place) <= room]
            stop = fitting[-1] if fitting else (later[0] if later else len(text))
        lines.append(text[start:stop].strip())
        start = stop
    return lines
