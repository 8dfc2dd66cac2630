"""WordprocessingML elements: the smallest vocabulary that the rest of this package writes in."""

from docx.oxml.ns import nsmap
from docx.oxml.parser import oxml_parser
from lxml import etree

W = f"{{{nsmap['w']}}}"
R = f"{{{nsmap['r']}}}"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"

_NAMESPACES = {prefix: nsmap[prefix] for prefix in ("w", "r")}


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


def flag(tag: str, on: bool) -> etree._Element:
    """Return an on/off property with its value written out: what a style leaves out it inherits."""
    return element(tag, val=on)


def serialized(root: etree._Element) -> bytes:
    """Return a part's XML with its declaration."""
    return etree.tostring(root, encoding="UTF-8", standalone=True)


def _value(value: str | int | bool) -> str:
    return value if isinstance(value, str) else str(int(value))
