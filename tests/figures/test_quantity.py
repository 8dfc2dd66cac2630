"""Figures as people write them: read, printed, and read again."""

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.hedges import HEDGES, Position
from kexie_docs.figures.quantity import Kind, Quantity, parse_quantity, print_quantity, quantity_from_fields
from kexie_docs.figures.spelling import Oddity, folded, oddities

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
5—6场 5场—6场 4.5%—5% 13万—17万元 13万元—17万元 5000—1万人 三至五家 15%至30% 3～5个 2.3个百分点
1:3 1∶3 三分之一 近三分之二 三分之二以上 万分之五 人民币500万元 港币近300万元 5亿美元 ￥1200 全省前三 前10名
百余名 千余人 万余人次 不少于60场 至少3次 不足100人 500人以内 全省唯一 历史上最高
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
        ("多项", "tells no number"),
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
        ("12,34人", "cannot be a unit"),
        ("1,2345人", "cannot be a unit"),
        ("15—30%", "leaves open"),
        ("13—17万元", "leaves open"),
        ("6—5场", "not the smaller one"),
        ("5个—6场", "not written alike"),
        ("三—6场", "not written alike"),
        ("约5—6场", "takes no hedge"),
        ("近三分之一左右", "hedged twice"),
        ("1:0", "zero parts"),
        ("近超300场", "hedged twice"),
        ("18个 项目", "cannot be a unit"),
        ("数百人", "tells no number"),
        ("上千人次", "tells no number"),
        ("几十场", "tells no number"),
        ("十几个", "tells no number"),
        ("十来场", "tells no number"),
        ("若干项", "tells no number"),
        ("-3.2%", "takes no “-”"),
        ("±5%", "takes no “±”"),
        ("负3.2%", "takes no “负”"),
        ("达3.5亿元", "begins with “达”"),
        ("共计120场", "begins with “共计”"),
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
        ("1亿2000万元", "Write 1.2亿元."),
        ("3万5千人", "Write 3.5万人."),
        ("12万5000人", "Write 12.5万人."),
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
        ("300", "场", "余", "300余场"),
        ("10万", "人次", "超", "超10万人次"),
        ("25", "人", "超", "超20人"),
        ("15", "人", "近", "近20人"),
        ("287", "场", "余", "280余场"),
        ("127", "场", "余", "120余场"),
        ("12", "场", "余", "10余场"),
        ("2536", "名", "多", "2500多名"),
        ("9876", "名", "近", "近1万名"),
        ("1824", "名", "超", "超1800名"),
        ("103400", "人次", "超过", "超过10万人次"),
        ("12345", "人次", "余", "1.2万余人次"),
        ("835000", "元", "余", "80余万元"),
        ("380", "场", "约", "约400场"),
        ("300", "场", "以上", "300场以上"),
        ("300", "场", "突破", "突破300场"),
        ("297", "场", "不到", "不到300场"),
        ("38000", "公里", "", "3.8万公里"),
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


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("1,234人", "1234人"),
        ("１，２３４人", None),
        ("1,234,567元", "1234567元"),
        ("１.５％", "1.5%"),
        ("超1,200场", "超1200场"),
    ],
)
def test_separators_and_full_width_digits_are_read_and_not_printed(typed: str, printed: str | None) -> None:
    if printed is None:  # a full-width comma parts clauses
        with pytest.raises(QuantityError):
            parse_quantity(typed)
    else:
        assert print_quantity(parse_quantity(typed)) == printed


def test_odd_typing_can_be_told() -> None:
    assert oddities("１２场") == (Oddity.FULL_WIDTH,)
    assert oddities("1,234人") == (Oddity.SEPARATORS,)
    assert oddities("１,２３４人") == (Oddity.FULL_WIDTH, Oddity.SEPARATORS)
    assert oddities("1234人") == ()


@pytest.mark.parametrize("hedge", sorted(HEDGES))
def test_a_hedge_is_refused_where_it_is_false_of_the_very_number(hedge: str) -> None:
    """Exactly 300 is not 300余; 300以上 takes 300 in."""
    exactly = Quantity(value=Decimal(300), unit="场", hedge=hedge)
    if HEDGES[hedge].strict:
        with pytest.raises(QuantityError, match="is false of exactly 300场"):
            print_quantity(exactly)
    else:
        assert "300" in print_quantity(exactly)


def test_a_round_number_given_with_its_hedge_is_not_taken_for_the_count() -> None:
    """300 and 余 given apart are 300余 again: more than 300, nobody knows how many."""
    assert quantity_from_fields("300", "场", "余") == parse_quantity("300余场")
    assert not quantity_from_fields("312", "场", "余").stated


def test_a_range_and_a_proportion_keep_both_numbers() -> None:
    between = parse_quantity("13万—17万元")
    assert between.ends is not None
    assert [end.value for end in between.ends] == [130_000, 170_000]
    assert between.unit == "元"
    third = parse_quantity("近三分之一")
    assert third.ends is not None
    assert [end.value for end in third.ends] == [1, 3]
    assert third.hedge == "近"


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
    scope = draw(st.sampled_from(["", "", "人民币", "￥"])) if unit == "元" else ""
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
        scope=scope,
        hans=hans and scale == 1 and value == value.to_integral_value() and value < 10**4,
        stated=bool(hedge),
        late_hedge=late,
    )


@st.composite
def two_numbers(draw: st.DrawFn) -> Quantity:
    """A range or a proportion as somebody may have written it."""
    low, high = sorted(draw(st.lists(st.integers(1, 999), min_size=2, max_size=2, unique=True)))
    if draw(st.booleans()):
        unit = draw(UNITS)
        scale = draw(st.sampled_from([1, 10**4])) if unit != "%" else 1
        repeated = unit if unit == "%" or draw(st.booleans()) else ""
        ends = tuple(
            Quantity(
                kind=Kind.RATIO if end_unit == "%" else Kind.COUNT,
                value=Decimal(number * scale),
                unit=end_unit,
                scale=scale,
            )
            for number, end_unit in ((low, repeated), (high, unit))
        )
        joint = draw(st.sampled_from(["—", "～", "至", "-"]))
        return Quantity(kind=Kind.RANGE, value=None, unit=unit, form=joint, ends=(ends[0], ends[1]))
    hans = draw(st.booleans())
    part, whole = (Quantity(value=Decimal(number), hans=hans) for number in (low, high))
    hedge = draw(st.sampled_from(["", *(w for w, h in HEDGES.items() if h.position is not Position.INSIDE)]))
    form = "分之" if hans else draw(st.sampled_from([":", "∶", "比"]))
    assume(not hans or high not in (100,))  # 百分之 is a percentage
    return Quantity(
        kind=Kind.PROPORTION,
        value=None,
        hedge=hedge,
        hans=hans,
        form=form,
        stated=bool(hedge),
        ends=(part, whole),
    )


@given(two_numbers())
def test_ranges_and_proportions_come_back(quantity: Quantity) -> None:
    assert parse_quantity(print_quantity(quantity)) == quantity


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
    try:
        printed = parse_quantity(print_quantity(quantity))
    except QuantityError:
        # Only a hedge that is false of the number itself is refused, and only of a number with one digit.
        assert HEDGES[hedge].strict
        assert len(value.normalize().as_tuple().digits) == 1
        return
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


@given(
    st.text(alphabet="0123456789.,—:至比前余多近超过约第届首个家万亿千百十一二两零%点分之以上 ", max_size=10)
)
def test_texts_made_of_the_grammar_are_read_the_same_after_printing(text: str) -> None:
    try:
        quantity = parse_quantity(text)
    except QuantityError:
        return
    printed = print_quantity(quantity)
    assert parse_quantity(printed) == quantity
    assert printed == folded(text.strip())


def test_a_hedge_is_false_of_a_number_on_the_wrong_side() -> None:
    assert not HEDGES["超"].holds(Decimal(300), Decimal(299))
    assert not HEDGES["近"].holds(Decimal(300), Decimal(301))
    assert HEDGES["余"].holds(Decimal(300), Decimal(312))


def test_other_words_for_one_number_are_kept() -> None:
    quantity = parse_quantity("近一万名")
    assert print_quantity(quantity) == "近一万名"
    assert print_quantity(replace(quantity, form="")) == "近万名"


@pytest.mark.parametrize(
    ("text", "value"), [("十二点五万亩", 125_000), ("三点八万公里", 38_000), ("一点二亿元", 120_000_000)]
)
def test_a_decimal_in_chinese_numerals_is_scaled(text: str, value: int) -> None:
    quantity = parse_quantity(text)
    assert quantity.value == value
    assert print_quantity(quantity) == text


@pytest.mark.parametrize("text", ["翻一番", "翻两番", "翻番"])
def test_doubling_is_told_without_a_number(text: str) -> None:
    quantity = parse_quantity(text)
    assert quantity.value is None
    assert print_quantity(quantity) == text
