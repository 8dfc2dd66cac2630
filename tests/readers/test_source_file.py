"""What can be wrong with a file before its format is read: each case has a message of its own."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kexie_docs.errors import ExitCode, InputError, Problem
from kexie_docs.model.limits import INPUT_BYTES
from kexie_docs.readers.reader import LoadedReport, read_report

GOOD = "单位: {全称: 云溪市科学技术协会}\n年度: 2025\n"

Problems = Callable[..., list[Problem]]


def only(found: list[Problem]) -> Problem:
    assert len(found) == 1, [str(problem.what) for problem in found]
    return found[0]


def test_byte_order_mark_is_accepted(read: Callable[..., LoadedReport]) -> None:
    loaded = read(b"\xef\xbb\xbf" + GOOD.encode())
    assert loaded.report.organization.full_name == "云溪市科学技术协会"
    assert loaded.place(("单位",)).column == 5


@pytest.mark.parametrize("end", ["\r\n", "\r", "\n"])
def test_line_ends_of_every_system_are_accepted(read: Callable[..., LoadedReport], end: str) -> None:
    loaded = read((GOOD + "开篇: |\n  甲\n  乙\n").replace("\n", end))
    assert loaded.report.opening is not None
    assert loaded.report.opening.source == "甲\n乙\n"
    assert loaded.place(("开篇",), 2).line == 5


def test_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        read_report(tmp_path / "无.yaml", display="无.yaml")
    problem = only(list(caught.value.problems))
    assert problem.code == "KD101"
    assert problem.place.file == "无.yaml"
    assert caught.value.exit_code is ExitCode.INPUT


def test_file_below_a_file_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(GOOD, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        read_report(tmp_path / "a.yaml" / "b.yaml")
    assert only(list(caught.value.problems)).code == "KD101"


def test_folder_is_no_input(tmp_path: Path) -> None:
    folder = tmp_path / "folder.yaml"
    folder.mkdir()
    with pytest.raises(InputError) as caught:
        read_report(folder)
    problem = only(list(caught.value.problems))
    assert problem.code == "KD102"
    assert "folder" in str(problem.what)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_pipe_is_refused_without_waiting_for_it(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.yaml"
    os.mkfifo(pipe)
    with pytest.raises(InputError) as caught:
        read_report(pipe)
    assert only(list(caught.value.problems)).code == "KD102"


def test_name_with_a_zero_byte_is_an_input_error() -> None:
    with pytest.raises(InputError) as caught:
        read_report(Path("a\0b.yaml"))
    assert only(list(caught.value.problems)).code == "KD103"


def test_file_that_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.yaml"
    path.write_text(GOOD, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(InputError) as caught:
        read_report(path)
    assert only(list(caught.value.problems)).code == "KD103"


def test_file_over_the_limit_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(INPUT_BYTES + 1)
    with pytest.raises(InputError) as caught:
        read_report(path)
    assert only(list(caught.value.problems)).code == "KD104"


@pytest.mark.parametrize("content", [b"", b"\xef\xbb\xbf", b" \n\n", b"# only a comment\n"])
def test_empty_file_is_said_to_be_empty(problems: Problems, content: bytes) -> None:
    assert only(problems(content)).code == "KD105"


@pytest.mark.parametrize(
    ("encoding", "name"),
    [
        ("gbk", "GBK"),
        ("gb18030", "GBK"),
        ("utf-16", "UTF-16"),
        ("utf-16-le", "UTF-16"),
        ("utf-16-be", "UTF-16"),
        ("utf-32", "UTF-32"),
    ],
)
def test_other_encodings_are_recognised_and_named(problems: Problems, encoding: str, name: str) -> None:
    problem = only(problems(GOOD.encode(encoding)))
    assert problem.code == "KD106"
    assert name in str(problem.what)
    assert "UTF-8" in str(problem.hint)


def test_ascii_text_in_utf16_without_mark_is_recognised(problems: Problems) -> None:
    problem = only(problems("year: 2025\n".encode("utf-16-le")))
    assert problem.code == "KD106"
    assert "UTF-16" in str(problem.what)


def test_bytes_of_no_encoding_are_placed(problems: Problems) -> None:
    problem = only(problems("年度: 2025\n标题: ".encode() + b"\xff\xff\n"))
    assert (problem.code, problem.place.line, problem.place.column) == ("KD106", 2, 5)


def test_binary_file_is_no_text(problems: Problems) -> None:
    assert only(problems(b"PK\x03\x04\x00\x00\x08\x00" + bytes(range(256)))).code == "KD106"


@pytest.mark.parametrize(
    ("character", "code_point"),
    [
        ("\x1b", "U+001B"),
        ("\x85", "U+0085"),
        ("\u200b", "U+200B"),
        ("\xad", "U+00AD"),
        ("\ufeff", "U+FEFF"),
        ("\u202e", "U+202E"),
        ("\u2028", "U+2028"),
        ("\ufdd0", "U+FDD0"),
        ("\uffff", "U+FFFF"),
        ("\U0010fffe", "U+10FFFE"),
    ],
)
def test_characters_that_cannot_be_seen_are_named_and_placed(
    problems: Problems, character: str, code_point: str
) -> None:
    problem = only(problems(f"{GOOD}标题: 甲乙{character}丙\n"))
    assert problem.code == "KD107"
    assert code_point in str(problem.what)
    assert (problem.place.line, problem.place.column) == (3, 7)
    assert character not in (problem.excerpt or "")


def test_rare_characters_are_kept(read: Callable[..., LoadedReport]) -> None:
    loaded = read(f"{GOOD}标题: 𠮷䶮〇㎡葛\U000e0100\n")
    assert loaded.report.title is not None
    assert loaded.report.title.source == "𠮷䶮〇㎡葛\U000e0100"


@pytest.mark.parametrize("name", ["input.txt", "input.docx", "input", "input.yaml.bak"])
def test_other_endings_name_those_that_are_read(problems: Problems, name: str) -> None:
    problem = only(problems(GOOD, name))
    assert problem.code == "KD108"
    assert ".yaml, .yml or .json" in str(problem.what)


def test_near_ending_is_proposed(problems: Problems) -> None:
    assert "input.yaml" in str(only(problems(GOOD, "input.yalm")).hint)


def test_ending_may_be_in_capitals(read: Callable[..., LoadedReport]) -> None:
    assert read(GOOD, "INPUT.YAML").report.year == 2025


def test_long_line_is_shown_around_the_place(problems: Problems) -> None:
    text = f"{GOOD}标题: {'好' * 500}\x07{'好' * 500}\n"
    excerpt = only(problems(text)).excerpt
    assert excerpt is not None
    assert len(excerpt) < 250
    assert "\N{REPLACEMENT CHARACTER}" in excerpt
