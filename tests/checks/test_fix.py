"""Mechanical repairs: what is wrong is put right, and not a character more is changed."""

import difflib

import pytest

from kexie_docs.checks.fix import fix_report
from tests.checks.reading import HEAD, load, opening
from tests.checks.test_examples import FILES

WRONG = """\
# 注释: 不动,也不改
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协}   # 说明
年度: 2025
指标:
  科普活动: 120余场
开篇: |
  {{年度}}年,{{单位.简称}}举办科普活动{{科普活动}}，成效明显...履行"四服务"职责(试行)。

  2025年01月05日，科 普，，好--继续。
行动:
  - 标题: "科普\\"好\\"工作;好"
    导语: '学术''好''，二零二五年起步'
"""

RIGHT = """\
# 注释: 不动,也不改
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协}   # 说明
年度: 2025
指标:
  科普活动: 120余场
开篇: |
  {{年度}}年，{{单位.简称}}举办科普活动{{科普活动}}，成效明显……履行“四服务”职责（试行）。

  2025年1月5日，科普，好——继续。
行动:
  - 标题: "科普“好”工作；好"
    导语: '学术‘好’，二〇二五年起步'
"""


def test_faults_are_repaired_and_nothing_else_is_changed() -> None:
    assert fix_report(load(WRONG)).text == RIGHT


def test_each_repair_is_told_with_its_line() -> None:
    changes = fix_report(load(WRONG)).changes
    assert {change.place.line for change in changes} == {7, 9, 11, 12}
    assert all(change.before != change.after for change in changes)


def test_repaired_input_needs_no_repair() -> None:
    fixed = fix_report(load(RIGHT))
    assert (fixed.text, fixed.changes) == (RIGHT, ())


@pytest.mark.parametrize("name", FILES)
def test_input_without_such_faults_stays_as_it_is(name: str) -> None:
    text = FILES[name].read_text(encoding="utf-8")
    assert fix_report(load(text)).text == text


def test_every_half_width_comma_of_a_file_is_repaired() -> None:
    """The original texts had half-width marks throughout."""
    right = FILES["zhangye-2025"].read_text(encoding="utf-8")
    start = right.index("开篇:")
    wrong = right[:start] + right[start:].replace("，", ",").replace("；", ";")
    repaired = fix_report(load(wrong)).text
    changed = [line for line in difflib.ndiff(right.splitlines(), repaired.splitlines()) if line[0] in "-+"]
    # Comments are nobody's business.
    assert [line for line in changed if not line[1:].lstrip().startswith("#")] == []


def test_json_is_repaired_in_place() -> None:
    text = '{"单位": {"全称": "云溪市科学技术协会"}, "年度": 2025,\n  "开篇": "工作,成效\\u660e\\u663e."}'
    fixed = fix_report(load(text, "input.json"))
    assert fixed.text == text.replace("工作,", "工作，").replace("\\u663e.", "\\u663e。")


def test_what_a_reference_prints_is_not_edited() -> None:
    text = opening("举办{{活动}}。", "活动: 120场,好")
    assert fix_report(load(opening("举办{{活动}}。", "活动: 120场"))).changes == ()
    assert "{{活动}}" in text


def test_folded_text_keeps_its_lines() -> None:
    text = HEAD + "开篇: 科普,\n  活动 有序\n"
    assert fix_report(load(text)).text == HEAD + "开篇: 科普，\n  活动有序\n"
