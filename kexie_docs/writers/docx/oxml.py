"""WordprocessingML elements: the smallest vocabulary that the rest of this package writes in."""

from collections.abc import Iterable
from html import escape
from typing import NamedTuple

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from lxml import etree

W = f"{{{nsmap['w']}}}"
R = f"{{{nsmap['r']}}}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_NAMESPACES = {prefix: nsmap[prefix] for prefix in ("w", "r")}

# The order of CT_PPr's children in the schema, as far as this package writes them.
_PARAGRAPH_PROPERTIES = (
    "pStyle", "keepNext", "keepLines", "pageBreakBefore", "widowControl", "pBdr", "tabs", "kinsoku",
    "overflowPunct",
    "autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "spacing", "ind", "jc", "outlineLvl", "rPr",
    "sectPr",
)  # fmt: skip
_RANK = {W + name: rank for rank, name in enumerate(_PARAGRAPH_PROPERTIES)}


def element(tag: str, *children: etree._Element, **attributes: str | int | bool) -> etree._Element:
    """Return the element ``w:tag``, attributes in the same namespace; True and False are 1 and 0.

    It is of python-docx's class for its tag.
    """
    result = oxml_parser.makeelement(W + tag, nsmap=_NAMESPACES)
    for name, value in attributes.items():
        result.set(W + name, _value(value))
    result.extend(children)
    return result


def add(parent: etree._Element, tag: str, **attributes: str | int | bool) -> etree._Element:
    """Append ``w:tag`` to ``parent`` and return it."""
    result = etree.SubElement(parent, W + tag)
    for name, value in attributes.items():
        result.set(W + name, _value(value))
    return result


class Item(NamedTuple):
    """A WordprocessingML element as a value: compared, and written, a few times faster than one of lxml's."""

    tag: str
    attributes: tuple[tuple[str, str], ...] = ()
    children: "tuple[Item, ...]" = ()


def item(tag: str, *children: Item, **attributes: str | int | bool) -> Item:
    """Return the element ``w:tag`` as a value; True and False are 1 and 0."""
    return Item(tag, tuple((name, _value(value)) for name, value in attributes.items()), children)


def flag(tag: str, on: bool) -> Item:
    """Return an on/off property with its value written out: what a style leaves out it inherits."""
    return item(tag, val=on)


def built(value: Item) -> etree._Element:
    """Return the element that a value describes."""
    return element(value.tag, *map(built, value.children), **dict(value.attributes))


def serialized_item(root: Item) -> bytes:
    """Return a part's XML with its declaration."""
    declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    return (declaration + _text(root, f' xmlns:w="{nsmap["w"]}"')).encode()


def ordered_items(properties: Iterable[Item]) -> list[Item]:
    """Return paragraph properties in the order that the schema asks for."""
    return sorted(properties, key=lambda value: _RANK[W + value.tag])


def ordered(properties: Iterable[etree._Element]) -> list[etree._Element]:
    """Return paragraph properties in the order that the schema asks for."""
    return sorted(properties, key=lambda item: _RANK[item.tag])


def serialized(root: etree._Element) -> bytes:
    """Return a part's XML with its declaration."""
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _text(value: Item, more: str = "") -> str:
    attributes = "".join(f' w:{name}="{escape(text)}"' for name, text in value.attributes)
    if not value.children:
        return f"<w:{value.tag}{more}{attributes}/>"
    return f"<w:{value.tag}{more}{attributes}>{''.join(map(_text, value.children))}</w:{value.tag}>"


def _value(value: str | int | bool) -> str:
    return value if isinstance(value, str) else str(int(value))
