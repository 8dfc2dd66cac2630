"""The judge of Word = PDF: our lines and pages against those of LibreOffice's rendering of our Word file."""

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import cast

import pypdfium2
import pypdfium2.raw as pdfium

from kexie_docs.doctree.nodes import Document
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.document import layout_document
from kexie_docs.layout.pages import Layout, Page
from kexie_docs.style.sheet import FontRole, Style
from kexie_docs.units import TWIPS_PER_PT
from kexie_docs.writers.docx.sections import ImprintPages
from kexie_docs.writers.docx.write import write_docx
from tests.support.libreoffice import convert_many

_PIECE = 3
"""Points that glyphs of one line may stand apart in height (fonts of different baselines)."""
_LIBREOFFICE_BASELINE = 0.8
"""Where LibreOffice stands the baseline in a line of exact height, whatever the font."""
_SAME = 0.2
"""Points that LibreOffice's export may round away."""
_HYPHEN_AT_LINE_END = 2
"""What pdfium says for a hyphen at the end of a line."""


@dataclass(frozen=True)
class Row:
    """One line of a page: page index, text without blanks, and height above the page's foot in points."""

    page: int
    text: str
    y: float = field(default=0.0, compare=False)


@dataclass(frozen=True)
class Difference:
    """A block that the two set differently.

    Attributes:
        block: index of the block.
        ours: our rows of it.
        theirs: LibreOffice's.
        lost: whether LibreOffice did not print the whole text there, and so printed what follows.
        fault: whether LibreOffice broke its own rules there, as its pages show: it left room at a page's foot
            in which the block's first line fits, or left a block behind that keeps with the next.
    """

    block: int
    ours: tuple[Row, ...]
    theirs: tuple[Row, ...]
    lost: bool
    fault: bool = False

    def __str__(self) -> str:
        ours, theirs = ([f"{row.page}: {row.text}" for row in rows] for rows in (self.ours, self.theirs))
        here = next((n for n, pair in enumerate(zip(ours, theirs, strict=False)) if pair[0] != pair[1]), 0)
        shown = slice(here, here + 2)
        return f"block {self.block} line {here}\n  ours   {ours[shown]}\n  theirs {theirs[shown]}"


@dataclass(frozen=True)
class Verdict:
    """What the judge found in one document.

    Attributes:
        lines: how many it compared.
        pages: of our layout, and LibreOffice's.
        differences: blocks whose lines or pages differ.
        drift: the most that a line stands higher or lower than in LibreOffice, in points.
    """

    lines: int
    pages: tuple[int, int]
    differences: tuple[Difference, ...]
    drift: float

    def __str__(self) -> str:
        shown = "\n".join(str(one) for one in self.differences[:8])
        found = f"{len(self.differences)} blocks of {self.lines} lines differ"
        return f"{found}, pages {self.pages}, drift {self.drift:.2f} pt\n{shown}"


def judge(
    documents: Sequence[Document], sheet: Style, fonts: MachineFonts, more: Mapping[str, Path], workdir: Path
) -> list[Verdict]:
    """Return a verdict for each document.

    Args:
        documents: to set in both ways.
        sheet: their style.
        fonts: what our layout uses; LibreOffice gets the first face of each role, and of each named
            font, under its Word name.
        more: further font files for LibreOffice, for characters that those lack.
        workdir: where LibreOffice's profile lives.
    """
    served = {sheet.word_fonts[role]: fonts.first(role).path for role in FontRole}
    served |= {font.name: fonts.first(font).path for font in sheet.named_fonts}
    layouts = [layout_document(document, sheet, fonts) for document in documents]
    files = [
        write_docx(
            document,
            sheet,
            imprint_pages=cast(ImprintPages | None, layout.to_imprint),
            fits=layout.fits,
        )
        for document, layout in zip(documents, layouts, strict=True)
    ]
    rendered = convert_many(files, "pdf", fonts={**served, **more}, workdir=workdir)
    return [_verdict(layout, sheet, pdf) for layout, pdf in zip(layouts, rendered, strict=True)]


def _verdict(layout: Layout, sheet: Style, pdf: bytes) -> Verdict:
    ours: dict[int, list[Row]] = {}
    for page in layout.pages:
        height = (layout.width if page.turned else layout.height) / TWIPS_PER_PT
        for block, text, y in _our_rows(page):
            ours.setdefault(block, []).append(Row(page.number - 1, text, height - y))
    upright, turned = ((margin - 40) / TWIPS_PER_PT for margin in (sheet.page.bottom, sheet.page.right))
    theirs = list(_rows(pdf, upright, turned))
    shorter = sum(len(row.text) for row in theirs) < sum(
        len(row.text) for rows in ours.values() for row in rows
    )
    drift = 0.0
    differences: list[Difference] = []
    blocks = list(ours)
    position = 0
    rows: list[Row] = []
    for block, following in zip(blocks, [*blocks[1:], None], strict=True):
        last_row, rows = (rows[-1] if rows else None), ours[block]
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
            # The same characters in other lines are a difference in breaking. Other characters are text that
            # LibreOffice lost, but only where it printed less than we did: a loss of ours is a difference.
            lost = shorter and "".join(row.text for row in found) != whole
            above = (last_row, theirs[here - 1]) if last_row and here else None
            below = _leading(ours, blocks[blocks.index(block) + 1 :], layout, sheet, theirs[position:])
            fault = not differences and _fault(layout, sheet, (rows, found), above, below)
            differences.append(Difference(block, tuple(rows), tuple(found), lost, fault))
        else:
            drift = max([drift, *(abs(one.y - other.y) for one, other in zip(rows, found, strict=True))])
    pages = (len(layout.pages), _page_count(pdf))
    return Verdict(sum(len(rows) for rows in ours.values()), pages, tuple(differences), drift)


def _leading(
    ours: Mapping[int, Sequence[Row]],
    blocks: Sequence[int],
    layout: Layout,
    sheet: Style,
    theirs: Sequence[Row],
) -> Row | None:
    """Return LibreOffice's row with which the first of the blocks begins that need not keep with the next."""
    styles = {line.block: sheet.paragraphs[line.style] for page in layout.pages for line in page.lines}
    position = 0
    for block in blocks:
        if not styles[block].keep_with_next:
            break
        whole = sum(len(row.text) for row in ours[block])
        start = position
        while position < len(theirs) and sum(len(row.text) for row in theirs[start:position]) < whole:
            position += 1
    return theirs[position] if position < len(theirs) else None


def _fault(
    layout: Layout,
    sheet: Style,
    pair: tuple[Sequence[Row], Sequence[Row]],
    above: tuple[Row, Row] | None,
    below: Row | None,
) -> bool:
    """Return whether LibreOffice sets a paragraph, in the same lines as we, against its own rules.

    Either it begins a page with a paragraph that is not asked to and has no space above it, although the page
    before ends as with us, in the same line at the same height, and has room for one more; or it leaves a
    paragraph that keeps with the next on the page before that of the next.

    Args:
        layout: ours.
        sheet: its style.
        pair: our rows and LibreOffice's.
        above: the last row of the block above, ours and theirs.
        below: LibreOffice's first row of what both, and headings between, keep with.
    """
    ours, theirs = pair
    if [row.text for row in ours] != [row.text for row in theirs]:
        return False
    page = layout.pages[ours[0].page]
    line = next((line for line in page.lines if _squeezed(line.text) == ours[0].text), None)
    if line is None or page.turned:
        return False
    style = sheet.paragraphs[line.style]
    if theirs[0].page > ours[0].page:
        same = above is not None and above[0] == above[1] and abs(above[0].y - above[1].y) < _SAME
        room = line.top + line.height <= layout.height - sheet.page.bottom
        return (
            same and above is not None and above[1].page == ours[0].page and room and not style.space_before
        )
    return style.keep_with_next and below is not None and below.page > theirs[-1].page


def _our_rows(page: Page) -> Iterator[tuple[int, str, float]]:
    """Yield block, text and y in points of our lines; cells of one height are one line, as in a PDF."""
    for block, lines in groupby(page.lines, key=lambda line: line.block):
        rows: list[tuple[float, list[tuple[float, str]]]] = []
        for line in sorted(lines, key=lambda line: line.top):
            text = _squeezed(line.text)
            # LibreOffice's baseline; Word, and so our layout, has the em boxes in the middle of the line.
            y = (line.top + line.height * _LIBREOFFICE_BASELINE) / TWIPS_PER_PT
            if text and (not rows or y - rows[-1][0] > _PIECE):
                rows.append((y, []))
            if text:
                rows[-1][1].append((line.runs[0].x, text))
        for y, parts in rows:
            yield block, "".join(text for _, text in sorted(parts)), y


def _page_count(pdf: bytes) -> int:
    document = pypdfium2.PdfDocument(pdf)
    try:
        return len(document)
    finally:
        document.close()


def _rows(pdf: bytes, upright_foot: float, turned_foot: float) -> Iterator[Row]:
    """Yield the lines of a PDF above the foot, in points, of its upright or turned pages, top to bottom."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        for number, page in enumerate(document):
            width, height = page.get_size()
            foot = turned_foot if width > height else upright_foot
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
            for y, row in rows:
                if text := _squeezed("".join(char for _, char in sorted(row))):
                    yield Row(number, text, y)
    finally:
        document.close()


def _glyphs(text_page: object) -> Iterator[tuple[float, float, str]]:
    """Yield x and y of the origin, in points, of every printed character."""
    x, y = ctypes.c_double(), ctypes.c_double()
    high = 0
    for index in range(pdfium.FPDFText_CountChars(text_page)):
        # What stands across a turned page is its page number.
        if pdfium.FPDFText_IsGenerated(text_page, index) or pdfium.FPDFText_GetCharAngle(text_page, index):
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
