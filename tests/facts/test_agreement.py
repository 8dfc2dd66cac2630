"""Our PDF and LibreOffice's PDF of our Word file have everything in the same place."""

import pytest

from tests.facts.conftest import DOCUMENTS, STYLES, Shelf
from tests.support.finished import Finished
from tests.support.measure import Box, PageMeasure, Row

NEAR = 0.35
"""Millimetres: 1 pt. LibreOffice sets whole twips and dots."""

NARROW = 0.8
"""Millimetres that the ends of a justified line's words may differ: LibreOffice shares out whole twips."""

cases = pytest.mark.parametrize(("name", "style"), [(name, style) for name in DOCUMENTS for style in STYLES])


def pair(shelf: Shelf, name: str, style: str) -> tuple[Finished, Finished]:
    return shelf.take(name, style, "pdf"), shelf.take(name, style, "docx")


def lines(page: PageMeasure) -> list[str]:
    """Return what a page says line by line; turned text counts with the rest."""
    return [row.text for row in (*page.rows, *page.turned)]


def middle(finished: Finished, row: Row) -> float:
    """Return the height of a row's em box, as if in the middle of its line."""
    return row.em_box.centre[1] - finished.drop(row)


@cases
def test_every_page_has_the_same_lines(shelf: Shelf, name: str, style: str) -> None:
    ours, theirs = pair(shelf, name, style)
    assert [lines(page) for page in ours.pages] == [lines(page) for page in theirs.pages]


@cases
def test_every_line_stands_in_the_same_place(shelf: Shelf, name: str, style: str) -> None:
    ours, theirs = pair(shelf, name, style)
    apart = []
    for our_page, their_page in zip(ours.pages, theirs.pages, strict=True):
        ours_here, theirs_here = ((*page.rows, *page.turned) for page in (our_page, their_page))
        for our, their in zip(ours_here, theirs_here, strict=True):
            # A page number's line is not in the grid: the footer places it.
            footer = our.baseline > 263.5
            down = our.baseline - their.baseline if footer else middle(ours, our) - middle(theirs, their)
            left, right = our.x0 - their.x0, our.x1 - their.x1
            if abs(down) > NEAR or abs(left) > NEAR or abs(right) > NARROW:
                apart.append(f"page {our_page.number}: {our.text[:12]} {left:+.2f} {right:+.2f} {down:+.2f}")
    assert not apart, apart


@cases
def test_every_rule_and_picture_stands_in_the_same_place(shelf: Shelf, name: str, style: str) -> None:
    ours, theirs = pair(shelf, name, style)
    for our_page, their_page in zip(ours.pages, theirs.pages, strict=True):
        assert_boxes_agree([rule.box for rule in our_page.rules], [rule.box for rule in their_page.rules])
        assert_boxes_agree(our_page.images, their_page.images)
        assert [rule.color for rule in our_page.rules] == [rule.color for rule in their_page.rules]


def assert_boxes_agree(ours: "list[Box] | tuple[Box, ...]", theirs: "list[Box] | tuple[Box, ...]") -> None:
    assert len(ours) == len(theirs)
    for our, their in zip(ours, theirs, strict=True):
        differences = (our.x0 - their.x0, our.y0 - their.y0, our.x1 - their.x1, our.y1 - their.y1)
        assert all(abs(difference) <= NEAR for difference in differences), (our, their)
