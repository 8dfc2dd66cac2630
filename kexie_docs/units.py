"""Lengths: twips as the one unit of layout, and the relative units 字 and 行 of GB/T 9704.

A twip (1/20 pt) is what Word stores and what LibreOffice lays out in; counting in it is how the PDF can break
lines where they do. Whole twips in styles; a position on a finished page may hold a fraction.
"""

import re
from typing import NewType

Twips = NewType("Twips", int)
"""A length in twentieths of a point."""

TWIPS_PER_PT = 20
TWIPS_PER_MM = 1440 / 25.4

TYPE_SIZES: dict[str, float] = {
    "初号": 42.0, "小初": 36.0, "一号": 26.0, "小一": 24.0, "二号": 22.0, "小二": 18.0,
    "三号": 16.0, "小三": 15.0, "四号": 14.0, "小四": 12.0, "五号": 10.5, "小五": 9.0,
}  # fmt: skip
"""Chinese type sizes in points (gbt9704.toml, sizes_pt)."""

_LENGTH = re.compile(r"(-?\d+(?:\.\d+)?)\s*(mm|pt|tw)")


def mm(value: float) -> Twips:
    """Return millimetres as whole twips (error at most 0.009 mm)."""
    return Twips(round(value * TWIPS_PER_MM))


def pt(value: float) -> Twips:
    """Return points as whole twips."""
    return Twips(round(value * TWIPS_PER_PT))


def to_mm(length: float) -> float:
    """Return twips as millimetres."""
    return length / TWIPS_PER_MM


def to_pt(length: float) -> float:
    """Return twips as points."""
    return length / TWIPS_PER_PT


def parse_length(text: str) -> Twips:
    """Return the length that ``text`` writes, such as ``37mm``, ``28.95pt`` or ``-5tw``.

    Raises:
        ValueError: the text is no number with one of these units.
    """
    match = _LENGTH.fullmatch(text.strip())
    if match is None:
        raise ValueError(text)
    number = float(match[1])
    match match[2]:
        case "mm":
            return mm(number)
        case "pt":
            return pt(number)
        case _:
            return Twips(round(number))


def parse_size(text: str | float) -> float:
    """Return a type size in points from a name (三号), ``16pt`` or a number of points.

    Raises:
        ValueError: it is none of these.
    """
    if isinstance(text, int | float):
        return float(text)
    return TYPE_SIZES[text] if text in TYPE_SIZES else parse_length(text) / TWIPS_PER_PT
