"""Glyphs of a PDF page gathered into lines."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from kexie_docs.frozen import dataclass
from kexie_docs.inspection.pdf_glyphs import Face, Glyph, PdfPage
from kexie_docs.inspection.scene import Line, RuleLine, Span

MM_PER_PT = 25.4 / 72

ASCENT = 0.86
"""Top of the em box above the baseline in type sizes: 0.88 for Fandol and Noto, 0.86 for SimSun."""

_SAME_LINE = 0.35
"""Largest distance of baselines within a line, in type sizes."""

_GAP = 1.5
"""Room in type sizes that parts two items on one line."""


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A printed line.

    Attributes:
        page: number of the page.
        glyphs: from left to right, blanks at the ends taken off.
        spans: its text in stretches of one typeface; items far apart are parted by a tab.
        size: type size of most of it, in points.
    """

    page: int
    glyphs: tuple[Glyph, ...]
    spans: tuple[Span, ...]
    size: float

    @property
    def text(self) -> str:
        """What the line says."""
        return "".join(span.text for span in self.spans)

    @property
    def left(self) -> float:
        """Where the line begins, in mm."""
        return self.glyphs[0].left

    @property
    def right(self) -> float:
        """Where the line ends, in mm."""
        return max(glyph.right for glyph in self.glyphs[-2:])

    @property
    def baseline(self) -> float:
        """The baseline of most of it, in mm."""
        return self.glyphs[len(self.glyphs) // 2].baseline

    @property
    def em(self) -> float:
        """The type size in mm."""
        return self.size * MM_PER_PT

    @property
    def top(self) -> float:
        """Top of the em box, in mm."""
        return self.baseline - ASCENT * self.em

    @property
    def bottom(self) -> float:
        """Bottom of the em box, in mm."""
        return self.top + self.em

    def as_line(self) -> Line:
        """Return its text and place alone."""
        return Line(self.text, self.left, self.right, self.baseline, self.page)


def page_lines(page: PdfPage) -> list[PdfLine]:
    """Return the lines of a page from top to bottom."""
    rows: list[list[Glyph]] = []
    for glyph in sorted(page.glyphs, key=lambda one: one.baseline):
        near = glyph.face.size * MM_PER_PT * _SAME_LINE
        if rows and glyph.baseline - rows[-1][0].baseline <= near:
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
    lines: list[PdfLine] = []
    for row in rows:
        glyphs = _stripped(sorted(row, key=lambda one: one.left))
        if glyphs:
            lines.append(PdfLine(page.number, glyphs, _spans(glyphs), _size(glyphs)))
    return lines


def _stripped(glyphs: Sequence[Glyph]) -> tuple[Glyph, ...]:
    start, end = 0, len(glyphs)
    while start < end and glyphs[start].char.isspace():
        start += 1
    while end > start and glyphs[end - 1].char.isspace():
        end -= 1
    return tuple(glyphs[start:end])


def _size(glyphs: Iterable[Glyph]) -> float:
    counts: dict[float, int] = {}
    for glyph in glyphs:
        counts[glyph.face.size] = counts.get(glyph.face.size, 0) + 1
    return max(counts, key=lambda size: counts[size])


def _spans(glyphs: Sequence[Glyph]) -> tuple[Span, ...]:
    spans: list[Span] = []
    text, face, end = "", glyphs[0].face, glyphs[0].left
    for glyph in glyphs:
        far = glyph.left - end > _GAP * glyph.face.size * MM_PER_PT
        if glyph.face != face:
            spans.append(_span(text, face))
            text, face = "", glyph.face
        text += ("\t" if far else "") + glyph.char
        end = glyph.right
    return (*spans, _span(text, face))


def _span(text: str, face: Face) -> Span:
    # A bold weight is part of the typeface's name in a PDF.
    return Span(text, face.font, face.font, face.size, False, "" if face.color == "000000" else face.color)


def horizontal_rules(page: PdfPage) -> list[RuleLine]:
    """Return the horizontal rules of a page from top to bottom; one drawn twice counts once."""
    found: list[RuleLine] = []
    flat = (stroke for stroke in page.strokes if not stroke.upright)
    for stroke in sorted(flat, key=lambda one: (one.top + one.bottom, one.left)):
        y = (stroke.top + stroke.bottom) / 2
        if found and found[-1].y is not None and abs(found[-1].y - y) < 0.2:
            known = found[-1]
            # A rule may be drawn in pieces, cell by cell.
            width = max(known.width or 0.0, stroke.right - stroke.left)
            if stroke.left > page.width / 3:
                width = min((known.width or 0.0) + stroke.right - stroke.left, page.width)
            found[-1] = replace(known, thickness=max(known.thickness, stroke.thickness), width=width, y=y)
            continue
        color = "" if stroke.color == "000000" else stroke.color
        across = stroke.right - stroke.left
        found.append(RuleLine(stroke.thickness, color, across, y, page.number, stroke.left))
    return found


def table_areas(page: PdfPage) -> list[tuple[float, float]]:
    """Return the stretches down the page that upright lines run through: its tables, top and bottom in mm."""
    areas: list[tuple[float, float]] = []
    for stroke in sorted((one for one in page.strokes if one.upright), key=lambda one: one.top):
        if areas and stroke.top <= areas[-1][1] + 1.0:
            areas[-1] = (areas[-1][0], max(areas[-1][1], stroke.bottom))
        else:
            areas.append((stroke.top, stroke.bottom))
    return areas
