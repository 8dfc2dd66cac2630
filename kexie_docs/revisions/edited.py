"""What an edited copy says: its paragraphs, as they are read from a Word or PDF file."""

from collections.abc import Mapping
from dataclasses import field, replace

from kexie_docs.frozen import dataclass

LINE_BREAK = "\v"
"""What stands for a line break inside a paragraph."""


@dataclass(frozen=True, slots=True)
class Edited:
    """A paragraph of the copy.

    Attributes:
        text: its characters; a line break in it is `LINE_BREAK`, the end of one of several a line feed.
        bookmarks: of our figures, where in the text each stands.
        number: of the paragraph in the file, from 1; empty ones do not count.
        page: page of the PDF it begins on, from 1; None in a Word file, whose pages only Word knows.
        floating: whether it stands in a text box or a floating table.
    """

    text: str
    bookmarks: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    number: int = 0
    page: int | None = None
    floating: bool = False


@dataclass(frozen=True, slots=True)
class Marked:
    """A figure as our table in the copy has it: its bookmark's name, and the reference that printed it."""

    bookmark: str
    expression: str


@dataclass(frozen=True, slots=True)
class EditedFile:
    """A copy.

    Attributes:
        paragraphs: those that hold text.
        template: the template it was made with, as it says itself; "" when it does not.
        input: name of the input it was made from, without folders; "" when it does not say.
        pages: whether it has pages (PDF) rather than paragraphs (Word): then white space says nothing.
        figures: what its bookmarks stood around when it was made, in reading order; () when it does not say.
        is_proof: whether it is a checking copy (校核稿); its index is not among the paragraphs.
    """

    paragraphs: tuple[Edited, ...]
    template: str = ""
    input: str = ""
    pages: bool = False
    figures: tuple[Marked, ...] = ()
    is_proof: bool = False


def joined(paragraphs: "tuple[Edited, ...]") -> Edited:
    """Return paragraphs as one text with line ends between them."""
    text = ""
    bookmarks: dict[str, tuple[int, int]] = {}
    for paragraph in paragraphs:
        if text:
            text += "\n"
        bookmarks |= {
            name: (start + len(text), end + len(text)) for name, (start, end) in paragraph.bookmarks.items()
        }
        text += paragraph.text
    return replace(paragraphs[0], text=text, bookmarks=bookmarks)
