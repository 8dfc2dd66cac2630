"""What the input gives: the paragraphs of a traced document, each character with where it comes from."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeAlias, assert_never

from kexie_docs.doctree.nodes import (
    Document,
    Figure,
    Heading,
    Imprint,
    Inline,
    Origin,
    PageBreak,
    Paragraph,
    Picture,
    Seal,
    Table,
    Text,
    Title,
)
from kexie_docs.doctree.walk import leaves, parted_at_fill
from kexie_docs.frozen import dataclass
from kexie_docs.provenance.records import bookmark_name

_BODY = "正文"
"""Last key of the fields that are Markdown."""


@dataclass(frozen=True, slots=True)
class Source:
    """Characters of a value of the input: its path, and offsets in its text."""

    field: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Atom:
    """What was printed as a whole: a figure, or another value that a reference or the template prints.

    Attributes:
        start: offset in the paragraph's text.
        end: offset after its last character.
        figure: the figure; None for another value.
        bookmark: name of the bookmark that encloses the figure in the Word file; "" for none.
        printed: path of the other value; "" for a figure.
        reference: the reference that printed it; None where the template did.
    """

    start: int
    end: int
    figure: Figure | None
    bookmark: str
    printed: str
    reference: Source | None


@dataclass(frozen=True, slots=True)
class Expected:
    """A paragraph as the input gives it.

    Attributes:
        text: its characters.
        sources: for each of them, the characters of the input that printed it; None for a template's own
            words. Those of an atom have the source of its reference.
        atoms: what in it was printed as a whole, in order.
        has_lines: whether it is a title, whose lines are parted where they may be.
        floating: whether it stands apart from the running text (the imprint at the foot of the last page).
    """

    text: str
    sources: tuple[Source | None, ...]
    atoms: tuple[Atom, ...]
    has_lines: bool = False
    floating: bool = False


ValueOf: TypeAlias = Callable[[str], str]
"""Gives the text of a value by its path; "" where there is none."""


def expected_paragraphs(document: Document, value_of: ValueOf) -> list[Expected]:
    """Return every paragraph that prints something, in the order of the Word file.

    Args:
        document: composed with ``traced``.
        value_of: the texts of the input, to find where the marks of its own Markdown stand.
    """
    reader = _Reader(value_of)
    return [paragraph for paragraph in reader.paragraphs(document) if paragraph.text.strip()]


def without_spaces(paragraph: Expected) -> Expected:
    """Return a paragraph without its white space, for files that do not keep it."""
    kept = [at for at, char in enumerate(paragraph.text) if not char.isspace()]
    if len(kept) == len(paragraph.text):
        return paragraph
    shifted = [0]
    for char in paragraph.text:
        shifted.append(shifted[-1] + (not char.isspace()))
    return replace(
        paragraph,
        text="".join(paragraph.text[at] for at in kept),
        sources=tuple(paragraph.sources[at] for at in kept),
        atoms=tuple(
            replace(atom, start=shifted[atom.start], end=shifted[atom.end]) for atom in paragraph.atoms
        ),
    )


def part_of(paragraph: Expected, start: int, end: int) -> Expected:
    """Return a paragraph's characters between two offsets, neither inside of an atom."""
    return replace(
        paragraph,
        text=paragraph.text[start:end],
        sources=paragraph.sources[start:end],
        atoms=tuple(
            replace(atom, start=atom.start - start, end=atom.end - start)
            for atom in paragraph.atoms
            if start <= atom.start and atom.end <= end
        ),
    )


def joined(paragraphs: Sequence[Expected]) -> Expected:
    """Return paragraphs as one text with line ends between them, for a copy where they were run together."""
    text = ""
    sources: list[Source | None] = []
    atoms: list[Atom] = []
    for paragraph in paragraphs:
        if text:
            before, after = sources[-1], paragraph.sources[0]
            between = None
            if before is not None and after is not None and before.field == after.field:
                between = Source(before.field, before.end, max(before.end, after.start))
            text += "\n"
            sources.append(between)
        atoms += [
            replace(atom, start=atom.start + len(text), end=atom.end + len(text)) for atom in paragraph.atoms
        ]
        text += paragraph.text
        sources += paragraph.sources
    first = paragraphs[0]
    return Expected(text, tuple(sources), tuple(atoms), first.has_lines, first.floating)


class _Reader:
    def __init__(self, value_of: ValueOf) -> None:
        self._value_of = value_of

    def paragraphs(self, document: Document) -> Iterator[Expected]:
        for block in document.blocks:
            match block:
                case Title():
                    yield replace(self._paragraph(block.inlines), has_lines=True)
                case Heading():
                    yield self._paragraph((Text(block.number), *block.inlines))
                case Paragraph():
                    yield self._paragraph(block.inlines)
                case Table():
                    for row in (*block.header, *block.rows):
                        for cell in row:
                            yield self._paragraph(cell.inlines)
                case Imprint():
                    for paragraph in block.paragraphs:
                        yield replace(self._paragraph(paragraph.inlines), floating=True)
                case Seal() | Picture() | PageBreak():
                    pass
                case _:
                    assert_never(block)

    def _paragraph(self, inlines: Sequence[Inline]) -> Expected:
        before, after = parted_at_fill(inlines)
        nodes: list[Text | Figure] = [leaf for leaf, _ in leaves(before)]
        if after is not None:
            nodes += [Text("\t"), *(leaf for leaf, _ in leaves(after))]
        text = ""
        sources: list[Source | None] = []
        atoms: list[Atom] = []
        for node in nodes:
            start, end = len(text), len(text) + len(node.text)
            text += node.text
            origin = node.origin
            if isinstance(node, Figure):
                reference = _reference(origin)
                bookmark = bookmark_name(node.number) if node.number else ""
                atoms.append(Atom(start, end, node, bookmark, "", reference))
                sources += [reference] * len(node.text)
            elif origin is None:
                sources += [None] * len(node.text)
            elif origin.printed:
                reference = _reference(origin)
                atoms.append(Atom(start, end, None, "", origin.printed, reference))
                sources += [reference] * len(node.text)
            else:
                sources += (
                    Source(origin.field, origin.start + at, origin.start + at + 1)
                    for at in range(len(node.text))
                )
        return Expected(text, tuple(self._filled(text, sources)), tuple(atoms))

    def _filled(self, text: str, sources: Sequence[Source | None]) -> Iterable[Source | None]:
        """Return the sources with those of the marks and letters between the Han characters of Markdown."""
        field = next((one.field for one in sources if one is not None and is_markdown(one.field)), None)
        if field is None:
            return sources
        known = [at for at, source in enumerate(sources) if source is not None and source.field == field]
        filled = list(sources)
        value = self._value_of(field)
        for before, after in zip([-1, *known], [*known, len(text)], strict=True):
            if after - before < 2:
                continue
            low = filled[before] if before >= 0 else None
            high = filled[after] if after < len(text) else None
            line_start = value.rfind("\n", 0, high.start) + 1 if high is not None else 0
            line_end = value.find("\n", low.end) if low is not None else -1
            start = low.end if low is not None else line_start
            stop = high.start if high is not None else line_end if line_end >= 0 else len(value)
            run = range(before + 1, after)
            # Marks of the line stand before its text, so what begins it is found from its end.
            found = _found(text, value, run, start, stop, back=low is None)
            filled[run.start : run.stop] = [
                None if offset is None else Source(field, offset, offset + 1) for offset in found
            ]
        return filled


def is_markdown(field: str) -> bool:
    """Return whether a field's text is Markdown."""
    return field.rpartition(".")[2] == _BODY


def _found(text: str, value: str, run: range, start: int, stop: int, *, back: bool) -> list[int | None]:
    """Return where the characters of a run stand in a part of the value, one after the other.

    What is between them there is passed over (marks). None for those that cannot be found.
    """
    found: list[int | None] = [None] * len(run)
    for at in reversed(run) if back else run:
        position = value.rfind(text[at], start, stop) if back else value.find(text[at], start, stop)
        if position < 0:
            break
        found[at - run.start] = position
        start, stop = (start, position) if back else (position + 1, stop)
    return found


def _reference(origin: Origin | None) -> Source | None:
    if origin is None or not origin.field:
        return None
    return Source(origin.field, origin.start, origin.end)
