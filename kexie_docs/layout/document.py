"""A whole document to pages."""

from collections.abc import Iterator, Sequence

from kexie_docs.doctree.nodes import Block, Document, Heading
from kexie_docs.fonts.face import FontSet
from kexie_docs.layout.inline import plan_block
from kexie_docs.layout.measure import Typefaces
from kexie_docs.layout.outline import bookmarks
from kexie_docs.layout.page_number import page_number_line
from kexie_docs.layout.pages import Layout, Line, OutlineEntry, Page
from kexie_docs.layout.paginate import BlockPlan, paginate, placed_line
from kexie_docs.style.sheet import Style


def layout_document(document: Document, style: Style, fonts: FontSet) -> Layout:
    """Return the document's pages; at least one, with every line and glyph in its place.

    Lines and pages are those of LibreOffice's rendering of our Word file with the same fonts
    (docs/notes/line-breaking.md), so that both outputs break alike.

    Raises:
        FontError: no font has one of the document's characters.
    """
    typefaces = Typefaces(fonts)
    blocks = [_plan(block, style, typefaces, fonts) for block in document.blocks]
    pages: list[list[Line]] = [[]]
    placed: list[list[tuple[int, Line]]] = [[] for _ in blocks]
    for place in paginate(blocks, style.page.text_height):
        while len(pages) <= place.page:
            pages.append([])
        plan = blocks[place.block]
        line = placed_line(plan.lines[place.line], plan, place, style.page.top + place.y)
        pages[place.page].append(line)
        placed[place.block].append((place.page, line))
    return Layout(
        width=style.page.width,
        height=style.page.height,
        pages=tuple(
            Page(number=number, lines=tuple(lines), page_number=page_number_line(number, style, typefaces))
            for number, lines in enumerate(pages, start=1)
        ),
        outline=tuple(_outline(document, style, placed)),
        substitutions=typefaces.substitutions(),
    )


def _outline(
    document: Document, sheet: Style, placed: Sequence[Sequence[tuple[int, Line]]]
) -> Iterator[OutlineEntry]:
    """Yield the bookmarks; ``placed`` has each block's lines with their page index."""
    above = 0
    for block, lines in zip(document.blocks, placed, strict=True):
        for mark in bookmarks(block, sheet, above):
            page, line = _line_at(mark.offset, lines)
            yield OutlineEntry(title=mark.title, level=mark.level, page=page, y=line.top)
            if isinstance(block, Heading):
                above = mark.level


def _line_at(offset: int, lines: Sequence[tuple[int, Line]]) -> tuple[int, Line]:
    for page, line in lines:
        offset -= len(line.text)
        if offset < 0:
            return page, line
    return lines[-1]


def _plan(block: Block, sheet: Style, typefaces: Typefaces, fonts: FontSet) -> BlockPlan:
    style = sheet.paragraphs[block.style]
    return BlockPlan(
        lines=plan_block(block, sheet, typefaces),
        style=style.name,
        size=style.size,
        ascent=fonts.first(style.font).ascent,
        pitch=sheet.line_pitch(style),
        before=round(style.space_before * sheet.grid.line_pitch),
        after=round(style.space_after * sheet.grid.line_pitch),
        keep_with_next=style.keep_with_next,
    )
