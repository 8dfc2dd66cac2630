"""Titles as offices write them, set by the command line without any mark of ours (7.3.1)."""

import re
from itertools import accumulate, pairwise
from pathlib import Path

import pytest

from tests.facts.measures import shape
from tests.support.finished import build
from tests.support.measure import measure_pdf

FILE = Path(__file__).parent / "titles.txt"
TITLES = [line for line in FILE.read_text("utf-8").splitlines() if not line.startswith("#")]

ROOM = 20
"""字 of 22 pt in 156 mm."""

_EM = 22 / 72 * 25.4
_INPUT = """\
单位: {{全称: 云溪市科学技术协会, 简称: 云溪市科协}}
年度: 2025
标题: "{title}"
开篇: |
  云溪市科协认真履行职责，各项工作取得新的成效。
附件: [{{标题: "{title}", 正文: 见下。}}]
"""

each_title = pytest.mark.parametrize(
    "title", TITLES, ids=[f"7.3.1-title-{number}" for number in range(1, len(TITLES) + 1)]
)


Lines = dict[str, list[tuple[str, float]]]
"""The printed lines of each title, without blanks, with their widths in 字."""


@pytest.fixture(scope="module")
def titles(tmp_path_factory: pytest.TempPathFactory) -> tuple[Lines, Lines]:
    """The titles as those of documents, and as those of attachments."""
    folder = tmp_path_factory.mktemp("titles")
    sources = []
    for number, title in enumerate(TITLES):
        source = folder / f"{number:02}.yaml"
        source.write_text(_INPUT.format(title=title.replace("/", "")), encoding="utf-8")
        sources.append(source)
    assert build(sources, folder / "out", "office") == ""
    found: tuple[Lines, Lines] = ({}, {})
    for number, title in enumerate(TITLES):
        pages = measure_pdf((folder / "out" / f"{number:02}.pdf").read_bytes()).pages
        for page, lines in zip(pages, found, strict=True):
            rows = [row for row in page.rows if row.size == pytest.approx(22, abs=0.25)]
            lines[title] = [(row.text, (row.x1 - row.x0) / _EM) for row in rows]
    return found


@pytest.fixture(scope="module")
def lines(titles: tuple[Lines, Lines]) -> Lines:
    """The titles as those of documents."""
    return titles[0]


def printed(title: str) -> str:
    return title.replace("/", "").replace(" ", "")


@each_title
def test_title_is_printed_whole_in_one_to_four_lines(lines: Lines, title: str) -> None:
    assert "".join(text for text, _ in lines[title]) == printed(title)
    assert 1 <= len(lines[title]) <= 4


@each_title
def test_no_line_of_a_title_is_too_long(lines: Lines, title: str) -> None:
    assert all(width <= ROOM + 0.1 for _, width in lines[title]), lines[title]


@each_title
def test_title_is_never_an_hourglass(lines: Lines, title: str) -> None:
    assert shape([width for _, width in lines[title]], 0.25) != "hourglass", lines[title]


@each_title
def test_no_number_or_latin_word_of_a_title_is_broken(lines: Lines, title: str) -> None:
    for (before, _), (after, _) in pairwise(lines[title]):
        assert not re.search(r"[0-9A-Za-z+]$", before) or not re.match(r"[0-9A-Za-z+年届号%％]", after), (
            before
        )
        assert not re.search(r"\d年?—$", before), before


@each_title
def test_no_line_of_a_title_begins_or_ends_with_the_wrong_mark(lines: Lines, title: str) -> None:
    for (before, _), (after, _) in pairwise(lines[title]):
        assert before[-1] not in "《“（〈‘", before
        assert after[0] not in "》”）〉’，、。：；—的", after


def test_lines_of_titles_end_where_words_end(lines: Lines) -> None:
    """No layout knows all words; one line end in forty may fall inside one."""
    ends, broken = 0, []
    for title, found in lines.items():
        edges = set(accumulate(len(word.replace(" ", "")) for word in re.split("[/ ]", title)))
        for end in list(accumulate(len(text) for text, _ in found))[:-1]:
            ends += 1
            if end not in edges:
                broken.append(f"{printed(title)[max(0, end - 6) : end]}|{printed(title)[end : end + 6]}")
    assert len(broken) <= ends / 40, broken


def test_three_lines_or_more_are_hardly_ever_a_rectangle(
    lines: Lines,
) -> None:
    tall = {title: found for title, found in lines.items() if len(found) > 2}
    assert len(tall) >= 8
    boxes = [found for found in tall.values() if shape([width for _, width in found], 0.25) == "rectangle"]
    assert not boxes


@each_title
def test_title_of_an_attachment_has_the_lines_of_a_documents(titles: tuple[Lines, Lines], title: str) -> None:
    of_documents, of_attachments = titles
    assert [text for text, _ in of_attachments[title]] == [text for text, _ in of_documents[title]]
