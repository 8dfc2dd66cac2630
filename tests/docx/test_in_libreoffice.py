"""The Word file as LibreOffice lays it out: the numbers of GB/T 9704 on the finished pages."""

import io
import random
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import docx as python_docx
import pdfplumber
import pypdfium2
import pytest

from kexie_docs.doctree.nodes import Block, Document, Figure, Inline, Paragraph, Text
from kexie_docs.doctree.walk import block_text
from kexie_docs.style.sheet import Style
from kexie_docs.units import to_mm
from kexie_docs.writers.docx.write import write_docx
from tests.support.libreoffice import convert, convert_many, flipped_overflow_punct
from tests.support.word_file import parts

MM = 72 / 25.4
TYPE_AREA = (28.0, 184.0, 37.0, 262.0)  # left, right, top, bottom in mm
FULL_PAGES = 3


@dataclass(frozen=True)
class Line:
    """A line of a PDF page: its text, and where its characters begin and end, in points."""

    text: str
    start: float
    end: float
    top: float


def lines(pdf: bytes) -> list[list[Line]]:
    """Return the lines of each page, top to bottom."""
    result = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            rows = defaultdict(list)
            for char in page.chars:
                rows[round(char["bottom"])].append(char)
            found = []
            for _, row in sorted(rows.items()):
                row.sort(key=lambda char: char["x0"])
                text = "".join(char["text"] for char in row)
                found.append(Line(text, row[0]["x0"], row[-1]["x1"], row[0]["top"]))
            result.append(found)
    return result


def ink(pdf: bytes, page: int, box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Return the left, top, right and bottom of what is printed in a box of a page, in mm, at 300 dpi."""
    scale = 300 / 25.4
    document = pypdfium2.PdfDocument(pdf)
    image = document[page].render(scale=300 / 72).to_pil().convert("L").point(lambda v: 255 * (v < 128))
    found = image.crop(tuple(round(edge * scale) for edge in box)).getbbox()
    document.close()
    left, top, right, bottom = (edge / scale for edge in found)
    return left + box[0], top + box[1], right + box[0], bottom + box[1]


def body(*texts: str) -> tuple[Block, ...]:
    return tuple(Paragraph(inlines=(Text(text),)) for text in texts)


@pytest.fixture(scope="module")
def to_pdf(style: Style, fonts: dict[str, Path], workdir: Path) -> Callable[..., list[list[Line]]]:
    """Return a function from blocks to the lines of the pages that LibreOffice makes of them."""

    def pages(*blocks: Block) -> list[list[Line]]:
        return lines(convert(write_docx(Document(blocks=blocks), style), "pdf", fonts=fonts, workdir=workdir))

    return pages


@pytest.fixture(scope="module")
def full(style: Style, fonts: dict[str, Path], workdir: Path) -> bytes:
    """Full pages of Han text, as PDF."""
    text = "".join(chr(0x4E00 + number % 2000) for number in range(FULL_PAGES * 22 * 28 - 2))
    return convert(write_docx(Document(blocks=body(text)), style), "pdf", fonts=fonts, workdir=workdir)


def test_a_full_page_has_22_lines_of_28_characters(full: bytes) -> None:
    """5.2.3, with the first line indented by two characters (7.3.3)."""
    pages = lines(full)
    assert len(pages) == FULL_PAGES
    lengths = [len(line.text) for page in pages for line in page if "—" not in line.text]
    assert lengths == [26, *[28] * (22 * FULL_PAGES - 1)]


def test_text_fills_the_type_area_and_never_leaves_it(full: bytes) -> None:
    left, right, top, bottom = (edge * MM for edge in TYPE_AREA)
    for page in lines(full):
        text = [line for line in page if "—" not in line.text]
        assert min(line.start for line in text) == pytest.approx(left, abs=0.5)
        assert max(line.end for line in text) == pytest.approx(right, abs=1.5)
        assert max(line.end for line in text) <= right + 0.5
        assert min(line.top for line in text) >= top
        assert max(line.top for line in text) + 16 <= bottom


def test_lines_stand_28_95_points_apart(full: bytes) -> None:
    tops = [line.top for line in lines(full)[1] if "—" not in line.text]
    assert (tops[-1] - tops[0]) / 21 == pytest.approx(28.95, abs=0.01)


def test_a_paragraph_begins_two_characters_in(full: bytes) -> None:
    first, second = lines(full)[0][:2]
    assert first.start - second.start == pytest.approx(2 * 15.75, abs=0.1)


@pytest.mark.parametrize(("page", "side"), [(0, "right"), (1, "left"), (2, "right")])
def test_the_page_number_stands_7_mm_below_the_type_area_at_the_outer_edge(
    full: bytes, page: int, side: str
) -> None:
    """7.5: the dash at 269 mm, one character in from the outer edge; odd pages right, even left."""
    left, top, right, bottom = ink(full, page, (0, 263, 210, 297))
    dash = (left, 263, left + 2, 297)
    _, dash_top, _, dash_bottom = ink(full, page, dash)
    assert (dash_top + dash_bottom) / 2 == pytest.approx(269.0, abs=1.0)
    assert top > TYPE_AREA[3]
    assert bottom < 272
    if side == "right":
        assert right == pytest.approx(184 - to_mm(315), abs=0.7)
    else:
        assert left == pytest.approx(28 + to_mm(315), abs=0.7)


def test_page_numbers_count(full: bytes) -> None:
    assert [page[-1].text for page in lines(full)] == ["— 1 —", "— 2 —", "— 3 —"]


def test_every_style_takes_its_font_and_its_place(
    document: Document, style: Style, fonts: dict[str, Path], workdir: Path
) -> None:
    pdf = convert(write_docx(document, style), "pdf", fonts=fonts, workdir=workdir)
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        chars = opened.pages[0].chars
    font = {char["text"]: (char["fontname"].split("+")[1].split("-")[0], char["size"]) for char in chars}
    assert font["强"] == ("NotoSansSC", 16.0)
    assert font["场"] == ("NotoSerifSC", 16.0)
    assert font["获"] == ("NotoSansSC", 16.0)
    page = lines(pdf)[0]
    placed = {line.text: line for line in page}
    centre = (28 + 184) / 2 * MM
    title = page[0]
    assert title.text == "示例市科学技术协会"
    assert placed["2025年工作总结"].top - title.top == pytest.approx(35, abs=0.3)
    assert (title.start + title.end) / 2 == pytest.approx(centre, abs=1)
    assert placed["市委、市政府："].start == pytest.approx(28 * MM, abs=0.5)
    assert placed["2025年12月31日"].end == pytest.approx(184 * MM - 3.25 * 15.75, abs=0.7)


def test_no_mark_hangs_outside_the_type_area(to_pdf: Callable[..., list[list[Line]]]) -> None:
    """The flag that LibreOffice reads backwards is flipped for it; Word reads it as written."""
    pages = to_pdf(*body("国" * 26 + "。" + "国" * 26 + "，" + "国" * 26 + "”国国"))
    assert max(line.end for line in pages[0]) <= 184 * MM + 0.5
    assert [line.text[0] for line in pages[0][:4]] == ["国"] * 4


def test_signature_and_date_stay_together(to_pdf: Callable[..., list[list[Line]]]) -> None:
    """The name is never the last line of a page; at the top of the next its space is dropped."""
    name = Paragraph(inlines=(Text("示例市科学技术协会"),), style="signature")
    day = Paragraph(inlines=(Text("2025年12月31日"),), style="issue_date")
    first, second = to_pdf(*body(*["国"] * 20), name, day)
    assert len(first) == 20 + 1
    assert [line.text for line in second] == [block_text(name), block_text(day), "— 2 —"]
    assert second[0].top == pytest.approx(first[0].top, abs=0.5)


def test_a_blank_line_parts_text_and_signature(to_pdf: Callable[..., list[list[Line]]]) -> None:
    name = Paragraph(inlines=(Text("示例市科学技术协会"),), style="signature")
    (page,) = to_pdf(*body("国"), name)
    assert page[1].top - page[0].top == pytest.approx(2 * 28.95, abs=0.1)


def test_figures_as_runs_of_their_own_break_no_line_elsewhere(
    style: Style, fonts: dict[str, Path], workdir: Path
) -> None:
    seed = random.randrange(10**6)
    print("seed", seed)  # noqa: T201
    rng = random.Random(seed)
    split: list[Block] = []
    whole: list[Block] = []
    for _ in range(60):
        inlines: list[Inline] = []
        for _ in range(rng.randint(5, 30)):
            inlines.append(Text("".join(rng.choices("国家科协服务创新发展，。、“”", k=rng.randint(1, 12)))))
            hedge, unit = rng.choice(["", "超", "近"]), rng.choice(["个", "%", "万元", "余场"])
            inlines.append(Figure(f"{hedge}{rng.randint(1, 99999)}{unit}", "m", "m"))
        split.append(Paragraph(inlines=tuple(inlines)))
        whole.append(Paragraph(inlines=(Text(block_text(split[-1])),)))
    files = [write_docx(Document(blocks=tuple(blocks)), style) for blocks in (split, whole)]
    first, second = map(lines, convert_many(files, "pdf", fonts=fonts, workdir=workdir))
    assert first == second


def test_the_text_comes_out_whole(
    document: Document, style: Style, fonts: dict[str, Path], workdir: Path
) -> None:
    text = convert(write_docx(document, style), "txt", fonts=fonts, workdir=workdir).decode("utf-8-sig")
    assert text.split() == [
        "示例市科学技术协会",
        "2025年工作总结",
        "市委、市政府：",
        "一、强化思想引领",
        "（一）建好阵地",
        "1.科技馆",
        "（1）展厅",
        "活动有声有色。全年举办科普活动300余场，“科普大篷车”进校园，获奖14项。",
        "示例市科学技术协会",
        "2025年12月31日",
    ]


def test_a_file_that_libreoffice_saved_keeps_the_styles(
    document: Document, style: Style, fonts: dict[str, Path], workdir: Path
) -> None:
    ours = write_docx(document, style)
    saved = convert(ours, "docx", fonts=fonts, workdir=workdir)
    before, after = (python_docx.Document(io.BytesIO(file)).paragraphs for file in (ours, saved))
    assert [(p.style.name, p.text) for p in after if p.style] == [
        (p.style.name, p.text) for p in before if p.style
    ]
    spacing = {p.style.name: p.style.paragraph_format.line_spacing for p in after if p.style}
    assert spacing["Title"] == 35 * 12700
    assert spacing["Normal"] == 579 * 635


def test_the_judges_copy_differs_in_one_flag_only(document: Document, style: Style) -> None:
    ours = write_docx(document, style)
    before, after = parts(ours), parts(flipped_overflow_punct(ours))
    assert list(before) == list(after)
    changed = [name for name in before if before[name] != after[name]]
    assert changed == ["word/styles.xml"]
    flag = b'<w:overflowPunct w:val="%d"/>'
    assert after["word/styles.xml"] == before["word/styles.xml"].replace(flag % 0, flag % 1)
    assert before["word/styles.xml"].count(flag % 0) == 1
