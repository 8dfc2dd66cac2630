"""Filters that text and templates may put on a figure: `{{科普活动|准确}}`."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from kexie_docs.errors import message
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.printing import natural_scale, surface
from kexie_docs.figures.value import Kind, Quantity

Filter = Callable[..., "Quantity | str"]
"""A filter: the quantity, then its arguments as texts."""


def in_hans(quantity: Quantity) -> Quantity:
    """Return the quantity in Chinese numerals: 三百余场 for 300余场, 百分之十点四 for 10.4%.

    Raises:
        QuantityError: it has no number (历年新高), or one too large for numerals.
    """
    if quantity.kind is Kind.RECORD:
        raise QuantityError(
            message("“{figure}” has no number to write in Chinese numerals", figure=surface(quantity))
        )
    if quantity.kind is Kind.FIRST:
        return quantity
    hans = replace(quantity, hans=True, form="")
    surface(hans)  # a number that has no numerals is an error here, where the filter stands
    return hans


def exact(quantity: Quantity) -> Quantity:
    """Return the quantity without its hedge, with the exact number: 312场 for 300余场.

    Raises:
        QuantityError: only the rounded number is known.
    """
    if not quantity.hedge:
        return quantity
    if quantity.stated or quantity.value is None:
        raise QuantityError(
            message("the exact number behind “{figure}” is not known", figure=surface(quantity)),
            message("Give the metric as fields, such as {{数值: 312, 单位: 场, 表述: 余}}."),
        )
    scale = natural_scale(quantity.value) if quantity.scale == 1 else quantity.scale
    return replace(quantity, hedge="", scale=scale)


FILTERS: Mapping[str, Filter] = {"汉字": in_hans, "准确": exact}
"""Every filter by the name that text and templates use."""

ARGUMENTS: Mapping[str, int] = {"汉字": 0, "准确": 0}
"""How many constant arguments each filter takes."""
