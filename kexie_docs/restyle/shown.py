"""Properties and values of styles in the words of Word's dialogues."""

from collections.abc import Mapping
from typing import Any

from kexie_docs.errors import Message, message
from kexie_docs.readers.word_properties import Value
from kexie_docs.style.sheet import FontRole, NamedFont, Rule, Style
from kexie_docs.units import TWIPS_PER_MM, TYPE_SIZES, to_mm, to_pt

_SIZE_NAMES = {size: name for name, size in TYPE_SIZES.items()}

KEYS: Mapping[str, Message] = {
    "font": message("font"),
    "size": message("size"),
    "bold": message("bold"),
    "color": message("colour"),
    "char_spacing": message("character spacing"),
    "line_pitch": message("line spacing"),
    "align": message("alignment"),
    "first_line_indent": message("first line indent"),
    "start_indent": message("left indent"),
    "end_indent": message("right indent"),
    "space_before": message("space before"),
    "space_after": message("space after"),
    "keep_with_next": message("keep with next"),
    "outline_level": message("outline level"),
    "page_break_before": message("page break before"),
    "rule_above": message("rule above"),
    "rule_below": message("rule below"),
    "width": message("paper width"),
    "height": message("paper height"),
    "top": message("top margin"),
    "bottom": message("bottom margin"),
    "left": message("left margin"),
    "right": message("right margin"),
    "below": message("distance of the page number from the text"),
}
"""Keys of a style file."""

_ALIGNMENTS = {
    "justify": message("justified"),
    "start": message("left-aligned"),
    "center": message("centred"),
    "end": message("right-aligned"),
}

_WORD: Mapping[str, Message] = {
    "han": KEYS["font"],
    "latin": message("font of Western text"),
    "size": KEYS["size"],
    "bold": KEYS["bold"],
    "color": KEYS["color"],
    "spacing": KEYS["char_spacing"],
    "line": KEYS["line_pitch"],
    "line_rule": KEYS["line_pitch"],
    "align": KEYS["align"],
    "first": KEYS["first_line_indent"],
    "left": KEYS["start_indent"],
    "right": KEYS["end_indent"],
    "before": KEYS["space_before"],
    "after": KEYS["space_after"],
    "keepNext": KEYS["keep_with_next"],
    "pageBreakBefore": KEYS["page_break_before"],
    "outline": KEYS["outline_level"],
    "keepLines": message("keep lines together"),
    "top_rule": message("border"),
    "bottom_rule": message("border"),
    "left_rule": message("border"),
    "right_rule": message("border"),
    "bdr": message("border"),
    "shd": message("shading"),
    "shd_paragraph": message("shading"),
    "highlight": message("highlighting"),
    "i": message("italics"),
    "u": message("underline"),
    "strike": message("strikethrough"),
    "dstrike": message("strikethrough"),
    "caps": message("capitals"),
    "smallCaps": message("capitals"),
    "outline_text": message("text effect"),
    "shadow": message("text effect"),
    "emboss": message("text effect"),
    "imprint": message("text effect"),
    "effect": message("text effect"),
    "vanish": message("hidden text"),
    "vertAlign": message("superscript or subscript"),
    "em": message("emphasis mark"),
    "w": message("character scaling"),
    "position": message("raised or lowered text"),
    "tabs": message("tab stops"),
    "numPr": message("numbering"),
    "framePr": message("frame"),
    "beforeAutospacing": message("automatic space"),
    "afterAutospacing": message("automatic space"),
    "gutter": message("binding margin"),
    "width": KEYS["width"],
    "height": KEYS["height"],
    "top": KEYS["top"],
    "bottom": KEYS["bottom"],
    "below": KEYS["below"],
}
"""Properties as the reader of Word files names them."""


def shown_property(name: str) -> Message:
    """Return what people call a property of a Word file."""
    return _WORD.get(name, message("formatting"))


def shown_length(length: float, unit: str = "pt") -> Message:
    """Return a length in points or millimetres."""
    return message("{n} mm", n=millimetres(length)) if unit == "mm" else _points(to_pt(length))


def millimetres(length: float) -> str:
    """Return a length with as few decimals of a millimetre as come within a twip of it."""
    value = to_mm(length)
    return next(
        (
            f"{round(value, places):g}"
            for places in range(4)
            if abs(round(round(value, places) * TWIPS_PER_MM) - length) <= 1
        ),
        f"{value:.3f}",
    )


def shown_value(key: str, value: Any, sheet: Style) -> Message:
    """Return a value of a style file as people read it."""
    match value:
        case None | 0 if key == "outline_level":
            return message("body text")
        case None | False if key.startswith("rule"):
            return message("no rule")
        case None:
            return message("as the paragraph")
        case bool():
            return message("yes") if value else message("no")
        case FontRole() | NamedFont():
            return message("{text}", text=sheet.word_font(value))
        case Rule():
            return message(
                "{n} pt, colour {color}, {gap} pt away",
                n=f"{value.thickness / 8:g}",
                color=value.color,
                gap=value.gap,
            )
        case _:
            pass
    if key == "size":
        name = _SIZE_NAMES.get(float(value))
        return message("{name} ({n} pt)", name=name, n=f"{value:g}") if name else _points(value)
    if key in ("char_spacing", "line_pitch"):
        return shown_length(value)
    if key == "align":
        return _ALIGNMENTS[value]
    if key.endswith("_indent"):
        return message("{n} characters wide", n=f"{value:.4g}")
    if key.startswith("space_"):
        return message("{n} lines high", n=f"{value:.4g}")
    return message("{text}", text=str(value))


def shown_word_value(name: str, value: Value) -> Message | None:
    """Return a value of the Word file where it helps to tell what is meant, else None."""
    if name in ("han", "latin", "color", "highlight", "shd", "shd_paragraph") and isinstance(value, str):
        return message("{text}", text=value.removeprefix("clear "))
    if name == "size" and isinstance(value, int):
        return _points(value / 2)
    return None


def _points(value: float) -> Message:
    return message("{n} pt", n=f"{value:.2f}".rstrip("0").rstrip("."))
