"""Finished pages: what stands where. Results only; the writers draw them without deciding anything.

Positions are in twips from the top left corner of the paper, x to the right and y down;
they may hold fractions.
"""

from typing import NamedTuple

from kexie_docs.doctree.fits import Fit
from kexie_docs.fonts.face import Face
from kexie_docs.frozen import dataclass
from kexie_docs.units import Twips


@dataclass(frozen=True, slots=True, kw_only=True)
class GlyphRun:
    """Glyphs of one face and size on one baseline.

    Attributes:
        x: of the first glyph's origin.
        y: of the baseline.
        face: the font file that has the glyphs.
        size: in points.
        color: six hex digits, RRGGBB.
        glyphs: glyph ids in ``face``.
        positions: x of each glyph's origin, from the run's ``x``; as long as ``glyphs``.
        text: one character a glyph (what the PDF's text extraction gives).
        end: x where the last glyph's advance ends, without letter spacing.
        bold: whether the glyphs are to be made bolder than the face draws them.
    """

    x: float
    y: float
    face: Face
    size: float
    color: str
    glyphs: tuple[int, ...]
    positions: tuple[float, ...]
    text: str
    end: float
    bold: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedFigure:
    """A figure's part on this line: which metric, and which characters of the line it takes.

    Attributes:
        metric: name of the metric.
        expression: the reference as written.
        text: what of it is printed on this line.
        start: offset in the line's text of its first character.
        stop: offset after its last one.
        number: of the figure in the document; 0 for none.
    """

    metric: str
    expression: str
    text: str
    start: int
    stop: int
    number: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text.

    Attributes:
        top: y of its line box.
        height: of its line box.
        baseline: y.
        runs: left to right.
        text: as printed, line-end spaces included.
        style: name of the paragraph style.
        block: index of its block in the document.
        figures: figures that stand on it, in order.
    """

    top: float
    height: Twips
    baseline: float
    runs: tuple[GlyphRun, ...]
    text: str
    style: str
    block: int
    figures: tuple[PlacedFigure, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedRule:
    """A filled box: a rule, or an edge of a table. ``x`` and ``y`` are its top left corner."""

    x: float
    y: float
    width: float
    height: float
    color: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedImage:
    """A picture. ``x`` and ``y`` are its top left corner; ``data`` is PNG or JPEG."""

    x: float
    y: float
    width: float
    height: float
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page.

    Attributes:
        number: its page number, from 1.
        lines: body lines, top down.
        page_number: its page number's line; None where there is none.
        rules: drawn before the text.
        images: drawn after the text (a seal lies over the signature).
        turned: whether the content is turned 90° counter-clockwise (a landscape table, clause 8);
            positions of lines and rules are then those of the unturned landscape page.
    """

    number: int
    lines: tuple[Line, ...]
    page_number: Line | None
    rules: tuple[PlacedRule, ...] = ()
    images: tuple[PlacedImage, ...] = ()
    turned: bool = False


class Link(NamedTuple):
    """An area of a page that leads to another place; pages are indexes from 0.

    Attributes:
        page: on which it lies.
        x: of its top left corner, in the coordinates of the page's lines.
        y: likewise.
        width: of the area.
        height: of the area.
        to_page: where it leads.
        to_y: height on that page that it leads to, on the paper.
    """

    page: int
    x: float
    y: float
    width: float
    height: float
    to_page: int
    to_y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class OutlineEntry:
    """A heading's place, for bookmarks. ``level`` counts from 1; ``page`` is an index from 0."""

    title: str
    level: int
    page: int
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A whole laid-out document.

    Attributes:
        width: of the paper.
        height: of the paper.
        pages: in order.
        outline: headings in order.
        substitutions: characters that the role's first font lacks, with the font that served them instead.
        to_imprint: pages from the last one of the text to the imprint's: 0 the same, 1 the next, 2 with a
            blank one between; None without an imprint.
        fits: what was changed in the text above signatures so that none begins a page, and what makes tables
            stand where they do in LibreOffice too; the Word file must be told.
    """

    width: Twips
    height: Twips
    pages: tuple[Page, ...]
    outline: tuple[OutlineEntry, ...]
    substitutions: tuple[tuple[str, str], ...] = ()
    to_imprint: int | None = None
    fits: tuple[Fit, ...] = ()
