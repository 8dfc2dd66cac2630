"""Input values as templates see them: what each can be asked for, and how it prints (always as a token)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, TypeAlias

from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.tokens import Passage, TokenStore
from kexie_docs.doctree.nodes import Figure, FigureFact, FigureOrigin, Inline, Text
from kexie_docs.errors import message
from kexie_docs.figures.derived import Argument, Known, Subject
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.filters import ARGUMENTS, FILTERS, apply_filter
from kexie_docs.figures.quantity import Quantity
from kexie_docs.text.numerals import format_date

Printer: TypeAlias = TokenStore
"""Where a value leaves what it prints."""


class Value:
    """Base of all values: printed as a token, compared by what it prints, true unless empty."""

    __slots__ = ("_name", "_printer")

    def __init__(self, printer: Printer, name: str) -> None:
        self._printer = printer
        self._name = name

    @property
    def printer(self) -> Printer:
        """Where it leaves what it prints."""
        return self._printer

    def inlines(self) -> tuple[Inline, ...]:
        """Return what the value prints.

        Raises:
            ValueUseError: KD410, it cannot be printed as a whole.
        """
        raise ValueUseError(
            "KD410",
            message("“{name}” cannot be printed as it stands.", name=self._name),
            message("Print one of its parts, or loop over it."),
        )

    def part(self, name: str) -> Any:
        """Return the part of a name.

        Raises:
            ValueUseError: KD405, there is no such part.
        """
        raise _no_part(self._name, name, ())

    def item(self, index: object) -> Any:
        """Return the item at an index; negative ones count from the end.

        Raises:
            ValueUseError: KD405, there is no such item.
        """
        raise _no_part(self._name, str(index), ())

    def __str__(self) -> str:
        return self._printer.token(self.inlines())

    def __bool__(self) -> bool:
        return True


class MissingValue(Value):
    """A value that the input may give and does not: false, empty, and an error when printed."""

    __slots__ = ("_parts",)

    def __init__(self, printer: Printer, name: str, parts: Mapping[str, str] | None = None) -> None:
        super().__init__(printer, name)
        self._parts = parts or {}

    def inlines(self) -> tuple[Inline, ...]:
        """Raise KD410: there is nothing to print."""
        raise ValueUseError(
            "KD410",
            message("“{name}” is to be printed, but the input does not give it.", name=self._name),
            message(
                "Give it in the input, or let the template ask first: {{% if {name} %}}.", name=self._name
            ),
        )

    def part(self, name: str) -> Any:
        """Return the part as missing too, if such parts can be there at all."""
        if name not in self._parts:
            raise _no_part(self._name, name, self._parts)
        return MissingValue(self._printer, f"{self._name}.{name}")

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())


class TextValue(Value):
    """One line of text."""

    __slots__ = ("text",)

    def __init__(self, printer: Printer, name: str, text: str) -> None:
        super().__init__(printer, name)
        self.text = text

    def inlines(self) -> tuple[Inline, ...]:
        """Return the text."""
        return (Text(self.text),) if self.text else ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def __eq__(self, other: object) -> bool:
        return self.text == (other.text if isinstance(other, TextValue) else other)

    def __hash__(self) -> int:
        return hash(self.text)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and text in self.text


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
            raise _no_part(self._name, name, parts)
        return NumberValue(self._printer, f"{self._name}.{name}", parts[name])


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
        other_parts: Mapping[str, Quantity | str | Mapping[str, Quantity] | None] | None = None,
        origin: Callable[[], FigureOrigin] = FigureOrigin,
    ) -> None:
        """Make a figure.

        Args:
            printer: where values leave what they print.
            metric: name of its metric.
            subject: what it prints, and what filters see.
            expression: the reference as written.
            known: every metric, for filters that name others.
            other_parts: what else templates may ask of it, by name in both spellings.
            origin: tells where the input gives the metric; asked when the figure is printed.
        """
        super().__init__(printer, expression)
        self.metric = metric
        self.subject = subject
        self.expression = expression
        self._known = known
        self._other_parts = other_parts or {}
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
        if name not in self._other_parts:
            raise _no_part(self._name, name, self._other_parts)
        part, expression = self._other_parts[name], f"{self.expression}.{name}"
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


class ParagraphValue(Value):
    """One paragraph of prose."""

    __slots__ = ("_inlines",)

    def __init__(self, printer: Printer, name: str, inlines: tuple[Inline, ...]) -> None:
        super().__init__(printer, name)
        self._inlines = inlines

    def inlines(self) -> tuple[Inline, ...]:
        """Return its text and figures."""
        return self._inlines


class ProseValue(Value):
    """Prose: printed as one paragraph of Markdown for each of its own; a loop gives them one by one."""

    __slots__ = ("_paragraphs",)

    def __init__(self, printer: Printer, name: str, paragraphs: tuple[tuple[Inline, ...], ...]) -> None:
        super().__init__(printer, name)
        self._paragraphs = paragraphs

    def inlines(self) -> tuple[Inline, ...]:
        """Return the text of prose that is one paragraph."""
        if len(self._paragraphs) > 1:
            return super().inlines()
        return self._paragraphs[0] if self._paragraphs else ()

    def item(self, index: object) -> Any:
        """Return one paragraph."""
        return _item(self._name, list(self), index)

    def __str__(self) -> str:
        return "\n\n".join(map(str, self))

    def __iter__(self) -> Iterator[ParagraphValue]:
        return (ParagraphValue(self._printer, self._name, inlines) for inlines in self._paragraphs)

    def __len__(self) -> int:
        return len(self._paragraphs)

    def __bool__(self) -> bool:
        return bool(self._paragraphs)


class BodyValue(Value):
    """Markdown of the input: printed as a passage of blocks, on a line of its own."""

    __slots__ = ("_markdown", "_source")

    def __init__(self, printer: Printer, name: str, markdown: str, source: str = "") -> None:
        super().__init__(printer, name)
        self._markdown = markdown
        self._source = source

    def __str__(self) -> str:
        return f"\n\n{self._printer.token(Passage(self._markdown, self._name, self._source))}\n\n"

    def __bool__(self) -> bool:
        return bool(self._markdown.strip())


class ListValue(Value):
    """Several values in order."""

    __slots__ = ("_items",)

    def __init__(self, printer: Printer, name: str, items: Sequence[Value]) -> None:
        super().__init__(printer, name)
        self._items = items

    def item(self, index: object) -> Any:
        """Return one of the values."""
        return _item(self._name, self._items, index)

    def __iter__(self) -> Iterator[Value]:
        return iter(self._items)

    def __reversed__(self) -> Iterator[Value]:
        return reversed(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __bool__(self) -> bool:
        return bool(self._items)


class RecordValue(Value):
    """Values by name, under Chinese and English spellings."""

    __slots__ = ("_made", "_parts", "_spellings")

    def __init__(
        self,
        printer: Printer,
        name: str,
        spellings: Mapping[str, str],
        parts: Mapping[str, Callable[[], Value]],
    ) -> None:
        """Make a record.

        Args:
            printer: where values leave what they print.
            name: for messages.
            spellings: every name that may be asked for, to the key in ``parts``.
            parts: makes each value when it is first asked for.
        """
        super().__init__(printer, name)
        self._spellings = spellings
        self._parts = parts
        self._made: dict[str, Value] = {}

    def part(self, name: str) -> Any:
        """Return the value of a name."""
        key = self._spellings.get(name)
        if key is None:
            raise _no_part(self._name, name, self._spellings)
        if key not in self._made:
            self._made[key] = self._parts[key]()
        return self._made[key]


class MetricsValue(Value):
    """The metrics of a part by name; looped over, it gives the figures."""

    __slots__ = ("_figures",)

    def __init__(self, printer: Printer, name: str, figures: Mapping[str, FigureValue]) -> None:
        super().__init__(printer, name)
        self._figures = figures

    def part(self, name: str) -> Any:
        """Return the figure of a name."""
        if name not in self._figures:
            raise _no_part(self._name, name, self._figures)
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


def _item(name: str, items: Sequence[Value], index: object) -> Value:
    number = index.number if isinstance(index, NumberValue) else index
    if not isinstance(number, int) or isinstance(number, bool) or not -len(items) <= number < len(items):
        raise _no_part(name, str(number), ())
    return items[number]


def _no_part(owner: str, name: str, known: "Mapping[str, Any] | Sequence[str]") -> ValueUseError:
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    hint = (
        message("Did you mean “{near}”?", near=near[0])
        if near
        else message("It has: {names}.", names="、".join(known))
        if known
        else None
    )
    return ValueUseError("KD405", message("“{owner}” has no part “{name}”.", owner=owner, name=name), hint)
