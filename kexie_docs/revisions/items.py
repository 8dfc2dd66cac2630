"""Items of lists that were moved, removed or run together in a copy, as steps."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from kexie_docs.model.plain import FieldPath, parse_path
from kexie_docs.revisions.comparing import Compared
from kexie_docs.revisions.edits import ItemMove, Step, TextEdit
from kexie_docs.revisions.expected import Expected, Source, part_of
from kexie_docs.revisions.fields import FieldPlacer
from kexie_docs.revisions.input_texts import InputTexts


class ItemPlacer:
    """Finds the list items that the paragraphs of a copy belong to."""

    def __init__(self, compared: Sequence[Compared], texts: InputTexts, fields: FieldPlacer) -> None:
        self._compared = compared
        self._texts = texts
        self._fields = fields

    def steps(self) -> Iterator[Step]:
        """Yield the steps with list items whose every printed text was moved or removed."""
        items = self._items()
        for run in self._moved_runs():
            item = _whole_item([self._compared[at] for at in run], items, set(run))
            if item is None:
                continue
            for other, before in ((self._neighbour(run[0], -1), False), (self._neighbour(run[-1], 1), True)):
                for place in _items_at(other):
                    if place != item and len(place) == len(item) and place[-2] == item[-2]:
                        yield (ItemMove(item, place, before),)
        for index, pair in enumerate(self._compared):
            if pair.moved and pair.expected is not None:
                yield from self._dissolved(index, pair, pair.expected, items)
            elif pair.expected is not None:
                yield from self._run_together(index, pair, pair.expected, items)
        removed = {
            index
            for index, pair in enumerate(self._compared)
            if pair.expected is not None
            and pair.edited is None
            and not self._fields.is_elsewhere(pair.expected)
        }
        for index in sorted(removed):
            ours = self._compared[index].expected
            assert ours is not None
            gone, rest = self._taken_away(index, ours, items)
            if gone and rest:
                yield (*(ItemMove(item, None) for item in gone), *rest)
                yield (*(ItemMove(item, None, keeps_metrics=True) for item in gone), *rest)
        taken: list[FieldPath] = []
        for item, indexes in sorted(items.items(), key=lambda one: len(one[0])):
            inside = any(item[: len(one)] == one for one in taken)
            if indexes <= removed and not inside:
                taken.append(item)
                yield (ItemMove(item, None),)
                yield (ItemMove(item, None, keeps_metrics=True),)

    def _moved_runs(self) -> Iterator[list[int]]:
        """Yield every run of paragraphs that stand together and were moved, whole ones first."""
        run: list[int] = []
        for index, pair in enumerate(self._compared):
            if pair.moved:
                run.append(index)
                continue
            yield from _parts(run)
            run = []
        yield from _parts(run)

    def _dissolved(
        self, index: int, pair: Compared, ours: Expected, items: "Mapping[FieldPath, set[int]]"
    ) -> Iterator[Step]:
        """Yield the step that makes a moved paragraph text of its new place.

        Its references go with it, and the items that it was printed from go away, all but their metrics.
        """
        added = self._fields.added(index, pair, self._notation(ours), literal=False)
        edits = [self._fields.edit(one.field, one.start, one.end, one.text) for one in added]
        if not edits:
            return
        gone, rest = self._taken_away(index, ours, items)
        kept = [edit for edit in edits if edit is not None]
        yield (*(ItemMove(item, None, keeps_metrics=True) for item in gone), *kept, *rest)

    def _run_together(
        self, index: int, pair: Compared, ours: Expected, items: "Mapping[FieldPath, set[int]]"
    ) -> Iterator[Step]:
        """Yield the steps that make the second of two fields, run together in the copy, text of the first."""
        for hunk in pair.wording.hunks:
            joint, before = ours.text[hunk.start : hunk.end], ours.sources[max(hunk.start - 1, 0)]
            deleted = joint == "\n" and hunk.edited_start == hunk.edited_end
            if not deleted or ours.sources[hunk.start] is not None or before is None:
                continue
            end = ours.text.find("\n", hunk.end)
            second = part_of(ours, hunk.end, end if end >= 0 else len(ours.text))
            added = self._fields.edit(before.field, before.end, before.end, self._notation(second))
            first = {parse_path(one.field) for one in ours.sources[: hunk.start] if one is not None}
            apart = {
                item: indexes
                for item, indexes in items.items()
                if not any(path[: len(item)] == item for path in first)
            }
            gone, rest = self._taken_away(index, second, apart)
            if added is not None:
                yield (*(ItemMove(item, None, keeps_metrics=True) for item in gone), added, *rest)

    def _taken_away(
        self, index: int, ours: Expected, items: "Mapping[FieldPath, set[int]]"
    ) -> tuple[list[FieldPath], list[TextEdit]]:
        """Return what takes a paragraph away: items that print nothing else, and edits of other fields."""
        gone = [item for item, indexes in items.items() if indexes == {index}]
        gone = [item for item in gone if not any(item[: len(one)] == one for one in gone if one != item)]
        edits = [
            self._fields.edit(one.field, one.start, one.end, one.text)
            for one in self._fields.removed(ours)
            if not any(parse_path(one.field)[: len(item)] == item for item in gone)
        ]
        return gone, [edit for edit in edits if edit is not None]

    def _notation(self, ours: Expected) -> str:
        """Return a paragraph as the input may have it: references as they are written, the rest as text."""
        atoms = {atom.start: atom for atom in ours.atoms}
        parts: list[str] = []
        at = 0
        while at < len(ours.text):
            atom = atoms.get(at)
            if atom is not None and atom.reference is not None:
                value = self._texts.text(atom.reference.field)
                parts.append(value[atom.reference.start : atom.reference.end])
                at = atom.end
                continue
            parts.append(ours.text[at])
            at += 1
        return "".join(parts)

    def _items(self) -> dict[FieldPath, set[int]]:
        """Return every item of a list with the paragraphs that print something of it."""
        items: defaultdict[FieldPath, set[int]] = defaultdict(set)
        for index, pair in enumerate(self._compared):
            for source in dict.fromkeys(pair.expected.sources if pair.expected is not None else ()):
                if source is not None:
                    path = parse_path(source.field)
                    for end, step in enumerate(path, 1):
                        if isinstance(step, int):
                            items[path[:end]].add(index)
        return dict(items)

    def _neighbour(self, index: int, step: int) -> Source | None:
        """Return the source at the near end of the next paragraph that stayed, before or after."""
        at = index + step
        while 0 <= at < len(self._compared):
            ours = self._compared[at].expected
            if ours is not None and not self._compared[at].moved and self._compared[at].edited is not None:
                return ours.sources[0 if step > 0 else -1]
            at += step
        return None


def _parts(run: Sequence[int]) -> Iterator[list[int]]:
    """Yield a run, and then the paragraphs in it one by one."""
    if len(run) > 1:
        yield list(run)
    for index in run:
        yield [index]


def _whole_item(
    pairs: Sequence[Compared], items: Mapping[FieldPath, set[int]], indexes: set[int]
) -> FieldPath | None:
    """Return the list item that paragraphs print the whole of; None where it is more or less than one."""
    if any(pair.wording.hunks or pair.wording.atoms for pair in pairs):
        return None
    paths = {
        parse_path(source.field)
        for pair in pairs
        for source in (pair.expected.sources if pair.expected is not None else ())
        if source is not None
    }
    for item, printed in sorted(items.items(), key=lambda one: -len(one[0])):
        if printed == indexes and all(path[: len(item)] == item for path in paths):
            return item
    return None


def _items_at(source: Source | None) -> list[FieldPath]:
    """Return the list items that a source lies in, the innermost first."""
    if source is None:
        return []
    path = parse_path(source.field)
    return [path[:end] for end in range(len(path), 0, -1) if isinstance(path[end - 1], int)]
