"""How each fact of facts.toml is read off a finished document."""

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import TypeAlias

from tests.facts.elements import ELEMENTS, Elements
from tests.support.finished import Finished
from tests.support.measure import MM, Box, PageMeasure, Row, Rule, is_red, pitches

Reading: TypeAlias = float | str
Placed: TypeAlias = tuple[PageMeasure, Row]

LEFT, RIGHT, TOP, BOTTOM, CENTRE = 28.0, 184.0, 37.0, 262.0, 106.0
"""Edges of the type area (5.2.1)."""

_FULL_LINES = 22
_NUMBER_BELOW = 263.5
"""Text below is a page number."""

_MEASURES: dict[str, Callable[["View"], Iterable[Reading]]] = {}


@dataclass(frozen=True)
class View:
    """A finished document with the words of its input by which elements are found."""

    finished: Finished
    elements: Elements

    @property
    def pages(self) -> tuple[PageMeasure, ...]:
        return self.finished.pages

    def body_rows(self, page: PageMeasure) -> list[Row]:
        return [row for row in page.rows if row.baseline < _NUMBER_BELOW]

    def full_pages(self) -> list[PageMeasure]:
        """Return pages that text fills: 22 lines."""
        found = [page for page in self.pages[1:] if len(self.body_rows(page)) == _FULL_LINES]
        assert found, "no page has 22 lines"
        return found

    def page_numbers(self) -> list[Placed]:
        found = [(page, row) for page in self.pages for row in page.rows if row.baseline >= _NUMBER_BELOW]
        assert found, "no page has a number"
        return found

    def passage(self, text: str, *, last: bool = False) -> list[Placed]:
        """Return the row parts that print ``text`` one after the other; its first place, or its last."""
        assert text, "elements.py does not know the words of this element"
        glyphs = [
            (page, row, glyph) for page in self.pages for row in self.body_rows(page) for glyph in row.glyphs
        ]
        ends: list[int] = []
        for _, _, glyph in glyphs:
            ends.append((ends[-1] if ends else 0) + len(glyph.text))
        whole = "".join(glyph.text for _, _, glyph in glyphs)
        wanted = "".join(text.split())
        at = whole.rfind(wanted) if last else whole.find(wanted)
        assert at >= 0, f"nowhere printed: {wanted!r}"
        parts: list[tuple[PageMeasure, Row, list[int]]] = []
        for index, end in enumerate(ends):
            if end <= at or end - len(glyphs[index][2].text) >= at + len(wanted):
                continue
            page, row, _ = glyphs[index]
            if not parts or parts[-1][1] is not row:
                parts.append((page, row, []))
            parts[-1][2].append(index)
        return [(page, Row(tuple(glyphs[index][2] for index in indexes))) for page, _, indexes in parts]

    def one(self, text: str, *, last: bool = False) -> Placed:
        """Return the first row of a passage."""
        return self.passage(text, last=last)[0]

    def before(self, placed: Placed) -> Row:
        """Return the row above another on its page."""
        page, row = placed
        above = [other for other in self.body_rows(page) if other.baseline < row.baseline - 1]
        assert above, f"nothing stands above {row.text!r} on page {page.number}"
        return above[-1]

    def after(self, placed: Placed) -> Row:
        """Return the row below another on its page."""
        page, row = placed
        below = [other for other in self.body_rows(page) if other.baseline > row.baseline + 1]
        assert below, f"nothing stands below {row.text!r} on page {page.number}"
        return below[0]

    def top(self, placed: Placed) -> float:
        """Return where a line begins: its box in the office style, its ink in the strict one."""
        page, row = placed
        if self.finished.style == "office":
            return self.finished.line_box(row).y0
        return self.finished.ink(page, row).y0

    def bottom(self, placed: Placed) -> float:
        """Return where a line ends, likewise."""
        page, row = placed
        if self.finished.style == "office":
            return self.finished.line_box(row).y1
        return self.finished.ink(page, row).y1

    def gap(self, above: Row, placed: Placed) -> float:
        page, row = placed
        return self.finished.gap(page, above, row)

    # The letterhead

    def red_rule(self) -> Rule:
        found = [rule for rule in self.pages[0].rules if rule.horizontal and is_red(rule.color)]
        assert len(found) == 1, f"page 1 has {len(found)} red rules"
        return found[0]

    def mark(self) -> Row:
        found = [row for row in self.pages[0].rows if row.size > 24]
        assert found, "page 1 has no large type"
        return found[0]

    def mark_rows(self) -> list[Row]:
        return [row for row in self.pages[0].rows if row.size > 24]

    def signatories(self) -> list[Row]:
        return [self.one(name)[1] for name in self.elements.signatories]

    # The imprint

    def imprint(self) -> tuple[PageMeasure, list[Rule]]:
        """Return its page and its rules, top down: the black ones of full width that reach the foot."""
        for page in reversed(self.pages):
            table = _table_rules(page)
            rules = [
                rule for rule in page.rules
                if rule.horizontal and rule.length > 150 and not is_red(rule.color) and rule not in table
            ]  # fmt: skip
            if rules:
                return page, rules
        raise AssertionError("no page has rules of full width")

    def imprint_rows(self) -> list[Row]:
        page, rules = self.imprint()
        rows = [row for row in self.body_rows(page) if row.em_box.y0 > rules[0].box.y0 - 1]
        assert rows, "no text stands in the imprint"
        return rows


def measures(
    fact: str,
) -> Callable[[Callable[[View], Iterable[Reading]]], Callable[[View], Iterable[Reading]]]:
    """Register a function as the way to measure a fact."""

    def register(function: Callable[[View], Iterable[Reading]]) -> Callable[[View], Iterable[Reading]]:
        assert fact not in _MEASURES, fact
        _MEASURES[fact] = function
        return function

    return register


def known() -> frozenset[str]:
    """Return the facts that can be measured."""
    return frozenset(_MEASURES)


def measure(fact: str, finished: Finished) -> list[Reading]:
    """Return all readings of a fact in a document."""
    return list(_MEASURES[fact](View(finished, ELEMENTS.get(finished.name, Elements()))))


def _fonts(rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield from sorted(row.fonts)


def _sizes(rows: Iterable[Row]) -> Iterator[float]:
    for row in rows:
        yield from sorted(row.sizes)


def _reds(colors: Iterable[str]) -> Iterator[str]:
    for color in colors:
        yield "red" if is_red(color) else color


def _line_of(view: View, placed: Placed) -> float:
    """Return which line of the grid a row stands on, counted from 1."""
    _, row = placed
    box = view.finished.line_box(row)
    first = view.finished.line_box(view.body_rows(view.pages[0])[0])
    return 1 + (box.y0 - first.y0) / box.height


# ---------------------------------------------------------------- 5


@measures("page.width")
def _(view: View) -> Iterable[Reading]:
    return [page.width for page in view.pages]


@measures("page.height")
def _(view: View) -> Iterable[Reading]:
    return [page.height for page in view.pages]


@measures("margin.top")
def _(view: View) -> Iterable[Reading]:
    return [view.top((page, view.body_rows(page)[0])) for page in view.full_pages()]


@measures("margin.left")
def _(view: View) -> Iterable[Reading]:
    lefts = [[row.x0 for row in view.body_rows(page)] for page in view.pages]
    # A page that has nothing at the edge (a title and a table, say) tells nothing.
    found = [min(page) for page in lefts if page and min(page) < 31]
    assert found, "nothing stands at the left edge"
    return found


@measures("type_area.right")
def _(view: View) -> Iterable[Reading]:
    return [max(row.x1 for row in view.body_rows(page)) for page in view.full_pages()]


@measures("type_area.bottom")
def _(view: View) -> Iterable[Reading]:
    return [view.bottom((page, view.body_rows(page)[-1])) for page in view.full_pages()]


@measures("type_area.nothing_outside")
def _(view: View) -> Iterable[Reading]:
    for page in view.pages:
        for row in view.body_rows(page):
            box = row.em_box
            drop = view.finished.drop(row)
            yield min(box.x0 - LEFT, RIGHT - box.x1, box.y0 - drop - TOP, BOTTOM - (box.y1 - drop))
        # Along the lines of a turned page no half-leading stands between box and ink: margins as they are.
        strict = view.finished.style == "strict"
        head, foot = (34.58, 32.58) if strict else (TOP, page.height - BOTTOM)
        for row in page.turned:
            box, drop = row.em_box, view.finished.drop(row)
            left, right = box.y0 - drop - LEFT, RIGHT - (box.y1 - drop)
            yield min(left, right, box.x0 - foot, page.height - head - box.x1)


@measures("grid.lines")
def _(view: View) -> Iterable[Reading]:
    return [max(len(view.body_rows(page)) for page in view.pages)]


@measures("grid.characters")
def _(view: View) -> Iterable[Reading]:
    rows = [row for page in view.pages for row in view.body_rows(page) if row.sizes == {16.0}]
    full = [len(row.text) for row in rows if re.fullmatch(r"[\u3000-\u9fff！-～“”]+", row.text)]
    assert full, "no line of full-width characters"
    return [max(full)]


@measures("grid.pitch")
def _(view: View) -> Iterable[Reading]:
    return [pitch for page in view.full_pages() for pitch in pitches(view.body_rows(page))]


@measures("body.size")
def _(view: View) -> Iterable[Reading]:
    return _sizes(row for page in view.full_pages() for row in view.body_rows(page))


@measures("body.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(row for _, row in view.passage(view.elements.body))


@measures("text.color")
def _(view: View) -> Iterable[Reading]:
    rule = [rule for rule in view.pages[0].rules if is_red(rule.color)]
    head = rule[0].box.y0 if rule else 0.0
    for page in view.pages:
        for row in page.rows:
            in_head = page.number == 1 and row.baseline < head
            yield from (color for color in sorted(row.colors) if not (in_head and is_red(color)))


@measures("body.indent")
def _(view: View) -> Iterable[Reading]:
    _, row = view.one(view.elements.body)
    return [(row.x0 - LEFT) / row.em]


@measures("body.turnover")
def _(view: View) -> Iterable[Reading]:
    rows = view.passage(view.elements.body)[1:]
    assert rows, "the paragraph has one line only"
    return [row.x0 for _, row in rows]


@measures("body.on_first_page")
def _(view: View) -> Iterable[Reading]:
    return [view.one(view.elements.body)[0].number]


def _pieces(view: View) -> list[Row]:
    return [piece for page in view.pages for row in view.body_rows(page) for piece in row.pieces()]


@measures("line.start")
def _(view: View) -> Iterable[Reading]:
    return [piece.text for piece in _pieces(view)]


@measures("line.end")
def _(view: View) -> Iterable[Reading]:
    return [piece.text for piece in _pieces(view)]


@measures("line.numbers")
def _(view: View) -> Iterable[Reading]:
    for page in view.pages:
        for above, below in pairwise(view.body_rows(page)):
            full = above.x1 > RIGHT - above.em and abs(below.x0 - LEFT) < 1
            broken = full and above.text[-1].isdigit() and below.text[0] in "0123456789.%％"
            yield f"{above.text[-8:]}|{below.text[:8]}" if broken else "whole"


@measures("heading.not_last")
def _(view: View) -> Iterable[Reading]:
    headings = [row for level in (1, 2, 3, 4) for row in _headings(view, level)]
    for page in view.pages[:-1]:
        last = view.body_rows(page)[-1]
        alone = last in headings and "。" not in last.text
        yield last.text if alone else "text follows"


@measures("skew")
def _(view: View) -> Iterable[Reading]:
    for page in view.pages:
        lefts = [row.x0 for row in view.body_rows(page) if abs(row.x0 - LEFT) < 2 and row.sizes == {16.0}]
        yield max(lefts) - min(lefts) if lefts else 0.0


# ---------------------------------------------------------------- 7.2


@measures("copy_number.text")
def _(view: View) -> Iterable[Reading]:
    return [view.pages[0].rows[0].text]


@measures("copy_number.left")
def _(view: View) -> Iterable[Reading]:
    return [view.one(view.elements.copy_number)[1].x0]


@measures("copy_number.top")
def _(view: View) -> Iterable[Reading]:
    # Digits are lower than Han characters: their em box stands for the ink.
    _, row = view.one(view.elements.copy_number)
    if view.finished.style == "office":
        return [view.finished.line_box(row).y0]
    return [row.em_box.y0 - view.finished.drop(row)]


@measures("copy_number.size")
def _(view: View) -> Iterable[Reading]:
    return _sizes([view.one(view.elements.copy_number)[1]])


@measures("secrecy.text")
def _(view: View) -> Iterable[Reading]:
    return [view.pages[0].rows[1].text]


@measures("secrecy.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts([view.one(view.elements.secrecy[:2])[1]])


@measures("secrecy.size")
def _(view: View) -> Iterable[Reading]:
    return _sizes([view.one(view.elements.secrecy)[1]])


@measures("secrecy.left")
def _(view: View) -> Iterable[Reading]:
    return [view.one(view.elements.secrecy)[1].x0]


@measures("secrecy.line")
def _(view: View) -> Iterable[Reading]:
    return [_line_of(view, view.one(view.elements.secrecy))]


@measures("urgency.text")
def _(view: View) -> Iterable[Reading]:
    return [view.pages[0].rows[2].text]


@measures("urgency.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts([view.one(view.elements.urgency)[1]])


@measures("urgency.size")
def _(view: View) -> Iterable[Reading]:
    return _sizes([view.one(view.elements.urgency)[1]])


@measures("urgency.left")
def _(view: View) -> Iterable[Reading]:
    return [view.one(view.elements.urgency)[1].x0]


@measures("urgency.line")
def _(view: View) -> Iterable[Reading]:
    return [_line_of(view, view.one(view.elements.urgency))]


@measures("mark.top")
def _(view: View) -> Iterable[Reading]:
    # The ink as printed: LibreOffice's place of the baseline is not taken off.
    return [min(view.pages[0].row_ink(row).y0 for row in view.mark_rows())]


@measures("mark.centre")
def _(view: View) -> Iterable[Reading]:
    return [view.pages[0].row_ink(row).centre[0] for row in view.mark_rows()]


@measures("mark.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(view.mark_rows())


@measures("mark.red")
def _(view: View) -> Iterable[Reading]:
    return _reds(color for row in view.mark_rows() for color in sorted(row.colors))


def _joint_mark(view: View) -> tuple[list[Row], Row]:
    """Return the names and 文件."""
    pieces = [piece for row in view.mark_rows() for piece in row.pieces()]
    names = [row for row in pieces if row.text != "文件"]
    (suffix,) = (row for row in pieces if row.text == "文件")
    return names, suffix


@measures("joint_mark.suffix_middle")
def _(view: View) -> Iterable[Reading]:
    names, suffix = _joint_mark(view)
    page = view.pages[0]
    inks = [page.row_ink(name) for name in names]
    return [page.row_ink(suffix).centre[1] - (inks[0].y0 + inks[-1].y1) / 2]


@measures("joint_mark.suffix_right")
def _(view: View) -> Iterable[Reading]:
    names, suffix = _joint_mark(view)
    return [suffix.x0 - max(name.x1 for name in names)]


@measures("joint_mark.spread")
def _(view: View) -> Iterable[Reading]:
    names, _ = _joint_mark(view)
    widths = [name.x1 - name.x0 for name in names]
    return [max(widths) - width for width in widths]


@measures("joint_mark.centre")
def _(view: View) -> Iterable[Reading]:
    names, suffix = _joint_mark(view)
    return [(min(name.x0 for name in names) + suffix.x1) / 2]


@measures("document_number.text")
def _(view: View) -> Iterable[Reading]:
    return [view.one(view.elements.number)[1].text]


@measures("document_number.gap")
def _(view: View) -> Iterable[Reading]:
    page = view.pages[0]
    mark = view.mark_rows()[-1]
    first = view.after((page, mark))
    return [page.row_ink(first).y0 - page.row_ink(mark).y1]


@measures("document_number.size")
def _(view: View) -> Iterable[Reading]:
    return _sizes([view.one(view.elements.number)[1]])


@measures("document_number.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts([view.one(view.elements.number)[1]])


@measures("document_number.centre")
def _(view: View) -> Iterable[Reading]:
    return [view.one(view.elements.number)[1].centre]


@measures("document_number.indent")
def _(view: View) -> Iterable[Reading]:
    _, row = view.one(view.elements.number)
    return [(row.x0 - LEFT) / row.em]


@measures("document_number.beside_last_signatory")
def _(view: View) -> Iterable[Reading]:
    return [view.signatories()[-1].baseline - view.one(view.elements.number)[1].baseline]


@measures("signatory.indent")
def _(view: View) -> Iterable[Reading]:
    last = max(view.signatories(), key=lambda row: row.x1)
    return [(RIGHT - last.x1) / last.em]


@measures("signatory.label_font")
def _(view: View) -> Iterable[Reading]:
    return _fonts([view.one("签发人：")[1]])


@measures("signatory.name_font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(view.signatories())


@measures("signatory.size")
def _(view: View) -> Iterable[Reading]:
    return _sizes([view.one("签发人：")[1], *view.signatories()])


@measures("red_rule.gap")
def _(view: View) -> Iterable[Reading]:
    page, row = view.one(view.elements.number)
    return [view.red_rule().box.y0 - page.row_ink(row).y1]


@measures("red_rule.width")
def _(view: View) -> Iterable[Reading]:
    return [view.red_rule().length]


@measures("red_rule.centre")
def _(view: View) -> Iterable[Reading]:
    return [view.red_rule().box.centre[0]]


@measures("red_rule.thickness")
def _(view: View) -> Iterable[Reading]:
    return [view.red_rule().thickness]


@measures("red_rule.red")
def _(view: View) -> Iterable[Reading]:
    return _reds([view.red_rule().color])


def _spread(row: Row) -> float:
    first, second = row.glyphs
    return (second.x0 - first.x1) / row.em


@measures("secrecy.spread")
def _(view: View) -> Iterable[Reading]:
    return [_spread(view.one(view.elements.secrecy)[1])]


@measures("urgency.spread")
def _(view: View) -> Iterable[Reading]:
    return [_spread(view.one(view.elements.urgency)[1])]


@measures("signatory.turnover")
def _(view: View) -> Iterable[Reading]:
    first, _, third = view.signatories()
    return [third.x0 - first.x0]


@measures("signatory.row_pitch")
def _(view: View) -> Iterable[Reading]:
    first, _, third = view.signatories()
    return [third.baseline - first.baseline]


# ---------------------------------------------------------------- 7.3


def _title(view: View) -> list[Row]:
    return [row for _, row in view.passage(view.elements.title)]


@measures("title.size")
def _(view: View) -> Iterable[Reading]:
    return _sizes(_title(view))


@measures("title.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(_title(view))


@measures("title.centre")
def _(view: View) -> Iterable[Reading]:
    return [row.centre for row in _title(view)]


@measures("title.pitch")
def _(view: View) -> Iterable[Reading]:
    found = pitches(_title(view))
    assert found, "the title has one line only"
    return found


@measures("title.gap")
def _(view: View) -> Iterable[Reading]:
    page, row = view.one(view.elements.title)
    return [page.row_ink(row).y0 - view.red_rule().box.y1]


@measures("title.end")
def _(view: View) -> Iterable[Reading]:
    return [_title(view)[-1].text]


@measures("title.shape")
def _(view: View) -> Iterable[Reading]:
    return [shape([row.x1 - row.x0 for row in _title(view)], _title(view)[0].em / 4)]


def shape(widths: list[float], same: float) -> str:
    """Return what the lines of a title form; lines that differ by less than ``same`` count as equal."""
    if len(widths) == 1:
        return "one line"
    steps = [0 if abs(b - a) < same else (1 if b > a else -1) for a, b in pairwise(widths)]
    if not any(steps):
        return "rectangle"
    turns = [step for step in steps if step]
    if all(turn > 0 for turn in turns) or all(turn < 0 for turn in turns):
        return "trapezoid"
    first_fall = turns.index(-1)
    return "lozenge" if all(turn < 0 for turn in turns[first_fall:]) else "hourglass"


@measures("addressee.gap")
def _(view: View) -> Iterable[Reading]:
    placed = view.one(view.elements.addressee)
    return [view.gap(_title(view)[-1], placed)]


@measures("addressee.left")
def _(view: View) -> Iterable[Reading]:
    return [row.x0 for _, row in view.passage(view.elements.addressee)]


@measures("addressee.end")
def _(view: View) -> Iterable[Reading]:
    page, row = view.passage(view.elements.addressee)[-1]
    whole = next(other for other in page.rows if other.baseline == row.baseline)
    return [whole.text]


_LABELS = {
    1: r"[一二三四五六七八九十]{1,3}、",
    2: r"（[一二三四五六七八九十]{1,3}）",
    3: r"\d{1,2}\.(?!\d)",
    4: r"（\d{1,2}）",
}


def _headings(view: View, level: int) -> list[Row]:
    pattern = _LABELS[level]
    return [
        row for page in view.pages for row in view.body_rows(page)
        if re.match(pattern, row.text) and abs(row.x0 - LEFT - 2 * row.em) < row.em
    ]  # fmt: skip


def _phrases(view: View, level: int) -> list[Row]:
    """Return the rows' labels with the phrase behind them, up to its full stop when text runs on."""
    found = _headings(view, level)
    assert found, f"no heading of level {level}"
    return [row.part(row.text.partition("。")[0]) for row in found]


@measures("heading_1.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(_phrases(view, 1))


@measures("heading_2.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(_phrases(view, 2))


@measures("heading_3.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(_phrases(view, 3))


@measures("heading_4.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(_phrases(view, 4))


@measures("heading.size")
def _(view: View) -> Iterable[Reading]:
    return _sizes(row for level in _LABELS for row in _headings(view, level))


@measures("heading.indent")
def _(view: View) -> Iterable[Reading]:
    rows = [row for level in _LABELS for row in _headings(view, level)]
    assert rows, "no headings"
    return [(row.x0 - LEFT) / row.em for row in rows]


@measures("attachment_note.gap")
def _(view: View) -> Iterable[Reading]:
    placed = view.one("附件：")
    return [view.gap(view.before(placed), placed)]


@measures("attachment_note.indent")
def _(view: View) -> Iterable[Reading]:
    _, row = view.one("附件：")
    return [(row.x0 - LEFT) / row.em]


def _whole(placed: Placed) -> Row:
    page, part = placed
    return next(row for row in page.rows if row.baseline == part.baseline)


@measures("attachment_note.text")
def _(view: View) -> Iterable[Reading]:
    return [_whole(view.one("附件：")).text]


@measures("attachment_note.single_number")
def _(view: View) -> Iterable[Reading]:
    return [_whole(view.one("附件：")).text]


@measures("attachment_note.numbers")
def _(view: View) -> Iterable[Reading]:
    first = view.one("1." + view.elements.attachments[0])[1]
    return [
        view.one(f"{number}.{name}")[1].x0 - first.x0
        for number, name in enumerate(view.elements.attachments[1:], start=2)
    ]


@measures("attachment_note.turnover")
def _(view: View) -> Iterable[Reading]:
    found = []
    for name in view.elements.attachments:
        rows = [row for _, row in view.passage(name)]
        found += [row.x0 - rows[0].x0 for row in rows[1:]]
    assert found, "no name takes two lines"
    return found


def _signed(view: View) -> tuple[PageMeasure, Row, Row]:
    """Return page, name and date of the signature."""
    (page, name), *_, (_, date) = view.passage(view.elements.signature + view.elements.date)
    return page, name, date


@measures("signature_plain.gap")
def _(view: View) -> Iterable[Reading]:
    page, name, _ = _signed(view)
    return [view.gap(view.before((page, name)), (page, name))]


@measures("signature_plain.name_indent")
def _(view: View) -> Iterable[Reading]:
    _, name, _ = _signed(view)
    return [(RIGHT - name.x1) / name.em]


@measures("signature_plain.date_shift")
def _(view: View) -> Iterable[Reading]:
    _, name, date = _signed(view)
    return [(date.x0 - name.x0) / date.em]


@measures("signature_plain.date_indent")
def _(view: View) -> Iterable[Reading]:
    _, _, date = _signed(view)
    return [(RIGHT - date.x1) / date.em]


@measures("signature_stamped.date_indent")
def _(view: View) -> Iterable[Reading]:
    _, _, date = _signed(view)
    return [(RIGHT - date.x1) / date.em]


@measures("signature_stamped.name_centre")
def _(view: View) -> Iterable[Reading]:
    _, name, date = _signed(view)
    return [name.centre - date.centre]


@measures("signature_stamped.name_line")
def _(view: View) -> Iterable[Reading]:
    _, name, date = _signed(view)
    return [(date.baseline - name.baseline) * MM / view.finished.line_height(date)]


@measures("seal.top")
def _(view: View) -> Iterable[Reading]:
    page, name, _ = _signed(view)
    (image,) = page.images
    return [image.y0 - view.finished.ink(page, view.before((page, name))).y1]


@measures("seal.centre")
def _(view: View) -> Iterable[Reading]:
    page, _, date = _signed(view)
    (image,) = page.images
    return [image.centre[0] - date.centre]


@measures("seal.above_text")
def _(view: View) -> Iterable[Reading]:
    page, name, date = _signed(view)
    (image,) = page.images
    middle = (page.row_ink(name).y0 + page.row_ink(date).y1) / 2
    return [middle - image.centre[1]]


@measures("seal.width")
def _(view: View) -> Iterable[Reading]:
    page, _, _ = _signed(view)
    return [image.width for image in page.images]


def _jointly_sealed(view: View) -> list[tuple[PageMeasure, Row, Box]]:
    """Return page, name and the nearest picture of each authority of a joint document."""
    found = []
    for name in view.elements.sealed:
        page, row = view.one(name, last=True)
        image = min(
            page.images,
            key=lambda image: math.dist(image.centre, (row.centre, row.em_box.centre[1])),
        )
        found.append((page, row, image))
    return found


def _seal_rows(view: View) -> list[list[Box]]:
    """Return the pictures of a joint document by the lines of their names."""
    rows: dict[float, list[Box]] = {}
    for page, name, image in _jointly_sealed(view):
        rows.setdefault(round(page.number * 1000 + name.baseline), []).append(image)
    return list(rows.values())


@measures("joint_seals.order")
def _(view: View) -> Iterable[Reading]:
    places = [(page.number, round(name.baseline), name.x0) for page, name, _ in _jointly_sealed(view)]
    return ["in order" if places == sorted(places) else str(places)]


@measures("joint_seals.one_each")
def _(view: View) -> Iterable[Reading]:
    images = {(page.number, image) for page, _, image in _jointly_sealed(view)}
    printed = sum(len(page.images) for page in view.pages)
    return [len(view.elements.sealed) - len(images), printed - len(images)]


@measures("joint_seals.centre")
def _(view: View) -> Iterable[Reading]:
    return [name.centre - image.centre[0] for _, name, image in _jointly_sealed(view)]


@measures("joint_seals.over_name")
def _(view: View) -> Iterable[Reading]:
    return [
        abs(page.row_ink(name).centre[1] - image.centre[1]) for page, name, image in _jointly_sealed(view)
    ]


@measures("joint_seals.over_date")
def _(view: View) -> Iterable[Reading]:
    page, _, image = _jointly_sealed(view)[-1]
    _, date = view.one(view.elements.date, last=True)
    assert image.y0 < page.row_ink(date).y1 < image.y1, "the last seal does not lie over the date"
    return [date.centre - image.centre[0]]


@measures("joint_seals.rows")
def _(view: View) -> Iterable[Reading]:
    for row in _seal_rows(view):
        heights = [image.centre[1] for image in row]
        yield max(heights) - min(heights)


@measures("joint_seals.apart")
def _(view: View) -> Iterable[Reading]:
    images = [(page.number, image) for page, _, image in _jointly_sealed(view)]
    for (page, one), (other_page, other) in combinations(images, 2):
        if page == other_page:
            across = max(one.x0 - other.x1, other.x0 - one.x1)
            down = max(one.y0 - other.y1, other.y0 - one.y1)
            yield max(across, down)


@measures("joint_seals.in_type_area")
def _(view: View) -> Iterable[Reading]:
    for _, _, image in _jointly_sealed(view):
        yield from (image.x0 - LEFT, RIGHT - image.x1)


@measures("joint_seals.top")
def _(view: View) -> Iterable[Reading]:
    page, name, _ = _jointly_sealed(view)[0]
    text = view.finished.ink(page, view.before((page, name))).y1
    return [image.y0 - text for image in _seal_rows(view)[0]]


@measures("joint_seals.date_indent")
def _(view: View) -> Iterable[Reading]:
    _, date = view.one(view.elements.date, last=True)
    return [(RIGHT - date.x1) / date.em]


def _stamped(view: View) -> tuple[PageMeasure, Row, Row, Box]:
    """Return page, post, date and the stamp's picture."""
    page, post, date = _signed(view)
    (image,) = page.images
    return page, post, date, image


@measures("stamp.gap")
def _(view: View) -> Iterable[Reading]:
    page, post, _, image = _stamped(view)
    return [image.y0 - view.finished.ink(page, view.before((page, post))).y1]


@measures("stamp.right")
def _(view: View) -> Iterable[Reading]:
    _, post, _, image = _stamped(view)
    return [(RIGHT - image.x1) / post.em]


@measures("stamp.post_gap")
def _(view: View) -> Iterable[Reading]:
    _, post, _, image = _stamped(view)
    return [(image.x0 - post.x1) / post.em]


@measures("stamp.post_middle")
def _(view: View) -> Iterable[Reading]:
    page, post, _, image = _stamped(view)
    return [page.row_ink(post).centre[1] - image.centre[1]]


@measures("stamp.date_gap")
def _(view: View) -> Iterable[Reading]:
    page, _, date, image = _stamped(view)
    return [page.row_ink(date).y0 - image.y1]


@measures("stamp.date_indent")
def _(view: View) -> Iterable[Reading]:
    _, _, date, _ = _stamped(view)
    return [(RIGHT - date.x1) / date.em]


@measures("issue_date.text")
def _(view: View) -> Iterable[Reading]:
    return [_whole(view.one(view.elements.date)).text]


@measures("note.indent")
def _(view: View) -> Iterable[Reading]:
    _, row = view.one(view.elements.note)
    return [(row.x0 - LEFT) / row.em]


@measures("note.text")
def _(view: View) -> Iterable[Reading]:
    return ["".join(row.text for _, row in view.passage(view.elements.note))]


@measures("note.line")
def _(view: View) -> Iterable[Reading]:
    date, note = view.one(view.elements.date)[1], view.one(view.elements.note)[1]
    return [(note.baseline - date.baseline) * MM / view.finished.line_height(date)]


def _attachment_pages(view: View) -> list[PageMeasure]:
    found = [page for page in view.pages[1:] if page.rows and page.rows[0].text.startswith("附件")]
    wanted = len(view.elements.attachments)
    assert len(found) == wanted, f"{len(found)} pages begin with 附件, wanted {wanted}"
    return found


@measures("attachment.label")
def _(view: View) -> Iterable[Reading]:
    return [page.rows[0].text for page in _attachment_pages(view)]


@measures("attachment.label_font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(page.rows[0].part("附件") for page in _attachment_pages(view))


@measures("attachment.label_left")
def _(view: View) -> Iterable[Reading]:
    return [page.rows[0].x0 for page in _attachment_pages(view)]


@measures("attachment.label_top")
def _(view: View) -> Iterable[Reading]:
    return [view.top((page, page.rows[0])) for page in _attachment_pages(view)]


@measures("attachment.title_line")
def _(view: View) -> Iterable[Reading]:
    return [view.finished.ink(page, page.rows[1]).y0 for page in _attachment_pages(view)]


@measures("attachment.title_centre")
def _(view: View) -> Iterable[Reading]:
    return [row.centre for rows in _attachment_titles(view) for row in rows]


@measures("attachment.title_shape")
def _(view: View) -> Iterable[Reading]:
    return [shape([row.x1 - row.x0 for row in rows], rows[0].em / 4) for rows in _attachment_titles(view)]


def _attachment_titles(view: View) -> list[list[Row]]:
    return [[row for row in page.rows[1:] if row.size > 20] for page in _attachment_pages(view)]


@measures("attachment.name")
def _(view: View) -> Iterable[Reading]:
    for page, name in zip(_attachment_pages(view), view.elements.attachments, strict=True):
        printed = "".join(row.text for row in page.rows[1:] if row.size > 20) or page.rows[1].text
        yield "as in the attachment note" if printed == name else printed


# ---------------------------------------------------------------- 8


def _table_rules(page: PageMeasure) -> list[Rule]:
    """Return the rules of a page's table: all that cross a standing one."""
    standing = [rule for rule in page.rules if not rule.horizontal and rule.length > 5]
    if not standing:
        return []
    top = min(rule.box.y0 for rule in standing) - 1
    bottom = max(rule.box.y1 for rule in standing) + 1
    return [rule for rule in page.rules if rule.horizontal and top < rule.box.y0 < bottom]


def _tables(view: View) -> list[tuple[PageMeasure, list[Rule], list[Row]]]:
    """Return page, lying rules and text rows of each page's table."""
    found = []
    for page in view.pages:
        rules = _table_rules(page)
        if rules:
            top, bottom = rules[0].box.y0, rules[-1].box.y1
            found.append((page, rules, [row for row in page.rows if top < row.baseline < bottom]))
    assert found, "no page has a table"
    return found


@measures("table.size")
def _(view: View) -> Iterable[Reading]:
    return [size for _, _, rows in _tables(view) for size in _sizes(rows)]


@measures("table.left")
def _(view: View) -> Iterable[Reading]:
    return [rule.box.x0 for _, rules, _ in _tables(view) for rule in rules]


@measures("table.width")
def _(view: View) -> Iterable[Reading]:
    return [rule.length for _, rules, _ in _tables(view) for rule in rules]


@measures("table.numbers")
def _(view: View) -> Iterable[Reading]:
    for _, _, rows in _tables(view):
        ends = [row.x1 for row in rows if row.text[-1].isdigit()]
        assert len(ends) > 1, "no column of numbers"
        yield max(ends) - min(ends)


@measures("table.header")
def _(view: View) -> Iterable[Reading]:
    for _, _, rows in _tables(view):
        yield "header first" if rows[0].text in view.elements.table_headers else rows[0].text


@measures("table.rows")
def _(view: View) -> Iterable[Reading]:
    whole = "".join(row.text for _, _, rows in _tables(view) for row in rows)
    for header in view.elements.table_headers:
        whole = whole.replace(header, "")
    places = [whole.find(text) for text in view.elements.table_rows]
    in_order = all(place >= 0 for place in places) and places == sorted(places)
    return ["all rows in order" if in_order else whole]


def _turned_page(view: View) -> PageMeasure:
    found = [page for page in view.pages if page.turned]
    assert len(found) == 1, f"{len(found)} pages hold turned text"
    return found[0]


@measures("turned_table.page")
def _(view: View) -> Iterable[Reading]:
    page = _turned_page(view)
    rows = [row for row in page.rows if row.baseline < _NUMBER_BELOW]
    return ["a page of its own" if not rows else rows[0].text]


@measures("turned_table.head")
def _(view: View) -> Iterable[Reading]:
    # The rows follow one another from the left edge, which is the binding edge of odd pages.
    rows = _turned_page(view).turned
    places = [
        next(index for index, row in enumerate(rows) if text in row.text) for text in view.elements.table_rows
    ]
    return ["head at the left edge" if places == sorted(places) else str(places)]


@measures("turned_table.length")
def _(view: View) -> Iterable[Reading]:
    return [rule.length for rule in _turned_page(view).rules if not rule.horizontal]


@measures("turned_table.foot")
def _(view: View) -> Iterable[Reading]:
    return [rule.box.y1 for rule in _turned_page(view).rules if not rule.horizontal]


# ---------------------------------------------------------------- 7.4


@measures("imprint.width")
def _(view: View) -> Iterable[Reading]:
    return [rule.length for rule in view.imprint()[1]]


@measures("imprint.left")
def _(view: View) -> Iterable[Reading]:
    return [rule.box.x0 for rule in view.imprint()[1]]


@measures("imprint.outer_thickness")
def _(view: View) -> Iterable[Reading]:
    rules = view.imprint()[1]
    assert len(rules) >= 2, "the imprint has one rule only"
    return [rules[0].thickness, rules[-1].thickness]


@measures("imprint.middle_thickness")
def _(view: View) -> Iterable[Reading]:
    rules = view.imprint()[1][1:-1]
    assert rules, "the imprint has no rule between"
    return [rule.thickness for rule in rules]


@measures("imprint.last_rule")
def _(view: View) -> Iterable[Reading]:
    return [view.imprint()[1][-1].box.centre[1]]


@measures("imprint.last_page")
def _(view: View) -> Iterable[Reading]:
    return [len(view.pages) - view.imprint()[0].number]


@measures("imprint.even_page")
def _(view: View) -> Iterable[Reading]:
    return [view.imprint()[0].number % 2]


@measures("imprint.color")
def _(view: View) -> Iterable[Reading]:
    return [rule.color for rule in view.imprint()[1]]


@measures("imprint.size")
def _(view: View) -> Iterable[Reading]:
    return _sizes(view.imprint_rows())


@measures("imprint.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(view.imprint_rows())


@measures("cc.indent")
def _(view: View) -> Iterable[Reading]:
    _, row = view.one("抄送：")
    return [(row.x0 - LEFT) / row.em]


def _cc(view: View) -> list[Row]:
    """Return the rows from 抄送： to the row of the printing office, that one left out."""
    rows = view.imprint_rows()
    starts = [index for index, row in enumerate(rows) if row.text.startswith("抄送：")]
    assert starts, "no row of the imprint begins with 抄送："
    return rows[starts[0] : -1]


@measures("cc.right")
def _(view: View) -> Iterable[Reading]:
    rows = _cc(view)[:-1]
    assert rows, "抄送 has one line only"
    return [min((RIGHT - row.x1) / row.em for row in rows)]


@measures("cc.end")
def _(view: View) -> Iterable[Reading]:
    return [_cc(view)[-1].text]


@measures("cc.turnover")
def _(view: View) -> Iterable[Reading]:
    first, *rest = _cc(view)
    assert rest, "抄送 has one line only"
    name = Row(first.glyphs[len("抄送：") :])
    return [row.x0 - name.x0 for row in rest]


@measures("print_info.left")
def _(view: View) -> Iterable[Reading]:
    row = view.imprint_rows()[-1]
    return [(row.x0 - LEFT) / row.em]


@measures("print_info.right")
def _(view: View) -> Iterable[Reading]:
    row = view.imprint_rows()[-1]
    return [(RIGHT - row.x1) / row.em]


@measures("print_info.date")
def _(view: View) -> Iterable[Reading]:
    return [view.imprint_rows()[-1].text]


@measures("imprint.moved_addressees")
def _(view: View) -> Iterable[Reading]:
    rows, (_, rules) = view.imprint_rows(), view.imprint()
    moved = next(row for row in rows if row.text.startswith("主送："))
    copies = next(row for row in rows if row.text.startswith("抄送："))
    between = [rule for rule in rules if moved.baseline < rule.box.y0 < copies.baseline]
    right = moved.baseline < copies.baseline and not between
    return ["主送 above 抄送, no rule between" if right else "otherwise"]


# ---------------------------------------------------------------- 7.5


@measures("page_number.none")
def _(view: View) -> Iterable[Reading]:
    page, _ = view.imprint()
    blank = view.pages[page.number - 2]
    assert not view.body_rows(blank), "the page before the imprint is not blank"
    return [sum(row.baseline >= _NUMBER_BELOW for row in (*blank.rows, *page.rows))]


@measures("page_number.text")
def _(view: View) -> Iterable[Reading]:
    return [row.text for _, row in view.page_numbers()]


def _dashes(view: View) -> list[float]:
    return [page.row_ink(Row(row.glyphs[:1])).centre[1] for page, row in view.page_numbers()]


@measures("page_number.dash")
def _(view: View) -> Iterable[Reading]:
    return _dashes(view)


@measures("page_number.size")
def _(view: View) -> Iterable[Reading]:
    return _sizes(row for _, row in view.page_numbers())


@measures("page_number.font")
def _(view: View) -> Iterable[Reading]:
    return _fonts(row for _, row in view.page_numbers())


@measures("page_number.indent")
def _(view: View) -> Iterable[Reading]:
    return [RIGHT - row.x1 if page.number % 2 else row.x0 - LEFT for page, row in view.page_numbers()]


@measures("page_number.counts")
def _(view: View) -> Iterable[Reading]:
    return [int(row.text.strip("—")) - page.number for page, row in view.page_numbers()]


@measures("page_number.register")
def _(view: View) -> Iterable[Reading]:
    heights = _dashes(view)
    return [max(heights) - min(heights)]
