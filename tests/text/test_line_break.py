"""Where lines may break. The expected breaks were read from LibreOffice 7.4's break iterator (en-US)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.text.characters import Script
from kexie_docs.text.line_break import asian_break, breaks_before, enforceable, latin_break, steered

BREAKS = {
    "abc(def) ghi": [9],
    "（def）12,345.6元2024-2025年": [13, 14, 19, 23],
    "http://www.a.com/a/b/c?x=1": [7, 17, 19, 21, 23],
    "(2023)年": [6],
    "第(1)条": [1, 4],
    "2024-12-31": [5, 8],
    "GB/T9704-2012": [3, 9],
    "12,345.67%": [],
    "-5℃": [1],
    "1+4+N": [],
    "a——b": [1, 3],
    "x…y": [2],
    "中……文": [3],
    "中“abc”文": [],
    "5㎡": [1],
    "±3°": [],
    "C++": [2],
    "a  b": [3],
    "$100.5": [],
    "/中": [1],
    "殏°": [],
}


@pytest.mark.parametrize("text", BREAKS)
def test_latin_rules_break_where_libreoffice_does(text: str) -> None:
    assert [place for place in range(1, len(text)) if breaks_before(text, place)] == BREAKS[text]


def test_a_path_is_not_broken_behind_a_slash_while_a_space_is_near() -> None:
    text = "see http://www.a.com/index"
    assert latin_break(text, len(text) - 1) == len("see ")


def test_a_path_longer_than_66_characters_is_broken_behind_a_slash() -> None:
    text = "see " + "a" * 70 + "/" + "b" * 10
    assert latin_break(text, len(text) - 1) == text.index("/") + 1


def test_a_long_word_has_no_break() -> None:
    assert latin_break("a" * 50, 30) == 0


START, END = frozenset("，。”》"), frozenset("“《")


@pytest.mark.parametrize(
    ("text", "cut", "place"),
    [
        ("科普活动", 2, 2),
        ("科普，活动", 2, 1),
        ("科普”。活动", 3, 1),
        ("科“普活", 2, 1),
        ("科《“普活", 3, 1),
        ("，，，", 2, 0),
    ],
)
def test_a_mark_that_may_not_begin_a_line_takes_the_character_before_it(
    text: str, cut: int, place: int
) -> None:
    assert asian_break(text, cut, START, END) == place


def test_dashes_and_dots_and_units_follow_latin_rules_and_middle_dots_han_rules() -> None:
    text = "好……文——字—25℃、玛丽·居里50％"
    assert [(text[start:stop], script) for start, stop, script in steered(text)] == [
        ("……", Script.LATIN),
        ("——", Script.LATIN),
        ("℃", Script.LATIN),
        ("·", Script.ASIAN),
        ("％", Script.LATIN),
    ]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("评习——…讲", ["——…"]),
        ("评习··讲", ["··"]),
        ("评习…12％％", ["…", "％％"]),
        ("评—习", []),
    ],
)
def test_marks_side_by_side_that_follow_the_same_rules_are_one_piece(text: str, pieces: list[str]) -> None:
    assert [text[start:stop] for start, stop, _ in steered(text)] == pieces


@pytest.mark.parametrize(
    ("text", "blanks"),
    [
        ("共8余家服 \u3000zykx", [" \u3000"]),
        ("共八家New York City）", [" "]),
        ("举办 AI 讲座", []),
        ("举办AI讲座，共 5 场", [" "]),
        ("“8” 场", []),
    ],
)
def test_the_first_blank_of_a_stretch_begun_between_two_letters_stands_by_itself(
    text: str, blanks: list[str]
) -> None:
    found = list(steered(text))
    assert [text[start:stop] for start, stop, _ in found] == blanks
    assert {script for _, _, script in found} <= {Script.WEAK}


def test_only_prohibitions_that_every_word_processor_keeps_are_ours() -> None:
    assert enforceable("，。…", "“《／") == (frozenset("，。"), frozenset("“《"))


@given(st.text(st.sampled_from("甲，“a /-("), min_size=1, max_size=60), st.data())
def test_a_floor_changes_no_place_at_or_behind_it(text: str, data: st.DataObject) -> None:
    """It spares the search through text that belongs to the lines before."""
    cut = data.draw(st.integers(0, len(text) - 1))
    floor = data.draw(st.integers(0, cut))
    starts, ends = frozenset("，"), frozenset("“")
    for free, bounded in (
        (latin_break(text, cut), latin_break(text, cut, floor)),
        (asian_break(text, cut, starts, ends), asian_break(text, cut, starts, ends, floor)),
    ):
        assert bounded == free if free >= floor else bounded < floor
