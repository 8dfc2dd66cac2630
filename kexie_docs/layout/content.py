"""Inlines as one text with its stretches: what line breaking reads and placing refers back to."""

from collections.abc import Sequence
from dataclasses import replace

from kexie_docs.doctree.nodes import Figure, Inline
from kexie_docs.doctree.walk import spanned_leaves
from kexie_docs.frozen import dataclass


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of text in one character style, from a figure or not; spacing is beside its paragraph's."""

    start: int
    stop: int
    style: str
    figure: Figure | None
    spacing: int = 0


@dataclass(frozen=True, slots=True)
class Content:
    """The text of a paragraph, and its stretches in order without gaps."""

    text: str
    stretches: tuple[Stretch, ...]

    def part(self, start: int, stop: int) -> "Content":
        """Return the text from ``start`` to ``stop`` with what of the stretches lies there."""
        pieces = (
            replace(one, start=max(one.start, start) - start, stop=min(one.stop, stop) - start)
            for one in self.stretches
            if one.start < stop and one.stop > start
        )
        return Content(self.text[start:stop], tuple(pieces))


def content_of(inlines: Sequence[Inline], number: str = "") -> Content:
    """Return the inlines as one text, ``number`` before them."""
    text = number
    stretches = [Stretch(0, len(number), "", None)] if number else []
    for leaf, span in spanned_leaves(inlines):
        if leaf.text:
            start = len(text)
            text += leaf.text
            figure = leaf if isinstance(leaf, Figure) else None
            stretches.append(Stretch(start, len(text), span.style, figure, span.spacing))
    return Content(text, tuple(stretches))
