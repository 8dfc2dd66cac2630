"""Document tree and style sheet to a Word file."""

from collections.abc import Sequence

from kexie_docs.doctree.fits import Fit, fitted
from kexie_docs.doctree.nodes import Document
from kexie_docs.provenance.records import FigureTable, figure_table
from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.blocks import add_section
from kexie_docs.writers.docx.package import OpenPackage, package_bytes
from kexie_docs.writers.docx.sections import ImprintPages, sections


def write_docx(
    document: Document,
    style: Style,
    *,
    imprint_pages: ImprintPages | None = None,
    fits: Sequence[Fit] = (),
    proof: FigureTable | None = None,
) -> bytes:
    """Return the document as a Word file.

    All looks are in the file's styles; the word processor lays it out. The same arguments give the same
    bytes.

    Args:
        document: what to write.
        style: what it looks like.
        imprint_pages: for an imprint that must stand on an even page: how many pages after the last page of
            text it does (0, 1, or 2 behind a blank page), as a layout tells. None when nobody knows: then it
            begins an even page of its own.
        fits: what a layout asks of the text above signatures.
        proof: table of the figures with their places, to make a checking copy (校核稿) of the document: its
            figures shaded and commented on, and an index behind it; None for the document itself.
    """
    package = OpenPackage(style, document.metadata)
    parts = sections(fitted(document, fits).blocks, style, imprint_pages)
    for section in parts:
        add_section(package, section, style, last=section is parts[-1] and proof is None)
    if proof is not None:
        from kexie_docs.writers.docx.proofing import add_proof

        add_proof(package, proof, style)
    package.add_figures(figure_table(document))
    return package_bytes(package.package)
