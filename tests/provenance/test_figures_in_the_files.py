"""Every figure is found again: in the Word file by bookmark and value, in the PDF by page and line."""

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pdfplumber
import pypdfium2
from lxml import etree
from openxml_audit import OpenXmlValidator

from kexie_docs import pipeline
from kexie_docs.doctree.walk import figures
from kexie_docs.pipeline import write_word
from kexie_docs.provenance.forms import NAMESPACE, parse_json, parse_xml
from kexie_docs.provenance.records import FigureTable, figure_table
from kexie_docs.units import TWIPS_PER_PT
from tests.provenance.conftest import Made
from tests.support.word_file import W, parts, root

ITEM = "customXml/item1.xml"
_SAME_ROW = 3
"""Points that glyphs of one line may stand apart in height."""


def bookmarked(docx: bytes) -> dict[str, str]:
    """The text that each of our bookmarks encloses, by its name, in the order in which they begin."""
    texts: dict[str, str] = {}
    open_names: dict[str, str] = {}
    for item in root(docx, "word/document.xml").iter(f"{W}bookmarkStart", f"{W}bookmarkEnd", f"{W}t"):
        if item.tag == f"{W}bookmarkStart":
            name = str(item.get(f"{W}name"))
            assert name not in texts, f"{name} is there twice"
            open_names[str(item.get(f"{W}id"))] = name
            texts[name] = ""
        elif item.tag == f"{W}bookmarkEnd":
            del open_names[str(item.get(f"{W}id"))]
        else:
            for name in open_names.values():
                texts[name] += item.text or ""
    assert not open_names
    return {name: text for name, text in texts.items() if name.startswith("_kd")}


def attached(pdf: bytes) -> bytes:
    """The one attached file of a PDF."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        assert document.count_attachments() == 1
        file = document.get_attachment(0)
        assert file.get_name() == "figures.json"
        return bytes(file.get_data())
    finally:
        document.close()


def printed_rows(pdf: bytes, made: Made) -> list[list[str]]:
    """The lines of each page above the foot of its type area, top down, without blanks."""
    sheet = made.composition.style
    pages = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for number, page in enumerate(document.pages):
            turned = made.layout.pages[number].turned
            foot = (sheet.page.height - sheet.page.bottom + 40) / TWIPS_PER_PT
            rows: list[tuple[float, list[tuple[float, str]]]] = []
            assert not turned
            for char in sorted(page.chars, key=lambda char: -char["matrix"][5]):
                y = char["matrix"][5]
                if float(page.height) - y > foot or not char["text"].strip():
                    continue
                if not rows or rows[-1][0] - y > _SAME_ROW:
                    rows.append((y, []))
                rows[-1][1].append((char["matrix"][4], char["text"]))
            pages.append(["".join(text for _, text in sorted(row)) for _, row in rows])
    return pages


def in_two(text: str) -> Iterator[tuple[str, str]]:
    return ((text[:at], text[at:]) for at in range(1, len(text)))


def test_every_bookmark_encloses_its_figure_and_the_table_says_what_it_is(made: list[Made]) -> None:
    for one in made:
        expected = list(figures(one.composition.document))
        assert expected, one.name
        enclosed = bookmarked(one.word)
        table = parse_xml(parts(one.word)[ITEM])
        assert list(enclosed) == [f"_kd{number:06d}" for number in range(1, len(expected) + 1)]
        assert list(enclosed.values()) == [figure.text for figure in expected]
        assert [record.bookmark for record in table.figures] == list(enclosed)
        assert [record.text for record in table.figures] == list(enclosed.values())


def test_every_metric_that_is_printed_is_in_the_table_with_its_exact_value(made: list[Made]) -> None:
    for one in made:
        table = parse_xml(parts(one.word)[ITEM])
        metrics = one.report.all_metrics()
        assert {record.name for record in table.figures} <= set(metrics)
        plain = [record for record in table.figures if record.expression == record.name]
        for record in plain:
            quantity = metrics[record.name].quantity
            assert record.kind == quantity.kind.value
            assert record.value == ("" if quantity.value is None else f"{quantity.value:f}")
            assert (record.unit, record.hedge) == (quantity.unit, quantity.hedge)
            assert record.source == (metrics[record.name].source or "")
        # What the text refers to, told from the text alone.
        text = one.source.read_text(encoding="utf-8")
        if "沿用" not in text:
            referred = set(re.findall(r"\{\{\s*(\w+)", text)) & set(metrics)
            assert referred == {record.name for record in table.figures}, one.name


def test_the_line_of_a_metric_is_the_line_of_its_file_that_holds_it(made: list[Made]) -> None:
    for one in made:
        table = parse_xml(parts(one.word)[ITEM])
        assert table.input == one.source.name
        assert table.template == one.report.template
        for record in table.figures:
            assert "/" not in record.file
            lines = (one.source.parent / record.file).read_text(encoding="utf-8").splitlines()
            assert record.line is not None
            assert f"{record.name}:" in lines[record.line - 1]


def test_a_derived_figure_names_what_it_was_computed_from(everywhere: Made) -> None:
    records = {record.expression: record for record in parse_json(attached(everywhere.pdf)).figures}
    rise = records["科普活动|同比"]
    assert (rise.name, rise.text, rise.value, rise.unit) == ("科普活动", "增长16.4%", "16.4", "%")
    assert rise.computed_from == ("科普活动", "科普活动.上年")
    assert records["场地"].ends == ("5", "6")
    assert records["场地"].value == ""
    assert records["参与"].value == "100000"
    assert (records["科普活动"].value, records["科普活动"].text) == ("312", "300余场")


def test_the_pdf_carries_the_table_of_the_word_file(made: list[Made]) -> None:
    for one in made:
        in_pdf = parse_json(attached(one.pdf))
        without_places = FigureTable(
            input=in_pdf.input,
            template=in_pdf.template,
            version=in_pdf.version,
            figures=tuple(record._replace(printed=()) for record in in_pdf.figures),
        )
        assert without_places == parse_xml(parts(one.word)[ITEM])


def test_every_figure_stands_on_the_page_and_line_that_the_attachment_names(made: list[Made]) -> None:
    """Lines are counted in the finished PDF by an independent reader."""
    broken = 0
    for one in made:
        rows = printed_rows(one.pdf, one)
        for record in parse_json(attached(one.pdf)).figures:
            there = [rows[place.page - 1][place.line - 1] for place in record.printed]
            text = "".join(record.text.split())
            if len(there) == 1:
                assert text in there[0], f"{one.name} {record}"
            else:
                assert any(
                    there[0].endswith(head) and there[1].startswith(tail) for head, tail in in_two(text)
                ), f"{one.name} {record}: {there}"
                broken += 1
    assert broken


def test_the_attachment_is_plain_json_that_names_every_place(everywhere: Made) -> None:
    whole = json.loads(attached(everywhere.pdf))
    assert whole["format"] == 1
    assert whole["input"] == "云溪.yaml"
    first = whole["figures"][0]
    assert first["text"] == "38人"
    assert first["printed"] == [{"page": 1, "line": 1}]
    assert all(row["printed"] for row in whole["figures"])


def test_figures_of_titles_headings_phrases_and_tables_have_bookmarks(everywhere: Made) -> None:
    document = root(everywhere.word, "word/document.xml")
    found: dict[str, list[str]] = {}
    for paragraph in document.iter(f"{W}p"):
        style = paragraph.find(f"{W}pPr/{W}pStyle")
        name = "" if style is None else str(style.get(f"{W}val"))
        texts = found.setdefault(name, [])
        texts += [str(start.get(f"{W}name")) for start in paragraph.iter(f"{W}bookmarkStart")]
    assert found["Title"]
    assert found["Heading1"]
    assert len(found["TableCell"]) == 3
    assert found["TableCaption"]


def test_every_word_file_is_valid(made: list[Made], workshop: pipeline.Workshop, tmp_path: Path) -> None:
    file = tmp_path / "made.docx"
    for one in made:
        for docx in (one.word, workshop.write_word_proof(one.layout, one.composition)):
            file.write_bytes(docx)
            result = OpenXmlValidator().validate(file)
            assert result.is_valid, f"{one.name}: {[str(error) for error in result.errors[:3]]}"


def test_the_part_is_well_formed_and_in_its_namespace(everywhere: Made) -> None:
    tree = etree.fromstring(parts(everywhere.word)[ITEM])
    assert tree.tag == f"{{{NAMESPACE}}}figures"
    assert {child.tag for child in tree} == {f"{{{NAMESPACE}}}figure"}


def test_nothing_names_a_folder_or_the_machine(everywhere: Made) -> None:
    folder = str(everywhere.source.parent)
    assert folder.encode() not in b"".join(parts(everywhere.word).values())
    assert folder not in attached(everywhere.pdf).decode()


def test_the_same_input_gives_the_same_bytes(everywhere: Made, workshop: pipeline.Workshop) -> None:
    again = workshop.compose(pipeline.load(everywhere.source), style="office")
    layout = workshop.lay_out(again)
    assert write_word(again, layout) == everywhere.word
    assert workshop.draw(layout, again) == everywhere.pdf


def test_a_document_without_figures_has_neither_part_nor_attachment(
    workshop: pipeline.Workshop, tmp_path: Path
) -> None:
    source = tmp_path / "plain.yaml"
    source.write_text("单位: {全称: 云溪市科协}\n年度: 2025\n开篇: 平安。\n", encoding="utf-8")
    composition = workshop.compose(pipeline.load(source))
    layout = workshop.lay_out(composition)
    assert not [name for name in parts(write_word(composition)) if name.startswith("customXml")]
    document = pypdfium2.PdfDocument(workshop.draw(layout, composition))
    assert document.count_attachments() == 0
    document.close()
    assert figure_table(composition.document).figures == ()
