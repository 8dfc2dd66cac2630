"""Word forms with faults, and hostile ones: told with their paragraph or cell, and nothing is written."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from tests.forms.making import NAMESPACE, changed_package, full_form, with_relationship, word_form
from tests.support.cli import Run


def refused(command: Run, code: str, *parts: str, form: str = "form.docx", exit_code: int = 4) -> str:
    """Fill a form that must be refused; return what was said."""
    outcome = command("fill", form, "in.yaml")
    assert (outcome.code, outcome.out) == (exit_code, ""), outcome.err
    assert code in outcome.err
    assert "Traceback" not in outcome.err
    for part in parts:
        assert part in outcome.err
    assert not Path("outputs").exists()
    return outcome.err


def test_every_unknown_tag_is_told_with_its_paragraph_or_cell(command: Run, source: Path) -> None:
    def change(document: Any) -> None:
        table = document.add_table(rows=3, cols=2)
        for row, text in zip(
            table.rows, ("{%tr for 甲 in 行动 %}", "{{甲.标提}}", "{%tr endfor %}"), strict=True
        ):
            row.cells[1].text = text
        document.sections[0].footer.paragraphs[0].text = "{{单位.全程}}"
        document.sections[0].header.paragraphs[0].text = "{{年渡}}"

    word_form(Path("form.docx"), "甲", "标题：{{标提}}和{{没有的东西}}", change=change)
    told = refused(command, "KD405")
    assert told.count("error KD405") == 5
    assert "In paragraph 2, “标题：{{标提}}和{{没有的东西}}”: The input has no value “标提”" in told
    assert "Did you mean “标题”?" in told
    assert "In table 1, row 2, column 2, “{{甲.标提}}”" in told
    assert "In the footer, “{{单位.全程}}”: “单位” has no part “全程”" in told
    assert "In the header, “{{年渡}}”" in told


def test_value_that_the_input_does_not_give_is_told(command: Run, source: Path) -> None:
    word_form(Path("form.docx"), "{{问题}}", "{% if 打算 %}{{打算}}{% endif %}", "{{结语|default('无')}}")
    told = refused(command, "KD410", "In paragraph 1", "“问题” is to be printed")
    assert told.count("error") == 1


@pytest.mark.parametrize(
    ("texts", "code", "part"),
    [
        (("{{标题",), "KD421", "A tag begins with {{ and does not end"),
        (("{% if 标题 %}甲",), "KD404", "paragraph 1"),
        (("{{ 标题 | 不知道 }}",), "KD404", "paragraph 1"),
        (("甲", "{% for 甲 on 行动 %}{% endfor %}"), "KD404", "paragraph 2"),
        (("{% for 甲 in 行动 %}", "{{ 甲.标题 }}"), "KD404", "before “endfor”"),
        (("{%p for 甲 in 行动 %}", "{{p 甲.标题 }}", "{%p endfor %}"), "KD424", "outside of any paragraph"),
        (("没有标签",), "KD422", "no tags"),
        (("{{ 标题|图片 }}",), "KD427", "picture of the input"),
        (('{{ 落款.印章.图片|图片("9m") }}',), "KD427", "no width"),
        (("{{ 科普活动 + '甲' }}",), "KD409", "paragraph 1"),
        (("{% include 'word/document.xml' %}",), "KD408", "paragraph 1"),
        (("{% include '/etc/passwd' %}",), "KD407", "paragraph 1"),
        (("{% import 'a' as b %}",), "KD407", "paragraph 1"),
        (("{{ 行动 }}",), "KD410", "cannot be printed as it stands"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.startswith("KD") else "",
)
def test_fault_of_a_tag_is_told(
    command: Run, source: Path, texts: tuple[str, ...], code: str, part: str
) -> None:
    word_form(Path("form.docx"), *texts)
    refused(command, code, part)


def test_tags_that_cut_cells_apart_are_told(command: Run, source: Path) -> None:
    def change(document: Any) -> None:
        table = document.add_table(rows=1, cols=2)
        table.rows[0].cells[0].text = "{% for 甲 in 行动 %}"
        table.rows[0].cells[1].paragraphs[0].add_run("{{甲.标题}}")
        document.add_paragraph("{% endfor %}")

    word_form(Path("form.docx"), change=change)
    refused(command, "KD424", "cut paragraphs, rows or cells apart", "{%tr for %}")


@pytest.mark.parametrize(
    "payload",
    [
        "{{ cycler.__init__.__globals__.os.system('touch canary') }}",
        "{{ ''.__class__.__mro__ }}",
        "{{ lipsum.__globals__ }}",
        "{{ self.__init__.__globals__ }}",
        "{{ 单位.__class__.__init__.__globals__ }}",
        "{{ 标题._name }}",
        "{{ ()|attr('__class__') }}",
        "{{ joiner.__init__ }}",
        "{{ namespace.__init__ }}",
        "{{ '%999999999d'|format(1) }}",
        "{{ 'A' * 999999999 }}",
        "{{ '{0.__class__}'.format(标题) }}",
        "{{ 行动.append(1) }}",
        "{{ range(99999999) }}",
        "{{ 标题|safe }}",
    ],
)
@pytest.mark.parametrize("where", ["body", "header", "title"])
def test_form_reaches_nothing_of_python(command: Run, source: Path, payload: str, where: str) -> None:
    def change(document: Any) -> None:
        if where == "header":
            document.sections[0].header.paragraphs[0].text = payload
        elif where == "title":
            document.core_properties.title = payload

    word_form(Path("form.docx"), payload if where == "body" else "{{年度}}", change=change)
    told = refused(command, "KD4")
    assert not Path("canary").exists()
    assert "<" not in re.sub(r"“[^”]*”", "", told)


def _field(*instructions: str) -> Callable[[Any], None]:
    """Add a field whose instruction is parted into runs."""

    def change(document: Any) -> None:
        runs = "".join(
            f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in instructions
        )
        document.add_paragraph()._p.extend(
            parse_xml(
                f'<w:p {NAMESPACE}><w:r><w:fldChar w:fldCharType="begin"/></w:r>{runs}'
                '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>1</w:t></w:r>'
                '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
            )
        )

    return change


@pytest.mark.parametrize(
    "instructions",
    [
        (' DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe "/k calc" ',),
        (" DDE", "AUTO cmd "),
        (' INCLUDEPICTURE "http://example.invalid/x.png" ',),
        (' INCLUDETEXT "/etc/passwd" ',),
        (' HYPERLINK "file:///etc/passwd" ',),
        (' LINK Excel.Sheet.8 "x" ',),
        (" QUOTE 68 68 69 ",),
        (" {{标题}} ",),
        (" MACROBUTTON x ",),
    ],
)
def test_field_that_acts_is_refused(command: Run, source: Path, instructions: tuple[str, ...]) -> None:
    word_form(Path("form.docx"), "{{标题}}", change=_field(*instructions))
    refused(command, "KD420", "field")


@pytest.mark.parametrize(
    "instruction",
    [" PAGE ", " NUMPAGES \\* Arabic ", ' HYPERLINK "https://example.cn/" ', ' TOC \\o "1-3" \\h '],
)
def test_field_that_prints_is_kept(command: Run, source: Path, instruction: str) -> None:
    word_form(Path("form.docx"), "{{年度}}", change=_field(instruction))
    assert command("fill", "form.docx", "in.yaml").code == 0


def _add(name: str, data: bytes = b"x") -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: data})


def _replace(name: str, old: bytes, new: bytes) -> Callable[[dict[str, bytes]], None]:
    return lambda parts: parts.update({name: parts[name].replace(old, new, 1)})


@pytest.mark.parametrize(
    ("change", "code"),
    [
        (_add("word/vbaProject.bin"), "KD420"),
        (_add("word/embeddings/oleObject1.bin"), "KD420"),
        (_add("word/activeX/activeX1.xml", b"<x/>"), "KD420"),
        (with_relationship("image", "http://example.invalid/x.png"), "KD420"),
        (with_relationship("image", "file:///etc/passwd"), "KD420"),
        (with_relationship("attachedTemplate", "http://example.invalid/x.dotm", part="settings"), "KD420"),
        (with_relationship("hyperlink", "file:///etc/passwd"), "KD420"),
        (with_relationship("hyperlink", "javascript:alert(1)"), "KD420"),
        (with_relationship("aFChunk", "part.html", external=False), "KD420"),
        (
            _replace("word/document.xml", b"<w:document", b'<!DOCTYPE x [<!ENTITY a "b">]><w:document'),
            "KD145",
        ),
        (_replace("word/document.xml", b"<w:body>", b"<w:body"), "KD143"),
        (lambda parts: parts.pop("word/document.xml"), "KD142"),
        (_add("../evil", b"x"), "KD143"),
    ],
)
def test_form_that_carries_more_than_text_is_refused(
    command: Run, source: Path, change: Callable[[dict[str, bytes]], None], code: str
) -> None:
    changed_package(word_form(Path("form.docx"), "{{年度}}"), change)
    refused(command, code)


def test_web_link_of_a_form_is_kept(command: Run, source: Path) -> None:
    changed_package(
        word_form(Path("form.docx"), "{{年度}}"), with_relationship("hyperlink", "https://example.cn/")
    )
    assert command("fill", "form.docx", "in.yaml").code == 0


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04", b"%PDF-1.4", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, b"{}"]
)
def test_file_that_is_no_word_form_is_told(command: Run, source: Path, data: bytes) -> None:
    Path("form.docx").write_bytes(data)
    refused(command, "KD14")


def test_form_cut_short_is_told(command: Run, source: Path) -> None:
    data = full_form(Path("form.docx")).read_bytes()
    for size in (100, len(data) // 2, len(data) - 30):
        Path("form.docx").write_bytes(data[:size])
        refused(command, "KD14")


def test_missing_form_and_wrong_names_are_told(command: Run, source: Path) -> None:
    refused(command, "KD140", "There is no such file")
    assert command("fill", "form.xlsx", "in.yaml").code == 2
    word_form(Path("form.docx"), "{{年度}}")
    assert command("fill", "form.docx", "in.yaml", "-o", "x.pdf").code == 2
    assert command("fill", "form.docx", "in.yaml", "-o", "form.docx").code == 2
    assert docx.Document("form.docx").paragraphs[0].text == "{{年度}}"


def test_fault_of_the_input_is_the_inputs(command: Run, source: Path) -> None:
    word_form(Path("form.docx"), "{{年度}}")
    Path("in.yaml").write_text("单位: {全称: 甲\n", encoding="utf-8")
    refused(command, "KD1", exit_code=3)


def test_problems_are_printed_as_json(command: Run, source: Path) -> None:
    word_form(Path("form.docx"), "{{标提}}")
    outcome = command("fill", "form.docx", "in.yaml", "--json")
    assert outcome.code == 4
    assert '"code": "KD405"' in outcome.out
