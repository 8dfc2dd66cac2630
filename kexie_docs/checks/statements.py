"""What an input says of each thing: figures with the thing they count, and whether two of them agree."""

import re
from collections.abc import Iterator
from decimal import Decimal

from kexie_docs.checks.rule import TextKind
from kexie_docs.checks.view import InputView, Passage
from kexie_docs.figures.hedges import HEDGES
from kexie_docs.figures.quantity import Kind, Quantity
from kexie_docs.frozen import dataclass
from kexie_docs.model.plain import FieldPath
from kexie_docs.text.numerals import from_hans

_AFFIX = re.compile(
    "^(?:全年|全市|本年|累计|共计|共|总|开展|举办|组织|实施)|(?:总数量|总数|数量|总量|个数|场数|次数|人数|总人次|人次|场次|数|量|情况)$"
)
_CLAUSE = re.compile("[，。；：！？、…\n]")
HAN = "\u4e00-\u9fff"
"""Han characters, for the brackets of an expression."""
SHORTEST_NAME = 3
"""Shortest name in characters that is taken for the same thing wherever it stands."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One figure and the thing it is about.

    Attributes:
        thing: name of what is counted.
        quantity: the figure.
        path: of the value that it stands in.
        offset: in the value's text, or None for a metric.
        headline: whether it is told in the title or opening, or belongs to the whole document.
        shown: the figure as written.
        order: its file and its place in it, to tell the earlier from the later.
    """

    thing: str
    quantity: Quantity
    path: FieldPath
    offset: int | None
    headline: bool
    shown: str
    order: tuple[int, int]


def core(name: str) -> str:
    """Return a metric's name without words that do not tell one thing from another (全年, 总数)."""
    while len(shorter := _AFFIX.sub("", name, count=1)) >= SHORTEST_NAME and shorter != name:
        name = shorter
    return name


def metric_statements(view: InputView) -> Iterator[Statement]:
    """Yield what each metric says; rates and counts only."""
    from kexie_docs.figures.quantity import print_quantity

    for name, metric in view.report.all_metrics().items():
        quantity = metric.quantity
        if quantity.value is None or quantity.kind not in (Kind.COUNT, Kind.RATIO):
            continue
        path = view.metric_paths[name]
        yield Statement(
            core(name),
            quantity,
            path,
            None,
            len(path) == 2,
            print_quantity(quantity),
            view.loaded.parsed.start(path),
        )


def typed_statements(view: InputView) -> Iterator[tuple[Statement, str, Passage]]:
    """Yield each typed figure with the clause that it stands in; its thing is not known yet."""
    for passage, figures in view.figures:
        if passage.checked.kind is TextKind.LINE:
            continue
        for found in figures:
            if found.quantity is None or found.quantity.value is None:
                continue
            if not passage.is_typed(found.start, found.end):
                continue
            offset = passage.source_offset(found.start)
            file, start = view.loaded.parsed.start(passage.path)
            statement = Statement(
                "",
                found.quantity,
                passage.path,
                offset,
                passage.part in ("title", "opening"),
                passage.text[found.start : found.end],
                (file, start + offset),
            )
            yield statement, _clause(passage, found.start, found.end), passage


def _clause(passage: Passage, start: int, end: int) -> str:
    """Return the clause around a figure, other figures and what they count left out."""
    text = passage.text
    before = start
    while before > 0 and not _CLAUSE.match(text[before - 1]):
        before -= 1
    after = end
    while after < len(text) and not _CLAUSE.match(text[after]):
        after += 1
    return text[before:start] + "\0" + text[end:after]


def bounds(quantity: Quantity) -> tuple[Decimal, Decimal]:
    """Return the least and the greatest value that a figure can stand for."""
    value = quantity.value
    assert value is not None, "only figures with a number are compared"
    hedge = HEDGES.get(quantity.hedge)
    if hedge is None or not quantity.stated:
        return value, value
    step = Decimal(1).scaleb(
        value.adjusted() - len(str(int(value.scaleb(-value.adjusted() + 6))).rstrip("0")) + 1
    )
    match hedge.word:
        case "余" | "多":
            return value, value + max(step, value / 10)
        case "近" | "将近":
            return value * Decimal("0.8"), value
        case "约" | "左右":
            return value * Decimal("0.9"), value * Decimal("1.1")
        case "以下":
            return Decimal(0), value
        case _:
            return value, value * Decimal("1.5")


_ALIKE = {
    unit: group[0]
    for group in (("人", "名", "位"), ("场", "场次"), ("个", "家", "所", "处"))
    for unit in group
}
"""Measure words that count the same things in other words: 300人 and 320名 of one thing contradict."""


def same_unit(one: Quantity, other: Quantity) -> bool:
    """Return whether two figures count in the same unit, by whichever of its measure words."""
    return _ALIKE.get(one.unit, one.unit) == _ALIKE.get(other.unit, other.unit)


def disagree(one: Quantity, other: Quantity) -> bool:
    """Return whether no value makes both figures true; figures of different units never disagree."""
    if not same_unit(one, other) or one.value is None or other.value is None:
        return False
    low, high = bounds(one)
    other_low, other_high = bounds(other)
    return high < other_low or other_high < low


def is_hedged(quantity: Quantity) -> bool:
    """Return whether only a hedged number is known."""
    return bool(quantity.hedge) and quantity.stated


def whole_number(text: str) -> int | None:
    """Return a number in digits or Chinese numerals; None when it is none."""
    try:
        return int(text) if text.isascii() else from_hans(text)
    except ValueError:
        return None
