"""Placed lines as page content: PDF text operators.

Positions are absolute for each run. Inside a run the cursor is followed in the widths that the PDF
declares, and corrected whenever it is off by more than `TOLERANCE`, so no error adds up.
"""

from collections.abc import Mapping

from kexie_docs.fonts.face import Face
from kexie_docs.layout.pages import GlyphRun, Page
from kexie_docs.units import TWIPS_PER_PT, Twips
from kexie_docs.writers.pdf.objects import number
from kexie_docs.writers.pdf.opentype import EmbeddedFace

TOLERANCE = 0.01
"""How far a glyph may stand from where the layout put it, in points."""

FontResources = Mapping[Face, tuple[EmbeddedFace, tuple[str, ...]]]
"""Each face as embedded, and the resource names of its layers."""


class PageContent:
    """Writes one page's text operators, naming font, size, colour and spacing only where they change."""

    def __init__(self, height: Twips, fonts: FontResources) -> None:
        self._height = height
        self._fonts = fonts
        self._parts: list[str] = []
        self._font = ""
        self._color = "000000"
        self._spacing = "0"

    def finish(self, page: Page) -> bytes:
        """Return the content of ``page``."""
        lines = page.lines if page.page_number is None else (*page.lines, page.page_number)
        for line in lines:
            for run in line.runs:
                if run.glyphs:
                    self._run(run)
        return f"BT\n{''.join(self._parts)}ET\n".encode("ascii") if self._parts else b""

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
        glyphs = run.glyphs[start:stop]
        targets = [position * to_text for position in run.positions[start:stop]]
        widths = [embedded.widths[glyph] for glyph in glyphs]
        # Most gaps of a justified line are equal: that one becomes character spacing, the others corrections.
        gaps = sorted(
            after - before - width for before, after, width in zip(targets, targets[1:], widths, strict=False)
        )
        spacing = number(gaps[len(gaps) // 2] * size / 1000, 4) if gaps else self._spacing
        step = float(spacing) * 1000 / size
        tolerance = TOLERANCE * 1000 / size
        cursor = targets[0]
        shown: list[str] = []
        for glyph, target, width in zip(glyphs, targets, widths, strict=True):
            error = target - cursor
            if not -tolerance <= error <= tolerance:
                correction = round(error, 1)
                shown.append(f">{number(-correction, 1)}<")
                cursor += correction
            shown.append(codes[glyph])
            cursor += width + step
        x = number((run.x + run.positions[start]) / TWIPS_PER_PT, 3)
        y = number((self._height - run.y) / TWIPS_PER_PT, 3)
        self._state(f"/{name} {number(size, 3)} Tf\n", run.color, spacing)
        self._parts.append(f"1 0 0 1 {x} {y} Tm\n[<{''.join(shown)}>]TJ\n")

    def _state(self, font: str, color: str, spacing: str) -> None:
        if font != self._font:
            self._parts.append(font)
            self._font = font
        if color != self._color:
            red, green, blue = (int(color[at : at + 2], 16) / 255 for at in (0, 2, 4))
            self._parts.append(f"{number(red, 4)} {number(green, 4)} {number(blue, 4)} rg\n")
            self._color = color
        if spacing != self._spacing:
            self._parts.append(f"{spacing} Tc\n")
            self._spacing = spacing
