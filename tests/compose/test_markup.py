"""Markdown of templates and of 正文: what is read, what stays as typed, and what is said about the rest."""

from collections.abc import Callable

import pytest

from kexie_docs.doctree.nodes import Break, Document, Figure, Heading, Span, Text, Title
from kexie_docs.doctree.walk import block_text
from kexie_docs.errors import InputError, Problem
from tests.compose.conftest import running

Made = Callable[..., Document]
Failing = Callable[..., Problem]

NUMBERED = 'title = "试"\nnumbering = true\n'


def lines(document: Document) -> list[str]:
    return [block_text(block) for block in document.blocks]


@pytest.mark.parametrize(
    ("markdown", "inlines"),
    [
        ("这是**重点**。", (Text("这是"), Span((Text("重点"),), "strong"), Text("。"))),
        ("他说**“要点”**的话", (Text("他说"), Span((Text("“要点”"),), "strong"), Text("的话"))),
        ("**工作。**接着", (Span((Text("工作。"),), "strong"), Text("接着"))),
        ("用*楷体*写", (Text("用"), Span((Text("楷体"),), "emphasis"), Text("写"))),
        ("***都要***", (Span((Span((Text("都要"),), "strong"),), "emphasis"),)),
        ("**共{{科普项目}}**", (Span((Text("共"), Figure("18个", "科普项目", "科普项目")), "strong"),)),
        ("5 * 3 * 2", (Text("5 * 3 * 2"),)),
        (r"\*不是\*", (Text("*不是*"),)),
        ("下_划_线", (Text("下_划_线"),)),
    ],
)
def test_emphasis_works_without_spaces(made: Made, markdown: str, inlines: tuple[object, ...]) -> None:
    document = made("{{ 正文 }}", 正文=markdown, 指标={"科普项目": "18个"})
    assert running(document)[0].inlines == inlines


@pytest.mark.parametrize(
    "markdown",
    [
        "<b>甲</b>", "<!-- 注 -->", "&nbsp;&lt;", "[甲](http://x)", "![甲](x.png)", "[甲]: http://x", "<http://x>",
        "`甲`", "```", "> 甲", "---", "a | b", "::: signature", "[甲]{.strong}", "#号", "1.5万人", "http://x.cn",
    ],
)  # fmt: skip
def test_everything_else_of_markdown_stays_as_typed(made: Made, markdown: str) -> None:
    document = made("{{ 正文 }}", 正文=markdown)
    assert [type(block).__name__ for block in document.blocks] == ["Paragraph"]
    assert running(document)[0].inlines == (Text(markdown),)


def test_lines_under_a_paragraph_make_no_heading_of_it(made: Made) -> None:
    assert lines(made("{{ 正文 }}", 正文="甲\n---\n乙\n===")) == ["甲", "---", "乙", "==="]


def test_each_line_of_the_inputs_markdown_is_a_paragraph(made: Made) -> None:
    assert lines(made("{{ 正文 }}", 正文="第一行\n第二行\n\n　　第三行")) == ["第一行", "第二行", "第三行"]


def test_lines_within_emphasis_part_it(made: Made) -> None:
    document = made("{{ 正文 }}", 正文="**甲\n乙**")
    assert [block.inlines for block in running(document)] == [
        (Span((Text("甲"),), "strong"),),
        (Span((Text("乙"),), "strong"),),
    ]


def test_list_items_are_paragraphs_that_keep_their_numbers(made: Made) -> None:
    markdown = "1. 甲\n2. 乙\n\n- 丙\n  续\n- 丁\n\n3) 戊"
    assert lines(made("{{ 正文 }}", 正文=markdown)) == ["1.甲", "2.乙", "丙", "续", "丁", "3)戊"]


def test_line_ends_of_a_template_are_closed_up(made: Made) -> None:
    assert lines(made("甲\n乙，\n丙\n\nopen\nsource\n甲")) == ["甲乙，丙", "open source甲"]


def test_headings_are_numbered_anew_below_each_higher_one(made: Made) -> None:
    markdown = "# 甲\n## 乙\n### 丙\n#### 丁\n#### 戊\n## 己\n### 庚\n# 辛\n### 壬\n## 癸"
    assert lines(made("{{ 正文 }}", NUMBERED, 正文=markdown)) == [
        "一、甲", "（一）乙", "1.丙", "（1）丁", "（2）戊", "（二）己", "1.庚", "二、辛", "1.壬", "（一）癸",
    ]  # fmt: skip


def test_a_typed_heading_number_is_kept_and_counted_from(made: Made) -> None:
    assert lines(made("{{ 正文 }}", NUMBERED, 正文="# 三、甲\n# 乙\n## （一）丙\n## 丁")) == [
        "三、甲", "四、乙", "（一）丙", "（二）丁"
    ]  # fmt: skip


def test_headings_are_not_numbered_unless_the_template_asks(made: Made) -> None:
    (block,) = made("{{ 正文 }}", 正文="# 甲").blocks
    assert block == Heading(level=1, inlines=(Text("甲"),))


def test_a_heading_too_deep_in_the_input_is_told_with_its_text(made: Made) -> None:
    with pytest.raises(InputError) as error:
        made("{{ 正文 }}", 正文="# 甲\n\n##### 太深")
    (only,) = error.value.problems
    assert (only.code, only.place.field) == ("KD206", "正文")
    assert "“太深”" in str(only.what)


def test_a_title_breaks_at_its_marks_and_prints_doubled_ones(made: Made) -> None:
    (block,) = made("::: title\n{{ 标题 }}\n:::", 标题="甲|{{年度}}年||乙").blocks
    assert block == Title(inlines=(Text("甲"), Break(), Text("2025年|乙")))


def test_a_template_names_the_style_of_paragraphs_and_phrases(made: Made) -> None:
    document = made("::: contact\n甲\n\n乙\n:::\n丙[{{ 单位.简称 }}，]{.run_in_heading}丁")
    assert [(block.style, block_text(block)) for block in running(document)] == [
        ("contact", "甲"), ("contact", "乙"), ("body", "丙云溪县科协，丁")
    ]  # fmt: skip
    assert running(document)[2].inlines[1] == Span((Text("云溪县科协，"),), "run_in_heading")


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("[　甲 ]{.strong}", "甲"),
        ("甲[乙　]{.strong}[　 ]{.strong}", "甲乙"),
        ("[　]{.strong}{{ 单位.简称 }}[ [ ]{.strong}]{.emphasis}", "云溪县科协"),
        ("甲[ 乙 ]{.strong}丙", "甲 乙 丙"),
    ],
)
def test_a_paragraph_neither_begins_nor_ends_with_a_blank(made: Made, content: str, text: str) -> None:
    """Inside phrases in another style too: word processors set such blanks each in its own way."""
    assert lines(made(content)) == [text]


def test_brackets_without_a_style_are_brackets(made: Made) -> None:
    assert lines(made("[甲]乙[丙]{丁}")) == ["[甲]乙[丙]{丁}"]


@pytest.mark.parametrize(
    ("content", "line", "said"),
    [
        ("甲\n::: signatur\n乙\n:::", 2, "no paragraph style “signatur”"),
        ("::: contact\n甲", 1, "“::: contact” is not closed"),
        ("\n甲[乙]{.bold}", 2, "no character style “bold”"),
        ("甲\n\n##### 乙", 3, "“乙” is of level 5"),
        ("::: contact\n{{ 正文 }}\n:::", None, "holds whole paragraphs"),
        ("甲{{ 正文 | trim }}", None, "holds whole paragraphs"),
        ("**{{ 正文 | trim }}**", None, "holds whole paragraphs"),
    ],
)
def test_markup_that_cannot_be_set_is_told_with_its_line(
    problem: Failing, content: str, line: int | None, said: str
) -> None:
    found = problem(content, 正文="正文")
    assert found.place.file == "templates/mine/content.md.j2"
    assert line is None or found.place.line == line
    assert said in str(found.what)


def test_a_value_taken_apart_is_told(problem: Failing) -> None:
    assert "cut into pieces" in str(problem("{{ 单位.全称 | trim | first }}").what)


def test_the_inputs_markdown_begins_a_paragraph_wherever_it_is_printed(made: Made) -> None:
    assert lines(made("甲{{ 正文 }}丁", 正文="# 乙\n丙")) == ["甲", "乙", "丙", "丁"]


def test_deep_nesting_is_no_fault(made: Made) -> None:
    document = made("{{ 正文 }}", 正文="[" * 3000 + "*" * 3000 + "甲")
    assert "甲" in lines(document)[0]
