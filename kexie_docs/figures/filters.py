"""Filters that text and templates may put on a figure: `{{科普活动|准确}}`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from kexie_docs.errors import message
from kexie_docs.figures.derived import (
    Argument,
    Known,
    Subject,
    average,
    completion,
    cumulative,
    number_of,
    per_head,
    per_ten_thousand,
    share,
    total,
    year_on_year,
)
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.printing import natural_scale, surface
from kexie_docs.figures.value import Kind, Quantity

Filter = Callable[[Subject, Sequence[Argument], Known], Subject]
"""A filter: the figure with what is known beside it, its arguments, and every metric of the document."""


def in_hans(quantity: Quantity) -> Quantity:
    """Return the quantity in Chinese numerals: 三百余场 for 300余场, 三至五家 for 3—5家.

    Raises:
        QuantityError: it has no number (历年新高), or one too large for numerals.
    """
    if quantity.kind is Kind.RECORD:
        raise QuantityError(
            message("“{figure}” has no number to write in Chinese numerals", figure=surface(quantity))
        )
    if quantity.kind is Kind.FIRST:
        return quantity
    if quantity.ends is not None:
        first, second = map(in_hans, quantity.ends)
        joint = {Kind.RANGE: "至", Kind.PROPORTION: "比"}[quantity.kind]
        form = quantity.form if quantity.form in ("分之", "到") else joint
        return replace(quantity, hans=True, form=form, ends=(first, second))
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


def _alone(change: Callable[[Quantity], Quantity]) -> Filter:
    """Return a filter that looks at the figure alone."""

    def apply(subject: Subject, arguments: Sequence[Argument], known: Known) -> Subject:
        if subject.words:
            raise QuantityError(
                message("“{figure}” is told in words, which no filter can change", figure=subject.words),
                message(
                    "Take the last filter out, or ask for the size alone: {example}.", example="|同比('幅度')"
                ),
            )
        return replace(subject, quantity=change(subject.quantity))

    return apply


FILTERS: Mapping[str, Filter] = {
    "汉字": _alone(in_hans),
    "准确": _alone(exact),
    "同比": year_on_year,
    "占比": share,
    "完成率": completion,
    "合计": total,
    "累计": cumulative,
    "人均": per_head,
    "每万人": per_ten_thousand,
    "平均": average,
}
"""Every filter by the name that text and templates use."""

MANY = 20
"""Most metrics that one reference may add up."""

ARGUMENTS: Mapping[str, range] = {name: range(1) for name in FILTERS} | {
    "同比": range(2),
    "占比": range(1, 2),
    "合计": range(MANY + 1),
    "人均": range(1, 2),
    "每万人": range(1, 2),
    "平均": range(1, 2),
}
"""How many constant arguments each filter may take."""

_NAMING = frozenset(("占比", "合计", "人均", "每万人", "平均"))


def metrics_named(name: str, arguments: Sequence[str]) -> tuple[str, ...]:
    """Return the metrics that a filter's arguments name: 合计('甲','乙') names 甲 and 乙, 占比(500) none."""
    if name not in _NAMING:
        return ()
    return tuple(argument for argument in arguments if name == "合计" or number_of(argument) is None)


def apply_filter(name: str, subject: Subject, arguments: Sequence[Argument], known: Known) -> Subject:
    """Return what a filter gives; it can be printed.

    Raises:
        QuantityError: it does not fit the figure, or the document does not give what it needs.
    """
    if subject.words:
        # 增长16.4% has no 占比: its number is that of the words.
        return _alone(lambda quantity: quantity)(subject, arguments, known)
    result = FILTERS[name](subject, arguments, known)
    surface(result.quantity)
    return result
