"""Measure finished PDF files: lines, rules, pictures, ink; in millimetres from the paper's top left corner.

Nothing here knows how a file was made. The same functions read our own PDF and the one that LibreOffice makes
of our Word file, so that both are held against the same facts.
"""

import io
import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise
from typing import Any

import pdfplumber
import pypdfium2
from PIL import Image, ImageChops

MM = 72 / 25.4
"""Points in a millimetre."""

DPI = 300
_DARK = 64
"""Ink of 8 bits from which a pixel counts: anti-aliased edges lighter than a quarter do not."""

_SAME_BASELINE = 0.6
"""Millimetres that baselines of one row may differ (pieces in several fonts)."""

ASCENT = 0.88
"""Share of the em box above the baseline in Fandol and Noto."""

_SPECKLE = 3
"""Pixels: what is smaller in both directions is no ink."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in millimetres, y down."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.y1 - self.y0

    @property
    def centre(self) -> tuple[float, float]:
        return (self.x0 + self.x1) / 2, (self.y0 + self.y1) / 2


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character: its advance box, baseline, type size in points, font and colour (RRGGBB)."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str
    color: str


@dataclass(frozen=True)
class Row:
    """Printed characters on one baseline, left to right, without blanks."""

    glyphs: tuple[Glyph, ...]

    @property
    def text(self) -> str:
        return "".join(glyph.text for glyph in self.glyphs)

    @property
    def x0(self) -> float:
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def baseline(self) -> float:
        return self.glyphs[0].baseline

    @property
    def size(self) -> float:
        """Size of its largest character, in points."""
        return max(glyph.size for glyph in self.glyphs)

    @property
    def em(self) -> float:
        """Its size in millimetres."""
        return self.size / MM

    @property
    def sizes(self) -> frozenset[float]:
        return frozenset(round(glyph.size, 2) for glyph in self.glyphs)

    @property
    def fonts(self) -> frozenset[str]:
        return frozenset(glyph.font for glyph in self.glyphs)

    @property
    def colors(self) -> frozenset[str]:
        return frozenset(glyph.color for glyph in self.glyphs)

    @property
    def em_box(self) -> Box:
        top = self.baseline - ASCENT * self.em
        return Box(self.x0, top, self.x1, top + self.em)

    @property
    def centre(self) -> float:
        """Middle between its left and right edges."""
        return (self.x0 + self.x1) / 2

    def pieces(self) -> list["Row"]:
        """Return what stands apart on it, such as the cells of a table, parted by more than an em."""
        found: list[list[Glyph]] = [[self.glyphs[0]]]
        for before, glyph in pairwise(self.glyphs):
            if glyph.x0 - before.x1 > self.em:
                found.append([])
            found[-1].append(glyph)
        return [Row(tuple(piece)) for piece in found]

    def part(self, text: str) -> "Row":
        """Return the characters that print ``text``.

        Raises:
            ValueError: they are not on this row.
        """
        at = self.text.index(text)
        return Row(self.glyphs[at : at + len(text)])


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line, horizontal or vertical; ``box`` is what it covers."""

    box: Box
    color: str

    @property
    def thickness(self) -> float:
        return min(self.box.width, self.box.height)

    @property
    def length(self) -> float:
        return max(self.box.width, self.box.height)

    @property
    def horizontal(self) -> bool:
        return self.box.width >= self.box.height


@dataclass(frozen=True)
class PageMeasure:
    """What stands on one page; a landscape page is turned 90° counter-clockwise, as it is bound (clause 8).

    Attributes:
        number: position in the file, from 1.
        width: of the paper.
        height: of the paper.
        rows: of upright text, top down.
        turned: rows of text turned 90° counter-clockwise; their baseline is an x of the page, their x0 and x1
            count up from the page's lower edge.
        rules: horizontal ones top down, then vertical ones.
        images: pictures.
    """

    number: int
    width: float
    height: float
    rows: tuple[Row, ...]
    turned: tuple[Row, ...]
    rules: tuple[Rule, ...]
    images: tuple[Box, ...]
    _render: Callable[[], Image.Image] = field(repr=False, compare=False)

    @cached_property
    def _raster(self) -> Image.Image:
        return self._render()

    def ink(self, box: Box) -> Box | None:
        """Return the ink inside a box, measured on the raster; None where there is none."""
        scale = DPI / 25.4
        left, top = math.floor(box.x0 * scale), math.floor(box.y0 * scale)
        right, bottom = math.ceil(box.x1 * scale), math.ceil(box.y1 * scale)
        found = self._raster.crop((left, top, right, bottom)).getbbox()
        if found is None or (found[2] - found[0] < _SPECKLE and found[3] - found[1] < _SPECKLE):
            return None
        return Box(
            (left + found[0]) / scale, (top + found[1]) / scale,
            (left + found[2]) / scale, (top + found[3]) / scale,
        )  # fmt: skip

    def row_ink(self, row: Row) -> Box:
        """Return the ink of a row's characters.

        Raises:
            AssertionError: they print nothing.
        """
        em_box = row.em_box
        slack = 0.12 * row.em
        found = self.ink(Box(em_box.x0 - slack, em_box.y0 - slack, em_box.x1 + slack, em_box.y1 + slack))
        assert found is not None, f"page {self.number}: nothing is printed for {row.text!r}"
        return found

    def row(self, text: str) -> Row:
        """Return the part of the one row that prints ``text``.

        Raises:
            AssertionError: no row or several do.
        """
        found = [row for row in self.rows if text in row.text]
        assert len(found) == 1, f"page {self.number}: {text!r} stands on {len(found)} rows"
        return found[0].part(text)


@dataclass(frozen=True)
class Measured:
    """A whole file."""

    pages: tuple[PageMeasure, ...]

    def find(self, text: str) -> tuple[PageMeasure, Row]:
        """Return the first place that prints ``text`` on one row.

        Raises:
            AssertionError: no page does.
        """
        for page in self.pages:
            for row in page.rows:
                if text in row.text:
                    return page, row.part(text)
        raise AssertionError(f"nowhere printed on one row: {text!r}")

    def starting(self, prefix: str) -> list[tuple[PageMeasure, Row]]:
        """Return all rows that begin with a text."""
        return [(page, row) for page in self.pages for row in page.rows if row.text.startswith(prefix)]


def measure_pdf(data: bytes) -> Measured:
    """Return what stands on the pages of a PDF file."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return Measured(tuple(_page(page, data) for page in document.pages))


def _page(page: Any, data: bytes) -> PageMeasure:
    number, lying = int(page.page_number), float(page.width) > float(page.height)
    width, height = float(page.width) / MM, float(page.height) / MM

    def render() -> Image.Image:
        raster = _raster_of(data, number - 1)
        return raster.transpose(Image.Transpose.ROTATE_90) if lying else raster

    upright: list[Glyph] = []
    turned: list[Glyph] = []
    for char in page.chars:
        if not char["text"].strip():
            continue
        along, up = char["matrix"][0], char["matrix"][1]
        if abs(along) > abs(up):
            glyph = _glyph(char, char["x0"], char["x1"], page.height - char["matrix"][5], char["size"])
            (turned if lying else upright).append(glyph)
        elif up > 0 and not lying:
            glyph = _glyph(char, char["y0"], char["y1"], char["matrix"][4], char["x1"] - char["x0"])
            turned.append(glyph)
        else:
            down = page.width - char["matrix"][4] if lying else char["matrix"][4]
            upright.append(_glyph(char, char["top"], char["bottom"], down, char["x1"] - char["x0"]))
    rules, images = _rules(page), tuple(_box(image) for image in page.images)
    if lying:
        rules = tuple(Rule(_turned(rule.box, width), rule.color) for rule in rules)
        images = tuple(_turned(image, width) for image in images)
        width, height = height, width
    return PageMeasure(
        number=number,
        width=width,
        height=height,
        rows=_rows(upright),
        turned=_rows(turned),
        rules=tuple(sorted(rules, key=_reading_order)),
        images=images,
        _render=render,
    )


def _turned(box: Box, width: float) -> Box:
    """Return a box of a landscape page as it stands when the page is turned 90° counter-clockwise."""
    return Box(box.y0, width - box.x1, box.y1, width - box.x0)


def _reading_order(rule: Rule) -> tuple[bool, float, float]:
    box = rule.box
    return (False, box.y0, box.x0) if rule.horizontal else (True, box.x0, box.y0)


def _raster_of(data: bytes, index: int) -> Image.Image:
    """Return a page at `DPI`, white ink on black."""
    document = pypdfium2.PdfDocument(data)
    try:
        picture: Image.Image = document[index].render(scale=DPI / 72).to_pil().convert("RGB")
    finally:
        document.close()
    # Red ink is as good as black: the darkest of the three channels decides.
    red, green, blue = picture.split()
    darkest = ImageChops.darker(ImageChops.darker(red, green), blue)
    return ImageChops.invert(darkest).point(_binary)


def _binary(level: int) -> int:
    return 255 if level >= _DARK else 0


def _glyph(char: dict[str, Any], x0: float, x1: float, baseline: float, size: float) -> Glyph:
    return Glyph(
        text=str(char["text"]),
        x0=float(x0) / MM,
        x1=float(x1) / MM,
        baseline=float(baseline) / MM,
        size=float(size),
        font=_font_name(str(char["fontname"])),
        color=_color(char["non_stroking_color"]),
    )


def _font_name(name: str) -> str:
    """Return a font's name without the prefix that says it is a subset."""
    return name.partition("+")[2] or name


def _rows(glyphs: Iterable[Glyph]) -> tuple[Row, ...]:
    rows: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda one: one.baseline):
        if not rows or glyph.baseline - rows[-1][0].baseline > _SAME_BASELINE:
            rows.append([])
        rows[-1].append(glyph)
    return tuple(Row(tuple(sorted(row, key=lambda one: one.x0))) for row in rows)


def _rules(page: Any) -> tuple[Rule, ...]:
    found = [*_drawn(page.rects), *_drawn(page.lines), *_drawn(page.curves)]
    lying = [rule for rule in found if rule.horizontal]
    standing = [rule for rule in found if not rule.horizontal]
    return (*_joined(lying, lambda box: (box.y0, box.x0)), *_joined(standing, lambda box: (box.x0, box.y0)))


def _drawn(shapes: Iterable[dict[str, Any]]) -> Iterator[Rule]:
    """Yield the shapes that are thin: stroked lines and filled boxes; clipping paths and areas are none."""
    for shape in shapes:
        if not (shape["stroke"] or shape["fill"]):
            continue
        box = _box(shape)
        color = _color(shape["non_stroking_color" if shape["fill"] else "stroking_color"])
        if min(box.width, box.height) < 0.01:
            half = float(shape["linewidth"] or 0) / MM / 2
            if box.width >= box.height:
                box = Box(box.x0, box.y0 - half, box.x1, box.y1 + half)
            else:
                box = Box(box.x0 - half, box.y0, box.x1 + half, box.y1)
        if min(box.width, box.height) < 2 < max(box.width, box.height):
            yield Rule(box, color)


def _joined(rules: Sequence[Rule], order: Callable[[Box], tuple[float, float]]) -> Iterator[Rule]:
    """Yield rules with the pieces of one line, such as the edges of neighbouring cells, put together."""
    pending: Rule | None = None
    for rule in sorted(rules, key=lambda one: tuple(round(value, 1) for value in order(one.box))):
        if pending is not None and _continues(pending, rule):
            first, second = pending.box, rule.box
            pending = Rule(
                Box(
                    min(first.x0, second.x0), min(first.y0, second.y0),
                    max(first.x1, second.x1), max(first.y1, second.y1),
                ),
                pending.color,
            )  # fmt: skip
            continue
        if pending is not None:
            yield pending
        pending = rule
    if pending is not None:
        yield pending


def _continues(first: Rule, second: Rule) -> bool:
    a, b = first.box, second.box
    if first.color != second.color or abs(first.thickness - second.thickness) > 0.05:
        return False
    if first.horizontal:
        return abs(a.y0 - b.y0) < 0.05 and b.x0 - a.x1 < 0.3
    return abs(a.x0 - b.x0) < 0.05 and b.y0 - a.y1 < 0.3


def _box(shape: dict[str, Any]) -> Box:
    return Box(*(float(shape[edge]) / MM for edge in ("x0", "top", "x1", "bottom")))


def _color(value: Any) -> str:
    """Return RRGGBB of a colour in grey, RGB or CMYK; black for none."""
    parts = [float(part) for part in (value if isinstance(value, (tuple, list)) else (value or 0,))]
    if len(parts) == 1:
        parts = parts * 3
    elif len(parts) == 4:
        cyan, magenta, yellow, black = parts
        parts = [(1 - ink) * (1 - black) for ink in (cyan, magenta, yellow)]
    return "".join(f"{round(part * 255):02X}" for part in parts[:3])


def is_red(color: str) -> bool:
    """Whether a colour is one of the reds in use (Y80 M80 has no exact RGB)."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (0, 2, 4))
    return red >= 180 and green <= 110 and blue <= 110


def pitches(rows: Sequence[Row]) -> list[float]:
    """Return the distances, in points, between neighbouring baselines."""
    return [(below.baseline - above.baseline) * MM for above, below in pairwise(rows)]
