"""Elements of official documents as Word structures: tables, sections, frames of the page, pictures."""

import dataclasses
import io
from pathlib import Path

import docx as python_docx
import pytest
from lxml import etree

from kexie_docs.doctree.nodes import (
    Block,
    Document,
    Fill,
    Heading,
    PageBreak,
    Paragraph,
    Placement,
    Seal,
    Span,
    Text,
)
from kexie_docs.style.load import load_style
from kexie_docs.style.sheet import Rule, Style
from kexie_docs.units import Twips, mm
from kexie_docs.writers.docx.sections import ImprintPages
from kexie_docs.writers.docx.write import write_docx
from tests.docx.test_package import errors
from tests.support.elements import SEAL, body, imprint, said, table
from tests.support.word_file import W, paragraphs, parts, readable, root
from tests.support.word_file import style as style_of

JPEG = b"\xff\xd8\xff\xe0" + bytes(20)


def children(style: Style, *blocks: Block, imprint_pages: ImprintPages | None = None) -> list[etree._Element]:
    """Return the children of the body, its section at the end."""
    file = write_docx(Document(blocks=blocks), style, imprint_pages=imprint_pages)
    (found,) = root(file, "word/document.xml")
    return list(found)


def outline(style: Style, *blocks: Block, imprint_pages: ImprintPages | None = None) -> list[str]:
    """Return what stands in the body: text or tag, . where empty, ^ for a new page, | for a section's end."""
    result = []
    for child in children(style, *blocks, imprint_pages=imprint_pages):
        name = etree.QName(child).localname
        if name == "p":
            name = "".join(str(node.text) for node in child.iter(f"{W}t")) or "."
        first = next(child.iter(f"{W}p"), None)
        if first is not None and first.find(f"{W}pPr/{W}pageBreakBefore") is not None:
            name = "^" + name
        if child.find(f"{W}pPr/{W}sectPr") is not None:
            name += "|"
        result.append(name)
    return result


def with_rules(style: Style, name: str, above: Rule | None, below: Rule | None) -> Style:
    new = dataclasses.replace(style.paragraphs[name], rule_above=above, rule_below=below)
    return dataclasses.replace(style, paragraphs={**style.paragraphs, name: new})


# ---------------------------------------------------------------- paragraphs


def test_a_fill_is_a_tab_to_the_end_indent(style: Style) -> None:
    block = said("张科协发〔2025〕12号", "签发人：王小明", style="document_number_upward")
    (paragraph, _) = children(style, block)
    indent = style.paragraphs[block.style]
    (stop,) = paragraph.iterfind(f"{W}pPr/{W}tabs/{W}tab")
    assert stop.get(f"{W}val") == "right"
    room = style.page.text_width - int(stop.get(f"{W}pos", "0"))
    assert room == round(indent.end_indent * (indent.size * 20 + indent.char_spacing))
    (read,) = python_docx.Document(io.BytesIO(write_docx(Document(blocks=(block,)), style))).paragraphs
    assert read.text == "张科协发〔2025〕12号\t签发人：王小明"


def test_a_fill_inside_a_span_keeps_its_style_on_both_sides(style: Style) -> None:
    block = Paragraph(inlines=(Span((Text("甲"), Fill(), Text("乙")), "strong"),), style="contact")
    (read,) = python_docx.Document(io.BytesIO(write_docx(Document(blocks=(block,)), style))).paragraphs
    assert [(run.text, run.style.style_id) for run in read.runs if run.text != "\t"] == [
        ("甲", "Strong"),
        ("乙", "Strong"),
    ]


def test_a_fill_ends_at_the_end_indent_of_a_placement(style: Style) -> None:
    block = dataclasses.replace(
        said("甲", "乙", style="contact"), placement=Placement(align="start", end_indent=2)
    )
    (paragraph, _) = children(style, block)
    (stop,) = paragraph.iterfind(f"{W}pPr/{W}tabs/{W}tab")
    assert stop.get(f"{W}pos") == str(style.page.text_width - 630)


def test_a_placement_hangs_and_keeps_its_distance(style: Style) -> None:
    placement = Placement(align="justify", start_indent=6, first_line_indent=-1, space_before=Twips(300))
    (paragraph, _) = children(style, dataclasses.replace(said("附件"), placement=placement))
    assert [readable(item) for item in paragraph[0]] == [
        "spacing before=300",
        "ind leftChars=0 left=1890 rightChars=0 right=0 hangingChars=0 hanging=315",
        "jc val=both",
    ]


def test_a_style_begins_a_page(style: Style) -> None:
    new = dataclasses.replace(style.paragraphs["contact"], page_break_before=True)
    changed = dataclasses.replace(style, paragraphs={**style.paragraphs, "contact": new})
    file = write_docx(Document(blocks=()), changed)
    assert "pageBreakBefore val=1" in readable(style_of(file, new.word_id))
    assert "pageBreakBefore val=0" in readable(style_of(file, "Normal"))


def test_rules_are_borders_in_the_style(style: Style) -> None:
    changed = with_rules(style, "contact", Rule(thickness=8, gap=3), Rule(thickness=6, color="FF0000"))
    file = write_docx(Document(blocks=()), changed)
    (borders,) = style_of(file, style.paragraphs["contact"].word_id).iter(f"{W}pBdr")
    assert [readable(side) for side in borders] == [
        "top val=single sz=8 space=3 color=000000",
        "bottom val=single sz=6 space=0 color=FF0000",
        "between val=single sz=8 space=3 color=000000",
    ]


def test_an_empty_paragraph_is_an_empty_line_of_its_style(style: Style) -> None:
    (paragraph, _) = children(style, Paragraph(inlines=(), style="letterhead_rule"))
    word_id = style.paragraphs["letterhead_rule"].word_id
    assert readable(paragraph) == f"p\n  pPr\n    pStyle val={word_id}"


# ---------------------------------------------------------------- pages and sections


@pytest.mark.parametrize(
    ("blocks", "expected"),
    [
        ((said("甲"), PageBreak(), said("乙")), ["甲", "^乙"]),
        ((said("甲"), PageBreak(), PageBreak(), Heading(level=1, inlines=(Text("乙"),))), ["甲", "^乙"]),
        ((PageBreak(), said("甲"), PageBreak()), ["甲"]),
        ((said("甲"), PageBreak(), table(1), said("乙")), ["甲", "^tbl", "乙"]),
        ((said("甲"), table(1)), ["甲", "tbl", "."]),
        ((table(1), table(1), said("甲")), ["tbl", ".", "tbl", "甲"]),
        ((said("甲"), imprint()), ["甲", "tbl", "."]),
        ((said("甲"), PageBreak(), imprint()), ["甲", "tbl", "^."]),
        ((table(1), imprint()), ["tbl", ".", "tbl", "."]),
        ((imprint(),), [".", "tbl", "."]),
        ((said("甲"), table(1, landscape=True), said("乙")), ["甲|", "tbl", ".|", "乙"]),
        ((table(1, landscape=True),), ["tbl", "."]),
        ((table(1, landscape=True),) * 2, ["tbl", ".|", "tbl", "."]),
        (
            (said("甲"), said("表1", style="table_caption"), table(1, landscape=True)),
            ["甲|", "表1", "tbl", "."],
        ),
        ((said("甲"), table(1), table(1, landscape=True)), ["甲", "tbl", ".|", "tbl", "."]),
        ((said("甲"), PageBreak(), table(1, landscape=True)), ["甲|", "tbl", "."]),
        ((table(1, landscape=True), imprint()), ["tbl", ".|", ".", "tbl", "."]),
        ((table(1, landscape=True), PageBreak(), table(1, landscape=True)), ["tbl", ".|", "tbl", "."]),
        ((PageBreak(), table(1, landscape=True)), ["tbl", "."]),
        ((), []),
    ],
)
def test_pages_and_sections_begin_where_they_should(
    style: Style, blocks: tuple[Block, ...], expected: list[str]
) -> None:
    """No page break in a paragraph's text; an empty line only where Word's format asks for a paragraph."""
    assert outline(style, *blocks) == [*expected, "sectPr"]


@pytest.mark.parametrize(
    ("pages", "expected"),
    [
        (0, ["甲", "tbl", "."]),
        (1, ["甲", "tbl", "^."]),
        (2, ["甲|", ".", "tbl", "."]),
        (None, ["甲|", ".", "tbl", "."]),
    ],
)
def test_an_imprint_for_an_even_page_stands_where_the_layout_says(
    style: Style, pages: ImprintPages | None, expected: list[str]
) -> None:
    blocks = (said("甲"), imprint(even_page=True))
    assert outline(style, *blocks, imprint_pages=pages) == [*expected, "sectPr"]
    section = readable(children(style, *blocks, imprint_pages=pages)[-1])
    assert ("type val=evenPage" in section) == (pages not in (0, 1))


def test_a_landscape_page_is_the_page_turned_to_the_left(style: Style) -> None:
    """Clause 8: the head of the table is at the left edge of the upright page."""
    *_, section = children(style, table(1, landscape=True))
    page = style.page
    assert f"pgSz w={page.height} h={page.width} orient=landscape" in readable(section)
    assert f"pgMar top={page.left} right={page.top} bottom={page.right} left={page.bottom}" in readable(
        section
    )


def test_a_landscape_page_may_have_margins_of_its_own() -> None:
    *_, section = children(load_style(base="strict"), table(1, landscape=True))
    assert f"pgMar top={mm(28)} right={mm(37)} bottom={mm(26)} left={mm(35)}" in readable(section)


def test_what_keeps_with_the_next_is_told_to_stay_whole(style: Style) -> None:
    first, second, _ = children(style, dataclasses.replace(said("甲"), keep_with_next=True), said("乙"))
    assert "keepNext" in readable(first)
    assert "keepLines" in readable(first)
    assert "keep" not in readable(second)


def test_sections_of_one_kind_share_their_footers(style: Style) -> None:
    blocks = (said("甲"), table(1, landscape=True), said("乙"), table(1, landscape=True))
    file = write_docx(Document(blocks=blocks), style)
    assert [name for name in parts(file) if "footer" in name] == [
        f"word/footer{number}.xml" for number in (1, 2, 3, 4)
    ]
    ids = [
        [str(item.get(name)) for item in section.iterfind(f"{W}footerReference") for name in item.keys()[-1:]]
        for section in root(file, "word/document.xml").iter(f"{W}sectPr")
    ]
    assert ids[0] == ids[2] != ids[1] == ids[3]


# ---------------------------------------------------------------- tables


def test_a_table_is_as_wide_as_the_type_area_and_never_fitted(style: Style) -> None:
    (element, *_) = children(style, table(2))
    widths = [int(column.get(f"{W}w", "0")) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
    assert sum(widths) == style.page.text_width
    assert "tblLayout type=fixed" in readable(element)
    for row in element.iterfind(f"{W}tr"):
        assert [int(cell.get(f"{W}w", "0")) for cell in row.iter(f"{W}tcW")] == widths


def test_a_landscape_table_is_as_wide_as_the_type_area_is_high(style: Style) -> None:
    (element, *_) = children(style, table(2, landscape=True))
    widths = [int(column.get(f"{W}w", "0")) for column in element.iterfind(f"{W}tblGrid/{W}gridCol")]
    assert sum(widths) == style.page.text_height


def test_a_row_that_may_be_higher_than_a_page_is_split_and_begins_at_its_top(style: Style) -> None:
    plain = table(2)
    long = tuple(dataclasses.replace(cell, inlines=(Text("甲" * 1200),)) for cell in plain.rows[0])
    high = dataclasses.replace(plain, rows=(long, plain.rows[1]))
    (element, *_) = children(style, high)
    header, first, second = element.iterfind(f"{W}tr")
    assert header.find(f"{W}trPr/{W}cantSplit") is not None
    assert first.find(f"{W}trPr/{W}cantSplit") is None
    assert second.find(f"{W}trPr/{W}cantSplit") is not None
    assert {one.get(f"{W}val") for one in first.iter(f"{W}vAlign")} == {"top"}


def test_header_rows_repeat_and_no_row_is_split(style: Style) -> None:
    (element, *_) = children(style, table(2))
    rows = list(element.iterfind(f"{W}tr"))
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, False, False]
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_cells_take_their_styles_and_their_columns_alignment(style: Style) -> None:
    file = write_docx(Document(blocks=(table(1),)), style)
    (read,) = python_docx.Document(io.BytesIO(file)).tables
    assert [[cell.text for cell in row.cells] for row in read.rows] == [
        ["指标", "数值", "来源"],
        ["项目1", "7", "科普部"],
    ]
    names = [{cell.paragraphs[0].style.style_id for cell in row.cells} for row in read.rows]
    assert names == [
        {style.paragraphs["table_header"].word_id},
        {style.paragraphs["table_cell"].word_id},
    ]
    own = [cell.paragraphs[0].paragraph_format.alignment for cell in read.rows[1].cells]
    assert [None if item is None else item.name for item in own] == [None, "RIGHT", "CENTER"]


# ---------------------------------------------------------------- seal


def test_a_seal_lies_over_the_date_and_takes_no_room(style: Style) -> None:
    (paragraph, _) = children(style, SEAL, said("2025年12月31日", style="issue_date"))
    text = readable(paragraph)
    assert "behindDoc=0" in text
    assert "wrapNone" in text
    assert "descr=印章" in text
    assert f"extent cx={SEAL.width * 635} cy={SEAL.height * 635}" in text
    assert etree.QName(paragraph[1][0]).localname == "drawing"


def test_one_picture_is_stored_once_and_numbered_twice(style: Style) -> None:
    blocks = (SEAL, said("甲", style="issue_date"), SEAL, said("乙", style="issue_date"))
    file = write_docx(Document(blocks=blocks), style)
    assert [name for name in parts(file) if "media" in name] == ["word/media/image1.png"]
    assert parts(file)["word/media/image1.png"] == SEAL.image
    numbers = [node.get("id") for node in root(file, "word/document.xml").iter("{*}docPr")]
    assert numbers == ["1", "2"]
    assert b'Extension="png" ContentType="image/png"' in parts(file)["[Content_Types].xml"]


def test_a_jpeg_is_stored_as_one(style: Style) -> None:
    seal = Seal(image=JPEG, width=mm(42), height=mm(42), rise=mm(10))
    file = write_docx(Document(blocks=(seal, said("甲", style="issue_date"))), style)
    assert parts(file)["word/media/image1.jpeg"] == JPEG


# ---------------------------------------------------------------- the whole


@pytest.mark.parametrize("pages", [None, 0, 1, 2])
def test_a_validator_accepts_every_element(
    official: Document, style: Style, pages: ImprintPages | None, tmp_path: Path
) -> None:
    even = dataclasses.replace(official, blocks=(*official.blocks[:-1], imprint(even_page=True)))
    assert errors(write_docx(even, style, imprint_pages=pages), tmp_path) == []


def test_python_docx_reads_the_elements_back(official: Document, style: Style) -> None:
    read = python_docx.Document(io.BytesIO(write_docx(official, style)))
    upright, landscape, foot = read.tables
    assert (len(upright.rows), len(landscape.rows)) == (31, 5)
    assert [paragraph.text for paragraph in foot.cell(0, 0).paragraphs] == [
        "",
        "抄送：市委办公室，市人大常委会办公室，市政府办公室，市政协办公室，市委组织部。",
        "",
        "示例市科学技术协会办公室\t2025年12月31日印发",
        "",
    ]
    assert [section.orientation.name for section in read.sections] == ["PORTRAIT", "LANDSCAPE", "PORTRAIT"]


def test_the_same_elements_give_the_same_bytes(official: Document, style: Style) -> None:
    assert write_docx(official, style) == write_docx(official, style)


def test_body_paragraphs_beside_other_elements_stay_plain_text(official: Document, style: Style) -> None:
    """Nothing but a new page or the end of a section is set in a body paragraph."""
    plain = [
        item for item in paragraphs(write_docx(official, style)) if item.find(f"{W}pPr/{W}pStyle") is None
    ]
    assert len(plain) == len(body(3)) + len(body(2)) + 1
    for paragraph in plain:
        for properties in paragraph.iterfind(f"{W}pPr"):
            etree.strip_elements(properties, f"{W}sectPr")
        found = {str(node.tag).removeprefix(W) for node in paragraph.iter()}
        assert found <= {"p", "pPr", "pageBreakBefore", "r", "rPr", "rFonts", "t"}
