"""会议纪要: a kind of document made by a template folder alone, in the minutes format of clause 10.3."""

import os
from pathlib import Path

import pytest

import kexie_docs
from kexie_docs.checks.check import check_report
from kexie_docs.compose.templates import builtin_root
from kexie_docs.doctree.nodes import Imprint, Paragraph
from kexie_docs.doctree.walk import block_text, figures
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.document import layout_document
from kexie_docs.layout.pages import Layout, Line
from kexie_docs.pipeline import Composition, Workshop, load
from kexie_docs.style.sheet import FontRole
from kexie_docs.units import TWIPS_PER_PT, mm

ROOT = Path(__file__).parents[2]
INPUTS = [builtin_root() / "minutes" / "starter.yaml", ROOT / "inputs" / "yunxi-2025-minutes.yaml"]


def composed(path: Path) -> Composition:
    return Workshop(ROOT, os.environ).compose(load(path))


@pytest.fixture(scope="module")
def composition() -> Composition:
    return composed(INPUTS[1])


@pytest.fixture(scope="module")
def layout(composition: Composition, fandol: MachineFonts) -> Layout:
    return layout_document(composition.document, composition.style, fandol)


def lines(layout: Layout, style: str) -> list[Line]:
    return [line for page in layout.pages for line in page.lines if line.style == style]


def test_it_is_a_folder_without_a_line_of_python() -> None:
    files = sorted(path.name for path in (builtin_root() / "minutes").iterdir())
    assert files == ["content.md.j2", "starter.yaml", "style.toml", "template.toml"]
    package = Path(kexie_docs.__file__).parent
    # The checker of finished files knows minutes by what the standard says of anybody's.
    making = [path for path in package.rglob("*.py") if "inspection" not in path.parts]
    assert not [path for path in making if "attendee" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", INPUTS, ids=lambda path: path.name)
def test_check_finds_nothing(path: Path) -> None:
    assert list(check_report(load(path))) == []


def test_the_mark_begins_35_mm_below_the_top_of_the_type_area_in_red(layout: Layout) -> None:
    """72 mm from the top of the paper; 小标宋 has its ink 0.03 to 0.12 em below the top of its em box."""
    (line,) = [one for one in layout.pages[0].lines if one.style.startswith("authority_mark")]
    assert line.text == "云溪市科学技术协会会议纪要"
    run = line.runs[0]
    assert run.color == "FF0000"
    em = run.size * TWIPS_PER_PT
    top = line.top + (line.height - em) / 2
    assert mm(72) - 0.12 * em <= top + 0.075 * em - 0.045 * em <= mm(72) + 0.12 * em
    middle = (line.runs[0].x + line.runs[-1].end) / 2
    assert middle == pytest.approx(mm(28) + mm(156) / 2, abs=mm(1))


def test_those_present_stand_a_line_below_the_text_and_hang_on_the_colon(
    composition: Composition, layout: Layout, fandol: MachineFonts
) -> None:
    first, *others = lines(layout, "attendees")
    assert first.text.startswith("出席：李某某、")
    zi = 16 * TWIPS_PER_PT - 5
    left = composition.style.page.left
    assert first.runs[0].x == pytest.approx(left + 2 * zi, abs=2)
    assert others, "the list is long enough to be wrapped"
    for line in others:
        assert line.runs[0].x == pytest.approx(left + 5 * zi, abs=2)
    label, names = first.runs[0], first.runs[1]
    assert label.text == "出席："
    assert label.face is fandol.first(FontRole.HEITI)
    assert names.face is fandol.first(FontRole.FANGSONG)
    assert {run.size for run in first.runs} == {16.0}
    everything = [line for page in layout.pages for line in page.lines]
    above = everything[everything.index(first) - 1]
    assert first.top - (above.top + above.height) == pytest.approx(composition.style.grid.line_pitch, abs=1)


def test_those_away_and_those_listening_stand_on_lines_of_their_own(composition: Composition) -> None:
    texts = [
        block_text(block)
        for block in composition.document.blocks
        if isinstance(block, Paragraph) and block.style.startswith("attendees")
    ]
    assert [text[:3] for text in texts] == ["出席：", "请假：", "列席："]


def test_figures_in_it_know_their_metrics_and_the_imprint_is_last(composition: Composition) -> None:
    expressions = {figure.expression for figure in figures(composition.document)}
    assert {"科普活动", "科普活动|同比", "科普活动|完成率", "服务企业.上年"} <= expressions
    assert isinstance(composition.document.blocks[-1], Imprint)


def test_a_name_for_the_mark_is_made_where_the_input_gives_none(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(
        "模板: minutes\n单位: {全称: 云溪市科学技术协会}\n年度: 2025\n正文: 字。\n", encoding="utf-8"
    )
    texts = [block_text(block) for block in composed(path).document.blocks]
    assert "云溪市科学技术协会会议纪要" in texts
