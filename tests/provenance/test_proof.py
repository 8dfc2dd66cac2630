"""The checking copy: every figure marked, numbered, and in an index that leads to it and back."""

import io
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
from lxml import etree

from kexie_docs import pipeline
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.document import layout_document
from kexie_docs.layout.figure_places import with_places
from kexie_docs.layout.proof import HIGHLIGHT, proof_layout
from kexie_docs.provenance.forms import parse_json, parse_xml
from kexie_docs.provenance.index import places_text, source_text, value_text
from kexie_docs.provenance.records import FigureRecord, PrintedPlace, figure_table
from kexie_docs.style.load import load_style
from tests.parity.documents import random_document
from tests.provenance.conftest import Made
from tests.provenance.dense import with_figures
from tests.provenance.test_figures_in_the_files import ITEM, attached, bookmarked
from tests.support.word_file import W, parts, root

YELLOW = (1, 0.9412, 0.6588)


@pytest.fixture(scope="module")
def pdfs(made: list[Made], workshop: pipeline.Workshop) -> list[bytes]:
    return [workshop.draw_proof(one.layout, one.composition) for one in made]


def _glyphs(page: pdfplumber.page.Page) -> set[tuple[str, float, float]]:
    return {(char["text"], round(char["matrix"][4], 1), round(char["matrix"][5], 1)) for char in page.chars}


def test_no_glyph_of_the_document_moves(made: list[Made], pdfs: list[bytes]) -> None:
    for one, proof in zip(made, pdfs, strict=True):
        with pdfplumber.open(io.BytesIO(one.pdf)) as plain, pdfplumber.open(io.BytesIO(proof)) as marked:
            assert len(marked.pages) > len(plain.pages)
            for before, after in zip(plain.pages, marked.pages, strict=False):
                assert _glyphs(before) <= _glyphs(after), one.name


def test_every_figure_lies_on_a_highlight_and_has_its_number_above(
    made: list[Made], pdfs: list[bytes]
) -> None:
    for one, proof in zip(made, pdfs, strict=True):
        table = parse_json(attached(proof))
        with pdfplumber.open(io.BytesIO(proof)) as document:
            pages = document.pages[: len(one.layout.pages)]
            boxes = [(page.page_number, rect) for page in pages for rect in page.rects if _is_yellow(rect)]
            texts = ["".join(_inside(pages[number - 1], box)) for number, box in boxes]
            expected = "".join("".join(record.text.split()) for record in table.figures)
            assert sum(map(len, texts)) == len(expected), one.name
            assert sorted("".join(texts)) == sorted(expected), one.name
            numbers = [int(text) for page in pages for text in re.findall(r"\d+", _small_text(page))]
            assert numbers == list(range(1, len(table.figures) + 1)), one.name


def _is_yellow(rect: Mapping[str, Any]) -> bool:
    color = rect["non_stroking_color"]
    return (
        isinstance(color, tuple)
        and len(color) == 3
        and all(abs(a - b) < 0.01 for a, b in zip(color, YELLOW, strict=True))
    )


def _inside(page: pdfplumber.page.Page, box: Mapping[str, Any]) -> list[str]:
    found = []
    for char in page.chars:
        middle, baseline = (char["x0"] + char["x1"]) / 2, float(page.height) - char["matrix"][5]
        if box["x0"] < middle < box["x1"] and box["top"] < baseline < box["bottom"] and char["text"].strip():
            found.append(char["text"])
    return found


def _small_text(page: pdfplumber.page.Page) -> str:
    """The red numbers of a page from its top left, each after a blank."""
    small = [char for char in page.chars if char["size"] < 7.5]
    small.sort(key=lambda char: (-round(char["matrix"][5]), char["x0"]))
    text, last = "", None
    for char in small:
        new = last is None or abs(char["x0"] - last["x1"]) > 1 or char["matrix"][5] != last["matrix"][5]
        text += (" " if new else "") + char["text"]
        last = char
    return text


def test_the_index_has_a_row_for_every_figure(made: list[Made], pdfs: list[bytes]) -> None:
    for one, proof in zip(made, pdfs, strict=True):
        table = parse_json(attached(proof))
        assert table == parse_json(attached(one.pdf))
        with pdfplumber.open(io.BytesIO(proof)) as document:
            rows = [
                ["".join((cell or "").split()) for cell in row]
                for page in document.pages[len(one.layout.pages) :]
                for grid in page.extract_tables()
                for row in grid
                if row[0] != "序号"
            ]
        assert [row[0] for row in rows] == [str(number) for number in range(1, len(rows) + 1)]
        assert [row[1] for row in rows] == ["".join(record.text.split()) for record in table.figures]
        assert [row[2] for row in rows] == [record.name for record in table.figures]
        assert [row[5] for row in rows] == [places_text(record.printed) for record in table.figures]
        assert all(str(record.line) in row[4] for row, record in zip(rows, table.figures, strict=True))


def test_links_lead_from_each_figure_to_its_row_and_back(made: list[Made], pdfs: list[bytes]) -> None:
    for one, proof in zip(made, pdfs, strict=True):
        count = len(one.layout.pages)
        records = parse_json(attached(proof)).figures
        with pdfplumber.open(io.BytesIO(proof)) as document:
            ids = {page.page_obj.pageid: page.page_number for page in document.pages}
            links = [
                (page.page_number, ids[note["data"]["Dest"][0].objid])
                for page in document.pages
                for note in page.annots
            ]
        there = [(page, to) for page, to in links if page <= count]
        back = [(page, to) for page, to in links if page > count]
        assert len(there) == sum(len(record.printed) for record in records)
        assert all(to > count for _, to in there)
        assert sorted(to for _, to in back) == sorted(record.printed[0].page for record in records)


def test_what_is_highlighted_is_what_can_be_clicked_on_turned_pages_too(
    turned: Made, everywhere: Made, workshop: pipeline.Workshop
) -> None:
    assert any(page.turned for page in turned.layout.pages)
    for one in (turned, everywhere):
        proof = workshop.draw_proof(one.layout, one.composition)
        count = 0
        with pdfplumber.open(io.BytesIO(proof)) as document:
            for page in document.pages[: len(one.layout.pages)]:
                yellow = sorted(_corners(rect) for rect in page.rects if _is_yellow(rect))
                links = sorted(_corners(note) for note in page.annots)
                for box, link in zip(yellow, links, strict=True):
                    assert box == pytest.approx(link, abs=0.02)
                count += len(links)
        assert count == sum(len(record.printed) for record in parse_json(attached(proof)).figures)


def _corners(item: Mapping[str, Any]) -> tuple[float, ...]:
    return tuple(float(item[key]) for key in ("x0", "x1", "top", "bottom"))


def test_every_part_of_every_figure_of_any_document_is_highlighted(fandol: MachineFonts, seed: int) -> None:
    """Figures broken over lines and pages, beside a Fill, in titles, in cells: random documents."""
    sheet = load_style()
    for number in range(3):
        document = with_figures(random_document(seed + number, official=True), seed + number, 0.4)
        layout = layout_document(document, sheet, fandol)
        table = with_places(figure_table(document), layout)
        proof, links = proof_layout(layout, document, table, sheet, fandol)
        for before, after in zip(layout.pages, proof.pages, strict=False):
            parts_here = [one for line in before.lines for one in line.figures if one.text.strip()]
            shown = [rule for rule in after.rules if rule.color == HIGHLIGHT]
            assert len(shown) == len(parts_here)
            assert after.lines[: len(before.lines)] == before.lines
        assert len(links) == len(table.figures) + sum(
            1 for page in proof.pages for rule in page.rules if rule.color == HIGHLIGHT
        )


def test_a_figure_of_a_turned_page_has_page_and_line_of_the_page_as_it_is_read(turned: Made) -> None:
    printed = [record.printed for record in parse_json(attached(turned.pdf)).figures]
    page = next(number for number, page in enumerate(turned.layout.pages, 1) if page.turned)
    # Caption, header row, then the rows.
    expected = [(page, 1), (page, 3), (page, 4), (page, 4)]
    assert [(place.page, place.line) for places in printed[1:5] for place in places] == expected


def test_the_checking_copy_says_on_every_page_what_it_is(everywhere: Made, pdfs: list[bytes]) -> None:
    with pdfplumber.open(io.BytesIO(pdfs[0])) as document:
        assert all("校核稿" in page.extract_text() for page in document.pages)
        assert document.metadata["Title"].startswith("校核稿：")


def test_page_numbers_go_on_through_the_index(everywhere: Made, workshop: pipeline.Workshop) -> None:
    with pdfplumber.open(
        io.BytesIO(workshop.draw_proof(everywhere.layout, everywhere.composition))
    ) as document:
        for number, page in enumerate(document.pages, 1):
            assert f"— {number} —" in page.extract_text()


def _text(item: etree._Element) -> str:
    return "".join(node.text or "" for node in item.iter(f"{W}t"))


def test_word_shades_every_figure_and_comments_on_it(made: list[Made], proofs: list[bytes]) -> None:
    for one, proof in zip(made, proofs, strict=True):
        table = parse_xml(parts(proof)[ITEM])
        assert bookmarked(proof) == bookmarked(one.word)
        document = root(proof, "word/document.xml")
        shaded = "".join(
            _text(run) for run in document.iter(f"{W}r") if run.find(f"{W}rPr/{W}shd") is not None
        )
        assert shaded == "".join(record.text for record in table.figures)
        comments = list(root(proof, "word/comments.xml"))
        assert len(comments) == len(table.figures)
        for number, (comment, record) in enumerate(zip(comments, table.figures, strict=True), 1):
            assert comment.get(f"{W}id") == str(number)
            assert _text(comment).startswith(f"{number}　{record.name}：")
        references = [item.get(f"{W}id") for item in document.iter(f"{W}commentReference")]
        assert references == [str(number) for number in range(1, len(comments) + 1)]


def test_the_index_in_word_links_to_the_figures(everywhere: Made, proofs: list[bytes]) -> None:
    document = root(proofs[0], "word/document.xml")
    links = [(item.get(f"{W}anchor"), _text(item)) for item in document.iter(f"{W}hyperlink")]
    expected = [(name, str(number)) for number, name in enumerate(bookmarked(everywhere.word), 1)]
    assert links == expected


def test_a_row_says_value_source_and_place_in_words() -> None:
    record = FigureRecord("_kd000001", "活动", "活动", "300余场", "count", "312", unit="场", hedge="余")
    assert value_text(record) == "312场"
    assert value_text(record._replace(kind="range", value="", ends=("5", "6"))) == "5—6场"
    assert value_text(record._replace(kind="proportion", value="", unit="", ends=("1", "3"))) == "1:3"
    assert value_text(record._replace(kind="rank", value="5", unit="")) == "第5位"
    assert value_text(record._replace(kind="record", value="", unit="")) == "定性表述"
    given = record._replace(source="科普部", file="a.yaml", line=14, computed_from=("活动", "活动.上年"))
    assert source_text(given, "a.yaml") == "科普部；由活动、活动.上年算出；第14行"
    assert source_text(given, "b.yaml") == "科普部；由活动、活动.上年算出；a.yaml 第14行"
    assert source_text(record, "a.yaml") == "—"
    assert places_text((PrintedPlace(3, 21), PrintedPlace(3, 22))) == "3-21、22"
    assert places_text((PrintedPlace(3, 22), PrintedPlace(4, 1))) == "3-22、4-1"


def test_a_document_without_figures_has_a_checking_copy_too(
    workshop: pipeline.Workshop, tmp_path: Path
) -> None:
    source = tmp_path / "plain.yaml"
    source.write_text("单位: {全称: 云溪市科协}\n年度: 2025\n开篇: 平安。\n", encoding="utf-8")
    composition = workshop.compose(pipeline.load(source))
    layout = workshop.lay_out(composition)
    with pdfplumber.open(io.BytesIO(workshop.draw_proof(layout, composition))) as document:
        assert "共0处" in "".join(document.pages[-1].extract_text().split())
    assert list(root(workshop.write_word_proof(layout, composition), "word/comments.xml")) == []
