"""The built-in templates: what a report and a bulletin are made of; their starters and examples work."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.loader import official_parts
from kexie_docs.compose.templates import builtin_root, find_template, template_names
from kexie_docs.doctree.nodes import Document, Fill, Heading, Imprint, Paragraph, Title
from kexie_docs.doctree.walk import block_text, figures
from kexie_docs.errors import TemplateError
from kexie_docs.readers.reader import read_report
from tests.compose.conftest import Write, a_report

ROOT = Path(__file__).parents[2]
TEMPLATES = template_names([builtin_root()])


def composed(path: Path) -> Document:
    loaded = read_report(path)
    return Composer(find_template(loaded.report.template, [builtin_root()])).compose(
        loaded.report, loaded.place
    )


def example(name: str) -> Document:
    return composed(ROOT / "inputs" / f"{name}.yaml")


def styles(document: Document) -> list[str]:
    """Styles of the blocks in order, each run of one style once."""
    result: list[str] = []
    for block in document.blocks:
        name = getattr(block, "style", "imprint")
        if not result or result[-1] != name:
            result.append(name)
    return result


def test_there_are_the_four_kinds() -> None:
    assert {"summary", "report", "press", "bulletin"} <= set(TEMPLATES)


@pytest.mark.parametrize("name", TEMPLATES)
def test_starter_of_a_kind_is_an_input_of_that_kind(name: str) -> None:
    loaded = read_report(builtin_root() / name / "starter.yaml")
    assert loaded.report.template == name
    assert loaded.warnings == ()
    assert composed(builtin_root() / name / "starter.yaml").metadata.title


def test_report_has_the_elements_of_an_official_document_in_their_order() -> None:
    document = example("zhangye-2025-report")
    assert [name for name in styles(document) if name not in ("body", "heading_1")] == [
        "copy_number",
        "authority_mark_medium",
        "document_number_upward",
        "letterhead_rule",
        "title",
        "addressee",
        "signature",
        "issue_date",
        "imprint",
    ]
    (title,) = [block for block in document.blocks if isinstance(block, Title)]
    assert block_text(title) == "张掖市科学技术协会关于2025年工作情况的报告"
    signature = next(
        i for i, block in enumerate(document.blocks) if getattr(block, "style", "") == "signature"
    )
    assert block_text(document.blocks[signature - 1]) == "特此报告。"


def test_bulletin_has_its_head_its_title_and_its_receivers() -> None:
    document = example("zhangye-2025-bulletin")
    assert [name for name in styles(document) if name not in ("body", "heading_1")] == [
        "bulletin_name",
        "bulletin_number",
        "bulletin_line",
        "letterhead_rule",
        "title",
        "imprint",
    ]
    line = document.blocks[2]
    assert isinstance(line, Paragraph)
    assert Fill() in line.inlines
    last = document.blocks[-1]
    assert isinstance(last, Imprint)
    assert [block_text(each)[:2] for each in last.paragraphs if each.inlines] == ["报：", "送："]


@pytest.mark.parametrize("name", ["zhangye-2025-report", "zhangye-2025-bulletin"])
def test_facts_stand_in_one_file(name: str) -> None:
    summary, other = example("zhangye-2025"), example(name)

    def said(document: Document) -> list[str]:
        return [
            block_text(block)
            for block in document.blocks
            if isinstance(block, Heading) or (isinstance(block, Paragraph) and block.style == "body")
        ]

    own = said(other)
    assert [text for text in own if text != "特此报告。"] == said(summary)
    assert [each.text for each in figures(other)] == [each.text for each in figures(summary)]


def test_summary_takes_attachments_and_an_imprint_where_they_are_given() -> None:
    summary = Composer(find_template("summary", [builtin_root()]))
    document = summary.compose(
        a_report(开篇="甲", 附件=[{"标题": "表", "正文": "见下。"}], 版记={"抄送": "乙"}, 附注="丙")
    )
    assert styles(document)[1:] == [
        "body", "attachment_note", "note", "attachment_label", "attachment_title", "body", "imprint"
    ]  # fmt: skip


def test_bulletin_falls_back_on_what_the_input_gives() -> None:
    bulletin = Composer(find_template("bulletin", [builtin_root()]))
    document = bulletin.compose(a_report(开篇="甲", 落款={"成文日期": "2025-03-01"}))
    assert [block_text(block) for block in document.blocks[:3]] == [
        "工作简报",
        "云溪县科学技术协会2025年3月1日",
        "",
    ]


def test_own_templates_include_the_official_parts(write: Write) -> None:
    names = [part.name for part in official_parts()]
    assert "imprint.md.j2" in names
    content = "".join(f'{{% include "official/{name}" %}}\n' for name in names)
    composer = Composer(find_template("mine", [write(content)]))
    assert "authority_mark" in styles(composer.compose(a_report(版记={"抄送": "甲"})))


@pytest.mark.parametrize("name", ["official/none.md.j2", "official/../loader.py", "official//etc/hostname"])
def test_nothing_else_can_be_included(write: Write, name: str) -> None:
    composer = Composer(find_template("mine", [write(f'{{% include "{name}" %}}')]))
    with pytest.raises(TemplateError):
        composer.compose(a_report())


REPORT = Composer(find_template("report", [builtin_root()]))


def bodies(composer: Composer = REPORT, **fields: Any) -> list[str]:
    document = composer.compose(a_report(**fields))
    return [block_text(b) for b in document.blocks if isinstance(b, Paragraph) and b.style == "body"]


@pytest.mark.parametrize("title", [None, "关于2025年工作情况的|报告"])
def test_report_ends_with_its_closing_phrase(title: str | None) -> None:
    assert bodies(标题=title, 开篇="甲。") == ["甲。", "特此报告。"]


def test_document_of_another_kind_has_no_closing_phrase_of_reports() -> None:
    assert bodies(标题="关于表扬先进集体的通报", 开篇="甲。") == ["甲。"]


@pytest.mark.parametrize("end", ["特此报告。", "甲。特此报告", "以上报告，请审阅。", "乙，现特此报告。"])
def test_text_that_has_its_own_closing_phrase_gets_no_other(end: str) -> None:
    assert bodies(正文=f"甲。\n\n{end}") == ["甲。", end]


def test_closing_phrase_can_be_emptied_by_a_templates_author(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    shutil.copytree(builtin_root() / "report", folder)
    settings = folder / "template.toml"
    settings.write_text(settings.read_text("utf-8").replace('= "特此报告。"', '= ""'), encoding="utf-8")
    assert bodies(Composer(find_template("mine", [tmp_path])), 开篇="甲。") == ["甲。"]
