"""The three steps of the guides, word for word: their commands run, and print what is shown."""

import re
import shlex
from pathlib import Path

import pytest

from tests.styling.conftest import ROOT
from tests.styling.test_three_steps import as_asked
from tests.support.cli import Run

GUIDES = {"README.md": "C", "README.zh-CN.md": "zh_CN.UTF-8", "docs/styling.md": "zh_CN.UTF-8"}


def blocks(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language, indented ones too, without their indent."""
    found = re.findall(rf"^( *)```{language}\n(.*?)^ *```", text, flags=re.M | re.S)
    return [re.sub(rf"^{indent}", "", block, flags=re.M) for indent, block in found]


@pytest.mark.parametrize("guide", GUIDES)
def test_the_three_steps_of_a_guide_do_what_it_shows(project: Path, command: Run, guide: str) -> None:
    text = (ROOT / guide).read_text(encoding="utf-8")
    commands = [shlex.split(block) for block in blocks(text, "sh") if block.startswith("kexie-docs template")]
    to_word, from_word = commands
    assert to_word[:3] == ["kexie-docs", "template", "to-word"]
    assert from_word[:3] == ["kexie-docs", "template", "from-word"]
    assert command(*to_word[1:]).code == 0
    file = project / to_word[-1]
    file.write_bytes(as_asked(file.read_bytes()))
    outcome = command(*from_word[1:], lang=GUIDES[guide])
    assert outcome.code == 0
    (shown,) = (block for block in blocks(text, "text") if "30" in block)
    assert outcome.err + outcome.out == shown
    assert command("build", "inputs/zhangye-2025.yaml").code == 0
