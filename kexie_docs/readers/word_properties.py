"""Properties of Word's paragraphs and runs as plain values, so that two spellings of one look are equal."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from kexie_docs.readers.ooxml_names import W

if TYPE_CHECKING:
    from lxml.etree import _Element

Value: TypeAlias = str | int | bool | tuple[tuple[str, str], ...] | None
Values: TypeAlias = dict[str, Value]
"""Property to value: lengths in twips, sizes in half points, colours as RRGGBB.

``han`` and ``latin`` are fonts; ``left``, ``right`` and ``first`` are indents, ``left_chars`` and so on their
hundredths of a 字, which win over the twips; ``first`` is negative when it hangs. ``top_rule`` and
``bottom_rule`` are attributes of a border, empty for none. A property under the name of its element
(``highlight``, ``shd``, ``tabs``) is one that a style sheet cannot hold; None is its usual state.
"""

_OFF = frozenset(("0", "false", "off"))
_ALIGN = {
    "both": "justify",
    "left": "start",
    "start": "start",
    "center": "center",
    "right": "end",
    "end": "end",
}
_RUN_FLAGS = (
    "i",
    "caps",
    "smallCaps",
    "strike",
    "dstrike",
    "outline",
    "shadow",
    "emboss",
    "imprint",
    "vanish",
)
_RUN_VALUES = {"u": "none", "highlight": "none", "vertAlign": "baseline", "em": "none", "effect": "none"}
_SHAPES = {"w": "100", "position": "0"}
_BORDER = ("val", "sz", "space", "color")


def read_run(node: "_Element", theme: Mapping[str, str]) -> Values:
    """Return what a ``w:rPr`` states; theme fonts are looked up in ``theme``."""
    values: Values = {}
    for one in node:
        tag, text = _tag(one), one.get(f"{W}val", "")
        if tag == "rFonts":
            values |= _fonts(one, theme)
        elif tag == "sz":
            values |= _number("size", text)
        elif tag == "b":
            values["bold"] = text not in _OFF
        elif tag == "color":
            values["color"] = "000000" if text in ("auto", "") else text.upper()
        elif tag == "spacing":
            values |= _number("spacing", text)
        elif tag in _RUN_FLAGS:
            # A paragraph's outline level is another thing.
            values["outline_text" if tag == "outline" else tag] = True if text not in _OFF else None
        elif tag in _RUN_VALUES:
            values[tag] = text if text != _RUN_VALUES[tag] else None
        elif tag in _SHAPES:
            values[tag] = text if text.rstrip("%") != _SHAPES[tag] else None
        elif tag == "shd":
            values["shd"] = _shading(one)
        elif tag == "bdr":
            values["bdr"] = _border(one) or None
    return values


def read_paragraph(node: "_Element") -> Values:
    """Return what a ``w:pPr`` states."""
    values: Values = {}
    for one in node:
        tag, text = _tag(one), one.get(f"{W}val", "")
        if tag == "spacing":
            values |= _spacing(one)
        elif tag == "ind":
            values |= _indents(one)
        elif tag == "jc":
            values["align"] = _ALIGN.get(text, text)
        elif tag in ("keepNext", "pageBreakBefore", "keepLines"):
            values[tag] = text not in _OFF if tag != "keepLines" else (True if text not in _OFF else None)
        elif tag == "outlineLvl":
            values |= _number("outline", text)
        elif tag == "pBdr":
            values |= _borders(one)
        elif tag == "shd":
            values["shd_paragraph"] = _shading(one)
        elif tag == "tabs":
            stops = (_attributes(stop, ("val", "pos")) for stop in one)
            values["tabs"] = (
                tuple(pair for stop in stops if dict(stop).get("val") != "clear" for pair in stop) or None
            )
        elif tag == "numPr":
            number = one.find(f"{W}numId")
            values["numPr"] = None if number is None or number.get(f"{W}val") == "0" else True
        elif tag == "framePr":
            values["framePr"] = True
    return values


def _fonts(node: "_Element", theme: Mapping[str, str]) -> Values:
    values: Values = {}
    for name, attribute in (("han", "eastAsia"), ("latin", "ascii")):
        asked = theme.get(node.get(f"{W}{attribute}Theme", ""), "")
        if found := asked or node.get(f"{W}{attribute}", ""):
            # LibreOffice names alternatives behind the font; a name that begins with @ is its vertical form.
            values[name] = found.split(";")[0].strip().lstrip("@")
    return values


def _spacing(node: "_Element") -> Values:
    values: Values = {}
    for side in ("before", "after"):
        lines, twips = node.get(f"{W}{side}Lines"), node.get(f"{W}{side}")
        if twips is not None:
            values |= _number(side, twips)
        elif lines is not None:
            # Without a grid of its own Word's 行 is 12 pt.
            values |= {name: round(count * 2.4) for name, count in _numbers(side, lines)}
        automatic = node.get(f"{W}{side}Autospacing")
        if automatic is not None:
            values[f"{side}Autospacing"] = True if automatic not in _OFF else None
    if (line := node.get(f"{W}line")) is not None:
        values |= _number("line", line)
        values["line_rule"] = node.get(f"{W}lineRule", "auto")
    return values


def _indents(node: "_Element") -> Values:
    values: Values = {}
    for name, spellings in (("left", ("left", "start")), ("right", ("right", "end"))):
        for spelling in spellings:
            if (text := node.get(f"{W}{spelling}")) is not None:
                values |= _number(name, text)
            if (text := node.get(f"{W}{spelling}Chars")) is not None:
                values |= _number(f"{name}_chars", text)
    for spelling, sign in (("firstLine", 1), ("hanging", -1)):
        if (text := node.get(f"{W}{spelling}")) is not None and (
            sign > 0 or text != "0" or "first" not in values
        ):
            values |= {name: sign * count for name, count in _numbers("first", text)}
        if (text := node.get(f"{W}{spelling}Chars")) is not None:
            for name, count in _numbers("first_chars", text):
                if count or "first_chars" not in values:
                    values[name] = sign * count
    return values


def _borders(node: "_Element") -> Values:
    values: Values = {}
    for one in node:
        tag = _tag(one)
        if tag in ("top", "bottom"):
            values[f"{tag}_rule"] = _border(one)
        elif tag in ("left", "right"):
            values[f"{tag}_rule"] = _border(one) or None
    return values


def _border(node: "_Element") -> tuple[tuple[str, str], ...]:
    """Return a border's attributes, empty when there is none."""
    if node.get(f"{W}val", "nil") in ("nil", "none"):
        return ()
    found = dict(_attributes(node, _BORDER))
    color = found.get("color", "auto")
    found["color"] = "000000" if color == "auto" else color.upper()
    return tuple(sorted(found.items()))


def _shading(node: "_Element") -> Value:
    """Return a background's colour, None when there is none."""
    fill, pattern = node.get(f"{W}fill", "auto"), node.get(f"{W}val", "clear")
    return (
        None
        if fill.lower() in ("auto", "ffffff", "") and pattern in ("clear", "nil")
        else f"{pattern} {fill}"
    )


def _attributes(node: "_Element", names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((name, text) for name in names if (text := node.get(f"{W}{name}")) is not None)


def _number(name: str, text: str) -> Values:
    return dict(_numbers(name, text))


def _numbers(name: str, text: str) -> Iterable[tuple[str, int]]:
    """Yield the number of an attribute, fractions of a twip rounded; nothing for one with a unit."""
    try:
        yield name, round(float(text))
    except (ValueError, OverflowError):
        return


def _tag(node: "_Element") -> str:
    name = str(node.tag)
    return name.removeprefix(W) if name.startswith(W) else ""
