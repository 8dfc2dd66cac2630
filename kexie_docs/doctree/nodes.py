"""Nodes of the document tree: frozen values; styles are named, never described.

Both writers and the layout read this tree. A new node type makes every `match` that ends in `assert_never`
fail type checking until it is handled.
"""

from dataclasses import field, replace
from datetime import date
from typing import Literal, NamedTuple, TypeAlias

from kexie_docs.frozen import dataclass
from kexie_docs.units import Twips

Alignment: TypeAlias = Literal["justify", "start", "center", "end"]

_NONE = Twips(0)


@dataclass(frozen=True, slots=True)
class Origin:
    """Which characters of the input a piece of a document was printed from.

    Only documents that are composed to be compared with an edited copy know it (`compose.tracing`).

    Attributes:
        field: path of the value that holds the characters, such as ``行动[0].导语``; "" where a template
            prints a value in another form (a date).
        start: offset in the value's text.
        end: offset after the last of them.
        printed: path of the value that a reference between these offsets prints; "" for literal text, and
            for figures, which know their metric.
    """

    field: str
    start: int
    end: int
    printed: str = ""


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of running text.

    Attributes:
        text: its characters.
        origin: where they come from; None where nobody asked, and for a template's own words.
    """

    text: str
    origin: Origin | None = field(default=None, compare=False)

    def part(self, start: int, stop: int) -> "Text":
        """Return the characters between two offsets, with their origin."""
        origin = self.origin
        if origin is not None and not origin.printed:
            origin = replace(origin, start=origin.start + start, end=origin.start + stop)
        return Text(self.text[start:stop], origin)


class FigureOrigin(NamedTuple):
    """Where the input gives a metric.

    Attributes:
        source: who answers for it (来源); "" where the input does not say.
        file: name of the input file that holds it, without folders; "" where no file gave it.
        line: its line in that file, from 1; None where no file gave it.
    """

    source: str = ""
    file: str = ""
    line: int | None = None


class FigureFact(NamedTuple):
    """What a figure states, exactly, as plain text.

    Attributes:
        kind: what sort of statement it is (`kexie_docs.figures.value.Kind`).
        value: exact number in the base unit, in digits without exponent (7410000 for 741万元); "" for what
            has none (历年新高) or two (``ends``).
        ends: both numbers of a range or proportion; () otherwise.
        unit: base unit; "" for none.
        hedge: 余, 近, 超 …; "" for none.
        origin: where the input gives the metric.
    """

    kind: str
    value: str = ""
    ends: tuple[str, ...] = ()
    unit: str = ""
    hedge: str = ""
    origin: FigureOrigin = FigureOrigin()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the text: what is printed, and the metric that it comes from.

    Attributes:
        text: the printed surface, such as 300余场.
        metric: name of the metric as the input spells it.
        expression: the reference as written, filters included, such as ``科普活动|同比``.
        sources: the references that a derived figure was worked out from, such as ``科普活动`` and
            ``科普活动.上年``; empty for a figure that is given.
        fact: what it states; None where nobody said.
        number: of the figure in its document, from 1 in reading order (`numbering.with_numbered_figures`);
            0 for none: both files then say nothing of where it comes from. It is no part of what is said,
            so figures that differ in nothing else are equal.
        origin: the reference that printed it; None where nobody asked, and where a template prints it.
    """

    text: str
    metric: str
    expression: str
    sources: tuple[str, ...] = ()
    fact: FigureFact | None = field(default=None, compare=False)
    number: int = field(default=0, compare=False)
    origin: Origin | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Span:
    """Inlines in a character style (emphasis, strong, run_in_heading …).

    Attributes:
        inlines: what it says.
        style: name of the character style; "" for the paragraph's own type.
        spacing: added after each of its characters, beside the paragraph style's (names spread to one width).
    """

    inlines: "tuple[Inline, ...]"
    style: str
    spacing: Twips = _NONE


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may break and which looks like nothing otherwise: the `|` of a title."""


@dataclass(frozen=True, slots=True)
class Fill:
    """Flexible space: what follows it on the line ends at the end indent (a signatory beside the number)."""


Inline: TypeAlias = Text | Figure | Span | Break | Fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where one paragraph stands when its style cannot know it (a date placed by the name above it).

    Attributes:
        align: alignment of its lines.
        start_indent: distance from the left edge of the type area, in 字 of the paragraph's own size.
        end_indent: distance from the right edge, likewise.
        first_line_indent: of the first line from ``start_indent``, likewise; negative hangs.
        space_before: in twips, instead of the style's; None keeps the style's.
    """

    align: Alignment
    start_indent: float = 0.0
    end_indent: float = 0.0
    first_line_indent: float = 0.0
    space_before: Twips | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Inlines set in one paragraph style. Without inlines it is an empty line of its style (a rule, a blank).

    Attributes:
        inlines: what it says.
        style: name of a paragraph style.
        placement: overrides the style's alignment and indents; None in running text.
        keep_with_next: whether it stays whole on the page of the next block's first line, also where its
            style does not ask for it (the last lines of text above a signature).
        line_pitch: exact height of its lines; None leaves it to the style.
        space_after: in twips, instead of the style's; None keeps the style's.
    """

    inlines: tuple[Inline, ...]
    style: str = "body"
    placement: Placement | None = None
    keep_with_next: bool = False
    line_pitch: Twips | None = None
    space_after: Twips | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """A heading in its own paragraph, in style ``heading_1`` to ``heading_4``.

    Attributes:
        level: 1 to 4 (GB/T 9704 7.3.3).
        inlines: the heading without its number.
        number: 一、 or （一） or 1. or （1）, printed before the inlines; "" for none.
    """

    level: int
    inlines: tuple[Inline, ...]
    number: str = ""

    @property
    def style(self) -> str:
        """Name of its paragraph style."""
        return f"heading_{self.level}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A title (7.3.1), the document's or an attachment's; a Break in it marks where its lines may break.

    Without any Break the layout and the Word writer must choose the lines themselves, by
    `kexie_docs.text.title.title_lines`, so that both choose the same.

    Attributes:
        inlines: what it says.
        style: name of its paragraph style; the document's own title is the one in ``title``.
    """

    inlines: tuple[Inline, ...]
    style: str = "title"


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCell:
    """One cell: inlines set in the table's paragraph style, one paragraph."""

    inlines: tuple[Inline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table as wide as the type area (clause 8 and office custom).

    Attributes:
        columns: alignment of each column: "start", "center" or "end" (numbers).
        widths: relative width of each column; they are scaled to the type area.
        header: header rows, repeated on every page the table goes on to.
        rows: body rows; as many cells as columns. A row is never split over pages.
        landscape: whether it stands on a page of its own, turned as clause 8 says.
    """

    columns: tuple[Alignment, ...]
    widths: tuple[float, ...]
    header: tuple[tuple[TableCell, ...], ...]
    rows: tuple[tuple[TableCell, ...], ...]
    landscape: bool = False

    @property
    def style(self) -> str:
        """Name of the paragraph style of its cells (header cells: ``table_header``)."""
        return "table_cell"


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """The picture of a seal over the signature or of a signature stamp beside the post (7.3.5.1, 7.3.5.3).

    It is supplied by the user and never drawn by us. It belongs to the paragraph that follows it: its centre
    stands over the middle of that paragraph's text, or beside it, ``rise`` above the foot of its line, and it
    takes no room of its own.

    Attributes:
        image: PNG or JPEG data.
        width: printed width.
        height: printed height.
        rise: from the foot of the following paragraph's first line up to the seal's centre.
        shift: from the middle of that line's text to the seal's centre; to the right.
    """

    image: bytes
    width: Twips
    height: Twips
    rise: Twips
    shift: Twips = _NONE


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture between paragraphs, in the middle of the type area; it takes room as a line of its height.

    Attributes:
        image: PNG or JPEG data, upright.
        width: printed width.
        height: printed height.
        text: what it shows, for those who cannot see it; "" for nothing.
        paragraph_style: paragraph style of the line that holds it.
    """

    image: bytes
    width: Twips
    height: Twips
    text: str = ""
    paragraph_style: str = "picture"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageBreak:
    """What follows begins a new page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Imprint:
    """版记 (7.4): paragraphs at the foot of the last page, the last rule on the lower edge of the type area.

    Rules are those of the paragraphs' styles. When the page before has no room for it, it goes on a new page.

    Attributes:
        paragraphs: top down.
        even_page: whether it must stand on an even page (GB/T 33476.2), a blank page put before it if
            needed; the pages of which 7.5 wants no number then (the blank one and the imprint's) have none.
    """

    paragraphs: tuple[Paragraph, ...]
    even_page: bool = False

    @property
    def inlines(self) -> tuple[Inline, ...]:
        """All its text, paragraph after paragraph."""
        return tuple(inline for paragraph in self.paragraphs for inline in paragraph.inlines)


Block: TypeAlias = Title | Heading | Paragraph | Table | Picture | Seal | PageBreak | Imprint


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What both files say about themselves.

    Attributes:
        title: the title as one line, without break marks.
        author: the issuing organisation; "" when the input names none.
        subject: kind of document, such as 工作总结.
        created: date of issue, or None when the input gives none; never the clock.
        language: BCP 47 tag.
        input: name of the input file, without folders; "" where there is none.
        template: name of the template that the document was composed with; "" for none.
    """

    title: str
    author: str = ""
    subject: str = ""
    created: date | None = None
    language: str = "zh-CN"
    input: str = ""
    template: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document: its blocks in reading order, and its metadata."""

    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=lambda: Metadata(title=""))
