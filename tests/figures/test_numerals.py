"""Chinese numerals, heading numbers, dates and nominal widths."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.text.numerals import LARGEST, format_date, from_hans, heading_number, to_hans
from kexie_docs.text.widths import text_width


@pytest.mark.parametrize(
    ("number", "hans"),
    [
        (0, "零"), (2, "二"), (10, "十"), (15, "十五"), (20, "二十"), (110, "一百一十"), (105, "一百零五"),
        (1010, "一千零一十"), (10_010, "一万零一十"), (35_000, "三万五千"), (100_000, "十万"),
        (150_000_000, "一亿五千万"), (100_000_005, "一亿零五"), (1_200_000_000_000, "一万二千亿"),
    ],
)  # fmt: skip
def test_numbers_are_written_as_people_read_them(number: int, hans: str) -> None:
    assert to_hans(number) == hans


@given(st.integers(0, LARGEST))
def test_reading_numerals_is_the_inverse_of_writing(number: int) -> None:
    assert from_hans(to_hans(number)) == number


@pytest.mark.parametrize(
    ("hans", "number"), [("两百", 200), ("百", 100), ("万", 10_000), ("二〇", None), ("一百五", None)]
)
def test_other_spellings_are_read_and_ambiguous_ones_refused(hans: str, number: int | None) -> None:
    if number is None:
        with pytest.raises(ValueError, match=hans):
            from_hans(hans)
    else:
        assert from_hans(hans) == number


@pytest.mark.parametrize("number", [-1, LARGEST + 1])
def test_numbers_out_of_range_are_refused(number: int) -> None:
    with pytest.raises(ValueError, match=str(number)):
        to_hans(number)


def test_heading_numbers_follow_the_standard() -> None:
    assert [heading_number(level, 12) for level in (1, 2, 3, 4)] == ["十二、", "（十二）", "12.", "（12）"]


def test_dates_have_no_zero_before_month_or_day() -> None:
    assert format_date(date(2025, 1, 5)) == "2025年1月5日"
    assert format_date(date(2025, 12, 31)) == "2025年12月31日"


@pytest.mark.parametrize(
    ("text", "width"),
    [
        ("张掖市科协", 5.0),
        ("——", 2.0),
        ("“五大行动”", 6.0),
        ("2025", 2.0),
        ("2025年", 3.2),
        ("第38届", 3.4),
        ("（12）", 3.0),
    ],
)
def test_nominal_widths_count_the_gap_between_han_and_digits(text: str, width: float) -> None:
    assert text_width(text) == pytest.approx(width)
