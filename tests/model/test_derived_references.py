"""Filters that work figures out: tried when an input is read, each fault at the line of its reference."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kexie_docs.errors import InputError, Problem
from kexie_docs.figures.quantity import print_quantity
from kexie_docs.model.report import Report
from kexie_docs.readers.reader import read_report

FACTS = """\
单位: {全称: 云溪市科学技术协会}
年度: 2025
指标:
  活动:
    数值: 312
    单位: 场
    表述: 余
    上年: 268
    目标: 300
    往年累计: 1200
    期间: 1—11月
    分项: {东县: 100, 西县: 212场}
  讲座: {数值: 24场, 目标: 0}
  会员: 4.2万人
  约数: {数值: 300余场, 上年: 268场}
开篇: |
  第一段。
"""

Read = Callable[[str], Report]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def read_text(opening: str) -> Report:
        path = tmp_path / "input.yaml"
        path.write_text(f"{FACTS}  {opening}\n", encoding="utf-8")
        return read_report(path, display="input.yaml").report

    return read_text


@pytest.fixture
def problem(read: Read) -> Callable[[str], Problem]:
    def problem_of(opening: str) -> Problem:
        with pytest.raises(InputError) as error:
            read(opening)
        (only,) = error.value.problems
        return only

    return problem_of


def test_parts_of_a_metric_take_its_unit(read: Read) -> None:
    metric = read("甲").metrics["活动"]
    assert {name: print_quantity(part) for name, part in metric.breakdown.items()} == {
        "东县": "100场",
        "西县": "212场",
    }
    assert metric.earlier is not None
    assert print_quantity(metric.earlier) == "1200场"
    assert metric.period == "1—11月"


def test_english_keys_say_the_same(tmp_path: Path) -> None:
    path = tmp_path / "input.yaml"
    path.write_text(
        "organization: {full_name: 甲}\nyear: 2025\nmetrics:\n"
        "  活动: {quantity: 312, unit: 场, breakdown: {东县: 312}, earlier: 1, period: 全年}\n"
        'opening: "{{活动.breakdown.东县}}，{{活动.period}}，{{活动|累计}}"\n',
        encoding="utf-8",
    )
    metric = read_report(path, display="input.yaml").report.metrics["活动"]
    assert print_quantity(metric.breakdown["东县"]) == "312场"
    assert metric.period == "全年"


@pytest.mark.parametrize(
    "reference",
    [
        "活动|同比", "活动|同比('增减')", "活动|完成率", "活动|合计", "活动|合计('讲座')", "活动|累计",
        "讲座|占比('活动')", "讲座|占比(500)", "活动|每万人('会员')", "会员|平均('活动')", "活动.分项.东县",
        "活动.分项.东县|占比('活动')", "活动.分项.东县|汉字", "活动.期间", "活动.往年累计", "活动|合计|汉字",
        "活动|合计('讲座')|占比('活动')",
    ],
)  # fmt: skip
def test_what_the_input_supports_is_read(read: Read, reference: str) -> None:
    assert read("甲{{" + reference + "}}。").opening is not None


@pytest.mark.parametrize(
    ("reference", "code", "said"),
    [
        ("讲座|同比", "KD311", "has no 上年"),
        ("讲座|完成率", "KD311", "is zero"),
        ("讲座|累计", "KD311", "has no 往年累计"),
        ("讲座|合计", "KD311", "has no 分项"),
        ("讲座|占比('会员')", "KD311", "not in the same unit"),
        ("约数|同比", "KD311", "is rounded"),
        ("活动|同比('降幅')", "KD311", "rose"),
        ("活动|占比('讲坐')", "KD303", "讲坐"),
        ("活动|合计('讲座', '没有的')", "KD303", "没有的"),
        ("活动|占比", "KD309", "takes 1 constants"),
        ("活动|同比('增减', '甲')", "KD309", "takes 0—1 constants"),
        ("活动.分项", "KD304", "alone cannot be printed"),
        ("活动.分项.南县", "KD304", "南县"),
        ("活动.分项.东县.甲", "KD304", "东县"),
        ("讲座.分项.东县", "KD305", "has no 分项"),
        ("活动.期间|同比", "KD307", "is for figures"),
        ("活动.分项.东县|同比", "KD311", "has no 上年"),
    ],
)
def test_what_it_does_not_support_is_told_at_the_reference(
    problem: Callable[[str], Problem], reference: str, code: str, said: str
) -> None:
    found = problem("甲{{" + reference + "}}。")
    assert found.code == code
    assert said in str(found.what)
    line = FACTS.count("\n") + 1
    assert (found.place.line, found.place.column, found.place.field) == (line, 4, "开篇")


def test_a_near_name_is_proposed_for_a_metric_that_a_filter_names(problem: Callable[[str], Problem]) -> None:
    assert str(problem("{{讲座|占比('活动数')}}").hint) == "Did you mean “活动”?"


@pytest.mark.parametrize(
    ("given", "code", "field"),
    [
        ("分项: [1场]", "KD201", "指标.甲.分项"),
        ("分项: {东县: 很多}", "KD310", "指标.甲.分项.东县"),
        ("分项: {东县: }", "KD204", "指标.甲.分项.东县"),
        ("往年累计: 多", "KD310", "指标.甲.往年累计"),
    ],
)
def test_faults_of_the_parts_are_told_where_they_stand(
    tmp_path: Path, given: str, code: str, field: str
) -> None:
    path = tmp_path / "input.yaml"
    path.write_text(
        f"单位: {{全称: 甲}}\n年度: 2025\n指标:\n  甲:\n    数值: 3场\n    {given}\n", encoding="utf-8"
    )
    with pytest.raises(InputError) as error:
        read_report(path, display="input.yaml")
    (only,) = error.value.problems
    assert (only.code, only.place.field, only.place.line) == (code, field, 6)
