"""The language of templates: what it gives, and what it says when a template is wrong."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import find_template
from kexie_docs.doctree.nodes import Document, Figure, Text
from kexie_docs.doctree.walk import block_text
from kexie_docs.errors import InputError, Problem, TemplateError
from tests.compose.conftest import a_report, running

Made = Callable[..., Document]
Failing = Callable[..., Problem]
Write = Callable[..., Path]


def text(document: Document) -> str:
    return "\n".join(map(block_text, document.blocks))


METRICS = {"科普活动": {"数值": "312", "单位": "场", "表述": "余", "上年": "268场"}, "参与人次": "超10万人次"}
ACTIONS = [{"标题": "甲", "措施": [{"内容": "一"}, {"内容": "二"}]}, {"标题": "乙"}]


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        ("{{ 年度 }}", "2025"),
        ("{{ year }}", "2025"),
        ("{{ 年度 + 1 }}年", "2026年"),
        ("{{ 年度 - 1 }}", "2024"),
        ("{{ 1 + 年度 }}", "2026"),
        ("{{ 单位.全称 }}", "云溪县科学技术协会"),
        ("{{ organization.full_name }}", "云溪县科学技术协会"),
        ("{{ 单位['简称'] }}", "云溪县科协"),
        ("{{ 单位.简称 ~ '的' }}", "云溪县科协的"),
        ("{{ 科普活动 }}", "300余场"),
        ("{{ 科普活动 | 准确 }}", "312场"),
        ("{{ 科普活动 | 汉字 }}", "三百余场"),
        ("{{ 科普活动.上年 }}", "268场"),
        ("{{ 指标.参与人次 }}", "超10万人次"),
        ("{{ 指标['参与人次'] }}", "超10万人次"),
        ("{% for 数 in 指标 %}{{ 数 }}、{% endfor %}", "300余场、超10万人次、"),
        ("{% if 科普活动 > 300 %}多{% else %}少{% endif %}", "多"),
        ("{% if 科普活动 > 科普活动.上年 %}增{% endif %}", "增"),
        ("{% if 年度 == 2025 %}是{% endif %}", "是"),
        ("{% if 单位.简称 == '云溪县科协' %}是{% endif %}", "是"),
        ("{% if '科协' in 单位.简称 %}是{% endif %}", "是"),
        ("{{ 行动 | length }}", "2"),
        ("{{ 行动[0].标题 }}{{ 行动[-1].标题 }}", "甲乙"),
        ("{% for 项 in 行动 %}{{ loop.index }}{{ 项.标题 }}{% endfor %}", "1甲2乙"),
        ("{{ 行动 | map(attribute='标题') | join('和') }}", "甲和乙"),
        ("{% for 项 in 行动 if 项.措施 %}{{ 项.标题 }}{% endfor %}", "甲"),
        ("{{ 单位.自称 | default('协会') }}", "协会"),
        ("{{ 单位.自称 or 单位.全称 }}", "云溪县科学技术协会"),
        ("{% if 落款.署名 %}有{% else %}无{% endif %}", "无"),
        ("{% if 没有 is defined %}有{% else %}无{% endif %}", "无"),
        ("{% macro 句(名) %}办了{{ 名 }}{% endmacro %}{{ 句(科普活动) }}", "办了300余场"),
        ("{% set 名 = 单位.简称 %}{{ 名 }}", "云溪县科协"),
        ("{{ 7 * 2 }}{{ 7 % 2 }}", "141"),
        ("{{ 默认.词 }}", "固定词"),
    ],
)
def test_templates_print_the_inputs_values(made: Made, content: str, printed: str) -> None:
    settings = 'title = "试"\n[defaults]\n"词" = "固定词"\n'
    assert text(made(content, settings, 指标=METRICS, 行动=ACTIONS)) == printed


def test_a_date_is_printed_as_the_standard_asks(made: Made) -> None:
    signature = {"署名": "甲", "成文日期": "2025-01-05"}
    content = "{{ 落款.成文日期 }}，{{ 落款.成文日期.年 + 1 }}"
    assert text(made(content, 落款=signature)) == "2025年1月5日，2026"


def test_a_figure_stays_a_reference_with_its_filters(made: Made) -> None:
    document = made("共{{ 科普活动|准确 }}，上年{{ 科普活动.上年 }}", 指标=METRICS)
    assert running(document)[0].inlines == (
        Text("共"),
        Figure("312场", "科普活动", "科普活动|准确"),
        Text("，上年"),
        Figure("268场", "科普活动", "科普活动.上年"),
    )


def test_figures_in_input_text_are_references_too(made: Made) -> None:
    document = made("{{ 开篇 }}", 指标=METRICS, 开篇="{{年度}}年，{{科普活动}}（{{科普活动|准确}}）。")
    assert running(document)[0].inlines == (
        Text("2025年，"),
        Figure("300余场", "科普活动", "科普活动"),
        Text("（"),
        Figure("312场", "科普活动", "科普活动|准确"),
        Text("）。"),
    )


def test_prose_of_several_paragraphs_becomes_as_many(made: Made) -> None:
    assert text(made("{{ 开篇 }}", 开篇="第一段\n\n第二段\n第三段\n")) == "第一段\n第二段\n第三段"
    assert text(made("{% for 段 in 开篇 %}◎{{ 段 }}\n\n{% endfor %}", 开篇="一\n二")) == "◎一\n◎二"


HOSTILE = [
    "# 不是标题", "**不是强调**", "- 不是列表", "1. 也不是", "::: signature", "[甲]{.strong}", "<b>甲</b>",
    "&amp;", "a\\*b", "    空格", "> 引用", "`代码`", "![图](x)", "[链](http://x)", "|", "a|b", "---", "***",
    "{ 甲 }", "}}", "%}", "~~~", "\\", "http://x.cn", "a&b<c", "甲  乙",
]  # fmt: skip


@pytest.mark.parametrize("value", HOSTILE)
def test_values_are_never_read_as_markup_or_code(made: Made, value: str) -> None:
    document = made("{{ 单位.自称 }}\n\n{{ 开篇 }}", 单位={"全称": "全", "自称": value}, 开篇=f"前{value}后")
    assert [block.style for block in running(document)] == ["body", "body"]
    assert running(document)[0].inlines == (Text(value.strip()),)
    assert running(document)[1].inlines == (Text(f"前{value}后"),)


@pytest.mark.parametrize(
    ("content", "code", "line", "said"),
    [
        ("好\n{{ 年渡 }}", "KD405", 2, "no value “年渡”"),
        ("\n\n{{ 单位.全程 }}", "KD405", 3, "“单位” has no part “全程”"),
        ("{{ 落款.署各 }}", "KD405", 1, "“落款” has no part “署各”"),
        ("{{ 科普活动.今年 }}", "KD405", 1, "“科普活动” has no part “今年”"),
        ("{{ 行动[7].标题 }}", "KD405", 1, "“行动” has no part “7”"),
        ("{{ 单位 }}", "KD410", 1, "“单位” cannot be printed"),
        ("{{ 行动 }}", "KD410", 1, "“行动” cannot be printed"),
        ("甲\n{{ 单位.自称 }}", "KD410", 2, "“单位.自称” is to be printed, but the input does not give it"),
        ("{{ 落款.成文日期 }}", "KD410", 1, "“落款.成文日期” is to be printed"),
        ("{{ 参与人次.上年 }}", "KD410", 1, "“参与人次.上年” is to be printed"),
        ("{{ 参与人次 | 准确 }}", "KD312", 1, "the exact number behind “超10万人次” is not known"),
        ("{{ 单位.全称 | 汉字 }}", "KD312", 1, "can only be put on a figure"),
        ("{{ 科普活动 | 汉字(3) }}", "KD312", 1, "takes 0 arguments"),
        ("甲\n{% for 项 in 行动 %}\n", "KD404", 2, "ends before “endfor”"),
        ("甲\n{% 循环 %}", "KD404", 2, "no statement “循环”"),
        ("{{ 年度", "KD404", 1, ""),
        ("{{ 年度，全 }}", "KD404", 1, "“，” does not belong here"),
        ("{{ 年度 | 大写 }}", "KD404", 1, "no filter “大写”"),
        ("{% if 年度 is 好 %}{% endif %}", "KD404", 1, "no test “好”"),
        ("{% endif %}", "KD404", 1, "“endif” closes nothing"),
        ("{% include 'other.j2' %}", "KD407", 1, "no file “other.j2”"),
        ("{% include '../mine/content.md.j2' %}", "KD407", 1, "no file"),
        ("{% include '/etc/passwd' %}", "KD407", 1, "no file"),
        ("{% extends 'base.j2' %}", "KD407", 1, "no file “base.j2”"),
        ("{{ 年度.__class__ }}", "KD405", 1, "has no part"),
        ("{{ ''.__class__.__mro__ }}", "KD406", 1, "not allowed"),
        ("{{ 'a'.upper() }}", "KD406", 1, "not allowed"),
        ("{{ '{0}'.format(年度) }}", "KD406", 1, "not allowed"),
        ("{{ self.__init__ }}", "KD406", 1, "not allowed"),
        ("{{ cycler('a') }}", "KD405", 1, "no value “cycler”"),
        ("{{ lipsum(9) }}", "KD405", 1, "no value “lipsum”"),
        ("{{ range(9) }}", "KD405", 1, "no value “range”"),
        ("{{ 'a' | attr('__class__') }}", "KD404", 1, "no filter “attr”"),
        ("{{ 'a' * 1000000000 }}", "KD406", 1, "“*” cannot be used here"),
        ("{{ 9 ** 9 }}", "KD406", 1, "“**” cannot be used here"),
        ("{{ '%999999999d' % 1 }}", "KD406", 1, "“%” cannot be used here"),
        ("{{ 单位.全称 + 1 }}", "KD409", 1, "cannot be worked out"),
        ("{{ 年度 + 'x' }}", "KD405", 1, "only be counted with whole numbers"),
        ("{% macro 转() %}{{ 转() }}{% endmacro %}\n{{ 转() }}", "KD408", 1, "calls itself without end"),
    ],
)
def test_a_broken_template_is_told_with_file_and_line(
    problem: Failing, content: str, code: str, line: int, said: str
) -> None:
    found = problem(content, 指标=METRICS, 行动=ACTIONS)
    assert (found.code, found.place.file, found.place.line) == (code, "templates/mine/content.md.j2", line)
    assert said in str(found.what)


def test_a_misspelt_name_is_told_with_the_right_one(problem: Failing) -> None:
    assert str(problem("{{ 科普活动数 }}", 指标=METRICS).hint) == "Did you mean “科普活动”?"


def test_a_template_may_take_in_files_of_its_folder(write: Write) -> None:
    root = write("{% include 'part.j2' %}", part__j2="里")
    assert text(Composer(find_template("mine", [root])).compose(a_report())) == "里"


def test_an_error_in_a_file_taken_in_names_that_file(write: Write) -> None:
    root = write("{% include 'part.j2' %}", part__j2="一\n{{ 没有 }}")
    with pytest.raises(TemplateError) as error:
        Composer(find_template("mine", [root])).compose(a_report())
    place = error.value.problems[0].place
    assert (place.file, place.line) == ("templates/mine/part.j2", 2)


def test_a_link_out_of_the_folder_is_not_followed(write: Write, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    root = write("{% include 'part.j2' %}")
    (root / "mine" / "part.j2").symlink_to(tmp_path / "secret.txt")
    with pytest.raises(TemplateError, match="KD407"):
        Composer(find_template("mine", [root])).compose(a_report())


@pytest.mark.parametrize(
    ("data", "said"),
    [("工作".encode("gbk"), "not UTF-8"), (b"\0\1", "no text"), (b"x" * 2_000_000, "larger than")],
)
def test_a_file_that_is_no_text_is_refused(write: Write, data: bytes, said: str) -> None:
    root = write("")
    (root / "mine" / "content.md.j2").write_bytes(data)
    with pytest.raises(TemplateError, match=said) as error:
        Composer(find_template("mine", [root])).compose(a_report())
    assert error.value.problems[0].code == "KD407"


def test_too_much_output_is_stopped(problem: Failing) -> None:
    loops = "{% for 甲 in 行动 %}" * 16 + "字" * 100 + "{% endfor %}" * 16
    assert problem(loops, 行动=ACTIONS).code == "KD408"


def test_input_text_that_asks_for_what_is_not_there_is_told_with_its_field(made: Made) -> None:
    with pytest.raises(InputError) as error:
        made("{{ 开篇 }}", 开篇="有{{没有}}")
    (only,) = error.value.problems
    assert (only.code, only.place.field) == ("KD303", "开篇")


def test_an_empty_document_is_refused(made: Made) -> None:
    with pytest.raises(InputError, match="KD302"):
        made("\n\n")
