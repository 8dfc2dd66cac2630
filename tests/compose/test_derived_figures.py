"""Derived figures in templates and input text: printed, and traced to what they come from."""

from collections.abc import Callable, Iterator

import pytest

from kexie_docs.doctree.nodes import Document, Figure
from kexie_docs.doctree.walk import block_inlines, block_text
from kexie_docs.errors import Problem

METRICS = {
    "活动": {
        "数值": "312", "单位": "场", "表述": "余", "上年": "268", "目标": "300", "往年累计": "1200",
        "分项": {"东县": "100", "西县": "212"},
    },
    "讲座": "24场",
}  # fmt: skip
Made = Callable[..., Document]


def figures(document: Document) -> Iterator[Figure]:
    for block in document.blocks:
        for inlines in block_inlines(block):
            yield from (inline for inline in inlines if isinstance(inline, Figure))


def text(document: Document) -> str:
    return "\n".join(map(block_text, document.blocks))


@pytest.mark.parametrize(
    ("content", "printed"),
    [
        ("{{ 活动 | 同比 }}", "增长16.4%"),
        ("{{ 活动 | 同比('幅度') }}", "16.4%"),
        ("{{ 讲座 | 占比('活动') }}", "7.7%"),
        ("{{ 讲座 | 占比(活动) }}", "7.7%"),
        ("{{ 讲座 | 占比(240) }}", "10%"),
        ("{{ 活动 | 合计(讲座) }}", "336场"),
        ("{{ 活动 | 合计 | 汉字 }}", "三百一十二场"),
        ("{{ 活动.分项.东县 }}", "100场"),
        ("{% for 数 in 活动.分项 %}{{ 数 }}、{% endfor %}", "100场、212场、"),
        ("{{ 活动.分项.东县 | 占比(活动) }}", "32.1%"),
        ("{% if 讲座.分项 %}有{% else %}无{% endif %}", "无"),
        ("{{ 活动.单位 }}", "场"),
        ("{% if 活动 | 完成率 >= 100 %}达标{% endif %}", "达标"),
    ],
)
def test_templates_work_figures_out(made: Made, content: str, printed: str) -> None:
    assert text(made(content, 指标=METRICS)) == printed


def test_input_text_works_figures_out_and_each_knows_its_sources(made: Made) -> None:
    document = made(
        "{{ 开篇 }}", 指标=METRICS, 开篇="办{{活动}}，{{活动|同比}}，讲座占{{讲座|占比('活动')}}。"
    )
    assert text(document) == "办300余场，增长16.4%，讲座占7.7%。"
    assert list(figures(document)) == [
        Figure("300余场", "活动", "活动"),
        Figure("增长16.4%", "活动", "活动|同比", ("活动", "活动.上年")),
        Figure("7.7%", "讲座", "讲座|占比('活动')", ("讲座", "活动")),
    ]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{{ 讲座 | 同比 }}", "has no 上年"),
        ("{{ 讲座 | 占比('没有') }}", "Nothing is named “没有”"),
        ("{{ 讲座 | 占比 }}", "takes 1 arguments"),
        ("{{ 讲座 | 同比(1, 2) }}", "takes 0—1 arguments"),
    ],
)
def test_what_the_input_does_not_support_is_told_at_the_template(
    problem: Callable[..., Problem], content: str, said: str
) -> None:
    found = problem("第一行\n\n" + content, 指标=METRICS)
    assert found.code == "KD312"
    assert said in str(found.what)
    assert found.place.line == 3
