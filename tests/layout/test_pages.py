"""Pages: 22 lines, headings with what follows them, page numbers, bookmarks."""

from itertools import pairwise

import pytest

from kexie_docs.doctree.nodes import Block, Document, Heading, Paragraph, Span, Text, Title
from kexie_docs.layout.document import layout_document
from kexie_docs.layout.pages import Layout
from kexie_docs.style.sheet import Style
from kexie_docs.units import to_mm, to_pt
from tests.layout.conftest import LayOut
from tests.layout.fakes import FakeFonts

LINE = "一行"


def heading(text: str = "标题", level: int = 1) -> Heading:
    return Heading(level=level, inlines=(Text(text),))


def page_texts(layout: Layout) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in layout.pages]


def test_a_page_has_22_lines_at_the_exact_pitch(lay_out: LayOut, style: Style) -> None:
    layout = lay_out(*[LINE] * 45)
    assert [len(page.lines) for page in layout.pages] == [22, 22, 1]
    tops = [line.top for line in layout.pages[0].lines]
    assert to_mm(tops[0]) == pytest.approx(37, abs=0.01)
    assert {round(to_pt(b - a), 2) for a, b in pairwise(tops)} == {28.95}


def test_a_paragraph_may_leave_one_line_on_a_page(lay_out: LayOut) -> None:
    layout = lay_out(*[LINE] * 21, "字" * 40)
    assert [len(page.lines) for page in layout.pages] == [22, 1]


def test_the_em_boxes_stand_in_the_middle_of_their_line(lay_out: LayOut) -> None:
    line = lay_out(LINE).pages[0].lines[0]
    em = 16 * 20
    above = line.baseline - 0.88 * em - line.top
    below = line.top + line.height - (line.baseline + 0.12 * em)
    assert above == pytest.approx(below)


@pytest.mark.parametrize("count", [1, 2, 3])
def test_headings_never_stand_alone_at_the_foot_of_a_page(lay_out: LayOut, count: int) -> None:
    headings = [heading(f"标题{number}", min(number, 4)) for number in range(1, count + 1)]
    layout = lay_out(*[LINE] * (22 - count), *headings, "正文")
    assert page_texts(layout)[1] == [*(one.inlines[0].text for one in headings), "正文"]  # type: ignore[union-attr]


def test_a_heading_stays_where_one_line_of_text_fits_below_it(lay_out: LayOut) -> None:
    layout = lay_out(*[LINE] * 20, heading(), "字" * 60)
    assert [len(page.lines) for page in layout.pages] == [22, 2]


def test_a_heading_of_two_lines_moves_as_a_whole(lay_out: LayOut) -> None:
    layout = lay_out(*[LINE] * 20, heading("题" * 30), "正文")
    assert [len(page.lines) for page in layout.pages] == [20, 3]


def test_a_heading_of_two_lines_at_the_end_is_not_split(lay_out: LayOut) -> None:
    layout = lay_out(*[LINE] * 21, heading("题" * 30))
    assert [len(page.lines) for page in layout.pages] == [21, 2]


def test_a_heading_at_the_end_stays_on_its_page(lay_out: LayOut) -> None:
    assert [len(page.lines) for page in lay_out(*[LINE] * 21, heading()).pages] == [22]


def test_headings_longer_than_a_page_are_set_all_the_same(lay_out: LayOut) -> None:
    layout = lay_out(*[heading(f"标题{number}") for number in range(50)], "正文")
    assert sum(len(page.lines) for page in layout.pages) == 51


def signature() -> list[Block]:
    return [Paragraph(inlines=(Text("示例市科协"),), style="signature")]


def test_space_above_is_kept_inside_a_page_and_dropped_at_its_top(lay_out: LayOut, style: Style) -> None:
    inside = lay_out(LINE, *signature()).pages[0].lines
    assert inside[1].top - inside[0].top == 2 * style.grid.line_pitch
    at_top = lay_out(*[LINE] * 22, *signature()).pages[1].lines
    assert at_top[0].top == style.page.top


def test_space_above_is_kept_at_the_beginning_of_the_document(lay_out: LayOut, style: Style) -> None:
    first = lay_out(*signature()).pages[0].lines[0]
    assert first.top - style.page.top == style.grid.line_pitch


def test_the_line_below_a_title_is_left_empty(lay_out: LayOut, style: Style) -> None:
    title, body = lay_out(Title(inlines=(Text("总结"),)), LINE).pages[0].lines
    assert body.top - title.top - title.height == style.grid.line_pitch


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages(lay_out: LayOut, style: Style) -> None:
    odd, even = lay_out(*[LINE] * 23).pages
    assert odd.page_number is not None
    assert even.page_number is not None
    assert (odd.page_number.text, even.page_number.text) == ("— 1 —", "— 2 —")
    assert odd.page_number.runs[-1].end == style.page.width - style.page.right - 315
    assert even.page_number.runs[0].x == style.page.left + 315


def test_the_dash_of_a_page_number_stands_7_mm_below_the_type_area(lay_out: LayOut) -> None:
    line = lay_out(LINE).pages[0].page_number
    assert line is not None
    middle_of_em_box = line.baseline - (0.88 - 0.5) * 14 * 20
    assert to_mm(middle_of_em_box) == pytest.approx(262 + 7, abs=0.02)


def test_headings_become_bookmarks_with_level_page_and_place(lay_out: LayOut) -> None:
    layout = lay_out(*[LINE] * 10, heading("甲"), *[LINE] * 12, heading("乙", level=2), LINE)
    assert [(entry.title, entry.level, entry.page) for entry in layout.outline] == [
        ("甲", 1, 0),
        ("乙", 2, 1),
    ]
    assert layout.outline[0].y == layout.pages[0].lines[10].top


def test_a_phrase_that_begins_a_point_becomes_a_bookmark_below_its_heading(lay_out: LayOut) -> None:
    paragraph = Paragraph(
        inlines=(Text("字" * 30), Span((Text("组织体系健全。"),), "run_in_heading"), Text("新建15家"))
    )
    layout = lay_out(heading("甲"), paragraph)
    assert [(entry.title, entry.level) for entry in layout.outline] == [("甲", 1), ("组织体系健全", 2)]
    assert layout.outline[1].y == layout.pages[0].lines[2].top


def test_the_label_of_an_attachment_is_a_bookmark_as_in_the_navigation_pane(lay_out: LayOut) -> None:
    label = Paragraph(inlines=(Text("附件1"),), style="attachment_label")
    point = Paragraph(inlines=(Span((Text("组织体系健全。"),), "run_in_heading"), Text("新建15家")))
    layout = lay_out(heading("甲"), heading("乙", level=2), label, point)
    assert [(entry.title, entry.level) for entry in layout.outline] == [
        ("甲", 1),
        ("乙", 2),
        ("附件1", 1),
        ("组织体系健全", 2),
    ]


def test_attachment_note_goes_on_with_the_signature_below_it(lay_out: LayOut) -> None:
    below = [
        Paragraph(inlines=(Text(name),), style=name)
        for name in ("attachment_note", "attachment_note_next", "signature", "issue_date")
    ]
    for count in range(14, 22):
        pages = lay_out(*[LINE] * count, *below).pages
        # Two blank lines and four of text below the last line of the body.
        assert [line.text for line in pages[-1].lines[-4:]] == [block.style for block in below]
        assert len(pages) == (1 if count <= 16 else 2)


def test_lines_know_their_block_and_style(lay_out: LayOut) -> None:
    lines = lay_out(heading(), "字" * 30).pages[0].lines
    assert [(line.block, line.style) for line in lines] == [(0, "heading_1"), (1, "body"), (1, "body")]


def test_an_empty_document_has_one_page_without_lines(style: Style) -> None:
    layout = layout_document(Document(blocks=()), style, FakeFonts())
    assert [len(page.lines) for page in layout.pages] == [0]


def test_an_empty_paragraph_takes_a_line(lay_out: LayOut, style: Style) -> None:
    lines = lay_out("", LINE).pages[0].lines
    assert [line.text for line in lines] == ["", LINE]
    assert lines[1].top - lines[0].top == style.grid.line_pitch


def test_the_same_document_gives_the_same_layout(lay_out: LayOut) -> None:
    fonts = FakeFonts()
    assert lay_out("字" * 100, heading(), fonts=fonts) == lay_out("字" * 100, heading(), fonts=fonts)
