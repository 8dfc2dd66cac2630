"""Fonts of a PDF that others made: which ones print something, and whether the file holds them."""

from collections.abc import Iterator
from typing import Any

import pikepdf

_DEPTH = 30
_FONT_FILES = ("/FontFile", "/FontFile2", "/FontFile3")
_SHOWING = frozenset(("Tj", "TJ", "'", '"'))


def missing_fonts(node: Any) -> set[str]:
    """Return the names of fonts that a page or a form XObject prints with and the file does not hold.

    Raises:
        pikepdf.PdfError: the content cannot be read.
    """
    found: set[str] = set()
    _search(node, None, set(), found, 0)
    return found


def embedded(font: Any) -> bool:
    """Return whether the file holds a font's glyphs."""
    kind = str(font.get("/Subtype", ""))
    if kind == "/Type3":
        return True  # its glyphs are drawings in the file itself
    if kind == "/Type0":
        inner = font.get("/DescendantFonts")
        if not isinstance(inner, pikepdf.Array) or not len(inner):
            return False
        font = inner[0]
    descriptor = font.get("/FontDescriptor")
    return isinstance(descriptor, pikepdf.Dictionary) and any(key in descriptor for key in _FONT_FILES)


def appearances(page: Any) -> Iterator[Any]:
    """Yield what is seen of a page's annotations: of buttons the state they are in."""
    annotations = page.get("/Annots")
    for annotation in annotations if isinstance(annotations, pikepdf.Array) else ():
        found = annotation.get("/AP") if isinstance(annotation, pikepdf.Dictionary) else None
        normal = found.get("/N") if isinstance(found, pikepdf.Dictionary) else None
        if isinstance(normal, pikepdf.Dictionary):
            normal = normal.get(str(annotation.get("/AS", "/Off")))
        if isinstance(normal, pikepdf.Stream):
            yield normal


def _search(node: Any, inherited: Any, seen: set[tuple[int, int]], found: set[str], depth: int) -> None:
    if depth > _DEPTH:
        return
    resources = node.get("/Resources", inherited)
    if not isinstance(resources, pikepdf.Dictionary):
        return
    fonts = _named(resources.get("/Font"))
    if any(not embedded(font) for font in fonts.values()):
        for name in _printing(node):
            font = fonts.get(name)
            if font is not None and not embedded(font):
                found.add(str(font.get("/BaseFont", "?")).removeprefix("/"))
    inner = [*_named(resources.get("/XObject")).values(), *_named(resources.get("/Pattern")).values()]
    for each in inner:
        if not isinstance(each, pikepdf.Stream) or each.objgen in seen:
            continue
        seen.add(each.objgen)
        if str(each.get("/Subtype", "")) != "/Image":
            _search(each, resources, seen, found, depth + 1)


def _printing(node: Any) -> set[str]:
    """Return the resource names of the fonts in which a content shows text."""
    current, saved = "", []
    names: set[str] = set()
    source = node if isinstance(node, pikepdf.Stream) else pikepdf.Page(node)
    for instruction in pikepdf.parse_content_stream(source):
        operands = instruction.operands
        match str(instruction.operator):
            case "Tf" if operands:
                current = str(operands[0])
            case "q":
                saved.append(current)
            case "Q" if saved:
                current = saved.pop()
            case shows if shows in _SHOWING and operands and _shows(operands[-1]):
                names.add(current)
    return names


def _shows(text: Any) -> bool:
    if isinstance(text, pikepdf.Array):
        return any(isinstance(one, pikepdf.String) and bytes(one) for one in text)
    return isinstance(text, pikepdf.String) and bool(bytes(text))


def _named(node: Any) -> dict[str, Any]:
    if not isinstance(node, pikepdf.Dictionary):
        return {}
    return {
        key: node[key] for key in map(str, node) if isinstance(node[key], pikepdf.Dictionary | pikepdf.Stream)
    }
