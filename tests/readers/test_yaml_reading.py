"""YAML files: scalars stay text, what is dangerous is refused, slips are explained at their place."""

from collections.abc import Callable

import pytest

from kexie_docs.errors import InputError, Problem, Severity
from kexie_docs.model.limits import DEPTH, NODES
from kexie_docs.model.plain import Plain
from kexie_docs.readers.reader import LoadedReport
from kexie_docs.readers.source import text_source
from kexie_docs.readers.yaml_file import parse_yaml

GOOD = "单位: {全称: 云溪市科学技术协会}\n年度: 2025\n"

Problems = Callable[..., list[Problem]]


def data(text: str) -> Plain:
    return parse_yaml(text_source(text, "input.yaml")).data


def fault(text: str) -> tuple[str, int | None, int | None]:
    """Return code, line and column of the one problem that stops the reading."""
    with pytest.raises(InputError) as caught:
        parse_yaml(text_source(text, "input.yaml"))
    (problem,) = caught.value.problems
    return problem.code, problem.place.line, problem.place.column


@pytest.mark.parametrize(
    "scalar",
    ["no", "yes", "on", "0936", "0012", "010", "0x1F", "12:30", "1_000", "1.10", "2025-02-30", ".inf", "1e3"],
)
def test_scalars_stay_text(scalar: str) -> None:
    assert data(f"a: {scalar}\nb: [{scalar}]\n") == {"a": scalar, "b": [scalar]}


@pytest.mark.parametrize("scalar", ["", "~", "null", "Null", "NULL"])
def test_unquoted_null_counts_as_not_given(scalar: str) -> None:
    assert data(f"a: {scalar}\n") == {"a": None}


@pytest.mark.parametrize("scalar", ['""', "''", '"~"', "'null'"])
def test_quoted_null_is_text(scalar: str) -> None:
    assert data(f"a: {scalar}\n") == {"a": scalar[1:-1]}


def test_explicit_start_and_end_of_the_document_are_accepted() -> None:
    assert data("%YAML 1.2\n---\na: b\n...\n") == {"a": "b"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: &x 甲\n", ("KD115", 1, 4)),
        ("a: &x\n  b: c\n", ("KD115", 1, 4)),
        ("a: *x\n", ("KD115", 1, 4)),
        ("a: *重点\n", ("KD115", 1, 4)),
        ("a: 1\n<<: {b: 2}\n", ("KD115", 2, 1)),
        ("a: !!python/object:os.system x\n", ("KD116", 1, 4)),
        ("a: !x y\n", ("KD116", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("KD118", 2, 1)),
        ("? [a]\n: b\n", ("KD120", 1, 3)),
        ("[a, b]: c\n", ("KD120", 1, 1)),
    ],
)
def test_what_inputs_may_not_use_is_refused(text: str, expected: tuple[str, int, int]) -> None:
    assert fault(text) == expected


def test_every_anchor_and_alias_is_listed() -> None:
    with pytest.raises(InputError) as caught:
        data("a: &x 1\nb: &y 2\nc: *x\n")
    assert [problem.place.line for problem in caught.value.problems] == [1, 2, 3]
    assert {problem.code for problem in caught.value.problems} == {"KD115"}


def test_alias_bomb_is_refused() -> None:
    levels = "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 10))
    with pytest.raises(InputError) as caught:
        data("a0: &a0 [lol]\n" + levels)
    assert {problem.code for problem in caught.value.problems} == {"KD115"}


@pytest.mark.parametrize("opening", ["[", "{a: ", "- "])
def test_deep_nesting_is_refused(opening: str) -> None:
    with pytest.raises(InputError) as caught:
        data("x: " + opening * 5000 if opening != "- " else opening * 5000 + "a")
    assert [problem.code for problem in caught.value.problems] == ["KD117"]


def test_nesting_up_to_the_limit_is_read() -> None:
    assert data("[" * DEPTH + "]" * DEPTH) is not None
    assert fault("[" * (DEPTH + 1) + "]" * (DEPTH + 1))[0] == "KD117"


def test_too_many_nodes_are_refused() -> None:
    assert fault(f"[{'a,' * NODES}]")[0] == "KD117"


def test_key_given_twice_is_placed_at_the_second(problems: Problems) -> None:
    (problem,) = problems(GOOD + "开篇: 甲\n年度: 2024\n")
    assert (problem.code, problem.place.line, problem.place.column) == ("KD119", 4, 1)
    assert problem.place.field == "年度"
    assert "line 2" in str(problem.what)
    assert problem.excerpt == "年度: 2024"


def test_map_given_twice_keeps_the_places_of_the_first(problems: Problems) -> None:
    found = problems(GOOD + "指标: {甲: 坏}\n指标: {甲: 1个}\n")
    assert [(p.code, p.place.line, p.place.column) for p in found] == [("KD310", 3, 9), ("KD119", 4, 1)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("单位:\n\t全称: x\n", ("KD111", 2, 1)),
        ("单位:\n  全称: x\n\t简称: y\n", ("KD111", 3, 1)),
        ("单位:\n  \t全称: x\n", ("KD111", 2, 3)),
        ("开篇: |\n  甲\n\t乙\n", ("KD111", 3, 1)),
        ("标题：x\n年度: 2025\n", ("KD112", 1, 3)),
        ("年度: 2025\n标题：x\n", ("KD112", 2, 3)),
        ("年度: 2025\n标题：x\n单位: y\n", ("KD112", 2, 3)),
        ("年度: 2025\n标题:x\n单位: y\n", ("KD112", 2, 3)),
        ("单位:\n  全称: x\n  简称：y\n", ("KD112", 3, 5)),
        ("开篇: {{年度}}年\n", ("KD113", 1, 5)),
        ("行动:\n- {{年度}}年\n", ("KD113", 2, 3)),
        ("开篇:\n  {{年度}}年\n  又一行\n", ("KD113", 2, 3)),
        ("开篇: {{科普活动|汉字}}，甲\n", ("KD113", 1, 5)),
        ('标题: "没有收尾\n年度: 2025\n', ("KD114", 1, 5)),
        ("标题: '没有收尾\n", ("KD114", 1, 5)),
        ('标题: "科协"工作\n', ("KD114", 1, 9)),
        ('标题: "a\\q"\n', ("KD114", 1, 7)),
        ("标题: 关于: 科普\n", ("KD110", 1, 5)),
        ("年度: 2025\n  标题: x\n", ("KD110", 2, 3)),
        ("单位:\n    全称: x\n  简称: y\n", ("KD110", 3, 3)),
        ("标题: @x\n", ("KD110", 1, 5)),
        ("标题: `x`\n", ("KD110", 1, 5)),
        ("标题: %x\n", ("KD110", 1, 5)),
        ("主送: [甲, 乙\n年度: 2025\n", ("KD110", 1, 5)),
        ("单位: {全称: x\n", ("KD110", 1, 5)),
        ("年度: 2025\n- x\n", ("KD110", 2, 1)),
        ("行动: - x\n", ("KD110", 1, 5)),
        ("开篇: | 甲\n  乙\n", ("KD110", 1, 7)),
        ("开篇: |\n  甲\n乙\n", ("KD110", 3, 1)),
        ("标题: ,x\n", ("KD110", 1, 5)),
    ],
)
def test_slips_are_explained_at_their_place(text: str, expected: tuple[str, int, int]) -> None:
    assert fault(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("标题：x\n年度: 2025\n", "full-width"),
        ("年度: 2025\n标题:x\n单位: y\n", "space is missing"),
        ("单位:\n\t全称: x\n", "a tab"),
        ("开篇: {{年度}}年\n", "in quotes"),
        ('标题: "x\n', "never closed"),
    ],
)
def test_message_names_the_slip(text: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        data(text)
    assert words in str(caught.value.problems[0].what)


def test_value_that_is_only_a_reference_is_told_with_the_other_problems(problems: Problems) -> None:
    """It parses as a map in a map, so reading can go on."""
    found = problems(GOOD + "开篇: {{年度}}\n结语: {{无此名}}\n年份: 1\n")
    assert [(p.code, p.place.line) for p in found] == [
        ("KD113", 3),
        ("KD113", 4),
        ("KD303", 4),
        ("KD203", 5),
    ]
    assert found[0].place.field == "开篇"


def test_no_word_of_the_parser_is_shown() -> None:
    phrases = ("while parsing", "while scanning", "did not find", "could not find", "not allowed", "<block")
    for text in ("a: [1", "a: b: c", "a:\n - x\n  y: 1\n", "a: 'x", "%x\n", "a: }\n", "a\nb: 1\n c"):
        with pytest.raises(InputError) as caught:
            data(text)
        said = " ".join(f"{problem.what} {problem.hint}" for problem in caught.value.problems)
        assert not any(phrase in said for phrase in phrases), said


def test_cut_at_a_number_sign_is_a_warning(read: Callable[..., LoadedReport]) -> None:
    (warning,) = read(GOOD + "标题: 关于 #1 的说明\n").warnings
    assert warning.severity is Severity.WARNING
    assert (warning.code, warning.place.line, warning.place.column) == ("KD121", 3, 8)
    assert warning.place.field == "标题"


def test_comment_after_a_value_is_no_warning(read: Callable[..., LoadedReport]) -> None:
    assert read(GOOD + "标题: 关于   # 一个说明\n#另一个\n").warnings == ()


@pytest.mark.parametrize("text", ["甲", "只是一段文字\n第二行\n", "- 甲\n- 乙\n"])
def test_top_level_has_to_be_a_map(problems: Problems, text: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.place.line) == ("KD201", 1)


@pytest.mark.parametrize("text", ["标题：x\n年度：2025\n", "标题:x\n"])
def test_file_with_no_proper_colon_is_told_of_its_colons(problems: Problems, text: str) -> None:
    (problem,) = problems(text)
    assert (problem.code, problem.place.line, problem.place.column) == ("KD112", 1, 3)
