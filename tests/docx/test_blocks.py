"""Blocks as Word paragraphs: editable as if typed by hand."""

import io

import docx as python_docx
import pytest

from kexie_docs.doctree.nodes import (
    Block,
    Break,
    Document,
    Figure,
    Heading,
    Inline,
    Paragraph,
    Placement,
    Span,
    Text,
    Title,
)
from kexie_docs.style.sheet import Style
from kexie_docs.units import Twips
from kexie_docs.writers.docx.write import write_docx
from tests.support.word_file import W, paragraphs, readable


def written(style: Style, *blocks: Block) -> list[str]:
    """Return the paragraphs that Word finds for the blocks, readable."""
    return [readable(item) for item in paragraphs(write_docx(Document(blocks=blocks), style))]


def run_texts(style: Style, *inlines: Inline) -> list[str]:
    (paragraph,) = paragraphs(write_docx(Document(blocks=(Paragraph(inlines=inlines),)), style))
    return ["".join(str(node.text) for node in run.iter(f"{W}t")) for run in paragraph.iter(f"{W}r")]


def test_plain_body_text_is_one_run_without_any_direct_formatting(style: Style) -> None:
    assert written(style, Paragraph(inlines=(Text("全年"), Text("工作"), Break(), Text("“有序”推进。")))) == [
        """\
p
  r
    rPr
      rFonts hint=eastAsia
    t space=preserve "全年工作“有序”推进。\""""
    ]


def test_a_paragraph_has_one_spacing_whatever_asks_for_it(style: Style) -> None:
    where = Placement(align="justify", space_before=Twips(100))
    block = Paragraph(inlines=(Text("甲"),), placement=where, line_pitch=Twips(560), space_after=Twips(10))
    (text,) = written(style, block)
    (spacing,) = (line.split() for line in text.splitlines() if "spacing" in line)
    assert sorted(spacing) == ["after=10", "before=100", "line=560", "lineRule=exact", "spacing"]


def test_marks_that_break_badly_have_the_language_whose_rules_break_them_well(style: Style) -> None:
    """LibreOffice would split …… and begin a line with ·; it breaks by the language of the text."""
    (written_paragraph,) = written(style, Paragraph(inlines=(Text("好……玛丽·居里"),)))
    assert [
        line.strip() for line in written_paragraph.splitlines() if "lang" in line or "preserve" in line
    ] == [
        't space=preserve "好"',
        "lang eastAsia=en-US",
        't space=preserve "……"',
        't space=preserve "玛丽"',
        "lang val=zh-CN",
        't space=preserve "·"',
        't space=preserve "居里"',
    ]


def test_half_of_a_dash_in_a_figure_has_the_language_of_the_whole(style: Style) -> None:
    (paragraph,) = written(style, Paragraph(inlines=(Figure("好—", "a", "a"), Text("—文"))))
    assert [line.strip() for line in paragraph.splitlines() if "lang" in line or "preserve" in line] == [
        't space=preserve "好"',
        "lang eastAsia=en-US",
        't space=preserve "—"',
        "lang eastAsia=en-US",
        't space=preserve "—"',
        't space=preserve "文"',
    ]


def test_a_blank_at_which_libreoffice_would_lose_text_is_a_run_in_the_documents_languages(
    style: Style,
) -> None:
    (paragraph,) = written(style, Paragraph(inlines=(Text("八家New York）"),)))
    assert [line.strip() for line in paragraph.splitlines() if "lang" in line or "preserve" in line] == [
        't space=preserve "八家New"',
        "lang val=en-US eastAsia=zh-CN",
        't space=preserve " "',
        't space=preserve "York）"',
    ]


def test_a_figure_is_a_run_of_its_own(style: Style) -> None:
    inlines = (Text("举办"), Figure("12场", "a", "a"), Figure("3项", "b", "b"), Text("活"), Text("动"))
    assert run_texts(style, *inlines) == ["举办", "12场", "3项", "活动"]


def test_a_span_takes_its_character_style(style: Style) -> None:
    block = Paragraph(inlines=(Span((Text("阵地建设。"),), "run_in_heading"), Text("新建")))
    assert written(style, block) == [
        """\
p
  r
    rPr
      rStyle val=RunInHeading
      rFonts hint=eastAsia
    t space=preserve "阵地建设。"
  r
    rPr
      rFonts hint=eastAsia
    t space=preserve "新建\""""
    ]


def test_spans_of_one_style_that_touch_are_one_run(style: Style) -> None:
    inlines = (Span((Text("重"),), "strong"), Span((Text("点"),), "strong"), Span((Text("抓"),), "emphasis"))
    assert run_texts(style, *inlines) == ["重点", "抓"]


def test_text_that_prints_nothing_leaves_no_run(style: Style) -> None:
    assert run_texts(style, Text(""), Figure("", "a", "a"), Span((), "strong")) == []


def test_a_heading_is_its_number_and_text_in_one_run(style: Style) -> None:
    heading = Heading(level=2, number="（一）", inlines=(Text("建好阵地"),))
    assert written(style, heading) == [
        """\
p
  pPr
    pStyle val=Heading2
  r
    rPr
      rFonts hint=eastAsia
    t space=preserve "（一）建好阵地\""""
    ]


def test_a_title_breaks_at_its_marks(style: Style) -> None:
    title = Title(
        inlines=(
            Text("示例市科协"),
            Break(),
            Figure("2025", "年度", "年度"),
            Span((Text("年总结"),), "strong"),
        )
    )
    assert written(style, title) == [
        """\
p
  pPr
    pStyle val=Title
  r
    rPr
      rFonts hint=eastAsia
    t space=preserve "示例市科协"
  r
    br
  r
    rPr
      rFonts hint=eastAsia
    t space=preserve "2025"
  r
    rPr
      rStyle val=Strong
      rFonts hint=eastAsia
    t space=preserve "年总结\""""
    ]


def test_a_mark_inside_a_span_breaks_a_title_too(style: Style) -> None:
    title = Title(inlines=(Span((Text("示例市科协"), Break(), Text("工作总结")), "strong"),))
    (paragraph,) = python_docx.Document(io.BytesIO(write_docx(Document(blocks=(title,)), style))).paragraphs
    assert paragraph.text == "示例市科协\n工作总结"
    assert {run.style.style_id for run in paragraph.runs if run.text.strip()} == {"Strong"}


def test_a_long_title_without_marks_is_broken_and_loses_nothing(style: Style) -> None:
    text = "示例市科学技术协会关于二〇二五年度全民科学素质行动工作情况的总结报告"
    title = Title(inlines=(Text(text),))
    (paragraph,) = python_docx.Document(io.BytesIO(write_docx(Document(blocks=(title,)), style))).paragraphs
    lines = paragraph.text.split("\n")
    assert len(lines) > 1
    assert "".join(lines) == text


def test_placement_overrides_the_style(style: Style) -> None:
    block = Paragraph(
        inlines=(Text("2025年1月2日"),),
        style="issue_date",
        placement=Placement(align="center", start_indent=1.25, end_indent=4.0),
    )
    assert "\n".join(
        [
            "  pPr",
            "    pStyle val=IssueDate",
            "    ind leftChars=0 left=394 rightChars=400 right=1260 firstLineChars=0 firstLine=0",
            "    jc val=center",
        ]
    ) in "".join(written(style, block))


@pytest.mark.parametrize("text", ['A&B <张三> "x"', "  两端空格  ", "一  二", "𠮷野家", "a\u00a0b", "&amp;"])
def test_text_comes_back_as_it_went_in(style: Style, text: str) -> None:
    file = write_docx(Document(blocks=(Paragraph(inlines=(Text(text),)),)), style)
    assert [item.text for item in python_docx.Document(io.BytesIO(file)).paragraphs] == [text]


def test_nothing_in_a_paragraph_fixes_its_lines(document: Document, style: Style) -> None:
    """The file stays editable: runs of styled text, and a break in the title only."""
    for paragraph in paragraphs(write_docx(document, style)):
        found = {str(node.tag).removeprefix(W) for node in paragraph.iter()}
        if "pStyle val=Title" in readable(paragraph):
            found -= {"br"}
        assert found <= {"p", "pPr", "pStyle", "ind", "jc", "r", "rPr", "rStyle", "rFonts", "t"}


def test_spacing_of_a_span_is_added_to_its_paragraphs(style: Style) -> None:
    spread = Paragraph(inlines=(Span((Text("教育"),), "", Twips(100)), Text("局")))
    (paragraph,) = paragraphs(write_docx(Document(blocks=(spread,)), style))
    first, last = paragraph.iter(f"{W}r")
    (spacing,) = first.iter(f"{W}spacing")
    assert int(str(spacing.get(f"{W}val"))) == style.paragraphs["body"].char_spacing + 100
    assert not list(last.iter(f"{W}spacing"))
