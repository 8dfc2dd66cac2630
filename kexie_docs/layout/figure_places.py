"""On which pages and lines the figures of a document are printed."""

from collections.abc import Iterator

from kexie_docs.layout.pages import Layout, Line, Page
from kexie_docs.provenance.records import FigureTable, PrintedPlace, bookmark_name

_SAME_LINE = 0.5
"""Lines whose tops differ by less than this part of their height are one (cells side by side)."""


def with_places(table: FigureTable, layout: Layout) -> FigureTable:
    """Return the table of a document's figures with the pages and lines of its layout."""
    if not table.figures:
        return table
    places: dict[str, list[PrintedPlace]] = {}
    for index, page in enumerate(layout.pages):
        for number, line in numbered_lines(page):
            for figure in line.figures:
                if figure.number:
                    place = PrintedPlace(page=index + 1, line=number)
                    known = places.setdefault(bookmark_name(figure.number), [])
                    if place not in known:
                        known.append(place)
    return table._replace(
        figures=tuple(one._replace(printed=tuple(places.get(one.bookmark, ()))) for one in table.figures)
    )


def numbered_lines(page: Page) -> Iterator[tuple[int, Line]]:
    """Yield the lines of a page that print something, from its top, each with its number from 1.

    Cells of one height beside each other are one line; the page number is none.
    """
    number = 0
    top = float("-inf")
    for line in sorted(page.lines, key=lambda line: line.top):
        if not line.text.strip():
            continue
        if line.top - top > line.height * _SAME_LINE:
            number += 1
            top = line.top
        yield number, line
