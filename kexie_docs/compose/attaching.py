"""附件说明 (GB/T 9704 7.3.4): one line for each attachment, numbers and names below each other."""

from collections.abc import Iterable, Iterator, Sequence

from kexie_docs.compose.inlines import with_breaks
from kexie_docs.doctree.nodes import Block, Paragraph, Placement, Text
from kexie_docs.text.widths import text_width

NOTE, NEXT_NOTE = "attachment_note", "attachment_note_next"
LABEL = "attachment_label"

_INDENT = 2.0
_LABEL = "附件："


def with_attachment_note(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with each run of attachments' names labelled, numbered and hung on the numbers.

    A single attachment has no number. The label begins 2 字 from the left edge, so numbers, or the single
    name, begin at 5 字, and wrapped lines below the first character of the name.
    """
    run: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.style == NOTE:
            run.append(block)
            continue
        yield from _placed(run)
        run = []
        yield block
    yield from _placed(run)


def _placed(run: Sequence[Paragraph]) -> Iterator[Paragraph]:
    label = text_width(_LABEL)
    for index, block in enumerate(run):
        number = f"{index + 1}." if len(run) > 1 else ""
        before = number if index else _LABEL + number
        name = _INDENT + label + text_width(number)
        start = _INDENT + label if index else _INDENT
        yield Paragraph(
            # The mark where the title of the attachment may break prints nothing here either.
            inlines=(Text(before), *with_breaks(block.inlines)),
            style=NEXT_NOTE if index else NOTE,
            placement=Placement(align="justify", start_indent=name, first_line_indent=start - name),
        )
