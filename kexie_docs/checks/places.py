"""Places of characters in a file, for many at once: each value is aligned with its raw text only one time."""

from kexie_docs.errors import Place
from kexie_docs.frozen import dataclass
from kexie_docs.model.fields import spelled_path
from kexie_docs.model.plain import FieldPath, path_text, value_at
from kexie_docs.readers.parsed import Parsed, Span, Writing, raw_offset


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A text value, its raw text, and where in the raw text each character that is not white space stands.

    Attributes:
        text: the value.
        raw: as the file writes it.
        span: where that is.
        ranks: for each offset in the value, how many characters before it are not white space.
        positions: their offsets in the raw text; None where escapes make the two differ.
    """

    text: str
    raw: str
    span: Span
    ranks: tuple[int, ...]
    positions: tuple[int, ...] | None


class Places:
    """The places in one parsed file."""

    def __init__(self, parsed: Parsed) -> None:
        self._parsed = parsed
        self._aligned: dict[FieldPath, _Aligned | None] = {}

    def place(self, path: FieldPath, offset: int | None = None, *, on_key: bool = False) -> Place:
        """Return the place of a value, its key or a character in its text, as `Parsed.place` does."""
        spelled = spelled_path(path, self._parsed.spans)
        aligned = None if offset is None or on_key else self._align(spelled)
        if aligned is None or aligned.positions is None or offset is None:
            return self._parsed.place(spelled, offset, on_key=on_key)
        rank = aligned.ranks[min(offset, len(aligned.text))]
        on_space = offset >= len(aligned.text) or aligned.text[offset].isspace()
        raw = (aligned.positions[rank - 1] + 1 if rank else 0) if on_space else aligned.positions[rank]
        return self._parsed.source.place(aligned.span.start + raw, path_text(spelled))

    def character(self, path: FieldPath, offset: int) -> tuple[int, int] | None:
        """Return where in the file a character of a text stands; None for white space and most escapes."""
        aligned = self._align(spelled_path(path, self._parsed.spans))
        if aligned is None or not 0 <= offset < len(aligned.text) or aligned.text[offset].isspace():
            return None
        char, raw, base = aligned.text[offset], aligned.raw, aligned.span.start
        if aligned.positions is not None:
            start = base + aligned.positions[aligned.ranks[offset]]
            return start, start + 1
        writing = aligned.span.writing
        start = raw_offset(raw, writing, aligned.text, offset)
        if raw[start : start + 1] == char and not (writing is Writing.SINGLE_QUOTED and char == "'"):
            return base + start, base + start + 1
        escaped = {Writing.DOUBLE_QUOTED: "\\" + char, Writing.SINGLE_QUOTED: char * 2}.get(writing)
        if escaped is None or not raw.startswith(escaped, start):
            return None
        return base + start, base + start + 2

    def text(self, path: FieldPath) -> str | None:
        """Return the text of a value; None when it is none."""
        aligned = self._align(spelled_path(path, self._parsed.spans))
        return None if aligned is None else aligned.text

    def _align(self, path: FieldPath) -> _Aligned | None:
        if path not in self._aligned:
            self._aligned[path] = self._new(path)
        return self._aligned[path]

    def _new(self, path: FieldPath) -> _Aligned | None:
        span, value = self._parsed.spans.get(path), value_at(self._parsed.data, path)
        if span is None or not isinstance(value, str):
            return None
        raw = self._parsed.source.text[span.start : span.end]
        ranks, count = [], 0
        for char in value:
            ranks.append(count)
            count += not char.isspace()
        ranks.append(count)
        # A block begins with its mark, and perhaps a comment, on a line of their own.
        first = raw.find("\n") + 1 if span.writing is Writing.BLOCK else 0
        positions = tuple(index for index in range(first, len(raw)) if not raw[index].isspace())
        plain = span.writing in (Writing.PLAIN, Writing.BLOCK) and len(positions) == count
        return _Aligned(value, raw, span, tuple(ranks), positions if plain else None)
