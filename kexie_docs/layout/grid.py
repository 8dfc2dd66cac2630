"""The grid of GB/T 9704 5.2 as thin lines, to be drawn on finished pages by whoever looks at a layout."""

from collections.abc import Iterator

from kexie_docs.layout.inline import zi_width
from kexie_docs.layout.pages import Layout, Page, PlacedRule
from kexie_docs.style.sheet import PageSetup, Style

_HAIR = 3.0
_TYPE_AREA, _CELLS, _LINE_BOXES = "00A040", "B0D8F0", "F0A060"
_BODY = "body"


def grid_rules(layout: Layout, style: Style) -> tuple[tuple[PlacedRule, ...], ...]:
    """Return the guide lines of each page: the grid, the line boxes over it, the type area over both.

    Those of a turned page are, like its lines, those of the unturned landscape page.
    """
    return tuple(tuple(_page_rules(page, style)) for page in layout.pages)


def _page_rules(page: Page, style: Style) -> Iterator[PlacedRule]:
    setup = style.turned_page if page.turned else style.page
    left, top = setup.left, setup.top
    right, bottom = setup.width - setup.right, setup.height - setup.bottom
    if not page.turned:
        yield from _cells(setup, style)
    for line in page.lines:
        first = line.runs[0].x if line.runs else float(left)
        last = line.runs[-1].end if line.runs else float(right)
        yield from _box(first, line.top, last, line.top + line.height, _LINE_BOXES)
    yield from _box(left, top, right, bottom, _TYPE_AREA)


def _cells(setup: PageSetup, style: Style) -> Iterator[PlacedRule]:
    pitch = style.grid.line_pitch
    zi = zi_width(style.paragraphs[_BODY])
    # As many as the type area holds: 28 and 22 with the standard's page.
    lines, characters = setup.text_height // pitch, int(setup.text_width / zi)
    width, height = zi * characters, pitch * lines
    for line in range(lines + 1):
        y = setup.top + line * pitch
        yield PlacedRule(x=setup.left, y=y - _HAIR / 2, width=width, height=_HAIR, color=_CELLS)
    for column in range(characters + 1):
        x = setup.left + column * zi
        yield PlacedRule(x=x - _HAIR / 2, y=setup.top, width=_HAIR, height=height, color=_CELLS)


def _box(left: float, top: float, right: float, bottom: float, color: str) -> Iterator[PlacedRule]:
    for y in (top, bottom):
        yield PlacedRule(x=left, y=y - _HAIR / 2, width=right - left, height=_HAIR, color=color)
    for x in (left, right):
        yield PlacedRule(x=x - _HAIR / 2, y=top, width=_HAIR, height=bottom - top, color=color)
