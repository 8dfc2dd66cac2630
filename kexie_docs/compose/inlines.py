"""The inlines of a paragraph: line ends closed up, texts merged, outer blanks dropped, titles parted."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kexie_docs.doctree.nodes import Break, Figure, Fill, Inline, Span, Text
from kexie_docs.doctree.walk import inline_text

LINE_END = Text("\n")
"""A line end of the source, until `whole_paragraph` closes it up."""


def split_lines(nodes: Sequence[Inline]) -> list[list[Inline]]:
    """Return the lines of inline text; a line end inside a phrase in another style parts the phrase too."""
    lines: list[list[Inline]] = [[]]
    for node in nodes:
        if _is_text(node, "\n"):
            lines.append([])
        elif isinstance(node, Span):
            first, *others = split_lines(node.inlines)
            for index, line in enumerate([first, *others]):
                if index:
                    lines.append([])
                if line:
                    lines[-1].append(Span(tuple(line), node.style))
        else:
            lines[-1].append(node)
    return lines


def whole_paragraph(nodes: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return the nodes of one paragraph: line ends closed up, texts merged, outer white space dropped."""
    whole = list(merged(_closed_up(nodes)))
    _strip(whole, at_end=False)
    _strip(whole, at_end=True)
    return tuple(node for node in whole if not _is_text(node, ""))


def _strip(nodes: list[Inline], *, at_end: bool) -> bool:
    """Drop white space at one end of the nodes, in phrases in another style too; return whether text is left.

    Word processors set blanks at a paragraph's ends each in a way of its own.
    """
    for index in range(len(nodes))[:: -1 if at_end else 1]:
        node = nodes[index]
        match node:
            case Text():
                text = node.text.rstrip() if at_end else node.text.lstrip()
                if len(text) < len(node.text):
                    start = 0 if at_end else len(node.text) - len(text)
                    nodes[index] = node.part(start, start + len(text))
                found = bool(text)
            case Span():
                inner = list(node.inlines)
                found = _strip(inner, at_end=at_end)
                nodes[index] = Span(tuple(each for each in inner if not _is_text(each, "")), node.style)
            case _:
                found = True
        if found:
            return True
    return False


def _is_text(node: object, text: str) -> bool:
    """Return whether a node is this text, and not one of the input's."""
    return type(node) is Text and node.text == text and node.origin is None


def merged(nodes: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return nodes with neighbouring texts merged and empty ones dropped."""
    result: list[Inline] = []
    for node in nodes:
        last = result[-1] if result else None
        if isinstance(node, Text) and isinstance(last, Text) and node.origin is last.origin is None:
            result[-1] = Text(last.text + node.text)
        elif isinstance(node, Span):
            result.append(Span(merged(node.inlines), node.style))
        elif not _is_text(node, ""):
            result.append(node)
    return tuple(result)


def _closed_up(nodes: Sequence[Inline]) -> list[Inline]:
    """Replace each line end by a space between two words in letters, and by nothing in Chinese."""
    closed: list[Inline] = []
    for index, node in enumerate(nodes):
        if _is_text(node, "\n"):
            before = _nearest(nodes, range(index - 1, -1, -1))[-1:]
            after = _nearest(nodes, range(index + 1, len(nodes)))[:1]
            words = all(char.isascii() and char.isalnum() for char in (before, after))
            closed.append(Text(" " if words else ""))
        elif isinstance(node, Span):
            closed.append(replace(node, inlines=tuple(_closed_up(node.inlines))))
        else:
            closed.append(node)
    return closed


def _nearest(nodes: Sequence[Inline], indexes: range) -> str:
    """Return the first text that is not blank."""
    return next((text for index in indexes if (text := inline_text((nodes[index],)).strip())), "")


def _traced_breaks(node: Text) -> Iterator[Inline]:
    """Yield a title's text as `with_breaks` has it, each piece with its origin."""
    start = 0
    for mark in re.finditer(r"\|\|?", node.text):
        if mark.start() > start:
            yield node.part(start, mark.start())
        yield node.part(mark.start(), mark.start() + 1) if mark[0] == "||" else Break()
        start = mark.end()
    if start < len(node.text):
        yield node.part(start, len(node.text))


def with_breaks(nodes: Sequence[Inline]) -> tuple[Inline, ...]:
    """Return a title's nodes with a Break for each ``|``; ``||`` prints the mark itself."""
    result: list[Inline] = []
    for node in nodes:
        match node:
            case Text() if node.origin is not None:
                result.extend(_traced_breaks(node))
            case Text(text):
                for index, part in enumerate(text.replace("||", "\0").split("|")):
                    if index:
                        result.append(Break())
                    if part:
                        result.append(Text(part.replace("\0", "|")))
            case Span():
                result.append(replace(node, inlines=with_breaks(node.inlines)))
            case Figure() | Break() | Fill():
                result.append(node)
    return tuple(result)
