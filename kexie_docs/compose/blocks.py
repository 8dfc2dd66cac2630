"""From Markdown to the document tree: tokens of the parser to blocks, values' tokens to their nodes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from markdown_it.token import Token

from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.inlines import LINE_END, split_lines, whole_paragraph, with_breaks
from kexie_docs.compose.limits import MAX_PARAGRAPH
from kexie_docs.compose.markup import LongParagraphError, parse
from kexie_docs.compose.tables import caption_of, is_caption, make_table
from kexie_docs.compose.tokens import BlockContent, BrokenTokenError, Passage, TokenStore
from kexie_docs.doctree.nodes import (
    Alignment,
    Block,
    Fill,
    Heading,
    Inline,
    PageBreak,
    Paragraph,
    Span,
    Table,
    Text,
    Title,
)
from kexie_docs.doctree.walk import inline_text
from kexie_docs.errors import message
from kexie_docs.frozen import dataclass

DEEPEST = 4
"""Heading levels of an official document (GB/T 9704 7.3.3)."""

TITLE = "title"
"""Name of the container that holds the title."""

TITLES = frozenset((TITLE, "attachment_title"))
"""Containers whose lines are shaped as 7.3.1 asks: attachments are set like the body (7.3.7)."""

PAGE_BREAKS = frozenset(("page_break", "分页"))
"""Names of the container that stands for a page break; it has nothing in it."""

FILL = "fill"
"""Name of the phrase that stands for flexible space."""

Whole: TypeAlias = Passage | BlockContent
"""Content that is whole blocks, so that nothing else can stand in its paragraph."""

_ALIGNMENTS: Mapping[str, Alignment] = {
    "text-align:left": "start",
    "text-align:center": "center",
    "text-align:right": "end",
}
"""What the parser says of a column."""


class MarkupError(Exception):
    """Something in the markup that cannot be made into the document tree.

    Attributes:
        error: what is wrong.
        mark: what to look for in the source to find the place, such as ``::: signature``; "" for unknown.
        field: field of the input whose own Markdown it is, or None for the template's.
        line: 1-based line in that field, or None when unknown.
        source: text of that field as the input has it.
    """

    def __init__(
        self,
        error: ValueUseError,
        mark: str = "",
        field: str | None = None,
        line: int | None = None,
        source: str = "",
    ) -> None:
        self.error = error
        self.mark = mark
        self.field = field
        self.line = line
        self.source = source
        super().__init__(str(error))


@dataclass(frozen=True, slots=True)
class Styles:
    """Names that templates may use: paragraph styles for containers, character styles for phrases.

    Attributes:
        paragraphs: paragraph styles.
        characters: character styles.
        rules: paragraph styles that draw a rule, whose containers may be empty.
    """

    paragraphs: frozenset[str]
    characters: frozenset[str]
    rules: frozenset[str] = frozenset()


def read_blocks(text: str, store: TokenStore, styles: Styles) -> tuple[Block, ...]:
    """Return the blocks of a template's output.

    Raises:
        MarkupError: KD409 or KD410 in the template's markup, KD206 in that of the input.
    """
    reader = _Reader(store, styles)
    return tuple(reader.blocks(reader.parsed(text, template=True)))


class _Reader:
    """Reads one text: a template's output, or a passage of the input's own Markdown."""

    def __init__(self, store: TokenStore, styles: Styles, passage: Passage | None = None) -> None:
        self._store = store
        self._styles = styles
        self._field = None if passage is None else passage.field
        self._source = "" if passage is None else passage.source

    def parsed(self, text: str, *, template: bool) -> list[Token]:
        """Return the parser's tokens of a text; raises as `read_blocks` does."""
        try:
            return parse(text, template=template)
        except LongParagraphError as error:
            raise self._too_long(error.text) from None

    def blocks(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """Yield the blocks of the parser's tokens."""
        style, level, marks = "body", 0, ""
        line: int | None = None
        # Held back for one step: it may be the caption of a table.
        waiting: Block | None = None
        empty = False
        index = 0
        while index < len(tokens):
            token = tokens[index]
            index += 1
            match token.type:
                case "heading_open":
                    level = int(token.tag[1:])
                    line = token.map[0] + 1 if token.map else None
                case "heading_close":
                    level = 0
                case "container_open":
                    style, empty = self._container(token), True
                case "container_close":
                    if empty and style in PAGE_BREAKS:
                        yield from _present(waiting)
                        waiting = PageBreak()
                    elif empty and style in self._styles.rules:
                        yield from _present(waiting)
                        waiting = Paragraph(inlines=(), style=style)
                    style, empty = "body", False
                case "list_item_open":
                    # 1. and 1) are part of the text; a bullet is markup, as official documents have none.
                    marks = f"{token.info}{token.markup}" if token.info else ""
                case "table_open":
                    end = next(at for at in range(index, len(tokens)) if tokens[at].type == "table_close")
                    yield from self._table(tokens[index:end], waiting)
                    index, waiting, empty = end + 1, None, False
                case "inline":
                    for block in self._inline_blocks(token, style, level, marks, line):
                        if isinstance(block, Table):
                            yield from _captioned(block, waiting)
                            waiting, empty = None, False
                            continue
                        yield from _present(waiting)
                        waiting, empty = block, False
                    marks = ""
        yield from _present(waiting)

    def _table(self, tokens: Sequence[Token], above: Block | None) -> Iterator[Block]:
        """Yield a table with its caption; a paragraph above it that is none stays as it is."""
        header: list[list[tuple[Inline, ...]]] = []
        rows: list[list[tuple[Inline, ...]]] = []
        alignments: list[Alignment | None] = []
        in_header = False
        for token in tokens:
            match token.type:
                case "thead_open":
                    in_header = True
                case "thead_close":
                    in_header = False
                case "tr_open":
                    (header if in_header else rows).append([])
                case "th_open":
                    alignments.append(_ALIGNMENTS.get(str(token.attrs.get("style", ""))))
                case "inline":
                    (header if in_header else rows)[-1].append(self._cell(token))
        yield from _captioned(make_table(header, rows, alignments, landscape=False), above)

    def _cell(self, token: Token) -> tuple[Inline, ...]:
        inlines = list(self._inlines(token.children or []))
        passage = next((each for each in inlines if isinstance(each, Passage | BlockContent)), None)
        if passage is not None:
            raise self._whole_paragraphs(passage)
        return whole_paragraph([each for each in inlines if not isinstance(each, Passage | BlockContent)])

    def _container(self, token: Token) -> str:
        name, mark = token.info, f"::: {token.info}"
        if name not in self._styles.paragraphs and name != TITLE:
            raise MarkupError(
                ValueUseError(
                    "KD409",
                    message("There is no paragraph style “{name}”.", name=name),
                    message(
                        "The style sheet has: {names}.", names=", ".join(sorted(self._styles.paragraphs))
                    ),
                ),
                mark,
            )
        if not token.meta["closed"]:
            raise MarkupError(
                ValueUseError(
                    "KD409",
                    message("“{mark}” is not closed.", mark=mark),
                    message("Put ::: on a line of its own after the paragraphs."),
                ),
                mark,
            )
        return name

    def _inline_blocks(
        self, token: Token, style: str, level: int, marks: str, line: int | None
    ) -> Iterator[Block]:
        """Yield what one run of inline text becomes: one block, or the blocks of a passage."""
        if style in PAGE_BREAKS:
            raise MarkupError(
                ValueUseError(
                    "KD409",
                    message("A page break has no text in it."),
                    message("Write ::: on the next line, and the text after it."),
                ),
                f"::: {style}",
            )
        inlines = list(self._inlines(token.children or []))
        passages = [each for each in inlines if isinstance(each, Passage | BlockContent)]
        if passages:
            rest = [
                each for each in inlines if not isinstance(each, Passage | BlockContent) and each != LINE_END
            ]
            if rest or level or style != "body":
                raise self._whole_paragraphs(passages[0])
            for passage in passages:
                if isinstance(passage, BlockContent):
                    yield from passage.blocks
                    continue
                inner = _Reader(self._store, self._styles, passage)
                yield from inner.blocks(inner.parsed(passage.markdown, template=False))
            return
        nodes = [each for each in inlines if not isinstance(each, Passage | BlockContent)]
        if marks:
            nodes.insert(0, Text(marks))
        if level > DEEPEST:
            raise self._too_deep(level, line, inline_text(nodes))
        # The input's line ends part paragraphs, as everywhere in inputs; a template's part its source only.
        paragraphs = split_lines(nodes) if self._field is not None else [nodes]
        for paragraph in paragraphs:
            joined = whole_paragraph(paragraph)
            if not joined:
                continue
            if len(inline_text(joined)) > MAX_PARAGRAPH:
                raise self._too_long(inline_text(joined))
            if level:
                yield Heading(level=level, inlines=joined)
            elif style in TITLES:
                yield Title(inlines=with_breaks(joined), style=style)
            else:
                yield Paragraph(inlines=joined, style=style)

    def _whole_paragraphs(self, passage: Whole) -> MarkupError:
        error = ValueUseError(
            "KD410",
            message("“{name}” holds whole paragraphs and cannot stand inside one.", name=passage.field),
            message("Print it on a line of its own."),
        )
        return MarkupError(error, passage.field)

    def _too_long(self, text: str) -> MarkupError:
        error = ValueUseError(
            "KD408",
            message("A paragraph has more than {n} characters: “{text}…”.", n=MAX_PARAGRAPH, text=text[:20]),
            message("Part it by empty lines; in a loop, too."),
        )
        return MarkupError(error, "", self._field, None, self._source)

    def _too_deep(self, level: int, line: int | None, text: str) -> MarkupError:
        error = ValueUseError(
            "KD409" if self._field is None else "KD206",
            message(
                "The heading “{heading}” is of level {n}; the deepest is {deepest}.",
                heading=text[:20],
                n=level,
                deepest=DEEPEST,
            ),
            message("Begin it with # to {marks}.", marks="#" * DEEPEST),
        )
        return MarkupError(error, "#" * level, self._field, line, self._source)

    def _inlines(self, tokens: Sequence[Token]) -> Iterator[Inline | Whole]:
        """Yield nodes, with a line end as `LINE_END` and a passage as it is."""
        stack: list[tuple[str, list[Inline | Whole]]] = [("", [])]
        for token in tokens:
            content = stack[-1][1]
            match token.type:
                case "text":
                    content.extend(self._text(token.content))
                case "softbreak" | "hardbreak":
                    content.append(LINE_END)
                case "em_open" | "strong_open" | "span_open":
                    stack.append((self._character_style(token), []))
                case "em_close" | "strong_close" | "span_close":
                    name, inner = stack.pop()
                    passage = next((each for each in inner if isinstance(each, Passage | BlockContent)), None)
                    if passage is not None:
                        stack[-1][1].append(passage)
                        stack[-1][1].append(Text(" "))  # so that the paragraph is not the passage alone
                    nodes = tuple(each for each in inner if not isinstance(each, Passage | BlockContent))
                    if name == FILL:
                        stack[-1][1].append(Fill())
                        stack[-1][1].extend(nodes)
                    elif nodes:
                        stack[-1][1].append(Span(nodes, name))
        yield from stack[0][1]

    def _character_style(self, token: Token) -> str:
        name = {"em_open": "emphasis", "strong_open": "strong"}.get(token.type) or token.info
        if name not in self._styles.characters and name != FILL:
            raise MarkupError(
                ValueUseError(
                    "KD409",
                    message("There is no character style “{name}”.", name=name),
                    message(
                        "The style sheet has: {names}.", names=", ".join(sorted(self._styles.characters))
                    ),
                ),
                f"{{.{name}}}",
            )
        return name

    def _text(self, text: str) -> Iterator[Inline | Whole]:
        try:
            for part in self._store.split(text):
                if isinstance(part, str):
                    yield Text(part)
                elif isinstance(part, Passage | BlockContent):
                    yield part
                else:
                    yield from part
        except BrokenTokenError:
            raise MarkupError(
                ValueUseError(
                    "KD410",
                    message("A value was cut into pieces."),
                    message("Do not put filters on values that work on single characters."),
                )
            ) from None


def _captioned(table: Table, above: Block | None) -> Iterator[Block]:
    """Yield the table below what stands right above it, which may be its caption."""
    if not (isinstance(above, Paragraph) and is_caption(above)):
        yield from _present(above)
        yield table
        return
    caption, turned = caption_of(above)
    yield from _present(caption)
    yield replace(table, landscape=True) if turned else table


def _present(block: Block | None) -> Iterator[Block]:
    if block is not None:
        yield block
