"""The figures of a paragraph that a metric could say; names, dates, numbering and editions are none."""

from collections.abc import Iterator, Sequence

from kexie_docs.figures.quantity import Kind, Quantity
from kexie_docs.figures.scan import figures_in
from kexie_docs.frozen import dataclass

_BLANK = "〓"
"""What stands for a character of a name while figures are looked for: no word, so nothing goes on in it."""

_WORDS = frozenset((Kind.EDITION, Kind.FIRST, Kind.RECORD))
"""Kinds that belong to a name or are said in words: 第十六届, 首个, 历年新高."""


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure in running text.

    Attributes:
        start: offset of its first character.
        end: offset after its last one.
        quantity: what it says, or None when it cannot be read.
    """

    start: int
    end: int
    quantity: Quantity | None


def find_figures(text: str, names: Sequence[str] = ()) -> Iterator[FoundFigure]:
    """Yield the figures of a text in order.

    Args:
        text: a paragraph.
        names: further names whose digits are no figures (固定名称).
    """
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, _BLANK * len(name))
    for found in figures_in(text):
        if found.quantity is None or found.quantity.kind not in _WORDS:
            yield FoundFigure(found.start, found.end, found.quantity)
