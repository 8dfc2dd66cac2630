"""Lines of titles: whole words, good shapes, marks of the author."""

import re
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from kexie_docs.text.title import title_lines
from kexie_docs.text.widths import text_width

ROOM = 20.0
ELSEWHERE = Path(__file__).with_name("titles_elsewhere.txt")

LONG = "张掖市科学技术协会关于2025年度全民科学素质行动规划纲要实施情况的报告"
LONGER = (
    "中共张掖市委办公室 张掖市人民政府办公室关于印发《张掖市全民科学素质行动规划纲要实施方案"
    "（2021—2035年）》和进一步加强新时代科学普及工作的若干意见的通知"
)


def test_a_title_that_fits_stays_on_one_line() -> None:
    assert title_lines("2025年工作总结", [], ROOM) == ("2025年工作总结",)


def test_marks_win_even_where_one_line_would_hold_all() -> None:
    text = "示例市科协2025年工作总结"
    assert title_lines(text, [5], ROOM) == ("示例市科协", "2025年工作总结")


def test_a_marked_part_that_is_too_long_is_broken_further() -> None:
    lines = title_lines(LONG + "附件", [len(LONG)], ROOM)
    assert len(lines) == 3
    assert lines[-1] == "附件"


@pytest.mark.parametrize("text", [LONG, LONGER])
def test_lines_fit_and_lose_nothing_but_blanks(text: str) -> None:
    lines = title_lines(text, [], ROOM)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(text_width(line) <= ROOM for line in lines)


@pytest.mark.parametrize("length", range(21, 79))
def test_lines_never_form_an_hourglass(length: int) -> None:
    text = (LONG * 3)[:length]
    widths = [text_width(line) for line in title_lines(text, [], ROOM)]
    shrunk = False
    for before, after in pairwise(widths):
        shrunk = shrunk or after < before
        assert not (shrunk and after > before), widths


def test_words_and_numbers_stay_whole() -> None:
    for start in range(14):
        text = "关于" * 3 + "示" * start + "ChatGPT2025应用大会情况的报告"
        lines = title_lines(text, [], ROOM)
        assert any("ChatGPT2025" in line for line in lines), lines


def test_a_year_keeps_its_unit() -> None:
    for start in range(8, 22):
        lines = title_lines("示" * start + "2025年工作总结情况", [], ROOM)
        assert not any(line.startswith("年") for line in lines), lines


def test_no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() -> None:
    for start in range(10, 24):
        lines = title_lines("示" * start + "《全民科学素质》、“三下乡”的通知", [], ROOM)
        assert not any(line[0] in "》、”" or line[-1] in "《“" for line in lines), lines


def test_a_blank_at_which_the_title_breaks_is_dropped() -> None:
    lines = title_lines("中共示例市委办公室示例市人民 示例市人民政府办公室关于", [], ROOM)
    assert all(line == line.strip() for line in lines)


def test_common_words_are_not_broken() -> None:
    assert not any(line.endswith(("科学技", "办公")) for line in title_lines(LONGER, [], ROOM))


def test_a_word_longer_than_a_line_stands_alone() -> None:
    assert title_lines("A" * 50 + "关于", [], ROOM) == ("A" * 50, "关于")


def test_an_empty_title_has_no_line() -> None:
    assert title_lines("", [], ROOM) == ()


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("云溪市科学技术协会关于2025年第三季度全民科学素质工作进展情况的报告", "第三季度"),
        ("云溪市科学技术协会2025年上半年工作总结及下半年重点工作打算安排", "上半年"),
        ("关于成立云溪市科学技术协会“十五五”规划编制工作领导小组的通知", "“十五五”"),
        ("关于印发全民科学素质行动规划纲要实施方案（2021—2025年）的通知", "2021—2025年"),
        ("云溪市教育局云溪市科学技术局云溪市财政局关于联合开展活动的通知", "教育局"),
        ("云溪市教育局云溪市科学技术局云溪市财政局关于联合开展活动的通知", "财政局"),
    ],
)
def test_ordinals_ranges_short_quotations_and_offices_stay_whole(text: str, whole: str) -> None:
    for room in (16.0, 17.0, 18.0, 19.0, 20.0):
        assert any(whole in line for line in title_lines(text, [], room)), room


def test_a_typed_blank_is_where_a_title_breaks() -> None:
    for room in (16.0, 18.0, 20.0):
        first, _ = title_lines("云溪市科学技术协会 云溪市教育局关于联合开展科普活动的通知", [], room)
        assert first == "云溪市科学技术协会 云溪市教育局"


def test_lines_of_titles_from_all_provinces_end_where_words_end() -> None:
    """No list knows all words; one line end in forty may fall inside one."""
    ends, broken = 0, []
    for marked in ELSEWHERE.read_text("utf-8").splitlines():
        if marked.startswith("#"):
            continue
        text = marked.replace("/", "")
        edges = set(accumulate(len(word.replace(" ", "")) for word in re.split("[/ ]", marked)))
        plain = text.replace(" ", "")
        for end in list(accumulate(len(line.replace(" ", "")) for line in title_lines(text, [], ROOM)))[:-1]:
            ends += 1
            if end not in edges:
                broken.append(f"{plain[max(0, end - 6) : end]}|{plain[end : end + 6]}")
    assert ends >= 60
    assert len(broken) <= ends / 40, broken


@pytest.mark.parametrize(
    "name", ["甘肃省", "黑龙江省", "内蒙古自治区", "张掖市", "嘉峪关市", "呼伦贝尔市", "甘州区", "临泽县"]
)
@pytest.mark.parametrize("before", range(12, 22))
def test_a_line_never_ends_inside_the_name_of_a_place(name: str, before: int) -> None:
    """Wherever it stands to the end of a line."""
    text = f"关于{'科普' * 12}"[:before] + f"、{name}全民科学素质工作情况的报告"
    start = text.index(name)
    for end in accumulate(len(line) for line in title_lines(text, [], ROOM)):
        assert not start < end < start + len(name), text
