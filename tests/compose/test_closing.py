"""Signature, date and lead-in: placed by GB/T 9704 7.3.5.2, and by the template."""

from collections.abc import Callable

import pytest

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.doctree.nodes import Block, Document, Paragraph
from kexie_docs.doctree.walk import block_text
from kexie_docs.style.sheet import Style
from kexie_docs.text.widths import text_width
from tests.compose.conftest import a_report, running

Made = Callable[..., Document]

SUMMARY = Composer(find_template("summary", [builtin_root()]))
PRESS = Composer(find_template("press", [builtin_root()]))


def characters(style: Style) -> float:
    body = style.paragraphs["body"]
    return style.page.text_width / (body.size * 20 + body.char_spacing)


def closing(*names: str, date: str | None = "2025-12-31") -> list[Paragraph]:
    document = SUMMARY.compose(a_report(落款={"署名": list(names), "成文日期": date}, 开篇="甲"))
    return [block for block in document.blocks[2:] if isinstance(block, Paragraph)]


def end_gap(block: Paragraph) -> float:
    """Distance from the end of the text to the right edge, in 字."""
    assert block.placement is not None
    return characters(SUMMARY.style) - block.placement.start_indent - text_width(block_text(block))


def start(block: Paragraph) -> float:
    assert block.placement is not None
    return block.placement.start_indent


def test_a_long_name_ends_two_characters_from_the_edge_and_the_date_begins_two_further_right() -> None:
    name, date = closing("张掖市科学技术协会")
    assert (name.style, date.style) == ("signature", "issue_date")
    assert end_gap(name) == pytest.approx(2, abs=0.01)
    assert start(date) - start(name) == pytest.approx(2)


def test_a_date_longer_than_the_name_ends_two_characters_from_the_edge_and_the_name_gives_way() -> None:
    name, date = closing("市科协")
    assert end_gap(date) == pytest.approx(2, abs=0.01)
    assert start(date) - start(name) == pytest.approx(2)
    assert end_gap(name) > 2


def test_several_names_stand_below_one_another_the_lead_first() -> None:
    first, second, date = closing("云溪县科学技术协会", "云溪县教育局")
    assert [block_text(first), block_text(second)] == ["云溪县科学技术协会", "云溪县教育局"]
    assert (first.style, second.style) == ("signature", "signature_next")
    assert start(first) == start(second)
    assert end_gap(first) == pytest.approx(2, abs=0.01)
    assert start(date) - start(first) == pytest.approx(2)


def test_a_name_or_a_date_alone_is_placed_by_its_style() -> None:
    (name,) = closing("云溪县科学技术协会", date=None)
    assert name.placement is None
    (date,) = closing()
    assert (date.style, date.placement) == ("issue_date", None)


def test_a_name_too_wide_for_a_line_is_placed_by_its_style() -> None:
    name, date = closing("云溪县" * 12)
    assert name.placement is None
    assert date.placement is None


def texts(blocks: tuple[Block, ...]) -> list[str]:
    return [block_text(block) for block in blocks]


def test_a_summary_without_a_title_gets_one() -> None:
    document = SUMMARY.compose(a_report(开篇="甲"))
    assert block_text(document.blocks[0]) == "云溪县科学技术协会2025年工作总结"
    assert document.metadata.title == "云溪县科学技术协会2025年工作总结"
    assert (document.metadata.author, document.metadata.subject) == ("云溪县科学技术协会", "工作总结")
    assert document.metadata.created is None


def test_a_summary_holds_all_its_parts_in_order() -> None:
    document = SUMMARY.compose(
        a_report(
            主送=["市科协", "县政府"],
            开篇="开篇段",
            行动=[
                {
                    "标题": "行动甲",
                    "导语": "导语。",
                    "措施": [{"要点": "要点", "内容": "内容。"}, {"内容": "又。"}],
                },
                {"标题": "行动乙", "措施": [{"内容": "只有内容。"}]},
            ],
            问题="问题段",
            打算="打算段",
            正文="# 附带\n\n正文段",
            结语="结语段",
            联系=["电话：1"],
        )
    )
    assert texts(document.blocks)[1:] == [
        "市科协、县政府：", "开篇段", "一、行动甲", "导语。要点，内容。又。", "二、行动乙", "只有内容。",
        "三、存在的问题", "问题段", "四、下一步工作打算", "打算段", "五、附带", "正文段", "结语段", "电话：1",
    ]  # fmt: skip


DATELINE = {"媒体": "云溪网", "供稿": "云溪融媒", "记者": "李四"}


@pytest.mark.parametrize(
    ("dateline", "first"),
    [
        (DATELINE, "云溪网讯（云溪融媒记者 李四）"),
        ({"媒体": "云溪网", "记者": "李四"}, "云溪网讯（记者 李四）"),
        ({"媒体": "云溪网", "地点": "云溪", "记者": "李四"}, "云溪网云溪讯（记者 李四）"),
        ({"记者": "李四"}, "本报讯（记者 李四）"),
    ],
)
def test_the_dateline_opens_the_first_paragraph(dateline: dict[str, str], first: str) -> None:
    document = PRESS.compose(a_report(电头=dateline, 开篇="开篇段\n第二段"))
    assert texts(document.blocks)[1:] == [f"{first}开篇段", "第二段"]


def test_without_an_opening_the_dateline_goes_to_the_first_text_below_the_heading() -> None:
    actions = [{"标题": "甲", "措施": [{"内容": "第一条。"}, {"内容": "第二条。"}]}]
    document = PRESS.compose(a_report(电头=DATELINE, 行动=actions))
    assert texts(document.blocks)[1:] == ["甲", "云溪网讯（云溪融媒记者 李四）第一条。", "第二条。"]


def test_a_press_release_needs_no_dateline_and_takes_the_short_name() -> None:
    document = PRESS.compose(a_report(结语="结语段"))
    assert texts(document.blocks) == ["云溪县科协2025年工作综述", "结语段"]


def test_a_lead_in_without_a_paragraph_after_it_is_one_itself(made: Made) -> None:
    document = made("甲\n\n::: lead_in\n乙\n:::")
    assert [(block.style, block_text(block)) for block in running(document)] == [
        ("body", "甲"),
        ("body", "乙"),
    ]


@pytest.mark.parametrize(
    ("name", "date"), [("甲市科学技术协会", "2025-12-31"), ("云溪县科协机关", "2026-01-05")]
)
def test_a_date_nominally_as_wide_as_the_name_keeps_to_one_line(name: str, date: str) -> None:
    """It is a little wider in print: 2 字 right of such a name it would not fit."""
    *_, below = closing(name, date=date)
    assert end_gap(below) == pytest.approx(2, abs=0.01)
