"""Automatic heading numbers (GB/T 9704 7.3.3): 一、 （一） 1. （1）."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kexie_docs.compose.attaching import LABEL
from kexie_docs.compose.blocks import DEEPEST
from kexie_docs.doctree.nodes import Block, Heading, Paragraph
from kexie_docs.doctree.walk import inline_text
from kexie_docs.text.numerals import HANS_NUMERALS, from_hans, heading_number

_TYPED = (
    re.compile(rf"([{HANS_NUMERALS}]+)、"),
    re.compile(rf"[（(]([{HANS_NUMERALS}]+)[）)]"),
    re.compile(r"([0-9]{1,3})[.．、](?![0-9])"),
    re.compile(r"[（(]([0-9]{1,3})[）)]"),
)
"""A number that somebody typed before a heading, by level."""


def numbered(blocks: Iterable[Block]) -> Iterator[Block]:
    """Yield the blocks with a number on every heading, each level counted anew below a higher one.

    A level left out takes no number of its own: level 3 below level 1 counts 1., 2. as anywhere. A heading
    that begins with a typed number keeps it, and the counting goes on from there. Attachments count anew.
    """
    counts = [0] * DEEPEST
    for block in blocks:
        if not isinstance(block, Heading):
            if isinstance(block, Paragraph) and block.style == LABEL:
                counts = [0] * DEEPEST
            yield block
            continue
        level = block.level
        counts[level:] = [0] * (DEEPEST - level)
        typed = _typed_number(level, inline_text(block.inlines))
        if typed is not None:
            counts[level - 1] = typed
            yield block
            continue
        counts[level - 1] += 1
        yield replace(block, number=heading_number(level, counts[level - 1]))


def _typed_number(level: int, text: str) -> int | None:
    match = _TYPED[level - 1].match(text)
    if match is None:
        return None
    try:
        return int(match[1]) if match[1].isascii() else from_hans(match[1])
    except ValueError:
        return None
