"""Editing a Word file's styles and margins as Word stores them, and having LibreOffice save it."""

import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

from lxml import etree

from tests.support.libreoffice import convert

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

# Children of w:rPr and w:pPr in the schema's order, as far as the tests write them.
_RUN = (
    "rFonts", "b", "bCs", "i", "iCs", "caps", "strike", "color", "spacing", "w", "sz", "szCs", "highlight",
    "u", "bdr", "em", "lang",
)  # fmt: skip
_PARAGRAPH = (
    "keepNext", "keepLines", "pageBreakBefore", "widowControl", "numPr", "pBdr", "shd", "tabs", "kinsoku",
    "overflowPunct", "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "spacing", "ind", "jc",
    "outlineLvl",
)  # fmt: skip


def edited(docx: bytes, change: Callable[[etree._Element], None], part: str = "word/styles.xml") -> bytes:
    """Return a Word file with one part changed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == part:
                root = etree.fromstring(data)
                change(root)
                data = etree.tostring(root, encoding="UTF-8", standalone=True)
            new.writestr(item, data)
    return stream.getvalue()


def restyled(docx: bytes, style: str, tag: str, **attributes: str) -> bytes:
    """Return a Word file in which a style states a property, its other attributes as they were.

    Args:
        docx: the file.
        style: name of the style as the file spells it, whatever its capitals.
        tag: element of ``w:rPr`` or ``w:pPr``.
        attributes: to set.
    """
    of_run = tag in _RUN and (tag != "spacing" or "val" in attributes)
    kind, order = ("rPr", _RUN) if of_run else ("pPr", _PARAGRAPH)

    def change(root: etree._Element) -> None:
        node = style_of(root, style)
        properties = node.find(f"{W}{kind}")
        if properties is None:
            properties = etree.SubElement(node, f"{W}{kind}")
            if kind == "pPr" and (run := node.find(f"{W}rPr")) is not None:
                run.addprevious(properties)
        found = properties.find(f"{W}{tag}")
        if found is None:
            found = etree.SubElement(properties, f"{W}{tag}")
            properties[:] = sorted(properties, key=lambda one: order.index(etree.QName(one).localname))
        for name, value in attributes.items():
            found.set(f"{W}{name}", value)

    return edited(docx, change)


def style_of(root: etree._Element, name: str) -> etree._Element:
    """Return the element of a style."""
    for node in root.iter(f"{W}style"):
        found = node.find(f"{W}name")
        if found is not None and found.get(f"{W}val", "").casefold() == name.casefold():
            return node
    raise KeyError(name)


def with_margins(docx: bytes, **twips: int) -> bytes:
    """Return a Word file with other margins."""

    def change(root: etree._Element) -> None:
        for node in root.iter(f"{W}pgMar"):
            for side, value in twips.items():
                node.set(f"{W}{side}", str(value))

    return edited(docx, change, "word/document.xml")


def saved_by_libreoffice(docx: bytes, fonts: Mapping[str, Path], workdir: Path) -> bytes:
    """Return a Word file as LibreOffice saves it."""
    return convert(docx, "docx", fonts=fonts, flip_overflow_punct=False, workdir=workdir)


def with_font(docx: bytes, style: str, name: str) -> bytes:
    """Return a Word file whose style is set in another font, as Word's dialogue sets it for all scripts."""
    return restyled(docx, style, "rFonts", ascii=name, hAnsi=name, eastAsia=name)


def with_size(docx: bytes, style: str, size: float) -> bytes:
    """Return a Word file whose style has another size, in points."""
    half_points = str(round(size * 2))
    return restyled(restyled(docx, style, "sz", val=half_points), style, "szCs", val=half_points)
