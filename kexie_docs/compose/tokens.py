"""Private tokens: what a template prints in place of an input value, and the value it stands for.

A token is a number between two noncharacters (U+FDD0, U+FDD1), which no input may hold. To Markdown it is one
opaque word, so a value can become neither markup nor template code, and nothing has to be escaped.
"""

import re
from collections.abc import Iterator
from dataclasses import field
from typing import TypeAlias

from kexie_docs.doctree.nodes import Block, Inline
from kexie_docs.frozen import dataclass

OPEN, CLOSE = "\ufdd0", "\ufdd1"

TOKEN = re.compile(f"{OPEN}([0-9]+){CLOSE}")

_STRAY = re.compile("[\ufdd0-\ufdef]")


@dataclass(frozen=True, slots=True)
class Passage:
    """Markdown of the input's own (正文), which becomes blocks where its token stands.

    Attributes:
        markdown: its text, references replaced by tokens.
        field: where it comes from, for messages.
        source: its text as the input has it; its lines are those of ``markdown``.
    """

    markdown: str
    field: str
    source: str = ""


@dataclass(frozen=True, slots=True)
class BlockContent:
    """Blocks that are made already (a table, a picture, a page break), which stand where their token stands.

    Attributes:
        blocks: in order.
        field: what they are, for messages.
    """

    blocks: tuple[Block, ...]
    field: str


Content: TypeAlias = tuple[Inline, ...] | Passage | BlockContent


class BrokenTokenError(Exception):
    """A template took a token apart, as a filter on characters would."""


@dataclass(slots=True)
class TokenStore:
    """The values printed so far in one rendering, by their token's number."""

    contents: list[Content] = field(default_factory=list)

    def token(self, content: Content) -> str:
        """Return a new token for a value."""
        self.contents.append(content)
        return f"{OPEN}{len(self.contents) - 1}{CLOSE}"

    def split(self, text: str) -> Iterator[str | Content]:
        """Yield literal text and values in order.

        Raises:
            BrokenTokenError: a token is not whole.
        """
        parts = TOKEN.split(text)
        for index, part in enumerate(parts):
            if index % 2:
                number = int(part) if len(part) < 10 else len(self.contents)
                if number >= len(self.contents):
                    raise BrokenTokenError
                yield self.contents[number]
            elif part:
                if _STRAY.search(part):
                    raise BrokenTokenError
                yield part
