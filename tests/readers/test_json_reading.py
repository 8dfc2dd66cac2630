"""JSON files: strict, with the place of every problem."""

import json
from collections.abc import Callable

import pytest

from kexie_docs.errors import InputError, Problem
from kexie_docs.model.limits import DEPTH, NODES
from kexie_docs.model.plain import Plain
from kexie_docs.readers.json_file import parse_json
from kexie_docs.readers.reader import LoadedReport
from kexie_docs.readers.source import text_source


def data(text: str) -> Plain:
    return parse_json(text_source(text, "input.json")).data


def fault(text: str) -> tuple[str, int | None, int | None]:
    with pytest.raises(InputError) as caught:
        data(text)
    (problem,) = caught.value.problems
    return problem.code, problem.place.line, problem.place.column


def test_scalars_become_text_and_null_counts_as_not_given() -> None:
    text = '{"a": 1.0000000000000001, "b": -2E+3, "c": true, "d": null, "e": "x\\n", "f": [], "g": {}}'
    assert data(text) == {
        "a": "1.0000000000000001",
        "b": "-2E+3",
        "c": "true",
        "d": None,
        "e": "x\n",
        "f": [],
        "g": {},
    }


def test_long_numbers_are_no_arithmetic() -> None:
    assert data("[" + "9" * 5000 + "]") == ["9" * 5000]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": NaN}', ("KD130", 1, 7)),
        ('{"a": -Infinity}', ("KD130", 1, 7)),
        ('{"a": 01}', ("KD130", 1, 7)),
        ('{"a": 1.}', ("KD130", 1, 7)),
        ('{"a": +1}', ("KD130", 1, 7)),
        ('{"a": 1,}', ("KD130", 1, 8)),
        ("[1, 2,\n]", ("KD130", 1, 6)),
        ('{"a": 1\n "b": 2}', ("KD130", 2, 2)),
        ('{"a" 1}', ("KD130", 1, 6)),
        ("{a: 1}", ("KD130", 1, 2)),
        ("{'a': 1}", ("KD130", 1, 2)),
        ('{"a"： 1}', ("KD130", 1, 5)),
        ('{"a": 1， "b": 2}', ("KD130", 1, 8)),
        ("{“a”: 1}", ("KD130", 1, 2)),
        ('{"a": "x\n"}', ("KD130", 1, 7)),
        ('{"a": "x\ty"}', ("KD130", 1, 7)),
        ('{"a": "\\q"}', ("KD130", 1, 7)),
        ('{"a": "\\u12g4"}', ("KD130", 1, 7)),
        ('{"a": 1} x', ("KD130", 1, 10)),
        ('{"a": 1 // x\n}', ("KD130", 1, 9)),
        ('{"a": [1, 2', ("KD130", 1, 12)),
        ("nul", ("KD130", 1, 1)),
    ],
)
def test_slips_are_explained_at_their_place(text: str, expected: tuple[str, int, int]) -> None:
    assert fault(text) == expected


def test_unclosed_string_of_any_length_fails_at_once() -> None:
    assert fault('{"a": "' + "x\\n" * 200_000)[0] == "KD130"


def test_nesting_and_size_are_limited() -> None:
    assert data("[" * DEPTH + "]" * DEPTH) is not None
    assert fault("[" * 100_000)[0] == "KD117"
    assert fault("[" + "1," * NODES + "1]")[0] == "KD117"


def test_key_given_twice_is_placed_at_the_second(
    problems: Callable[..., list[Problem]],
) -> None:
    text = '{"单位": {"全称": "甲"},\n "年度": 2025,\n "年度": 2024}'
    (problem,) = problems(text, "input.json")
    assert (problem.code, problem.place.line, problem.place.column) == ("KD119", 3, 2)
    assert problem.place.field == "年度"


@pytest.mark.parametrize("code_point", ["\\u0000", "\\ud800", "\\u202e", "\\uffff", "\\u200b", "\\t"])
def test_escapes_cannot_bring_in_what_no_text_may_hold(
    problems: Callable[..., list[Problem]], code_point: str
) -> None:
    text = '{"单位": {"全称": "甲"},\n "年度": 2025,\n "开篇": "甲乙' + code_point + '丙"}'
    (problem,) = problems(text, "input.json")
    assert (problem.code, problem.place.line, problem.place.field) == ("KD107", 3, "开篇")
    if code_point != "\\t":  # white space is placed after what stands before it
        assert problem.place.column == 11


def test_same_report_from_json_and_yaml(read: Callable[..., LoadedReport]) -> None:
    content = {
        "单位": {"全称": "云溪市科学技术协会", "简称": "云溪市科协"},
        "年度": 2025,
        "指标": {"科普活动": {"数值": 312, "单位": "场", "表述": "余", "上年": 268}, "项目": "18个"},
        "开篇": "{{年度}}年，{{单位.简称}}{{科普活动}}\n{{项目}}",
        "落款": {"署名": ["甲", "乙"], "成文日期": "2025-12-31"},
    }
    text = json.dumps(content, ensure_ascii=False)
    assert read(text, "a.json").report == read(text, "a.yaml").report


def test_problems_of_the_model_are_placed_in_json_too(problems: Callable[..., list[Problem]]) -> None:
    text = '{\n  "单位": {"全称": "甲"},\n  "年度": 25,\n  "开篇": "好{{无}}"\n}'
    assert [(p.code, p.place.line, p.place.column) for p in problems(text, "input.json")] == [
        ("KD210", 3, 9),
        ("KD303", 4, 11),
    ]
