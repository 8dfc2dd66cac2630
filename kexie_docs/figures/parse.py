"""Reading a quantity from the words that people write for it."""

import re
from dataclasses import replace
from decimal import Decimal

from kexie_docs.errors import message
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.hedges import HEDGES, Position, words
from kexie_docs.figures.printing import hans_numeral, is_bound, natural_scale, surface
from kexie_docs.figures.spelling import folded
from kexie_docs.figures.value import RATIOS, SCALES, Kind, Quantity
from kexie_docs.text.numerals import HANS_NUMERALS, from_hans

MAX_LENGTH = 60
"""Longest figure in characters; a longer text is prose."""

MAX_DIGITS = 24
"""Most digits of a number: more than any real count, few enough for exact arithmetic to stay cheap."""

CURRENCIES = ("人民币", "港币", "澳门币", "新台币", "美金", "￥", "¥", "$", "€", "£")
"""What may stand before a sum of money."""


def _either(items: tuple[str, ...]) -> str:
    return "|".join(map(re.escape, items))


_SCALE = _either(tuple(sorted(filter(None, SCALES), key=len, reverse=True)))
_INSIDE = _either(words(Position.INSIDE))
_COUNT = re.compile(
    rf"(?P<scope>{_either(CURRENCIES)})?"
    rf"(?P<before>{_either(words(Position.BEFORE))})?"
    rf"(?P<ratio>{_either(tuple(RATIOS.values()))})?"
    rf"(?P<number>[0-9][0-9.]*|[{HANS_NUMERALS}]+(?:点[{HANS_NUMERALS}]+)?)"
    rf"(?P<early>{_INSIDE})?(?P<scale>{_SCALE})?(?P<late>{_INSIDE})?"
    rf"(?P<unit>.*?)"
    rf"(?P<after>{_either(words(Position.AFTER))})?"
)
_ORDINAL = re.compile(rf"(?P<scope>[^第0-9]*)第(?P<number>[0-9]+|[{HANS_NUMERALS}]+)(?P<unit>\D*)")
_TWO_HEDGES = re.compile(
    rf"({_either(words(Position.BEFORE))})({_either(words(Position.BEFORE))})[0-9{HANS_NUMERALS}]"
)
_TOP = re.compile(rf"(?P<scope>[^前0-9]*)前(?P<number>[0-9]+|[{HANS_NUMERALS}]+)(?P<unit>[名位强]?)")
_RANGE = re.compile(
    rf"(?P<low>(?:{_either(words(Position.BEFORE))})?[0-9{HANS_NUMERALS}].*?)(?P<joint>—{{1,2}}|[–～~－-]|至|到)(?P<high>[0-9{HANS_NUMERALS}].*)"
)
_BEFORE = rf"(?P<before>{_either(words(Position.BEFORE))})?"
_AFTER = rf"(?P<after>{_either(words(Position.AFTER))})?"
_DIGITS = r"(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
_PROPORTION = re.compile(
    rf"{_BEFORE}(?:(?P<part>{_DIGITS})(?P<joint>[:：∶/比])(?P<whole>{_DIGITS})"
    # 百分之 and 千分之 are ratios, with % and ‰.
    rf"|(?P<hans_whole>(?![百千]分)[{HANS_NUMERALS}]+)(?P<hans_joint>分之)(?P<hans_part>[{HANS_NUMERALS}]+)){_AFTER}"
)
_MEASURE = "个家次届批例台部位所座条项名支场本期篇款种张间处辆只"
_FIRST = re.compile(rf"(?P<scope>[^0-9首]*)首(?P<unit>[{_MEASURE}])")
_RECORD = re.compile(
    r"(?P<scope>(?:[全本][国省市县区州盟系][^0-9]{0,6}?)?)"
    r"(?P<form>创?(?:历年来?|历史上?|历届|近年来?|近[一二三四五六七八九十]+年来?|有记录以来|建会以来|同期)?"
    r"(?:新高|新低|最高水平|最好水平|最高|最好|最多|最佳)|唯一|翻(?:[一两三四]番|番))"
)
_UNIT = re.compile(r"(?:[^\W\d_]|[%‰℃°²³/·（）()㎡㎞])*")
# 千 and 百 begin a unit only in these; 3千人 would be read as three of a unit 千人.
_PREFIXED_UNIT = re.compile(r"千[克米瓦卡字伏赫升焦帕吨册]|百[帕]")
_WRITTEN = re.compile(r"(?:0|[1-9]\d*)(?:\.\d+)?", re.ASCII)
_PLACES = frozenset(("", "位", "名"))


def parse(text: str) -> Quantity:
    """Return the quantity that ``text`` writes; see `quantity.parse_quantity`."""
    text = text.strip()
    if len(text) > MAX_LENGTH:
        raise QuantityError(
            message("“{figure}…” is too long for a figure", figure=text[:20]),
            message("Write the number with its unit only, such as 300余场; the sentence goes into the text."),
        )
    text = folded(text)
    if (ordinal := _ORDINAL.fullmatch(text)) is not None:
        return _ordinal(text, ordinal)
    if (first := _FIRST.fullmatch(text)) is not None:
        return Quantity(kind=Kind.FIRST, value=Decimal(1), unit=first["unit"], scope=first["scope"])
    if (record := _RECORD.fullmatch(text)) is not None:
        return Quantity(kind=Kind.RECORD, value=None, scope=record["scope"], form=record["form"])
    if (top := _TOP.fullmatch(text)) is not None:
        return _ordinal(text, top, top=True)
    if (proportion := _PROPORTION.fullmatch(text)) is not None:
        return _proportion(text, proportion)
    if (between := _RANGE.fullmatch(text)) is not None:
        return _range(text, between)
    return _counted(text)


def _counted(text: str) -> Quantity:
    """Return a count or ratio."""
    count = _COUNT.fullmatch(text)
    if count is None and (pair := _TWO_HEDGES.match(text)) is not None:
        raise _twice(text, pair[1], pair[2])
    if count is None:
        raise _reason(text)
    return _count(text, count)


def _range(text: str, match: re.Match[str]) -> Quantity:
    """Return a range such as 5—6场, 4.5%—5% or 13万—17万元 (GB/T 15835 5.1.3)."""
    low, high = _counted(match["low"]), _counted(match["high"])
    if hedged := next((end.hedge for end in (low, high) if end.hedge), None):
        raise QuantityError(
            message("“{figure}” is a range and takes no hedge such as “{hedge}”", figure=text, hedge=hedged),
            message("Keep the range or the hedge."),
        )
    assert low.value is not None, "a count has a number"
    assert high.value is not None, "a count has a number"
    full = replace(low, unit=high.unit, kind=high.kind) if high.unit in RATIOS else low
    if full.scale < high.scale and low.value < high.value.scaleb(1 - len(str(high.scale))):
        full = replace(full, value=low.value * high.scale, scale=high.scale)  # 13—17万元 means 13万—17万元
    if full != low and low.unit in ("", high.unit):
        raise QuantityError(
            message("“{figure}” leaves open what its first number counts", figure=text),
            message("Write {surface}.", surface=f"{surface(full)}{match['joint']}{surface(high)}"),
        )
    if low.unit not in ("", high.unit) or low.scope != high.scope or low.hans != high.hans:
        raise QuantityError(
            message("The two ends of “{figure}” are not written alike", figure=text),
            message("Write one range with one unit, such as 5—6场."),
        )
    if low.value >= high.value:
        raise QuantityError(
            message("The first number of the range “{figure}” is not the smaller one", figure=text),
            message("Write the smaller number first."),
        )
    return Quantity(
        kind=Kind.RANGE, value=None, unit=high.unit, form=match["joint"], hans=high.hans, ends=(low, high)
    )


def _proportion(text: str, match: re.Match[str]) -> Quantity:
    """Return a proportion such as 1:3 or 近三分之一."""
    if match["before"] and match["after"]:
        raise _twice(text, match["before"], match["after"])
    hedge = match["before"] or match["after"] or ""
    hans = match["hans_joint"] is not None
    part, whole = (_counted(match[f"hans_{name}" if hans else name]) for name in ("part", "whole"))
    if not whole.value:
        raise QuantityError(message("“{figure}” has zero parts", figure=text), message("Correct the number."))
    return Quantity(
        kind=Kind.PROPORTION,
        value=None,
        hedge=hedge,
        hans=hans,
        form=match["hans_joint"] or match["joint"],
        stated=bool(hedge),
        ends=(part, whole),
    )


def from_fields(number: str, unit: str, hedge: str) -> Quantity:
    """Return the quantity of a number, unit and hedge given apart; see `quantity.quantity_from_fields`."""
    quantity = parse(number.strip() + unit.strip())
    hedge = hedge.strip()
    exact = not quantity.hedge and quantity.value is not None and not quantity.hans
    if exact and quantity.scale == 1 and quantity.kind is Kind.COUNT and quantity.value is not None:
        quantity = replace(quantity, scale=natural_scale(quantity.value))
    if not hedge:
        return quantity
    if quantity.hedge:
        raise _twice(number + unit, quantity.hedge, hedge)
    if hedge not in HEDGES:
        raise QuantityError(
            message("“{hedge}” is not a hedge that is known here", hedge=hedge),
            message("Known are: {hedges}.", hedges="、".join(HEDGES)),
        )
    if quantity.kind not in (Kind.COUNT, Kind.RATIO):
        raise QuantityError(
            message("“{figure}” takes no hedge: it is not a count", figure=number + unit),
            message("Leave “{hedge}” out.", hedge=hedge),
        )
    assert quantity.value is not None, "a count has a number"
    bound = is_bound(quantity.value, HEDGES[hedge])
    hedged = replace(quantity, hedge=hedge, stated=bound)
    surface(hedged)  # a hedge that cannot be said of this number is an error here, at the input
    return hedged


def _ordinal(text: str, match: re.Match[str], *, top: bool = False) -> Quantity:
    """Return a rank (第五, 全省第3位), a place among the first (全省前三) or an edition (第十六届)."""
    number, unit, scope = match["number"], match["unit"], match["scope"]
    _check_unit(text, unit)
    value, form = _whole(text, number)
    kind = Kind.TOP if top else Kind.RANK if unit in _PLACES else Kind.EDITION
    hans = not number[0].isascii()
    return Quantity(kind=kind, value=value, unit=unit, hans=hans, scope=scope, form=form)


def _count(text: str, match: re.Match[str]) -> Quantity:
    """Return a count or ratio with its hedge."""
    number, scale_word, unit = match["number"], match["scale"] or "", match["unit"]
    hedges = [found for name in ("before", "early", "late", "after") if (found := match[name])]
    if len(hedges) > 1:
        raise _twice(text, hedges[0], hedges[1])
    if not hedges and unit.startswith(words(Position.INSIDE)):
        inner = next(word for word in words(Position.INSIDE) if unit.startswith(word))
        hedges = [inner]
        unit = unit.removeprefix(inner)
    hedge = hedges[0] if hedges else ""
    hans = not number[0].isascii()
    early = bool(match["early"])
    if hans and not scale_word:
        number, scale_word = _split_scale(number)
        early = early and not scale_word  # 五万余: the hedge follows the scale
    if match["ratio"]:
        if unit or not hans:
            raise _no_number(text)
        unit = next(sign for sign, before in RATIOS.items() if before == match["ratio"])
    elif hans and unit in RATIOS:
        raise QuantityError(
            message("“{figure}” mixes Chinese numerals with “{word}”", figure=text, word=unit),
            message("Write digits, or {words}.", words=f"{RATIOS[unit]}{number}"),
        )
    _check_unit(text, unit)
    others = words(Position.INSIDE) + words(Position.BEFORE)
    if unit.startswith(others):
        other = next(word for word in others if unit.startswith(word))
        raise _twice(text, hedge, other) if hedge else _no_number(text)
    base, form = _number(text, number, scale_word)
    scale = SCALES[scale_word]
    quantity = Quantity(
        kind=Kind.RATIO if unit in RATIOS else Kind.COUNT,
        value=base if scale == 1 else base.scaleb(len(str(scale)) - 1),
        unit=unit,
        hedge=hedge,
        scale=scale,
        hans=hans,
        scope=match["scope"] or "",
        form=form,
        stated=bool(hedge),
    )
    if match["early"] or match["late"]:
        quantity = _inside(text, quantity, base, early=early)
    if hans and form == hans_numeral(replace(quantity, form="")):
        quantity = replace(quantity, form="")
    return quantity


def _inside(text: str, quantity: Quantity, base: Decimal, *, early: bool) -> Quantity:
    """Return a quantity with 余 or 多 after its number, checked for a number that can be said so.

    Args:
        text: the whole figure.
        quantity: as read so far.
        base: the number before the scale.
        early: whether the hedge stands right after the number.
    """
    tens = base % 10 == 0 and base >= 10
    hedge = quantity.hedge
    if quantity.scale == 1 or early:
        if tens:
            return quantity
        down = base // 10 * 10
        hint = (
            message("Write {surface}.", surface=surface(replace(quantity, late_hedge=False)))
            if quantity.scale > 1
            else message(
                "Write {surface}, or leave “{hedge}” out.", surface=_rounded(quantity, down), hedge=hedge
            )
            if down
            else message("Leave “{hedge}” out.", hedge=hedge)
        )
        raise QuantityError(
            message(
                "“{figure}”: “{hedge}” can only follow a round number (10, 120, 300 …)",
                figure=text,
                hedge=hedge,
            ),
            hint,
        )
    return replace(quantity, late_hedge=True) if tens else quantity


def _rounded(quantity: Quantity, value: Decimal) -> str:
    return surface(replace(quantity, value=value, form=""))


def _split_scale(number: str) -> tuple[str, str]:
    """Return Chinese numerals without the 万 or 亿 that ends them, and that scale, as 五万 is 五 and 万."""
    for word in ("万亿", "亿", "万"):
        head = number.removesuffix(word)
        if head != number and not {"万", "亿"} & set(head):
            return head, word
    return number, ""


def _number(text: str, number: str, scale_word: str) -> tuple[Decimal, str]:
    """Return the number before the scale, and how it is spelt when it is in Chinese numerals."""
    if number and number[0].isascii():
        if not _WRITTEN.fullmatch(number):
            raise QuantityError(
                message("“{number}” in “{figure}” is not a number", number=number, figure=text),
                message("Write it without leading zeros and with one decimal point, such as 3.8万公里."),
            )
        if len(number) > MAX_DIGITS:
            raise QuantityError(message("“{figure}” has too many digits", figure=text))
        return Decimal(number), ""
    form = number + scale_word
    if not number:
        return Decimal(1), form
    whole, point, places = number.partition("点")
    try:
        value = Decimal(from_hans(whole))
        if point:
            value = Decimal(f"{value}.{''.join(str(from_hans(digit)) for digit in places)}")
    except (ValueError, ArithmeticError):
        raise QuantityError(
            message("“{number}” in “{figure}” is not a number", number=number, figure=text),
            message("Write it in digits."),
        ) from None
    return value, form


def _whole(text: str, number: str) -> tuple[Decimal, str]:
    """Return an ordinal's number, and how it is spelt when that is not the usual way."""
    value, form = _number(text, number, "")
    if form and form == hans_numeral(Quantity(kind=Kind.RANK, value=value, hans=True)):
        form = ""
    return value, form


def _check_unit(text: str, unit: str) -> None:
    """Refuse what can be no unit: digits, punctuation, a scale that is not read (3千人), 几 of 十几个."""
    if unit.startswith(("几", "来")):
        raise _reason(text)
    if unit and unit[0] in "十百千" and not _PREFIXED_UNIT.match(unit):
        raise QuantityError(
            message("“{figure}” mixes digits with “{word}”", figure=text, word=unit[0]),
            message("Write the number out, such as 3000人, or with 万 or 亿."),
        )
    if not _UNIT.fullmatch(unit):
        from kexie_docs.figures.refusals import refusal

        raise refusal(text) or QuantityError(
            message("“{figure}” is not a figure: “{unit}” cannot be a unit", figure=text, unit=unit),
            message("Write one number with its unit, such as 300余场; no spaces or sentences."),
        )


def _reason(text: str) -> QuantityError:
    """Return why a text is no figure, as plainly as its form allows."""
    from kexie_docs.figures.refusals import refusal

    return refusal(text) or _no_number(text)


def _no_number(text: str) -> QuantityError:
    return QuantityError(
        message("“{figure}” is not a figure: it does not begin with a number", figure=text),
        message("Write it the way people do: 18个, 741万元, 300余场, 超10万人次, 10.4%, 第十六届, 首个."),
    )


def _twice(text: str, one: str, other: str) -> QuantityError:
    return QuantityError(
        message("“{figure}” is hedged twice, by “{one}” and by “{other}”", figure=text, one=one, other=other),
        message("Keep one of them."),
    )
