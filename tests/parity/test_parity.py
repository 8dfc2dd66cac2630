"""Word = PDF: every line and page of our layout is that of LibreOffice's rendering of our Word file."""

import io
import os
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kexie_docs import pipeline
from kexie_docs.doctree.nodes import Document, Figure, Paragraph, Table, TableCell, Text
from kexie_docs.doctree.numbering import with_numbered_figures
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.document import layout_document
from kexie_docs.style.load import STYLES, load_style
from tests.parity.corpus import paragraphs
from tests.parity.documents import addresses, filled, high_rows, random_document, table_at_the_foot
from tests.parity.judge import DRIFT, Verdict, judge
from tests.parity.signed import signed_at_a_foot
from tests.support.tools import require

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "tests" / "data" / "seeds"

COLUMNS = 28
TEXTS = 30
"""Texts of one document, each at every column."""
PUSHED = 1256748
"""Seed of documents in one of which LibreOffice 7.4 would push the signature on with the imprint."""
GUESSED = 710026
"""Seed of a document in which LibreOffice 7.4 ends a page early because it guessed where pages begin."""


@pytest.fixture(scope="module", autouse=True)
def libreoffice() -> str:
    return require("soffice")


def _seed_documents() -> list[Document]:
    """The two seed texts as plain paragraphs, with full-width punctuation."""
    texts = [
        (SEEDS / name).read_text(encoding="utf-8").translate(str.maketrans(",:;!()", "，：；！（）"))
        for name in ("zhangye-2025.txt", "qingyang-2024.txt")
    ]
    return [
        Document(blocks=tuple(Paragraph(inlines=(Text(line),)) for line in text.splitlines() if line.strip()))
        for text in texts
    ]


@pytest.mark.parametrize("fonts", ["fandol", "packaged"])
def test_every_line_of_the_seed_texts_is_as_in_libreoffice(
    fonts: str, more_fonts: dict[str, Path], workdir: Path, request: pytest.FixtureRequest
) -> None:
    """With open fonts, and with those that every machine has."""
    found: MachineFonts = request.getfixturevalue(fonts)
    for verdict in judge(_seed_documents(), load_style(), found, more_fonts, workdir):
        assert verdict.lines > 70
        assert not verdict.differences, str(verdict)


INPUTS = sorted(path.name for path in (ROOT / "inputs").glob("*.yaml"))


@pytest.mark.parametrize("base", STYLES)
def test_every_line_and_page_of_the_inputs_is_as_in_libreoffice(
    base: str, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """The whole way: titles, headings, figures, phrases in another typeface, contact lines, letterheads."""
    workshop = pipeline.Workshop(ROOT, os.environ)
    assert {"zhangye-2025.yaml", "qingyang-2024.yaml"} <= set(INPUTS)
    for name in INPUTS:
        loaded = pipeline.load(ROOT / "inputs" / name)
        document = workshop.compose(loaded).document
        sheet = workshop.template(loaded.report.template).load_style(base=base)
        (verdict,) = judge([document], sheet, fandol, more_fonts, workdir)
        assert verdict.pages[0] == verdict.pages[1] >= (3 if "minutes" in name else 4), name
        assert not verdict.differences, f"{name}: {verdict}"
        assert verdict.drift < DRIFT, f"{name}: {verdict}"


@pytest.mark.parametrize(("base", "count"), [("office", 300), ("strict", 40)])
def test_every_line_of_random_text_is_as_in_libreoffice(
    base: str, count: int, seed: int, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """Numbers, units, addresses, nested quotes, runs without a break, each text at every starting column."""
    texts = paragraphs(seed, count)
    documents = [
        Document(
            blocks=tuple(
                Paragraph(inlines=(Text("字" * column + text),))
                for text in texts[start : start + TEXTS]
                for column in range(COLUMNS)
            )
        )
        for start in range(0, count, TEXTS)
    ]
    verdicts = judge(documents, load_style(base=base), fandol, more_fonts, workdir)
    for verdict in verdicts:
        assert not verdict.differences, str(verdict)
        assert verdict.pages[0] == verdict.pages[1]
    assert sum(verdict.lines for verdict in verdicts) > 4 * COLUMNS * count


def test_every_page_of_random_documents_is_as_in_libreoffice(
    seed: int, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """Headings at the foot of a page, signatures, spans, figures: everything that moves a line."""
    documents = [random_document(seed + number) for number in range(6)]
    _agree(judge(documents, load_style(), fandol, more_fonts, workdir))


@pytest.mark.parametrize("base", STYLES)
def test_every_element_of_random_official_documents_is_as_in_libreoffice(
    base: str, seed: int, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """Letterheads, tables on upright and turned pages, attachments, page breaks, imprints."""
    documents = [random_document(seed + number, official=True) for number in range(6)]
    _agree(judge(documents, load_style(base=base), fandol, more_fonts, workdir))


def _agree(verdicts: Sequence[Verdict]) -> None:
    """Assert that the two agree in every line, page and height of each document.

    Left out are those with pages that LibreOffice made before it knew how many it needs
    (docs/notes/elements.md); they may not be many.
    """
    whole = [one for one in verdicts if not (one.guessed or any(each.early for each in one.differences))]
    for verdict in whole:
        assert verdict.agrees, str(verdict)
    assert len(whole) * 2 >= len(verdicts)


@pytest.mark.parametrize("base", STYLES)
def test_rows_higher_than_a_page_go_on_as_in_libreoffice(
    base: str, seed: int, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    documents = [high_rows(seed + number) for number in range(6)]
    for verdict in judge(documents, load_style(base=base), fandol, more_fonts, workdir):
        assert not verdict.differences, str(verdict)
        assert verdict.pages[0] == verdict.pages[1] > 1
        assert verdict.drift < DRIFT, str(verdict)


@pytest.mark.parametrize("header", [1, 2])
def test_a_header_whose_rule_lies_below_the_foot_moves_on_with_its_rows(
    header: int, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """LibreOffice would lose the rows of a table that stands there (docs/notes/elements.md)."""
    documents = [table_at_the_foot(room, header) for room in range(-2, 14, 2)]
    verdicts = judge(documents, load_style(), fandol, more_fonts, workdir)
    for verdict in verdicts:
        assert verdict.agrees, str(verdict)
        assert verdict.pages == (2, 2)


@pytest.mark.parametrize("captioned", [False, True])
@pytest.mark.parametrize("header", [0, 1])
def test_a_first_row_whose_rule_lies_below_the_foot_moves_on_with_its_table(
    header: int, captioned: bool, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """LibreOffice would print it over the foot and lose the rows behind it (docs/notes/elements.md)."""
    places = (-2, 0, 1, 2, 5, 9, 10, 11, 12)
    documents = [table_at_the_foot(beyond, header, rows=1, captioned=captioned) for beyond in places]
    verdicts = judge(documents, load_style(), fandol, more_fonts, workdir)
    for verdict in verdicts:
        assert verdict.agrees, str(verdict)
        assert verdict.pages == (2, 2)


def test_a_word_file_alone_has_what_its_tables_need() -> None:
    """Without a PDF beside it, too; a document without tables waits for no layout."""
    workshop = pipeline.Workshop(ROOT, os.environ)
    plain = workshop.compose(pipeline.load(ROOT / "inputs" / "zhangye-2025.yaml"))
    spaces = []
    for beyond in (0, 5):
        composition = replace(plain, document=table_at_the_foot(beyond, 1, rows=1))
        assert pipeline.needs_layout(composition)
        with zipfile.ZipFile(io.BytesIO(workshop.render(composition, "docx"))) as file:
            spaces.append(file.read("word/document.xml").count(b'w:after="10"'))
    assert spaces == [0, 1]
    assert not pipeline.needs_layout(plain)


@pytest.mark.parametrize("fonts", ["fandol", "packaged"])
def test_what_follows_a_fill_stands_as_in_libreoffice(
    fonts: str, seed: int, more_fonts: dict[str, Path], workdir: Path, request: pytest.FixtureRequest
) -> None:
    """Signatories beside document numbers, dates beside names: with room, with hardly any, or with none."""
    found: MachineFonts = request.getfixturevalue(fonts)
    documents = [filled(seed + number) for number in range(3)]
    for verdict in judge(documents, load_style(), found, more_fonts, workdir):
        assert verdict.agrees, str(verdict)


@pytest.mark.parametrize("landscape", [False, True])
def test_a_table_that_begins_with_a_figure_stands_as_in_libreoffice(
    landscape: bool, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """At the start of a section, where the Word file needs a paragraph before it."""
    cells = (TableCell(inlines=(Figure("12", "指标", "指标"),)), TableCell(inlines=(Text("个"),)))
    made = Table(
        columns=("start", "end"), widths=(1.0, 1.0), header=(), rows=(cells,) * 40, landscape=landscape
    )
    blocks = with_numbered_figures((made, Paragraph(inlines=(Text("后文"),))))
    (verdict,) = judge([Document(blocks=tuple(blocks))], load_style(), fandol, more_fonts, workdir)
    assert verdict.agrees, str(verdict)


def test_a_page_that_libreoffice_guessed_is_told_from_one_that_is_wrong(
    fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the judge excuses it proves: LibreOffice agrees as soon as it need not guess."""
    document = random_document(GUESSED, official=True)
    (verdict,) = judge([document], load_style(), fandol, more_fonts, workdir)
    assert verdict.differences
    assert verdict.guessed
    for blocks in (document.blocks[10:], document.blocks[:-1]):
        ours = layout_document(replace(document, blocks=blocks), load_style(), fandol)
        monkeypatch.setattr("tests.parity.judge.layout_document", lambda *_, ours=ours: ours)
        (verdict,) = judge([document], load_style(), fandol, more_fonts, workdir)
        assert not verdict.agrees
        assert not verdict.guessed


@pytest.mark.parametrize("kind", ["figure", "figure before", "span"])
def test_an_address_at_a_line_start_breaks_as_in_libreoffice(
    kind: str, seed: int, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """Behind a Han character at a line's end, with a portion's end inside."""
    document = addresses(seed, kind)
    (verdict,) = judge([document], load_style(), fandol, more_fonts, workdir)
    assert not verdict.differences, str(verdict)


@pytest.mark.parametrize("base", STYLES)
def test_the_end_of_the_text_above_a_signature_is_as_in_libreoffice(
    base: str, seed: int, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """Paragraphs kept whole, set closer or wider, for signatures that would begin a page (7.3.5)."""
    sheet = load_style(base=base)
    documents = [
        document for each in (seed, PUSHED) for document in signed_at_a_foot(each, sheet, fandol, 24)
    ]
    for document, verdict in zip(
        documents, judge(documents, sheet, fandol, more_fonts, workdir), strict=True
    ):
        assert not verdict.differences, f"{document.blocks[-3:]} {verdict}"
        assert verdict.pages[0] == verdict.pages[1]
        assert verdict.drift < DRIFT, str(verdict)
