"""The style sheet: frozen values that layout and writers read and never change."""

from collections.abc import Mapping
from enum import StrEnum
from functools import cached_property
from typing import TypeAlias

from kexie_docs.doctree.nodes import Alignment
from kexie_docs.frozen import dataclass
from kexie_docs.text.line_break import enforceable
from kexie_docs.units import Twips


class FontRole(StrEnum):
    """The five typefaces of official documents; which file serves a role is the business of `fonts`."""

    XIAOBIAOSONG = "xiaobiaosong"
    FANGSONG = "fangsong"
    HEITI = "heiti"
    KAITI = "kaiti"
    SONGTI = "songti"


@dataclass(frozen=True, slots=True)
class NamedFont:
    """A font beside the five typefaces, by the name that Word gives it (微软雅黑)."""

    name: str


Font: TypeAlias = FontRole | NamedFont
"""What a style is set in."""

NO_SPACING = Twips(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSetup:
    """Paper and margins (GB/T 9704 5.1, 5.2.1); all lengths in twips."""

    width: Twips
    height: Twips
    top: Twips
    bottom: Twips
    left: Twips
    right: Twips

    @property
    def text_width(self) -> Twips:
        """Width of the type area."""
        return Twips(self.width - self.left - self.right)

    @property
    def text_height(self) -> Twips:
        """Height of the type area."""
        return Twips(self.height - self.top - self.bottom)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedMargins:
    """Margins of the pages that hold a landscape table (clause 8), named as on the sheet held upright.

    A table has no leading above and below it as lines of text have, so where margins are those of line boxes
    its own are others. None takes the upright page's.
    """

    top: Twips | None = None
    bottom: Twips | None = None
    left: Twips | None = None
    right: Twips | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """Lines and characters of a full page (5.2.3).

    Attributes:
        lines: lines a page.
        characters: characters a line.
        line_pitch: distance of two body baselines, exact.
    """

    lines: int
    characters: int
    line_pitch: Twips


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A line as wide as the paragraph between its indents.

    Attributes:
        thickness: in eighths of a point, as Word stores it (8 is 0.35 mm).
        color: six hex digits, RRGGBB.
        gap: between the rule and the paragraph's line box, in whole points as Word stores it.
    """

    thickness: int
    color: str = "000000"
    gap: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class CharacterStyle:
    """What a Span changes in its paragraph's type; None keeps the paragraph's value."""

    name: str
    word_id: str
    word_name: str
    font: Font | None = None
    bold: bool | None = None
    color: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParagraphStyle:
    """One named paragraph style.

    Attributes:
        name: name used by the doctree, such as ``heading_1``.
        word_id: ASCII style id in the Word file.
        word_name: style name in the Word file; Word's invariant English name for its built-in styles.
        font: typeface.
        size: type size in points.
        bold: whether bold is asked for (GB/T 9704 asks for none).
        color: six hex digits, RRGGBB.
        char_spacing: added after every character; what ``char_spacing = "fill"`` comes to (`filling`).
        line_pitch: exact height of a line; None takes the grid's.
        align: alignment of its lines; "justify" leaves the last line at the start.
        first_line_indent: in 字 of its own size.
        start_indent: in 字 of its own size.
        end_indent: in 字 of its own size.
        space_before: in 行 of the grid (multiples of its line pitch); dropped at the top of a page.
        space_after: likewise.
        keep_with_next: never the last line of a page when a paragraph follows.
        outline_level: 1 to 9 for the navigation pane and the bookmarks; None for body text.
        page_break_before: begins a new page.
        rule_above: a rule at the top of the paragraph (inside the space before); None for none.
        rule_below: a rule at its foot; None for none.
    """

    name: str
    word_id: str
    word_name: str
    font: Font
    size: float
    bold: bool = False
    color: str = "000000"
    char_spacing: Twips = NO_SPACING
    line_pitch: Twips | None = None
    align: Alignment = "justify"
    first_line_indent: float = 0.0
    start_indent: float = 0.0
    end_indent: float = 0.0
    space_before: float = 0.0
    space_after: float = 0.0
    keep_with_next: bool = False
    outline_level: int | None = None
    page_break_before: bool = False
    rule_above: Rule | None = None
    rule_below: Rule | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PageNumberStyle:
    """Page numbers (7.5): form, type, and place outside the type area.

    Attributes:
        form: text around ``{n}``.
        font: typeface.
        size: in points.
        below: distance from the foot of the type area to the dash (its ink, at mid-height of the line).
        indent: distance from the outer edge of the type area, in 字 of the body size.
        line_pitch: exact height of its line.
    """

    form: str
    font: Font
    size: float
    below: Twips
    indent: float
    line_pitch: Twips


@dataclass(frozen=True, kw_only=True)  # without slots, for what is worked out once
class LineBreaking:
    """Line start and end prohibitions (GB/T 15834 5.1, CLREQ), written into the Word file as well.

    Attributes:
        not_at_start: characters that never begin a line.
        not_at_end: characters that never end a line.
    """

    not_at_start: str
    not_at_end: str

    @cached_property
    def enforceable(self) -> tuple[frozenset[str], frozenset[str]]:
        """What of both lists every word processor keeps: at the start, and at the end."""
        return enforceable(self.not_at_start, self.not_at_end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """A whole style sheet.

    Attributes:
        name: name of the template or style it was read for.
        page: paper and margins.
        grid: lines and characters a page.
        page_number: form and place of page numbers.
        line_breaking: prohibitions.
        paragraphs: paragraph styles by name.
        characters: character styles by name.
        word_fonts: font name that the Word file gives for each role, whatever this machine has.
        word_font_alternates: second name for the Word file's font table.
        turned_margins: of the pages that hold a landscape table.
    """

    name: str
    page: PageSetup
    grid: Grid
    page_number: PageNumberStyle
    line_breaking: LineBreaking
    paragraphs: Mapping[str, ParagraphStyle]
    characters: Mapping[str, CharacterStyle]
    word_fonts: Mapping[FontRole, str]
    word_font_alternates: Mapping[FontRole, str]
    turned_margins: TurnedMargins = TurnedMargins()

    @property
    def turned_page(self) -> PageSetup:
        """The landscape page that becomes an upright one when turned 90° counter-clockwise (clause 8)."""
        page, own = self.page, self.turned_margins
        return PageSetup(
            width=page.height,
            height=page.width,
            top=page.left if own.left is None else own.left,
            bottom=page.right if own.right is None else own.right,
            left=page.bottom if own.bottom is None else own.bottom,
            right=page.top if own.top is None else own.top,
        )

    def line_pitch(self, style: ParagraphStyle) -> Twips:
        """Return the exact line height of a paragraph style."""
        return style.line_pitch if style.line_pitch is not None else self.grid.line_pitch

    def word_font(self, font: Font) -> str:
        """Return the name by which the Word file asks for a font."""
        return font.name if isinstance(font, NamedFont) else self.word_fonts[font]

    @property
    def named_fonts(self) -> tuple[NamedFont, ...]:
        """The fonts beside the five typefaces that some style asks for, sorted by name."""
        used = {self.page_number.font, *(style.font for style in self.paragraphs.values())}
        used |= {style.font for style in self.characters.values() if style.font is not None}
        named = {font for font in used if isinstance(font, NamedFont)}
        return tuple(sorted(named, key=lambda font: font.name))
