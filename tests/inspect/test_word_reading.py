"""How Word files of others are read: styles, themes, lists, grids, frames, tracked changes."""

import io
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from kexie_docs.inspection.scene import Align, Scene
from kexie_docs.inspection.word_file import read_word_file
from kexie_docs.readers.ooxml import open_package

NS = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
Read = Callable[[Document], Scene]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def one(document: Document) -> Scene:
        stream = io.BytesIO()
        document.save(stream)
        (tmp_path / "x.docx").write_bytes(stream.getvalue())
        return read_word_file(open_package(tmp_path / "x.docx"))

    return one


def add(document: Document, inner: str) -> None:
    document.element.body.insert(-1, parse_xml(f"<w:p {NS}>{inner}</w:p>"))


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_direct_formatting_wins_over_style_and_style_over_defaults(read: Read) -> None:
    document = docx.Document()
    style = document.styles.add_style("正文仿宋", 1)
    style.element.get_or_add_rPr().append(parse_xml(f'<w:rFonts {NS} w:eastAsia="仿宋"/>'))
    style.element.get_or_add_rPr().append(parse_xml(f'<w:sz {NS} w:val="32"/>'))
    paragraph = document.add_paragraph("甲", style="正文仿宋")
    paragraph.add_run("乙")._r.get_or_add_rPr().append(parse_xml(f'<w:sz {NS} w:val="28"/>'))
    spans = read(document).paragraphs[0].spans
    assert [(one.text, one.han_font, one.size) for one in spans] == [
        ("甲", "仿宋", 16.0),
        ("乙", "仿宋", 14.0),
    ]


def test_theme_font_is_resolved(read: Read) -> None:
    document = docx.Document()
    add(document, run("甲", '<w:rFonts w:eastAsiaTheme="minorEastAsia"/>'))
    assert read(document).paragraphs[0].spans[0].han_font == "宋体"  # what the default theme has for Hans


def test_indent_in_characters_wins_over_one_in_twips(read: Read) -> None:
    document = docx.Document()
    size = '<w:sz w:val="32"/>'
    add(document, '<w:pPr><w:ind w:firstLineChars="200" w:firstLine="10"/></w:pPr>' + run("甲", size))
    add(document, '<w:pPr><w:ind w:left="640" w:hanging="640"/></w:pPr>' + run("乙", size))
    one, two = read(document).paragraphs
    assert (one.first, one.rest) == (2.0, 0.0)
    assert (two.first, two.rest) == (0.0, 2.0)


def test_grid_gives_the_line_pitch(read: Read) -> None:
    document = docx.Document()
    section = document.sections[0]._sectPr
    for old in section.findall(qn("w:docGrid")):
        section.remove(old)
    section.append(parse_xml(f'<w:docGrid {NS} w:type="lines" w:linePitch="579"/>'))
    spacing = '<w:spacing w:after="0" w:line="240" w:lineRule="auto"/>'
    add(document, f"<w:pPr>{spacing}</w:pPr>" + run("甲" * 40, '<w:sz w:val="32"/>'))
    (setup,) = read(document).setups
    assert (setup.pitch, setup.measured_pitch) == (28.95, True)


def test_automatic_numbers_are_part_of_the_text(read: Read) -> None:
    document = docx.Document()
    for text in ("甲", "乙"):
        document.add_paragraph(text, style="List Number")
    assert [one.text for one in read(document).paragraphs] == ["1.甲", "2.乙"]


def test_chinese_automatic_numbers_are_printed(read: Read) -> None:
    document = docx.Document()
    numbering = document.part.numbering_part.element
    form = '<w:numFmt w:val="chineseCountingThousand"/><w:lvlText w:val="%1、"/>'
    level = f'<w:lvl w:ilvl="0"><w:start w:val="1"/>{form}</w:lvl>'
    numbering.insert(0, parse_xml(f'<w:abstractNum {NS} w:abstractNumId="77">{level}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {NS} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for text in ("甲", "乙"):
        add(
            document, '<w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr></w:pPr>' + run(text)
        )
    assert [one.text for one in read(document).paragraphs] == ["一、甲", "二、乙"]


def test_tracked_changes_are_read_as_accepted_and_counted(read: Read) -> None:
    document = docx.Document()
    add(document, run("原") + f'<w:del w:id="1"><w:r><w:delText>旧</w:delText></w:r></w:del>'
        f'<w:ins w:id="2">{run("新")}</w:ins>')  # fmt: skip
    scene = read(document)
    assert (scene.paragraphs[0].text, scene.tracked) == ("原新", 2)


def test_hidden_text_is_not_read(read: Read) -> None:
    document = docx.Document()
    add(document, run("甲") + run("乙", "<w:vanish/>"))
    assert read(document).paragraphs[0].text == "甲"


def test_page_number_in_a_frame_on_the_outside_alternates(read: Read) -> None:
    """What Word's own "insert page number, outside" writes."""
    document = docx.Document()
    footer = document.sections[0].footer._element
    footer.append(parse_xml(
        f'<w:p {NS}><w:pPr><w:framePr w:wrap="around" w:hAnchor="margin" w:xAlign="outside"/></w:pPr>'
        '<w:r><w:t>— </w:t></w:r><w:fldSimple w:instr=" PAGE "><w:r><w:t>7</w:t></w:r></w:fldSimple>'
        "<w:r><w:t> —</w:t></w:r></w:p>"))  # fmt: skip
    numbers = read(document).page_numbers
    assert [(one.parity, one.align, one.text) for one in numbers] == [
        ("odd", Align.END, "— 1 —"),
        ("even", Align.START, "— 1 —"),
    ]


def test_red_border_and_page_break_are_read(read: Read) -> None:
    document = docx.Document()
    add(document, '<w:pPr><w:pBdr><w:bottom w:val="single" w:sz="12" w:color="FF0000"/></w:pBdr></w:pPr>')
    add(document, '<w:r><w:br w:type="page"/></w:r>' + run("附件1"))
    rule, label = read(document).paragraphs
    assert (rule.below[0].color, round(rule.below[0].thickness, 2)) == ("FF0000", 0.53)
    assert (label.text, label.opens_page) == ("附件1", True)


def test_text_in_boxes_and_cells_is_read(read: Read) -> None:
    document = docx.Document()
    document.add_table(1, 2, style="Table Grid").cell(0, 1).text = "格"
    box = f"<v:textbox><w:txbxContent><w:p>{run('框')}</w:p></w:txbxContent></v:textbox>"
    shape = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml">{box}</v:shape>'
    add(document, f"<w:r><w:pict>{shape}</w:pict></w:r>")
    found = {one.text: one for one in read(document).paragraphs if one.text}
    assert (found["格"].cell, found["框"].floating) == (True, True)
    assert found["格"].below
