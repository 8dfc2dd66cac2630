"""Names of the Office Open XML formats: namespaces, content types, and their strict form (ISO/IEC 29500)."""

import re

from kexie_docs.errors import Message, message

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
"""Prefix of WordprocessingML names, as lxml writes them."""

R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
"""Prefix of the attributes that hold relationship ids."""

MAIN_TYPES = {
    **{
        f"application/{stem}.main+xml": family
        for stem, family in (
            ("vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
            ("vnd.openxmlformats-officedocument.wordprocessingml.template", "docx"),
            ("vnd.ms-word.document.macroEnabled", "docx"),
            ("vnd.ms-word.template.macroEnabledTemplate", "docx"),
            ("vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
            ("vnd.openxmlformats-officedocument.spreadsheetml.template", "xlsx"),
            ("vnd.ms-excel.sheet.macroEnabled", "xlsx"),
            ("vnd.ms-excel.template.macroEnabled", "xlsx"),
            ("vnd.openxmlformats-officedocument.presentationml.presentation", "pptx"),
            ("vnd.openxmlformats-officedocument.presentationml.slideshow", "pptx"),
            ("vnd.ms-powerpoint.presentation.macroEnabled", "pptx"),
        )
    },
}
"""Content type of a main part to the family of the file."""

FAMILIES: dict[str, Message] = {
    "docx": message("a Word document (.docx)"),
    "xlsx": message("an Excel workbook (.xlsx)"),
    "pptx": message("a PowerPoint presentation (.pptx)"),
}

_STRICT = re.compile(
    rb"http://purl\.oclc\.org/ooxml/(officeDocument|wordprocessingml|drawingml|spreadsheetml)/"
)
_USUAL = {
    b"officeDocument/relationships": b"officeDocument/2006/relationships",
    b"wordprocessingml/main": b"wordprocessingml/2006/main",
    b"drawingml/main": b"drawingml/2006/main",
    b"drawingml/wordprocessingDrawing": b"drawingml/2006/wordprocessingDrawing",
    b"drawingml/picture": b"drawingml/2006/picture",
    b"spreadsheetml/main": b"spreadsheetml/2006/main",
    b"officeDocument/math": b"officeDocument/2006/math",
}


def transitional(data: bytes) -> bytes:
    """Return XML with the namespaces of the strict form replaced by the usual ones."""
    if not _STRICT.search(data[:8192]):
        return data
    for strict, usual in _USUAL.items():
        data = data.replace(
            b"http://purl.oclc.org/ooxml/" + strict, b"http://schemas.openxmlformats.org/" + usual
        )
    return data
