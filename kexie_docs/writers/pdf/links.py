"""Links inside the file: areas of a page that lead to another place."""

from collections.abc import Iterable

from kexie_docs.layout.pages import Layout, Link
from kexie_docs.units import TWIPS_PER_PT
from kexie_docs.writers.pdf.objects import PdfFile, Reference, array, dictionary, number


def link_annotations(file: PdfFile, links: Iterable[Link], layout: Layout) -> dict[int, list[Reference]]:
    """Return the annotations of each page that has links, by the page's index."""
    result: dict[int, list[Reference]] = {}
    for link in links:
        left, bottom, right, top = _corners(link, layout)
        top_of_target = number((layout.height - link.to_y) / TWIPS_PER_PT, 2)
        annotation = dictionary(
            {
                "Type": "/Annot",
                "Subtype": "/Link",
                "Rect": array(left, bottom, right, top),
                "Border": array(0, 0, 0),
                "Dest": array(file.page(link.to_page), "/XYZ", "null", top_of_target, "null"),
            }
        )
        result.setdefault(link.page, []).append(file.refer(annotation))
    return result


def _corners(link: Link, layout: Layout) -> tuple[str, str, str, str]:
    """Return left, bottom, right and top on the paper in points; on a turned page the area turns with it."""
    left, top, right, bottom = link.x, link.y, link.x + link.width, link.y + link.height
    if layout.pages[link.page].turned:
        # A point of the landscape page lies as far from the paper's left edge as it lies from its top.
        left, top, right, bottom = top, layout.height - right, bottom, layout.height - left
    corners = (left, layout.height - bottom, right, layout.height - top)
    west, south, east, north = (number(value / TWIPS_PER_PT, 2) for value in corners)
    return west, south, east, north
