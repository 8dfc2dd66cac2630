"""The OPC package: only the parts that our documents need, none of python-docx's default template."""

from collections.abc import Iterator
from typing import cast

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.opc.packuri import PACKAGE_URI, PackURI
from docx.opc.part import Part, XmlPart
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.package import Package
from docx.parts.document import DocumentPart
from lxml import etree

from kexie_docs.doctree.nodes import Metadata
from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.archive import zipped
from kexie_docs.writers.docx.font_table import font_table_element
from kexie_docs.writers.docx.metadata import app_properties_part, core_properties_part
from kexie_docs.writers.docx.oxml import element, serialized
from kexie_docs.writers.docx.section import footer_element, section_properties
from kexie_docs.writers.docx.settings import settings_element
from kexie_docs.writers.docx.styles import styles_element
from kexie_docs.writers.docx.theme import theme_xml

_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def new_package(sheet: Style, metadata: Metadata) -> tuple[Package, etree._Element]:
    """Return a package whose document is empty but for its section, and the document's ``w:body``.

    Blocks go before the body's last child, ``w:sectPr``.
    """
    package = Package()
    body = element("body")
    # The parser of python-docx makes elements of its own classes.
    root = cast("BaseOxmlElement", element("document", body))
    document = DocumentPart(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, root, package)
    package.relate_to(document, RT.OFFICE_DOCUMENT)
    package.relate_to(core_properties_part(metadata, package), RT.CORE_PROPERTIES)
    package.relate_to(app_properties_part(package), RT.EXTENDED_PROPERTIES)

    def relate(name: str, content_type: str, relationship: str, blob: bytes) -> str:
        part = Part(PackURI(f"/word/{name}"), content_type, blob, package)
        return document.relate_to(part, relationship)

    relate("styles.xml", CT.WML_STYLES, RT.STYLES, serialized(styles_element(sheet)))
    relate("settings.xml", CT.WML_SETTINGS, RT.SETTINGS, serialized(settings_element(sheet)))
    relate("fontTable.xml", CT.WML_FONT_TABLE, RT.FONT_TABLE, serialized(font_table_element(sheet)))
    relate("theme/theme1.xml", CT.OFC_THEME, RT.THEME, theme_xml(sheet))
    odd = relate("footer1.xml", CT.WML_FOOTER, RT.FOOTER, serialized(footer_element(sheet, "right")))
    even = relate("footer2.xml", CT.WML_FOOTER, RT.FOOTER, serialized(footer_element(sheet, "left")))
    body.append(section_properties(sheet, odd_footer=odd, even_footer=even))
    return package, body


def package_bytes(package: Package) -> bytes:
    """Return the package as a file: content types and relationships first, then the parts by name."""
    return zipped(_entries(package))


def _entries(package: Package) -> Iterator[tuple[str, bytes]]:
    parts = sorted(package.iter_parts(), key=lambda part: part.partname)
    yield "[Content_Types].xml", _content_types(parts)
    yield PACKAGE_URI.rels_uri.membername, package.rels.xml
    for part in parts:
        yield part.partname.membername, _blob(part)
        if part.rels:
            yield part.partname.rels_uri.membername, part.rels.xml


def _blob(part: Part) -> bytes:
    return serialized(part.element) if isinstance(part, XmlPart) else part.blob


def _content_types(parts: list[Part]) -> bytes:
    root = etree.fromstring(f'<Types xmlns="{_TYPES}"/>')
    for extension, content_type in (("rels", CT.OPC_RELATIONSHIPS), ("xml", CT.XML)):
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
    for part in parts:
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=part.partname, ContentType=part.content_type)
    return serialized(root)
