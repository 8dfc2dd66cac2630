"""Running the command line in an empty folder, where `templates/` is the project's."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeAlias

import pytest

from tests.support.cli import Outcome
from tests.support.command import run_here

Command: TypeAlias = Callable[..., Outcome]

GOOD = 'title = "试"\n'


@pytest.fixture
def command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Command]:
    """Return a function that runs a command line in English."""
    before = dict(os.environ)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("KEXIE_DOCS_LANG", "en")
    monkeypatch.setenv("KEXIE_DOCS_HOME", str(tmp_path / "home"))

    def invoke(*arguments: str) -> Outcome:
        return run_here(arguments, capsys)

    yield invoke
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a template into the project and gives its folder."""

    def make(name: str = "mine", settings: str = GOOD, content: str | None = None, **files: str) -> Path:
        folder = tmp_path / "templates" / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "template.toml").write_text(settings, encoding="utf-8")
        if content is not None:
            (folder / "content.md.j2").write_text(content, encoding="utf-8")
        for file, text in files.items():
            (folder / file.replace("__", ".")).write_text(text, encoding="utf-8")
        return folder

    return make
