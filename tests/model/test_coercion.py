"""From text to values: each form that is accepted, each that is not."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from kexie_docs.figures.quantity import Quantity, parse_quantity, print_quantity
from kexie_docs.model.coerce import issue_date, line, metric_fields, quantity, template_name, year
from kexie_docs.model.issues import IssueError
from kexie_docs.model.report import Metric, Report


def code(function: Any, value: object) -> str:
    with pytest.raises(IssueError) as caught:
        function(value)
    return caught.value.issues[0].code


def metric(value: object) -> Metric:
    return Metric.model_validate(metric_fields(value))


@pytest.mark.parametrize("text", ["2025", " 2025 ", "1949", "2999"])
def test_year_is_four_digits(text: str) -> None:
    assert year(text) == int(text)


@pytest.mark.parametrize(
    "text", ["25", "20251", "2025年", "二〇二五", "２０２５", "0999", "-2025", "2025.0", "", "no"]
)
def test_anything_else_is_no_year(text: str) -> None:
    assert code(year, text) == "KD210"


@pytest.mark.parametrize("text", ["2025-12-31", "2025/12/31", "2025.12.31", "2025年12月31日", " 2025-12-31 "])
def test_date_in_every_accepted_form(text: str) -> None:
    assert issue_date(text) == date(2025, 12, 31)


@pytest.mark.parametrize("text", ["2025-1-5", "2025-01-05", "2025年1月5日", "2025年01月05日"])
def test_leading_zeros_are_optional(text: str) -> None:
    assert issue_date(text) == date(2025, 1, 5)


@pytest.mark.parametrize(
    "text",
    [
        "2025-02-30",
        "2025-13-01",
        "2025-00-10",
        "0000-01-01",
        "2023年2月29日",
        "2025-12/31",
        "2025-12",
        "31.12.2025",
        "2025-12-31T00:00",
        "２０２５-12-31",
        "今天",
        "",
    ],
)
def test_anything_else_is_no_date(text: str) -> None:
    assert code(issue_date, text) == "KD211"


def test_line_loses_the_space_around_it() -> None:
    assert line("　 张掖市科协 \n") == "张掖市科协"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("甲\n乙", "KD205"),
        ("甲\t乙", "KD107"),
        ("甲\r乙", "KD107"),
        ("甲\ud800", "KD107"),
        ("甲\u200b乙", "KD107"),
        ("{{年度}}", "KD208"),
        (" ", "KD204"),
        (None, "KD204"),
        (["甲"], "KD201"),
        ({"甲": "乙"}, "KD201"),
        ("甲" * 2001, "KD207"),
    ],
)
def test_what_is_no_line(value: object, expected: str) -> None:
    assert code(line, value) == expected


@pytest.mark.parametrize("name", ["summary", "press", "会议纪要", "my-template_2"])
def test_template_names(name: str) -> None:
    assert template_name(name) == name


@pytest.mark.parametrize(
    "name", ["../x", "a/b", "a\\b", "C:x", ".", "..", "-x", "a b", "a.b", "", "_x", "x" * 61]
)
def test_template_name_can_be_no_path(name: str) -> None:
    assert code(template_name, name) == "KD212"


@pytest.mark.parametrize(
    ("value", "printed"),
    [
        ("18个", "18个"),
        ("300余场", "300余场"),
        ({"数值": "312", "单位": "场", "表述": "余"}, "300余场"),
        ({"数值": "312场", "表述": "余"}, "300余场"),
        ({"quantity": "312", "unit": "场", "hedge": "余"}, "300余场"),
        ({"数值": "312", "unit": "场"}, "312场"),
        ({"数值": "741万元"}, "741万元"),
        ({"数值": "741万元", "单位": "元"}, "741万元"),
        ({"数值": "10万", "单位": "人次", "表述": "超"}, "超10万人次"),
        ({"数值": "103452", "单位": "人次", "表述": "超"}, "超10万人次"),
        ({"数值": "10.4%"}, "10.4%"),
        ({"数值": "十六", "单位": "届"}, "十六届"),
    ],
)
def test_metric_in_words_and_in_fields(value: object, printed: str) -> None:
    assert print_quantity(metric(value).quantity) == printed


def test_figure_to_compare_with_has_the_unit_of_the_metric() -> None:
    given = {"数值": "312", "单位": "场", "上年": "268", "目标": "300场"}
    assert (
        metric(given).previous == metric({"数值": "312场", "上年": "268"}).previous == parse_quantity("268场")
    )
    assert metric(given).target == parse_quantity("300场")


def test_figure_to_compare_with_may_bring_its_own_unit() -> None:
    previous = metric({"数值": "1.2", "单位": "万公里", "上年": "8000公里"}).previous
    assert previous is not None
    assert (previous.value, previous.unit) == (Decimal(8000), "公里")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, "KD204"),
        ("", "KD204"),
        (" ", "KD204"),
        ({"数值": "1", "单位": ["场"]}, "KD201"),
        ({"数值": "1", "单位": "场", "unit": "个"}, "KD119"),
    ],
)
def test_metric_that_says_nothing_or_too_much(value: object, expected: str) -> None:
    assert code(metric_fields, value) == expected


@pytest.mark.parametrize(
    "value",
    [
        {"数值": "312", "表述": "或许"},
        {"数值": "300余", "单位": "场", "表述": "超"},
        {"数值": "多少", "单位": "场"},
        {"数值": "5", "单位": "场", "表述": "余"},
    ],
)
def test_fields_that_make_no_figure_are_told_at_the_number(value: dict[str, str]) -> None:
    with pytest.raises(ValidationError) as caught:
        metric(value)
    (error,) = caught.value.errors()
    assert error["loc"] == ("数值",)
    raised = error["ctx"]["error"]
    assert isinstance(raised, IssueError)
    assert raised.issues[0].code == "KD310"


def test_figure_from_python_passes() -> None:
    given = Quantity(value=Decimal(5), unit="个")
    assert quantity(given) is given
    report = Report.model_validate(
        {"organization": {"full_name": "甲"}, "year": 2025, "metrics": {"乙": given}}
    )
    assert report.metrics["乙"].quantity is given


def test_report_cannot_be_changed() -> None:
    report = Report.model_validate({"单位": {"全称": "甲"}, "年度": "2025"})
    with pytest.raises(ValidationError):
        report.year = 2026
