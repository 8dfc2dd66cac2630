"""PDFs compared with their input: lines are gathered into paragraphs, page numbers and breaks say nothing."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kexie_docs.pipeline import load
from kexie_docs.revisions.pdf_file import read_pdf
from kexie_docs.revisions.pulling import compare_input
from tests.verify.copies import ALL, WORKSHOP, Told, desk, finished
from tests.verify.test_figures_of_real_files import another_number, retyped

ADDED = "  新增加的一段文字，说明今年工作的新进展和新成效。\n"


def told(pdf: Path, path: Path) -> list[tuple[Told, int | None]]:
    found = compare_input(load(path), WORKSHOP.compose_traced, read_pdf(pdf), str(pdf))
    return [
        ((one.kind.value, change.old, change.new), one.page)
        for one in found
        for change in (one.changes or (one,))
    ]


def printed(path: Path, pdf: Path) -> None:
    pdf.write_bytes(WORKSHOP.render(WORKSHOP.compose(load(path)), "pdf"))


@pytest.mark.parametrize("name", ALL)
def test_untouched_pdf_has_no_differences(name: str, tmp_path: Path) -> None:
    here = desk(tmp_path, name)
    printed(here.input, tmp_path / "printed.pdf")
    assert told(tmp_path / "printed.pdf", here.input) == []


CHANGES: dict[str, tuple[Callable[[str], str], list[tuple[Told, int | None]]]] = {
    "figure": (
        lambda text: text.replace("300余场", "310余场"),
        [(("figure-changed", "300余场", "310余场"), 1)],
    ),
    "words": (
        lambda text: text.replace("创新为翼，赋能发展", "创新为翼，推动发展"),
        [(("text-changed", "赋能", "推动"), 2)],
    ),
    "heading": (
        lambda text: text.replace("铸魂固本，", "铸魂强基，"),
        [(("text-changed", "固本", "强基"), 1)],
    ),
    "sentence at the end of a paragraph": (
        lambda text: text.replace("齐飞”的奋进强音。", "齐飞”的奋进强音。又上新台阶。"),
        [(("text-changed", "", "又上新台阶。"), 1)],
    ),
    "paragraph": (
        lambda text: text.replace("\n# 行动：", f"{ADDED}\n# 行动："),
        [(("paragraph-added", "", ADDED.strip()), 1)],
    ),
    "typed figure": (
        lambda text: text.replace("心有信仰，行有力量。", "心有信仰，行有力量，举办宣讲18场。"),
        [(("figure-typed", "", "18场"), 1), (("text-changed", "", "，举办宣讲18场"), 1)],
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_change_in_a_pdf_is_told_with_its_page(name: str, tmp_path: Path) -> None:
    change, expected = CHANGES[name]
    here = desk(tmp_path, "zhangye-2025")
    before = here.input.read_text(encoding="utf-8")
    assert change(before) != before
    here.input.write_text(change(before), encoding="utf-8")
    printed(here.input, tmp_path / "printed.pdf")
    here.input.write_text(before, encoding="utf-8")
    assert told(tmp_path / "printed.pdf", here.input) == expected


@pytest.mark.parametrize("name", ALL)
def test_pdf_with_other_figures_is_told_as_the_word_file_is(name: str, tmp_path: Path) -> None:
    here = desk(tmp_path, name)
    before = {path: path.read_text(encoding="utf-8") for path in tmp_path.glob("*.yaml")}
    retyped(here, another_number)
    here.pull()
    here.copy.write_bytes(finished(here.input))
    printed(here.input, tmp_path / "printed.pdf")
    for path, text in before.items():
        path.write_text(text, encoding="utf-8")
    found = here.told()
    assert len(found) >= 3
    assert [one for one, _ in told(tmp_path / "printed.pdf", here.input)] == found
