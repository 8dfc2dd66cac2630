"""Which paragraph of an edited copy is which of the input's: kept, changed, parted, joined, moved."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from difflib import SequenceMatcher
from functools import cached_property

from kexie_docs.frozen import dataclass
from kexie_docs.revisions.edited import Edited
from kexie_docs.revisions.expected import Expected

LIKE = 0.4
"""Least likeness of two texts, from 0 to 1, to be taken for one another."""

_LIKE_ELSEWHERE = 0.75
"""The same for one that stands in another place."""

_FOREIGN = 0.25
"""Whole documents less like each other than this have nothing to do with each other."""

_SHORT = 12
"""Characters of a text so short that a change may leave nothing of it: the cell of a table, a date."""

_SLIGHT = 0.05
"""What taking two of these for one another gains."""

_LARGEST = 250_000
"""Most pairs of paragraphs that are weighed; where more are changed, they are taken in order."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Paragraphs that belong together.

    Attributes:
        expected: positions of the input's; none for what was added; two and more where the copy has one.
        edited: positions of the copy's; none for what was removed; two and more where one was parted.
        moved: whether it stands in another place now.
    """

    expected: tuple[int, ...]
    edited: tuple[int, ...]
    moved: bool = False


class _Words:
    """A paragraph's text as far as likeness goes."""

    def __init__(self, text: str, bookmarks: frozenset[str]) -> None:
        self.key = "".join(text.split())
        self.bookmarks = bookmarks

    @cached_property
    def pieces(self) -> Counter[str]:
        """Its pairs of characters; of a single one, itself."""
        key = self.key
        return Counter(key[at : at + 2] for at in range(len(key) - 1)) if len(key) > 1 else Counter([key])


def likeness(one: _Words, other: _Words) -> float:
    """Return how much two texts have in common, from 0 to 1."""
    if one.key == other.key:
        return 1.0
    total = one.pieces.total() + other.pieces.total()
    common = 2 * (one.pieces & other.pieces).total() / total if total else 0.0
    # Our bookmarks say which paragraph it was, however much was rewritten.
    if one.bookmarks and one.bookmarks & other.bookmarks:
        return max(common, LIKE + 0.1)
    return common


def is_foreign(expected: Sequence[Expected], edited: Sequence[Edited]) -> bool:
    """Return whether the two have so little in common that they are different documents."""
    one = _Words("".join(each.text for each in expected), frozenset())
    other = _Words("".join(each.text for each in edited), frozenset())
    # Longer or shorter by far is no reason: one may be a part of the other.
    common = (one.pieces & other.pieces).total()
    return common < _FOREIGN * min(one.pieces.total(), other.pieces.total()) or not edited


def pair_paragraphs(expected: Sequence[Expected], edited: Sequence[Edited]) -> list[Pair]:
    """Return the paragraphs of both in pairs, in the order of the copy; what was removed at its old place."""
    ours = [
        _Words(each.text, frozenset(atom.bookmark for atom in each.atoms if atom.bookmark))
        for each in expected
    ]
    theirs = [_Words(each.text, frozenset(each.bookmarks)) for each in edited]
    matcher = SequenceMatcher(None, [one.key for one in ours], [one.key for one in theirs], autojunk=False)
    codes = matcher.get_opcodes()
    moved = _moved_unchanged(ours, theirs, codes)
    came = dict(moved)
    gone = set(came.values())
    pairs: list[Pair] = []
    for tag, i1, i2, j1, j2 in codes:
        if tag == "equal":
            pairs += [Pair((i1 + at,), (j1 + at,)) for at in range(i2 - i1)]
            continue
        left = [at for at in range(i1, i2) if at not in gone]
        right = [at for at in range(j1, j2) if at not in came]
        arrived = [Pair((came[at],), (at,), moved=True) for at in range(j1, j2) if at in came]
        found = [*_gap(ours, theirs, left, right), *arrived]
        pairs += _in_copy_order(found)
    return _told_as_moved(_with_moves(pairs, ours, theirs), expected, edited)


def _moved_unchanged(
    ours: Sequence[_Words], theirs: Sequence[_Words], codes: Sequence[tuple[str, int, int, int, int]]
) -> list[tuple[int, int]]:
    """Return what stands elsewhere word for word, if only once: its place in the copy, and before."""
    left = [at for tag, i1, i2, _, _ in codes if tag != "equal" for at in range(i1, i2)]
    right = [at for tag, _, _, j1, j2 in codes if tag != "equal" for at in range(j1, j2)]
    ours_once = Counter(ours[at].key for at in left)
    theirs_once = Counter(theirs[at].key for at in right)
    places = {ours[at].key: at for at in left if ours_once[ours[at].key] == 1}
    return [
        (at, places[theirs[at].key])
        for at in right
        if theirs[at].key in places and theirs_once[theirs[at].key] == 1
    ]


def _in_copy_order(pairs: Sequence[Pair]) -> list[Pair]:
    """Return pairs in the order of the copy; what was removed stays behind what it stood behind."""
    result: list[Pair] = []
    arrivals = [pair for pair in pairs if pair.moved]
    others = [pair for pair in pairs if not pair.moved]
    for pair in others:
        while arrivals and pair.edited and arrivals[0].edited < pair.edited:
            result.append(arrivals.pop(0))
        result.append(pair)
    return result + arrivals


def _gap(
    ours: Sequence[_Words], theirs: Sequence[_Words], left: Sequence[int], right: Sequence[int]
) -> Iterator[Pair]:
    """Yield the pairs between two paragraphs that were kept: the likest, in order."""
    if len(left) * len(right) > _LARGEST:
        shorter = min(len(left), len(right))
        yield from (Pair((left[at],), (right[at],)) for at in range(shorter))
        yield from (Pair((at,), ()) for at in left[shorter:])
        yield from (Pair((), (at,)) for at in right[shorter:])
        return
    if len(left) == len(right) and all(
        len(each.key) <= _SHORT for each in (*map(ours.__getitem__, left), *map(theirs.__getitem__, right))
    ):
        # As many cells of a table, all of them changed: 20 in the place of 10 is not 20% beside it.
        yield from (Pair((one,), (other,)) for one, other in zip(left, right, strict=True))
        return
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {}
    rows, columns = len(left), len(right)
    for i in range(rows, -1, -1):
        for j in range(columns, -1, -1):
            best[i, j] = max(_steps(ours, theirs, left, right, i, j, best), default=(0.0, (0, 0)))
    i = j = 0
    while i < rows or j < columns:
        down, across = best[i, j][1]
        yield Pair(tuple(left[i : i + down]), tuple(right[j : j + across]))
        i, j = i + down, j + across


def _steps(
    ours: Sequence[_Words],
    theirs: Sequence[_Words],
    left: Sequence[int],
    right: Sequence[int],
    i: int,
    j: int,
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]],
) -> Iterator[tuple[float, tuple[int, int]]]:
    """Yield every way to go on from a position, with the likeness gained by it to the end."""
    if i < len(left):
        yield best[i + 1, j][0], (1, 0)
    if j < len(right):
        yield best[i, j + 1][0], (0, 1)
    if i == len(left) or j == len(right):
        return
    alike = likeness(ours[left[i]], theirs[right[j]])
    short = max(len(ours[left[i]].key), len(theirs[right[j]].key)) <= _SHORT
    if alike >= LIKE or short:
        alike = max(alike, _SLIGHT)
        yield best[i + 1, j + 1][0] + alike, (1, 1)
    for count in (2, 3):
        if j + count <= len(right):
            parts = [theirs[right[j + at]] for at in range(count)]
            gain = _whole(ours[left[i]], parts, alike)
            if gain:
                yield best[i + 1, j + count][0] + gain, (1, count)
        if i + count <= len(left):
            parts = [ours[left[i + at]] for at in range(count)]
            gain = _whole(theirs[right[j]], parts, alike)
            if gain:
                yield best[i + count, j + 1][0] + gain, (count, 1)


def _whole(one: _Words, parts: Sequence[_Words], alike: float) -> float:
    """Return the likeness of a text and the parts it fell into, 0 where they are not such parts."""
    if any(2 * (one.pieces & part.pieces).total() < 1.2 * part.pieces.total() for part in parts):
        return 0.0
    whole = _Words("".join(part.key for part in parts), frozenset())
    gain = likeness(one, whole)
    # Parting and joining have to explain more than a change and an addition would.
    return gain - 0.01 if gain > max(alike + 0.05, 0.7) else 0.0


def _with_moves(pairs: list[Pair], ours: Sequence[_Words], theirs: Sequence[_Words]) -> list[Pair]:
    """Return the pairs, what was removed in one place and added much alike in another put together."""
    removed = [pair for pair in pairs if not pair.edited]
    added = [pair for pair in pairs if not pair.expected]
    if not removed or not added or len(removed) * len(added) > _LARGEST:
        return pairs
    likest = sorted(
        (-alike, old.expected[0], new.edited[0])
        for old in removed
        for new in added
        if (alike := likeness(ours[old.expected[0]], theirs[new.edited[0]])) >= _LIKE_ELSEWHERE
    )
    old_to_new: dict[int, int] = {}
    taken: set[int] = set()
    for _, old_at, new_at in likest:
        if old_at not in old_to_new and new_at not in taken:
            old_to_new[old_at] = new_at
            taken.add(new_at)
    new_to_old = {new: old for old, new in old_to_new.items()}
    result: list[Pair] = []
    for pair in pairs:
        if not pair.edited and pair.expected[0] in old_to_new:
            continue
        if not pair.expected and pair.edited[0] in new_to_old:
            pair = Pair((new_to_old[pair.edited[0]],), pair.edited, moved=True)
        result.append(pair)
    return result


def _told_as_moved(
    pairs: Sequence[Pair], expected: Sequence[Expected], edited: Sequence[Edited]
) -> list[Pair]:
    """Return the pairs, what floats not moved: word processors anchor it elsewhere, nobody moved it."""
    return [
        replace(pair, moved=False)
        if pair.moved and (expected[pair.expected[0]].floating or edited[pair.edited[0]].floating)
        else pair
        for pair in pairs
    ]
