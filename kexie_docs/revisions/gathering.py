"""The lines of a PDF gathered into paragraphs, by the text that the input gives."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import accumulate, pairwise

from kexie_docs.frozen import dataclass
from kexie_docs.revisions.edited import Edited
from kexie_docs.revisions.expected import Expected

_SURE = 6
"""Characters of a line that is found again without a doubt, when it is there only once."""

_NEAR = 3
"""Characters by which a cut may be off the end of a cell."""

_CELL = 12
"""Most characters of a cell that may be known by its place alone."""

_MOST_WORDS = 20_000
"""More words than these are compared without the most frequent of them."""

_LARGEST = 4_000_000
"""Largest product of two lengths for which each character is weighed."""


@dataclass(frozen=True, slots=True)
class _Block:
    """Characters that are the same in both texts: where they begin, and how many."""

    ours: int
    theirs: int
    length: int


def gathered(expected: Sequence[Expected], lines: Sequence[Edited]) -> list[Edited]:
    """Return the paragraphs of a PDF, white space left out.

    A PDF has lines only. A line that the input has too says where it belongs; what stands between such lines
    is parted where the input's paragraphs end. Whole lines that the input lacks are paragraphs of their own.
    """
    ours = "".join(each.text for each in expected)
    texts = ["".join(line.text.split()) for line in lines]
    theirs = "".join(texts)
    line_starts = [0, *accumulate(map(len, texts))]
    blocks = list(_blocks(ours, texts, line_starts, theirs))
    words = [word for line in lines for word in line.text.split()]
    ends = [0, *accumulate(map(len, words))]
    cells = _cells(expected, words)
    cuts = {0, len(theirs)}
    for index, end in enumerate(accumulate(len(each.text) for each in expected)):
        if index in cells:
            cuts |= {ends[cells[index]], ends[cells[index] + 1]}
        elif index + 1 in cells:
            cuts.add(ends[cells[index + 1]])
        else:
            cuts.update(_cuts(end, blocks, line_starts, len(ours), len(theirs)))
    places = sorted({_at_end(cut, ends) for cut in cuts})
    paragraphs: list[Edited] = []
    for start, end in pairwise(places):
        line = max(0, bisect_left(line_starts, start + 1) - 1)
        page = lines[min(line, len(lines) - 1)].page
        paragraphs.append(Edited(theirs[start:end], number=len(paragraphs) + 1, page=page))
    return paragraphs


def _cells(expected: Sequence[Expected], words: Sequence[str]) -> dict[int, int]:
    """Return which paragraphs are one word of the other text each, in order: the cells of tables.

    A word stands between white space. Where as many short ones stand between two that are the same in both,
    each is the one in its place.
    """
    texts = [each.text for each in expected]
    matcher = SequenceMatcher(None, texts, words, autojunk=len(words) > _MOST_WORDS)
    found: dict[int, int] = {}
    for tag, i1, i2, j1, j2 in matcher.get_opcodes():
        short = all(len(text) <= _CELL for text in (*texts[i1:i2], *words[j1:j2]))
        if short and (tag == "equal" or (tag == "replace" and i2 - i1 == j2 - j1)):
            found |= dict(zip(range(i1, i2), range(j1, j2), strict=True))
    return found


def _at_end(cut: int, ends: Sequence[int]) -> int:
    """Return a cut at the end of the words next to it, if one is near.

    Paragraphs and cells end where a line or its white space does; letters that happen to be alike in two
    cells side by side (16.4% and 400) say otherwise.
    """
    at = bisect_left(ends, cut)
    near = min(ends[max(0, at - 1) : at + 1], key=lambda end: abs(end - cut))
    return near if abs(near - cut) <= _NEAR else cut


def _cuts(
    end: int, blocks: Sequence[_Block], line_starts: Sequence[int], ours: int, theirs: int
) -> Iterator[int]:
    """Yield where a paragraph of the input ends in the other text: at the end of a line, when one is near."""
    before = _Block(0, 0, 0)
    for block in (*blocks, _Block(ours, theirs, 0)):
        if block.ours >= end:
            low, high = before.theirs + before.length, block.theirs
            if before.ours + before.length == end:
                # Whole lines between two paragraphs are a third; others belong to what they stand beside.
                if block.ours > end or low in line_starts:
                    yield low
                if block.ours == end and (high in line_starts or low not in line_starts):
                    yield high
            elif block.ours == end:
                yield high
            else:
                near = [at for at in line_starts if low <= at <= high]
                yield near[0] if near else high
            return
        if end < block.ours + block.length:
            yield block.theirs + end - block.ours
            return
        before = block
    yield theirs


def _blocks(ours: str, texts: Sequence[str], line_starts: Sequence[int], theirs: str) -> Iterator[_Block]:
    """Yield what is the same in both texts, in order."""
    sure = []
    for start, text in zip(line_starts, texts, strict=False):
        if len(text) >= _SURE and (at := ours.find(text)) >= 0 and ours.find(text, at + 1) < 0:
            sure.append(_Block(at, start, len(text)))
    position = _Block(0, 0, 0)
    for block in (*_in_order(sure), _Block(len(ours), len(theirs), 0)):
        first, second = position.ours + position.length, position.theirs + position.length
        yield from _between(ours[first : block.ours], theirs[second : block.theirs], first, second)
        if block.length:
            yield block
        position = block


def _between(ours: str, theirs: str, first: int, second: int) -> Iterator[_Block]:
    if not ours or not theirs:
        return
    matcher = SequenceMatcher(None, ours, theirs, autojunk=len(ours) * len(theirs) > _LARGEST)
    for match in matcher.get_matching_blocks():
        if match.size:
            yield _Block(match.a + first, match.b + second, match.size)


def _in_order(blocks: Sequence[_Block]) -> list[_Block]:
    """Return the most blocks whose order both texts agree on."""
    ends: list[int] = []
    at_length: list[int] = []
    back: list[int] = []
    for index, block in enumerate(blocks):
        place = bisect_left(ends, block.ours + 1)
        back.append(at_length[place - 1] if place else -1)
        if place == len(ends):
            ends.append(block.ours + 1)
            at_length.append(index)
        else:
            ends[place] = block.ours + 1
            at_length[place] = index
    kept: list[_Block] = []
    index = at_length[-1] if at_length else -1
    while index >= 0:
        kept.append(blocks[index])
        index = back[index]
    return kept[::-1]
