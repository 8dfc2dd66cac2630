"""A paragraph's text to lines, as LibreOffice 7.4 breaks it: portion by portion, in whole twips.

A portion is a stretch of one script in one character style, without a bookmark's start or end inside. It is
measured as a whole; its last character has no letter spacing at the line's end, and inside the line only one
that is positive. If it does not fit, the break is looked for from the first character that does not fit, by
the rules of the script there; a break that lies before the portion makes the portion before it give up its
end. The evidence is in docs/notes/line-breaking.md.
"""

from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property
from itertools import accumulate

from kexie_docs.frozen import dataclass
from kexie_docs.layout.measure import DOTS_PER_TWIP
from kexie_docs.text.characters import Script, is_letter_or_digit, script_ends, script_of
from kexie_docs.text.line_break import asian_break, latin_break, steered

_NO_BREAK_SPACE = "\u00a0"
_BLANKS = frozenset(" \u3000\u2006")
_BLANKS_AT_CUT = _BLANKS | {_NO_BREAK_SPACE}
_ALONE = frozenset("\u00a0\u200b\u2060")
"""Characters that are a portion by themselves."""
_SCRIPT_SPACE_DIVISOR = 5
"""The space between Han and Latin is a fifth of the type size, in whole twips."""


@dataclass(frozen=True, slots=True)
class Portion:
    """A piece of one line: ``text[start:stop]``, its width, and the space that follows it, in twips."""

    start: int
    stop: int
    script: Script
    width: int
    space_after: int = 0


@dataclass(frozen=True, slots=True)
class BrokenLine:
    """One line of a paragraph: ``text[start:stop]``, its portions, and the start of the next line.

    Blanks between ``stop`` and ``following`` hang over the line's end and print nothing.
    """

    start: int
    stop: int
    following: int
    portions: tuple[Portion, ...]

    @property
    def width(self) -> int:
        """Natural width in twips, before justification."""
        return sum(portion.width + portion.space_after for portion in self.portions)


@dataclass(frozen=True, slots=True, kw_only=True)
class LineRules:
    """What the breaking of one paragraph depends on beside its text.

    Attributes:
        not_at_start: characters that never begin a line.
        not_at_end: characters that never end a line.
        spacing: letter spacing in twips.
        em: type size in twips.
        first_width: room of the first line in twips.
        width: room of the others.
        font_height: height of a line of single spacing in the paragraph's typeface, in twips.
        strip_blanks: whether blanks before a break are dropped (all alignments but start).
        bookmarks: offsets in the text at which a figure's bookmark starts or ends.
        tab: offset at which a tab stands that is as good as none; None for none.
    """

    not_at_start: frozenset[str]
    not_at_end: frozenset[str]
    spacing: int
    em: int
    first_width: int
    width: int
    font_height: int = 0
    strip_blanks: bool = True
    bookmarks: frozenset[int] = frozenset()
    tab: int | None = None


def break_lines(
    text: str, dots: Sequence[int], style_ends: Sequence[int], rules: LineRules
) -> list[BrokenLine]:
    """Return the lines of a paragraph; one empty line for an empty text.

    Args:
        text: what the paragraph prints.
        dots: advance of each character in sixths of a twip.
        style_ends: offsets where a portion ends beside the ends of scripts, ascending: where the character
            style changes, where a figure's bookmark starts or ends; the text's end is not needed.
        rules: lists, spacing and widths.
    """
    if not text:
        return [BrokenLine(0, 0, 0, ())]
    breaker = _Breaker(text, dots, style_ends, rules)
    lines: list[BrokenLine] = []
    start = 0
    room = rules.first_width
    while start < len(text):
        line = breaker.line(start, room)
        lines.append(line)
        start = line.following
        room = rules.width
    return lines


class _Breaker:
    """One paragraph's measures, and the search for each line's end in them."""

    def __init__(self, text: str, dots: Sequence[int], style_ends: Sequence[int], rules: LineRules) -> None:
        self._text = text
        self._rules = rules
        self._scripts = script_ends(text)
        self._script_stops = [stop for stop, _ in self._scripts]
        stops = {*self._script_stops, *style_ends, len(text)}
        self._steered: dict[int, Script] = {}
        for begin, end, script in steered(text):
            stops.update((begin, end))
            if script is not Script.WEAK:
                self._steered.update(dict.fromkeys(range(begin, end), script))
        if not _ALONE.isdisjoint(text):
            for index, char in enumerate(text):
                if char in _ALONE:
                    stops.update((index, index + 1))
        self._stops = sorted(stop for stop in stops if stop)
        self._sums = list(accumulate(dots, initial=0))
        self._spacing_dots = rules.spacing * DOTS_PER_TWIP
        # Right edge of each character, letter spacing before it included: what a cut compares with the room.
        spacing = self._spacing_dots
        self._edges = [edge + spacing * index for index, edge in enumerate(self._sums[1:])]
        self._narrow = any(advance + spacing <= 0 for advance in dots)
        self._searched = (-1, 0)
        self._script_space = rules.em // _SCRIPT_SPACE_DIVISOR

    def line(self, start: int, room: int) -> BrokenLine:
        """Return the line that begins at ``start`` and has ``room`` twips."""
        text = self._text
        done: list[Portion] = []
        x = 0
        index = start
        while index < len(text):
            stop = self._stops[bisect_right(self._stops, index)]
            script = self._script_at(index)
            width = self._width(index, stop)
            if width >= room - x and (width > room - x or self._exceeds(index, stop, room - x)):
                return self._end(start, index, stop, room - x, done)
            kern = self._kern(stop, room - x - width)
            space = self._space_between(stop)
            if space and x + width + kern + space > room:
                done.append(Portion(index, stop, script, width))
                return BrokenLine(start, stop, stop, tuple(done))
            done.append(Portion(index, stop, script, width, kern + space))
            x += width + kern + space
            index = stop
        if done and done[-1].space_after:
            done[-1] = self._without_space(done[-1])
        return BrokenLine(start, index, index, tuple(done))

    def _end(self, start: int, index: int, stop: int, room: int, done: list[Portion]) -> BrokenLine:
        """Return the line whose portion ``text[index:stop]`` does not fit into ``room``."""
        while True:
            cut = self._cut(index, stop, room)
            place, following = self._break_from(cut, index, start)
            if place is not None and place >= index and (index > start or place > index):
                break
            if place is not None and place < index and index > start and done:
                # The portion before gives up its end: it is taken as one twip too wide.
                last = done.pop()
                while done and not last.width:
                    last = done.pop()
                index, stop, room = last.start, last.stop, last.width - 1
                if not done and self._keeps_first(start, room):
                    return BrokenLine(start, stop, stop, (self._without_space(last),))
                continue
            # No place at all: the line ends at the character that no longer fits.
            place = following = cut if cut > index else index + (index == start)
            break
        if place > index:
            done.append(Portion(index, place, self._script_at(index), self._width(index, place)))
        elif done:
            done[-1] = self._without_space(done[-1])
        return BrokenLine(start, place, following, tuple(done))

    def _without_space(self, portion: Portion) -> Portion:
        """Return the portion as it stands at the end of a line."""
        if not portion.space_after:
            return portion
        return Portion(portion.start, portion.stop, portion.script, portion.width)

    def _keeps_first(self, start: int, room: int) -> bool:
        """Return whether the line's first portion gives up nothing, against all rules.

        LibreOffice takes the last line's end and this line's first portion for neighbours when it formats the
        portion anew; if Han and Latin meet there, the space between them leaves the portion as it was. Where
        a bookmark starts or ends between them, they are none.
        """
        text = self._text
        return (
            start > 0
            and start not in self._rules.bookmarks
            and self._script_space <= room
            and self._script_at(start - 1) is not self._script_at(start)
            and is_letter_or_digit(text[start - 1])
            and is_letter_or_digit(text[start])
        )

    def _cut(self, index: int, stop: int, room: int) -> int:
        """Return the first character of ``text[index:stop]`` that does not fit into ``room`` twips."""
        limit = room * DOTS_PER_TWIP + self._sums[index] + self._spacing_dots * index
        if self._narrow:
            # Edges fall where a mark has no width of its own.
            for position in range(index, stop):
                if self._edges[position] > limit:
                    return position
            return stop - 1
        return min(bisect_right(self._edges, limit, index, stop), stop - 1)

    def _break_from(self, cut: int, index: int, start: int) -> tuple[int | None, int]:
        """Return where the line ends and the next begins; None when no place lies in this line."""
        text = self._text
        if text[cut] in _BLANKS_AT_CUT:
            place = cut
            if self._rules.strip_blanks:
                while place > start + 1 and text[place - 1] in _BLANKS_AT_CUT:
                    place -= 1
            following = cut + 1
            while following < len(text) and text[following] in _BLANKS_AT_CUT:
                following += 1
            return place, following
        if self._breaking_script(cut, index) is Script.ASIAN:
            place = asian_break(text, cut, self._rules.not_at_start, self._rules.not_at_end, start)
        else:
            place = latin_break(text, cut, start)
        if place < start:
            return None, cut
        following = place
        if self._rules.strip_blanks:
            while place > start and text[place - 1] in _BLANKS:
                place -= 1
        return place, following

    def _breaking_script(self, cut: int, index: int) -> Script:
        """Return the script whose rules hold at ``cut``: that of the last letter, when it lies before."""
        text = self._text
        letter = cut
        known, found = self._searched
        while letter > 0 and letter != known and not is_letter_or_digit(text[letter]):
            letter -= 1
        if letter == known:
            letter = found
        # Long runs of marks: the next line's search ends where this one began.
        self._searched = (cut, letter)
        script = self._script_at(index)
        if letter < index and (other := self._letter_script(letter)) is not script:
            # LibreOffice asks for the language at the letter's left edge: a mark there answers for it. So
            # does one that begins the text, when there is no letter.
            return self._steered.get(max(letter - 1, 0), other)
        return self._steered.get(index, script)

    def _letter_script(self, index: int) -> Script:
        """Return the script of a letter or digit, or of what begins the text: that of its first letter."""
        strong = self._first_strong
        if index < strong < len(self._text):
            return script_of(self._text[strong])
        return self._script_at(index)

    @cached_property
    def _first_strong(self) -> int:
        """Offset of the first character that has a script of its own."""
        text = self._text
        return next((at for at, char in enumerate(text) if script_of(char) is not Script.WEAK), len(text))

    def _script_at(self, index: int) -> Script:
        return self._scripts[bisect_right(self._script_stops, index)][1]

    def _width(self, index: int, stop: int) -> int:
        """Return the width of ``text[index:stop]`` as one portion, in whole twips."""
        sums = self._sums
        count = stop - index - 1
        if self._narrow:
            count = len(set(sums[index + 1 : stop + 1])) - 1
        # Dots to twips, half up.
        return (2 * (sums[stop] - sums[index]) // DOTS_PER_TWIP + 1) // 2 + self._rules.spacing * count

    def _exceeds(self, index: int, stop: int, room: int) -> bool:
        """Return whether a portion as wide as the room in whole twips is too wide by a part of one.

        LibreOffice measures in whole twips only what has few characters for its room: fewer than twice the
        room divided by the font's height (SwTextGuess::Guess); otherwise it adds up dots.
        """
        if 2 * room > (stop - index) * self._rules.font_height:
            return False
        dots = self._sums[stop] - self._sums[index] + self._spacing_dots * (stop - index - 1)
        return dots > room * DOTS_PER_TWIP

    def _kern(self, stop: int, room: int) -> int:
        """Return the spacing behind a portion that fits, of whose end ``room`` twips are left in the line.

        Only what is wider has one: LibreOffice gives a negative one no width.
        """
        wanted = max(0, self._rules.spacing)
        return wanted if wanted <= room else max(0, room - 1)

    def _space_between(self, stop: int) -> int:
        """Return the space between Han and Latin behind the portion that ends at ``stop``, or 0."""
        text = self._text
        position = bisect_right(self._script_stops, stop - 1)
        if stop >= len(text) or self._script_stops[position] != stop or stop == self._rules.tab:
            return 0
        if Script.ASIAN not in (self._scripts[position][1], self._scripts[position + 1][1]):
            return 0
        if is_letter_or_digit(text[stop - 1]) and is_letter_or_digit(text[stop]):
            return self._script_space
        return 0
