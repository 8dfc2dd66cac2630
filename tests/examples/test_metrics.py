"""Every figure is a reference: one metric changed in the input changes both outputs, and only there."""

import io
import os
import re
from itertools import combinations
from pathlib import Path

import docx
import pdfplumber
import pytest

from kexie_docs.doctree.walk import figures
from kexie_docs.pipeline import Composition, Workshop, load

INPUTS = Path(__file__).parents[2] / "inputs"
WORKSHOP = Workshop(INPUTS.parent, os.environ)

WORDS = {
    "首个": "首家",
    "全省首家": "全国首家",
    "历年新高": "历史新高",
    "近万名": "近千名",
    "第十届": "第十一届",
}
"""Figures without a numeral that could be raised by one."""

NUMERALS = "123456789一二三四五六七八九"


def raised(surface: str) -> str:
    """Return another figure of the same form: its first numeral made one more (nine becomes one)."""
    if surface in WORDS:
        return WORDS[surface]
    numeral = next(char for char in surface if char in NUMERALS)
    start = NUMERALS.index(numeral) // 9 * 9
    return surface.replace(numeral, NUMERALS[start + (NUMERALS.index(numeral) - start + 1) % 9], 1)


def metric_lines(path: Path) -> list[tuple[int, str, str]]:
    """Return line index, name and written figure of every metric of an input."""
    lines = path.read_text(encoding="utf-8").splitlines()
    result = []
    for name in load(path).report.all_metrics():
        ((index, surface),) = [
            (index, match[1])
            for index, line in enumerate(lines)
            if (match := re.fullmatch(rf"\s*{re.escape(name)}: (\S+)(?:\s+#.*)?", line))
        ]
        result.append((index, name, surface))
    return result


CASES = [
    pytest.param(path, *row, id=f"{path.stem}-{row[1]}")
    for path in (INPUTS / "zhangye-2025.yaml", INPUTS / "qingyang-2024.yaml")
    for row in metric_lines(path)
]


@pytest.mark.parametrize(("path", "index", "name", "surface"), CASES)
def test_changed_metric_changes_its_places_and_nothing_else(
    path: Path, index: int, name: str, surface: str, tmp_path: Path
) -> None:
    changed = raised(surface)
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[index] = lines[index].replace(surface, changed)
    edited = tmp_path / path.name
    edited.write_text("\n".join(lines) + "\n", encoding="utf-8")
    before, after = (WORKSHOP.compose(load(file)) for file in (path, edited))
    places = sum(figure.metric == name for figure in figures(before.document))
    assert places >= 1
    assert_replaced(word_text(before), word_text(after), surface, changed, places)
    assert_replaced(pdf_text(before), pdf_text(after), surface, changed, places)


def assert_replaced(old: str, new: str, surface: str, changed: str, places: int) -> None:
    """Assert that ``places`` of the figure's occurrences were replaced, and nothing else differs."""
    positions = [match.start() for match in re.finditer(re.escape(surface), old)]
    candidates = []
    for chosen in combinations(positions, places):
        text, shift = old, 0
        for position in chosen:
            text = text[: position + shift] + changed + text[position + shift + len(surface) :]
            shift += len(changed) - len(surface)
        candidates.append(text)
    assert new in candidates


def test_the_comparison_can_fail() -> None:
    with pytest.raises(AssertionError):
        assert_replaced("共18个，计3项", "共19个，计4项", "18个", "19个", 1)


def word_text(composition: Composition) -> str:
    data = WORKSHOP.render(composition, "docx")
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(data)).paragraphs)


def pdf_text(composition: Composition) -> str:
    with pdfplumber.open(io.BytesIO(WORKSHOP.render(composition, "pdf"))) as document:
        text = "\n".join(page.extract_text() or "" for page in document.pages)
    return re.sub(r"\s", "", re.sub(r"^— \d+ —$", "", text, flags=re.M))
