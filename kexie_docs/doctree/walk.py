"""Reading a document tree: plain text of inlines, and every figure in order."""

from collections.abc import Iterable, Iterator
from typing import assert_never

from kexie_docs.doctree.nodes import Block, Break, Document, Figure, Heading, Inline, Span, Text


def inline_text(inlines: Iterable[Inline]) -> str:
    """Return the text that the inlines print."""
    return "".join(leaf.text for leaf, _ in leaves(inlines))


def leaves(inlines: Iterable[Inline], style: str = "") -> Iterator[tuple[Text | Figure, str]]:
    """Yield each text or figure with the innermost character style around it ("" for none)."""
    for inline in inlines:
        match inline:
            case Text() | Figure():
                yield inline, style
            case Span():
                yield from leaves(inline.inlines, inline.style)
            case Break():
                pass
            case _:
                assert_never(inline)


def block_text(block: Block) -> str:
    """Return the text of one block, a heading with its number."""
    number = block.number if isinstance(block, Heading) else ""
    return number + inline_text(block.inlines)


def figures(document: Document) -> Iterator[Figure]:
    """Yield every figure of the document in reading order."""
    for block in document.blocks:
        for leaf, _ in leaves(block.inlines):
            if isinstance(leaf, Figure):
                yield leaf
