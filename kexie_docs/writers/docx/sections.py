"""Where the document's sections begin and end: at turned pages, and at an imprint on a page of its own."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Literal, TypeAlias

from kexie_docs.doctree.nodes import Block, Imprint, PageBreak, Table
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import Style

ImprintPages: TypeAlias = Literal[0, 1, 2]
"""How many pages after the last page of text the imprint stands: on it, on the next, behind a blank page."""

PageKind: TypeAlias = Literal["upright", "turned", "unnumbered"]


@dataclass(frozen=True, slots=True)
class Section:
    """Blocks on pages of one kind.

    Attributes:
        blocks: in reading order.
        pages: how its pages stand; unnumbered ones begin with an even page, behind a blank page where needed.
    """

    blocks: tuple[Block, ...]
    pages: PageKind = "upright"


def sections(blocks: Sequence[Block], sheet: Style, imprint_pages: ImprintPages | None) -> list[Section]:
    """Return the document's sections; a document without blocks has one.

    A landscape table and its caption (the paragraphs above it that keep with the next) are a section. So is
    an imprint behind a blank page, without page number (7.5). None for ``imprint_pages`` means that nobody
    knows where the text ends; then so is every imprint for an even page.
    """
    result: list[Section] = []
    for turned, group in groupby(_with_captions(blocks, sheet), key=lambda item: item[1]):
        items = [block for block, _ in group]
        if turned:
            result += (Section(tuple(table), "turned") for table in _ending_in_tables(items))
            continue
        if all(isinstance(block, PageBreak) for block in items):
            # Every section begins a page anyway.
            continue
        last = items[-1]
        if isinstance(last, Imprint) and last.even_page and imprint_pages == 1:
            result.append(Section((*items[:-1], PageBreak(), last)))
        elif isinstance(last, Imprint) and last.even_page and imprint_pages != 0:
            if items[:-1]:
                result.append(Section(tuple(items[:-1])))
            result.append(Section((last,), "unnumbered"))
        else:
            result.append(Section(tuple(items)))
    return result or [Section(())]


def _with_captions(blocks: Sequence[Block], sheet: Style) -> Iterator[tuple[Block, bool]]:
    """Yield every block with whether it stands on a turned page."""
    result: list[tuple[Block, bool]] = []
    turned = False
    for block in reversed(blocks):
        if isinstance(block, Table):
            turned = block.landscape
        elif turned:
            style = getattr(block, "style", None)
            turned = style is not None and sheet.paragraphs[style].keep_with_next
        result.append((block, turned))
    return reversed(result)


def _ending_in_tables(blocks: Sequence[Block]) -> Iterator[list[Block]]:
    part: list[Block] = []
    for block in blocks:
        part.append(block)
        if isinstance(block, Table):
            yield part
            part = []
