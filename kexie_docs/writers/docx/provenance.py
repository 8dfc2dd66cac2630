"""Where the figures come from, in the Word file: a bookmark around each, and their table as a custom part.

Bookmarks whose names begin with ``_`` are hidden in Word's list. The custom XML part is ECMA-376 part 1,
15.2.5 and 15.2.6; the GUID names the part for Word's content controls and is the same in all our files.
"""

from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from kexie_docs.provenance.forms import NAMESPACE, write_xml
from kexie_docs.provenance.records import FigureTable, bookmark_name
from kexie_docs.writers.docx.oxml import add

ITEM_ID = "{6B65786A-6965-4D44-8000-000000000001}"

_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PROPERTIES_TYPE = "application/vnd.openxmlformats-officedocument.customXmlProperties+xml"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    f'<ds:datastoreItem ds:itemID="{ITEM_ID}"'
    ' xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def start_bookmark(paragraph: etree._Element, number: int) -> None:
    """Begin the bookmark of the figure of a number."""
    add(paragraph, "bookmarkStart", id=str(number), name=bookmark_name(number))


def end_bookmark(paragraph: etree._Element, number: int) -> None:
    """End the bookmark of the figure of a number."""
    add(paragraph, "bookmarkEnd", id=str(number))


def add_figure_table(document: DocumentPart, package: Package, table: FigureTable) -> None:
    """Put the table into the package; nothing when there are no figures."""
    if not table.figures:
        return
    item = Part(PackURI("/customXml/item1.xml"), "application/xml", write_xml(table), package)
    properties = Part(
        PackURI("/customXml/itemProps1.xml"), _PROPERTIES_TYPE, _PROPERTIES.encode("ascii"), package
    )
    item.relate_to(properties, f"{_RELATIONSHIPS}/customXmlProps")
    document.relate_to(item, f"{_RELATIONSHIPS}/customXml")
