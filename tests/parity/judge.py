"""The judge of Word = PDF: our lines and pages against those of LibreOffice's rendering of our Word file."""

import ctypes
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
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
DRIFT = 0.2
"""Points that a line may stand higher or lower than in LibreOffice, which exports tenths of a point."""
_GUESSES = (1_000_000, 11, 3)
"""Paragraphs a page: with the first, LibreOffice need not guess where pages begin."""
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
        early: whether it is the first and LibreOffice ends a page before a paragraph of which a line fits:
            it flowed back from a page made beforehand, where two must fit (docs/notes/elements.md).
    """

    block: int
    ours: tuple[Row, ...]
    theirs: tuple[Row, ...]
    lost: bool
    early: bool = False

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
        guessed: whether they differ only by LibreOffice's guess where pages begin (docs/notes/elements.md):
            with another guess, or none, it sets exactly our lines and pages.
    """

    lines: int
    pages: tuple[int, int]
    differences: tuple[Difference, ...]
    drift: float
    guessed: bool = False

    @property
    def agrees(self) -> bool:
        """Whether every line, page and height is the same."""
        return not self.differences and self.pages[0] == self.pages[1] and self.drift < DRIFT

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
    seen = {**served, **more}
    rendered = convert_many(files, "pdf", fonts=seen, workdir=workdir)
    verdicts = [_verdict(layout, sheet, pdf) for layout, pdf in zip(layouts, rendered, strict=True)]
    doubtful = [number for number, verdict in enumerate(verdicts) if not verdict.agrees]
    if doubtful:
        saved = convert_many([files[number] for number in doubtful], "odt", fonts=seen, workdir=workdir)
        other = [_with_guess(file, paragraphs) for file in saved for paragraphs in _GUESSES]
        again = iter(convert_many(other, "pdf", fonts=seen, workdir=workdir))
        for number in doubtful:
            found = [_verdict(layouts[number], sheet, next(again)).agrees for _ in _GUESSES]
            verdicts[number] = replace(verdicts[number], guessed=any(found))
    return verdicts


def _with_guess(odt: bytes, paragraphs: int) -> bytes:
    """Return a document that LibreOffice saved, with statistics of so many paragraphs a page.

    It begins a page every so many paragraphs before it sets the first line, by the counts that its own format
    holds; of a Word file it does not read them, and takes 20 to 53.
    """
    # Of ten pages or fewer it does not trust them.
    pages = 11
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(odt)) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "meta.xml":
                for name, count in (("page", pages), ("paragraph", pages * paragraphs)):
                    data, found = re.subn(
                        rf'{name}-count="\d+"'.encode(), f'{name}-count="{count}"'.encode(), data
                    )
                    assert found == 1, "no statistics in the file"
            new.writestr(item, data)
    return stream.getvalue()


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
            # The same characters in other lines are a difference in breaking. Other characters are text that
            # LibreOffice lost, but only where it printed less than we did: a loss of ours is a difference.
            lost = shorter and "".join(row.text for row in found) != whole
            early = not differences and _moved_on_with_one_line(rows, found)
            differences.append(Difference(block, tuple(rows), tuple(found), lost, early))
        else:
            drift = max([drift, *(abs(one.y - other.y) for one, other in zip(rows, found, strict=True))])
    if theirs[position:] and not differences:
        differences.append(Difference(blocks[-1], (), tuple(theirs[position:]), lost=False))
    pages = (len(layout.pages), _page_count(pdf))
    return Verdict(sum(len(rows) for rows in ours.values()), pages, tuple(differences), drift)


def _moved_on_with_one_line(ours: Sequence[Row], theirs: Sequence[Row]) -> bool:
    """Return whether both set the same lines, and we the first of them on the page before LibreOffice's."""
    same = len(ours) > 1 and [row.text for row in ours] == [row.text for row in theirs]
    return same and ours[0].page + 1 == ours[1].page == theirs[0].page


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
