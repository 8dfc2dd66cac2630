"""Small templates and reports for the tests of compose."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import find_template
from kexie_docs.doctree.nodes import Document, Heading, Paragraph, Title
from kexie_docs.errors import Problem, TemplateError
from kexie_docs.model.report import Report

Write = Callable[..., Path]
Made = Callable[..., Document]


def a_report(**fields: Any) -> Report:
    """Return a report of an association that is made up; fields by their Chinese names."""
    given: dict[str, Any] = {
        "单位": {"全称": "云溪县科学技术协会", "简称": "云溪县科协"},
        "年度": "2025",
    } | fields
    return Report.model_validate(given)


def running(document: Document) -> list[Title | Heading | Paragraph]:
    """Return the blocks of a document that has nothing but running text."""
    blocks = [block for block in document.blocks if isinstance(block, Title | Heading | Paragraph)]
    assert len(blocks) == len(document.blocks)
    return blocks


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a template named mine and return the folder of templates."""

    def make(content: str, settings: str = 'title = "试"\n', style: str = "", **files: str) -> Path:
        folder = tmp_path / "mine"
        folder.mkdir(exist_ok=True)
        (folder / "template.toml").write_text(settings, encoding="utf-8")
        (folder / "content.md.j2").write_text(content, encoding="utf-8")
        if style:
            (folder / "style.toml").write_text(style, encoding="utf-8")
        for name, text in files.items():
            (folder / name.replace("__", ".")).write_text(text, encoding="utf-8")
        return tmp_path

    return make


@pytest.fixture
def made(write: Write) -> Made:
    """Compose a report with a template's content."""

    def make(content: str, settings: str = 'title = "试"\n', **fields: Any) -> Document:
        root = write(content, settings)
        return Composer(find_template("mine", [root])).compose(a_report(**fields))

    return make


@pytest.fixture
def problem(made: Made) -> Callable[..., Problem]:
    """Return the one problem of a template that cannot be used."""

    def find(content: str, settings: str = 'title = "试"\n', **fields: Any) -> Problem:
        with pytest.raises(TemplateError) as error:
            made(content, settings, **fields)
        (only,) = error.value.problems
        return only

    return find
