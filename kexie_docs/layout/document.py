"""A whole document to pages."""

from collections.abc import Iterator, Sequence

from kexie_docs.doctree.fits import Fit
from kexie_docs.doctree.nodes import Document, Heading, Paragraph
from kexie_docs.fonts.face import FontSet
from kexie_docs.layout.blocks import Planner
from kexie_docs.layout.drawing import (
    line_rules,
    picture_image,
    placed_line,
    row_lines,
    seal_images,
    table_rules,
)
from kexie_docs.layout.measure import KnownGlyphs, Typefaces
from kexie_docs.layout.outline import bookmarks
from kexie_docs.layout.page_number import page_number_line
from kexie_docs.layout.pages import Layout, Line, OutlineEntry, Page, PlacedImage, PlacedRule
from kexie_docs.layout.paginate import paginate
from kexie_docs.layout.plans import Plan
from kexie_docs.layout.signature import signature_alone, with_signatures_fitted
from kexie_docs.style.sheet import Style
from kexie_docs.units import Twips


def layout_document(
    document: Document, style: Style, fonts: FontSet, known: KnownGlyphs | None = None
) -> Layout:
    """Return the document's pages; at least one, with every line and glyph in its place.

    Lines and pages are those of LibreOffice's rendering of our Word file with the same fonts
    (docs/notes/line-breaking.md), so that both outputs break alike.

    Args:
        document: to lay out.
        style: its style.
        fonts: that serve it.
        known: what other documents have looked up in these fonts; None where this is the only one.

    Raises:
        FontError: no font has one of the document's characters.
    """
    typefaces = Typefaces(fonts, known)
    plans: Sequence[Plan] = list(Planner(style, fonts, typefaces).plans(document.blocks))
    turned = style.turned_page
    places = paginate(plans, style.page.text_height, turned.text_height)
    fits: tuple[Fit, ...] = ()
    if signature_alone(plans, places) is not None:
        from kexie_docs.layout.ending import may_stand_alone  # few documents need it

        if may_stand_alone(document, style):
            plans, places, fits = with_signatures_fitted(plans, places, style)
    lines: list[list[Line]] = [[] for _ in range(places.count)]
    rules: list[list[PlacedRule]] = [[] for _ in range(places.count)]
    images: list[list[PlacedImage]] = [[] for _ in range(places.count)]
    placed: list[list[tuple[int, Line]]] = [[] for _ in document.blocks]
    for place in places.lines:
        top = turned.top if place.plan.landscape else style.page.top
        line = placed_line(place.plan, place.line, top + place.y)
        lines[place.page].append(line)
        placed[place.plan.block].append((place.page, line))
        rules[place.page] += line_rules(place, line.top)
        if place.plan.picture is not None:
            page = style.page
            images[place.page].append(picture_image(line, place.plan.picture, page.left, page.text_width))
        if place.plan.seals and place.line == 0:
            images[place.page] += seal_images(line, place.plan)
    for part in places.tables:
        top = turned.top if part.plan.landscape else style.page.top
        lines[part.page] += row_lines(part, top)
        rules[part.page] += table_rules(part, top)
    if places.tables:
        for page_lines in lines:
            # Top down, and rows whose cells begin at one height from left to right, as they were placed.
            page_lines.sort(key=lambda line: line.block)
    return Layout(
        width=style.page.width,
        height=style.page.height,
        pages=tuple(
            Page(
                number=index + 1,
                lines=tuple(lines[index]),
                page_number=(
                    None if index in places.unnumbered else page_number_line(index + 1, style, typefaces)
                ),
                rules=tuple(rules[index]),
                images=tuple(images[index]),
                turned=index in places.turned,
            )
            for index in range(places.count)
        ),
        outline=tuple(_outline(document, style, placed)),
        substitutions=typefaces.substitutions(),
        to_imprint=places.to_imprint,
        fits=(*fits, *(Fit((block,), space_after=Twips(space)) for block, space in places.spaced.items())),
    )


def _outline(
    document: Document, sheet: Style, placed: Sequence[Sequence[tuple[int, Line]]]
) -> Iterator[OutlineEntry]:
    """Yield the bookmarks; ``placed`` has each paragraph's lines with their page index."""
    above = 0
    for block, lines in zip(document.blocks, placed, strict=True):
        for mark in bookmarks(block, sheet, above):
            page, line = _line_at(mark.offset, lines)
            yield OutlineEntry(title=mark.title, level=mark.level, page=page, y=line.top)
            if isinstance(block, Heading | Paragraph) and sheet.paragraphs[block.style].outline_level:
                above = mark.level


def _line_at(offset: int, lines: Sequence[tuple[int, Line]]) -> tuple[int, Line]:
    for page, line in lines:
        offset -= len(line.text)
        if offset < 0:
            return page, line
    return lines[-1]
