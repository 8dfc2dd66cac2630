"""Finished pages as text, one line of text a placed line: for golden tests and bug reports."""

from kexie_docs.layout.pages import Layout, Line
from kexie_docs.units import to_mm


def trace(layout: Layout) -> str:
    """Return one line for each placed line: page, x and baseline y in mm, style, text.

    x is the first glyph's origin (``-`` for an empty line); a page's number comes after its lines.
    """
    rows: list[str] = []
    for page in layout.pages:
        rows += [_row(page.number, line) for line in page.lines]
        if page.page_number is not None:
            rows.append(_row(page.number, page.page_number))
    return "".join(f"{row}\n" for row in rows)


def _row(page: int, line: Line) -> str:
    first = next((run for run in line.runs if run.glyphs), None)
    x = f"{to_mm(first.x + first.positions[0]):.2f}" if first is not None else "-"
    return f"{page} {x} {to_mm(line.baseline):.2f} {line.style} {line.text}"
