"""What was measured in a finished file, alike for Word and PDF."""

from enum import StrEnum
from functools import cached_property
from typing import Literal, TypeAlias

from kexie_docs.frozen import dataclass

FileKind: TypeAlias = Literal["docx", "pdf"]


class Align(StrEnum):
    """How a paragraph's lines stand."""

    START = "start"
    CENTER = "center"
    END = "end"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class PageSetup:
    """A section of a Word file, or the pages of a PDF.

    Attributes:
        width: of the page in mm.
        height: of the page in mm.
        top: from the page's upper edge to the type area, mm: of the line boxes in Word, of the first
            line's em box
            in a PDF; None where it cannot be measured.
        bottom: likewise below; in a PDF of the last line of a full page.
        left: from the page's left edge to the text, mm.
        right: likewise on the right.
        pitch: line pitch of the body in points; None where nothing fixes it.
        advance: from one Han character of the body to the next, in points; None where there is no body.
        measured_pitch: whether `pitch` is stated or measured; False where a word processor will choose it.
    """

    width: float
    height: float
    top: float | None
    bottom: float | None
    left: float | None
    right: float | None
    pitch: float | None
    advance: float | None
    measured_pitch: bool = True

    @property
    def landscape(self) -> bool:
        """Whether the page lies on its side, as for wide tables (clause 8)."""
        return self.width > self.height


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of text in one typeface.

    Attributes:
        text: its characters.
        han_font: name of the typeface of Han characters, as the file spells it; "" where none is named.
        latin_font: likewise of letters and digits.
        size: in points.
        bold: whether it is set bold.
        color: as RRGGBB; "" for automatic, which is black.
    """

    text: str
    han_font: str
    latin_font: str
    size: float
    bold: bool = False
    color: str = ""


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A horizontal line across the page.

    Attributes:
        thickness: in mm.
        color: as RRGGBB; "" for automatic.
        width: in mm; None where it is as wide as its paragraph or table and that is not computed.
        y: its middle from the page's upper edge in mm; None in Word files.
        page: number of the page; None in Word files.
        left: where it begins, in mm from the page's left edge; None in Word files.
    """

    thickness: float
    color: str = ""
    width: float | None = None
    y: float | None = None
    page: int | None = None
    left: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A printed line of a PDF: its baseline and ends in mm from the upper left corner of the page."""

    text: str
    left: float
    right: float
    baseline: float
    page: int


@dataclass(frozen=True)
class Paragraph:
    """One paragraph.

    Attributes:
        number: of the paragraph in the file, from 1; text boxes and cells counted.
        spans: its text; empty for an empty paragraph.
        align: how it stands.
        first: start of the first line from the left edge of the type area, in characters of its own size.
        rest: likewise of further lines; None where a PDF shows a single line.
        end: from its right end to the right edge of the type area, in characters: the indent in Word, the
            free room
            of the first line in a PDF.
        pitch: line pitch in points; None where nothing fixes it.
        space: room above and below in points (Word), 0 in a PDF.
        page: number of the page; None where a Word file does not tell.
        opens_page: whether it begins a page by a break of its own.
        outline: outline level from 1; None for body text.
        cell: whether it stands in a table.
        floating: whether it stands in a frame or text box, or in a floating table.
        table: number of the table that it stands in, from 1; None outside.
        above: rules directly above.
        below: rules directly below.
        lines: its lines in a PDF.
        picture: whether it holds a picture.
    """

    number: int
    spans: tuple[Span, ...]
    align: Align
    first: float
    rest: float | None
    end: float
    pitch: float | None
    space: tuple[float, float] = (0.0, 0.0)
    page: int | None = None
    opens_page: bool = False
    outline: int | None = None
    cell: bool = False
    floating: bool = False
    table: int | None = None
    above: tuple[RuleLine, ...] = ()
    below: tuple[RuleLine, ...] = ()
    lines: tuple[Line, ...] = ()
    picture: bool = False

    @cached_property
    def text(self) -> str:
        """The paragraph's text, blanks at its ends taken off."""
        return "".join(span.text for span in self.spans).strip()

    @cached_property
    def size(self) -> float:
        """Type size of most of its characters in points; 0 when it is empty."""
        counts: dict[float, int] = {}
        for span in self.spans:
            counts[span.size] = counts.get(span.size, 0) + len(span.text.strip())
        return max(counts, key=lambda size: counts[size]) if counts else 0.0

    @cached_property
    def red(self) -> bool:
        """Whether most of its text is red."""
        red = sum(len(span.text) for span in self.spans if is_red(span.color))
        return red * 2 > sum(len(span.text) for span in self.spans)


@dataclass(frozen=True, slots=True)
class PageNumber:
    """A page number as it is printed, or as a footer prints it.

    Attributes:
        text: with the digits, such as ``— 1 —``.
        span: how it is set: typeface of its digits, size.
        align: how it stands.
        indent: from the edge that it is aligned to, mm.
        y: middle of its dash from the page's upper edge, mm; None where it is not known.
        parity: ``odd`` or ``even`` pages; ``all`` where one footer serves both.
        page: number of the page; None in Word files.
    """

    text: str
    span: Span
    align: Align
    indent: float
    y: float | None
    parity: Literal["odd", "even", "all"]
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Scene:
    """A finished file as measured.

    Attributes:
        kind: Word or PDF.
        file: path as messages name it.
        pages: number of pages; None where a Word file does not tell.
        setups: page set-ups, one a section; of a PDF the one that was measured.
        paragraphs: in reading order; without headers and footers.
        rules: all horizontal rules (PDF); those of a Word file stand at their paragraphs.
        page_numbers: what prints them.
        tracked: how many tracked changes it holds; its text is that with all of them accepted.
        macros: whether it carries macros.
        unnumbered: pages without a number: their numbers in a PDF; ``first``, ``odd``, ``even`` in a Word
            file.
    """

    kind: FileKind
    file: str
    pages: int | None
    setups: tuple[PageSetup, ...]
    paragraphs: tuple[Paragraph, ...]
    rules: tuple[RuleLine, ...] = ()
    page_numbers: tuple[PageNumber, ...] = ()
    tracked: int = 0
    macros: bool = False
    unnumbered: tuple[str, ...] = ()


def is_red(color: str) -> bool:
    """Return whether a colour passes for the standard's red (gbt9704.toml, colors.red_check)."""
    rgb = _rgb(color)
    return rgb is not None and rgb[0] >= 180 and rgb[1] <= 110 and rgb[2] <= 110


def is_black(color: str) -> bool:
    """Return whether a colour passes for black: automatic, or every part below a quarter."""
    rgb = _rgb(color)
    return rgb is None or max(rgb) <= 64


def _rgb(color: str) -> tuple[int, int, int] | None:
    try:
        value = int(color, 16)
    except ValueError:
        return None
    return (value >> 16 & 255, value >> 8 & 255, value & 255) if len(color) == 6 else None
