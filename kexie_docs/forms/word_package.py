"""The other parts of a filled Word form: pictures put into it, its properties, the finished archive."""

import posixpath
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from lxml import etree

from kexie_docs.model.official import Picture
from kexie_docs.readers.ooxml import Package
from kexie_docs.readers.ooxml_names import RELATIONSHIPS, R, W
from kexie_docs.units import Twips
from kexie_docs.writers.docx.archive import zipped

if TYPE_CHECKING:
    from lxml.etree import _Element

_TYPES = "[Content_Types].xml"
_CT = "{http://schemas.openxmlformats.org/package/2006/content-types}"
_REL = f"{{{RELATIONSHIPS}}}"
_IMAGE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"
_WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
_EMU_PER_TWIP = 635
_DROPPED = ("custom-properties", "thumbnail")
_DOCUMENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>kexie_docs</Application></Properties>"
)


class WordPackage:
    """A form's parts while it is filled: what is not changed stays as it is, byte for byte."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._changed: dict[str, bytes] = {}
        self._dropped: set[str] = set()
        self._types = package.xml(_TYPES)
        self._relationships: dict[str, _Element] = {}
        self._media: dict[bytes, str] = {}
        self._drawings = 0

    def set(self, name: str, root: "_Element") -> None:
        """Replace a part."""
        etree.cleanup_namespaces(root, keep_ns_prefixes=list(filter(None, root.nsmap)))
        self._changed[name] = serialised(root)

    def text(self, name: str) -> "_Element":
        """Return a changed part as its finished bytes hold it."""
        return etree.fromstring(self._changed[name])

    def drawing(self, part: str, picture: Picture, width: Twips) -> "_Element":
        """Add a picture to a part; return the drawing that shows it, in its own proportions."""
        media = self._media.get(picture.data)
        if media is None:
            ending = "png" if picture.data.startswith(b"\x89PNG") else "jpeg"
            media = f"word/media/kexie{len(self._media) + 1}.{ending}"
            self._media[picture.data] = media
            self._changed[media] = picture.data
            self._declare(ending)
        identifier = self._relate(part, media)
        self._drawings += 1
        x, y = width * _EMU_PER_TWIP, round(width * _EMU_PER_TWIP * picture.height / picture.width)
        name = f"Picture {self._drawings}"
        return etree.fromstring(
            f'<w:drawing xmlns:w="{W.strip("{}")}"><wp:inline xmlns:wp="{_WP}" distT="0" distB="0" distL="0"'
            f' distR="0"><wp:extent cx="{x}" cy="{y}"/><wp:docPr id="{self._drawings}" name="{name}"/>'
            f'<a:graphic xmlns:a="{_A}"><a:graphicData uri="{_PIC}"><pic:pic xmlns:pic="{_PIC}"><pic:nvPicPr>'
            f'<pic:cNvPr id="0" name="{name}"/><pic:cNvPicPr/></pic:nvPicPr><pic:blipFill>'
            f'<a:blip xmlns:r="{R.strip("{}")}" r:embed="{identifier}"/><a:stretch><a:fillRect/></a:stretch>'
            f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="{x}" cy="{y}"/></a:xfrm>'
            '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
            "</wp:inline></w:drawing>"
        )

    def _declare(self, ending: str) -> None:
        if not any(node.get("Extension", "").lower() == ending for node in self._types.iter(f"{_CT}Default")):
            default = etree.Element(f"{_CT}Default", Extension=ending, ContentType=f"image/{ending}")
            self._types.insert(0, default)

    def _relate(self, part: str, media: str) -> str:
        """Return the id under which a part refers to a picture."""
        folder, last = posixpath.split(part)
        name = f"{folder}/_rels/{last}.rels"
        if name not in self._relationships:
            found = name in self._package.names
            self._relationships[name] = (
                self._package.xml(name)
                if found
                else etree.Element(f"{_REL}Relationships", nsmap={None: RELATIONSHIPS})  # type: ignore[dict-item] # lxml's types know no default namespace
            )
        root = self._relationships[name]
        target = "/" + media
        taken = set()
        for node in root:
            if node.get("Target") == target:
                return node.get("Id", "")
            taken.add(node.get("Id"))
        identifier = next(one for n in range(1, 100_000) if (one := f"rIdKexie{n}") not in taken)
        etree.SubElement(root, f"{_REL}Relationship", Id=identifier, Type=_IMAGE, Target=target)
        return identifier

    def set_properties(self, title: str, author: str, subject: str, issued: date | None) -> None:
        """Let the file say about itself what is ours, and nothing of the form's author and machine."""
        relations = self._package.xml("_rels/.rels")
        core = app = ""
        for node in list(relations):
            kind = node.get("Type", "").rpartition("/")[2]
            name = posixpath.normpath(node.get("Target", "").lstrip("/"))
            if kind in _DROPPED:
                relations.remove(node)
                self._drop(name)
            elif kind == "core-properties":
                core = name
            elif kind == "extended-properties":
                app = name
        if app in self._package.names:
            self._changed[app] = _APP
        if core in self._package.names:
            self._changed[core] = _core(title, author, subject, issued)
        self._changed["_rels/.rels"] = serialised(relations)

    def _drop(self, name: str) -> None:
        self._dropped.add(name)
        for node in list(self._types.iter(f"{_CT}Override")):
            if node.get("PartName", "").lstrip("/") == name:
                self._types.remove(node)

    def finished(self) -> bytes:
        """Return the archive, its content types first; equal parts give equal bytes."""
        for node in self._types.iter(f"{_CT}Override"):
            if node.get("PartName", "").lstrip("/") == self._package.main:
                node.set("ContentType", _DOCUMENT_TYPE)
        parts: dict[str, bytes] = {_TYPES: serialised(self._types)}
        changed: Mapping[str, bytes] = self._changed | {
            name: serialised(root) for name, root in self._relationships.items()
        }
        for name in sorted((self._package.names | changed.keys()) - self._dropped - {_TYPES}):
            parts[name] = changed[name] if name in changed else self._package.data(name)
        return zipped(parts.items())


def serialised(root: "_Element") -> bytes:
    """Return an XML part."""
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, standalone=True)


def _core(title: str, author: str, subject: str, issued: date | None) -> bytes:
    dated = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{issued.isoformat()}T00:00:00Z</dcterms:{name}>'
        for name in ("created", "modified")
        if issued is not None
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<cp:coreProperties'
        ' xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title[:255])}</dc:title><dc:subject>{escape(subject[:255])}</dc:subject>"
        f"<dc:creator>{escape(author[:255])}</dc:creator>"
        f"<cp:lastModifiedBy>{escape(author[:255])}</cp:lastModifiedBy>{dated}</cp:coreProperties>"
    ).encode()
