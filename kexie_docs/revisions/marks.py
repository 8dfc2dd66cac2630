"""Bookmarks of a copy under the names that the same figures have when its input is composed now."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

from kexie_docs.revisions.edited import Edited, Marked
from kexie_docs.revisions.expected import Expected


def with_our_names(
    expected: Sequence[Expected], edited: Sequence[Edited], marked: Sequence[Marked]
) -> list[Edited]:
    """Return the copy's paragraphs with its bookmarks renamed.

    Bookmarks are numbered in reading order, so a reference added to the input or taken away since the copy
    was made shifts the numbers behind it. The copy's own table says what each bookmark stood around.

    Args:
        expected: the paragraphs of the document composed now.
        edited: the copy's.
        marked: the copy's table; nothing: it has none, and its names are left as they are.
    """
    if not marked:
        return list(edited)
    ours = [
        (atom.bookmark, atom.figure.expression)
        for each in expected
        for atom in each.atoms
        if atom.figure is not None and atom.bookmark
    ]
    if ours == [(one.bookmark, one.expression) for one in marked]:
        return list(edited)
    matcher = SequenceMatcher(
        None, [one.expression for one in marked], [expression for _, expression in ours], autojunk=False
    )
    names = {
        marked[match.a + at].bookmark: ours[match.b + at][0]
        for match in matcher.get_matching_blocks()
        for at in range(match.size)
    }
    return [
        replace(
            each,
            bookmarks={names[name]: place for name, place in each.bookmarks.items() if name in names},
        )
        if each.bookmarks
        else each
        for each in edited
    ]
