"""Figures worked out from others: 同比, 占比, 完成率, 合计, 平均, 累计.

Everything is exact until the end: terms are the exact values of the input, the result is rounded once, half
up (四舍五入, as statistics and spreadsheets do; GB/T 8170's half to even is for measured values). Percentages
have one decimal and averages two, without zeros at the end. A rounded percentage never says more than the
exact one: what is not quite 100 % or not quite nothing keeps as many decimals as that takes (99.96%).

Nothing is made up: a term that is missing, that is known only as rounded (300余场), that counts something
else, or a division by zero is an error.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from math import gcd

from kexie_docs.errors import message
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.printing import natural_scale, surface
from kexie_docs.figures.value import SCALES, Kind, Quantity
from kexie_docs.frozen import dataclass

POINTS = "个百分点"
"""Unit of the difference of two percentages."""

_PEOPLE = ("人", "名", "位", "人次", "口")
_LONGEST_MONEY = 4
"""A sum in 万 or 亿 has at most this many decimals: 741.2345万元 is exact to the yuan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A figure with what is known beside it: what a filter is put on, and what it gives.

    Attributes:
        name: of the metric, as the input spells it.
        quantity: the figure; of a figure told in words (增长16.4%) the size of the change, never negative.
        previous: the same figure a year before; None where it is not known.
        target: what it was to be; None where it is not known.
        earlier: its total up to the year before (往年累计); None where it is not known.
        breakdown: its parts by name (分项).
        words: what is printed in place of the quantity; "" for the quantity itself.
        sources: the references that a derived figure was worked out from, such as 科普活动 and 科普活动.上年;
            empty for a figure that is given.
        method: name of the filter that worked it out; "" for a figure that is given.
    """

    name: str
    quantity: Quantity
    previous: Quantity | None = None
    target: Quantity | None = None
    earlier: Quantity | None = None
    breakdown: tuple[tuple[str, Quantity], ...] = ()
    words: str = ""
    sources: tuple[str, ...] = ()
    method: str = ""

    @property
    def text(self) -> str:
        """What is printed.

        Raises:
            QuantityError: the hedge cannot be said of the value.
        """
        return self.words or surface(self.quantity)


Known = Mapping[str, Subject]
"""Every metric of the document by its name."""

Argument = str | Subject
"""A constant argument of a filter as text, or (in templates) another figure."""

_Change = Callable[[Decimal, str, str], str]


def year_on_year(subject: Subject, arguments: Sequence[Argument], known: Known) -> Subject:
    """Return the change from the year before: 增长16.4%, 下降3.2%, 持平; of rates 提高2.3个百分点.

    With an argument: 增减 gives the difference (增加44场, 减少3场, 持平), 幅度 the change with its sign alone
    (16.4%, -3.2%, for tables), 增幅 and 降幅 the size of a rise or a fall after words of one's own, and an
    error where it went the other way.

    Raises:
        QuantityError: 上年 is not given, zero, known only as rounded or in another unit; no such form.
    """
    form = str(arguments[0]) if arguments else ""
    if form not in YEAR_ON_YEAR_FORMS:
        raise QuantityError(
            message("“{filter}” has no form “{form}”", filter="同比", form=form),
            message("Forms are: {forms}.", forms="、".join(filter(None, YEAR_ON_YEAR_FORMS))),
        )
    before = _given(subject, subject.previous, "上年")
    now = _exact(subject.quantity)
    _same_unit(subject.quantity, before)
    then = _exact(before)
    sources = _with_part(subject, "上年")
    change = now - then
    rates = subject.quantity.kind is Kind.RATIO
    if rates and subject.quantity.unit != "%":
        raise QuantityError(
            message(
                "“{filter}” cannot be said of figures in {unit}", filter="同比", unit=subject.quantity.unit
            ),
            message("Give the rate in %."),
        )
    if rates or form == "增减":
        size = _plain_count(abs(change), POINTS if rates else subject.quantity.unit, subject.quantity, before)
    else:
        size = _percentage(abs(change), then, "上年", subject)
    words = _told(form, change, surface(size), rates=rates, subject=subject)
    return Subject(name=subject.name, quantity=size, words=words, sources=sources, method="同比")


YEAR_ON_YEAR_FORMS = ("", "增减", "幅度", "增幅", "降幅")
"""Arguments of 同比; "" stands for none."""


def _told(form: str, change: Decimal, size: str, *, rates: bool, subject: Subject) -> str:
    """Return how a change is told; "" where its size says it all."""
    if form == "幅度":
        return f"-{size}" if change < 0 else ""
    if form in ("增幅", "降幅"):
        if (change > 0) == (form == "增幅") and change:
            return ""
        went = message("rose") if change > 0 else message("fell") if change else message("stayed the same")
        raise QuantityError(
            message(
                "“{name}” {went} from the year before; it has no {form}",
                name=subject.name,
                went=went,
                form=form,
            ),
            message("Correct the sentence, or use {filter}, which finds the word itself.", filter="同比"),
        )
    if not change:
        return "持平"
    if rates:
        return f"{'提高' if change > 0 else '降低'}{size}"
    if form == "增减":
        return f"{'增加' if change > 0 else '减少'}{size}"
    return f"{'增长' if change > 0 else '下降'}{size}"


def share(subject: Subject, arguments: Sequence[Argument], known: Known) -> Subject:
    """Return the figure as a percentage of another metric or of a number: 占比('科技成果'), 占比(500).

    Raises:
        QuantityError: the whole is zero, in another unit or not known exactly.
    """
    whole = _other(arguments[0], known, subject)
    if not isinstance(arguments[0], str) or arguments[0] in known:
        _same_unit(subject.quantity, whole.quantity)
    part = _exact(subject.quantity)
    size = _percentage(part, _exact(whole.quantity), whole.name or str(arguments[0]), subject)
    return _result(subject, size, "占比", whole)


def completion(subject: Subject, arguments: Sequence[Argument], known: Known) -> Subject:
    """Return the figure as a percentage of its 目标.

    Raises:
        QuantityError: 目标 is not given, zero, in another unit or not known exactly.
    """
    target = _given(subject, subject.target, "目标")
    _same_unit(subject.quantity, target)
    size = _percentage(_exact(subject.quantity), _exact(target), "目标", subject)
    return Subject(name=subject.name, quantity=size, sources=_with_part(subject, "目标"), method="完成率")


def total(subject: Subject, arguments: Sequence[Argument], known: Known) -> Subject:
    """Return the sum of the figure's 分项, or of the figure and the metrics that are named.

    Of metrics that all have 上年, 目标 or 往年累计 these are summed too, so that 同比 can follow.

    Raises:
        QuantityError: there are no 分项 and no names; units differ; a term is not known exactly.
    """
    if not arguments:
        if not subject.breakdown:
            raise QuantityError(
                message("“{name}” has no {part} to add up", name=subject.name, part="分项"),
                message("Give {part} where the metric stands, or name what is to be added: {example}.",
                        part="分项", example="|合计('…')"),
            )  # fmt: skip
        terms = [quantity for _, quantity in subject.breakdown]
        sources = _sources(subject, *(f"{subject.name}.分项.{name}" for name, _ in subject.breakdown))
        summed = _sum(terms)
        # Of the year before only the whole is known; it is compared with the same whole.
        own = replace(subject, words="", quantity=summed)
        return replace(own, sources=sources[1:], method="合计", breakdown=())
    others = [_metric(argument, known) for argument in arguments]
    everyone = [subject, *others]
    if twice := next(
        (one.name for index, one in enumerate(everyone) if one.name in {e.name for e in everyone[:index]}),
        None,
    ):
        raise QuantityError(
            message("“{name}” is added to itself", name=twice), message("Name each metric once.")
        )
    return Subject(
        name=subject.name,
        quantity=_sum([one.quantity for one in everyone]),
        previous=_sum_if_all([one.previous for one in everyone]),
        target=_sum_if_all([one.target for one in everyone]),
        earlier=_sum_if_all([one.earlier for one in everyone]),
        sources=_sources(subject, *(name for one in others for name in one.sources or (one.name,))),
        method="合计",
    )


def cumulative(subject: Subject, arguments: Sequence[Argument], known: Known) -> Subject:
    """Return the figure together with its total up to the year before (往年累计).

    Raises:
        QuantityError: 往年累计 is not given, in another unit or not known exactly.
    """
    earlier = _given(subject, subject.earlier, "往年累计")
    summed = _sum([subject.quantity, earlier])
    return Subject(name=subject.name, quantity=summed, sources=_with_part(subject, "往年累计"), method="累计")


def per_head(subject: Subject, arguments: Sequence[Argument], known: Known) -> Subject:
    """Return the figure for each person of another metric: 人均('会员').

    Raises:
        QuantityError: the other metric counts no people, is zero or not known exactly.
    """
    people = _people(arguments[0], known, "人均")
    return _result(subject, _average(subject, people, 1), "人均", people)


def per_ten_thousand(subject: Subject, arguments: Sequence[Argument], known: Known) -> Subject:
    """Return the figure for every 10,000 people of another metric: 每万人('常住人口').

    Raises:
        QuantityError: the other metric counts no people, is zero or not known exactly.
    """
    people = _people(arguments[0], known, "每万人")
    return _result(subject, _average(subject, people, 10_000), "每万人", people)


def average(subject: Subject, arguments: Sequence[Argument], known: Known) -> Subject:
    """Return the figure for each one of another metric, whatever that counts: 平均('科普活动').

    Raises:
        QuantityError: the other metric is zero or not known exactly.
    """
    number = _other(arguments[0], known, subject)
    return _result(subject, _average(subject, number, 1), "平均", number)


def rounded_quotient(part: Decimal, whole: Decimal, places: int) -> Decimal:
    """Return part / whole rounded half up to decimals, exactly computed.

    Raises:
        ZeroDivisionError: the whole is zero.
    """
    top, bottom = part.as_integer_ratio()
    other_top, other_bottom = whole.as_integer_ratio()
    numerator, denominator = top * other_bottom * 10**places, bottom * other_top
    divisor = gcd(numerator, denominator)
    numerator, denominator = numerator // divisor, denominator // divisor
    digits, rest = divmod(abs(numerator), abs(denominator))
    digits += 2 * rest >= abs(denominator)
    negative = (numerator < 0) != (denominator < 0)
    return Decimal(-digits if negative else digits).scaleb(-places)


def percentage(part: Decimal, whole: Decimal) -> Decimal:
    """Return how many per cent part is of whole: one decimal, or as many as keep it off 0 and 100.

    Raises:
        ZeroDivisionError: the whole is zero.
    """
    hundredfold = part * 100
    for places in range(1, 30):
        result = rounded_quotient(hundredfold, whole, places)
        # 99.96 % is not 100 %, and a change that is there is not 0 %.
        if result not in (0, 100) or hundredfold == result * whole:
            break
    return _trimmed(result)


def _percentage(part: Decimal, whole: Decimal, name: str, subject: Subject) -> Quantity:
    if not whole:
        raise QuantityError(
            message("“{name}” is zero, so there is no percentage of it", name=name),
            message("Correct the figure, or say it in words."),
        )
    return Quantity(kind=Kind.RATIO, value=percentage(part, whole), unit="%")


def _average(subject: Subject, number: Subject, times: int) -> Quantity:
    if subject.quantity.kind is Kind.RATIO:
        raise QuantityError(
            message("“{figure}” is a percentage, which cannot be shared out", figure=subject.text),
            message("Take the filter out."),
        )
    divisor = _exact(number.quantity)
    if not divisor:
        raise QuantityError(
            message("“{name}” is zero, so nothing can be shared out among it", name=number.name),
            message("Correct the figure, or say it in words."),
        )
    value = _exact(subject.quantity) * times
    places = 2
    while places < 30 and value and not (result := rounded_quotient(value, divisor, places)):
        places += 1  # a little is not nothing
    result = _trimmed(rounded_quotient(value, divisor, places))
    return Quantity(value=result, unit=subject.quantity.unit, scale=natural_scale(result))


def _sum(terms: Sequence[Quantity]) -> Quantity:
    first = terms[0]
    for term in terms[1:]:
        _same_unit(first, term)
    if first.kind is Kind.RATIO:
        raise QuantityError(
            message("Percentages cannot be added up: “{figure}”", figure=surface(first)),
            message("Add the numbers that they are made from."),
        )
    return _plain_count(sum((_exact(term) for term in terms), Decimal(0)), first.unit, *terms)


def _sum_if_all(terms: Sequence[Quantity | None]) -> Quantity | None:
    """Return the sum where every term is known exactly; None otherwise."""
    given = [term for term in terms if term is not None]
    if len(given) < len(terms):
        return None
    try:
        return _sum(given)
    except QuantityError:
        return None


def _plain_count(value: Decimal, unit: str, *terms: Quantity) -> Quantity:
    """Return an exact result in the scale that its terms are written in, where that leaves few decimals."""
    value = _trimmed(value)
    scales = sorted((scale for term in terms if (scale := term.scale) > 1), reverse=True)
    fitting = [scale for scale in scales if value >= scale and not value * 10**_LONGEST_MONEY % scale]
    scale = fitting[0] if fitting else natural_scale(value)
    assert scale in SCALES.values(), "scales of terms are scales"
    return Quantity(kind=Kind.COUNT, value=value, unit=unit, scale=scale)


def _trimmed(value: Decimal) -> Decimal:
    """Return the number without zeros after its last decimal, and without an exponent."""
    if value == value.to_integral_value():
        return value.quantize(Decimal(1), ROUND_HALF_UP)
    return value.normalize()


def _result(subject: Subject, quantity: Quantity, method: str, other: Subject) -> Subject:
    sources = _sources(subject, *((other.sources or (other.name,)) if other.name else ()))
    return Subject(name=subject.name, quantity=quantity, sources=sources, method=method)


def _sources(subject: Subject, *others: str) -> tuple[str, ...]:
    """Return what a result is worked out from, each once."""
    return tuple(dict.fromkeys((*(subject.sources or (subject.name,)), *others)))


def _with_part(subject: Subject, part: str) -> tuple[str, ...]:
    """Return what a result is worked out from when it is set against a part of the same metrics."""
    whole = [name for name in subject.sources if "." not in name] or [subject.name]
    return _sources(subject, *(f"{name}.{part}" for name in whole))


def _given(subject: Subject, quantity: Quantity | None, part: str) -> Quantity:
    if quantity is None:
        raise QuantityError(
            message("“{name}” has no {part} to be compared with", name=subject.name, part=part)
            if part != "往年累计"
            else message("“{name}” has no {part} to be added to", name=subject.name, part=part),
            message("Give {part} where the metric stands, or take the filter out.", part=part),
        )
    return quantity


def _exact(quantity: Quantity) -> Decimal:
    """Return the exact value of a count or ratio."""
    if quantity.value is None or quantity.kind not in (Kind.COUNT, Kind.RATIO):
        raise QuantityError(
            message("“{figure}” is no number to calculate with", figure=surface(quantity)),
            message("Take the filter out."),
        )
    if quantity.stated:
        raise QuantityError(
            message(
                "“{figure}” is rounded: nothing exact can be worked out from it", figure=surface(quantity)
            ),
            message("Give the exact number with its hedge as fields, such as {example}.",
                    example="{数值: 312, 单位: 场, 表述: 余}"),
        )  # fmt: skip
    return quantity.value


def _same_unit(one: Quantity, other: Quantity) -> None:
    if (one.unit, one.scope) != (other.unit, other.scope) or (one.kind is Kind.RATIO) != (
        other.kind is Kind.RATIO
    ):
        raise QuantityError(
            message("“{one}” and “{other}” are not in the same unit", one=surface(one), other=surface(other)),
            message("Give both in one unit."),
        )


def _metric(argument: Argument, known: Known) -> Subject:
    if isinstance(argument, Subject):
        return argument
    if argument not in known:
        raise QuantityError(
            message("Nothing is named “{name}”", name=argument),
            message("Name a metric that the input gives, in quotation marks."),
        )
    return known[argument]


def _other(argument: Argument, known: Known, subject: Subject) -> Subject:
    """Return the metric that an argument names, or the number that it is."""
    if isinstance(argument, str) and (number := number_of(argument)) is not None:
        return Subject(name="", quantity=Quantity(value=number, unit=subject.quantity.unit))
    return _metric(argument, known)


def number_of(argument: str) -> Decimal | None:
    """Return the number that an argument writes in digits; None where it is a name."""
    plain = argument.strip()
    whole, _, places = plain.partition(".")
    fits = plain.isascii() and whole.isdigit() and (places.isdigit() or "." not in plain) and len(plain) < 25
    return Decimal(plain) if fits else None


def _people(argument: Argument, known: Known, method: str) -> Subject:
    people = _metric(argument, known)
    if people.quantity.unit not in _PEOPLE:
        raise QuantityError(
            message(
                "“{filter}” needs a number of people; “{name}” is {figure}",
                filter=method,
                name=people.name,
                figure=people.text,
            ),
            message("Name a metric in 人, or use {filter}.", filter="平均"),
        )
    return people
