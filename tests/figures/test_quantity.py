"""Figures as people write them: read, printed, and read again."""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.hedges import HEDGES, Position
from kexie_docs.figures.quantity import Kind, Quantity, parse_quantity, print_quantity, quantity_from_fields

SEEDS = Path(__file__).parents[1] / "data" / "seeds" / "figures.csv"
TO_HANS = str.maketrans("場萬個項屆過級()", "场万个项届过级（）")


def rows() -> list[dict[str, str]]:
    with SEEDS.open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kind"] in ("metric", "rank", "ordinal")]


KINDS = {
    "first": Kind.FIRST,
    "record": Kind.RECORD,
    "place": Kind.RANK,
    "edition": Kind.EDITION,
    "ratio": Kind.RATIO,
}


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['id']}-{row['surface_hans']}")
def test_figures_of_real_summaries_are_read_exactly_and_printed_back(row: dict[str, str]) -> None:
    text = row["surface_hans"].translate(TO_HANS)
    quantity = parse_quantity(text)
    hedge = "" if row["hedge"] == "none" else row["hedge"].translate(TO_HANS)
    assert quantity.value == (Decimal(row["value"]) if row["value"] else None)
    assert quantity.unit == row["unit"].translate(TO_HANS)
    assert quantity.hedge == hedge
    assert quantity.kind is KINDS.get(row["subkind"], Kind.COUNT)
    assert print_quantity(quantity) == text


AS_TYPED = """
10万余人次 10余万人次 15万余人次 近一百名 近百场 两家 二项 五万余人次 八十余万元 两万余人 一亿五千万元
百分之十点四 近千分之三 10.0% 3.5‰ 全省第3位 首届 西北五省首家 历史最好水平 创历年新高 5千克 0场
超过1536人次 约312场 300场以上 1.2万亿元 1.50万元
"""


@pytest.mark.parametrize("text", AS_TYPED.split())
def test_what_is_typed_is_printed_as_typed(text: str) -> None:
    assert print_quantity(parse_quantity(text)) == text


def test_a_hedge_after_the_scale_stays_another_statement_than_one_before_it() -> None:
    """10万余 is a little over 100,000, 10余万 anything up to 200,000."""
    late, early = parse_quantity("10万余人次"), parse_quantity("10余万人次")
    assert late.value == early.value == 100_000
    assert late != early


def test_money_is_kept_in_yuan() -> None:
    assert parse_quantity("741万元").value == 7_410_000


def test_full_width_digits_are_read() -> None:
    assert print_quantity(parse_quantity("１２场")) == "12场"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("多项", "does not begin with a number"),
        ("", "does not begin with a number"),
        ("abc", "does not begin with a number"),
        ("超300余", "hedged twice, by “超” and by “余”"),
        ("300余多场", "hedged twice, by “余” and by “多”"),
        ("近300场左右", "hedged twice, by “近” and by “左右”"),
        ("105余场", "can only follow a round number"),
        ("5余场", "can only follow a round number"),
        ("十五余人", "can only follow a round number"),
        ("5余万人", "can only follow a round number"),
        ("3.8余万公里", "can only follow a round number"),
        ("3千人", "mixes digits with “千”"),
        ("三十%", "mixes Chinese numerals with “%”"),
        ("0012", "is not a number"),
        ("1.2.3万", "is not a number"),
        ("一百五人", "is not a number"),
        ("1,234人", "cannot be a unit"),
        ("18个 项目", "cannot be a unit"),
        ("9" * 30 + "个", "too many digits"),
        ("很" * 100, "too long"),
    ],
)
def test_what_is_no_figure_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(QuantityError) as error:
        parse_quantity(text)
    assert said in str(error.value.problem)


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        ("5余万人", "Write 5万余人."),
        ("3.8余万公里", "Write 3.8万余公里."),
        ("105余场", "Write 100余场, or leave “余” out."),
    ],
)
def test_a_misplaced_hedge_is_told_how_to_write_it(text: str, advice: str) -> None:
    with pytest.raises(QuantityError) as error:
        parse_quantity(text)
    assert str(error.value.hint) == advice


@pytest.mark.parametrize(
    ("number", "unit", "hedge", "printed"),
    [
        ("312", "场", "余", "300余场"),
        ("287", "场", "余", "280余场"),
        ("127", "场", "余", "120余场"),
        ("300", "场", "余", "300余场"),
        ("12", "场", "余", "10余场"),
        ("2536", "名", "多", "2500多名"),
        ("9876", "名", "近", "近1万名"),
        ("1824", "名", "超", "超1800名"),
        ("103400", "人次", "超过", "超过10万人次"),
        ("12345", "人次", "余", "1.2万余人次"),
        ("835000", "元", "余", "80余万元"),
        ("380", "场", "约", "约400场"),
        ("312", "场", "以上", "300场以上"),
        ("7410000", "元", "", "741万元"),
        ("12345", "人", "", "12345人"),
        ("741万", "元", "", "741万元"),
        ("10.4", "%", "", "10.4%"),
        ("300余", "场", "", "300余场"),
    ],
)
def test_an_exact_number_is_rounded_so_that_its_hedge_is_true(
    number: str, unit: str, hedge: str, printed: str
) -> None:
    assert print_quantity(quantity_from_fields(number, unit, hedge)) == printed


@pytest.mark.parametrize(
    ("number", "hedge", "said"),
    [
        ("5", "余", "“余” cannot be said of 5"),
        ("312", "好", "not a hedge that is known"),
        ("300余", "超", "hedged twice"),
        ("第五", "余", "takes no hedge"),
    ],
)
def test_a_hedge_that_cannot_be_said_is_refused(number: str, hedge: str, said: str) -> None:
    with pytest.raises(QuantityError) as error:
        quantity_from_fields(number, "场" if number[0].isdigit() else "", hedge)
    assert said in str(error.value.problem)


UNITS = st.sampled_from(["个", "场（次）", "人次", "元", "公里", "%", "项"])
NUMBERS = st.one_of(
    st.integers(0, 10**12).map(Decimal),
    st.decimals(0, 10**7, places=2, allow_nan=False, allow_infinity=False),
)


@st.composite
def stated(draw: st.DrawFn) -> Quantity:
    """A figure as somebody may have written it."""
    unit = draw(UNITS)
    kind = Kind.RATIO if unit == "%" else Kind.COUNT
    scale = draw(st.sampled_from([1, 10**4, 10**8])) if kind is Kind.COUNT else 1
    hedge = draw(st.sampled_from(["", *HEDGES]))
    value = draw(NUMBERS) * scale
    late = False
    if hedge and HEDGES[hedge].position is Position.INSIDE:
        tens = Decimal(draw(st.integers(1, 10**6))) * 10 * scale
        late = scale > 1 and draw(st.booleans())
        value = (
            tens if scale == 1 or late or draw(st.booleans()) else Decimal(draw(st.integers(1, 9)) * scale)
        )
    hans = draw(st.booleans()) and value < 10**14
    return Quantity(
        kind=kind,
        value=value,
        unit=unit,
        hedge=hedge,
        scale=scale,
        hans=hans and scale == 1 and value == value.to_integral_value() and value < 10**4,
        stated=bool(hedge),
        late_hedge=late,
    )


@given(stated())
def test_reading_is_the_inverse_of_printing(quantity: Quantity) -> None:
    assert parse_quantity(print_quantity(quantity)) == quantity


@given(
    st.decimals(10, 10**9, places=1, allow_nan=False, allow_infinity=False),
    st.sampled_from(sorted(HEDGES)),
    st.sampled_from([1, 10**4]),
)
def test_the_printed_hedge_is_true_of_the_exact_value(value: Decimal, hedge: str, scale: int) -> None:
    quantity = Quantity(value=value, unit="人次", hedge=hedge, scale=scale)
    printed = parse_quantity(print_quantity(quantity))
    assert printed.value is not None
    assert printed.hedge == hedge
    assert HEDGES[hedge].holds(printed.value, value)


@given(st.integers(1, 99), st.booleans(), st.sampled_from(["届", "批", ""]))
def test_editions_and_ranks_come_back(number: int, hans: bool, unit: str) -> None:
    kind = Kind.EDITION if unit else Kind.RANK
    quantity = Quantity(kind=kind, value=Decimal(number), unit=unit, hans=hans)
    assert parse_quantity(print_quantity(quantity)) == quantity


@given(st.text(max_size=30))
def test_any_text_is_a_figure_or_an_error_of_ours(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except QuantityError:
        return
    assert parse_quantity(print_quantity(quantity)) == quantity


@given(st.text(alphabet="0123456789.余多近超过约第届首个家万亿千百十一二两零%点分之以上 ", max_size=10))
def test_texts_made_of_the_grammar_are_read_the_same_after_printing(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except QuantityError:
        return
    printed = print_quantity(quantity)
    assert parse_quantity(printed) == quantity
    assert printed == text.strip()


def test_a_hedge_is_false_of_a_number_on_the_wrong_side() -> None:
    assert not HEDGES["超"].holds(Decimal(300), Decimal(299))
    assert not HEDGES["近"].holds(Decimal(300), Decimal(301))
    assert HEDGES["余"].holds(Decimal(300), Decimal(312))


def test_other_words_for_one_number_are_kept() -> None:
    quantity = parse_quantity("近一万名")
    assert print_quantity(quantity) == "近一万名"
    assert print_quantity(replace(quantity, form="")) == "近万名"
