"""Chinese numerals, heading numbers and dates as official documents write them."""

from datetime import date

_DIGITS = "零一二三四五六七八九"
_PLACES = ("", "十", "百", "千")
_GROUPS = ("", "万", "亿", "万亿")
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)} | {"〇": 0, "两": 2}
_PLACE_VALUES = {"十": 10, "百": 100, "千": 1000}

HANS_DIGITS = "".join(_VALUES)
"""Every Chinese digit that `from_hans` reads."""

HANS_NUMERALS = HANS_DIGITS + "十百千万亿"
"""Every character of a Chinese whole number."""

LARGEST = 10**16 - 1
"""The largest number that `to_hans` writes."""


def to_hans(number: int) -> str:
    """Return a whole number in Chinese numerals: 十五, 一百一十, 三万五千, 一万零一十.

    Raises:
        ValueError: the number is negative or above `LARGEST`.
    """
    if not 0 <= number <= LARGEST:
        raise ValueError(number)
    if number == 0:
        return "零"
    parts: list[str] = []
    gap = False  # a group or a leading place was left out, so that 零 must stand for it
    for group in range(3, -1, -1):
        value = number // 10_000**group % 10_000
        if value == 0:
            gap = bool(parts)
            continue
        if parts and (gap or value < 1000):
            parts.append("零")
        parts.append(_group(value))
        # 万亿 shares its 亿 with the group below: 一万二千亿, not 一万亿二千亿.
        shares = group == 3 and number // 10**8 % 10_000
        parts.append("万" if shares else _GROUPS[group])
        gap = False
    text = "".join(parts)
    return text[1:] if text.startswith("一十") else text


def _group(value: int) -> str:
    """Return 1 to 9999 in Chinese numerals, 10 as 一十."""
    parts: list[str] = []
    gap = False
    for place in range(3, -1, -1):
        digit = value // 10**place % 10
        if digit == 0:
            gap = bool(parts)
            continue
        if gap:
            parts.append("零")
            gap = False
        parts.append(_DIGITS[digit] + _PLACES[place])
    return "".join(parts)


def from_hans(text: str) -> int:
    """Return the whole number that Chinese numerals write; a bare 百, 千, 万 or 亿 counts one of it.

    Raises:
        ValueError: the text is no Chinese numeral, or one that is read in two ways (一百五).
    """
    number = _read(text)
    plain = text.replace("〇", "零").replace("两", "二")
    # What is written otherwise than `to_hans` would is a slip (一百五, 三十二十) and not to be guessed at.
    if plain not in (to_hans(number), "一" + to_hans(number), to_hans(number).removeprefix("一")):
        raise ValueError(text)
    return number


def _read(text: str) -> int:
    """Return the sum that the numerals add up to, whatever their order."""
    if not text or len(text) > 40 or any(char not in HANS_NUMERALS for char in text):
        raise ValueError(text)
    for name, size in (("亿", 10**8), ("万", 10_000)):
        head, mark, tail = text.rpartition(name)
        if mark:
            return (_read(head) if head else 1) * size + (_read(tail) if tail else 0)
    total = digit = 0
    for char in text:
        if char in _VALUES:
            digit = _VALUES[char]
        else:
            total += (digit or 1) * _PLACE_VALUES[char]
            digit = 0
    return total + digit


def heading_number(level: int, number: int) -> str:
    """Return a heading's number: 一、 （一） 1. （1） for levels 1 to 4 (GB/T 9704 7.3.3)."""
    match level:
        case 1:
            return f"{to_hans(number)}、"
        case 2:
            return f"（{to_hans(number)}）"
        case 3:
            return f"{number}."
        case _:
            return f"（{number}）"


def format_date(day: date) -> str:
    """Return a date as 7.3.5.4 asks: full year, no zero before month or day (2025年1月5日)."""
    return f"{day.year}年{day.month}月{day.day}日"
