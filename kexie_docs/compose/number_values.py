"""Numbers, dates and figures as templates see them: compared, counted with, filtered."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.values import MissingValue, Printer, TextValue, Value, no_part
from kexie_docs.doctree.nodes import Figure, FigureFact, FigureOrigin, Inline, Text
from kexie_docs.errors import message
from kexie_docs.figures.derived import Argument, Known, Subject
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.filters import ARGUMENTS, FILTERS, apply_filter
from kexie_docs.figures.quantity import Quantity
from kexie_docs.text.numerals import format_date


def _number(other: object) -> int | Decimal | None:
    if isinstance(other, NumberValue):
        return other.number
    if isinstance(other, FigureValue):
        return other.quantity.value
    if isinstance(other, float):
        return Decimal(str(other))
    return other if isinstance(other, int | Decimal) and not isinstance(other, bool) else None


class _Comparable(Value):
    """A value with a number, compared by it."""

    __slots__ = ()

    def _compared(self) -> int | Decimal | None:
        """Return the value's number, or None when it has none; each kind of value has its own."""
        raise NotImplementedError

    def _compare(self, other: object, holds: Callable[[Any, Any], bool]) -> bool:
        mine, theirs = self._compared(), _number(other)
        if mine is None or theirs is None:
            raise ValueUseError("KD405", message("“{name}” cannot be compared with this.", name=self._name))
        return holds(mine, theirs)

    def __eq__(self, other: object) -> bool:
        mine, theirs = self._compared(), _number(other)
        return mine is not None and mine == theirs

    def __hash__(self) -> int:
        return hash(self._compared())

    def __lt__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: bool(a < b))

    def __le__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: bool(a <= b))

    def __gt__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: bool(a > b))

    def __ge__(self, other: object) -> bool:
        return self._compare(other, lambda a, b: bool(a >= b))


class NumberValue(_Comparable):
    """A whole number that one may count with: {{ 年度 + 1 }}."""

    __slots__ = ("number",)

    def __init__(self, printer: Printer, name: str, number: int) -> None:
        super().__init__(printer, name)
        self.number = number

    def _compared(self) -> int:
        return self.number

    def inlines(self) -> tuple[Inline, ...]:
        """Return the number in digits."""
        return (Text(str(self.number)),)

    def _with(self, number: int) -> "NumberValue":
        return NumberValue(self._printer, self._name, number)

    def __add__(self, other: object) -> "NumberValue":
        return self._with(self.number + self._whole(other))

    def __radd__(self, other: object) -> "NumberValue":
        return self._with(self._whole(other) + self.number)

    def __sub__(self, other: object) -> "NumberValue":
        return self._with(self.number - self._whole(other))

    def __rsub__(self, other: object) -> "NumberValue":
        return self._with(self._whole(other) - self.number)

    def __index__(self) -> int:
        return self.number

    def _whole(self, other: object) -> int:
        number = _number(other)
        if not isinstance(number, int):
            raise ValueUseError(
                "KD405", message("“{name}” can only be counted with whole numbers.", name=self._name)
            )
        return number


class DateValue(Value):
    """A day, printed as 2025年12月31日, with the parts 年, 月, 日."""

    __slots__ = ("day",)

    def __init__(self, printer: Printer, name: str, day: date) -> None:
        super().__init__(printer, name)
        self.day = day

    def inlines(self) -> tuple[Inline, ...]:
        """Return the date as GB/T 9704 7.3.5.4 writes it."""
        return (Text(format_date(self.day)),)

    def part(self, name: str) -> Any:
        """Return 年, 月 or 日 as a number."""
        parts = {"年": self.day.year, "月": self.day.month, "日": self.day.day}
        parts |= {"year": self.day.year, "month": self.day.month, "day": self.day.day}
        if name not in parts:
            raise no_part(self._name, name, parts)
        return NumberValue(self._printer, f"{self._name}.{name}", parts[name])


FigureParts: TypeAlias = Mapping[str, Quantity | str | Mapping[str, Quantity] | None]
"""What else an input says of a metric, by name: its figures of other years, its 分项, its texts."""


class FigureValue(_Comparable):
    """A figure: printed as a node that knows its metric.

    Attributes:
        metric: name of the metric as the input spells it.
        subject: the figure with what is known beside it.
        expression: the reference as written, filters included.
    """

    __slots__ = ("_known", "_origin", "_other_parts", "expression", "metric", "subject")

    def __init__(
        self,
        printer: Printer,
        metric: str,
        subject: Subject,
        expression: str,
        known: Known,
        other_parts: Callable[[], FigureParts] = dict,
        origin: Callable[[], FigureOrigin] = FigureOrigin,
    ) -> None:
        """Make a figure.

        Args:
            printer: where values leave what they print.
            metric: name of its metric.
            subject: what it prints, and what filters see.
            expression: the reference as written.
            known: every metric, for filters that name others.
            other_parts: gives what else templates may ask of it, by name in both spellings.
            origin: tells where the input gives the metric; asked when the figure is printed.
        """
        super().__init__(printer, expression)
        self.metric = metric
        self.subject = subject
        self.expression = expression
        self._known = known
        self._other_parts = other_parts
        self._origin = origin

    @property
    def quantity(self) -> Quantity:
        """The figure itself."""
        return self.subject.quantity

    def _compared(self) -> Decimal | None:
        return self.quantity.value

    def inlines(self) -> tuple[Inline, ...]:
        """Return the figure as people write it.

        Raises:
            ValueUseError: KD311, its hedge cannot be said of its value.
        """
        try:
            text = self.subject.text
        except QuantityError as error:
            raise ValueUseError("KD311", error.problem, error.hint) from None
        return (Figure(text, self.metric, self.expression, self.subject.sources, self._fact()),)

    def _fact(self) -> FigureFact:
        quantity = self.quantity
        return FigureFact(
            kind=quantity.kind.value,
            value=_exact(quantity),
            ends=tuple(map(_exact, quantity.ends or ())),
            unit=quantity.unit,
            hedge=quantity.hedge,
            origin=self._origin(),
        )

    def part(self, name: str) -> Any:
        """Return another figure of the metric (上年, 目标), its 分项 or a text, missing where not given."""
        parts = self._other_parts()
        if name not in parts:
            raise no_part(self._name, name, parts)
        part, expression = parts[name], f"{self.expression}.{name}"
        if part is None:
            return MissingValue(self._printer, expression)
        if isinstance(part, str):
            return TextValue(self._printer, expression, part)
        if isinstance(part, Quantity):
            return self._part(part, expression)
        figures = {one: self._part(figure, f"{expression}.{one}") for one, figure in part.items()}
        return MetricsValue(self._printer, expression, figures)

    def _part(self, quantity: Quantity, expression: str) -> "FigureValue":
        subject = Subject(name=expression, quantity=quantity)
        return FigureValue(self._printer, self.metric, subject, expression, self._known, origin=self._origin)

    def filtered(self, name: str, arguments: Sequence[object]) -> "FigureValue":
        """Return the figure with a filter put on it.

        Raises:
            ValueUseError: KD312, the filter is unknown, does not fit the figure or has the wrong arguments.
        """
        if name not in FILTERS:
            raise ValueUseError("KD312", message("There is no filter “{name}”.", name=name))
        if len(arguments) not in ARGUMENTS[name]:
            counts = ARGUMENTS[name]
            raise ValueUseError(
                "KD312",
                message(
                    "The filter “{name}” takes {n} arguments.",
                    name=name,
                    n=counts.start if len(counts) == 1 else f"{counts.start}—{counts.stop - 1}",
                ),
            )
        try:
            result = apply_filter(name, self.subject, [_argument(one) for one in arguments], self._known)
        except QuantityError as error:
            raise ValueUseError("KD312", error.problem, error.hint) from None
        written = ", ".join(
            one.expression if isinstance(one, FigureValue) else repr(str(one)) for one in arguments
        )
        expression = f"{self.expression}|{name}" + (f"({written})" if written else "")
        return FigureValue(self._printer, self.metric, result, expression, self._known, origin=self._origin)


def _exact(quantity: Quantity) -> str:
    """Return the exact number in digits; "" for none."""
    return "" if quantity.value is None else format(quantity.value, "f")


def _argument(value: object) -> Argument:
    """Return an argument of a filter: another figure, or a constant as text."""
    if isinstance(value, FigureValue):
        return value.subject
    if isinstance(value, TextValue):
        return value.text
    return str(value.number if isinstance(value, NumberValue) else value)


class MetricsValue(Value):
    """The metrics of a part by name; looped over, it gives the figures."""

    __slots__ = ("_figures",)

    def __init__(self, printer: Printer, name: str, figures: Mapping[str, FigureValue]) -> None:
        super().__init__(printer, name)
        self._figures = figures

    def part(self, name: str) -> Any:
        """Return the figure of a name."""
        if name not in self._figures:
            raise no_part(self._name, name, self._figures)
        return self._figures[name]

    def __iter__(self) -> Iterator[FigureValue]:
        return iter(self._figures.values())

    def named(self) -> Mapping[str, FigureValue]:
        """Return the figures by name."""
        return self._figures

    def __contains__(self, name: object) -> bool:
        return name in self._figures

    def __len__(self) -> int:
        return len(self._figures)

    def __bool__(self) -> bool:
        return bool(self._figures)
