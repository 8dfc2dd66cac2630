"""Pictures fitted into the type area."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kexie_docs.doctree.nodes import Block, Picture
from kexie_docs.doctree.walk import PICTURE_GAP
from kexie_docs.style.sheet import Style
from kexie_docs.units import Twips


def with_fitted_pictures(blocks: Iterable[Block], style: Style) -> Iterator[Block]:
    """Yield the blocks with each picture no larger than the type area, its caption's line left free."""
    widest = style.page.text_width
    highest = style.page.text_height - 2 * style.grid.line_pitch - PICTURE_GAP
    for block in blocks:
        if isinstance(block, Picture):
            scale = min(1.0, widest / block.width, highest / block.height)
            if scale < 1:
                width, height = int(block.width * scale), max(1, int(block.height * scale))
                block = replace(block, width=Twips(width), height=Twips(height))
        yield block
