"""Pieces of a text replaced by others, all at once."""

from collections.abc import Sequence

from kexie_docs.frozen import dataclass
from kexie_docs.readers.parsed import Parsed


class CannotWriteError(Exception):
    """An edit cannot be made in the text of the file as it is written."""


@dataclass(frozen=True, slots=True)
class Splice:
    """Characters of a text and what is to stand in their place."""

    start: int
    end: int
    text: str


def spliced(text: str, splices: Sequence[Splice]) -> str:
    """Return a text with pieces replaced.

    Raises:
        CannotWriteError: two of them meet.
    """
    parts: list[str] = []
    position = 0
    for splice in sorted(splices, key=lambda one: (one.start, one.end)):
        if splice.start < position:
            raise CannotWriteError
        parts += [text[position : splice.start], splice.text]
        position = splice.end
    return "".join((*parts, text[position:]))


def is_json(holder: Parsed) -> bool:
    """Return whether a file is JSON, by its ending."""
    return holder.source.file.lower().endswith(".json")
