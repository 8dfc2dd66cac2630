"""docProps: what the file says about itself; never the clock."""

from datetime import datetime, time

from docx.opc.constants import CONTENT_TYPE as CT
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.opc.parts.coreprops import CorePropertiesPart
from docx.oxml.coreprops import CT_CoreProperties
from docx.package import Package

from kexie_docs.doctree.nodes import Metadata

_LIMIT = 255  # characters of a core property
_APP = (
    b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    b'<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
    b"<Application>kexie_docs</Application></Properties>"
)


def core_properties_part(metadata: Metadata, package: Package) -> CorePropertiesPart:
    """Return docProps/core.xml.

    Dates are midnight (UTC) of the date of issue, and absent when there is none. Text longer than the format
    admits ends in an ellipsis.
    """
    part = CorePropertiesPart(
        PackURI("/docProps/core.xml"), CT.OPC_CORE_PROPERTIES, CT_CoreProperties.new(), package
    )
    properties = part.core_properties
    properties.title = _fitting(metadata.title)
    if metadata.subject:
        properties.subject = _fitting(metadata.subject)
    if metadata.author:
        properties.author = _fitting(metadata.author)
        properties.last_modified_by = _fitting(metadata.author)
    properties.language = metadata.language
    if metadata.created is not None:
        properties.created = properties.modified = datetime.combine(metadata.created, time())
    return part


def app_properties_part(package: Package) -> Part:
    """Return docProps/app.xml."""
    return Part(PackURI("/docProps/app.xml"), CT.OFC_EXTENDED_PROPERTIES, _APP, package)


def _fitting(text: str) -> str:
    return text if len(text) <= _LIMIT else text[: _LIMIT - 1] + "…"
