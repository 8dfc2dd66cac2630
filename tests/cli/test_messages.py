"""The language of the command line: all Chinese under a Chinese locale, all English under C."""

import re
from pathlib import Path

import pytest

from kexie_docs.checks.engine import all_rules
from kexie_docs.cli.i18n import language
from tests.support.cli import Run

ENGLISH_SENTENCE = re.compile(r"\b[A-Za-z]{2,} [a-z]{2,} [a-z]{2,}\b")
COMMAND = re.compile(r"kexie-docs( [a-z]+)+")
HAN = re.compile(r"[\u4e00-\u9fff]")

REFUSED = [
    ("--nothing",),
    ("bild",),
    ("build",),
    ("build", "--fromats", "pdf", "small.yaml"),
    ("build", "small.yaml", "-f"),
    ("build", "small.yaml", "--quiet=yes"),
    ("build", "small.yaml", "-f", "odt"),
    ("build", "small.yaml", "--style", "loose"),
    ("build", "small.yaml", "-f", "docx", "-o", "a.pdf"),
    ("explain", "KC999"),
    ("explain", "KD303"),
    ("fonts", "lst"),
    ("schema", "too", "many"),
    ("new",),
    ("verify", "only-one.docx"),
    ("pull",),
    ("fill", "form.docx"),
    ("fill", "form.odt", "small.yaml"),
    ("print",),
    ("print", "a.pdf", "--copies", "many"),
    ("print", "a.pdf", "--duplex", "top"),
    ("template", "shwo"),
    ("template", "to-word", "summary"),
    ("template", "to-word", "summary", "a.txt"),
    ("template",),
    (),
    ("fonts",),
]


@pytest.mark.parametrize("arguments", REFUSED, ids=" ".join)
def test_refused_command_lines_speak_the_users_language(command: Run, arguments: tuple[str, ...]) -> None:
    chinese, english = command(*arguments, lang="zh_CN.UTF-8"), command(*arguments)
    assert (chinese.code, english.code) == (2, 2)
    said = (chinese.err + chinese.out, english.err + english.out)
    assert HAN.search(said[0])
    assert not ENGLISH_SENTENCE.search(COMMAND.sub("", said[0]))
    assert not HAN.search(said[1])
    assert "not valid." not in english.err, "an unknown message of the parser"


@pytest.mark.parametrize("code", [rule.code for rule in all_rules()])
def test_a_rule_is_explained_in_the_users_language(command: Run, code: str) -> None:
    chinese, english = command("explain", code, lang="zh_CN.UTF-8"), command("explain", code)
    assert (chinese.code, english.code) == (0, 0)
    assert not ENGLISH_SENTENCE.search(COMMAND.sub("", chinese.out))
    assert ENGLISH_SENTENCE.search(english.out)


def test_own_variable_wins_over_the_locale() -> None:
    assert language({"KEXIE_DOCS_LANG": "en", "LANG": "zh_CN.UTF-8"}) == "en"
    assert language({"KEXIE_DOCS_LANG": "zh", "LC_ALL": "C"}) == "zh_CN"
    assert language({}, "zh_CN") == "zh_CN"
    assert language({"LANG": "C"}, "zh_CN") == "en"


def test_problem_shows_its_line_and_a_mark_below_the_column(command: Run, folder: Path) -> None:
    (folder / "bad.yaml").write_text((folder / "small.yaml").read_text() + "结语: |\n  共{{科普活动数}}。\n")
    outcome = command("build", "bad.yaml")
    assert outcome.code == 3
    lines = outcome.err.splitlines()
    assert lines[0].startswith("bad.yaml:8:")
    shown = next(index for index, line in enumerate(lines) if line.startswith("  8 | "))
    # 共 takes two columns; the mark stands below the opening braces.
    assert lines[shown + 1].index("^") == len("  8 | ") + 2 + 2
