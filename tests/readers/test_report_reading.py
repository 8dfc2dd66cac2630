"""From a file to a report: every problem of the model gathered, with file, line, column, field and a hint."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.errors import InputError, Problem
from kexie_docs.figures.quantity import print_quantity
from kexie_docs.model.limits import LINE_CHARACTERS, PARAGRAPH_CHARACTERS, PROBLEMS, REFERENCES
from kexie_docs.model.text import Reference
from kexie_docs.readers.json_file import parse_json
from kexie_docs.readers.parsed import Parsed
from kexie_docs.readers.reader import LoadedReport, read_report
from kexie_docs.readers.source import Source, text_source
from kexie_docs.readers.structure import build_report
from kexie_docs.readers.yaml_file import parse_yaml

GOOD = "单位: {全称: 云溪市科学技术协会}\n年度: 2025\n"

FULL = """\
模板: press
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协, 自称: 市科协, 地区: 云溪}
年度: 2025
标题: "{{单位.全称}}|{{年度}}年工作总结"
主送: [中共云溪市委, 云溪市人民政府]
指标:
  科普项目: 18个
  科普活动: {数值: 312, 单位: 场, 表述: 余, 上年: 268, 目标: 300, 来源: 科普部}
  项目资金: {数值: 741万元, 上年: 700万元}
开篇: |
  {{年度}}年，{{ 单位.简称 }}办{{科普活动}}。

  上年{{科普活动.上年}}，{{科普活动|准确}}，{{'{{'}}。
行动:
  - 标题: 汇智赋能
    导语: 创新为翼。
    指标: {院士: 2位}
    措施:
      - 要点: 引智
        指标: {基地: 6个}
        内容: |
          新建{{基地}}，{{院士}}。
问题: |
打算:
落款: {署名: 云溪市科学技术协会, 成文日期: 2025年12月31日}
联系: [电话：0936, "地址：{{单位.地区}}"]
"""

Problems = Callable[..., list[Problem]]
Where = tuple[str, int | None, int | None, str]


def where(problem: Problem) -> Where:
    return problem.code, problem.place.line, problem.place.column, problem.place.field


def test_whole_input_becomes_a_report(read: Callable[..., LoadedReport]) -> None:
    report = read(FULL).report
    assert report.template == "press"
    assert report.organization.self_name == "市科协"
    assert report.year == 2025
    assert report.addressees == ["中共云溪市委", "云溪市人民政府"]
    assert report.problems is None
    assert report.plans is None
    assert report.signature is not None
    assert [one.name for one in report.signature.signatories] == ["云溪市科学技术协会"]
    assert report.signature.issue_date == date(2025, 12, 31)
    assert [line.source for line in report.contact] == ["电话：0936", "地址：{{单位.地区}}"]
    assert list(report.all_metrics()) == ["科普项目", "科普活动", "项目资金", "院士", "基地"]


def test_metric_given_in_fields_keeps_its_exact_value(read: Callable[..., LoadedReport]) -> None:
    metric = read(FULL).report.metrics["科普活动"]
    assert metric.quantity.value == Decimal(312)
    assert print_quantity(metric.quantity) == "300余场"
    assert metric.previous is not None
    assert print_quantity(metric.previous) == "268场"
    assert metric.target is not None
    assert print_quantity(metric.target) == "300场"
    assert metric.source == "科普部"


def test_text_keeps_its_references(read: Callable[..., LoadedReport]) -> None:
    opening = read(FULL).report.opening
    assert opening is not None
    assert [reference.path for reference in opening.references] == [
        ("年度",),
        ("单位", "简称"),
        ("科普活动",),
        ("科普活动", "上年"),
        ("科普活动",),
    ]
    assert opening.references[-1].filters == (("准确", ()),)
    assert len(opening.paragraphs) == 2
    last = opening.paragraphs[1][-1]
    assert not isinstance(last, Reference)
    assert last == "，{{。"


def test_english_keys_give_the_same_report(read: Callable[..., LoadedReport]) -> None:
    english = """\
organization: {full_name: 甲, region: 乙}
year: 2025
metrics: {科普活动: {quantity: 312, unit: 场, hedge: 余, previous: 268}}
opening: "{{organization.region}}{{year}}{{科普活动.previous}}"
actions: [{title: 丙, measures: [{point: 丁, text: 戊}]}]
signature: {signatories: 甲, issue_date: 2025-12-31}
"""
    chinese = """\
单位: {全称: 甲, 地区: 乙}
年度: 2025
指标: {科普活动: {数值: 312, 单位: 场, 表述: 余, 上年: 268}}
开篇: "{{organization.region}}{{year}}{{科普活动.previous}}"
行动: [{标题: 丙, 措施: [{要点: 丁, 内容: 戊}]}]
落款: {署名: 甲, 成文日期: 2025-12-31}
"""
    assert read(english).report == read(chinese).report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # missing
        ("单位: {全称: 甲}\n", ("KD202", 1, 1, "年度")),
        ("年度: 2025\n单位: {简称: 甲}\n", ("KD202", 2, 1, "单位.全称")),
        (GOOD + "行动:\n- 标题: 甲\n  措施:\n  - 要点: 乙\n", ("KD202", 6, 5, "行动[0].措施[0].内容")),
        ("单位: {全称: 甲}\n年度:\n", ("KD204", 2, 1, "年度")),
        ('单位: {全称: ""}\n年度: 2025\n', ("KD204", 1, 6, "单位.全称")),
        ("年度: 2025\n单位:\n  full_name: \n", ("KD204", 3, 3, "单位.full_name")),
        # keys
        (GOOD + "标提: 甲\n", ("KD203", 3, 1, "标提")),
        (GOOD + "行动:\n- 标题: 甲\n  倒语: 乙\n", ("KD203", 5, 3, "行动[0].倒语")),
        (GOOD + "year: 2025\n", ("KD119", 3, 1, "year")),
        (GOOD + "指标:\n  甲: {数值: 1, 单位: 个, unit: 场}\n", ("KD119", 4, 21, "指标.甲.unit")),
        # shapes
        (GOOD + "行动:\n  标题: 甲\n", ("KD201", 4, 3, "行动")),
        (GOOD + "指标:\n- 甲: 1个\n", ("KD201", 4, 1, "指标")),
        (GOOD + "落款: [甲]\n", ("KD201", 3, 5, "落款")),
        (GOOD + "标题: [甲]\n", ("KD201", 3, 5, "标题")),
        (GOOD + "标题: {甲: 乙}\n", ("KD201", 3, 5, "标题")),
        (GOOD + "指标: {甲: [1]}\n", ("KD201", 3, 9, "指标.甲")),
        (GOOD + "指标: {甲: {数值: [1]}}\n", ("KD201", 3, 14, "指标.甲.数值")),
        (GOOD + "行动: 甲\n", ("KD201", 3, 5, "行动")),
        ("年度: 2025\n单位: 甲\n", ("KD201", 2, 5, "单位")),
        ("年度: 2025\n单位:\n  全称：甲\n", ("KD112", 3, 5, "单位")),
        ("年度: 2025\n单位:\n  全称:甲\n", ("KD112", 3, 5, "单位")),
        # values
        ("单位: {全称: 甲}\n年度: 25\n", ("KD210", 2, 5, "年度")),
        ("单位: {全称: 甲}\n年度: 2025年\n", ("KD210", 2, 5, "年度")),
        (GOOD + "落款: {成文日期: 2025-02-30}\n", ("KD211", 3, 12, "落款.成文日期")),
        (GOOD + "落款: {成文日期: 十二月}\n", ("KD211", 3, 12, "落款.成文日期")),
        (GOOD + "模板: ../summary\n", ("KD212", 3, 5, "模板")),
        (GOOD + '标题: "甲\n\n  乙"\n', ("KD205", 3, 7, "标题")),
        (GOOD + "落款: {署名: '{{单位.全称}}'}\n", ("KD208", 3, 11, "落款.署名")),
        (GOOD + "主送: [甲, , 乙]\n", ("KD110", 3, 9, "")),
        (GOOD + "主送:\n- 甲\n-\n", ("KD204", 5, 2, "主送[1]")),
        # figures
        (GOOD + "指标: {甲: 很多}\n", ("KD310", 3, 9, "指标.甲")),
        (GOOD + "指标: {甲: {数值: 很多}}\n", ("KD310", 3, 14, "指标.甲.数值")),
        (GOOD + "指标: {甲: {数值: 12, 单位: 场, 上年: 很多}}\n", ("KD310", 3, 29, "指标.甲.上年")),
        (GOOD + "指标: {甲: {数值: 12, 表述: 或许}}\n", ("KD310", 3, 14, "指标.甲.数值")),
        (GOOD + "指标: {甲: }\n", ("KD204", 3, 9, "指标.甲")),
        (GOOD + "指标: {甲: {来源: 乙}}\n", ("KD202", 3, 6, "指标.甲.数值")),
        # names
        (GOOD + "指标: {科普 活动: 1个}\n", ("KD320", 3, 6, "指标.科普 活动")),
        (GOOD + "指标: {2025年项目: 1个}\n", ("KD320", 3, 6, "指标.2025年项目")),
        (GOOD + "指标: {ＡＢ: 1个}\n", ("KD320", 3, 6, "指标.ＡＢ")),
        (GOOD + "指标: {年度: 1个}\n", ("KD321", 3, 6, "指标.年度")),
        (GOOD + "指标: {汉字: 1个}\n", ("KD321", 3, 6, "指标.汉字")),
        (
            GOOD + "指标: {甲: 1个}\n行动: [{标题: 乙, 指标: {甲: 2个}}]\n",
            ("KD322", 4, 19, "行动[0].指标.甲"),
        ),
        # references
        (GOOD + "开篇: |\n  甲\n  乙{{没有}}\n", ("KD303", 5, 4, "开篇")),
        (GOOD + "行动:\n- 标题: 甲{{没有}}\n", ("KD303", 4, 8, "行动[0].标题")),
        (GOOD + "联系: [甲, '乙{{没有}}']\n", ("KD303", 3, 11, "联系[1]")),
        (GOOD + "开篇: 甲{{单位}}\n", ("KD304", 3, 6, "开篇")),
        (GOOD + "开篇: 甲{{单位.电话}}\n", ("KD304", 3, 6, "开篇")),
        (GOOD + "开篇: 甲{{年度.月}}\n", ("KD304", 3, 6, "开篇")),
        (GOOD + "开篇: 甲{{单位.简称}}\n", ("KD305", 3, 6, "开篇")),
        (GOOD + "指标: {乙: 1个}\n开篇: 甲{{乙.上年}}\n", ("KD305", 4, 6, "开篇")),
        (GOOD + "指标: {乙: 1个}\n开篇: 甲{{乙.去年}}\n", ("KD304", 4, 6, "开篇")),
        (GOOD + "指标: {乙: 1个}\n开篇: 甲{{乙|汗字}}\n", ("KD306", 4, 6, "开篇")),
        (GOOD + "开篇: 甲{{年度|汉字}}\n", ("KD307", 3, 6, "开篇")),
        (GOOD + "指标: {乙: 1个}\n开篇: 甲{{乙|汉字(2)}}\n", ("KD309", 4, 6, "开篇")),
        (GOOD + "指标: {乙: 300余场}\n开篇: 甲{{乙|准确}}\n", ("KD311", 4, 6, "开篇")),
        (GOOD + "开篇: |\n  甲{% if 乙 %}\n", ("KD308", 4, 4, "开篇")),
        (GOOD + "开篇: |\n  甲{# 乙 #}\n", ("KD308", 4, 4, "开篇")),
        (GOOD + "开篇: |\n  甲{{乙()}}\n", ("KD301", 4, 4, "开篇")),
        (GOOD + "开篇: |\n  甲{{乙\n  }}\n", ("KD302", 4, 4, "开篇")),
    ],
)
def test_problem_is_told_once_at_its_place(problems: Problems, text: str, expected: Where) -> None:
    found = problems(text)
    assert [where(problem) for problem in found] == [expected]
    (problem,) = found
    assert problem.place.file == "input.yaml"
    assert problem.excerpt is not None
    assert problem.excerpt == text.split("\n")[expected[1] - 1 if expected[1] else 0].rstrip()


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        (GOOD + "标提: 甲\n", "“标题”"),
        (GOOD + "titel: 甲\n", "“title”"),
        (GOOD + "行动:\n- 标题: 甲\n  倒语: 乙\n", "“导语”"),
        (GOOD + "措施: []\n", "belongs under 行动"),
        (GOOD + "行动:\n- 标题: 甲\n  结语: 乙\n", "top level"),
        (GOOD + "指标: {科普活动: 1个}\n开篇: 甲{{科普话动}}\n", "“科普活动”"),
        (GOOD + "指标: {乙: 1个}\n开篇: 甲{{乙|汗字}}\n", "“汉字”"),
        (GOOD + "指标: {科普 活动: 1个}\n", "科普活动"),
        (GOOD + "指标: {2025年项目: 1个}\n", "年项目2025"),
        (GOOD + "指标: {年度: 1个}\n", "年度数"),
        (GOOD + "开篇: 甲{{单位}}\n", "{{单位.全称}}"),
        ("单位: {全称: 甲}\n", "年度: …"),
    ],
)
def test_hint_says_what_to_write(problems: Problems, text: str, hint: str) -> None:
    (problem,) = problems(text)
    assert hint in str(problem.hint)


def test_second_metric_names_the_place_of_the_first(problems: Problems) -> None:
    (problem,) = problems(GOOD + "指标:\n  甲: 1个\n行动: [{标题: 乙, 指标: {甲: 2个}}]\n")
    assert "input.yaml:4:3" in str(problem.what)


def test_all_problems_are_told_in_the_order_of_the_file(problems: Problems) -> None:
    text = """\
单位: {全程: 甲}
年度: 25
指标: {甲: 很多, 乙 丙: 1个}
开篇: |
  {{没有}}
  {{1+1}}{{也没有}}
落款: {成文日期: 2025-02-30}
"""
    assert [(problem.code, problem.place.line) for problem in problems(text)] == [
        ("KD202", 1),
        ("KD203", 1),
        ("KD210", 2),
        ("KD310", 3),
        ("KD320", 3),
        ("KD303", 5),
        ("KD301", 6),
        ("KD303", 6),
        ("KD211", 7),
    ]


def test_misspelt_key_does_not_make_what_it_holds_unknown(problems: Problems) -> None:
    """The metrics are there for the eye; only the key wants correction."""
    found = problems(GOOD + "指标们: {甲: 1个}\n不明: {乙: 1个}\n开篇: 一{{甲}}{{乙}}\n")
    assert [(problem.code, problem.place.line) for problem in found] == [("KD203", 3), ("KD203", 4)]


def test_flood_of_problems_is_cut_and_counted(problems: Problems) -> None:
    found = problems(GOOD + "指标:\n" + "".join(f"  甲{n}: 很多\n" for n in range(PROBLEMS + 50)))
    assert len(found) == PROBLEMS + 1
    assert "50 more" in str(found[-1].what)


def test_references_are_limited(problems: Problems) -> None:
    """Far below the limit a run is quick; a file of nothing but references cannot stall one."""
    text = GOOD + "开篇: |\n" + f"  {'{{年度}}' * 100}\n" * (REFERENCES // 100 + 1)
    assert [where(problem)[0] for problem in problems(text)] == ["KD117"]


def test_undefined_name_is_told_wherever_it_stands(problems: Problems) -> None:
    found = problems(GOOD + "开篇: 甲{{没有}}\n结语: 乙{{没有}}{{没有}}\n")
    assert [(problem.place.line, problem.place.column) for problem in found] == [(3, 6), (4, 6), (4, 12)]


def test_lengths_are_limited(problems: Problems) -> None:
    text = (
        f"{GOOD}标题: {'甲' * (LINE_CHARACTERS + 1)}\n开篇: |\n  乙\n  {'丙' * (PARAGRAPH_CHARACTERS + 1)}\n"
    )
    assert [(p.code, p.place.line) for p in problems(text)] == [("KD207", 3), ("KD207", 6)]


def test_names_of_a_file_cannot_act_on_the_terminal(problems: Problems) -> None:
    (problem,) = problems(GOOD + '"\\e[31m甲": 乙\n')
    said = f"{problem.what}{problem.hint}{problem.excerpt}"
    assert "\x1b" not in said
    assert "\x1b" not in problem.place.field


def test_path_is_named_as_given(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("年度: 2025\n", encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_report(path, display="inputs/a.yaml")
    assert str(caught.value.problems[0].place) == "inputs/a.yaml:1:1"
    assert str(tmp_path) not in str(caught.value)


TOKENS = st.sampled_from(
    [
        "单位",
        "年度",
        "指标",
        "行动",
        "开篇",
        "标题",
        "全称",
        "甲",
        "2025",
        "18个",
        "余",
        "{",
        "}",
        "[",
        "]",
        ",",
        '"',
        "'",
        "|",
        ">",
        "{{",
        "}}",
        "{%",
        "：",
        "#",
        "&a",
        "*a",
        "!",
        "<<",
        "\\",
        "?",
        "%",
        ": ",
        "\n",
        "  ",
        "- ",
        "\t",
        "\u3000",
    ]
)


def problems_in(text: str, parse: Callable[[Source], Parsed]) -> tuple[Problem, ...]:
    """Return what is wrong with a text; nothing but an input error may come of it."""
    try:
        build_report(parse(text_source(text, "f")))
    except InputError as error:
        return error.problems
    return ()


@given(st.lists(TOKENS, max_size=40).map("".join))
def test_any_text_is_a_report_or_an_input_error(text: str) -> None:
    for parse in (parse_yaml, parse_json):
        lines = [problem.place.line for problem in problems_in(text, parse)]
        assert all(line is None or 1 <= line <= text.count("\n") + 1 for line in lines)


VALUES = st.recursive(
    st.sampled_from(["2025", "甲", "18个", "{{年度}}", "{{甲", "2025-12-31", "", "null"]),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]")
        | st.dictionaries(
            st.sampled_from(
                ["单位", "全称", "年度", "指标", "行动", "措施", "标题", "内容", "落款", "甲", "数值", "表述"]
            ),
            inner,
            max_size=4,
        ).map(lambda items: "{" + ", ".join(f"{key}: {value}" for key, value in items.items()) + "}")
    ),
    max_leaves=12,
)


@given(VALUES, VALUES, VALUES)
def test_any_structure_is_a_report_or_an_input_error(one: str, two: str, three: str) -> None:
    text = f"{GOOD}指标: {one}\n行动: {two}\n落款: {three}\n开篇: 甲{{{{甲}}}}\n"
    assert all(problem.place.line is not None for problem in problems_in(text, parse_yaml))
