"""A quantity as people write it: reading and printing, which are inverse.

The value itself is in `value`, the grammar in `parse`, the rules of printing in `printing`.
"""

from kexie_docs.figures.parse import from_fields, parse
from kexie_docs.figures.printing import surface
from kexie_docs.figures.value import SCALES, Kind, Quantity

__all__ = ["SCALES", "Kind", "Quantity", "parse_quantity", "print_quantity", "quantity_from_fields"]


def parse_quantity(text: str) -> Quantity:
    """Return the quantity that ``text`` writes, such as 300余场, 超10万人次, 第十六届, 全省首家, 历年新高.

    Raises:
        QuantityError: it is none, with what is wrong and what to write instead.
    """
    return parse(text)


def print_quantity(quantity: Quantity) -> str:
    """Return the quantity as people write it; `parse_quantity` reads it back.

    Raises:
        QuantityError: its hedge cannot be said of its value (5余场).
    """
    return surface(quantity)


def quantity_from_fields(number: str, unit: str = "", hedge: str = "") -> Quantity:
    """Return the quantity of an exact number given apart from its unit and hedge (数值, 单位, 表述).

    Args:
        number: the exact number, with 万 or 亿 and a unit if it is written so (741万元).
        unit: unit that follows; "" when ``number`` holds it or there is none.
        hedge: one of the hedges; "" for none. A hedged number is rounded when it is printed.

    Raises:
        QuantityError: the number, the unit or the hedge is none.
    """
    return from_fields(number, unit, hedge)
