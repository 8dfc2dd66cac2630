"""Finished pages as a PDF file: collect what is printed, subset the fonts, draw."""

import hashlib
from collections.abc import Sequence
from datetime import date

from kexie_docs.doctree.nodes import Metadata
from kexie_docs.fonts.face import Face
from kexie_docs.layout.pages import Layout, Link, PlacedRule
from kexie_docs.provenance.forms import JSON_NAME, write_json
from kexie_docs.provenance.records import FigureTable
from kexie_docs.units import TWIPS_PER_PT
from kexie_docs.writers.pdf.attachment import attach
from kexie_docs.writers.pdf.content import FontResources, page_content
from kexie_docs.writers.pdf.guard import require_safe_settings
from kexie_docs.writers.pdf.images import image_object
from kexie_docs.writers.pdf.links import link_annotations
from kexie_docs.writers.pdf.objects import PdfFile, Reference, dictionary, number, stream, text
from kexie_docs.writers.pdf.opentype import EmbeddedFace
from kexie_docs.writers.pdf.outline import add_outline

PRODUCER = "kexie_docs"

_ATTACHMENT = "数据来源表"


def write_pdf(
    layout: Layout,
    metadata: Metadata,
    grid: Sequence[Sequence[PlacedRule]] | None = None,
    *,
    figures: FigureTable | None = None,
    links: Sequence[Link] = (),
) -> bytes:
    """Return the pages as a PDF file; equal pages and metadata give equal bytes.

    Every glyph is embedded and is read back as the character that it was laid out for. The file's dates come
    from ``metadata.created`` alone.

    Args:
        layout: what to draw.
        metadata: what the file says about itself.
        grid: guide lines of each page (`kexie_docs.layout.grid.grid_rules`), drawn beneath it; None for none.
        figures: table of the figures, attached as a JSON file; None, or one without figures, for nothing.
        links: areas of pages that lead to other places of the file.

    Raises:
        FontError: KD503, a font file is damaged.
        OutputError: KD690, reportlab was loaded with unsafe settings; KD691, a picture is damaged.
    """
    require_safe_settings()
    file = PdfFile()
    fonts = _embed(layout)
    about = repr((metadata, layout.outline, layout.width, layout.height))
    identity = hashlib.blake2b(about.encode("utf-8"), digest_size=16)
    for embedded, resources in fonts.values():
        embedded.add_to(file, resources)
        identity.update(embedded.digest)
    width, height = (number(side / TWIPS_PER_PT, 2) for side in (layout.width, layout.height))
    names, pictures = _pictures(file, layout)
    for data in names:
        identity.update(data)
    if figures is not None and figures.figures:
        data = write_json(figures)
        identity.update(data)
        attach(file, JSON_NAME, data, _ATTACHMENT, media="application/json", day=metadata.created)
    annotations = link_annotations(file, links, layout)
    identity.update(repr(links).encode("ascii"))
    for index, page in enumerate(layout.pages):
        guides = () if grid is None else grid[index]
        content = page_content(page, layout.width, layout.height, fonts, names, guides)
        identity.update(content)
        own = {names[image.data]: pictures[names[image.data]] for image in page.images}
        file.add_page(width, height, stream(content), own, annotations.get(index, ()))
    add_outline(file, layout.outline, layout.height)
    file.set_info(_information(metadata))
    file.set_in_catalog("Lang", text(metadata.language))
    if metadata.title:
        file.set_in_catalog("ViewerPreferences", dictionary({"DisplayDocTitle": "true"}))
    return file.finish(identity.hexdigest())


def _embed(layout: Layout) -> FontResources:
    """Return every face of the layout in order of first use, subset to what is printed with it."""
    uses: dict[Face, set[tuple[int, str]]] = {}
    for page in layout.pages:
        for line in page.lines if page.page_number is None else (*page.lines, page.page_number):
            for run in line.runs:
                if run.glyphs:
                    uses.setdefault(run.face, set()).update(zip(run.glyphs, run.text, strict=True))
    fonts: dict[Face, tuple[EmbeddedFace, tuple[str, ...]]] = {}
    count = 0
    for face, pairs in uses.items():
        embedded = EmbeddedFace(face, pairs)
        names = tuple(f"F{count + layer + 1}" for layer in range(len(embedded.layers)))
        count += len(names)
        fonts[face] = embedded, names
    return fonts


def _pictures(file: PdfFile, layout: Layout) -> tuple[dict[bytes, str], dict[str, Reference]]:
    """Return the resource names of the pictures by their data, and the objects by name."""
    names: dict[bytes, str] = {}
    for page in layout.pages:
        for image in page.images:
            names.setdefault(image.data, f"I{len(names) + 1}")
    return names, {name: file.refer(image_object(file, data)) for data, name in names.items()}


def _information(metadata: Metadata) -> dict[str, object]:
    entries: dict[str, object] = {"Producer": text(PRODUCER), "Creator": text(PRODUCER)}
    for key, value in (
        ("Title", metadata.title),
        ("Author", metadata.author),
        ("Subject", metadata.subject),
    ):
        if value:
            entries[key] = text(value)
    if metadata.created is not None:
        entries["CreationDate"] = entries["ModDate"] = _date(metadata.created)
    return entries


def _date(day: date) -> str:
    # In UTC, as in the Word file: the day is the same there and in China.
    return f"(D:{day:%Y%m%d}000000Z)"
