"""Tables of Markdown: captions, columns, turned tables, figures in cells."""

from collections.abc import Callable

import pytest

from kexie_docs.doctree.nodes import Block, Document, Figure, Paragraph, Table
from kexie_docs.doctree.walk import block_text, inline_text

Made = Callable[..., Document]

TABLE = """\
| 指标 | 单位 | 完成 | 说明 |
|---|---|---|---|
| 科普活动 | 场 | 312 | 全市各级科协举办的活动 |
| 项目 | 个 | 18 | |
"""


@pytest.fixture
def blocks(made: Made) -> Callable[[str], list[Block]]:
    """Return a function that makes blocks of an input's body."""
    return lambda body: list(made("{{ 正文 }}", 正文=body, 指标={"活动": "300余场"}).blocks)


def table_of(blocks: list[Block]) -> Table:
    (table,) = [block for block in blocks if isinstance(block, Table)]
    return table


def test_cells_stand_in_their_rows(blocks: Callable[[str], list[Block]]) -> None:
    table = table_of(blocks(TABLE))
    assert [[inline_text(cell.inlines) for cell in row] for row in (*table.header, *table.rows)] == [
        ["指标", "单位", "完成", "说明"],
        ["科普活动", "场", "312", "全市各级科协举办的活动"],
        ["项目", "个", "18", ""],
    ]


def test_numbers_end_at_the_right_and_longer_texts_begin_at_the_left(
    blocks: Callable[[str], list[Block]],
) -> None:
    assert table_of(blocks(TABLE)).columns == ("center", "center", "end", "start")


def test_alignment_that_is_written_holds(blocks: Callable[[str], list[Block]]) -> None:
    text = "| 甲 | 乙 | 丙 |\n|:--|:-:|--:|\n| 1 | 2 | 丁 |\n"
    assert table_of(blocks(text)).columns == ("start", "center", "end")


@pytest.mark.parametrize("number", ["1,234", "-3.5", "10.4%", "0", "—"])
def test_numbers_of_every_form_count_as_numbers(blocks: Callable[[str], list[Block]], number: str) -> None:
    assert table_of(blocks(f"| 甲 |\n|---|\n| {number} |\n")).columns == ("end",)


def test_columns_are_as_wide_as_what_they_hold_asks_for(blocks: Callable[[str], list[Block]]) -> None:
    widths = table_of(blocks(TABLE)).widths
    assert widths[3] == max(widths)
    assert widths[1] == min(widths)
    long = table_of(blocks(f"| 甲 | 乙 |\n|---|---|\n| {'长' * 200} | 短 |\n")).widths
    assert long[0] <= 20


@pytest.mark.parametrize(
    ("above", "caption"),
    [
        ("表1　主要指标", "表1　主要指标"),
        ("表一 主要指标", "表一 主要指标"),
        ("：主要指标", "主要指标"),
        (": 主要指标", "主要指标"),
        ("表1 主要指标\n", "表1 主要指标"),
    ],
)
def test_paragraph_above_is_the_caption(
    blocks: Callable[[str], list[Block]], above: str, caption: str
) -> None:
    found = blocks(f"前文。\n\n{above}\n{TABLE}\n后文。")
    assert [getattr(block, "style", "") for block in found] == ["body", "table_caption", "table_cell", "body"]
    assert block_text(found[1]) == caption
    assert not table_of(found).landscape


@pytest.mark.parametrize("above", ["情况见下表。", "表彰情况如下：", "表示感谢", "# 表1 标题"])
def test_other_paragraphs_above_stay_what_they_are(blocks: Callable[[str], list[Block]], above: str) -> None:
    found = blocks(f"{above}\n\n{TABLE}")
    assert not any(isinstance(block, Paragraph) and block.style == "table_caption" for block in found)
    assert len(found) == 2


@pytest.mark.parametrize(("above", "captions"), [("表1 横表 {横排}", ["表1 横表"]), ("{横排}", [])])
def test_marked_table_is_turned(
    blocks: Callable[[str], list[Block]], above: str, captions: list[str]
) -> None:
    found = blocks(f"{above}\n\n{TABLE}")
    assert table_of(found).landscape
    assert [block_text(block) for block in found if isinstance(block, Paragraph)] == captions


def test_figures_and_typed_bars_stand_in_cells(blocks: Callable[[str], list[Block]]) -> None:
    table = table_of(blocks("| 甲 | 乙 |\n|---|---|\n| {{活动}} | a\\|b |\n"))
    (figure,) = table.rows[0][0].inlines
    assert isinstance(figure, Figure)
    assert (figure.text, figure.metric) == ("300余场", "活动")
    assert inline_text(table.rows[0][1].inlines) == "a|b"


def test_template_makes_tables_of_values_that_hold_bars(made: Made) -> None:
    content = "| 年度 | 名 |\n|---|---|\n| {{ 年度 }} | {{ 单位.全称 }} |\n"
    document = made(content, 单位={"全称": "甲|乙 **丙**"})
    assert inline_text(table_of(list(document.blocks)).rows[0][1].inlines) == "甲|乙 **丙**"


def test_bars_without_a_line_of_dashes_are_text(blocks: Callable[[str], list[Block]]) -> None:
    found = blocks("| 甲 | 乙 |")
    assert [block_text(block) for block in found] == ["| 甲 | 乙 |"]
