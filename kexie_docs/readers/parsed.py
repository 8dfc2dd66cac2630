"""A file that was parsed: its plain data, and where in the text each value stands."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import field
from enum import Enum, auto
from pathlib import Path

from kexie_docs.errors import Place, Problem
from kexie_docs.frozen import dataclass
from kexie_docs.model.characters import shown
from kexie_docs.model.plain import FieldPath, Plain, path_text
from kexie_docs.readers.source import Source

BASE_KEYS = ("沿用", "inherits")
"""Key under which an input names another one that it builds on, in both spellings."""

_FIELD = 200
"""Longest field path in characters that a message names."""


class Writing(Enum):
    """How a value is written."""

    PLAIN = auto()
    SINGLE_QUOTED = auto()
    DOUBLE_QUOTED = auto()
    BLOCK = auto()
    COLLECTION = auto()


@dataclass(frozen=True, slots=True)
class Span:
    """Where a value stands in the text of its file.

    Attributes:
        start: offset of its first character, quotes and block marks included.
        end: offset after its last one.
        key: offset of its key, or of the item itself in a list.
        writing: how it is written.
    """

    start: int
    end: int
    key: int
    writing: Writing


@dataclass(frozen=True, slots=True)
class Parsed:
    """A parsed file.

    Attributes:
        source: its text.
        data: what it holds.
        spans: where each value stands, by its path.
        problems: what is wrong with it that did not stop the reading.
        folder: folder of the file, from which it names other files; None where there is no file.
        base: the file that it takes its values from where it states none itself (沿用); None for none.
        inherited: which file in truth holds the values at and below a path (of one or two steps), where that
            is another than this one.
    """

    source: Source
    data: Plain
    spans: Mapping[FieldPath, Span]
    problems: tuple[Problem, ...] = ()
    folder: Path | None = None
    base: "Parsed | None" = None
    inherited: "Mapping[FieldPath, Parsed]" = field(default_factory=dict)

    def place(self, path: FieldPath, offset: int | None = None, *, on_key: bool = False) -> Place:
        """Return the place of a value, of its key, or of a character in its text.

        Args:
            path: path of the value as the file spells it; where nothing stands, the nearest value around it
                is taken, and the field named all the same.
            offset: of a character in the value's text.
            on_key: whether the key is meant.
        """
        holder = self.holder(path)
        if holder is not self:
            return holder.place(path, offset, on_key=on_key)
        field = shown(path_text(path), _FIELD)
        known = self._known(path)
        span = self.spans[known]
        if known != path:
            # Something is missing there: the key above it is where one looks.
            return self.source.place(span.key, field)
        if on_key:
            return self.source.place(span.key, field)
        if offset is None:
            return self.source.place(span.start, field)
        value = _value(self.data, path)
        if not isinstance(value, str):
            return self.source.place(span.start, field)
        raw = self.source.text[span.start : span.end]
        return self.source.place(span.start + raw_offset(raw, span.writing, value, offset), field)

    def excerpt(self, path: FieldPath, place: Place) -> str | None:
        """Return the line of a place at or below a path, as a message may show it; None for none."""
        return self.holder(path).source.excerpt(place)

    def sources(self) -> Iterator[Source]:
        """Yield the text of this file, and of every file that holds something it inherited."""
        yield self.source
        # What was inherited comes from the one file that this one names, or through it.
        below = next(iter(self.inherited.values()), None)
        if below is not None:
            yield from below.sources()

    def start(self, path: FieldPath) -> tuple[int, int]:
        """Return where a value stands: how many files below this one, and the offset in that file's text.

        Where nothing stands, the nearest value around it is taken.
        """
        holder = self.holder(path)
        if holder is not self:
            depth, offset = holder.start(path)
            return depth + 1, offset
        return 0, self.spans[self._known(path)].start

    def holder(self, path: FieldPath) -> "Parsed":
        """Return the file that holds the value at a path, as far down as it was inherited."""
        if not self.inherited:
            return self
        other = self.inherited.get(path[:2]) or self.inherited.get(path[:1])
        return self if other is None else other.holder(path)

    def _known(self, path: FieldPath) -> FieldPath:
        while path and path not in self.spans:
            path = path[:-1]
        return path


def raw_offset(raw: str, writing: Writing, text: str, offset: int) -> int:
    """Return where in ``raw``, as a file writes a value, the character of ``text`` at ``offset`` stands.

    Folding, indentation and chomping change nothing but white space, so the characters that are not white
    space stand in the same order in both, one for one once escapes are read. A white-space character is
    placed after the last other one.
    """
    wanted = sum(map(len, text[:offset].split()))
    on_space = offset >= len(text) or text[offset].isspace()
    if on_space:
        wanted -= 1
    if wanted < 0:
        return 0
    passed = 0
    for start, end, count in _visible(raw, writing):
        if passed + count > wanted:
            # An escape is one character, whatever its length; other runs are as long as they look.
            first, last = (
                (start, end) if count == 1 else (start + wanted - passed, start + wanted - passed + 1)
            )
            return last if on_space else first
        passed += count
    return len(raw)


_ESCAPED = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}"
    r"|\\x(?P<x>[0-9a-fA-F]{2})|\\u(?P<u>[0-9a-fA-F]{4})|\\U(?P<U>[0-9a-fA-F]{8})|\\(?P<other>.)"
    r"|(?P<run>[^\s\\]+)",
    re.DOTALL,
)
_QUOTED = re.compile(r"(?P<run>[^\s']+)|''")
_RUN = re.compile(r"(?P<run>\S+)")
_WHITE_ESCAPES = frozenset(" \tntrvf_NLP\n")


def _visible(raw: str, writing: Writing) -> Iterator[tuple[int, int, int]]:
    """Yield start and end, in ``raw``, of runs of characters that are not white space, and their number."""
    match writing:
        case Writing.DOUBLE_QUOTED:
            found = _ESCAPED.finditer(raw, 1, len(raw) - 1)
        case Writing.SINGLE_QUOTED:
            found = _QUOTED.finditer(raw, 1, len(raw) - 1)
        case Writing.BLOCK:
            # A block begins with its mark, and perhaps a comment, on a line of their own.
            found = _RUN.finditer(raw, raw.find("\n") + 1)
        case _:
            found = _RUN.finditer(raw)
    for run in found:
        length = len(run["run"] or "")
        if length:
            yield run.start(), run.end(), length
        elif writing is Writing.SINGLE_QUOTED or not _is_white(run):
            yield run.start(), run.end(), 1


def _is_white(escape: re.Match[str]) -> bool:
    code = escape["x"] or escape["u"] or escape["U"]
    if code is not None:
        return chr(min(int(code, 16), 0x10FFFF)).isspace()
    return escape["other"] is not None and escape["other"] in _WHITE_ESCAPES


def _value(data: Plain, path: FieldPath) -> Plain:
    for step in path:
        if isinstance(data, dict) and isinstance(step, str):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int):
            data = data[step]
        else:
            return None
    return data
