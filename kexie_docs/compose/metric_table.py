"""The table of metrics: 指标, 单位, 上年, 本年, 同比, 目标, 完成率, 来源; only the columns that have data.

A row has one unit and one scale, those of this year's figure, so its numbers can be compared at a glance.
Counts whose exact value is known are printed exactly, without 余 and 近; where only the rounded number is
known it stands as it was given. Every number is a `Figure` that knows its metric, as in running text.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.number_values import FigureValue, MetricsValue
from kexie_docs.compose.tables import make_table
from kexie_docs.compose.values import TextValue, Value
from kexie_docs.doctree.nodes import Alignment, Figure, Inline, Table, Text
from kexie_docs.errors import message
from kexie_docs.figures.filters import exact
from kexie_docs.figures.printing import surface
from kexie_docs.figures.value import SCALES, Kind, Quantity
from kexie_docs.frozen import dataclass

NO_DATA = "—"
"""What stands in a cell for which there is no figure."""

_FIRST_PART, _NEXT_PART = "　其中：", "　　　　"
"""Before the names of 分项: the first says what they are, the others stand below its name."""

_SCALE_WORDS = {scale: word for word, scale in SCALES.items()}

_COMPARED = ("上年", "目标")
"""Parts of a metric that stand in its row."""

Cell = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class _Row:
    """A metric or one of its 分项.

    Attributes:
        label: what stands in the first column.
        figure: this year's figure.
        unit: base unit of the row; None where a figure of its own kind (第十六届) is printed whole.
        scale: 1, 10,000 or more: numbers are divided by it.
    """

    label: str
    figure: FigureValue
    unit: str | None
    scale: int


def metric_table(figures: Iterable[FigureValue], columns: Sequence[str] = ()) -> Table:
    """Return the table of metrics.

    Args:
        figures: the metrics, in the order of the rows.
        columns: names of columns, in their order; () takes all that have data.

    Raises:
        ValueUseError: KD416, there is no column of a name; KD410, there are no metrics.
    """
    unknown = next((name for name in columns if name not in _COLUMNS), None)
    if unknown is not None:
        raise ValueUseError(
            "KD416",
            message("A table of metrics has no column “{name}”.", name=unknown),
            message("Columns are: {names}.", names="、".join(_COLUMNS)),
        )
    rows = [row for figure in figures for row in _rows(figure)]
    if not rows:
        raise ValueUseError(
            "KD410",
            message("There are no metrics to make a table of."),
            message("Give metrics in the input, or take the table out."),
        )
    cells = {name: [_COLUMNS[name].cell(row) for row in rows] for name in columns or _COLUMNS}
    shown = [name for name in cells if columns or any(cells[name])]
    return make_table(
        [[(Text(name),) for name in shown]],
        [[cells[name][at] or (Text(NO_DATA),) for name in shown] for at in range(len(rows))],
        [_COLUMNS[name].alignment for name in shown],
        landscape=False,
    )


def _rows(figure: FigureValue) -> Iterator[_Row]:
    unit, scale = _unit_and_scale(figure)
    yield _Row(figure.metric, figure, unit, scale)
    parts = _part_of(figure, "分项")
    if isinstance(parts, MetricsValue):
        for index, (name, part) in enumerate(parts.named().items()):
            own_unit, own_scale = _unit_and_scale(part)
            label = f"{_NEXT_PART if index else _FIRST_PART}{name}"
            joint = own_unit == unit and _fits(part.quantity, scale)
            yield _Row(label, part, own_unit, scale if joint else own_scale)


def _unit_and_scale(figure: FigureValue) -> tuple[str | None, int]:
    """Return the unit and scale of a row; no unit for a figure that has no plain number (第十六届).

    Where a figure of the row is known only in words that another scale would make false, numbers keep their
    own 万 and 亿.
    """
    quantity = figure.quantity
    if not _is_plain(quantity):
        return None, 1
    others = [_part_of(figure, name) for name in _COMPARED]
    row = [quantity, *(one.quantity for one in others if isinstance(one, FigureValue))]
    scale = _exact(quantity).scale
    return quantity.unit, scale if all(_fits(one, scale) for one in row) else 1


def _fits(quantity: Quantity, scale: int) -> bool:
    """Return whether a figure can be printed in a scale: exact ones can, hedged ones in their own only.

    超10万人次 is 超10 in 万人次; 5万余人次 keeps its 万, as nobody says 5余.
    """
    number = _exact(quantity)
    if not number.hedge or not _is_plain(number):
        return True
    return number.scale == scale and surface(replace(number, unit="")).endswith(_SCALE_WORDS[scale])


def _is_plain(quantity: Quantity) -> bool:
    return quantity.kind in (Kind.COUNT, Kind.RATIO) and quantity.value is not None and not quantity.scope


def _exact(quantity: Quantity) -> Quantity:
    """Return the figure in digits, without its hedge where the exact number is known."""
    digits = replace(quantity, hans=False, form="") if _is_plain(quantity) else quantity
    return exact(digits) if digits.value is not None and not digits.stated else digits


def _number(figure: FigureValue, row: _Row) -> Cell:
    """Return a figure's number in the row's unit and scale; the whole figure where it has none of these."""
    quantity = figure.quantity
    if quantity.hedge and not quantity.stated and _is_plain(quantity):
        figure = figure.filtered("准确", ())
    (node,) = figure.inlines()
    assert isinstance(node, Figure), "a figure prints as one"
    if row.unit is None or not _is_plain(quantity) or quantity.unit != row.unit:
        return (node,)
    number = replace(_exact(quantity), unit="")
    word = _SCALE_WORDS[row.scale]
    if number.hedge:
        text = surface(number).removesuffix(word)
    elif word:
        text = surface(replace(number, scale=row.scale)).removesuffix(word)
    else:
        text = surface(number)
    return (replace(node, text=text),)


def _part_of(figure: FigureValue, name: str) -> Value | None:
    """Return a part of a figure; None where it has no such part."""
    try:
        part: Value = figure.part(name)
    except ValueUseError:
        return None
    return part


def _label(row: _Row) -> Cell:
    return (Text(row.label),)


def _unit(row: _Row) -> Cell:
    text = "" if row.unit is None else f"{_SCALE_WORDS[row.scale]}{row.unit}"
    return (Text(text),) if text else ()


def _this_year(row: _Row) -> Cell:
    return _number(row.figure, row)


def _part(name: str) -> Callable[[_Row], Cell]:
    """Return what fills the column of a part that is a figure: 上年, 目标."""

    def cell(row: _Row) -> Cell:
        part = _part_of(row.figure, name)
        return _number(part, row) if isinstance(part, FigureValue) else ()

    return cell


def _derived(name: str, *arguments: str) -> Callable[[_Row], Cell]:
    """Return what fills the column of a derived figure; where it cannot be worked out, nothing."""

    def cell(row: _Row) -> Cell:
        try:
            return row.figure.filtered(name, arguments).inlines()
        except ValueUseError:
            return ()

    return cell


def _source(row: _Row) -> Cell:
    part = _part_of(row.figure, "来源")
    return part.inlines() if isinstance(part, TextValue) else ()


@dataclass(frozen=True, slots=True)
class _Column:
    """How a column is filled and aligned; None for by what is in it."""

    cell: Callable[[_Row], Cell]
    alignment: Alignment | None


_COLUMNS: Mapping[str, _Column] = {
    "指标": _Column(_label, "start"),
    "单位": _Column(_unit, "center"),
    "上年": _Column(_part("上年"), "end"),
    "本年": _Column(_this_year, "end"),
    "同比": _Column(_derived("同比", "幅度"), "end"),
    "目标": _Column(_part("目标"), "end"),
    "完成率": _Column(_derived("完成率"), "end"),
    "来源": _Column(_source, None),
}
