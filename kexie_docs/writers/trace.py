"""Finished pages as text, one line of text a placed line: for golden tests and bug reports."""

from kexie_docs.layout.pages import Layout, Line, PlacedImage, PlacedRule
from kexie_docs.units import to_mm


def trace(layout: Layout) -> str:
    """Return one line for each placed line: page, x and baseline y in mm, style, text.

    x is the first glyph's origin (``-`` for an empty line); a page's number comes after its lines. Rules and
    pictures follow with the x and y of their top left corner, their kind, and their size and colour. The page
    of a landscape table is marked with ``t``: its positions are those of the unturned page.
    """
    rows: list[str] = []
    for page in layout.pages:
        name = f"{page.number}t" if page.turned else str(page.number)
        rows += [_row(name, line) for line in page.lines]
        if page.page_number is not None:
            rows.append(_row(str(page.number), page.page_number))
        rows += [f"{name} {_box(rule)} {rule.color}" for rule in page.rules]
        rows += [f"{name} {_box(image)}" for image in page.images]
    return "".join(f"{row}\n" for row in rows)


def _row(page: str, line: Line) -> str:
    first = next((run for run in line.runs if run.glyphs), None)
    x = f"{to_mm(first.x + first.positions[0]):.2f}" if first is not None else "-"
    return f"{page} {x} {to_mm(line.baseline):.2f} {line.style} {line.text}"


def _box(item: PlacedRule | PlacedImage) -> str:
    kind = "rule" if isinstance(item, PlacedRule) else "picture"
    size = f"{to_mm(item.width):.2f}x{to_mm(item.height):.2f}"
    return f"{to_mm(item.x):.2f} {to_mm(item.y):.2f} {kind} {size}"
