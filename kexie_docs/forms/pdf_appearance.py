"""What a filled PDF field looks like: appearance streams drawn by us, so that every viewer shows the same."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from kexie_docs.forms.pdf_font import FormFonts
from kexie_docs.forms.pdf_text import Line, SetText
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import FontRole

_FONT = re.compile(r"/(\S+)\s+([0-9.+-]+)\s+Tf")
_COLOUR = re.compile(r"((?:[0-9.]+\s+)+)(g|rg|k)\b")
_OPERATORS = {1: "g", 3: "rg", 4: "k"}
_ROLES = (
    (re.compile(r"hei|goth|sans|helv|arial|yahei|黑", re.IGNORECASE), FontRole.HEITI),
    (re.compile(r"kai|楷", re.IGNORECASE), FontRole.KAITI),
    (re.compile(r"fang|仿", re.IGNORECASE), FontRole.FANGSONG),
)
_SELECTED = "0.6 0.756 0.855 rg"


@dataclass(frozen=True, slots=True)
class Look:
    """How a field's text is to look.

    Attributes:
        role: typeface that is most like the one the form names.
        size: in points; 0 for what fits.
        colour: operator and its operands.
    """

    role: FontRole
    size: float
    colour: str


def look_of(appearance: str) -> Look:
    """Return the look that a default appearance string asks for."""
    font = _FONT.search(appearance)
    try:
        size = max(0.0, float(font[2])) if font else 0.0
    except ValueError:
        size = 0.0
    name = font[1] if font else ""
    role = next((role for pattern, role in _ROLES if pattern.search(name)), FontRole.SONGTI)
    colour = _COLOUR.search(appearance)
    return Look(role, min(size, 200.0), f"{colour[1].strip()} {colour[2]}" if colour else "0 g")


@dataclass(frozen=True, slots=True)
class Box:
    """The box of a widget in its own directions, which may be turned on the page.

    Attributes:
        width, height: in points.
        turned: degrees counterclockwise, a multiple of 90.
        border: width of the border in points; 0 for none.
    """

    width: float
    height: float
    turned: int
    border: float

    @property
    def padding(self) -> float:
        """Room between the box and its text, as viewers leave it."""
        return max(1.0, self.border) + 1.0


def box_of(widget: Any) -> Box | None:
    """Return a widget's box, or None when it has no room at all (it is not seen then)."""
    try:
        x0, y0, x1, y1 = (float(value) for value in widget["/Rect"])
    except (KeyError, TypeError, ValueError):
        return None
    width, height = abs(x1 - x0), abs(y1 - y0)
    look = widget.get("/MK")
    turned = 0
    if isinstance(look, Dictionary) and isinstance(look.get("/R"), int):
        turned = int(look["/R"]) % 360 // 90 * 90
    if turned in (90, 270):
        width, height = height, width
    border = 0.0
    if isinstance(look, Dictionary) and _colour(look.get("/BC")):
        style = widget.get("/BS")
        given = style.get("/W", 1) if isinstance(style, Dictionary) else 1
        if not isinstance(given, int | float | Decimal):
            given = 1
        border = min(max(float(given), 0.0), 10.0)
    return Box(width, height, turned, border) if width > 1 and height > 1 else None


def text_appearance(
    pdf: pikepdf.Pdf, widget: Any, box: Box, text: SetText, look: Look, fonts: FormFonts
) -> Any:
    """Return the appearance stream of a field with text in it."""
    used: dict[str, Any] = {}
    parts = [*_ground(widget, box), "/Tx BMC", "q", _clip(box), "BT", look.colour]
    for line in text.lines:
        parts += _line(line, text.size, fonts, used)
    parts += ["ET", "Q", "EMC"]
    return _stream(pdf, box, parts, used)


def list_appearance(
    pdf: pikepdf.Pdf,
    widget: Any,
    box: Box,
    rows: Sequence[tuple[SetText, bool]],
    look: Look,
    fonts: FormFonts,
    height: float,
) -> Any:
    """Return the appearance stream of a list, the chosen rows on coloured ground."""
    used: dict[str, Any] = {}
    parts = [*_ground(widget, box), "/Tx BMC", "q", _clip(box)]
    top = box.height - box.border
    for number, (text, chosen) in enumerate(rows):
        bottom = top - (number + 1) * height
        if chosen:
            parts += ["q", _SELECTED, f"{_n(box.border)} {_n(bottom)} {_n(box.width - 2 * box.border)}"]
            parts[-1] += f" {_n(height)} re f"
            parts.append("Q")
        parts += ["q", f"1 0 0 1 0 {_n(bottom)} cm", "BT", look.colour]
        for line in text.lines:
            parts += _line(line, text.size, fonts, used)
        parts += ["ET", "Q"]
    parts += ["Q", "EMC"]
    return _stream(pdf, box, parts, used)


def check_appearance(pdf: pikepdf.Pdf, widget: Any, box: Box, *, on: bool, radio: bool) -> Any:
    """Return the appearance stream of a button that the form gives none for."""
    side = min(box.width, box.height)
    x, y = (box.width - side) / 2, (box.height - side) / 2
    if radio:
        middle = f"{_n(x + side / 2)} {_n(y + side / 2)}"
        dot = f"{middle} m {middle} l S Q"
        parts = [f"q 1 J {_n(across)} w {colour} {dot}" for across, colour in _rings(widget, box)]
        if on:
            parts.append(f"q 1 J {_n(side / 2)} w {dot}")
        return _stream(pdf, box, parts, {})
    parts = _ground(widget, box)
    if on:
        points = ((0.2, 0.5), (0.42, 0.25), (0.8, 0.78))
        path = [f"{_n(x + side * px)} {_n(y + side * py)}" for px, py in points]
        parts += [f"q {_n(side / 9)} w 1 J 1 j {path[0]} m {path[1]} l {path[2]} l S Q"]
    return _stream(pdf, box, parts, {})


def _rings(widget: Any, box: Box) -> Iterator[tuple[float, str]]:
    """Yield diameter and colour of a round button's border and ground, as dots drawn one upon another."""
    look = widget.get("/MK")
    side = min(box.width, box.height)
    if isinstance(look, Dictionary) and box.border:
        yield side, _colour(look.get("/BC")).upper()
        yield side - 2 * box.border, (_colour(look.get("/BG")) or "1 g").upper()


def _ground(widget: Any, box: Box) -> list[str]:
    """Draw the background and the border that the form asks for."""
    look = widget.get("/MK")
    if not isinstance(look, Dictionary):
        return []
    parts = []
    if ground := _colour(look.get("/BG")):
        parts.append(f"q {ground} 0 0 {_n(box.width)} {_n(box.height)} re f Q")
    if box.border and (edge := _colour(look.get("/BC"))):
        half = box.border / 2
        size = f"{_n(box.width - box.border)} {_n(box.height - box.border)}"
        parts.append(f"q {edge.upper()} {_n(box.border)} w {_n(half)} {_n(half)} {size} re S Q")
    return parts


def _clip(box: Box) -> str:
    edge = box.border
    return f"{_n(edge)} {_n(edge)} {_n(box.width - 2 * edge)} {_n(box.height - 2 * edge)} re W n"


def _line(line: Line, size: float, fonts: FormFonts, used: dict[str, Any]) -> list[str]:
    parts: list[str] = []
    x = line.x
    current, codes, start = "", "", x

    def flush() -> None:
        if codes:
            parts.append(f"{current} {_n(size)} Tf 1 0 0 1 {_n(start)} {_n(line.y)} Tm <{codes}> Tj")

    for number, glyph in enumerate(line.glyphs):
        font, code = fonts.code(glyph)
        used[font] = fonts.resource(font)
        if line.places:
            x = line.places[number]
        if font != current or line.places:
            flush()
            current, codes, start = font, "", x
        codes += code
        x += glyph.advance * size
    flush()
    return parts


def _stream(pdf: pikepdf.Pdf, box: Box, parts: Sequence[str], fonts: dict[str, Any]) -> Any:
    width, height = box.width, box.height
    matrix = {
        90: [0, 1, -1, 0, height, 0],
        180: [-1, 0, 0, -1, width, height],
        270: [0, -1, 1, 0, 0, width],
    }.get(box.turned)
    stream = pikepdf.Stream(pdf, "\n".join(parts).encode("ascii"))
    stream.Type = Name.XObject
    stream.Subtype = Name.Form
    stream.BBox = Array([0, 0, _real(width), _real(height)])
    if matrix:
        stream.Matrix = Array([_real(value) for value in matrix])
    resources = Dictionary()
    if fonts:
        resources.Font = Dictionary(fonts)
    stream.Resources = resources
    return pdf.make_indirect(stream)


def _colour(value: Any) -> str:
    """Return a colour's operator with its operands, or "" for none."""
    if not isinstance(value, Array) or len(value) not in _OPERATORS:
        return ""
    try:
        numbers = " ".join(_n(min(max(float(one), 0.0), 1.0)) for one in value)
    except (TypeError, ValueError):
        return ""
    return f"{numbers} {_OPERATORS[len(value)]}"


def _n(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") or "0"


def _real(value: float) -> Any:
    return pikepdf.Object.parse(_n(value).encode("ascii"))
