"""The judge of Word = PDF: our lines and pages against those of LibreOffice's rendering of our Word file."""

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

from kexie_docs.doctree.nodes import Document
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.document import layout_document
from kexie_docs.style.sheet import FontRole, Style
from kexie_docs.writers.docx.write import write_docx
from tests.support.libreoffice import convert_many

_PIECE = 3
"""Points that glyphs of one line may stand apart in height (fonts of different baselines)."""
_HYPHEN_AT_LINE_END = 2
"""What pdfium says for a hyphen at the end of a line."""


@dataclass(frozen=True)
class Row:
    """One line of a page: page index and text without blanks."""

    page: int
    text: str


@dataclass(frozen=True)
class Difference:
    """A block that the two set differently.

    Attributes:
        block: index of the block.
        ours: our rows of it.
        theirs: LibreOffice's.
        lost: whether LibreOffice printed less than the whole text.
    """

    block: int
    ours: tuple[Row, ...]
    theirs: tuple[Row, ...]
    lost: bool

    def __str__(self) -> str:
        ours, theirs = ([f"{row.page}: {row.text}" for row in rows] for rows in (self.ours, self.theirs))
        here = next((n for n, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), 0)
        shown = slice(here, here + 2)
        return f"block {self.block} line {here}\n  ours   {ours[shown]}\n  theirs {theirs[shown]}"


@dataclass(frozen=True)
class Verdict:
    """What the judge found in one document."""

    lines: int
    pages: tuple[int, int]
    differences: tuple[Difference, ...]

    def __str__(self) -> str:
        shown = "\n".join(str(one) for one in self.differences[:8])
        return f"{len(self.differences)} blocks of {self.lines} lines differ, pages {self.pages}\n{shown}"


def judge(
    documents: Sequence[Document], sheet: Style, fonts: MachineFonts, more: Mapping[str, Path], workdir: Path
) -> list[Verdict]:
    """Return a verdict for each document.

    Args:
        documents: to set in both ways.
        sheet: their style.
        fonts: what our layout uses; LibreOffice gets the first face of each role under its Word name.
        more: further font files for LibreOffice, for characters that those lack.
        workdir: where LibreOffice's profile lives.
    """
    served = {sheet.word_fonts[role]: fonts.first(role).path for role in FontRole}
    files = [write_docx(document, sheet) for document in documents]
    rendered = convert_many(files, "pdf", fonts={**served, **more}, workdir=workdir)
    return [_verdict(document, sheet, fonts, pdf) for document, pdf in zip(documents, rendered, strict=True)]


def _verdict(document: Document, sheet: Style, fonts: MachineFonts, pdf: bytes) -> Verdict:
    layout = layout_document(document, sheet, fonts)
    ours: dict[int, list[Row]] = {}
    for page in layout.pages:
        for line in page.lines:
            if text := _squeezed(line.text):
                ours.setdefault(line.block, []).append(Row(page.number - 1, text))
    foot = (sheet.page.bottom - 40) / 20
    theirs = list(_rows(pdf, foot))
    differences: list[Difference] = []
    blocks = list(ours)
    position = 0
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        rows = ours[block]
        whole = "".join(row.text for row in rows)
        begin = "" if following is None else ours[following][0].text[:8]
        here = position
        while position < len(theirs) and sum(len(row.text) for row in theirs[here:position]) < len(whole):
            text = theirs[position].text
            # After a block that LibreOffice did not print whole, go on where the next one begins.
            if position > here and begin and text.startswith(begin) and text[:8] not in whole:
                break
            position += 1
        found = theirs[here:position]
        if found != rows:
            lost = len("".join(row.text for row in found)) < len(whole)
            differences.append(Difference(block, tuple(rows), tuple(found), lost))
    pages = (len(layout.pages), theirs[-1].page + 1 if theirs else 0)
    return Verdict(sum(len(rows) for rows in ours.values()), pages, tuple(differences))


def _rows(pdf: bytes, foot: float) -> Iterator[Row]:
    """Yield the lines of a PDF above ``foot`` points, top to bottom."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            text_page = page.get_textpage()
            rows: list[tuple[float, list[tuple[float, str]]]] = []
            for x, y, char in sorted(_glyphs(text_page.raw), key=lambda glyph: -glyph[1]):
                if y < foot:
                    continue
                if not rows or rows[-1][0] - y > _PIECE:
                    rows.append((y, []))
                rows[-1][1].append((x, char))
            text_page.close()
            page.close()
            for _, row in rows:
                if text := _squeezed("".join(char for _, char in sorted(row))):
                    yield Row(number, text)
    finally:
        document.close()


def _glyphs(text_page: object) -> Iterator[tuple[float, float, str]]:
    """Yield x and y of the origin, in points, of every printed character."""
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        if pdfium.FPDFText_IsGenerated(text_page, index):
            continue
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        yield x.value, y.value, "-" if code == _HYPHEN_AT_LINE_END else chr(code)


def _squeezed(text: str) -> str:
    return "".join(text.split())
