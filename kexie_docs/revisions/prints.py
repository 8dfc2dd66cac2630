"""Where the input's values are printed, and what each print says in the copy."""

from dataclasses import field, replace
from decimal import Decimal, InvalidOperation

from kexie_docs.doctree.nodes import Figure
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.quantity import Quantity, parse_quantity, print_quantity
from kexie_docs.frozen import dataclass
from kexie_docs.revisions.expected import Atom, Source

_SCALES = {Decimal(1): "", Decimal(10_000): "万", Decimal(100_000_000): "亿"}


@dataclass(frozen=True, slots=True)
class Print:
    """A value in one of the places where it is printed.

    Attributes:
        old: what the input gives.
        new: what the copy says there; None where it is gone.
        said: the same as the metric would be written: with the unit that a table has in another column.
        reference: the reference that prints it; None where the template does.
    """

    old: str
    new: str | None
    said: str | None
    reference: Source | None


@dataclass(slots=True)
class Prints:
    """All the places where a value is printed."""

    prints: list[Print] = field(default_factory=list)

    def note(self, atom: Atom, old: str, new: str | None) -> None:
        """Add a place."""
        said = new if atom.figure is None or new is None else as_written(atom.figure, old, new)
        self.prints.append(Print(old, new, said, atom.reference))

    def agreed(self) -> str | None:
        """Return the new text that all prints have that are left; None where there is none or they differ."""
        left = {one.said for one in self.prints if one.said is not None}
        changed = any(one.new is not None and one.new != one.old for one in self.prints)
        return left.pop() if len(left) == 1 and changed else None


def as_written(figure: Figure, old: str, new: str) -> str:
    """Return what a print of a figure says, in the form in which a metric is written.

    Args:
        figure: as the input gives it.
        old: its print: the figure, or only its number where a table has the unit in another column.
        new: what the copy says there.
    """
    quantity = _quantity(new)
    if quantity is None or figure.fact is None:
        return new
    unit = figure.fact.unit
    if unit and not quantity.unit and not old.endswith(unit):
        before = _quantity(old)
        scale = _scale(before, figure.fact.value)
        return new if scale is None else f"{new}{scale}{unit}"
    if figure.expression.endswith("|汉字"):
        try:
            return print_quantity(replace(quantity, hans=False, form=""))
        except QuantityError:
            return new
    return new


def _quantity(text: str) -> Quantity | None:
    try:
        return parse_quantity(text)
    except QuantityError:
        return None


def _scale(printed: Quantity | None, value: str) -> str | None:
    """Return 万 or 亿 where a printed number is counted in these; None where it is not the value's."""
    try:
        exact = Decimal(value)
    except InvalidOperation:
        return None
    if printed is None or not printed.value:
        return "" if printed is not None and exact == 0 else None
    return _SCALES.get(exact / printed.value)
