"""Which paragraph styles sign a document, and which signatures a page's end may part from their text."""

from collections.abc import Iterator, Sequence

from kexie_docs.doctree.nodes import Block, Heading, Paragraph, Picture, Seal, Table, Title
from kexie_docs.style.sheet import Style

SIGNATURE, NEXT_SIGNATURE, ISSUE_DATE, POST = "signature", "signature_next", "issue_date", "signatory_post"

SIGNED = frozenset((SIGNATURE, NEXT_SIGNATURE, ISSUE_DATE, POST))
"""Styles of what stands below the text; each keeps with the next but the last."""

TEXT = "body"
"""Style of the paragraphs above, whose line pitch may be adjusted for the signature (7.3.5.5)."""


def loose_signatures(blocks: Sequence[Block], style: Style) -> Iterator[int]:
    """Yield the index of the first block of each signature that does not keep with what stands above it."""
    above: Block | None = None
    for index, block in enumerate(blocks):
        if isinstance(block, Seal):
            continue
        signed = isinstance(block, Paragraph) and block.style in SIGNED
        if signed and above is not None and _may_leave(above, style):
            yield index
        above = block


def _may_leave(above: Block, style: Style) -> bool:
    match above:
        case Paragraph():
            kept = above.keep_with_next or style.paragraphs[above.style].keep_with_next
            return above.style not in SIGNED and not kept
        case Title() | Heading():
            return not style.paragraphs[above.style].keep_with_next
        case Table() | Picture():
            return True
        case _:
            return False
