"""Running the command line in this process, in a folder of its own and a chosen language."""

import os
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
import typer

from kexie_docs.cli.main import run
from tests.support.cli import SMALL, Outcome, Run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder with one small input in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "small.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path


def run_here(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> Outcome:
    """Run a command line in this process, in the language that the environment says."""
    # The parser translates its panel titles once, when they are imported.
    sys.modules.pop("typer.rich_utils", None)
    typer.__dict__.pop("rich_utils", None)
    capsys.readouterr()
    code = run(list(arguments))
    streams = capsys.readouterr()
    return Outcome(int(code), streams.out, streams.err)


@pytest.fixture
def command(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Run a command line; ``lang`` is the locale's LANG."""
    before = dict(os.environ)

    def invoke(*arguments: str, lang: str = "C") -> Outcome:
        for name in ("KEXIE_DOCS_LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("LANG", lang)
        return run_here(arguments, capsys)

    yield invoke
    os.environ.clear()
    os.environ.update(before)
