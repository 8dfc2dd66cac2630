"""Lines set closer or wider above a signature (GB/T 9704 7.3.5.5) are no fault; anywhere else they are."""

import io
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_LINE_SPACING
from docx.shared import Pt

from kexie_docs.inspection.inspect import Inspection, inspect_file
from kexie_docs.pipeline import Workshop, load

LONG = "县科协服务科技工作者、服务创新驱动发展，" * 12


@pytest.fixture
def word(tmp_path: Path) -> bytes:
    path = tmp_path / "in.yaml"
    path.write_text(
        "单位: {全称: 云溪县科学技术协会, 简称: 云溪县科协}\n年度: 2025\n"
        f"开篇: |\n  {LONG}{LONG}。\n\n  {LONG}好。\n结语: {LONG}完。\n"
        "落款: {署名: 云溪县科学技术协会, 成文日期: 2025-12-31}\n",
        encoding="utf-8",
    )
    workshop = Workshop(tmp_path, {})
    return workshop.render(workshop.compose(load(path)), "docx")


def with_pitch(word: bytes, ending: str, pitch: float, folder: Path) -> Inspection:
    """Inspect the file with the lines of the paragraph that has this ending set so high, in points."""
    document = docx.Document(io.BytesIO(word))
    (one,) = [each for each in document.paragraphs if each.text.endswith(ending)]
    one.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    one.paragraph_format.line_spacing = Pt(pitch)
    document.save(str(folder / "changed.docx"))
    return inspect_file(folder / "changed.docx")


def codes(found: Inspection) -> set[str]:
    return {one.code for one in found.findings if one.code in ("KC503", "KC505")}


@pytest.mark.parametrize("pitch", [26.0, 28.5, 31.5])
def test_above_the_signature_the_pitch_may_be_adjusted(word: bytes, pitch: float, tmp_path: Path) -> None:
    assert codes(with_pitch(word, "完。", pitch, tmp_path)) == set()


@pytest.mark.parametrize(("ending", "pitch"), [("完。", 22.0), ("完。", 36.0), ("好。", 26.0)])
def test_not_by_more_and_nowhere_else(word: bytes, ending: str, pitch: float, tmp_path: Path) -> None:
    assert codes(with_pitch(word, ending, pitch, tmp_path)) == {"KC505"}
