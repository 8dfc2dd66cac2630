"""The file as a package: its parts, its bytes, what it and what validators say about it."""

import dataclasses
import io
import os
import subprocess
import sys
import zipfile
from datetime import date, datetime
from pathlib import Path

import docx as python_docx
import pytest
from openxml_audit import OpenXmlValidator

from kexie_docs.doctree.nodes import Document, Metadata
from kexie_docs.doctree.walk import block_text
from kexie_docs.style.sheet import Style
from kexie_docs.writers.docx.write import write_docx
from tests.support.word_file import parts, with_part

ROOT = Path(__file__).parents[2]

WRITE_ONE = """
import sys
from kexie_docs.doctree.nodes import *
from kexie_docs.style.load import load_style
from kexie_docs.writers.docx.write import write_docx
text = (Text("正文"),)
blocks = (Title(inlines=text), Heading(level=1, inlines=text), Paragraph(inlines=text))
sys.stdout.buffer.write(write_docx(Document(blocks=blocks), load_style()))
"""


@pytest.fixture(scope="module")
def file(document: Document, style: Style) -> bytes:
    return write_docx(document, style)


def errors(file: bytes, folder: Path) -> list[str]:
    path = folder / "file.docx"
    path.write_bytes(file)
    return [str(error) for error in OpenXmlValidator(security_validation=True).validate(path).errors]


def test_it_has_the_parts_that_it_needs_and_no_others(file: bytes) -> None:
    assert list(parts(file)) == [
        "[Content_Types].xml",
        "_rels/.rels",
        "docProps/app.xml",
        "docProps/core.xml",
        "word/document.xml",
        "word/_rels/document.xml.rels",
        "word/fontTable.xml",
        "word/footer1.xml",
        "word/footer2.xml",
        "word/settings.xml",
        "word/styles.xml",
        "word/theme/theme1.xml",
    ]


def test_a_validator_finds_no_error(file: bytes, tmp_path: Path) -> None:
    assert errors(file, tmp_path) == []


@pytest.mark.parametrize(
    ("part", "right", "wrong"),
    [
        ("word/styles.xml", b'<w:jc w:val="center"/>', b'<w:jc w:val="sideways"/>'),
        ("word/document.xml", b"<w:pgSz ", b"<w:pageSize "),
        ("word/document.xml", b'<w:pStyle w:val="Title"/>', b'<w:pStyle w:val="Nowhere"/>'),
        ("word/settings.xml", b"<w:evenAndOddHeaders/>", b"<w:evenAndOddHeaders/><w:view/>"),
    ],
)
def test_the_validator_finds_a_planted_error(
    file: bytes, tmp_path: Path, part: str, right: bytes, wrong: bytes
) -> None:
    planted = parts(file)[part].replace(right, wrong)
    assert planted != parts(file)[part]
    assert errors(with_part(file, part, planted), tmp_path)


def test_the_same_document_gives_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """Neither hash seed, time zone, locale nor folder shows in the file."""
    surroundings = [
        ({"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C"}, ROOT),
        ({"PYTHONHASHSEED": "2", "TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}, tmp_path),
    ]
    first, second = (
        subprocess.run(
            [sys.executable, "-X", "utf8", "-c", WRITE_ONE],
            env={**os.environ, "PYTHONPATH": str(ROOT), **variables},
            cwd=folder,
            capture_output=True,
            check=True,
        ).stdout
        for variables, folder in surroundings
    )
    assert first == second
    assert len(first) > 1000


def test_entries_have_no_time(file: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        assert {item.date_time for item in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_python_docx_reads_every_paragraph_back(document: Document, file: bytes) -> None:
    read = [
        paragraph.text.replace("\n", "") for paragraph in python_docx.Document(io.BytesIO(file)).paragraphs
    ]
    assert read == [block_text(block) for block in document.blocks]


def test_it_says_who_made_it_and_when_it_was_issued(file: bytes) -> None:
    properties = python_docx.Document(io.BytesIO(file)).core_properties
    assert properties.title == "示例市科学技术协会2025年工作总结"
    assert properties.author == properties.last_modified_by == "示例市科学技术协会"
    assert properties.subject == "工作总结"
    assert properties.language == "zh-CN"
    assert properties.created is not None
    assert properties.created.replace(tzinfo=None) == datetime(2025, 12, 31)
    assert properties.modified == properties.created


def test_without_a_date_of_issue_it_names_no_date(document: Document, style: Style) -> None:
    undated = dataclasses.replace(document, metadata=Metadata(title="总结"))
    core = parts(write_docx(undated, style))["docProps/core.xml"].decode()
    assert "created" not in core
    assert "modified" not in core.lower()
    assert "总结" in core


def test_a_title_that_the_properties_cannot_hold_is_shortened(
    document: Document, style: Style, tmp_path: Path
) -> None:
    metadata = Metadata(title="长" * 300, author="名" * 256, created=date(2025, 1, 1))
    file = write_docx(dataclasses.replace(document, metadata=metadata), style)
    properties = python_docx.Document(io.BytesIO(file)).core_properties
    assert properties.title == "长" * 254 + "…"
    assert properties.author == "名" * 254 + "…"
    assert errors(file, tmp_path) == []


@pytest.mark.parametrize(
    "trace", ["ReportLab", "python-docx", "stylesWithEffects", "asciiTheme", "eastAsiaTheme"]
)
def test_nothing_of_a_library_or_its_template_shows(file: bytes, trace: str) -> None:
    assert not [name for name, data in parts(file).items() if trace.encode() in data]
