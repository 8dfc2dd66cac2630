# ruff: noqa: E501 - one case, one line, where that is possible
"""Broken templates: each gives one clear message with file and line, in time, and nothing is written.

`CASES` is the list of them. Each runs the program as a user does, in a process of its own.
"""

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.cli import SMALL

LIMIT = 5.0
"""Seconds that the issue allows from the start of the program to the message, on a machine that does nothing else.

They are counted as the program's own computing, so that other work on the machine cannot fail the test.
"""

GOOD = 'title = "试"\n'
CONTENT = "content.md.j2"
SETTINGS = "template.toml"

Files = dict[str, str | bytes | None]
"""Files of the template; None is a link to a file outside its folder."""


def content(text: str, **more: str) -> Files:
    files: Files = {CONTENT: text}
    return files | {name.replace("__", "."): data for name, data in more.items()}


def nested(levels: int, inside: str, over: str = "[1,2,3,4,5,6,7,8,9,10]") -> str:
    return f"{{% for 甲 in {over} %}}" * levels + inside + "{% endfor %}" * levels


def doubled(times: int, statement: str) -> str:
    return "{% set 甲 = '字' %}\n" + statement * times + "{{ 甲 }}"


# What is wrong: files, the file and line that the message names, its code, and words of it.
CASES: dict[str, tuple[Files, str, int | None, str, str]] = {
    # Syntax
    "unclosed loop": (content("甲\n{% for 项 in 行动 %}\n"), CONTENT, 2, "KD404", "ends before “endfor”"),
    "unclosed braces": (content("甲\n\n{{ 年度"), CONTENT, 3, "KD404", "cannot be read"),
    "full-width mark in braces": (content("{{ 年度，全 }}"), CONTENT, 1, "KD404", "does not belong here"),
    "statement that there is not": (content("甲\n{% 循环 %}"), CONTENT, 2, "KD404", "no statement “循环”"),
    "end without a beginning": (content("{% endif %}"), CONTENT, 1, "KD404", "closes nothing"),
    "filter that there is not": (content("甲\n{{ 年度 | 大写 }}"), CONTENT, 2, "KD404", "no filter “大写”"),
    "test that there is not": (content("{% if 年度 is 好 %}{% endif %}"), CONTENT, 1, "KD404", "no test “好”"),
    "two blocks of one name": (
        content("{% block 甲 %}{% endblock %}\n{% block 甲 %}{% endblock %}"),
        *(CONTENT, 2, "KD404", "“甲” is defined twice"),
    ),
    "brackets too deep": (content("甲\n{{ " + "(" * 5000 + "1" + ")" * 5000 + " }}"), CONTENT, 2, "KD404", "too deep"),
    "loops too deep": (content(nested(60, "字")), CONTENT, 1, "KD404", "too deep"),
    "a number of ten thousand digits": (content("甲\n{{ " + "9" * 10000 + " }}"), CONTENT, 2, "KD404", "too many digits"),
    # Names
    "value that there is not": (content("好\n{{ 年渡 }}"), CONTENT, 2, "KD405", "no value “年渡”"),
    "part that there is not": (content("\n\n{{ 单位.全程 }}"), CONTENT, 3, "KD405", "no part “全程”"),
    "value that the input does not give": (content("甲\n{{ 单位.自称 }}"), CONTENT, 2, "KD410", "does not give it"),
    "record printed as it stands": (content("{{ 单位 }}"), CONTENT, 1, "KD410", "cannot be printed"),
    "list printed as it stands": (content("甲\n{{ ['甲', '乙'] }}"), CONTENT, 2, "KD410", "is a list"),
    "condition printed": (content("甲\n{{ 年度 == 2025 }}"), CONTENT, 2, "KD410", "true or false"),
    "macro without brackets": (content("{% macro 甲() %}字{% endmacro %}\n{{ 甲 }}"), CONTENT, 2, "KD410", "no text"),
    "fraction": (content("甲\n{{ 7 / 2 }}"), CONTENT, 2, "KD410", "decimal fraction"),
    "filter on the wrong value": (content("甲\n{{ 单位.全称 | 汉字 }}"), CONTENT, 2, "KD312", "only be put on"),
    "form of a date that there is not": (
        content("甲\n{{ 单位.全称 | 日期 }}"), CONTENT, 2, "KD312", "only be put on a date",
    ),
    "sum of a text and a number": (content("甲\n{{ 单位.全称 + 1 }}"), CONTENT, 2, "KD409", "cannot be worked out"),
    "division by zero": (content("甲\n{{ 1 // 0 }}"), CONTENT, 2, "KD406", "cannot be used here"),
    # What never ends, or fills the memory
    "loops that go round too often": (content("甲\n" + nested(9, "")), CONTENT, 2, "KD408", "goes round more than"),
    "loops that print too much": (content("甲\n" + nested(7, "字" * 100)), CONTENT, 2, "KD408", "prints more than"),
    "macro that prints too much, put aside": (
        content("{% set 文 %}\n" + nested(7, "字" * 1000) + "{% endset %}{{ 文 | length }}"),
        *(CONTENT, 2, "KD408", "prints more than"),
    ),
    "macro that calls itself": (
        content("{% macro 转() %}\n{{ 转() }}{% endmacro %}\n{{ 转() }}"), CONTENT, 2, "KD408", "without end",
    ),
    "macro that calls itself twice, forty deep": (
        content("{% macro 转(n) %}{% if n > 0 %}{{ 转(n - 1) ~ 转(n - 1) }}{% endif %}{% endmacro %}\n{{ 转(40) }}"),
        *(CONTENT, 1, "KD408", "goes round more than"),
    ),
    "loop that calls itself twice, forty deep": (
        content("{% for 甲 in [1, 2] recursive %}{% if loop.depth < 40 %}{{ loop([1, 2]) }}{% endif %}{% endfor %}"),
        *(CONTENT, 1, "KD408", "goes round more than"),
    ),
    "file that takes itself in": (content("甲\n{% include 'content.md.j2' %}"), CONTENT, 2, "KD408", "without end"),
    "file that takes itself in twice, forty deep": (
        content(
            "{% set n = 40 %}{% include 'part.j2' %}",
            part__j2="{% if n > 0 %}{% with n = n - 1 %}{% include 'part.j2' %}{% include 'part.j2' %}"
            "{% endwith %}{% endif %}",
        ),
        *("part.j2", 1, "KD408", "goes round more than"),
    ),
    "text doubled with ~": (content(doubled(60, "{% set 甲 = 甲 ~ 甲 %}\n")), CONTENT, None, "KD408", "prints more"),
    "text doubled with +": (content(doubled(60, "{% set 甲 = 甲 + 甲 %}\n")), CONTENT, None, "KD408", "prints more"),
    "text doubled with join": (
        content(doubled(60, "{% set 甲 = [甲, 甲] | join %}\n")), CONTENT, None, "KD408", "prints more",
    ),
    "text doubled by printing it": (
        content(doubled(60, "{% set 甲 %}{{ 甲 }}{{ 甲 }}{% endset %}\n")), CONTENT, None, "KD408", "prints more",
    ),
    "lists doubled": (content(doubled(60, "{% set 甲 = [甲, 甲] %}\n")), CONTENT, 62, "KD410", "is a list"),
    "lists of lists compared": (
        content(
            "{% set 甲 = [1] %}{% set 乙 = [1] %}\n" + "{% set 甲 = [甲, 甲] %}{% set 乙 = [乙, 乙] %}\n" * 60
            + "{% if 甲 == 乙 %}字{% endif %}"
        ),
        *(CONTENT, 62, "KD409", "Lists cannot be compared"),
    ),
    "lists of lists compared by a test": (
        content(
            "{% set 甲 = [1] %}{% set 乙 = [1] %}\n" + "{% set 甲 = [甲, 甲] %}{% set 乙 = [乙, 乙] %}\n" * 60
            + "{{ [甲] | select('equalto', 乙) | list | length }}"
        ),
        *(CONTENT, 62, "KD409", "Lists cannot be compared"),
    ),
    "list doubled": (content(doubled(60, "{% set 甲 = [甲] + [甲] %}\n")), CONTENT, 2, "KD406", "“+” cannot be used"),
    "text times a billion": (content("甲\n{{ '字' * 1000000000 }}"), CONTENT, 2, "KD406", "“*” cannot be used"),
    "power": (content("甲\n{{ 9 ** 9 ** 9 }}"), CONTENT, 2, "KD406", "“**” cannot be used"),
    "width of a billion": (content("甲\n{{ '%999999999d' % 1 }}"), CONTENT, 2, "KD406", "“%” cannot be used"),
    "width of a billion in format": (content("甲\n{{ '{:>999999999}'.format(1) }}"), CONTENT, 2, "KD406", "not allowed"),
    "center": (content("甲\n{{ '字' | center(999999999) }}"), CONTENT, 2, "KD404", "no filter “center”"),
    "range": (content("甲\n{% for 甲 in range(999999999) %}{% endfor %}"), CONTENT, 2, "KD405", "no value “range”"),
    "lipsum": (content("甲\n{{ lipsum(99999) }}"), CONTENT, 2, "KD405", "no value “lipsum”"),
    # Files
    "file outside the folder": (content("甲\n{% include '../secret.txt' %}"), CONTENT, 2, "KD407", "no file"),
    "link out of the folder": (content("甲\n{% include 'part.j2' %}") | {"part.j2": None}, CONTENT, 2, "KD407", "no file"),
    "content that is a link out of the folder": ({CONTENT: None}, CONTENT, None, "KD407", "no file"),
    "file by its whole path": (content("甲\n{% include '/etc/passwd' %}"), CONTENT, 2, "KD407", "no file"),
    "file with a name too long": (content("甲\n{% include '" + "名" * 999 + "' %}"), CONTENT, 2, "KD407", "no file"),
    "file that is not there": (content("甲\n{% include 'other.j2' %}"), CONTENT, 2, "KD407", "no file “other.j2”"),
    "template that is not there": (
        content("甲\n{% extends 'nothere/content.md.j2' %}"), CONTENT, 2, "KD407", "no file “nothere/content.md.j2”",
    ),
    "extends itself": (content("甲\n{% extends 'content.md.j2' %}"), CONTENT, 2, "KD407", "extends itself"),
    "extends in a circle": (
        content("{% extends 'a.j2' %}", a__j2="\n{% extends 'b.j2' %}", b__j2="\n\n{% extends 'content.md.j2' %}"),
        *("b.j2", 3, "KD407", "extends itself"),
    ),
    "settings that extend in a circle": (
        {SETTINGS: GOOD + 'extends = "mine"\n', CONTENT: "甲"}, SETTINGS, 2, "KD402", "no template “mine” to extend",
    ),
    "not UTF-8": ({CONTENT: "工作总结".encode("gbk")}, CONTENT, None, "KD407", "not UTF-8"),
    "binary": ({CONTENT: b"PK\x03\x04\0\0"}, CONTENT, None, "KD407", "no text"),
    "too large": ({CONTENT: b"x" * 2_000_000}, CONTENT, None, "KD407", "larger than"),
    "part that is not UTF-8": (
        content("甲\n{% include 'part.j2' %}") | {"part.j2": "总结".encode("gbk")}, CONTENT, 2, "KD407", "not UTF-8",
    ),
    "error in a part": (content("{% include 'part.j2' %}", part__j2="一\n{{ 没有 }}"), "part.j2", 2, "KD405", "没有"),
    # Python
    "class": (content("甲\n{{ ''.__class__ }}"), CONTENT, 2, "KD406", "not allowed"),
    "class of a value": (content("甲\n{{ 年度.__class__ }}"), CONTENT, 2, "KD405", "no part"),
    "class by a filter": (content("甲\n{{ '' | attr('__class__') }}"), CONTENT, 2, "KD404", "no filter “attr”"),
    "class by map": (content("甲\n{{ [''] | map(attribute='__class__') | join }}"), CONTENT, 2, "KD406", "not allowed"),
    "class by brackets": (content("甲\n{{ ''['__class__'] }}"), CONTENT, 2, "KD406", "not allowed"),
    "globals of a macro": (
        content("{% macro 甲() %}{% endmacro %}\n{{ 甲.__init__.__globals__ }}"), CONTENT, 2, "KD406", "not allowed",
    ),
    "self": (content("甲\n{{ self.__init__ }}"), CONTENT, 2, "KD406", "not allowed"),
    "method of Python": (content("甲\n{{ 'a'.upper() }}"), CONTENT, 2, "KD406", "not allowed"),
    "cycler": (content("甲\n{{ cycler.__init__ }}"), CONTENT, 2, "KD406", "not allowed"),
    # Markup and styles
    "paragraph style that there is not": (content("甲\n\n::: 好看\n字\n:::\n"), CONTENT, 3, "KD409", "no paragraph style"),
    "character style that there is not": (content("甲\n\n[字]{.好看}\n"), CONTENT, 3, "KD409", "no character style"),
    "container that is not closed": (content("甲\n\n::: title\n字\n"), CONTENT, 3, "KD409", "is not closed"),
    "style that extends nothing": (
        content("字") | {"style.toml": '\nextends = "nothere"\n'}, "style.toml", 2, "KD414", "no style “nothere”",
    ),
    "style with a key that there is not": (
        content("字") | {"style.toml": '[paragraph.body]\nsise = "三号"\n'}, "style.toml", 2, "KD412", "sise",
    ),
    "settings that are no TOML": ({SETTINGS: "title = 工作\n", CONTENT: "字"}, SETTINGS, 1, "KD402", "not valid TOML"),
    "settings with a key that there is not": (
        {SETTINGS: GOOD + "numberin = true\n", CONTENT: "字"}, SETTINGS, 2, "KD402", "“numberin” is not known",
    ),
    "a paragraph of a million characters": (content(nested(5, "字" * 10)), CONTENT, None, "KD408", "paragraph"),
}  # fmt: skip


@pytest.fixture
def project(tmp_path: Path) -> Callable[[Files], Path]:
    """Return a function that makes a project with a template named mine and a small input."""

    def make(files: Files) -> Path:
        folder = tmp_path / "templates" / "mine"
        folder.mkdir(parents=True)
        for name, data in ({SETTINGS: GOOD} | files).items():
            if data is None:
                (folder / name).symlink_to(tmp_path / "secret.txt")
            else:
                (folder / name).write_bytes(data.encode() if isinstance(data, str) else data)
        (tmp_path / "a.yaml").write_text(SMALL, encoding="utf-8")
        (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
        return tmp_path

    return make


def run(folder: Path, *arguments: str) -> tuple[subprocess.CompletedProcess[str], float]:
    before = os.times()
    started = time.monotonic()
    done = subprocess.run(
        [sys.executable, "-m", "kexie_docs", *arguments],
        check=False, cwd=folder, capture_output=True, text=True, encoding="utf-8",
        env={**os.environ, "KEXIE_DOCS_LANG": "en", "KEXIE_DOCS_HOME": str(folder / "home")},
    )  # fmt: skip
    after = os.times()
    computing = after.children_user + after.children_system - before.children_user - before.children_system
    return done, computing or time.monotonic() - started  # Windows does not tell of its children


@pytest.mark.parametrize("name", CASES)
def test_a_broken_template_is_told_with_file_and_line_in_time(
    name: str, project: Callable[[Files], Path]
) -> None:
    files, file, line, code, said = CASES[name]
    folder = project(files)
    done, seconds = run(folder, "build", "a.yaml", "-t", "mine", "--json")
    problems = json.loads(done.stdout)
    assert len(problems) == 1, problems
    (problem,) = problems
    print(f"{name}: {file}:{problem['line']} {code} {problem['message']}")  # noqa: T201 - the list of them
    assert done.returncode == 4
    assert (problem["code"], problem["file"]) == (code, f"templates/mine/{file}")
    if line is not None:
        assert problem["line"] == line
    assert said in problem["message"]
    assert done.stderr == ""
    assert not (folder / "outputs").exists()
    assert seconds < LIMIT
