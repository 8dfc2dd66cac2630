"""Nodes of the document tree: frozen values; styles are named, never described.

Both writers and the layout read this tree. A new node type makes every `match` that ends in `assert_never`
fail type checking until it is handled.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, TypeAlias

Alignment: TypeAlias = Literal["justify", "start", "center", "end"]


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the text: what is printed, and the metric that it comes from.

    Attributes:
        text: the printed surface, such as 300余场.
        metric: name of the metric as the input spells it.
        expression: the reference as written, filters included, such as ``科普活动|同比``.
        sources: the references that a derived figure was worked out from, such as ``科普活动`` and
            ``科普活动.上年``; empty for a figure that is given.
    """

    text: str
    metric: str
    expression: str
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Span:
    """Inlines in a character style (emphasis, strong, run_in_heading …)."""

    inlines: "tuple[Inline, ...]"
    style: str


@dataclass(frozen=True, slots=True)
class Break:
    """A place where a line may break and which looks like nothing otherwise: the `|` of a title."""


Inline: TypeAlias = Text | Figure | Span | Break


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where one paragraph stands when its style cannot know it (a date placed by the name above it).

    Attributes:
        align: alignment of its lines.
        start_indent: distance from the left edge of the type area, in 字 of the paragraph's own size.
        end_indent: distance from the right edge, likewise.
    """

    align: Alignment
    start_indent: float = 0.0
    end_indent: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """Inlines set in one paragraph style.

    Attributes:
        inlines: what it says.
        style: name of a paragraph style.
        placement: overrides the style's alignment and indents; None in running text.
    """

    inlines: tuple[Inline, ...]
    style: str = "body"
    placement: Placement | None = None


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
    """The document's title (7.3.1); a Break in it marks where its lines may break.

    Without any Break the layout and the Word writer must choose the lines themselves, by
    `kexie_docs.text.title.title_lines`, so that both choose the same.
    """

    inlines: tuple[Inline, ...]

    @property
    def style(self) -> str:
        """Name of its paragraph style."""
        return "title"


Block: TypeAlias = Title | Heading | Paragraph


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What both files say about themselves.

    Attributes:
        title: the title as one line, without break marks.
        author: the issuing organisation; "" when the input names none.
        subject: kind of document, such as 工作总结.
        created: date of issue, or None when the input gives none; never the clock.
        language: BCP 47 tag.
    """

    title: str
    author: str = ""
    subject: str = ""
    created: date | None = None
    language: str = "zh-CN"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A whole document: its blocks in reading order, and its metadata."""

    blocks: tuple[Block, ...]
    metadata: Metadata = field(default_factory=lambda: Metadata(title=""))
