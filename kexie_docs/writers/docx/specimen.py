"""The specimen of a template's styles as a Word file that remembers how it was written."""

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from lxml import etree

from kexie_docs.doctree.nodes import Document
from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.blocks import add_section
from kexie_docs.writers.docx.oxml import W
from kexie_docs.writers.docx.package import OpenPackage, package_bytes
from kexie_docs.writers.docx.sections import Section
from kexie_docs.writers.docx.styles import styles_xml

NAMESPACE = "urn:kexie-docs:specimen:1"
"""Of the custom part that holds the styles and the page as they were written."""

_ITEM_ID = "{6B65786A-6965-4D44-8000-000000000002}"
_PROPERTIES = (
    '<?xml version="1.0" encoding="UTF-8" standalone="no"?>\n'
    f'<ds:datastoreItem ds:itemID="{_ITEM_ID}" '
    'xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml">'
    f'<ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>'
)


def write_specimen(document: Document, style: Style) -> bytes:
    """Return the Word file of a specimen: as any document of the style, with a custom part beside it.

    The part (``customXml/item1.xml``) holds ``w:styles`` and ``w:sectPr`` once more. Whoever reads the edited
    file can tell by it what was changed there, even when the style sheet has changed since.
    """
    package = OpenPackage(style, document.metadata)
    add_section(package, Section(document.blocks), style, last=True)
    root = etree.Element(f"{{{NAMESPACE}}}specimen", nsmap={"k": NAMESPACE})
    root.append(etree.fromstring(styles_xml(style)))
    section = etree.fromstring(etree.tostring(package.body[-1]))
    for reference in section.findall(f"{W}footerReference"):
        section.remove(reference)
    root.append(section)
    part = Part(
        PackURI("/customXml/item1.xml"),
        CT.XML,
        etree.tostring(root, encoding="UTF-8", standalone=True),
        package.package,
    )
    properties = Part(
        PackURI("/customXml/itemProps1.xml"),
        CT.OFC_CUSTOM_XML_PROPERTIES,
        _PROPERTIES.encode(),
        package.package,
    )
    part.relate_to(properties, RT.CUSTOM_XML_PROPS)
    package.package.main_document_part.relate_to(part, RT.CUSTOM_XML)
    return package_bytes(package.package)
