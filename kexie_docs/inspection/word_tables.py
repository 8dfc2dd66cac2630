"""Horizontal rules of a Word file: borders of table rows and paragraphs, lines that were drawn."""

from typing import TYPE_CHECKING

from kexie_docs.inspection.scene import RuleLine
from kexie_docs.inspection.word_numbers import plain_number
from kexie_docs.inspection.word_pages import twips
from kexie_docs.inspection.word_styles import Properties, val
from kexie_docs.readers.ooxml_names import W
from kexie_docs.units import TWIPS_PER_MM

if TYPE_CHECKING:
    from lxml.etree import _Element

_EIGHTH_POINT = 25.4 / 72 / 8
_EMU = 36_000
"""English metric units in a millimetre."""

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_WPS = "{http://schemas.microsoft.com/office/word/2010/wordprocessingShape}"
_V = "{urn:schemas-microsoft-com:vml}"
_LINES = ("line", "straightConnector1")
_FLAT = 2.0
"""Highest shape in mm that still counts as a horizontal line."""


def border(properties: Properties, side: str, width: float) -> tuple[RuleLine, ...]:
    """Return a paragraph's rule on a side (``top``, ``bottom``), as wide as the paragraph."""
    return _parsed(properties.get(f"border.{side}", ""), width)


def _parsed(text: str, width: float | None) -> tuple[RuleLine, ...]:
    size, mark, color = text.partition(":")
    if not mark:
        return ()
    thickness = (plain_number(size) or 4) * _EIGHTH_POINT
    return (RuleLine(thickness, "" if color in ("auto", "") else color.upper(), width),)


def _side(borders: "_Element | None", name: str) -> str | None:
    """Return a border as `border` reads it, "" for none; None where nothing is said."""
    node = borders.find(f"{W}{name}") if borders is not None else None
    if node is None:
        return None
    kind = val(node)
    return "" if kind in ("", "nil", "none") else f"{val(node, 'sz') or '4'}:{val(node, 'color')}"


def row_rules(
    table: "_Element", style: "_Element | None"
) -> list[tuple[tuple[RuleLine, ...], tuple[RuleLine, ...]]]:
    """Return the rules above and below each row of a table; one between two rows stands below the upper.

    Args:
        table: the ``w:tbl``.
        style: the borders that its style gives, or None.
    """
    own = table.find(f"{W}tblPr/{W}tblBorders")
    grid = [twips(val(column, "w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
    width = sum(grid) / TWIPS_PER_MM or None

    def whole(name: str) -> str:
        for borders in (own, style):
            if (found := _side(borders, name)) is not None:
                return found
        return ""

    rows = list(table.iterfind(f"{W}tr"))
    edges: list[str] = []
    for index in range(len(rows) + 1):
        edge = whole("top" if index == 0 else "bottom" if index == len(rows) else "insideH")
        for row, name in ((rows[index - 1] if index else None, "bottom"),
                          (rows[index] if index < len(rows) else None, "top")):  # fmt: skip
            if row is None:
                continue
            said = [_side(cell.find(f"{W}tcPr/{W}tcBorders"), name) for cell in row.iterfind(f"{W}tc")]
            stated = [one for one in said if one is not None]
            if any(stated):
                edge = next(one for one in stated if one)
            elif stated and len(stated) == len(said):
                edge = ""
        edges.append(edge)
    return [
        (_parsed(edges[index], width) if index == 0 else (), _parsed(edges[index + 1], width))
        for index in range(len(rows))
    ]


def drawn_rules(drawing: "_Element") -> tuple[RuleLine, ...]:
    """Return the horizontal lines of a drawing: DrawingML shapes and VML."""
    found: list[RuleLine] = []
    for shape in drawing.iter(f"{_WPS}spPr"):
        geometry, extent = shape.find(f"{_A}prstGeom"), shape.find(f"{_A}xfrm/{_A}ext")
        if geometry is None or geometry.get("prst") not in _LINES or extent is None:
            continue
        across, down = plain_number(extent.get("cx", "0")) / _EMU, plain_number(extent.get("cy", "0")) / _EMU
        if across < down or down > _FLAT:
            continue
        line = shape.find(f"{_A}ln")
        color = line.find(f"{_A}solidFill/{_A}srgbClr") if line is not None else None
        thickness = plain_number(line.get("w", "9525")) / _EMU if line is not None else 0.26
        found.append(RuleLine(thickness, color.get("val", "").upper() if color is not None else "", across))
    for line in drawing.iter(f"{_V}line"):
        color_name = line.get("strokecolor", "").split(" ")[0].lstrip("#").upper()
        color_name = {"RED": "FF0000", "BLACK": "000000"}.get(color_name, color_name)
        found.append(RuleLine(_vml_length(line.get("strokeweight", "0.75pt")), color_name, _vml_width(line)))
    return tuple(found)


def _vml_width(line: "_Element") -> float | None:
    start, end = line.get("from", "").split(","), line.get("to", "").split(",")
    if len(start) != 2 or len(end) != 2:
        return None
    across = _vml_length(end[0]) - _vml_length(start[0])
    return across if across > 0 else None


def _vml_length(text: str) -> float:
    """Return a length of VML in mm."""
    units = {"pt": 25.4 / 72, "mm": 1.0, "cm": 10.0, "in": 25.4, "px": 25.4 / 96}
    return (
        plain_number(text[:-2]) * units[text[-2:]] if text[-2:] in units else plain_number(text) * units["px"]
    )
