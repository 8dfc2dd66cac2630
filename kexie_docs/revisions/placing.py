"""Where in the input each change of a copy belongs: the steps that edit its values."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.quantity import parse_quantity
from kexie_docs.model.plain import FieldPath
from kexie_docs.revisions.comparing import Compared
from kexie_docs.revisions.edits import FigureEdit, Placed, Step, ValueEdit
from kexie_docs.revisions.fields import FieldPlacer
from kexie_docs.revisions.input_texts import EXACT, InputTexts
from kexie_docs.revisions.items import ItemPlacer
from kexie_docs.revisions.prints import Prints


def place_changes(compared: Sequence[Compared], texts: InputTexts) -> list[Step]:
    """Return the steps that bring the changes of a copy into the input, as far as they have a place there."""
    return list(_Placer(compared, texts).steps())


class _Placer:
    def __init__(self, compared: Sequence[Compared], texts: InputTexts) -> None:
        self._compared = compared
        self._texts = texts
        self._fields = FieldPlacer(compared, texts)
        self._figures: defaultdict[FieldPath, Prints] = defaultdict(Prints)
        self._exact: defaultdict[FieldPath, Prints] = defaultdict(Prints)
        self._values: defaultdict[str, Prints] = defaultdict(Prints)
        # For each field, the stretches of it that are printed as literal text, by paragraph.
        self._stretches: defaultdict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for index, pair in enumerate(compared):
            if pair.expected is not None:
                self._survey(index, pair)

    def _survey(self, index: int, pair: Compared) -> None:
        ours = pair.expected
        assert ours is not None
        changes = {one.atom: one.text for one in pair.wording.atoms}
        for atom in ours.atoms:
            old = ours.text[atom.start : atom.end]
            new = None if pair.edited is None else changes.get(atom, old)
            if atom.figure is not None:
                path = self._texts.figure_path(atom.figure)
                if path is not None:
                    exact = atom.figure.expression.endswith(EXACT)
                    (self._exact if exact else self._figures)[path].note(atom, old, new)
            else:
                self._values[atom.printed].note(atom, old, new)
        for name, run in groupby(ours.sources, key=lambda one: one.field if one is not None else ""):
            known = [one for one in run if one is not None]
            if name:
                self._stretches[name].append(
                    (index, min(one.start for one in known), max(one.end for one in known))
                )

    def steps(self) -> Iterator[Step]:
        exact = {path: text for path, one in self._exact.items() if (text := one.agreed()) is not None}
        for path, text in exact.items():
            if is_figure(text):
                yield (FigureEdit(path, text, exact=True),)
        for path, figure in self._figures.items():
            text = figure.agreed()
            if text is not None and is_figure(text):
                # The exact number says how the hedged one is printed; the next round tries what is left.
                if path not in exact:
                    yield (FigureEdit(path, text),)
            else:
                # Words in a figure's place (数百场) are text; another number there would be a second truth.
                yield from self._in_place(figure, words_only=True)
        for printed, value in self._values.items():
            yield from self._value_steps(printed, value)
        by_paragraph: list[list[Placed] | None] = []
        for index, pair in enumerate(self._compared):
            by_paragraph.append(self._paragraph(index, pair))
        yield from self._text_steps(by_paragraph)
        yield from ItemPlacer(self._compared, self._texts, self._fields).steps()

    def _value_steps(self, printed: str, value: Prints) -> Iterator[Step]:
        """Yield the edit of a value that is another wherever it is printed; else of single references."""
        text = value.agreed()
        path = self._texts.path(printed)
        if text is not None and path is not None and not self._stretches.get(printed):
            yield (ValueEdit(path, text),)
            return
        yield from self._in_place(value)

    def _in_place(self, value: Prints, *, words_only: bool = False) -> Iterator[Step]:
        """Yield the edits that put what a copy says in the place of single references."""
        for one in value.prints:
            new, reference = one.new, one.reference
            if new is None or new == one.old or reference is None:
                continue
            if not (words_only and is_figure(new)):
                text = self._fields.written(reference.field, new)
                edit = self._fields.edit(reference.field, reference.start, reference.end, text)
                if edit is not None:
                    yield (edit,)

    def _text_steps(self, by_paragraph: "Sequence[list[Placed] | None]") -> Iterator[Step]:
        """Yield the edits of text, those left out that another print of the same text speaks against."""
        made = {(one, index) for index, placed in enumerate(by_paragraph) for one in placed or ()}
        done: set[Placed] = set()
        for index, placed in enumerate(by_paragraph):
            if not placed:
                continue
            agreed = all(
                (one, other) in made
                for one in placed
                if self._printed_twice(one.field)
                for other, start, end in self._stretches[one.field]
                if other != index and start <= one.start and one.end <= end
            ) and not any(self._contradicts(one.field) for one in placed)
            new = [one for one in placed if one not in done or not self._printed_twice(one.field)]
            edits = [
                edit
                for one in new
                if (edit := self._fields.edit(one.field, one.start, one.end, one.text)) is not None
            ]
            done.update(placed)
            if agreed and edits and len(edits) == len(new):
                yield tuple(edits)

    def _printed_twice(self, name: str) -> bool:
        """Return whether some characters of a value are printed in more than one place."""
        stretches = sorted((start, end) for _, start, end in self._stretches[name])
        return any(after[0] < before[1] for before, after in pairwise(stretches))

    def _contradicts(self, name: str) -> bool:
        """Return whether a value whose text was changed is also referred to, where it was not."""
        value = self._values.get(name)
        return value is not None and any(one.new == one.old for one in value.prints)

    def _paragraph(self, index: int, pair: Compared) -> "list[Placed] | None":
        """Return the edits of text that one paragraph asks for; None where one of them has no place."""
        ours, theirs = pair.expected, pair.edited
        if ours is None:
            assert theirs is not None
            return self._fields.added(index, pair, theirs.text, literal=True)
        if theirs is None:
            return [] if self._fields.is_elsewhere(ours) else self._fields.removed(ours)
        if pair.moved:
            return self._fields.moved(index, pair, ours)
        placed: list[Placed] = []
        for hunk in pair.wording.hunks:
            placed += self._fields.hunk(ours, hunk, theirs.text[hunk.edited_start : hunk.edited_end])
        return placed


def is_figure(text: str) -> bool:
    """Return whether a text is a figure that a metric can have."""
    try:
        parse_quantity(text)
    except QuantityError:
        return False
    return True
