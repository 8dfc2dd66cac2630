"""What LibreOffice makes of the bookmarks: the same lines, and all of them kept when it saves."""

import io
from pathlib import Path
from typing import cast

import pdfplumber
import pytest

from kexie_docs.doctree.nodes import (
    Block,
    Document,
    Figure,
    Heading,
    Imprint,
    Paragraph,
    Span,
    Table,
    TableCell,
    Text,
    Title,
)
from kexie_docs.doctree.numbering import with_numbered_figures
from kexie_docs.doctree.walk import figures
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.document import layout_document
from kexie_docs.provenance.forms import parse_xml
from kexie_docs.style.load import STYLES, load_style
from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.sections import ImprintPages
from kexie_docs.writers.docx.write import write_docx
from tests.parity.documents import random_document
from tests.parity.judge import judge
from tests.provenance.conftest import Made
from tests.provenance.dense import with_figures
from tests.provenance.test_figures_in_the_files import ITEM, bookmarked
from tests.support.libreoffice import convert_many
from tests.support.tools import require
from tests.support.word_file import parts


@pytest.fixture(scope="module", autouse=True)
def libreoffice() -> str:
    return require("soffice")


def test_saved_by_libreoffice_every_bookmark_still_encloses_its_figure(
    made: list[Made], served: dict[str, Path], workdir: Path
) -> None:
    saved = convert_many([one.word for one in made], "docx", fonts=served, workdir=workdir)
    for one, docx in zip(made, saved, strict=True):
        table = parse_xml(parts(docx)[ITEM])
        assert table == parse_xml(parts(one.word)[ITEM]), one.name
        assert bookmarked(docx) == {record.bookmark: record.text for record in table.figures}, one.name


FIGURE = Figure("甲乙丙", "m", "m")


def _sections() -> list[Document]:
    """Figures at both ends of what ends a section: before turned tables, before an imprint's blank page."""
    text = Paragraph(inlines=(FIGURE, Text("中"), FIGURE, FIGURE))
    rows = tuple((TableCell(inlines=(Text("前"), FIGURE)),) * 2 for _ in range(2))
    header = ((TableCell(inlines=(FIGURE,)), TableCell(inlines=(Text("项"),))),)
    wide = Table(columns=("start", "end"), widths=(1.0, 2.0), header=header, rows=rows, landscape=True)
    plain = Table(columns=("start", "end"), widths=(1.0, 2.0), header=(), rows=rows[:1] + header)
    first = Table(columns=("start", "end"), widths=(1.0, 2.0), header=(), rows=header)
    heading = Heading(level=1, number="一、", inlines=(Span((FIGURE,), "emphasis"), Text("中"), FIGURE))
    title = Title(inlines=(Text("长" * 20), Figure("甲乙丙丁戊己庚辛" * 2, "m", "m"), Text("尾" * 9)))
    imprint = Imprint(
        paragraphs=(
            Paragraph(inlines=(), style="imprint_first"),
            Paragraph(inlines=(Text("抄送："), FIGURE, Text("。")), style="imprint_cc"),
            Paragraph(inlines=(), style="imprint_last"),
        ),
        even_page=True,
    )
    blocks: list[tuple[Block, ...]] = [
        (title, text, wide),
        (text, heading, wide, text),
        (wide, text, wide, wide, text),
        (text, imprint),
        (title, text, wide, text, imprint),
        (plain, text),
        (first, text, wide, first, text),
    ]
    return [Document(blocks=tuple(with_numbered_figures(one))) for one in blocks]


@pytest.mark.parametrize("base", STYLES)
def test_a_figure_keeps_its_bookmark_wherever_a_section_ends(
    base: str, fandol: MachineFonts, served: dict[str, Path], workdir: Path
) -> None:
    """LibreOffice ends bookmarks too early in the paragraph that carries a section's properties."""
    sheet = load_style(base=base)
    documents = _sections()
    files = [_word(document, sheet, fandol) for document in documents]
    for document, docx in zip(
        documents, convert_many(files, "docx", fonts=served, workdir=workdir), strict=True
    ):
        assert list(bookmarked(docx).values()) == [figure.text for figure in figures(document)]
    for verdict in judge(documents, sheet, fandol, served, workdir):
        assert not verdict.differences, str(verdict)
        assert verdict.pages[0] == verdict.pages[1]


def _word(document: Document, sheet: Style, fonts: MachineFonts) -> bytes:
    layout = layout_document(document, sheet, fonts)
    pages = cast(ImprintPages | None, layout.to_imprint)
    return write_docx(document, sheet, imprint_pages=pages, fits=layout.fits)


@pytest.mark.parametrize("base", STYLES)
def test_lines_full_of_figures_break_as_in_libreoffice(
    base: str, seed: int, fandol: MachineFonts, served: dict[str, Path], workdir: Path
) -> None:
    """Half of the text in figures: at a paragraph's ends, side by side, in headings, titles and tables.

    In half of the documents they begin and end inside numbers and words too. Every line and page is the same,
    if need be when LibreOffice does not guess where pages begin (docs/notes/elements.md).
    """
    documents = [
        with_figures(
            random_document(seed + number, official=number % 2 == 1), seed + number, 0.4, anywhere=number > 2
        )
        for number in range(8)
    ]
    verdicts = judge(documents, load_style(base=base), fandol, served, workdir)
    assert sum(verdict.lines for verdict in verdicts) > 1000
    for verdict in verdicts:
        early = any(one.early for one in verdict.differences)
        assert verdict.agrees or verdict.guessed or early, str(verdict)


def test_a_figure_without_number_has_no_bookmark_and_moves_nothing(
    fandol: MachineFonts, style_office: Style
) -> None:
    """Three bookmarks in a full line push its last character out; figures without number do not."""
    inlines = tuple(Figure("字", "m", "m") if index < 6 else Text("字") for index in range(56))
    plain = Document(blocks=(Paragraph(inlines=inlines),))
    numbered = Document(blocks=tuple(with_numbered_figures(plain.blocks)))
    without, with_them = (
        [line.text for line in layout_document(one, style_office, fandol).pages[0].lines]
        for one in (plain, numbered)
    )
    assert len(without[0]) == 26
    assert len(with_them[0]) == 25
    assert bookmarked(write_docx(plain, style_office)) == {}
    assert len(bookmarked(write_docx(numbered, style_office))) == 6


@pytest.fixture(scope="module")
def style_office() -> Style:
    return load_style()


def test_the_checking_copy_of_every_input_has_the_lines_of_the_document_in_word(
    made: list[Made], served: dict[str, Path], workdir: Path, proofs: list[bytes]
) -> None:
    both = [file for one, proof in zip(made, proofs, strict=True) for file in (one.word, proof)]
    rendered = convert_many(both, "pdf", fonts=served, workdir=workdir)
    for one, plain, proof in zip(made, rendered[::2], rendered[1::2], strict=True):
        lines = _lines(plain)
        assert lines == _lines(proof)[: len(lines)], one.name
        assert len(_lines(proof)) > len(lines)


def _lines(pdf: bytes) -> list[list[str]]:
    """The lines of each page as pdfplumber reads them, without blanks, page numbers left out."""
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        pages = [[line["text"] for line in page.extract_text_lines()] for page in document.pages]
    return [["".join(text.split()) for text in page if not text.startswith("—")] for page in pages]
