"""The text of a Word paragraph as it stands when every tracked change is accepted, stretch by stretch."""

from collections.abc import Iterator
from dataclasses import field
from typing import TYPE_CHECKING

from kexie_docs.frozen import dataclass
from kexie_docs.inspection.scene import Span
from kexie_docs.inspection.word_numbers import plain_number
from kexie_docs.inspection.word_styles import Properties, WordStyles, is_on, val
from kexie_docs.readers.ooxml_names import W

if TYPE_CHECKING:
    from lxml.etree import _Element

MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"

_GONE = (f"{W}del", f"{W}moveFrom")
_CAME = (f"{W}ins", f"{W}moveTo")
_HALF_POINTS = 2
_DEFAULT_SIZE = 10.0
"""Type size in points where nothing states one (ECMA-376 17.3.2.38)."""
_SMALLEST, _LARGEST = 0.5, 1638.0
"""What Word takes for a type size, in points."""


@dataclass
class ParagraphText:
    """What the runs of a paragraph come to.

    Attributes:
        spans: its text.
        spacing: extra room after each Han character in points, of most of them.
        page_field: whether it prints the number of the page.
        breaks_page: whether a page break stands in it before any text.
        breaks_after: whether one stands after its text.
        rendered: how many page ends Word noted in it when it was saved.
        tracked: how many tracked changes.
        boxes: text boxes anchored in it.
        drawings: drawings anchored in it.
    """

    spans: list[Span] = field(default_factory=list)
    spacing: float = 0.0
    page_field: bool = False
    breaks_page: bool = False
    breaks_after: bool = False
    rendered: int = 0
    tracked: int = 0
    boxes: "list[_Element]" = field(default_factory=list)
    drawings: "list[_Element]" = field(default_factory=list)


def read_text(node: "_Element", paragraph_run: Properties, styles: WordStyles) -> ParagraphText:
    """Return the text of a ``w:p``.

    Args:
        node: the paragraph.
        paragraph_run: text properties that its style gives.
        styles: of the file.
    """
    found = ParagraphText()
    spacings: dict[float, int] = {}
    fields: list[list[str]] = []  # of each open field: its instruction, and "shown" once its result begins
    for run in _runs(node, found):
        properties = dict(paragraph_run)
        own = styles.run_properties(run.find(f"{W}rPr"))
        if "rStyle" in own:
            properties.update(styles.run_style(own["rStyle"]))
        properties.update(own)
        simple = run.getparent()
        numbered = simple is not None and simple.tag == f"{W}fldSimple" and _is_page(val(simple, "instr"))
        text = ""
        for child in run:
            text += _piece(child, found, fields, bool(text or any(span.text.strip() for span in found.spans)))
        if numbered and text:
            text, found.page_field = "1", True
        if not text or is_on(properties.get("vanish")):
            continue
        found.spans.append(_span(text, properties))
        spacing = plain_number(properties.get("spacing", "0")) / 20
        spacings[spacing] = spacings.get(spacing, 0) + len(text)
    if spacings:
        found.spacing = max(spacings, key=lambda one: spacings[one])
    return found


def _runs(node: "_Element", found: ParagraphText) -> "Iterator[_Element]":
    """Yield the runs in order, through links, insertions and controls; deletions are left out."""
    for child in node:
        tag = child.tag
        if tag == f"{W}r":
            yield child
        elif tag in _GONE:
            found.tracked += 1
        elif tag in _CAME:
            found.tracked += 1
            yield from _runs(child, found)
        elif tag == f"{MC}AlternateContent":
            chosen = child.find(f"{MC}Choice")
            if chosen is not None:
                yield from _runs(chosen, found)
        elif tag in (f"{W}hyperlink", f"{W}smartTag", f"{W}sdt", f"{W}sdtContent", f"{W}fldSimple",
                     f"{W}customXml", f"{W}bdo", f"{W}dir"):  # fmt: skip
            yield from _runs(child, found)


def _piece(child: "_Element", found: ParagraphText, fields: list[list[str]], begun: bool) -> str:
    """Return what one child of a run prints."""
    tag = str(child.tag)
    if tag == f"{W}fldChar":
        kind = val(child, "fldCharType")
        if kind == "begin":
            fields.append([""])
        elif kind == "separate" and fields:
            fields[-1].append("shown")
            if _is_page(fields[-1][0]):
                found.page_field = True
                return "1"
        elif kind == "end" and fields:
            instruction = fields.pop()
            if len(instruction) == 1 and _is_page(instruction[0]):
                found.page_field = True
                return "1"
        return ""
    if tag == f"{W}instrText":
        if fields:
            fields[-1][0] += child.text or ""
        return ""
    if tag in (f"{W}drawing", f"{W}pict", f"{W}object"):
        _drawing(child, found)
        return ""
    if tag == f"{MC}AlternateContent":
        chosen = child.find(f"{MC}Choice")
        if chosen is None:
            chosen = child.find(f"{MC}Fallback")
        for inner in chosen if chosen is not None else ():
            _drawing(inner, found)
        return ""
    if tag == f"{W}lastRenderedPageBreak":
        found.rendered += 1
        return ""
    if fields and (len(fields[-1]) == 1 or any(_is_page(one[0]) for one in fields)):
        return ""  # an instruction, or the number that was printed last time
    if tag == f"{W}t":
        return child.text or ""
    if tag in (f"{W}tab", f"{W}ptab"):
        return "\t"
    if tag == f"{W}br":
        if val(child, "type") in ("page", "column"):
            if begun:
                found.breaks_after = True
            else:
                found.breaks_page = True
            return ""
        return "\n"
    if tag == f"{W}cr":
        return "\n"
    if tag == f"{W}noBreakHyphen":
        return "-"
    return ""


def _drawing(node: "_Element", found: ParagraphText) -> None:
    found.drawings.append(node)
    found.boxes += list(node.iter(f"{W}txbxContent"))


def _is_page(instruction: str) -> bool:
    return instruction.strip().split(" ")[0].upper() == "PAGE" if instruction.strip() else False


def _span(text: str, properties: Properties) -> Span:
    size = plain_number(properties.get("sz", "")) / _HALF_POINTS
    if not _SMALLEST <= size <= _LARGEST:
        size = _DEFAULT_SIZE
    color = properties.get("color", "")
    return Span(
        text,
        properties.get("font.eastAsia", ""),
        properties.get("font.ascii", "") or properties.get("font.hAnsi", ""),
        size,
        is_on(properties.get("b")),
        "" if color in ("auto", "") else color.upper(),
    )
