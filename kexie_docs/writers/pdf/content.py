"""A placed page as page content: rules, text, pictures as PDF operators.

Positions are absolute for each run. Inside a run the cursor is followed in the widths that the PDF
declares, and corrected whenever it is off by more than `TOLERANCE`, so no error adds up.
"""

from collections.abc import Iterable, Mapping, Sequence

from kexie_docs.fonts.face import Face
from kexie_docs.layout.pages import GlyphRun, Line, Page, PlacedImage, PlacedRule
from kexie_docs.units import TWIPS_PER_PT, Twips
from kexie_docs.writers.pdf.objects import number
from kexie_docs.writers.pdf.opentype import EmbeddedFace

TOLERANCE = 0.01
"""How far a glyph may stand from where the layout put it, in points."""

BOLD_STROKE = 0.03
"""Width of the stroke that makes a glyph bold, in em: half of it falls outside the outline."""

FontResources = Mapping[Face, tuple[EmbeddedFace, tuple[str, ...]]]
"""Each face as embedded, and the resource names of its layers."""


def page_content(
    page: Page,
    width: Twips,
    height: Twips,
    fonts: FontResources,
    images: Mapping[bytes, str],
    guides: Sequence[PlacedRule] = (),
) -> bytes:
    """Return the operators that draw ``page``.

    Args:
        page: what to draw.
        width: of the paper.
        height: of the paper.
        fonts: resource names of the faces.
        images: resource names of the pictures.
        guides: drawn beneath everything else.
    """
    number_line = () if page.page_number is None else (page.page_number,)
    if not page.turned:
        upright = _Operators(height, fonts)
        upright.rules((*guides, *page.rules))
        upright.lines((*page.lines, *number_line))
        upright.images(page.images, images)
        return upright.finish()
    # The landscape page, turned 90° counter-clockwise about its corner, lies on the paper; it is as high as
    # the paper is wide. The page number stands upright where it is on all pages (clause 8).
    turned = _Operators(width, fonts)
    turned.rules((*guides, *page.rules))
    turned.lines(page.lines)
    turned.images(page.images, images)
    number_part = _Operators(height, fonts)
    number_part.lines(number_line)
    matrix = f"0 1 -1 0 {number(width / TWIPS_PER_PT, 3)} 0 cm"
    return f"q\n{matrix}\n".encode("ascii") + turned.finish() + b"Q\n" + number_part.finish()


class _Operators:
    """Writes operators, naming font, size, colour, weight and spacing only where they change."""

    def __init__(self, height: Twips, fonts: FontResources) -> None:
        self._height = height
        self._fonts = fonts
        self._parts: list[str] = []
        self._font = ""
        self._color = "000000"
        self._stroke = ""
        self._spacing = "0"

    def finish(self) -> bytes:
        """Return what was written."""
        return "".join(self._parts).encode("ascii")

    def rules(self, rules: Iterable[PlacedRule]) -> None:
        """Fill boxes."""
        for rule in rules:
            self._fill(rule.color)
            x, y, width, height = self._box(rule)
            self._parts.append(f"{x} {y} {width} {height} re f\n")

    def images(self, images: Iterable[PlacedImage], names: Mapping[bytes, str]) -> None:
        """Paint pictures."""
        for image in images:
            x, y, width, height = self._box(image)
            self._parts.append(f"q {width} 0 0 {height} {x} {y} cm /{names[image.data]} Do Q\n")

    def lines(self, lines: Iterable[Line]) -> None:
        """Show text."""
        runs = [run for line in lines for run in line.runs if run.glyphs]
        if runs:
            self._parts.append("BT\n")
            for run in runs:
                self._run(run)
            self._parts.append("ET\n")

    def _box(self, item: PlacedRule | PlacedImage) -> tuple[str, str, str, str]:
        foot = self._height - item.y - item.height
        x, y, width, height = (
            number(value / TWIPS_PER_PT, 3) for value in (item.x, foot, item.width, item.height)
        )
        return x, y, width, height

    def _run(self, run: GlyphRun) -> None:
        embedded, names = self._fonts[run.face]
        if not embedded.layer_of:
            self._show(run, 0, len(run.glyphs), embedded, embedded.layers[0], names[0])
            return
        layers = [embedded.layer_of.get(pair, 0) for pair in zip(run.glyphs, run.text, strict=True)]
        start = 0
        for stop in range(1, len(layers) + 1):
            if stop == len(layers) or layers[stop] != layers[start]:
                layer = layers[start]
                self._show(run, start, stop, embedded, embedded.layers[layer], names[layer])
                start = stop

    def _show(
        self,
        run: GlyphRun,
        start: int,
        stop: int,
        embedded: EmbeddedFace,
        codes: Mapping[int, str],
        name: str,
    ) -> None:
        """Show the glyphs of ``run`` from ``start`` to ``stop``, all of one layer."""
        size = run.size
        to_text = 1000 / (TWIPS_PER_PT * size)  # twips to the thousandths of an em that TJ counts in
        whole = stop - start == len(run.glyphs)
        glyphs = run.glyphs if whole else run.glyphs[start:stop]
        positions = run.positions if whole else run.positions[start:stop]
        widths = [embedded.widths[glyph] for glyph in glyphs]
        # Most gaps of a justified line are equal: that one becomes character spacing, the others corrections.
        gaps = [
            (after - before) * to_text - width
            for before, after, width in zip(positions, positions[1:], widths, strict=False)
        ]
        tolerance = TOLERANCE * 1000 / size
        spacing, step = self._spacing, 0.0
        exact = True
        if gaps:
            spacing = number(sorted(gaps)[len(gaps) // 2] * size / 1000, 4)
            step = float(spacing) * 1000 / size
            exact = max(max(gaps) - step, step - min(gaps)) * len(gaps) <= tolerance
        if exact:
            shown = "".join([codes[glyph] for glyph in glyphs])
        else:
            shown = _corrected(
                glyphs, positions, widths, codes, to_text=to_text, step=step, tolerance=tolerance
            )
        x = number((run.x + run.positions[start]) / TWIPS_PER_PT, 3)
        y = number((self._height - run.y) / TWIPS_PER_PT, 3)
        self._state(f"/{name} {number(size, 3)} Tf\n", run.color, spacing)
        self._embolden(run)
        self._parts.append(f"1 0 0 1 {x} {y} Tm\n[<{shown}>]TJ\n")

    def _state(self, font: str, color: str, spacing: str) -> None:
        if font != self._font:
            self._parts.append(font)
            self._font = font
        self._fill(color)
        if spacing != self._spacing:
            self._parts.append(f"{spacing} Tc\n")
            self._spacing = spacing

    def _fill(self, color: str) -> None:
        if color != self._color:
            self._parts.append(f"{_rgb(color)} rg\n")
            self._color = color

    def _embolden(self, run: GlyphRun) -> None:
        """Stroke the outlines of bold glyphs in their own colour, or stop doing so."""
        stroke = ""
        if run.bold:
            stroke = f"2 Tr {number(run.size * BOLD_STROKE, 3)} w {_rgb(run.color)} RG\n"
        if stroke != self._stroke:
            self._parts.append(stroke or "0 Tr\n")
            self._stroke = stroke


def _rgb(color: str) -> str:
    return " ".join(number(int(color[at : at + 2], 16) / 255, 4) for at in (0, 2, 4))


def _corrected(
    glyphs: Sequence[int],
    positions: Sequence[float],
    widths: Sequence[float],
    codes: Mapping[int, str],
    *,
    to_text: float,
    step: float,
    tolerance: float,
) -> str:
    """Return the codes of glyphs with a correction wherever the cursor is off by more than ``tolerance``.

    Args:
        glyphs: to show.
        positions: where each is to stand, in twips.
        widths: by which each moves the cursor, in thousandths of an em.
        codes: of the glyphs.
        to_text: thousandths of an em in a twip.
        step: by which each moves the cursor beside its width.
        tolerance: in thousandths of an em.
    """
    cursor = positions[0] * to_text
    shown: list[str] = []
    for glyph, position, width in zip(glyphs, positions, widths, strict=True):
        error = position * to_text - cursor
        if not -tolerance <= error <= tolerance:
            correction = round(error, 1)
            shown.append(f">{number(-correction, 1)}<")
            cursor += correction
        shown.append(codes[glyph])
        cursor += width + step
    return "".join(shown)
