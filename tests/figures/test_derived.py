"""Figures worked out from others: exact, rounded once, and refused where the input does not support them."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.figures.derived import Subject, percentage, rounded_quotient
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.filters import apply_filter
from kexie_docs.figures.quantity import Quantity, parse_quantity, quantity_from_fields


def subject(name: str, figure: str, **beside: str) -> Subject:
    quantity = quantity_from_fields("312", "场", "余") if figure == "312 余" else parse_quantity(figure)
    parts = [part.split("=") for part in beside.pop("breakdown", "").split()]
    known = {key: parse_quantity(value) for key, value in beside.items()}
    return Subject(
        name=name,
        quantity=quantity,
        previous=known.get("previous"),
        target=known.get("target"),
        earlier=known.get("earlier"),
        breakdown=tuple((part, parse_quantity(value)) for part, value in parts),
    )


ALL = {
    one.name: one
    for one in (
        subject(
            "活动",
            "312 余",
            previous="268场",
            target="300场",
            earlier="1200场",
            breakdown="东县=100场 西县=212场",
        ),
        subject("讲座", "24场", previous="30场", target="24场"),
        subject("比例", "10.4%", previous="9.1%"),
        subject("跌", "9%", previous="9.8%"),
        subject("资金", "741万元", previous="741万元"),
        subject("捐赠", "1.5亿元", previous="2亿元"),
        subject("会员", "4.2万人"),
        subject("约数", "300余场", previous="268场"),
        subject("旧约数", "312场", previous="近270场"),
        subject("零", "3场", previous="0场", target="0场"),
        subject("空", "0场"),
        subject("换单位", "312场", previous="268次"),
        subject("名次", "全省第五", previous="全省第七"),
        subject("区间", "5—6场", previous="4场"),
        subject("差一点", "2999场", target="3000场", previous="2998场"),
    )
}


def put(name: str, *filters: tuple[str, ...]) -> Subject:
    result = ALL[name]
    for one, *arguments in filters:
        result = apply_filter(one, result, arguments, ALL)
    return result


@pytest.mark.parametrize(
    ("name", "filters", "printed", "sources"),
    [
        ("活动", [("同比",)], "增长16.4%", ("活动", "活动.上年")),
        ("活动", [("同比", "增减")], "增加44场", ("活动", "活动.上年")),
        ("活动", [("同比", "幅度")], "16.4%", ("活动", "活动.上年")),
        ("活动", [("同比", "增幅")], "16.4%", ("活动", "活动.上年")),
        ("讲座", [("同比",)], "下降20%", ("讲座", "讲座.上年")),
        ("讲座", [("同比", "幅度")], "-20%", ("讲座", "讲座.上年")),
        ("讲座", [("同比", "降幅")], "20%", ("讲座", "讲座.上年")),
        ("讲座", [("同比", "增减")], "减少6场", ("讲座", "讲座.上年")),
        ("资金", [("同比",)], "持平", ("资金", "资金.上年")),
        ("捐赠", [("同比", "增减")], "减少5000万元", ("捐赠", "捐赠.上年")),
        ("比例", [("同比",)], "提高1.3个百分点", ("比例", "比例.上年")),
        ("跌", [("同比",)], "降低0.8个百分点", ("跌", "跌.上年")),
        ("跌", [("同比", "幅度")], "-0.8个百分点", ("跌", "跌.上年")),
        ("讲座", [("占比", "活动")], "7.7%", ("讲座", "活动")),
        ("讲座", [("占比", "96")], "25%", ("讲座",)),
        ("活动", [("完成率",)], "104%", ("活动", "活动.目标")),
        ("讲座", [("完成率",)], "100%", ("讲座", "讲座.目标")),
        ("活动", [("合计",)], "312场", ("活动.分项.东县", "活动.分项.西县")),
        ("活动", [("合计", "讲座")], "336场", ("活动", "讲座")),
        ("资金", [("合计", "捐赠")], "1.5741亿元", ("资金", "捐赠")),
        ("活动", [("累计",)], "1512场", ("活动", "活动.往年累计")),
        ("资金", [("人均", "会员")], "176.43元", ("资金", "会员")),
        ("活动", [("每万人", "会员")], "74.29场", ("活动", "会员")),
        ("会员", [("平均", "活动")], "134.62人", ("会员", "活动")),
        ("活动", [("合计", "讲座"), ("同比",)], "增长12.8%", ("活动", "讲座", "活动.上年", "讲座.上年")),
        ("活动", [("合计",), ("汉字",)], "三百一十二场", ("活动.分项.东县", "活动.分项.西县")),
        ("讲座", [("占比", "活动"), ("汉字",)], "百分之七点七", ("讲座", "活动")),
    ],
)  # fmt: skip
def test_derived_figures_are_printed_with_what_they_come_from(
    name: str, filters: list[tuple[str, ...]], printed: str, sources: tuple[str, ...]
) -> None:
    result = put(name, *filters)
    assert result.text == printed
    assert result.sources == sources


@pytest.mark.parametrize(
    ("name", "filters", "said"),
    [
        ("会员", [("同比",)], "has no 上年"),
        ("会员", [("完成率",)], "has no 目标"),
        ("会员", [("累计",)], "has no 往年累计"),
        ("会员", [("合计",)], "has no 分项"),
        ("零", [("同比",)], "is zero"),
        ("零", [("完成率",)], "is zero"),
        ("讲座", [("占比", "0")], "is zero"),
        ("讲座", [("平均", "空")], "is zero"),
        ("换单位", [("同比",)], "not in the same unit"),
        ("讲座", [("占比", "会员")], "not in the same unit"),
        ("讲座", [("合计", "会员")], "not in the same unit"),
        ("约数", [("同比",)], "“300余场” is rounded"),
        ("旧约数", [("同比",)], "“近270场” is rounded"),
        ("讲座", [("占比", "约数")], "“300余场” is rounded"),
        ("名次", [("同比",)], "no number to calculate with"),
        ("区间", [("同比",)], "no number to calculate with"),
        ("资金", [("人均", "活动")], "needs a number of people"),
        ("比例", [("人均", "会员")], "is a percentage"),
        ("比例", [("合计", "跌")], "cannot be added up"),
        ("讲座", [("合计", "讲座")], "added to itself"),
        ("讲座", [("占比", "没有")], "Nothing is named “没有”"),
        ("讲座", [("同比", "增幅")], "“讲座” fell"),
        ("活动", [("同比", "降幅")], "“活动” rose"),
        ("资金", [("同比", "增幅")], "stayed the same"),
        ("活动", [("同比", "多少")], "has no form “多少”"),
        ("活动", [("同比",), ("汉字",)], "told in words"),
        ("活动", [("同比",), ("占比", "100")], "told in words"),
    ],
)
def test_nothing_is_made_up(name: str, filters: list[tuple[str, ...]], said: str) -> None:
    with pytest.raises(QuantityError) as error:
        put(name, *filters)
    assert said in str(error.value.problem)
    assert error.value.hint is not None


def test_a_rounded_percentage_never_says_more_than_the_exact_one() -> None:
    """2999 of 3000 is not 100 %, and one more than 2998 is not 0 % more."""
    assert put("差一点", ("完成率",)).text == "99.97%"
    assert put("差一点", ("同比",)).text == "增长0.03%"
    assert put("讲座", ("占比", "100000")).text == "0.02%"


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(1, 8, "12.5"), (1, 16, "6.3"), (1, 80, "1.3"), (3, 2, "150"), (0, 7, "0"), (1, 3, "33.3")],
)
def test_half_is_rounded_up(part: int, whole: int, said: str) -> None:
    assert f"{percentage(Decimal(part), Decimal(whole)):f}" == said


POSITIVE = st.decimals("0.01", 10**9, places=2, allow_nan=False, allow_infinity=False)


@given(POSITIVE, POSITIVE, st.integers(0, 6))
def test_quotients_are_rounded_from_the_exact_value(part: Decimal, whole: Decimal, places: int) -> None:
    exact = Fraction(part) / Fraction(whole)
    result = rounded_quotient(part, whole, places)
    assert abs(Fraction(result) - exact) * 2 <= Fraction(1, 10**places)
    assert result == result.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@given(POSITIVE, POSITIVE)
def test_the_side_of_nothing_and_of_all_is_kept(part: Decimal, whole: Decimal) -> None:
    result = percentage(part, whole)
    assert result > 0
    assert (result > 100) == (part > whole)
    assert (result == 100) == (part == whole)


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_the_word_of_a_change_is_true(now: int, then: int) -> None:
    one = Subject(
        name="甲",
        quantity=Quantity(value=Decimal(now), unit="人"),
        previous=Quantity(value=Decimal(then), unit="人"),
    )
    text = apply_filter("同比", one, (), {}).text
    assert text.startswith("增长" if now > then else "下降" if now < then else "持平")


@given(st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from([1, 10**4, 10**8])), min_size=1, max_size=6))
def test_a_sum_is_the_exact_sum_and_reads_back(terms: list[tuple[int, int]]) -> None:
    breakdown = tuple(
        (f"县{index}", Quantity(value=Decimal(number * scale), unit="元", scale=scale))
        for index, (number, scale) in enumerate(terms)
    )
    whole = Subject(name="甲", quantity=breakdown[0][1], breakdown=breakdown)
    result = apply_filter("合计", whole, (), {})
    assert parse_quantity(result.text).value == sum(number * scale for number, scale in terms)
