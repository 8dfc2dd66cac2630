"""The help of every command: in the order of use, cut nowhere, in one language."""

import re

import pytest

from kexie_docs.cli.app import TOPICS
from tests.support.cli import Run

COMMANDS = [
    (name, *sub)
    for names in TOPICS.values()
    for name in names
    for sub in {
        "template": [(), *((sub,) for sub in ("list", "show", "new", "check", "to-word", "from-word"))],
        "fonts": [(), ("list",), ("install",)],
    }.get(name, [()])
]


HAN = re.compile(r"[\u4e00-\u9fff]")
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,}")
PROGRAM = re.compile(r"kexie-docs[^\n]*|JSON Schema")
"""What is English in every language: names of programs and formats."""


@pytest.mark.parametrize("lang", ["C", "zh_CN.UTF-8"])
@pytest.mark.parametrize("command_line", [(), *COMMANDS], ids=" ".join)
def test_help_is_cut_nowhere_in_a_window_of_eighty_columns(
    command: Run, monkeypatch: pytest.MonkeyPatch, command_line: tuple[str, ...], lang: str
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    outcome = command(*command_line, "--help", lang=lang)
    assert outcome.code == 0
    # The line of usage has an ellipsis of its own.
    assert [line for line in outcome.out.splitlines() if "…" in line and "kexie-docs" not in line] == []


@pytest.mark.parametrize("command_line", [(), *COMMANDS], ids=" ".join)
def test_help_is_chinese_in_a_chinese_locale(
    command: Run, monkeypatch: pytest.MonkeyPatch, command_line: tuple[str, ...]
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    outcome = command(*command_line, "--help", lang="zh_CN.UTF-8")
    assert HAN.search(outcome.out)
    assert ENGLISH.findall(PROGRAM.sub("", outcome.out)) == []


@pytest.mark.parametrize("command_line", [(), *COMMANDS], ids=" ".join)
def test_help_is_english_elsewhere(command: Run, command_line: tuple[str, ...]) -> None:
    outcome = command(*command_line, "--help")
    assert not HAN.search(outcome.out)
    assert ENGLISH.search(PROGRAM.sub("", outcome.out))


def test_commands_are_listed_in_the_order_of_use(command: Run) -> None:
    listed = re.findall(r"^│ ([a-z]+) ", command("--help").out, flags=re.MULTILINE)
    assert listed == [name for names in TOPICS.values() for name in names]
    assert listed[:5] == ["new", "build", "check", "explain", "print"]
