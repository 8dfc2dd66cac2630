"""Filters on figures."""

import pytest

from kexie_docs.figures.derived import Subject
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.filters import ARGUMENTS, FILTERS, apply_filter, metrics_named
from kexie_docs.figures.quantity import Quantity, parse_quantity, quantity_from_fields


def applied(name: str, quantity: Quantity) -> str:
    return apply_filter(name, Subject(name="甲", quantity=quantity), (), {}).text


@pytest.mark.parametrize(
    ("text", "hans"),
    [
        ("300余场", "三百余场"),
        ("741万元", "七百四十一万元"),
        ("80余万元", "八十余万元"),
        ("5万余人次", "五万余人次"),
        ("3.8万公里", "三点八万公里"),
        ("10.4%", "百分之十点四"),
        ("近1万名", "近万名"),
        ("2家", "两家"),
        ("第38届", "第三十八届"),
        ("九项", "九项"),
        ("首个", "首个"),
        ("3—5家", "三至五家"),
        ("13万—17万元", "十三万至十七万元"),
        ("4.5%—5%", "百分之四点五至百分之五"),
        ("1:3", "一比三"),
        ("近三分之一", "近三分之一"),
        ("全省前3", "全省前三"),
        ("2.3个百分点", "二点三个百分点"),
    ],
)
def test_chinese_numerals_are_written_for_any_figure(text: str, hans: str) -> None:
    assert applied("汉字", parse_quantity(text)) == hans


def test_chinese_numerals_are_refused_without_a_number() -> None:
    with pytest.raises(QuantityError, match="has no number"):
        applied("汉字", parse_quantity("历年新高"))


def test_the_exact_number_is_printed_without_its_hedge() -> None:
    assert applied("准确", quantity_from_fields("312", "场", "余")) == "312场"
    assert applied("准确", quantity_from_fields("103400", "人次", "超过")) == "10.34万人次"
    assert applied("准确", parse_quantity("18个")) == "18个"


def test_an_exact_number_that_is_not_known_is_never_made_up() -> None:
    with pytest.raises(QuantityError, match="the exact number behind “300余场” is not known"):
        applied("准确", parse_quantity("300余场"))


def test_every_filter_says_how_many_arguments_it_takes() -> None:
    assert set(ARGUMENTS) == set(FILTERS)


def test_the_metrics_that_a_filter_names_are_known_without_applying_it() -> None:
    assert metrics_named("合计", ("甲", "乙")) == ("甲", "乙")
    assert metrics_named("占比", ("甲",)) == ("甲",)
    assert metrics_named("占比", ("500",)) == ()
    assert metrics_named("同比", ("幅度",)) == ()
