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
from kexie_docs.frozen import dataclass
from kexie_docs.provenance.records import FigureTable
from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.archive import zipped
from kexie_docs.writers.docx.font_table import font_table_element
from kexie_docs.writers.docx.metadata import app_properties_part, core_properties_part
from kexie_docs.writers.docx.oxml import element, serialized
from kexie_docs.writers.docx.provenance import add_figure_table
from kexie_docs.writers.docx.section import footer_element
from kexie_docs.writers.docx.sections import PageKind
from kexie_docs.writers.docx.settings import settings_element
from kexie_docs.writers.docx.styles import styles_xml
from kexie_docs.writers.docx.theme import theme_xml

_PNG = b"\x89PNG"
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the package: its number, from 1, and how the document refers to it."""

    number: int
    relationship: str


class OpenPackage:
    """A package while its document is written: parts come in as the document needs them."""

    def __init__(self, sheet: Style, metadata: Metadata) -> None:
        """Make a package whose document is empty."""
        self.package = Package()
        self.body = element("body")
        self._sheet = sheet
        self._footers: dict[PageKind, tuple[str, str]] = {}
        self._pictures: dict[bytes, str] = {}
        self._drawings = 0
        # The parser of python-docx makes elements of its own classes.
        root = cast("BaseOxmlElement", element("document", self.body))
        self._document = DocumentPart(PackURI("/word/document.xml"), CT.WML_DOCUMENT_MAIN, root, self.package)
        self.package.relate_to(self._document, RT.OFFICE_DOCUMENT)
        self.package.relate_to(core_properties_part(metadata, self.package), RT.CORE_PROPERTIES)
        self.package.relate_to(app_properties_part(self.package), RT.EXTENDED_PROPERTIES)
        relate = self._relate
        relate("styles.xml", CT.WML_STYLES, RT.STYLES, styles_xml(sheet))
        relate("settings.xml", CT.WML_SETTINGS, RT.SETTINGS, serialized(settings_element(sheet)))
        relate("fontTable.xml", CT.WML_FONT_TABLE, RT.FONT_TABLE, serialized(font_table_element(sheet)))
        relate("theme/theme1.xml", CT.OFC_THEME, RT.THEME, theme_xml(sheet))

    def footers(self, pages: PageKind) -> tuple[str, str]:
        """Return the relationship ids of the footers of odd and even pages of a kind."""
        if pages not in self._footers:
            first = 2 * len(self._footers) + 1
            self._footers[pages] = (
                self._add_footer(first, footer_element(self._sheet, pages, "odd")),
                self._add_footer(first + 1, footer_element(self._sheet, pages, "even")),
            )
        return self._footers[pages]

    def add_picture(self, image: bytes) -> Picture:
        """Return a new use of a PNG or JPEG picture; equal data is stored once."""
        if image not in self._pictures:
            suffix = "png" if image.startswith(_PNG) else "jpeg"
            name = f"media/image{len(self._pictures) + 1}.{suffix}"
            content_type = CT.PNG if suffix == "png" else CT.JPEG
            self._pictures[image] = self._relate(name, content_type, RT.IMAGE, image)
        self._drawings += 1
        return Picture(self._drawings, self._pictures[image])

    def add_figures(self, table: FigureTable) -> None:
        """Put the table of the document's figures into the package; nothing when there are none."""
        add_figure_table(self._document, self.package, table)

    def add_comments(self, comments: bytes) -> None:
        """Put the comments into the package, which has none yet."""
        self._relate("comments.xml", CT.WML_COMMENTS, RT.COMMENTS, comments)

    def _add_footer(self, number: int, root: etree._Element) -> str:
        return self._relate(f"footer{number}.xml", CT.WML_FOOTER, RT.FOOTER, serialized(root))

    def _relate(self, name: str, content_type: str, relationship: str, blob: bytes) -> str:
        part = Part(PackURI(f"/word/{name}"), content_type, blob, self.package)
        return self._document.relate_to(part, relationship)


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
    extensions = {"rels": CT.OPC_RELATIONSHIPS, "xml": CT.XML}
    # Word itself gives the type of pictures by their extension.
    extensions |= {part.partname.ext: part.content_type for part in parts if _is_picture(part)}
    for extension, content_type in extensions.items():
        etree.SubElement(root, f"{{{_TYPES}}}Default", Extension=extension, ContentType=content_type)
    for part in parts:
        if _is_picture(part):
            continue
        etree.SubElement(root, f"{{{_TYPES}}}Override", PartName=part.partname, ContentType=part.content_type)
    return serialized(root)


def _is_picture(part: Part) -> bool:
    return part.content_type in (CT.PNG, CT.JPEG)
