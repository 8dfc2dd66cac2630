"""The guide for template authors: every example prints what the guide says.

Its commands are run by `tests/cli/test_documents.py`.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.limits import MAX_OUTPUT, MAX_PARAGRAPH, MAX_SECONDS, MAX_STEPS
from kexie_docs.compose.template_filters import ALIASES, DATE_FORMS
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.doctree.nodes import Block, Document, PageBreak, Picture, Table
from kexie_docs.doctree.walk import block_text, inline_text
from kexie_docs.figures.filters import FILTERS
from kexie_docs.model.report import Report
from kexie_docs.readers.reader import read_report

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "templates.md").read_text(encoding="utf-8")
INPUT = re.findall(r"^```yaml\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)[0]
EXAMPLES = re.findall(r"^```jinja\n(.*?)^```\n\n```text\n(.*?)^```$", GUIDE, re.MULTILINE | re.DOTALL)
HEADINGS = re.findall(r"^## (.*?) · .*\n", GUIDE, re.MULTILINE)


def lines(document: Document) -> Iterator[str]:
    """Yield what a document prints, a line for each paragraph and row."""
    for block in document.blocks:
        yield from block_lines(block)


def block_lines(block: Block) -> Iterator[str]:
    match block:
        case Table():
            for row in (*block.header, *block.rows):
                yield " | ".join(inline_text(cell.inlines) for cell in row)
        case Picture():
            yield "〔图片〕"
        case PageBreak():
            yield "〔换页〕"
        case _:
            yield block_text(block)


@pytest.fixture
def report(tmp_path: Path) -> Report:
    path = tmp_path / "input.yaml"
    path.write_text(INPUT, encoding="utf-8")
    return read_report(path).report


@pytest.mark.parametrize(("content", "printed"), EXAMPLES, ids=[each[0][:24] for each in EXAMPLES])
def test_an_example_prints_what_the_guide_says(
    content: str, printed: str, tmp_path: Path, report: Report
) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "template.toml").write_text('title = "例"\n', encoding="utf-8")
    (folder / "content.md.j2").write_text(content, encoding="utf-8")
    Image.new("RGB", (300, 200), "#88bbee").save(folder / "会场.png")
    document = Composer(find_template("mine", [tmp_path, builtin_root()])).compose(report)
    assert list(lines(document)) == printed.splitlines()


def test_no_example_is_left_out() -> None:
    assert GUIDE.count("```jinja") == len(EXAMPLES) >= 20


def test_the_guide_names_every_filter_in_both_spellings_and_every_form_of_a_date() -> None:
    names = (*FILTERS, *ALIASES, *ALIASES.values(), *filter(None, DATE_FORMS))
    assert {name for name in names if name not in GUIDE} == set()


def test_the_guide_gives_the_limits_that_hold() -> None:
    assert MAX_STEPS == 300_000
    assert "30 万次" in GUIDE
    assert MAX_OUTPUT == 4_000_000
    assert "400 万" in GUIDE
    assert MAX_PARAGRAPH == 50_000
    assert "5 万字" in GUIDE
    assert f"{MAX_SECONDS:g} 秒" in GUIDE
