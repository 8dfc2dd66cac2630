"""An input as its rules see it: every text as it is printed, with the way back to the place it was typed."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from functools import cached_property

from kexie_docs.checks.rule import CheckedText, TextKind
from kexie_docs.checks.typed import FoundFigure, find_figures
from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.namespace import Namespace
from kexie_docs.compose.number_values import FigureValue
from kexie_docs.compose.values import Value
from kexie_docs.doctree.walk import inline_text
from kexie_docs.figures.quantity import Quantity
from kexie_docs.frozen import dataclass
from kexie_docs.model.facts import Facts, gather_facts
from kexie_docs.model.fields import FieldInfo, Shape, fields_of, spelled_path
from kexie_docs.model.plain import FieldPath
from kexie_docs.model.report import Part, Report
from kexie_docs.model.text import ProseText, Reference
from kexie_docs.readers.reader import LoadedReport

_UNPRINTED = "□"
"""What stands for a reference that cannot be printed; the build tells of it."""

_KINDS = {"title": TextKind.TITLE, "point": TextKind.HEADING, "contact": TextKind.LINE}
_NO_TEXT = frozenset(("template", "fixed_names", "table"))
"""Fields whose value is not printed."""

_MARKDOWN = re.compile(r" *(#{1,6} +|[-*+] +|> ?|\d{1,2}\. +)")


@dataclass(frozen=True, slots=True)
class PrintedReference:
    """A reference in a paragraph: where what it prints stands, and its quantity where it is a figure."""

    start: int
    end: int
    reference: Reference
    quantity: Quantity | None


@dataclass(frozen=True, slots=True)
class Passage:
    """One paragraph of an input.

    Attributes:
        path: of the value that it is a part of, as the model names its keys.
        name: English name of the field.
        checked: the paragraph as printed.
        references: what in it was printed by references, in order.
        starts: offsets in the paragraph where a piece begins.
        sources: for each piece, the offset in the value's text, or None for a printed reference's.
    """

    path: FieldPath
    name: str
    checked: CheckedText
    references: tuple[PrintedReference, ...]
    starts: tuple[int, ...]
    sources: tuple[tuple[int, bool], ...]

    @property
    def text(self) -> str:
        """The paragraph as printed."""
        return self.checked.text

    def source_offset(self, offset: int) -> int:
        """Return where in the value's text a character stands, or the reference that printed it."""
        if not self.starts:
            return 0
        piece = max(0, bisect_right(self.starts, offset) - 1)
        base, literal = self.sources[piece]
        return base + (offset - self.starts[piece] if literal else 0)

    def is_typed(self, start: int, end: int) -> bool:
        """Return whether all characters from ``start`` to ``end`` were typed and none printed."""
        return all(end <= one or other <= start for one, other in self.checked.figures)

    @property
    def part(self) -> str:
        """English name of the top-level field that it stands in."""
        return next((info.name for key, info in fields_of(Report).items() if key == self.path[0]), "")


class InputView:
    """An input and what can be read off it, made when first asked for.

    Attributes:
        loaded: the input.
        report: what it holds.
    """

    def __init__(self, loaded: LoadedReport) -> None:
        self.loaded = loaded
        self.report = loaded.report
        self._names: Mapping[str, Value] = Namespace(loaded.report, {}).names()

    @cached_property
    def facts(self) -> Facts:
        """Its metrics and the texts that refer to them."""
        return gather_facts(self.loaded.parsed.data)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """Every paragraph of its texts, in the order of the model."""
        return tuple(self._passages(self.report, ()))

    @cached_property
    def figures(self) -> tuple[tuple[Passage, tuple[FoundFigure, ...]], ...]:
        """Every paragraph with the figures in it, typed or printed by references."""
        return tuple(
            (passage, tuple(find_figures(passage.text, self.fixed_names))) for passage in self.passages
        )

    @cached_property
    def fixed_names(self) -> tuple[str, ...]:
        """Names whose digits are no figures (固定名称)."""
        return tuple(self.report.fixed_names)

    @cached_property
    def metric_paths(self) -> dict[str, FieldPath]:
        """Path of every metric by its name."""
        return {metric.name: metric.path for metric in self.facts.metrics}

    def _passages(self, part: Part, path: FieldPath) -> Iterator[Passage]:
        for info in dict.fromkeys(fields_of(type(part)).values()):
            if info.name not in type(part).model_fields:
                continue
            value = getattr(part, info.name)
            here = (*path, info.alias)
            match value:
                case ProseText():
                    yield from self._paragraphs(value, here, info)
                case Part():
                    yield from self._passages(value, here)
                case str() if info.name not in _NO_TEXT:
                    yield _line(value, here, info.name)
                case list() if info.name not in _NO_TEXT:
                    for index, item in enumerate(value):
                        if isinstance(item, ProseText):
                            yield from self._paragraphs(item, self._item(here, index), info)
                        elif isinstance(item, Part):
                            yield from self._passages(item, (*here, index))
                        elif isinstance(item, str):
                            yield _line(item, self._item(here, index), info.name)
                case dict() if info.shape is not Shape.METRICS:
                    for name, item in value.items():
                        if isinstance(item, Part):
                            yield from self._passages(item, (*here, name))
                        elif isinstance(item, ProseText):
                            yield from self._paragraphs(item, (*here, name), info)
                        elif isinstance(item, list):
                            for index, line in enumerate(item):
                                yield from self._paragraphs(line, (*here, name, index), info)

    def _item(self, path: FieldPath, index: int) -> FieldPath:
        """Return the path of a list's item; one value that stands for a list is its own item."""
        spans = self.loaded.parsed.spans
        return (*path, index) if spelled_path((*path, index), spans) in spans else path

    def _paragraphs(self, text: ProseText, path: FieldPath, info: FieldInfo) -> Iterator[Passage]:
        kind = _KINDS.get(info.name, TextKind.PROSE)
        if kind is TextKind.TITLE and len(path) > 1:
            kind = TextKind.HEADING
        for pieces in _lines(text):
            yield from self._passage(pieces, path, info.name, kind)

    def _passage(
        self, pieces: "list[tuple[str | Reference, int]]", path: FieldPath, name: str, kind: TextKind
    ) -> Iterator[Passage]:
        printed = ""
        starts: list[int] = []
        sources: list[tuple[int, bool]] = []
        references: list[PrintedReference] = []
        for index, (piece, offset) in enumerate(pieces):
            if isinstance(piece, Reference):
                words, quantity = self._print(piece)
                references.append(PrintedReference(len(printed), len(printed) + len(words), piece, quantity))
                starts.append(len(printed))
                sources.append((offset, False))
                printed += words
                continue
            if index == 0:
                if name == "body" and (mark := _MARKDOWN.match(piece)) is not None:
                    kind = TextKind.HEADING if mark[1].startswith("#") else kind
                    offset += mark.end()
                    piece = piece[mark.end() :]
                offset += len(piece) - len(piece.lstrip())
                piece = piece.lstrip()
                if name == "body" and piece.startswith("|"):
                    kind = TextKind.LINE  # a row of a table: its cells stand apart
            for start, word in _unmarked(piece) if name in ("body", "title") else [(0, piece)]:
                starts.append(len(printed))
                sources.append((offset + start, True))
                printed += word
        printed = printed.rstrip()
        if printed:
            figures = tuple((one.start, one.end) for one in references)
            yield Passage(
                path,
                name,
                CheckedText(printed, kind, figures),
                tuple(references),
                tuple(starts),
                tuple(sources),
            )

    def _print(self, reference: Reference) -> tuple[str, Quantity | None]:
        """Return what a reference prints, and its quantity."""
        try:
            value = self._names[reference.path[0]]
            for part in reference.path[1:]:
                value = value.part(part)
            for name, arguments in reference.filters:
                if isinstance(value, FigureValue):
                    value = value.filtered(name, arguments)
            words = inline_text(value.inlines())
        except (ValueUseError, KeyError):
            return _UNPRINTED, None
        return words, value.quantity if isinstance(value, FigureValue) else None


def _line(text: str, path: FieldPath, name: str) -> Passage:
    """Return a line of text without references."""
    return Passage(path, name, CheckedText(text, TextKind.LINE), (), (0,), ((0, True),))


def _lines(text: ProseText) -> Iterator[list[tuple[str | Reference, int]]]:
    """Yield each line's pieces with their offsets in the source."""
    current: list[tuple[str | Reference, int]] = []
    source, position = text.source, 0
    for index, piece in enumerate(text.pieces):
        if isinstance(piece, Reference):
            current.append((piece, piece.offset))
            following = text.pieces[index + 1] if index + 1 < len(text.pieces) else ""
            position = source.find("}}", piece.offset) + 2
            # An argument may hold braces itself; what follows the reference tells where it ends.
            while isinstance(following, str) and not source.startswith(following[:1], position):
                further = source.find("}}", position)
                if further < 0:
                    break
                position = further + 2
            continue
        start = position
        for number, line in enumerate(piece.split("\n")):
            if number:
                yield current
                current = []
            current.append((line, start))
            start += len(line) + 1
        position = start - 1
    yield current


def _unmarked(piece: str) -> list[tuple[int, str]]:
    """Return the parts of a piece between marks that are not printed (**, | in titles), and their offsets."""
    parts: list[tuple[int, str]] = []
    start = 0
    for mark in re.finditer(r"\*\*|__|\||`", piece):
        parts.append((start, piece[start : mark.start()]))
        start = mark.end()
    parts.append((start, piece[start:]))
    return [(offset, word) for offset, word in parts if word]
