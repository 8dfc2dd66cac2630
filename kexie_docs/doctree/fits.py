"""What a layout asks of the last paragraphs of text so that the signature below them has text on its page."""

from collections.abc import Sequence
from dataclasses import replace

from kexie_docs.doctree.nodes import Document, Paragraph
from kexie_docs.frozen import dataclass
from kexie_docs.units import Twips


@dataclass(frozen=True, slots=True)
class Fit:
    """A change to some paragraphs above a signature; the Word file and the PDF must both have it.

    Attributes:
        blocks: indexes of the paragraphs in their document.
        line_pitch: height of their lines (GB/T 9704 7.3.5.5); None to keep each whole with the next block.
    """

    blocks: tuple[int, ...]
    line_pitch: Twips | None = None


def fitted(document: Document, fits: Sequence[Fit]) -> Document:
    """Return the document with the changes; itself when there are none."""
    if not fits:
        return document
    blocks = list(document.blocks)
    for fit in fits:
        for index in fit.blocks:
            block = blocks[index]
            if isinstance(block, Paragraph) and fit.line_pitch is None:
                blocks[index] = replace(block, keep_with_next=True)
            elif isinstance(block, Paragraph):
                blocks[index] = replace(block, line_pitch=fit.line_pitch)
    return replace(document, blocks=tuple(blocks))
