"""docs/printing.md says what the code does."""

import re
from pathlib import Path

import pytest

from kexie_docs.printing import windows
from kexie_docs.printing.booklet import places, sides

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "printing.md").read_text(encoding="utf-8")


def test_table_of_the_guide_is_the_imposition() -> None:
    rows = re.findall(r"^\| \d \| [正反] \| (\S+) \| (\S+) \|$", GUIDE, flags=re.MULTILINE)
    expected = [
        tuple("空白" if page is None else str(page) for page in side)
        for side in sides(places(5, imprint=False))
    ]
    assert rows == expected


def test_windows_gets_the_file_by_its_print_verb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All that can be tried here of Windows: what the system would be asked for."""
    import os
    import sys

    asked: list[tuple[str, ...]] = []
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", lambda *arguments: asked.append(arguments), raising=False)
    windows.hand_over(tmp_path / "a.pdf")
    windows.hand_over(tmp_path / "b.pdf", "办公室 1")
    file = str(tmp_path / "a.pdf")
    assert asked == [(file, "print"), (str(tmp_path / "b.pdf"), "printto", '"办公室 1"')]


def test_windows_without_a_program_for_pdf_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import os
    import sys

    from kexie_docs.errors import OutputError

    def refuse(path: str, verb: str) -> None:
        raise OSError("no association")

    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setattr(os, "startfile", refuse, raising=False)
    with pytest.raises(OutputError, match="no association"):
        windows.hand_over(tmp_path / "a.pdf")
