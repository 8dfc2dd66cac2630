"""The two real documents come out whole: every paragraph, in order, character for character."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pdfplumber
import pytest
from openxml_audit import OpenXmlValidator

from tests.pdf import ink
from tests.support import reading
from tests.support.libreoffice import convert
from tests.support.tools import require, require_fandol

SEEDS = Path(__file__).parents[1] / "data" / "seeds"
EXAMPLES = {"zhangye-2025": "zhangye-2025.txt", "qingyang-2024": "qingyang-2024.txt"}

PDF_READERS = {
    "pdfplumber": reading.in_pdfplumber,
    "pdftotext": reading.in_pdftotext,
    "pdfium": reading.in_pdfium,
}


def assert_paragraphs_in_order(seed: str, text: str) -> None:
    found = reading.folded(reading.without_page_numbers(text))
    at = 0
    for paragraph in (reading.folded(line) for line in seed.splitlines()):
        index = found.find(paragraph, at)
        assert index >= 0, f"missing or out of order: {paragraph[:40]}"
        at = index + len(paragraph)


@pytest.mark.parametrize("example", EXAMPLES)
@pytest.mark.parametrize("reader", PDF_READERS)
def test_pdf_holds_the_seed(outputs: Path, example: str, reader: str) -> None:
    read: Callable[[Path], str] = PDF_READERS[reader]
    seed = (SEEDS / EXAMPLES[example]).read_text(encoding="utf-8")
    assert_paragraphs_in_order(seed, read(outputs / f"{example}.pdf"))


@pytest.mark.parametrize("example", EXAMPLES)
def test_word_file_holds_the_seed(outputs: Path, example: str) -> None:
    seed = (SEEDS / EXAMPLES[example]).read_text(encoding="utf-8")
    assert_paragraphs_in_order(seed, reading.in_python_docx(outputs / f"{example}.docx"))


@pytest.mark.parametrize("example", EXAMPLES)
def test_libreoffice_reads_the_seed_in_the_word_file(outputs: Path, example: str, tmp_path: Path) -> None:
    require("soffice")
    seed = (SEEDS / EXAMPLES[example]).read_text(encoding="utf-8")
    fonts = {"仿宋_GB2312": require_fandol() / "FandolFang-Regular.otf"}
    docx = (outputs / f"{example}.docx").read_bytes()
    text = convert(docx, "txt", fonts=fonts, workdir=tmp_path).decode("utf-8-sig")
    assert_paragraphs_in_order(seed, text)


def test_the_comparison_can_fail() -> None:
    with pytest.raises(AssertionError, match="missing or out of order"):
        assert_paragraphs_in_order("第一段\n第二段", "第二段\n第一段")
    with pytest.raises(AssertionError, match="missing or out of order"):
        assert_paragraphs_in_order("18个项目", "13个项目")


@pytest.mark.parametrize("example", EXAMPLES)
def test_word_file_is_valid(outputs: Path, example: str) -> None:
    """By a published validator; that it sees a planted error is shown in tests/docx."""
    assert [str(error) for error in OpenXmlValidator().validate(outputs / f"{example}.docx").errors] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_ink_lies_where_the_extraction_says(outputs: Path, example: str) -> None:
    """50 sampled characters a page: the visible glyphs are the text."""
    data = (outputs / f"{example}.pdf").read_bytes()
    with pdfplumber.open(outputs / f"{example}.pdf") as document:
        pages = len(document.pages)
    assert [fault for page in range(pages) for fault in ink.faults(data, page)] == []


@pytest.mark.parametrize("example", EXAMPLES)
def test_a_machine_without_installed_fonts_prints_the_seed(example: str, tmp_path: Path) -> None:
    """The font package from PyPI is a plain dependency."""
    source = SEEDS.parents[2] / "inputs" / f"{example}.yaml"
    subprocess.run(
        [sys.executable, "-m", "kexie_docs", "build", str(source), "-f", "pdf", "-o", str(tmp_path)],
        env={**os.environ, "KEXIE_DOCS_HOME": str(tmp_path / "empty")}, check=True, capture_output=True,
    )  # fmt: skip
    seed = (SEEDS / EXAMPLES[example]).read_text(encoding="utf-8")
    assert_paragraphs_in_order(seed, reading.in_pdfplumber(tmp_path / f"{example}.pdf"))
