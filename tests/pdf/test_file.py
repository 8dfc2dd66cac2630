"""The PDF as a file: fonts, metadata, bookmarks, equal bytes."""

import hashlib
import io
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest

from kexie_docs.doctree.nodes import Metadata
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.pages import OutlineEntry
from kexie_docs.style.sheet import FontRole
from kexie_docs.units import mm
from kexie_docs.writers.pdf.write import write_pdf
from tests.pdf import specimen
from tests.support.tools import require

ROOT = Path(__file__).parents[2]
METADATA = Metadata(
    title="张掖市科学技术协会2025年工作总结 (定稿)",
    author="张掖市科学技术协会",
    subject="工作总结",
    created=date(2025, 12, 31),
)


def outline(*entries: tuple[str, int, int]) -> tuple[OutlineEntry, ...]:
    return tuple(
        OutlineEntry(title=title, level=level, page=page, y=float(mm(40))) for title, level, page in entries
    )


@pytest.fixture(scope="module")
def pdf(fandol: MachineFonts) -> bytes:
    headings = outline(("一、甲", 1, 0), ("（一）乙", 2, 0), ("1.丙", 3, 1), ("二、丁", 1, 1))
    lines = [
        specimen.line(text, fandol, top=specimen.TOP, role=role)
        for role, text in zip(FontRole, ["标题", "正文", "一级", "二级", "页码"], strict=True)
    ]
    return write_pdf(specimen.layout(*lines, outline=headings), METADATA)


def test_every_font_is_embedded_as_a_subset(pdf: bytes, tmp_path: Path) -> None:
    (tmp_path / "f.pdf").write_bytes(pdf)
    done = subprocess.run(
        [require("pdffonts"), str(tmp_path / "f.pdf")], check=True, capture_output=True, text=True
    )
    rows = [line.split() for line in done.stdout.splitlines()[2:]]
    assert len(rows) == len(FontRole)
    for name, *_, encoding, embedded, subset, unicode, _number, _generation in rows:
        assert re.match(r"[A-Z]{6}\+Fandol", name)
        assert (encoding, embedded, subset, unicode) == ("Identity-H", "yes", "yes", "yes")


def test_readers_find_no_fault_in_the_file(pdf: bytes, tmp_path: Path) -> None:
    """Poppler writes its complaints about syntax, fonts and cross references to stderr."""
    (tmp_path / "f.pdf").write_bytes(pdf)
    for command in (["pdfinfo"], ["pdftotext"], ["pdftoppm", "-r", "20"]):
        program = require(command[0])
        done = subprocess.run(
            [
                program,
                *command[1:],
                str(tmp_path / "f.pdf"),
                *([str(tmp_path / "out")] if len(command) > 1 else []),
            ],
            check=True,
            capture_output=True,
        )
        assert done.stderr == b""


def test_metadata_is_the_documents(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    found = document.get_metadata_dict(skip_empty=True)
    document.close()
    assert found == {
        "Title": METADATA.title,
        "Author": METADATA.author,
        "Subject": "工作总结",
        "Creator": "kexie_docs",
        "Producer": "kexie_docs",
        "CreationDate": "D:20251231000000Z",
        "ModDate": "D:20251231000000Z",
    }


def test_a_document_that_says_nothing_of_itself_has_no_made_up_metadata(fandol: MachineFonts) -> None:
    layout = specimen.layout(specimen.line("文", fandol, top=specimen.TOP))
    document = pypdfium2.PdfDocument(write_pdf(layout, Metadata(title="")))
    found = document.get_metadata_dict(skip_empty=True)
    document.close()
    assert found == {"Creator": "kexie_docs", "Producer": "kexie_docs"}


def test_language_and_title_bar_are_set(pdf: bytes) -> None:
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        catalog = document.doc.catalog
        assert catalog["Lang"] == b"zh-CN"
        assert document.doc.catalog["ViewerPreferences"].resolve()["DisplayDocTitle"] is True


def test_headings_are_bookmarks_on_their_pages(pdf: bytes) -> None:
    document = pypdfium2.PdfDocument(pdf)
    found = [
        (mark.get_title(), mark.level, mark.get_dest().get_index(), mark.get_dest().get_view()[1][1])
        for mark in document.get_toc()
    ]
    document.close()
    height = 841.9 - 40 * 72 / 25.4
    assert [row[:3] for row in found] == [
        ("一、甲", 0, 0),
        ("（一）乙", 1, 0),
        ("1.丙", 2, 1),
        ("二、丁", 0, 1),
    ]
    assert [row[3] for row in found] == pytest.approx([height] * 4, abs=0.1)


def test_bookmarks_may_skip_levels(fandol: MachineFonts) -> None:
    layout = specimen.layout(
        specimen.line("文", fandol, top=specimen.TOP),
        outline=outline(("甲", 2, 0), ("乙", 4, 0), ("丙", 3, 0), ("丁", 1, 0)),
    )
    document = pypdfium2.PdfDocument(write_pdf(layout, METADATA))
    found = [(mark.get_title(), mark.level) for mark in document.get_toc()]
    document.close()
    assert found == [("甲", 0), ("乙", 1), ("丙", 1), ("丁", 0)]


def test_without_headings_there_are_no_bookmarks(fandol: MachineFonts) -> None:
    layout = specimen.layout(specimen.line("文", fandol, top=specimen.TOP))
    document = pypdfium2.PdfDocument(write_pdf(layout, METADATA))
    assert list(document.get_toc()) == []
    document.close()


def test_nothing_of_this_machine_is_in_the_file(pdf: bytes) -> None:
    assert str(Path.home()).encode() + b"/" not in pdf
    assert b"anonymous" not in pdf


WRITE = """
import hashlib, sys
from tests.support.fonts import fandol_fonts
from tests.pdf import specimen
from tests.pdf.test_file import METADATA, outline
from kexie_docs.writers.pdf.write import write_pdf
layout = specimen.pages(["科学技术协会，勠力同心ABC123" * 60], fandol_fonts())
print(hashlib.sha256(write_pdf(layout, METADATA)).hexdigest())
"""


def test_equal_input_gives_equal_bytes_in_any_process(fandol: MachineFonts, tmp_path: Path) -> None:
    layout = specimen.pages(["科学技术协会，勠力同心ABC123" * 60], fandol)
    expected = hashlib.sha256(write_pdf(layout, METADATA)).hexdigest()
    assert hashlib.sha256(write_pdf(layout, METADATA)).hexdigest() == expected
    for seed, zone, epoch in (("1", "Asia/Shanghai", "1"), ("2", "America/New_York", "never")):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "TZ": zone,
            "SOURCE_DATE_EPOCH": epoch,
            "PYTHONPATH": str(ROOT),
        }
        done = subprocess.run(
            [sys.executable, "-c", WRITE],
            env=environment,
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
        )
        assert done.stdout.strip() == expected


def test_different_text_gives_a_different_file_identity(fandol: MachineFonts) -> None:
    def identity(text: str) -> bytes:
        layout = specimen.layout(specimen.line(text, fandol, top=specimen.TOP))
        found = re.search(rb"/ID\s*\[<([0-9a-f]{32})>", write_pdf(layout, METADATA))
        assert found is not None
        return found[1]

    assert identity("甲乙") == identity("甲乙")
    assert identity("甲乙") != identity("乙甲")
