"""A filled form whose text is not whole is never written."""

from pathlib import Path
from typing import TYPE_CHECKING

import docx
import pytest
from docx.oxml.ns import qn

from kexie_docs.forms.word_values import Printed, put_values
from tests.support.cli import Run

if TYPE_CHECKING:
    from lxml.etree import _Element


def test_a_form_that_lost_a_character_is_told_and_not_written(
    command: Run, source: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lose_one(root: "_Element", printed: Printed) -> None:
        put_values(root, printed)
        first = next(each for each in root.iter(qn("w:t")) if each.text)
        first.text = (first.text or "")[:-1]

    form = docx.Document()
    form.add_paragraph("{{ 单位.全称 }}")
    form.save("form.docx")
    assert command("fill", "form.docx", "in.yaml", "-o", "whole.docx").code == 0
    monkeypatch.setattr("kexie_docs.forms.word.put_values", lose_one)
    outcome = command("fill", "form.docx", "in.yaml")
    assert outcome.code == 6
    assert "KD607" in outcome.err
    assert not Path("outputs").exists()
