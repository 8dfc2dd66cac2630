"""The markup of body text: which of CommonMark's rules hold, and the two notations of templates.

Text of official documents has headings, emphasis, lists and tables; HTML, links, images, code and quotations
are plain characters in it. Templates, never inputs, may also name styles::

    ::: signature            paragraphs in a paragraph style
    {{ 落款.署名 | join }}
    :::

    [{{ 要点 }}]{.run_in_heading}，…      a phrase in a character style
    左[]{.fill}右                         flexible space between what stands left and right
"""

import re
from functools import cache
from unicodedata import category

from markdown_it import MarkdownIt
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.state_inline import Delimiter
from markdown_it.token import Token

from kexie_docs.compose.limits import MAX_PARAGRAPH

_FENCE = re.compile(r":::[ \t]*(\S*)[ \t]*$")
_STYLE = re.compile(r"\{\.([^{}\s]+)\}")
_MAX_NESTING = 40

MAX_SOURCE = 2 * MAX_PARAGRAPH
"""Most characters of a paragraph with its markup; a value counts as a few, whatever it prints."""


@cache
def parser(*, template: bool) -> MarkdownIt:
    """Return the parser for a template's output, or for an input's Markdown."""
    markdown = MarkdownIt("zero", {"maxNesting": _MAX_NESTING})
    markdown.enable(["heading", "list", "table", "escape", "newline", "emphasis"])
    markdown.inline.ruler.at("emphasis", _emphasis)
    markdown.core.ruler.before("inline", "length", _refuse_long)
    if template:
        markdown.block.ruler.before(
            "heading", "container", _container, {"alt": ["paragraph", "list", "table"]}
        )
        markdown.inline.ruler.push("span", _span)
    return markdown


def parse(text: str, *, template: bool) -> list[Token]:
    """Return the tokens of a text."""
    return parser(template=template).parse(text)


class LongParagraphError(Exception):
    """A paragraph that is too long to be read.

    Attributes:
        text: how it begins.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(text)


def _refuse_long(state: StateCore) -> None:
    """Raise LongParagraphError before a paragraph is read that nobody means: that takes time."""
    for token in state.tokens:
        if token.type == "inline" and len(token.content) > MAX_SOURCE:
            raise LongParagraphError(token.content[:20])


def _emphasis(state: StateInline, silent: bool) -> bool:
    """Mark runs of ``*`` that open or close emphasis.

    CommonMark asks for a space or punctuation outside a run whose inside is punctuation, so 他说**“要点”**的
    would stay as typed. Chinese is written without spaces: here a Han character outside will do.
    """
    start, end = state.pos, state.pos
    if silent or state.src[start] != "*":
        return False
    while end < state.posMax and state.src[end] == "*":
        end += 1
    before = state.src[start - 1] if start > 0 else " "
    after = state.src[end] if end < state.posMax else " "
    opens = not after.isspace() and (not _is_mark(after) or _parts_words(before))
    closes = not before.isspace() and (not _is_mark(before) or _parts_words(after))
    for _ in range(end - start):
        token = state.push("text", "", 0)
        token.content = "*"
        state.delimiters.append(
            Delimiter(
                marker=ord("*"),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=opens,
                close=closes,
            )
        )
    state.pos = end
    return True


def _is_mark(char: str) -> bool:
    return category(char)[0] in "PS"


def _parts_words(char: str) -> bool:
    """Return whether a character outside a run lets the run begin or end at punctuation."""
    return char.isspace() or _is_mark(char) or category(char) in ("Lo", "Cn")  # Cn: a value's token


def _span(state: StateInline, silent: bool) -> bool:
    """Read ``[phrase]{.style}``."""
    start = state.pos
    if state.src[start] != "[":
        return False
    end = state.md.helpers.parseLinkLabel(state, start)
    style = _STYLE.match(state.src, end + 1) if end >= 0 else None
    if style is None:
        return False
    if not silent:
        outer = state.posMax
        state.pos, state.posMax = start + 1, end
        state.push("span_open", "", 1).info = style[1]
        state.md.inline.tokenize(state)
        state.push("span_close", "", -1)
        state.posMax = outer
    state.pos = style.end()
    return True


def _container(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Read the lines from ``::: style`` to ``:::``; without an end they go on to the last line."""
    opening = _fence(state, start_line)
    if not opening:
        return False
    if silent:
        return True
    line = start_line + 1
    while line < end_line and _fence(state, line) is None:
        line += 1
    closed = line < end_line and _fence(state, line) == ""
    token = state.push("container_open", "", 1)
    token.info, token.meta = opening, {"closed": closed}
    token.map = [start_line, line]
    parent, state.parentType = state.parentType, "container"
    outer, state.lineMax = state.lineMax, line
    state.md.block.tokenize(state, start_line + 1, line)
    state.lineMax, state.parentType = outer, parent
    state.push("container_close", "", -1)
    state.line = line + 1 if closed else line
    return True


def _fence(state: StateBlock, line: int) -> str | None:
    """Return the style that a line of colons names, "" when it names none, None when it is no such line."""
    text = state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]
    match = _FENCE.match(text)
    return None if match is None else match[1]
