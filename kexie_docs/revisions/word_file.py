"""The text of anybody's Word file as its reader sees it in the end: insertions kept, deletions dropped."""

import re
from collections.abc import Iterator
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING

from kexie_docs.frozen import dataclass
from kexie_docs.provenance.forms import NAMESPACE
from kexie_docs.provenance.index import INDEX_TITLE, says_proof
from kexie_docs.provenance.records import BOOKMARK_PREFIX
from kexie_docs.readers.ooxml import Package, open_package
from kexie_docs.readers.ooxml_names import W
from kexie_docs.revisions.edited import LINE_BREAK, Edited, EditedFile, Marked

if TYPE_CHECKING:
    from lxml.etree import _Element

_GONE = frozenset(
    f"{W}{name}" for name in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "tblPr", "trPr", "tcPr")
)
_DRAWN = frozenset(f"{W}{name}" for name in ("drawing", "pict", "object"))
_ALTERNATIVES = "{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent"
_CODE = re.compile("(?![Dd][89A-Fa-f])[0-9A-Fa-f]{4}")
"""What `w:char` holds (ECMA-376 Part 1, 17.18.79), surrogates aside, which are no characters."""
_OFF = ("0", "false", "off")


def read_word(path: Path) -> EditedFile:
    """Return what a Word file says.

    Raises:
        InputError: KD140 to KD145, it cannot be read safely.
    """
    package = open_package(path, "docx")
    body = package.xml(package.main).find(f"{W}body")
    reader = _Reader()
    if body is not None:
        reader.story(body, floating=False)
    table = _table(package)
    paragraphs = [paragraph for paragraph in reader.finished() if paragraph.text.strip()]
    is_proof = table is not None and _is_proof(package)
    if is_proof:
        paragraphs = _without_index(paragraphs)
    return EditedFile(
        tuple(
            Edited(each.text, each.bookmarks, number, None, each.floating)
            for number, each in enumerate(paragraphs, 1)
        ),
        table.get("template", "") if table is not None else "",
        table.get("input", "") if table is not None else "",
        figures=tuple(
            Marked(one.get("bookmark", ""), one.get("expression", ""))
            for one in (table if table is not None else ())
        ),
        is_proof=is_proof,
    )


def _table(package: Package) -> "_Element | None":
    """Return our table of the figures; None in other people's files."""
    for name in sorted(package.names):
        if name.startswith("customXml/item") and name.endswith(".xml") and "Props" not in name:
            root = package.xml(name)
            if root.tag == f"{{{NAMESPACE}}}figures":
                return root
    return None


def _is_proof(package: Package) -> bool:
    """Return whether the file's title says that it is a checking copy."""
    if "docProps/core.xml" not in package.names:
        return False
    title = package.xml("docProps/core.xml").findtext("{http://purl.org/dc/elements/1.1/}title", "")
    return says_proof(title)


def _without_index(paragraphs: "list[_Open]") -> "list[_Open]":
    """Return the paragraphs before a checking copy's index."""
    titles = [at for at, each in enumerate(paragraphs) if each.text.strip() == INDEX_TITLE]
    return paragraphs[: titles[-1]] if titles else paragraphs


@dataclass(slots=True)
class _Open:
    """A paragraph while it is read."""

    text: str = ""
    bookmarks: dict[str, tuple[int, int]] = field(default_factory=dict)
    floating: bool = False
    goes_on: bool = False


class _Reader:
    def __init__(self) -> None:
        self._paragraphs: list[_Open] = []
        self._starts: dict[str, tuple[str, _Open, int]] = {}
        self._boxes: list[_Element] = []

    def finished(self) -> Iterator[_Open]:
        """Yield the paragraphs, those whose mark was deleted joined with the next."""
        waiting: _Open | None = None
        for paragraph in self._paragraphs:
            if waiting is not None:
                shift = len(waiting.text)
                paragraph.bookmarks = waiting.bookmarks | {
                    name: (start + shift, end + shift) for name, (start, end) in paragraph.bookmarks.items()
                }
                paragraph.text = waiting.text + paragraph.text
            waiting = paragraph if paragraph.goes_on else None
            if waiting is None:
                yield paragraph
        if waiting is not None:
            yield waiting

    def story(self, element: "_Element", *, floating: bool) -> None:
        """Read the paragraphs below an element, whatever stands between."""
        for child in element:
            if child.tag == f"{W}p":
                self._paragraph(child, floating=floating)
            elif child.tag == f"{W}tbl":
                self.story(child, floating=floating or child.find(f"{W}tblPr/{W}tblpPr") is not None)
            elif child.tag == f"{W}tr" and child.find(f"{W}trPr/{W}del") is not None:
                continue
            elif child.tag not in _GONE:
                self.story(child, floating=floating)

    def _paragraph(self, element: "_Element", *, floating: bool) -> None:
        properties = element.find(f"{W}pPr")
        paragraph = _Open(floating=floating)
        if properties is not None:
            paragraph.floating = floating or properties.find(f"{W}framePr") is not None
            paragraph.goes_on = properties.find(f"{W}rPr/{W}del") is not None
        outer, self._boxes = self._boxes, []
        self._paragraphs.append(paragraph)
        self._inlines(element, paragraph)
        for name, (known, open_in, start) in list(self._starts.items()):
            if open_in is paragraph:
                paragraph.bookmarks[known] = (start, len(paragraph.text))
                del self._starts[name]
        boxes, self._boxes = self._boxes, outer
        for box in boxes:
            self.story(box, floating=True)

    def _inlines(self, element: "_Element", paragraph: _Open) -> None:
        for child in element:
            tag = str(child.tag)
            if tag in _GONE:
                continue
            if tag in _DRAWN or tag == _ALTERNATIVES:
                self._boxes += _boxes(child)
            elif tag == f"{W}r":
                hidden = child.find(f"{W}rPr/{W}vanish")
                if hidden is None or hidden.get(f"{W}val", "1") in _OFF:
                    self._inlines(child, paragraph)
            elif tag == f"{W}bookmarkStart":
                name = child.get(f"{W}name", "")
                if name.startswith(BOOKMARK_PREFIX):
                    self._starts[child.get(f"{W}id", "")] = (name, paragraph, len(paragraph.text))
            elif tag == f"{W}bookmarkEnd":
                known = self._starts.pop(child.get(f"{W}id", ""), None)
                if known is not None and known[1] is paragraph:
                    paragraph.bookmarks[known[0]] = (known[2], len(paragraph.text))
            elif tag == f"{W}ruby":
                self._inlines_of(child.find(f"{W}rubyBase"), paragraph)
            else:
                text = _text(child, tag)
                if text is None:
                    self._inlines(child, paragraph)
                else:
                    paragraph.text += text

    def _inlines_of(self, element: "_Element | None", paragraph: _Open) -> None:
        if element is not None:
            self._inlines(element, paragraph)


def _text(element: "_Element", tag: str) -> str | None:
    """Return what an element of a run says; None for one that only holds others."""
    match tag.removeprefix(W):
        case "t":
            return element.text or ""
        case "tab" | "ptab":
            return "\t"
        case "br" | "cr":
            return "" if element.get(f"{W}type") in ("page", "column") else LINE_BREAK
        case "noBreakHyphen":
            return "-"
        case "sym":
            code = element.get(f"{W}char", "")
            return chr(int(code, 16)) if _CODE.fullmatch(code) else ""
        case "instrText" | "delText" | "delInstrText" | "softHyphen" | "fldChar" | "lastRenderedPageBreak":
            return ""
        case _:
            return None


def _boxes(element: "_Element") -> "list[_Element]":
    """Return the texts of boxes in a drawing; of alternatives, the first that has any."""
    if element.tag == _ALTERNATIVES:
        return next((found for choice in element if (found := _outermost(choice))), [])
    return _outermost(element)


def _outermost(element: "_Element") -> "list[_Element]":
    found: list[_Element] = []
    for child in element:
        if child.tag == f"{W}txbxContent":
            found.append(child)
        elif child.tag == _ALTERNATIVES:
            found += _boxes(child)
        else:
            found += _outermost(child)
    return found
