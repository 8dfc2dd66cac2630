"""Every example of docs/forms.md prints what the guide says."""

import io
import re
from pathlib import Path

import docx
import pytest

from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.forms.pdf import fill_pdf
from kexie_docs.forms.word import fill_word
from kexie_docs.pipeline import load
from tests.forms.making import pdf_values
from tests.forms.test_pdf_forms import one_field

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "forms.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "inputs" / "zhangye-2025.yaml"


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in re.split(r"(?<!\|)\|(?!\|)", line.strip()[1:-1])]


@pytest.mark.parametrize("block", re.findall(r"^```form\n(.*?)^```", GUIDE, flags=re.MULTILINE | re.DOTALL))
def test_tags_of_the_guide_print_what_it_says(block: str, tmp_path: Path) -> None:
    lines = block.splitlines()
    tags = [line for line in lines if not line.startswith("=> ")]
    expected = [line[3:] for line in lines if line.startswith("=> ")]
    document = docx.Document()
    rows = [cells(line) for line in tags if line.startswith("|")]
    for line in tags:
        if not line.startswith("|"):
            document.add_paragraph(line)
    if rows:
        table = document.add_table(rows=len(rows), cols=len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
    document.save(str(tmp_path / "form.docx"))
    filled = docx.Document(io.BytesIO(fill_word(tmp_path / "form.docx", load(EXAMPLE))))
    found = [paragraph.text for paragraph in filled.paragraphs if paragraph.text]
    found += [
        "| " + " | ".join(cell.text for cell in row.cells) + " |"
        for printed in filled.tables
        for row in printed.rows
    ]
    assert found == expected


@pytest.mark.parametrize(
    ("name", "value"),
    re.findall(r"^(\S+) => (.*)$", re.search(r"```field\n(.*?)```", GUIDE, re.DOTALL)[1], re.M),  # type: ignore[index]
)
def test_field_names_of_the_guide_are_filled_as_it_says(
    name: str, value: str, tmp_path: Path, fandol: MachineFonts
) -> None:
    form = one_field(tmp_path / "form.pdf", name=name, width=400)
    assert pdf_values(fill_pdf(form, load(EXAMPLE), fandol).data)[name] == value
