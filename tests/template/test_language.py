"""What the language gives beside the model: every name of it, dates, numerals, lists, quotes, page breaks."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.compose.kinds import Kind, Sort, names_of_input
from kexie_docs.compose.namespace import Namespace
from kexie_docs.compose.template_filters import DATE_FORMS
from kexie_docs.compose.values import MissingValue
from kexie_docs.doctree.nodes import Document, PageBreak, Paragraph
from kexie_docs.doctree.walk import block_text
from kexie_docs.errors import Problem
from kexie_docs.model.facts import gather_facts
from kexie_docs.model.fields import fields_of
from kexie_docs.model.report import Part, Report
from kexie_docs.text.numerals import from_hans
from tests.compose.conftest import a_report
from tests.compose.conftest import made as made
from tests.compose.conftest import problem as problem
from tests.compose.conftest import write as write

Made = Callable[..., Document]


def text(document: Document) -> str:
    return "\n".join(map(block_text, document.blocks))


def test_every_key_of_an_input_is_there_in_both_spellings() -> None:
    names = Namespace(a_report(), {}).names()
    for name, info in fields_of(Report).items():
        assert names[name] is names[info.alias] or type(names[name]) is type(names[info.alias])
    assert set(fields_of(Report)) <= set(names)


@pytest.mark.parametrize("part", sorted(Part.__subclasses__(), key=str))
def test_what_is_known_of_a_part_without_an_input_is_what_there_is(part: type[Part]) -> None:
    """The analysis of `template check` knows the parts that templates can ask for, and no others."""
    kinds = [kind for kind in _all_kinds() if kind.part is part]
    for kind in kinds:
        for name, info in fields_of(part).items():
            assert (kind.of(name) is not None) == (info.name in part.model_fields), name


def _all_kinds() -> list[Kind]:
    found: list[Kind] = []
    waiting = list(names_of_input().values())
    while waiting:
        kind = waiting.pop()
        if kind in found:
            continue
        found.append(kind)
        waiting += [each for name in kind.names() if (each := kind.of(name)) is not None]
        waiting += [kind.item] if kind.item is not None else []
    return found


def test_what_an_input_may_leave_out_is_known() -> None:
    names = Namespace(a_report(), {}).names()
    for name, kind in names_of_input().items():
        if kind.sort in (Sort.TEXT, Sort.RECORD, Sort.DATE):
            assert kind.optional == isinstance(names[name], MissingValue), name


@given(st.dates(date(1000, 1, 1), date(2999, 12, 31)))
def test_a_date_in_every_form_is_that_day(day: date) -> None:
    forms = {name: make(day) for name, make in DATE_FORMS.items()}
    assert forms[""] == f"{day.year}年{day.month}月{day.day}日"
    assert date.fromisoformat(forms["短"]) == day
    year, rest = forms["汉字"].split("年")
    month, rest = rest.split("月")
    assert int("".join(str("〇一二三四五六七八九".index(digit)) for digit in year)) == day.year
    assert (from_hans(month), from_hans(rest.removesuffix("日"))) == (day.month, day.day)
    assert forms["年月"] + forms["月日"].split("月")[1] == f"{day.year}年{day.month}月{day.day}日"
    assert [int(part) for part in forms["点"].split(".")] == [day.year, day.month, day.day]


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        ("{{ 主送 | 并列 }}", "甲、乙和丙"),
        ("{{ 主送 | 并列('及') }}", "甲、乙及丙"),
        ("{{ 主送 | listed }}", "甲、乙和丙"),
        ("{{ ['甲'] | 并列 }}{{ [] | 并列 }}", "甲"),
        ("{{ ['甲', '乙'] | 并列 }}", "甲和乙"),
        ("{{ 主送 | 引号 }}", "“甲”“乙”“丙”"),
        ("{{ 单位.全称 | 引号 }}", "“云溪县科学技术协会”"),
        ("{{ ['“甲”', '乙'] | quoted }}", "“甲”“乙”"),
        ("{{ '科普法' | 书名号 }}", "《科普法》"),
        ("{{ ['《科普法》', '条例'] | book_titles }}", "《科普法》《条例》"),
        ("{{ 12 | 汉字 }}{{ 0 | hans }}{{ 年度 | 汉字('逐位') }}", "十二零二〇二五"),
        ("{{ 落款.成文日期 | 汉字 }}", "二〇二五年一月五日"),
        ("{{ 落款.成文日期 | date('短') }}", "2025-01-05"),
        ("{{ 落款.成文日期 | 日期('汉字年月') }}", "二〇二五年一月"),
        ("{{ 落款.成文日期 | 日期('点') }}", "2025.1.5"),
        ("{{ 指标.活动 | year_on_year }}，{{ 活动 | completion }}", "增长16.4%，104%"),
        ("{{ 活动 | exact }}", "312场"),
        ("{{ '甲' + '乙' }}{{ 1 + 2 }}{{ 年度 + 1 }}", "甲乙32026"),
        ("{{ 7 // 2 }}{{ 7 % 2 }}", "31"),
        ("{% for 甲 in 附加.出席 %}{{ 甲 }}；{% endfor %}{{ 附加.说明 }}", "李某某；王某某；共300余场"),
        ("{{ extra.出席 | length }}{% if not 附加.请假 %}无{% endif %}", "2无"),
        ("{% set 列 = [1, 2, 3] %}{{ 列 | list | length }}{{ 列 | reverse | join }}", "3321"),
    ],
)  # fmt: skip
def test_values_are_put_into_words(made: Made, content: str, printed: str) -> None:
    document = made(
        content,
        主送=["甲", "乙", "丙"],
        落款={"成文日期": "2025-01-05"},
        指标={"活动": {"数值": "312", "单位": "场", "表述": "余", "上年": "268", "目标": "300"}},
        附加={"出席": ["李某某", "王某某"], "说明": "共{{活动}}"},
    )
    assert text(document) == printed


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("{{ 落款.成文日期 | 日期('中文') }}", "KD410", "does not give it"),
        ("{{ 年度 | 日期 }}", "KD312", "only be put on a date"),
        ("{{ 年度 | 汉字('大写') }}", "KD312", "no form “大写”"),
        ("{{ -1 | 汉字 }}", "KD312", "no Chinese numerals"),
        ("{{ 附加.没有 }}", "KD410", "“附加.没有” is to be printed"),
        ("{{ 附加 }}", "KD410", "“附加” cannot be printed"),
        ("{{ 没有 | 引号 }}", "KD405", "no value “没有”"),
        ("::: 分页\n字\n:::", "KD409", "no text in it"),
        ("{{ [年度] + [年度] }}", "KD406", "“+” cannot be used"),
    ],
)
def test_wrong_use_is_told(problem: Callable[..., Problem], content: str, code: str, said: str) -> None:
    found = problem(content)
    assert found.code == code
    assert said in str(found.what)


@pytest.mark.parametrize("name", ["分页", "page_break"])
def test_a_page_break_stands_between_paragraphs(made: Made, name: str) -> None:
    blocks = made(f"甲\n\n::: {name}\n:::\n\n乙").blocks
    assert [type(block) for block in blocks] == [Paragraph, PageBreak, Paragraph]


def test_a_reference_in_texts_of_the_templates_own_is_known_as_any_other() -> None:
    facts = gather_facts({"附加": {"出席": ["甲{{没有}}", "乙"], "说明": "{{也没有}}"}})
    assert [(each.path, each.prose.references[0].expression) for each in facts.texts] == [
        (("附加", "出席", 0), "没有"),
        (("附加", "说明"), "也没有"),
    ]
