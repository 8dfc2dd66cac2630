"""What a layout asks of paragraphs: a signature has text on its page, and tables stand where they fit."""

from collections.abc import Sequence
from dataclasses import replace

from kexie_docs.doctree.nodes import Document, Paragraph
from kexie_docs.frozen import dataclass
from kexie_docs.units import Twips


@dataclass(frozen=True, slots=True)
class Fit:
    """A change to some paragraphs above a signature or a table; the Word file must have it.

    Attributes:
        blocks: indexes of the paragraphs in their document.
        line_pitch: height of their lines (GB/T 9704 7.3.5.5).
        space_after: space below them, at a page's foot; with neither, each stays whole with the next block.
    """

    blocks: tuple[int, ...]
    line_pitch: Twips | None = None
    space_after: Twips | None = None


def fitted(document: Document, fits: Sequence[Fit]) -> Document:
    """Return the document with the changes; itself when there are none."""
    if not fits:
        return document
    blocks = list(document.blocks)
    for fit in fits:
        for index in fit.blocks:
            block = blocks[index]
            if not isinstance(block, Paragraph):
                continue
            if fit.space_after is not None:
                blocks[index] = replace(block, space_after=fit.space_after)
            elif fit.line_pitch is not None:
                blocks[index] = replace(block, line_pitch=fit.line_pitch)
            else:
                blocks[index] = replace(block, keep_with_next=True)
    return replace(document, blocks=tuple(blocks))
