"""An edited copy compared with what its input gives: the differences, told one by one."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from typing import TypeAlias

from kexie_docs.doctree.nodes import Document, Figure
from kexie_docs.errors import InputError, Place, Problem, message
from kexie_docs.frozen import dataclass
from kexie_docs.revisions.edited import LINE_BREAK, Edited, EditedFile
from kexie_docs.revisions.edited import joined as joined_edited
from kexie_docs.revisions.expected import (
    Expected,
    ValueOf,
    expected_paragraphs,
    joined,
    without_spaces,
)
from kexie_docs.revisions.gathering import gathered
from kexie_docs.revisions.marks import with_our_names
from kexie_docs.revisions.pairing import is_foreign, pair_paragraphs
from kexie_docs.revisions.wording import AtomChange, Hunk, Wording, compare_wording, typed_figures

_AROUND = 10
"""Characters shown before and after a change."""


class DifferenceKind(StrEnum):
    """What a difference is."""

    FIGURE_CHANGED = "figure-changed"
    FIGURE_DELETED = "figure-deleted"
    FIGURE_TYPED = "figure-typed"
    TEXT_CHANGED = "text-changed"
    PARAGRAPH_ADDED = "paragraph-added"
    PARAGRAPH_REMOVED = "paragraph-removed"
    PARAGRAPH_MOVED = "paragraph-moved"


_NOWHERE = Place()


@dataclass(frozen=True, slots=True)
class Change:
    """Changed words with what stands around them; either side may be empty."""

    before: str
    old: str
    new: str
    after: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One difference.

    Attributes:
        kind: what it is.
        old: what the input gives: the figure, the paragraph; "" where it gives nothing.
        new: what the copy says; "" where that is gone.
        paragraph: of the copy, from 1, empty ones not counted; None for one that was removed.
        page: page of a PDF, from 1; None for Word files.
        context: the beginning of the paragraph.
        metric: the reference of a figure, such as ``科普活动.上年``; "" otherwise.
        place: where the input has it; without a file where a template wrote it.
        changes: changed words of a paragraph.
        sources: the references that a derived figure is worked out from.
    """

    kind: DifferenceKind
    old: str
    new: str
    paragraph: int | None
    page: int | None
    context: str
    metric: str = ""
    place: Place = _NOWHERE
    changes: tuple[Change, ...] = ()
    sources: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Compared:
    """A pair of paragraphs with what differs; either is None for a paragraph added or removed.

    Attributes:
        expected: the input's.
        edited: the copy's.
        wording: what was changed in it.
        moved: whether it stands in another place.
        after: position of the input's paragraph that the one before it in the copy belongs to; None for none.
    """

    expected: Expected | None
    edited: Edited | None
    wording: Wording
    moved: bool
    after: Expected | None = None


PlaceOfField: TypeAlias = Callable[[str, int | None], Place]
"""Gives the place of a field by its path, or of a character in its text."""

PlaceOfFigure: TypeAlias = Callable[[Figure], Place]
"""Gives the place of a figure's metric."""

_SAME = Wording((), (), ())


def compare_paragraphs(document: Document, copy: EditedFile, value_of: ValueOf, file: str) -> list[Compared]:
    """Return the paragraphs of a copy beside those of the input's document.

    Args:
        document: composed with ``traced``.
        copy: what the copy says.
        value_of: texts of the input.
        file: the copy's path, for the message.

    Raises:
        InputError: KD160, the two are different documents altogether.
    """
    expected = expected_paragraphs(document, value_of)
    edited = with_our_names(expected, copy.paragraphs, copy.figures)
    if copy.pages:
        expected = [without_spaces(each) for each in expected]
        edited = gathered(expected, edited)
    if is_foreign(expected, edited):
        raise InputError(
            Problem(
                "KD160",
                message("This is another document: hardly anything in it comes from the input"),
                Place(file),
                message("Name the input that the file was made from, and its template with -t."),
            )
        )
    result: list[Compared] = []
    after: Expected | None = None
    for pair in pair_paragraphs(expected, edited):
        ours = joined([expected[at] for at in pair.expected]) if pair.expected else None
        theirs = joined_edited(tuple(edited[at] for at in pair.edited)) if pair.edited else None
        if ours is not None and theirs is not None:
            if ours.has_lines:
                theirs = _with_lines_joined(ours, theirs)
            theirs = _trimmed(ours, replace(theirs, text=theirs.text.replace(LINE_BREAK, "\n")))
            result.append(Compared(ours, theirs, compare_wording(ours, theirs), pair.moved, after))
        else:
            if theirs is not None:
                theirs = replace(theirs, text=theirs.text.replace(LINE_BREAK, "\n").strip())
            wording = Wording((), (), tuple(typed_figures(theirs.text))) if theirs is not None else _SAME
            result.append(Compared(ours, theirs, wording, moved=False, after=after))
        if pair.expected and not pair.moved:
            after = expected[pair.expected[-1]]
    return result


def _with_lines_joined(ours: Expected, theirs: Edited) -> Edited:
    """Return a title without its line breaks; the space that one took the place of is put back."""
    places = [at for at, char in enumerate(ours.text) if not char.isspace()]
    text = ""
    shifted = [0]
    seen = 0
    for char in theirs.text:
        if char == LINE_BREAK:
            before = places[seen - 1] + 1 if 0 < seen <= len(places) else 0
            after = places[seen] if seen < len(places) else before
            text += ours.text[before:after]
        else:
            text += char
            seen += not char.isspace()
        shifted.append(len(text))
    bookmarks = {name: (shifted[start], shifted[end]) for name, (start, end) in theirs.bookmarks.items()}
    return replace(theirs, text=text, bookmarks=bookmarks)


def _trimmed(ours: Expected, theirs: Edited) -> Edited:
    """Return a paragraph without the white space at its ends that the input's has not (typed indents)."""
    text = theirs.text
    start = 0 if ours.text[:1].isspace() else len(text) - len(text.lstrip())
    end = len(text) if ours.text[-1:].isspace() else len(text.rstrip())
    if start == 0 and end == len(text):
        return theirs
    bookmarks = {
        name: (min(max(one - start, 0), end - start), min(max(other - start, 0), end - start))
        for name, (one, other) in theirs.bookmarks.items()
    }
    return Edited(text[start:end], bookmarks, theirs.number, theirs.page, theirs.floating)


def differences(
    compared: Sequence[Compared], place_of: PlaceOfField, place_of_figure: PlaceOfFigure
) -> Iterator[Difference]:
    """Yield every difference, in the order of the copy."""
    for each in compared:
        yield from _Teller(each, place_of, place_of_figure).differences()


class _Teller:
    def __init__(self, pair: Compared, place_of: PlaceOfField, place_of_figure: PlaceOfFigure) -> None:
        self._pair = pair
        self._place_of = place_of
        self._place_of_figure = place_of_figure

    def differences(self) -> Iterator[Difference]:
        ours, theirs, wording = self._pair.expected, self._pair.edited, self._pair.wording
        if ours is None:
            assert theirs is not None
            yield self._difference(DifferenceKind.PARAGRAPH_ADDED, "", theirs.text)
            for start, end in self._pair.wording.typed:
                yield self._difference(DifferenceKind.FIGURE_TYPED, "", theirs.text[start:end])
            return
        if theirs is None:
            # Of a table's cell that held nothing else, the figure is what was removed.
            if not any((one.start, one.end) == (0, len(ours.text)) and one.figure for one in ours.atoms):
                yield self._difference(DifferenceKind.PARAGRAPH_REMOVED, ours.text, "", self._at(0))
            for atom in ours.atoms:
                if atom.figure is not None:
                    yield self._figure(AtomChange(atom, None))
            return
        if self._pair.moved:
            yield self._difference(DifferenceKind.PARAGRAPH_MOVED, ours.text, theirs.text, self._at(0))
        for change in wording.atoms:
            if change.atom.figure is not None:
                yield self._figure(change)
        for start, end in wording.typed:
            yield self._difference(DifferenceKind.FIGURE_TYPED, "", theirs.text[start:end])
        told = [hunk for hunk in wording.hunks if not self._is_figure(hunk)]
        changes = [self._change(hunk) for hunk in told]
        values = [one for one in wording.atoms if one.atom.figure is None and one.text is not None]
        changes += [self._value(one) for one in values]
        if changes:
            first = min([hunk.start for hunk in told] + [one.atom.start for one in values])
            yield self._difference(
                DifferenceKind.TEXT_CHANGED, ours.text, theirs.text, self._at(first), tuple(changes)
            )

    def _is_figure(self, hunk: Hunk) -> bool:
        """Return whether a change is nothing but a figure deleted or typed, which was told already."""
        ours, theirs = self._pair.expected, self._pair.edited
        assert ours is not None
        assert theirs is not None
        deleted = any(
            (atom.start, atom.end) == (hunk.start, hunk.end) for atom in ours.atoms if atom.figure is not None
        )
        typed = (hunk.edited_start, hunk.edited_end) in self._pair.wording.typed
        nothing_old, nothing_new = hunk.start == hunk.end, hunk.edited_start == hunk.edited_end
        return (deleted and (typed or nothing_new)) or (nothing_old and typed)

    def _difference(
        self,
        kind: DifferenceKind,
        old: str,
        new: str,
        place: Place | None = None,
        changes: tuple[Change, ...] = (),
        metric: str = "",
    ) -> Difference:
        ours, theirs = self._pair.expected, self._pair.edited
        shown = theirs if theirs is not None else ours
        assert shown is not None
        return Difference(
            kind,
            old,
            new,
            theirs.number if theirs is not None else None,
            theirs.page if theirs is not None else None,
            shown.text[: 2 * _AROUND],
            metric,
            place or Place(),
            changes,
        )

    def _figure(self, change: AtomChange) -> Difference:
        figure = change.atom.figure
        assert figure is not None
        kind = DifferenceKind.FIGURE_DELETED if change.text is None else DifferenceKind.FIGURE_CHANGED
        place = self._place_of_figure(figure)
        told = self._difference(kind, figure.text, change.text or "", place, metric=figure.expression)
        return replace(told, sources=figure.sources)

    def _at(self, offset: int) -> Place:
        """Return where the input has the first character from an offset on that is the input's."""
        ours = self._pair.expected
        assert ours is not None
        for source in ours.sources[offset:] + ours.sources[:offset][::-1]:
            if source is not None:
                return self._place_of(source.field, source.start)
        return Place()

    def _change(self, hunk: Hunk) -> Change:
        ours, theirs = self._pair.expected, self._pair.edited
        assert ours is not None
        assert theirs is not None
        return Change(
            _before(ours.text, hunk.start),
            ours.text[hunk.start : hunk.end],
            theirs.text[hunk.edited_start : hunk.edited_end],
            ours.text[hunk.end : hunk.end + _AROUND],
        )

    def _value(self, change: AtomChange) -> Change:
        ours, atom = self._pair.expected, change.atom
        assert ours is not None
        return Change(
            _before(ours.text, atom.start),
            ours.text[atom.start : atom.end],
            change.text or "",
            ours.text[atom.end : atom.end + _AROUND],
        )


def _before(text: str, at: int) -> str:
    """Return the characters before an offset, a number whole."""
    start = max(0, at - _AROUND)
    while 0 < start < at and text[start].isdigit() and text[start - 1].isdigit():
        start -= 1
    return text[start:at]
