"""Edits of an input: what a change of a copy comes to, before it is written."""

from typing import TypeAlias

from kexie_docs.frozen import dataclass
from kexie_docs.model.plain import FieldPath


@dataclass(frozen=True, slots=True)
class TextEdit:
    """Characters of a value's text to be replaced.

    Attributes:
        path: of the value, as the file spells it.
        start: offset in its text, as the file has it.
        end: offset after the last one.
        text: what is to stand there, in the notation of the input.
    """

    path: FieldPath
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class ValueEdit:
    """A whole value to be replaced: a date, a name that is referred to."""

    path: FieldPath
    text: str


@dataclass(frozen=True, slots=True)
class FigureEdit:
    """A metric's figure, or one of its parts, to be replaced by another as people write it.

    Attributes:
        path: of the metric or part.
        text: the figure.
        exact: whether only the number is replaced, and the words that it is hedged with stay.
    """

    path: FieldPath
    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class ItemMove:
    """An item of a list to be taken away, or put before or after another one.

    Attributes:
        path: of the item.
        beside: of the other one; None takes the item away.
        before: whether it goes before the other one.
        keeps_metrics: whether the metrics of an item that is taken away stay, among those of the file.
    """

    path: FieldPath
    beside: FieldPath | None
    before: bool = False
    keeps_metrics: bool = False


Edit: TypeAlias = TextEdit | ValueEdit | FigureEdit | ItemMove

Step: TypeAlias = tuple[Edit, ...]
"""Edits that belong together: all of them are made, or none."""


@dataclass(frozen=True, slots=True)
class Placed:
    """An edit of a field's text, offsets counted as the model has it."""

    field: str
    start: int
    end: int
    text: str
