"""Document tree and style sheet to a Word file."""

from kexie_docs.doctree.nodes import Document
from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.blocks import add_block
from kexie_docs.writers.docx.package import new_package, package_bytes


def write_docx(document: Document, style: Style) -> bytes:
    """Return the document as a Word file.

    All looks are in the file's styles; the word processor lays it out. The same arguments give the same
    bytes.
    """
    package, body = new_package(style, document.metadata)
    section = body[-1]
    for block in document.blocks:
        add_block(body, block, style)
    # The section's properties are the body's last child.
    body.append(section)
    return package_bytes(package)
