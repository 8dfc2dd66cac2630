"""Elements of official documents as LibreOffice lays them out: their places on the finished pages."""

import dataclasses
import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import docx as python_docx
import pdfplumber
import pytest

from kexie_docs.doctree.nodes import Block, Document, PageBreak, Paragraph, Placement
from kexie_docs.style.sheet import Rule, Style
from kexie_docs.units import to_mm
from kexie_docs.writers.docx.sections import ImprintPages
from kexie_docs.writers.docx.write import write_docx
from tests.docx.test_in_libreoffice import MM, ink, lines
from tests.support.elements import SEAL, body, imprint, said, table
from tests.support.libreoffice import convert, convert_many
from tests.support.word_file import parts, with_part

FOOT = 262.0
LAST = "示例市科学技术协会办公室2025年12月31日印发"


@dataclass(frozen=True)
class Seen:
    """A page: lines of text; in mm, horizontal rules (y, x0, x1) and the centres of pictures (x, y)."""

    text: list[str]
    rules: list[tuple[float, float, float]]
    pictures: list[tuple[float, float]]


def seen(pdf: bytes) -> list[Seen]:
    result = []
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        texts = [[line.text.replace(" ", "") for line in page] for page in lines(pdf)]
        for text, page in zip(texts, document.pages, strict=True):
            drawn = [*page.rects, *page.lines, *page.curves]
            # A rule may be listed both as a line and as a curve.
            rules = {
                (round(item["top"] / MM, 2), round(item["x0"] / MM, 2), round(item["x1"] / MM, 2))
                for item in drawn
                if item["x1"] - item["x0"] > 100 * MM
            }
            centres = [
                ((item["x0"] + item["x1"]) / 2 / MM, (item["top"] + item["bottom"]) / 2 / MM)
                for item in page.images
            ]
            result.append(Seen(text, sorted(rules), centres))
    return result


@pytest.fixture(scope="module")
def see(style: Style, fonts: dict[str, Path], workdir: Path) -> Callable[..., list[list[Seen]]]:
    """Return a function from documents to the pages that LibreOffice makes of each."""

    def pages(*documents: Sequence[Block], imprint_pages: ImprintPages | None = None) -> list[list[Seen]]:
        files = [
            write_docx(Document(blocks=tuple(blocks)), style, imprint_pages=imprint_pages)
            for blocks in documents
        ]
        return [seen(pdf) for pdf in convert_many(files, "pdf", fonts=fonts, workdir=workdir)]

    return pages


def has_imprint(page: Seen) -> bool:
    return LAST in page.text


def test_the_imprint_stands_on_the_foot_of_the_last_page(see: Callable[..., list[list[Seen]]]) -> None:
    """7.4.1: the last rule is the lower edge of the type area, the rules are 156 mm wide."""
    counts = [1, 10, 18, 22, 30, 45]
    for count, pages in zip(counts, see(*((*body(count), imprint()) for count in counts)), strict=True):
        assert [has_imprint(page) for page in pages] == [False] * (len(pages) - 1) + [True]
        assert len(pages) == {1: 1, 10: 1, 18: 1, 22: 2, 30: 2, 45: 3}[count]
        rules = pages[-1].rules
        assert len(rules) == 3
        assert rules[-1][0] == pytest.approx(FOOT, abs=0.5)
        for _, start, end in rules:
            assert start == pytest.approx(28, abs=0.2)
            assert end == pytest.approx(184, abs=0.2)
        texts = [text for page in pages for text in page.text]
        assert [text for text in texts if text.startswith("第")] == [f"第{n}段" for n in range(1, count + 1)]


def test_text_and_imprint_never_lie_over_each_other(see: Callable[..., list[list[Seen]]]) -> None:
    """Whatever room the text leaves, the imprint stands whole below it, or whole on a page of its own."""
    for pages in see(*((*body(count), imprint()) for count in range(16, 23))):
        last = pages[-1]
        position = next(index for index, text in enumerate(last.text) if text.startswith("抄送"))
        assert all(text.startswith("第") for text in last.text[:position])
        assert last.text[-2] == LAST
        assert position in (0, *range(16, 20))


@pytest.mark.parametrize(
    ("count", "pages", "expected"),
    [
        (30, 0, ["—1—", "—2—"]),
        (10, 1, ["—1—", "—2—"]),
        (30, 2, ["—1—", "—2—", "", LAST]),
        (30, None, ["—1—", "—2—", "", LAST]),
        (10, None, ["—1—", LAST]),
    ],
)
def test_an_imprint_on_an_even_page(
    see: Callable[..., list[list[Seen]]], count: int, pages: ImprintPages | None, expected: list[str]
) -> None:
    """7.5: neither a blank page before the imprint nor the imprint behind it has a page number."""
    (found,) = see((*body(count), imprint(even_page=True)), imprint_pages=pages)
    assert [page.text[-1] if page.text else "" for page in found] == expected
    assert len(found) % 2 == 0
    assert has_imprint(found[-1])
    assert found[-1].rules[-1][0] == pytest.approx(FOOT, abs=0.5)


def test_what_stands_after_a_fill_ends_at_the_end_indent(
    style: Style, fonts: dict[str, Path], workdir: Path
) -> None:
    block = said("张科协发12号", "签发人王小明", style="document_number_upward")
    pdf = convert(write_docx(Document(blocks=(block, imprint())), style), "pdf", fonts=fonts, workdir=workdir)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        chars = document.pages[0].chars
    own = style.paragraphs[block.style]
    inset = to_mm(own.end_indent * (own.size * 20 + own.char_spacing))
    ends = {char["text"]: char["x1"] / MM for char in chars}
    assert ends["明"] == pytest.approx(184 - inset, abs=0.4)
    own = style.paragraphs["imprint_print"]
    inset = to_mm(own.end_indent * (own.size * 20 + own.char_spacing))
    assert max(char["x1"] for char in chars if char["text"] == "发") / MM == pytest.approx(
        184 - inset, abs=0.4
    )


def test_neighbours_keep_their_own_rules(style: Style, fonts: dict[str, Path], workdir: Path) -> None:
    new = dataclasses.replace(style.paragraphs["contact"], rule_below=Rule(thickness=8))
    changed = dataclasses.replace(style, paragraphs={**style.paragraphs, "contact": new})
    blocks = (said("甲", style="contact"), Paragraph(inlines=(), style="contact"), said("乙"))
    pdf = convert(write_docx(Document(blocks=blocks), changed), "pdf", fonts=fonts, workdir=workdir)
    (page,) = seen(pdf)
    pitch = to_mm(style.grid.line_pitch)
    assert [y for y, _, _ in page.rules] == pytest.approx([37 + pitch, 37 + 2 * pitch + 0.35], abs=0.4)


def test_a_hanging_placement_hangs(style: Style, fonts: dict[str, Path], workdir: Path) -> None:
    placement = Placement(align="justify", start_indent=6, first_line_indent=-1)
    block = dataclasses.replace(said("国" * 60), placement=placement)
    pdf = convert(write_docx(Document(blocks=(block,)), style), "pdf", fonts=fonts, workdir=workdir)
    first, second, *_ = lines(pdf)[0]
    assert first.start == pytest.approx(28 * MM + 5 * 15.75, abs=0.6)
    assert second.start == pytest.approx(28 * MM + 6 * 15.75, abs=0.6)


def test_a_long_table_repeats_its_header_and_fills_the_type_area(
    see: Callable[..., list[list[Seen]]],
) -> None:
    (pages,) = see((said("前"), table(50), said("后")))
    assert len(pages) > 1
    header = "指标数值来源"
    assert [page.text.count(header) for page in pages] == [1] * len(pages)
    rows = [text for page in pages for text in page.text if text.startswith("项目")]
    assert rows == [f"项目{number}{number * 7}科普部" for number in range(1, 51)]
    for page in pages:
        assert min(start for _, start, _ in page.rules) == pytest.approx(28, abs=0.3)
        assert max(end for _, _, end in page.rules) == pytest.approx(184, abs=0.3)


def test_a_landscape_table_has_its_page_and_the_number_where_it_always_is(
    style: Style, fonts: dict[str, Path], workdir: Path
) -> None:
    """Clause 8: held upright, the page has its number at the foot, and the table's head on the left."""
    blocks = (
        said("甲"),
        said("表1", style="table_caption"),
        table(3, landscape=True),
        said("乙"),
        table(1, landscape=True),
        table(1, landscape=True),
        said("丙"),
    )
    pdf = convert(write_docx(Document(blocks=blocks), style), "pdf", fonts=fonts, workdir=workdir)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        sizes = [page.width > page.height for page in document.pages]
        texts = ["".join(char["text"] for char in page.chars) for page in document.pages]
    assert sizes == [False, True, False, True, True, False]
    assert "表1" in texts[1]
    # A number of the upright page (x0, y0, x1, y1) stands on the turned one at (297 - y1, x0, 297 - y0, x1).
    for upright, turned in ((0, 4), (5, 1), (5, 3)):
        x0, y0, x1, y1 = ink(pdf, upright, (20, 263, 190, 280))
        left, top, right, bottom = ink(pdf, turned, (17, 20, 34, 190))
        assert (left, top, right, bottom) == pytest.approx((297 - y1, x0, 297 - y0, x1), abs=1.0)


def test_a_landscape_page_is_full_before_the_next_begins(
    see: Callable[..., list[list[Seen]]], style: Style
) -> None:
    """The rows of a landscape table fill the turned type area, 156 mm high."""
    (pages,) = see((table(60, landscape=True),))
    row = to_mm(style.line_pitch(style.paragraphs["table_cell"])) + 0.25
    # The page number's digits stand beside rows: they may be read as part of them.
    counts = [sum("项目" in text for text in page.text) for page in pages[:-1]]
    assert counts
    assert set(counts) == {int((210 - 28 - 26) / row) - 1}


def test_a_seal_is_centred_over_the_date(see: Callable[..., list[list[Seen]]], style: Style) -> None:
    """The digits of the office fonts are half as wide as the characters; those of this font are wider."""
    date = said("二〇二五年十二月三十一日", style="issue_date")
    placed = dataclasses.replace(
        date, placement=Placement(align="end", end_indent=4, space_before=style.grid.line_pitch)
    )
    (first,), (second,) = see((*body(8), SEAL, date), (*body(8), SEAL, placed))
    pitch, zi = to_mm(style.grid.line_pitch), to_mm(315)
    end = style.paragraphs["issue_date"].end_indent
    foot = 37 + 9 * pitch
    assert first.pictures[0] == pytest.approx((184 - (end + 6) * zi, foot - 12), abs=0.4)
    assert second.pictures[0] == pytest.approx((184 - (4 + 6) * zi, foot + pitch - 12), abs=0.4)


def test_a_page_break_begins_a_page_before_whatever_follows(see: Callable[..., list[list[Seen]]]) -> None:
    documents = [(said("前"), PageBreak(), block) for block in (said("后"), table(1), imprint())]
    for pages in see(*documents):
        assert len(pages) == 2
        assert pages[0].text == ["前", "—1—"]


def test_libreoffice_saves_every_element(
    official: Document, style: Style, fonts: dict[str, Path], workdir: Path
) -> None:
    """Saved as Word by LibreOffice and opened again, everything is where it was."""
    ours = write_docx(official, style)
    saved = convert(ours, "docx", fonts=fonts, workdir=workdir)
    before = seen(convert(ours, "pdf", fonts=fonts, workdir=workdir))
    after = seen(convert(saved, "pdf", fonts=fonts, flip_overflow_punct=False, workdir=workdir))
    assert [page.text for page in after] == [page.text for page in before]
    for old, new in zip(before, after, strict=True):
        assert len(new.rules) == len(old.rules)
        for one, other in zip(old.rules, new.rules, strict=True):
            assert other == pytest.approx(one, abs=0.3)
        assert new.pictures == [pytest.approx(centre, abs=0.3) for centre in old.pictures]
    assert len(python_docx.Document(io.BytesIO(saved)).tables) == 3


def test_a_changed_word_reflows_as_if_it_had_been_written_so(
    style: Style, fonts: dict[str, Path], workdir: Path
) -> None:
    """The file stays editable: nothing in it holds the old lines."""
    sentence = "这一年，数字见证足迹：18个科普项目扎根沃土，“科普大篷车”行驶3.8万公里，惠及群众10万人次。"

    def blocks(word: str) -> tuple[Block, ...]:
        text = sentence * 5
        return (said(text.replace("科普项目", word, 1)), *body(12), table(3), imprint())

    name = "word/document.xml"
    short, long = (
        write_docx(Document(blocks=blocks(word)), style)
        for word in ("科普项目", "面向基层和青少年的科普服务项目")
    )
    text = parts(short)[name].decode()
    edited = with_part(short, name, text.replace("科普项目", "面向基层和青少年的科普服务项目", 1).encode())
    unchanged, changed, expected = (
        [[line.text for line in page] for page in lines(pdf)]
        for pdf in convert_many([short, edited, long], "pdf", fonts=fonts, workdir=workdir)
    )
    assert changed == expected
    assert changed != unchanged
