"""Which keys a style file may give, how each is read, and what it may be."""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any
from unicodedata import category

from kexie_docs.errors import Message, message, shown
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import NO_SPACING, Font, FontRole, NamedFont, Rule
from kexie_docs.units import TWIPS_PER_PT, Twips, mm, parse_length, parse_size, pt

SMALLEST_TYPE_AREA = mm(20)
"""Least width and height of the type area: below it no line of text can be set."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key.

    Attributes:
        read: returns the value; raises ValueError, KeyError or TypeError when it is wrong.
        expected: what to write instead, for the message.
        required: whether it has to be given somewhere in the chain.
        default: value when it is not given.
    """

    read: Callable[[Any], Any]
    expected: Message
    required: bool = True
    default: Any = None


def _length(low: Twips, high: Twips, expected: Message) -> Callable[..., Field]:
    def read(value: Any) -> Twips:
        length = parse_length(value if isinstance(value, str) else "")
        if not low <= length <= high:
            raise ValueError(value)
        return length

    def field(**kwargs: Any) -> Field:
        return Field(read, expected, **kwargs)

    return field


def _number(low: float, high: float, expected: Message, **kwargs: Any) -> Field:
    def read(value: Any) -> float:
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise TypeError(value)
        if not low <= value <= high:
            raise ValueError(value)
        return float(value)

    return Field(read, expected, **kwargs)


def _integer(low: int, high: int, expected: Message, **kwargs: Any) -> Field:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int):
            raise TypeError(value)
        if not low <= value <= high:
            raise ValueError(value)
        return value

    return Field(read, expected, **kwargs)


def _text(pattern: str, expected: Message, **kwargs: Any) -> Field:
    def read(value: Any) -> str:
        if not isinstance(value, str) or shown(value) != value or not re.fullmatch(pattern, value):
            raise ValueError(value)
        return value

    return Field(read, expected, **kwargs)


def _size(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        raise TypeError(value)
    size = parse_size(value)
    # Word stores half points; a size between them would differ between the two outputs.
    if not 4 <= size <= 200 or size * 2 != round(size * 2):
        raise ValueError(value)
    return size


def _bool(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError(value)
    return value


def _font(value: Any) -> Font:
    if isinstance(value, str) and value in set(FontRole):
        return FontRole(value)
    # A word of small letters is meant to be a typeface, and one of them is misspelt.
    if isinstance(value, str) and re.fullmatch("[a-z]+", value):
        raise ValueError(value)
    return NamedFont(_FONT_NAME.read(value))


def _char_spacing(value: Any) -> Twips | None:
    return None if value == "fill" else _spacing_field().read(value)


def _marks(value: Any) -> str:
    if not isinstance(value, str) or any(category(char) in _NO_MARKS for char in value):
        raise ValueError(value)
    return "".join(dict.fromkeys(value))


def _line_pitch(value: Any) -> Twips | None:
    return None if value == "grid" else _pitch_field().read(value)


def _rule(value: Any) -> Rule | None:
    if value is False:
        return None
    if not isinstance(value, dict) or "thickness" not in value or not set(value) <= _RULE_KEYS:
        raise TypeError(value)
    thickness = round(_thickness_field().read(value["thickness"]) * _EIGHTHS_PER_PT / TWIPS_PER_PT)
    color = _text("[0-9A-Fa-f]{6}", _RULE).read(value.get("color", "000000"))
    return Rule(thickness=thickness, color=color, gap=_integer(0, 31, _RULE).read(value.get("gap", 0)))


def _outline_level(value: Any) -> int | None:
    level: int = _integer(0, 9, _OUTLINE).read(value)
    return level or None


_LENGTH = message('Write a length such as "37mm" or "28.95pt", within reason.')
_SIZE = message('Write a type size such as "三号" or "16pt": 4 to 200 pt, whole or half points.')
_INDENT = message("Write a number of characters, such as 2.0.")
_FONT = message(
    'Write one of {roles}, or a font\'s name as Word shows it, such as "微软雅黑".', roles=", ".join(FontRole)
)
_OUTLINE = message("Write a whole number from 1 to 9, or 0 for none.")
_TEXT = message("Write a short text in quotes.")
_BOOL = message("Write true or false.")
_COLOR = message('Write six hexadecimal digits, such as "FF0000".')
_ALIGN = message('Write "justify", "start", "center" or "end".')
_RULE = message(
    "Write {example}: 0.25pt to 6pt, six hexadecimal digits, whole points; or false for none.",
    example='{ thickness = "1pt", color = "FF0000", gap = 0 }',
)
_MARKS = message("Write the punctuation marks one after another in quotes.")

_NO_MARKS = frozenset(("Lo", "Lu", "Ll", "Nd", "Zs", "Cc"))

_RULE_KEYS = frozenset(("thickness", "color", "gap"))
_EIGHTHS_PER_PT = 8
# Word's own range of border widths, 2 to 48 eighths of a point here.
_thickness_field = _length(pt(0.25), pt(6), _RULE)

_page_field = _length(mm(20), mm(2000), _LENGTH)
_margin_field = _length(Twips(0), mm(500), _LENGTH)
# Thin lines that carry nothing but a rule are lines too.
_pitch_field = _length(pt(1), pt(400), _LENGTH)
_SPACING = message(
    'Write a small length such as "-5tw" or "0.5pt", or "fill" for the spacing that fills lines.'
)
_spacing_field = _length(pt(-5), pt(50), _SPACING)

_WORD_ID = _text(r"[A-Za-z][A-Za-z0-9]{0,39}", message("Write up to 40 ASCII letters and digits."))
_WORD_NAME = _text(r"[^\s,;](?:[^,;\n]{0,58}[^\s,;])?", message("Write up to 60 characters without , and ;"))
_FONT_NAME = _text(r"[^\s,;](?:[^,;\n]{0,29}[^\s,;])?", message("Write a font's name, up to 31 characters."))

TABLES: Mapping[str, Mapping[str, Field]] = {
    "page": {
        "width": _page_field(),
        "height": _page_field(),
        "top": _margin_field(),
        "bottom": _margin_field(),
        "left": _margin_field(),
        "right": _margin_field(),
    },
    "turned_page": {
        "top": _margin_field(required=False),
        "bottom": _margin_field(required=False),
        "left": _margin_field(required=False),
        "right": _margin_field(required=False),
    },
    "grid": {
        "lines": _integer(1, 200, message("Write a whole number of lines, such as 22.")),
        "characters": _integer(1, 200, message("Write a whole number of characters, such as 28.")),
        "line_pitch": _pitch_field(),
    },
    "page_number": {
        "form": _text(
            r"[^{}\n]{0,20}\{n\}[^{}\n]{0,20}",
            message("Write the form with {n} in it, such as “— {n} —”.", n="{n}"),
        ),
        "font": Field(_font, _FONT),
        "size": Field(_size, _SIZE),
        "below": _margin_field(),
        "indent": _number(0, 40, _INDENT),
        "line_pitch": _pitch_field(),
    },
    "line_breaking": {"not_at_start": Field(_marks, _MARKS), "not_at_end": Field(_marks, _MARKS)},
}
"""Tables that there are once."""

NAMED_TABLES: Mapping[str, Mapping[str, Field]] = {
    "fonts": {"word": _FONT_NAME, "alternate": _FONT_NAME},
    "paragraph": {
        "word_id": _WORD_ID,
        "word_name": _WORD_NAME,
        "font": Field(_font, _FONT),
        "size": Field(_size, _SIZE),
        "bold": Field(_bool, _BOOL, required=False, default=False),
        "color": _text("[0-9A-Fa-f]{6}", _COLOR, required=False, default="000000"),
        "char_spacing": Field(_char_spacing, _SPACING, required=False, default=NO_SPACING),
        "line_pitch": Field(_line_pitch, _LENGTH, required=False),
        "align": _text("justify|start|center|end", _ALIGN, required=False, default="justify"),
        "first_line_indent": _number(-20, 40, _INDENT, required=False, default=0.0),
        "start_indent": _number(0, 60, _INDENT, required=False, default=0.0),
        "end_indent": _number(0, 60, _INDENT, required=False, default=0.0),
        "space_before": _number(
            0, 40, message("Write a number of lines, such as 1.0."), required=False, default=0.0
        ),
        "space_after": _number(
            0, 40, message("Write a number of lines, such as 1.0."), required=False, default=0.0
        ),
        "keep_with_next": Field(_bool, _BOOL, required=False, default=False),
        "outline_level": Field(_outline_level, _OUTLINE, required=False),
        "page_break_before": Field(_bool, _BOOL, required=False, default=False),
        "rule_above": Field(_rule, _RULE, required=False),
        "rule_below": Field(_rule, _RULE, required=False),
    },
    "character": {
        "word_id": _WORD_ID,
        "word_name": _WORD_NAME,
        "font": Field(_font, _FONT, required=False),
        "bold": Field(_bool, _BOOL, required=False),
        "color": _text("[0-9A-Fa-f]{6}", _COLOR, required=False),
    },
}
"""Tables with a name of their own below them, such as ``[paragraph.body]``."""
