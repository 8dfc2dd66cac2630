"""The tags of a Word form: found paragraph by paragraph, made whole, turned into a template by docxtpl."""

import html
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from lxml import etree

from kexie_docs.errors import Message, Place, Problem, message
from kexie_docs.frozen import dataclass
from kexie_docs.readers.ooxml_names import W

if TYPE_CHECKING:
    from lxml.etree import _Element

_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_OPENING = re.compile(r"\{\{|\{%|\{#")
MAX_PRINTED = 60_000_000
"""Most characters of XML that a part of a filled form may have; five hundred pages have about ten million."""

_MARK = "\ufdd4"
_ASIDE_OPEN, _ASIDE_CLOSE = "\ufdd6", "\ufdd7"
_ASIDE = re.compile(f"{_ASIDE_OPEN}([0-9]+){_ASIDE_CLOSE}")
_LONG = 200
_MARKED = re.compile(f"{_MARK}([0-9]+){_MARK}")
_UNMARKED = re.compile(r"\{%-?\s*[vh]m\s*-?%\}|\{#")
_COLUMNS = re.compile(r"\{%(tc\s|-?\s*(colspan|hm)\b)")
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag as its author sees it.

    Attributes:
        text: the tag.
        where: the paragraph or cell that it stands in.
        excerpt: beginning of that paragraph's text.
    """

    text: str
    where: Message
    excerpt: str

    def in_place(self, problem: Problem, file: str) -> Problem:
        """Return a problem of the tag with its place in the form."""
        what = message(
            "In {where}, “{excerpt}”: {what}", where=self.where, excerpt=self.excerpt, what=problem.what
        )
        return Problem(problem.code, what, Place(file), problem.hint)


@dataclass(frozen=True, slots=True)
class PartSource:
    """A part of a form as a template.

    Attributes:
        text: the XML with tags, one line a tag, its long stretches without tags put aside.
        tags: the tag that stands on each line.
        aside: those stretches.
    """

    text: str
    tags: Mapping[int, Tag]
    aside: tuple[str, ...] = ()

    def whole(self, printed: str) -> str:
        """Return printed text with the stretches back in their places.

        Raises:
            TooMuchError: it would be longer than `MAX_PRINTED`.
        """
        size = 0
        parts: list[str] = []
        for position, part in enumerate(_ASIDE.split(printed)):
            piece = self.aside[int(part)] if position % 2 else part
            size += len(piece)
            if size > MAX_PRINTED:
                raise TooMuchError
            parts.append(piece)
        return "".join(parts)


class TooMuchError(Exception):
    """A form's loops print more than a document may hold."""


class BrokenTagsError(Exception):
    """Tags that are not closed in their paragraph."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = problems
        super().__init__()


def has_tags(root: "_Element") -> bool:
    """Return whether a part has anything that looks like a tag, its texts joined as Word shows them."""
    joined = "".join(node.text or "" for node in root.iter())
    values = (str(value) for node in root.iter() for value in node.attrib.values())
    return _OPENING.search(joined) is not None or any(_OPENING.search(value) for value in values)


def part_source(root: "_Element", kind: str, file: str) -> PartSource:
    """Return a part as a template; ``root`` is changed.

    Args:
        root: of the part.
        kind: local name of its root: ``document``, ``hdr``, ``ftr``, ``footnotes`` or ``endnotes``.
        file: the form as messages name it.

    Raises:
        BrokenTagsError: KD421, a tag begins and does not end in its paragraph.
    """
    tags: list[Tag] = []
    problems: list[Problem] = []
    for paragraph, where in _paragraphs(root, kind):
        _make_whole(paragraph, where, tags, problems, file)
    problems += _unclosed_elsewhere(root, file)
    if problems:
        raise BrokenTagsError(problems)
    text = etree.tostring(root, encoding="unicode").replace("\r", " ").replace("\n", " ")
    return _lines(_patched(text), tags)


def _paragraphs(root: "_Element", kind: str) -> Iterator[tuple["_Element", Callable[[], Message]]]:
    """Yield each paragraph with what names its place."""
    number = 0
    for paragraph in root.iter(f"{W}p"):
        if next(paragraph.iterancestors(f"{W}tc", f"{W}txbxContent"), None) is None:
            number += 1
        yield paragraph, partial(_where, paragraph, kind, number)


def _where(paragraph: "_Element", kind: str, number: int) -> Message:
    """Return how the place of a paragraph is named; ``number`` counts those outside of tables."""
    names = {
        "hdr": message("the header"),
        "ftr": message("the footer"),
        "footnotes": message("a footnote"),
        "endnotes": message("an endnote"),
        "comments": message("a comment"),
    }
    if next(paragraph.iterancestors(f"{W}txbxContent"), None) is not None:
        return message("a text box")
    cell = next(paragraph.iterancestors(f"{W}tc"), None)
    row = next(cell.iterancestors(f"{W}tr"), None) if cell is not None else None
    table = next(row.iterancestors(f"{W}tbl"), None) if row is not None else None
    if cell is None or row is None or table is None:
        return names.get(kind) or message("paragraph {n}", n=number)
    tables = paragraph.getroottree().getroot().iter(f"{W}tbl")
    where = message(
        "table {t}, row {r}, column {c}",
        t=next(n for n, one in enumerate(tables, 1) if one is table),
        r=1 + sum(1 for _ in row.itersiblings(f"{W}tr", preceding=True)),
        c=1 + sum(1 for _ in cell.itersiblings(f"{W}tc", preceding=True)),
    )
    return message("{where} of {part}", where=where, part=names[kind]) if kind in names else where


def _make_whole(
    paragraph: "_Element", place: Callable[[], Message], tags: list[Tag], problems: list[Problem], file: str
) -> None:
    """Put each tag of a paragraph into the text node that it begins in, with its number."""
    texts = [node for node in paragraph.iter(f"{W}t") if next(node.iterancestors(f"{W}p")) is paragraph]
    joined = "".join(node.text or "" for node in texts)
    if not _OPENING.search(joined):
        return
    where = place()
    excerpt = joined.strip()
    excerpt = excerpt if len(excerpt) <= _SHOWN else excerpt[: _SHOWN - 1] + "…"
    owners: list[int] = []
    for number, node in enumerate(texts):
        owners += [number] * len(node.text or "")
    pieces = ["" for _ in texts]
    position = 0
    for match in _TAG.finditer(joined):
        for offset in range(position, match.start()):
            pieces[owners[offset]] += joined[offset]
        tag = Tag(match[0], where, excerpt)
        pieces[owners[match.start()]] += _numbered(match[0], len(tags))
        tags.append(tag)
        position = match.end()
    for offset in range(position, len(joined)):
        pieces[owners[offset]] += joined[offset]
    if opening := _OPENING.search(_TAG.sub("", joined)):
        closing = {"{{": "}}", "{%": "%}", "{#": "#}"}[opening[0]]
        what = message("A tag begins with {open} and does not end.", open=opening[0])
        hint = message("Close it with {close} in the same paragraph.", close=closing)
        problems.append(Tag("", where, excerpt).in_place(Problem("KD421", what, hint=hint), file))
    for node, piece in zip(texts, pieces, strict=True):
        node.text = piece
        node.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")


def _unclosed_elsewhere(root: "_Element", file: str) -> Iterator[Problem]:
    """Yield a problem for each tag in a drawing's text or an attribute that does not end there."""
    texts = (node.text or "" for node in root.iter() if node.tag != f"{W}t")
    values = (str(value) for node in root.iter() for value in node.attrib.values())
    for text in (*texts, *values):
        if _OPENING.search(text) and (opening := _OPENING.search(_TAG.sub("", text))):
            tag = Tag("", message("a drawing or a description"), text.strip()[:_SHOWN])
            what = message("A tag begins with {open} and does not end.", open=opening[0])
            yield tag.in_place(Problem("KD421", what), file)


def _numbered(tag: str, number: int) -> str:
    """Return a tag with straight quotes, on one line, and with its number before its closing marks."""
    tag = tag.translate(_QUOTES).replace("\n", " ").replace("\xa0", " ")
    if _UNMARKED.match(tag):
        return tag
    closing = -3 if tag[-3] in "-+" else -2
    return f"{tag[:closing]}{_MARK}{number}{_MARK}{tag[closing:]}"


def _patched(text: str) -> str:
    """Return the XML with docxtpl's own tags (for rows, cells, paragraphs, spans, shading) made Jinja's."""
    return str(_docxtpl().patch_xml(text))


@cache
def _docxtpl() -> Any:
    from docxtpl import DocxTemplate

    return DocxTemplate("")


def with_tables_mended(text: str, source: PartSource) -> "_Element":
    """Return the root of printed XML; tables whose columns were looped over get columns for all cells.

    Raises:
        lxml.etree.XMLSyntaxError: the XML is not sound.
    """
    root = etree.fromstring(text.encode("utf-8"), _parser())
    sound = all(table.find(f"{W}tblGrid") is not None for table in root.iter(f"{W}tbl"))
    if sound and any(_COLUMNS.match(tag.text) for tag in source.tags.values()):
        mended: _Element = _docxtpl().fix_tables(text)
        return mended
    return root


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)


def _lines(text: str, tags: list[Tag]) -> PartSource:
    """Begin a new line inside each tag, so that the line of an error names the tag.

    Long stretches between tags are put aside, so that what a template may print is not used up by the form.
    """
    lines: dict[int, Tag] = {}
    parts: list[str] = []
    aside: list[str] = []
    line = 1
    position = 0

    def keep(stretch: str) -> None:
        if len(stretch) > _LONG:
            aside.append(stretch)
            stretch = f"{_ASIDE_OPEN}{len(aside) - 1}{_ASIDE_CLOSE}"
        parts.append(stretch)

    for match in _TAG.finditer(text):
        keep(text[position : match.start()])
        position = match.end()
        inner = match[0]
        opening = 3 if inner[2:3] in ("-", "+") else 2
        number = _MARKED.search(inner)
        line += 1
        if number is not None:
            lines[line] = tags[int(number[1])]
        inner = html.unescape(_MARKED.sub("", inner))
        parts.append(f"{inner[:opening]}\n{inner[opening:]}")
    keep(text[position:])
    return PartSource("".join(parts), lines, tuple(aside))
