"""Values put into a printed Word form: each token in the XML becomes text, paragraphs or a picture."""

import copy
import html
import re
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, TypeAlias

from lxml import etree

from kexie_docs.compose.form_language import PICTURE_CLOSE, PICTURE_OPEN
from kexie_docs.compose.tokens import CLOSE, OPEN
from kexie_docs.frozen import dataclass
from kexie_docs.readers.ooxml_names import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BREAK = "{urn:kexie-docs:forms}break"
_PIECES = re.compile(f"{OPEN}([0-9]+){CLOSE}|{PICTURE_OPEN}([0-9]+){PICTURE_CLOSE}|(\n\n)")
_TEXTS = re.compile(r"<((?:\w+:)?(?:t|delText))(?: [^>]*)?>([^<]*)</\1>")
_CONTAINERS = frozenset(
    W + name
    for name in ("hyperlink", "ins", "del", "smartTag", "sdt", "sdtContent", "fldSimple", "r", "moveTo")
)
_PROPERTIES = frozenset(W + name for name in ("pPr", "rPr", "sdtPr", "sdtEndPr", "smartTagPr"))
_MAY_HOLD_TEXT = frozenset(W + name for name in ("t", "delText", "instrText", "delInstrText"))

Lines: TypeAlias = tuple[str, ...]
"""What a token prints: one text for each paragraph."""


@dataclass(frozen=True, slots=True)
class Printed:
    """What tokens stand for.

    Attributes:
        texts: for each value, its paragraphs.
        drawing: makes the drawing of a picture by its number.
    """

    texts: Sequence[Lines]
    drawing: Callable[[int], "_Element"]


def expected_text(printed_xml: str, texts: Sequence[Lines]) -> str:
    """Return the text that a printed part must hold in the end, read from its XML without parsing it."""

    def value(match: re.Match[str]) -> str:
        return "".join(texts[int(match[1])]) if match[1] is not None else ""

    return "".join(_PIECES.sub(value, html.unescape(match[2])) for match in _TEXTS.finditer(printed_xml))


def text_of(root: "_Element") -> str:
    """Return the text of a part."""
    return "".join(
        node.text or "" for node in root.iter() if str(node.tag).rpartition("}")[2] in ("t", "delText")
    )


def stray_text(root: "_Element") -> str:
    """Return text that stands where Word holds none, and would lose it; "" when there is none."""
    for node in root.iter():
        if not str(node.tag).startswith(W):
            continue
        texts = [child.tail or "" for child in node]
        if node.tag not in _MAY_HOLD_TEXT:
            texts.append(node.text or "")
        for text in texts:
            if text.strip():
                return text.strip()
    return ""


def put_values(root: "_Element", printed: Printed) -> None:
    """Replace every token of a part."""
    for node in list(root.iter()):
        for key, value in node.attrib.items():
            if _PIECES.search(str(value)):
                node.set(key, _PIECES.sub(lambda match: _flat(match, printed), str(value)))
        if not node.text or not _PIECES.search(node.text):
            continue
        parent = node.getparent()
        if node.tag == f"{W}t" and parent is not None and parent.tag == f"{W}r":
            _unbind(node)
            _replace(node, parent, printed)
        else:
            node.text = _PIECES.sub(lambda match: _flat(match, printed), node.text)
    for paragraph in list(root.iter(f"{W}p")):
        if any(next(one.iterancestors(f"{W}p")) is paragraph for one in paragraph.iter(_BREAK)):
            _part(paragraph)


def _flat(match: re.Match[str], printed: Printed) -> str:
    """Return a value on one line."""
    return " ".join(printed.texts[int(match[1])]) if match[1] is not None else ""


def _replace(node: "_Element", run: "_Element", printed: Printed) -> None:
    """Put text nodes, paragraph breaks and drawings in place of a text node with tokens."""
    made: list[_Element] = []
    for piece in _without_needless_breaks(list(_pieces(node.text or "", printed))):
        if piece is None:
            made.append(etree.Element(_BREAK))
        elif isinstance(piece, int):
            made.append(printed.drawing(piece))
        elif made and made[-1].tag == node.tag:
            made[-1].text = (made[-1].text or "") + piece
        else:
            text = etree.Element(node.tag)
            text.set(_SPACE, "preserve")
            text.text = piece
            made.append(text)
    index = run.index(node)
    run[index : index + 1] = made


def _pieces(text: str, printed: Printed) -> Iterator[str | int | None]:
    """Yield texts, numbers of pictures, and None for the end of a paragraph."""
    position = 0
    for match in _PIECES.finditer(text):
        if match.start() > position:
            yield text[position : match.start()]
        position = match.end()
        if match[1] is not None:
            for number, line in enumerate(printed.texts[int(match[1])]):
                if number:
                    yield None
                yield line
        else:
            yield int(match[2]) if match[2] is not None else None
    if position < len(text):
        yield text[position:]


def _without_needless_breaks(pieces: list[str | int | None]) -> list[str | int | None]:
    """Return the pieces with single breaks between texts only."""
    kept: list[str | int | None] = []
    for piece in pieces:
        if piece == "" or (piece is None and (not kept or kept[-1] is None)):
            continue
        kept.append(piece)
    while kept and kept[-1] is None:
        kept.pop()
    return kept


def _unbind(node: "_Element") -> None:
    """Free a content control from the data that Word would put in place of what was filled in."""
    for control in node.iterancestors(f"{W}sdt"):
        properties = control.find(f"{W}sdtPr")
        if properties is not None:
            for name in ("dataBinding", "showingPlcHdr", "placeholder"):
                for found in properties.findall(W + name):
                    properties.remove(found)


def _part(paragraph: "_Element") -> None:
    """Make a paragraph with breaks into several of the same form."""
    number = 0
    owner: dict[int, int] = {}
    order = list(_leaves(paragraph))
    for position, leaf in enumerate(order):
        if leaf.tag == _BREAK:
            number += 1
            owner[position] = -1
        else:
            owner[position] = number
    parent = paragraph.getparent()
    assert parent is not None
    place = parent.index(paragraph)
    for part in range(number + 1):
        clone = copy.deepcopy(paragraph)
        for position, leaf in enumerate(list(_leaves(clone))):
            if owner[position] != part:
                holder = leaf.getparent()
                assert holder is not None
                holder.remove(leaf)
        for run in list(clone.iter(f"{W}r")):
            holder = run.getparent()
            if holder is not None and all(child.tag in _PROPERTIES for child in run):
                holder.remove(run)
        if part < number:
            for section in clone.findall(f"{W}pPr/{W}sectPr"):
                holder = section.getparent()
                assert holder is not None
                holder.remove(section)
        parent.insert(place + part, clone)
    parent.remove(paragraph)


def _leaves(node: "_Element") -> Iterator["_Element"]:
    """Yield what a paragraph holds, in order, down to what stands in its runs."""
    for child in node:
        if child.tag in _PROPERTIES:
            continue
        if child.tag in _CONTAINERS:
            yield from _leaves(child)
        else:
            yield child
