"""The table of metrics: its columns and rows, what stands in its cells, and where figures come from."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.checks.check import check_report
from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.doctree.nodes import Document, Figure, Paragraph, Table
from kexie_docs.doctree.walk import block_text, figures, inline_text
from kexie_docs.errors import InputError, Problem
from kexie_docs.figures.quantity import parse_quantity
from kexie_docs.readers.reader import read_report
from tests.compose.conftest import a_report

Made = Callable[..., Document]

FULL = {
    "科普活动": {
        **{"数值": "312", "单位": "场", "表述": "余", "上年": "268", "目标": "300", "来源": "科普部"},
        "分项": {"甲县": "200", "乙县": "112"},
    },
    "项目资金": {"数值": "741万元", "上年": "702.5万元"},
}


def table_of(metrics: dict[str, Any], made: Made, content: str = "{{ 全部指标 | 指标表 }}") -> Table:
    (table,) = [block for block in made(content, 指标=metrics).blocks if isinstance(block, Table)]
    return table


def words(table: Table) -> list[list[str]]:
    return [[inline_text(cell.inlines) for cell in row] for row in (*table.header, *table.rows)]


def test_every_column_that_has_data_is_there_in_order(made: Made) -> None:
    assert words(table_of(FULL, made)) == [
        ["指标", "单位", "上年", "本年", "同比", "目标", "完成率", "来源"],
        ["科普活动", "场", "268", "312", "16.4%", "300", "104%", "科普部"],
        ["　其中：甲县", "场", "—", "200", "—", "—", "—", "—"],
        ["　　　　乙县", "场", "—", "112", "—", "—", "—", "—"],
        ["项目资金", "万元", "702.5", "741", "5.5%", "—", "—", "—"],
    ]


def test_columns_without_any_data_are_left_out(made: Made) -> None:
    assert words(table_of({"项目": "18个", "资金": "741万元"}, made)) == [
        ["指标", "单位", "本年"],
        ["项目", "个", "18"],
        ["资金", "万元", "741"],
    ]


def test_numbers_end_at_the_right_and_names_begin_at_the_left(made: Made) -> None:
    assert table_of(FULL, made).columns == ("start", "center", "end", "end", "end", "end", "end", "center")


@pytest.mark.parametrize(
    ("metric", "unit", "number"),
    [
        ("300余场", "场", "300余"),  # the exact number is not known
        ({"数值": "312", "单位": "场", "表述": "余"}, "场", "312"),
        ({"数值": "98765", "单位": "人次", "表述": "近"}, "人次", "98765"),
        ("超10万人次", "万人次", "超10"),
        ("5万余人次", "人次", "5万余"),
        ("10余万人次", "万人次", "10余"),
        ("近万名", "万名", "近1"),
        ("九项", "项", "9"),
        ("3.80万公里", "万公里", "3.80"),
        ("30000人", "人", "30000"),
        ("1.2亿元", "亿元", "1.2"),
        ("10.4%", "%", "10.4"),
        ("第十六届", "—", "第十六届"),
        ("全省第五", "—", "全省第五"),
        ("历年新高", "—", "历年新高"),
        ("5—6场", "—", "5—6场"),
        ("1:3", "—", "1:3"),
        ("0个", "个", "0"),
    ],
)
def test_a_row_has_the_number_and_its_unit_apart(
    made: Made, metric: str | dict[str, str], unit: str, number: str
) -> None:
    table = table_of({"甲": metric, "乙": "7个"}, made)
    assert words(table)[1] == ["甲", unit, number]


@pytest.mark.parametrize(
    ("now", "before", "row"),
    [
        ("3.8万公里", "9500公里", ["万公里", "0.95", "3.8"]),
        ("9500公里", "3.8万公里", ["公里", "3.8万", "9500"]),
        ("3.8万公里", "9500余公里", ["公里", "9500余", "3.8万"]),
        ("3.8万公里", "3万余公里", ["公里", "3万余", "3.8万"]),
    ],
)
def test_figures_of_a_row_share_their_unit_or_say_it_themselves(
    made: Made, now: str, before: str, row: list[str]
) -> None:
    table = table_of(
        {"里程": {"数值": now, "上年": before}}, made, "{{ 指标 | 指标表('单位','上年','本年') }}"
    )
    assert words(table)[1] == row


def test_what_cannot_be_worked_out_leaves_its_cell_without_a_number(made: Made) -> None:
    table = table_of({"甲": {"数值": "3个", "上年": "0个"}, "乙": {"数值": "4个", "上年": "2个"}}, made)
    assert words(table)[1:] == [["甲", "个", "0", "3", "—"], ["乙", "个", "2", "4", "100%"]]


def test_rates_are_compared_in_points(made: Made) -> None:
    table = table_of({"素质": {"数值": "10.4%", "上年": "11%"}}, made)
    assert words(table)[1] == ["素质", "%", "11", "10.4", "-0.6个百分点"]


def test_every_number_is_a_figure_that_knows_its_metric_and_what_it_was_worked_out_from(made: Made) -> None:
    found = list(figures(made("{{ 全部指标 | 指标表 }}", 指标=FULL)))
    assert [(figure.text, figure.expression) for figure in found if figure.metric == "科普活动"] == [
        ("268", "科普活动.上年"),
        ("312", "科普活动|准确"),
        ("16.4%", "科普活动|同比('幅度')"),
        ("300", "科普活动.目标"),
        ("104%", "科普活动|完成率"),
        ("200", "科普活动.分项.甲县"),
        ("112", "科普活动.分项.乙县"),
    ]
    (rate,) = [figure for figure in found if figure.expression == "科普活动|完成率"]
    assert rate.sources == ("科普活动", "科普活动.目标")


def test_metrics_of_actions_and_measures_are_in_the_table_of_all(made: Made) -> None:
    actions = [{"标题": "甲", "指标": {"基地": "6个"}, "措施": [{"内容": "乙。", "指标": {"专家": "38人"}}]}]
    document = made("{{ all_metrics | metric_table }}", 指标={"项目": "18个"}, 行动=actions)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    assert [row[0] for row in words(table)[1:]] == ["项目", "基地", "专家"]


def test_a_loop_over_actions_can_print_the_table_of_each_with_its_caption(made: Made) -> None:
    actions = [{"标题": "甲", "指标": {"基地": "6个"}}, {"标题": "乙", "指标": {"专家": "38人"}}]
    content = (
        "{% for 项 in 行动 %}\n\n表{{ loop.index }}　{{ 项.标题 }}\n\n{{ 项.指标 | 指标表 }}\n{% endfor %}"
    )
    blocks = made(content, 行动=actions).blocks
    assert [block_text(block) for block in blocks if isinstance(block, Paragraph)] == ["表1　甲", "表2　乙"]
    assert [block.style for block in blocks if isinstance(block, Paragraph)] == ["table_caption"] * 2
    assert [words(block)[1][0] for block in blocks if isinstance(block, Table)] == ["基地", "专家"]


def test_a_caption_can_turn_the_table(made: Made) -> None:
    assert table_of(FULL, made, "表1　指标{横排}\n\n{{ 指标 | 指标表 }}").landscape


def test_columns_can_be_chosen(made: Made) -> None:
    assert words(table_of(FULL, made, "{{ 指标 | 指标表('指标', '来源') }}"))[0] == ["指标", "来源"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{{ 指标 | 指标表('指标', '金额') }}", "KD416"),
        ("{{ 行动[0].指标 | 指标表 }}", "KD410"),
        ("{{ 标题 | 指标表 }}", "KD410"),
        ("{{ 单位 | 指标表 }}", "KD410"),
    ],
)
def test_wrong_use_is_told(problem: Callable[..., Problem], content: str, code: str) -> None:
    assert problem(content, 指标=FULL, 行动=[{"标题": "甲"}]).code == code


def test_text_before_the_table_is_a_paragraph_of_its_own(made: Made) -> None:
    blocks = made("前{{ 指标 | 指标表 }}后", 指标=FULL).blocks
    assert [type(block) for block in blocks] == [Paragraph, Table, Paragraph]


def test_an_attachment_prints_it(tmp_path: Path) -> None:
    source = tmp_path / "a.yaml"
    source.write_text(
        "单位: {全称: 云溪市科学技术协会}\n年度: 2025\n指标: {项目: 18个}\n"
        "附件: [{标题: 主要指标完成情况表, 表: 指标}]\n",
        encoding="utf-8",
    )
    loaded = read_report(source)
    document = Composer(find_template("report", [builtin_root()])).compose(loaded.report)
    assert [block_text(block) for block in document.blocks][-3:-1] == ["附件", "主要指标完成情况表"]
    assert isinstance(document.blocks[-1], Table)
    # The metric is used: nothing else says so.
    assert "KC304" not in {finding.code for finding in check_report(loaded)}
    assert not any("项目" in finding.what.render(str) for finding in check_report(loaded))


@pytest.mark.parametrize(
    ("attachment", "code"),
    [("{标题: 甲}", "KD202"), ("{标题: 甲, 表: 行动}", "KD222"), ("{标题: 甲, 表: [指标]}", "KD201")],
)
def test_an_attachment_needs_a_text_or_a_table_of_the_metrics(
    tmp_path: Path, attachment: str, code: str
) -> None:
    source = tmp_path / "a.yaml"
    source.write_text(
        f"单位: {{全称: 云溪市科学技术协会}}\n年度: 2025\n附件: [{attachment}]\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as error:
        read_report(source)
    (problem,) = error.value.problems
    assert (problem.code, problem.place.line) == (code, 3)


def test_an_attachment_may_have_text_above_the_table(made: Made) -> None:
    document = made(
        '{% include "official/attachments.md.j2" %}',
        指标={"项目": "18个"},
        附件=[{"标题": "甲", "正文": "说明。", "table": "metrics"}],
    )
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph", "Title", "Paragraph", "Table"]


@given(
    value=st.integers(0, 10**12),
    places=st.integers(0, 3),
    scale=st.sampled_from(["", "万", "亿"]),
    unit=st.sampled_from(["场", "元", "人次", "%"]),
)
def test_the_number_with_its_unit_is_the_figure(value: int, places: int, scale: str, unit: str) -> None:
    """Read together as people read a row, both columns give the exact value of the input."""
    text = f"{Decimal(value).scaleb(-places):f}{'' if unit == '%' else scale}{unit}"
    report = a_report(指标={"甲": text}, 附件=[{"标题": "表", "表": "指标"}])
    document = Composer(find_template("report", [builtin_root()])).compose(report)
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    ((_, printed_unit, number),) = words(table)[1:]
    assert parse_quantity(number + printed_unit).value == parse_quantity(text).value
    (cell,) = table.rows[0][2].inlines
    assert isinstance(cell, Figure)
