"""Printing a quantity, rounded where its hedge asks for it.

Rounding. An exact value with a hedge is printed as the roundest number that is still close: the fewest
leading digits that stay within a tenth of the value, in the hedge's direction (312 with 余 is 300余, 127 is
120余, 1824 with 超 is 超1800, 9876 with 近 is 近1万). Where that is the value itself and the hedge false of
it (2500 is not 超2500), a rounder one is taken (超2000); where there is none, the hedge cannot be said:
exactly 300 is neither 300余 nor 近300. 300以上, 突破300 and 约300 are true of it.
"""

from dataclasses import replace
from decimal import Decimal

from kexie_docs.errors import message
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.hedges import HEDGES, Hedge, Position
from kexie_docs.figures.value import RATIOS, SCALES, Kind, Quantity
from kexie_docs.text.numerals import to_hans

_SCALE_WORDS = {value: word for word, value in SCALES.items()}
_DIGIT_WORDS = "零一二三四五六七八九"
_CLOSE = 10
"""A rounded number may differ from the exact one by at most this part of it."""


def surface(quantity: Quantity) -> str:
    """Return the quantity as people write it; see `quantity.print_quantity`."""
    match quantity.kind:
        case Kind.RECORD:
            return quantity.scope + quantity.form
        case Kind.FIRST:
            return f"{quantity.scope}首{quantity.unit}"
        case Kind.RANK | Kind.EDITION:
            return f"{quantity.scope}第{_numeral(quantity)}{quantity.unit}"
        case Kind.TOP:
            return f"{quantity.scope}前{_numeral(quantity)}{quantity.unit}"
        case Kind.RANGE:
            low, high = _ends(quantity)
            return f"{surface(low)}{quantity.form}{surface(high)}"
        case Kind.PROPORTION:
            return _proportion(quantity)
        case _:
            return _count(rounded(quantity))


def rounded(quantity: Quantity) -> Quantity:
    """Return the quantity with the number that is printed: its own, or that of an exact hedged value rounded.

    Raises:
        QuantityError: 余 or 多 with a number below ten; a hedge that is true of no round number near.
    """
    value, hedge = quantity.value, HEDGES.get(quantity.hedge)
    if value is None or hedge is None or quantity.stated:
        return quantity
    inside = hedge.position is Position.INSIDE
    if inside and value < 10:
        raise QuantityError(
            message("“{hedge}” cannot be said of {number}", hedge=hedge.word, number=plain(value)),
            message("Print the exact number, or use another hedge."),
        )
    candidate, step = _roundest(value, hedge)
    if not hedge.holds(candidate, value):
        raise QuantityError(
            message(
                "“{hedge}” is false of exactly {number}",
                hedge=hedge.word,
                number=surface(replace(quantity, hedge="", scale=_own_scale(quantity))),
            ),
            message("Leave “{hedge}” out.", hedge=hedge.word),
        )
    scale = natural_scale(candidate) if quantity.scale == 1 and not quantity.hans else quantity.scale
    candidate = candidate.normalize() if scale > 1 else candidate.quantize(min(step, Decimal(1)))
    return replace(quantity, value=candidate, scale=scale, stated=True, form="")


def is_bound(value: Decimal, hedge: Hedge) -> bool:
    """Return whether a number given with a hedge must be the one to print: 300 with 余, 10万 with 超.

    People give the round number of 300余场 apart from its hedge too. It is false of exactly 300, so the count
    itself is not known then.
    """
    near = _nearest(value, hedge)[0]
    small = value < 10 and hedge.position is not Position.INSIDE
    return hedge.strict and near == value and (value % 10 == 0 or small)


def _roundest(value: Decimal, hedge: Hedge) -> tuple[Decimal, Decimal]:
    """Return the roundest number near a value of which the hedge is true, and the step it is rounded to.

    Where none is near, a farther one (25 with 超 is 超20); the value itself where there is none at all.
    """
    candidate, step = _nearest(value, hedge)
    if not hedge.holds(candidate, value):
        farther = Decimal(1).scaleb(value.adjusted())
        other = (value / farther).to_integral_value(hedge.rounding) * farther
        if other and hedge.holds(other, value):
            return other, farther
    return candidate, step


def _nearest(value: Decimal, hedge: Hedge) -> tuple[Decimal, Decimal]:
    """Return the roundest number near a value in the hedge's direction, and the step it is rounded to."""
    candidate, step = value, Decimal(1)
    for digits in range(1, max(1, len(value.as_tuple().digits)) + 1):
        step = Decimal(1).scaleb(value.adjusted() - digits + 1)
        candidate = (value / step).to_integral_value(hedge.rounding) * step
        # The last step that 余 can take is ten: 12 with 余 is 10余.
        inside = hedge.position is Position.INSIDE
        if abs(candidate - value) * _CLOSE < value or (inside and step <= 10):
            break
    return candidate, step


def natural_scale(value: Decimal) -> int:
    """Return the scale that people would write a number with: 741万 for 7410000, none for 12345."""
    for scale in (10**8, 10**4):
        if value >= scale and (value / scale * 100) % 1 == 0:
            return scale
    return 1


def _own_scale(quantity: Quantity) -> int:
    """Return the scale to print a quantity's own number with."""
    if quantity.scale > 1 or quantity.hans or quantity.value is None:
        return quantity.scale
    return natural_scale(quantity.value)


def _ends(quantity: Quantity) -> tuple[Quantity, Quantity]:
    assert quantity.ends is not None, "a range and a proportion have two ends"
    return quantity.ends


def _proportion(quantity: Quantity) -> str:
    """Return 1:3 or 三分之一 with its hedge."""
    part, whole = map(surface, _ends(quantity))
    first, second = (whole, part) if quantity.form == "分之" else (part, whole)
    words = f"{first}{quantity.form}{second}"
    hedge = HEDGES.get(quantity.hedge)
    after = hedge is not None and hedge.position is Position.AFTER
    return f"{words}{quantity.hedge}" if after else f"{quantity.hedge}{words}"


def plain(value: Decimal) -> str:
    """Return a number in digits, without an exponent."""
    return f"{value:f}"


def hans_numeral(quantity: Quantity) -> str:
    """Return the usual Chinese numerals for a quantity's value, with 万 or 亿 where it is scaled.

    Raises:
        QuantityError: the number has no Chinese numerals here.
    """
    if quantity.form:
        return quantity.form
    assert quantity.value is not None, "a record has no number"
    head, word = _parts(quantity)
    whole, point, places = head.partition(".")
    if len(whole) > 16:
        raise QuantityError(message("“{number}” is too large for Chinese numerals", number=head))
    number = int(whole)
    if point:
        return f"{to_hans(number)}点{''.join(_DIGIT_WORDS[int(digit)] for digit in places)}{word}"
    hans = to_hans(number)
    position = HEDGES[quantity.hedge].position if quantity.hedge in HEDGES else None
    if position is Position.BEFORE and word and number == 1:
        return word  # 近万名
    if position is Position.BEFORE and hans in ("一百", "一千"):
        return hans[1:] + word  # 近百场
    measured = quantity.unit not in ("", "大", *RATIOS) and quantity.kind is Kind.COUNT
    return ("两" if number == 2 and (measured or word) else hans) + word


def _parts(quantity: Quantity) -> tuple[str, str]:
    """Return the number as printed before the scale, and the scale's word."""
    value = quantity.value
    assert value is not None, "a record has no number"
    if quantity.scale == 1:
        return plain(value), ""
    head = value.scaleb(1 - len(str(quantity.scale)))
    text = plain(head)
    if value.as_tuple().exponent == 0 and "." in text:
        text = text.rstrip("0").rstrip(".")  # computed, not typed: 38000 is 3.8万, not 3.8000万
    return text, _SCALE_WORDS[quantity.scale]


def _numeral(quantity: Quantity) -> str:
    if quantity.hans:
        return hans_numeral(quantity)
    return "".join(_parts(quantity))


def _count(quantity: Quantity) -> str:
    """Return a count or ratio whose number needs no rounding any more."""
    if quantity.scope:
        return quantity.scope + _count(replace(quantity, scope=""))
    hedge = HEDGES.get(quantity.hedge)
    word = quantity.hedge
    number, unit = _numeral(quantity), quantity.unit
    if quantity.hans and unit in RATIOS:
        number, unit = f"{RATIOS[unit]}{number}", ""
    if hedge is None:
        return f"{word}{number}{unit}"
    match hedge.position:
        case Position.BEFORE:
            return f"{word}{number}{unit}"
        case Position.AFTER:
            return f"{number}{unit}{word}"
        case _:
            head, scale_word = _parts(quantity)
            early = scale_word and not quantity.late_hedge and "." not in head and int(head) % 10 == 0
            if early:
                return f"{number.removesuffix(scale_word)}{word}{scale_word}{unit}"
            return f"{number}{word}{unit}"
