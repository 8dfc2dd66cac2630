"""Mechanical repairs: the edits of the rules made in the source text, and nothing else in it changed."""

from collections.abc import Iterator

from kexie_docs.checks.engine import Finding, check_text
from kexie_docs.checks.places import Places
from kexie_docs.checks.rule import Edit
from kexie_docs.checks.view import InputView, Passage
from kexie_docs.errors import Place
from kexie_docs.frozen import dataclass
from kexie_docs.readers.parsed import Parsed
from kexie_docs.readers.reader import LoadedReport, report_of
from kexie_docs.readers.source import text_source

ROUNDS = 4
"""A repair can bring another to light (doubled marks of both widths); more rounds than these never help."""


@dataclass(frozen=True, slots=True)
class Change:
    """One repair that was made.

    Attributes:
        code: of the rule.
        place: where it was made; no repair moves a line.
        before: the characters around the place before the repair.
        after: the same after it.
    """

    code: str
    place: Place
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Fixed:
    """The text of an input with its repairs made.

    Attributes:
        text: the whole file, every line ended by a line feed.
        changes: what was changed, by line.
    """

    text: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class _SourceEdit:
    start: int
    end: int
    text: str


def fix_report(loaded: LoadedReport) -> Fixed:
    """Return the text of an input with all mechanical repairs made; without any to make, as it is.

    A repair is left out where what it changes is printed by a reference or written with escapes, and where
    the repaired text would not be read as the same input.
    """
    changes: list[Change] = []
    for _ in range(ROUNDS):
        text, made = _round(loaded)
        if not made:
            break
        after = _reread(loaded.parsed, text)
        if after is None:
            break
        changes += made
        loaded = after
    changes.sort(key=lambda change: (change.place.line or 0, change.place.column or 0))
    return Fixed(loaded.parsed.source.text, tuple(changes))


def _round(loaded: LoadedReport) -> tuple[str, list[Change]]:
    """Return the text with every repair that does not meet another one, and what was changed."""
    source, places = loaded.parsed.source, Places(loaded.parsed)
    edits: list[_SourceEdit] = []
    taken: set[int] = set()
    made: list[tuple[str, list[_SourceEdit]]] = []
    for passage, finding in _repairs(loaded):
        mapped = [_source_edit(places, source.text, passage, edit) for edit in finding.edits]
        whole = [edit for edit in mapped if edit is not None]
        touched = {offset for one in whole for offset in range(one.start, one.end + 1)}
        if len(whole) < len(mapped) or not taken.isdisjoint(touched):
            continue
        taken |= touched
        edits += whole
        made.append((finding.code, whole))
    changes = [
        Change(code, source.place(whole[0].start), *_around(source.text, whole)) for code, whole in made
    ]
    return _applied(source.text, edits), changes


def _repairs(loaded: LoadedReport) -> Iterator[tuple[Passage, Finding]]:
    for passage in InputView(loaded).passages:
        for finding in check_text(passage.checked):
            if finding.edits:
                yield passage, finding


def _source_edit(places: Places, source: str, passage: Passage, edit: Edit) -> _SourceEdit | None:
    """Return an edit of a paragraph as one of the source text, or None where it cannot be made there."""
    value = places.text(passage.path)
    last = max(edit.end, edit.start + 1)
    if value is None or not passage.is_typed(edit.start, last):
        return None
    start, end = passage.source_offset(edit.start), passage.source_offset(last - 1) + 1
    if value[start:end].isspace():
        # White space goes with what stands around it, which has to be on one line.
        before, after = places.character(passage.path, start - 1), places.character(passage.path, end)
        if before is None or after is None or "\n" in source[before[1] : after[0]]:
            return None
        return _SourceEdit(before[1], after[0], edit.text)
    marks = [places.character(passage.path, offset) for offset in range(start, end)]
    first, final = marks[0], marks[-1]
    if any(mark is None for mark in marks) or first is None or final is None:
        return None
    return _SourceEdit(first[0], final[1] if edit.end > edit.start else first[0], edit.text)


def _applied(text: str, edits: list[_SourceEdit]) -> str:
    parts, position = [], 0
    for edit in sorted(edits, key=lambda one: one.start):
        parts += [text[position : edit.start], edit.text]
        position = edit.end
    return "".join((*parts, text[position:]))


_AROUND = 8
"""Characters before and after a repair that are shown with it."""


def _around(text: str, edits: list[_SourceEdit]) -> tuple[str, str]:
    """Return the surroundings of a repair, before and after it."""
    start, end = min(edit.start for edit in edits), max(edit.end for edit in edits)
    left = max(start - _AROUND, text.rfind("\n", 0, start) + 1)
    line_end = text.find("\n", end)
    right = min(end + _AROUND, len(text) if line_end < 0 else line_end)
    shifted = [_SourceEdit(edit.start - left, edit.end - left, edit.text) for edit in edits]
    return text[left:right], _applied(text[left:right], shifted)


def _reread(parsed: Parsed, text: str) -> LoadedReport | None:
    """Return the input that a repaired text holds; None when more than characters of texts would differ."""
    from kexie_docs.errors import InputError
    from kexie_docs.readers.json_file import parse_json
    from kexie_docs.readers.yaml_file import parse_yaml

    file = parsed.source.file
    try:
        parse = parse_json if file.lower().endswith(".json") else parse_yaml
        after = report_of(parse(text_source(text, file)))
    except InputError:
        return None
    return after if after.parsed.spans.keys() == parsed.spans.keys() else None
