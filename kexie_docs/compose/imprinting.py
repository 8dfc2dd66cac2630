"""版记 (GB/T 9704 7.4): its lines gathered at the end of the document, with the rules between them."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kexie_docs.doctree.nodes import Block, Imprint, Paragraph, Placement
from kexie_docs.doctree.walk import inline_text
from kexie_docs.style.sheet import Style
from kexie_docs.text.widths import text_width

COPIES, PRINTED = "imprint_cc", "imprint_print"
_FIRST, _MIDDLE, _LAST = "imprint_first", "imprint_middle", "imprint_last"

_INDENT = 1.0


def with_imprint(blocks: Iterable[Block], style: Style, *, even_page: bool) -> Iterator[Block]:
    """Yield the blocks without the imprint's lines, and the imprint after them.

    Receivers (主送, 抄送, 报, 送) stand together, without a rule between them, above the line of the printing
    office; wrapped lines begin below the first character after the label's colon.
    """
    copies: list[Paragraph] = []
    printed: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == COPIES:
            copies.append(_hung(block))
        elif isinstance(block, Paragraph) and block.style == PRINTED:
            printed.append(block)
        else:
            yield block
    if copies or printed:
        middle = [_rule(_MIDDLE)] if copies and printed else []
        lines = (_rule(_FIRST), *copies, *middle, *printed, _rule(_LAST))
        yield Imprint(paragraphs=lines, even_page=even_page)


def _rule(style: str) -> Paragraph:
    return Paragraph(inlines=(), style=style)


def _hung(block: Paragraph) -> Paragraph:
    label, colon, _ = inline_text(block.inlines).partition("：")
    if not colon or len(label) > 6:
        return block
    hang = text_width(label + colon)
    return replace(
        block,
        placement=Placement(
            align="justify",
            start_indent=_INDENT + hang,
            end_indent=_INDENT,
            first_line_indent=-hang,
        ),
    )
