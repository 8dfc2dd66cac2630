"""What becomes a bookmark: headings, labels of attachments, the phrases that begin a point in a paragraph."""

from collections.abc import Iterator

from kexie_docs.doctree.nodes import Block, Heading, Inline, Paragraph, Span
from kexie_docs.doctree.walk import block_text, inline_text
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import Style

_RUN_IN = "run_in_heading"
_TRAILING = "，。：；、,.:; "


@dataclass(frozen=True, slots=True)
class Bookmark:
    """A heading or phrase, the offset of its first character in its block's text, and its level from 1."""

    title: str
    offset: int
    level: int


def bookmarks(block: Block, sheet: Style, above: int) -> Iterator[Bookmark]:
    """Yield the bookmarks of one block in order.

    Args:
        block: any block.
        sheet: says which paragraph styles have an outline level.
        above: level of the last heading, 0 before the first; phrases in paragraphs come one below it.
    """
    match block:
        case Heading():
            level = sheet.paragraphs[block.style].outline_level
            if level is not None:
                yield Bookmark(block_text(block), 0, level)
        case Paragraph():
            level = sheet.paragraphs[block.style].outline_level
            if level is not None and block.inlines:
                yield Bookmark(block_text(block), 0, level)
                return
            for offset, span in _run_in_headings(block.inlines):
                title = inline_text(span.inlines).strip(_TRAILING)
                if title:
                    yield Bookmark(title, offset, above + 1)
        case _:
            pass


def _run_in_headings(inlines: tuple[Inline, ...]) -> Iterator[tuple[int, Span]]:
    offset = 0
    for inline in inlines:
        if isinstance(inline, Span) and inline.style == _RUN_IN:
            yield offset, inline
        offset += len(inline_text((inline,)))
