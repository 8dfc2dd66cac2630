"""What an official document has beside text: placed paragraphs, rules, tables, imprint, seal, guide lines."""

from dataclasses import replace

import pytest

from kexie_docs.doctree.fits import Fit
from kexie_docs.doctree.nodes import (
    Block,
    Fill,
    Heading,
    Imprint,
    PageBreak,
    Paragraph,
    Placement,
    Seal,
    Span,
    Table,
    TableCell,
    Text,
)
from kexie_docs.doctree.walk import column_widths
from kexie_docs.layout.grid import grid_rules
from kexie_docs.layout.pages import Layout, Line
from kexie_docs.style.load import load_style
from kexie_docs.style.sheet import Rule, Style
from kexie_docs.units import Twips, to_mm
from tests.layout.conftest import LayOut, all_lines, texts

ZI = 315


def paragraph(text: str, style: str = "body", **placement: object) -> Paragraph:
    placed = Placement(align="justify", **placement) if placement else None  # type: ignore[arg-type]
    return Paragraph(inlines=(Text(text),) if text else (), style=style, placement=placed)


def cell(text: str) -> TableCell:
    return TableCell(inlines=(Text(text),) if text else ())


def table(
    *rows: tuple[str, ...], header: tuple[str, ...] = ("项目", "数量"), landscape: bool = False
) -> Table:
    return Table(
        columns=("start", "end"),
        widths=(2.0, 1.0),
        header=(tuple(map(cell, header)),) if header else (),
        rows=tuple(tuple(map(cell, row)) for row in rows),
        landscape=landscape,
    )


def imprint(*, even_page: bool = False) -> Imprint:
    print_line = (Text("示例市科协办公室"), Fill(), Text("2025年12月31日印发"))
    return Imprint(
        paragraphs=(
            paragraph("", "imprint_first"),
            paragraph("抄送：示例市委办公室。", "imprint_cc"),
            Paragraph(inlines=print_line, style="imprint_print"),
            paragraph("", "imprint_last"),
        ),
        even_page=even_page,
    )


def page_texts(layout: Layout) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in layout.pages]


def span(line: Line) -> tuple[float, float]:
    return line.runs[0].x, line.runs[-1].end


# ---------------------------------------------------------------- paragraphs


def test_what_follows_a_fill_ends_at_the_end_indent(lay_out: LayOut, style: Style) -> None:
    inlines = (Text("张科协发〔2025〕1号"), Fill(), Text("签发人："), Span((Text("李明"),), "signatory_name"))
    (line,) = all_lines(lay_out(Paragraph(inlines=inlines, style="document_number_upward")))
    start, end = span(line)
    assert start == style.page.left + ZI
    assert end == pytest.approx(style.page.width - style.page.right - ZI)
    assert line.text == "张科协发〔2025〕1号\t签发人：李明"


def test_a_fill_inside_a_span_parts_it(lay_out: LayOut) -> None:
    inlines = (Span((Text("甲"), Fill(), Text("乙")), "strong"),)
    (line,) = all_lines(lay_out(Paragraph(inlines=inlines, style="bulletin_line")))
    assert [(run.text, run.face.name) for run in line.runs] == [("甲", "Fake-heiti"), ("乙", "Fake-heiti")]
    assert line.runs[1].x - line.runs[0].x > 20 * ZI


def test_what_follows_a_fill_and_has_no_room_in_its_line_runs_on(lay_out: LayOut) -> None:
    """As behind a tab in a word processor."""
    inlines = (Text("甲" * 20), Fill(), Text("乙" * 20))
    lines = all_lines(lay_out(Paragraph(inlines=inlines, style="bulletin_line")))
    assert [line.text for line in lines] == ["甲" * 20 + "乙" * 6, "乙" * 14]


def test_what_follows_a_fill_whose_line_is_full_ends_the_next(lay_out: LayOut) -> None:
    inlines = (Text("甲" * 26), Fill(), Text("乙" * 3))
    where = Placement(align="justify", start_indent=1.0, end_indent=1 + 20 / ZI)
    line = Paragraph(inlines=inlines, style="bulletin_line", placement=where)
    first, second = all_lines(lay_out(line))
    assert (first.text, second.text) == ("甲" * 26, "乙" * 3)
    assert span(second)[1] == span(first)[1]


def test_behind_a_fill_without_room_no_space_stands_between_han_and_digits(lay_out: LayOut) -> None:
    """The tab stands there, if only a twip wide."""
    head, date = (Text("甲" * 22), Text("2025年3月1日"))
    with_fill, without = (
        all_lines(lay_out(Paragraph(inlines=inlines, style="bulletin_line")))[0]
        for inlines in ((head, Fill(), date), (head, date))
    )
    assert with_fill.text != without.text
    assert with_fill.text.startswith(without.text)


def test_a_negative_first_line_indent_hangs(lay_out: LayOut, style: Style) -> None:
    first, second = all_lines(lay_out(paragraph("1." + "附" * 30, start_indent=6.0, first_line_indent=-1.0)))
    assert first.runs[0].x == style.page.left + 5 * ZI
    assert second.runs[0].x == style.page.left + 6 * ZI


def test_a_placement_may_say_how_much_space_stands_above(lay_out: LayOut, style: Style) -> None:
    first, second = all_lines(lay_out("一", paragraph("二", space_before=Twips(1000))))
    assert second.top - first.top == style.grid.line_pitch + 1000


def test_an_empty_paragraph_is_a_line(lay_out: LayOut, style: Style) -> None:
    lines = all_lines(lay_out("一", paragraph(""), "二"))
    assert [line.text for line in lines] == ["一", "", "二"]
    assert lines[2].top - lines[0].top == 2 * style.grid.line_pitch


# ---------------------------------------------------------------- pages


def test_what_follows_a_page_break_begins_a_page(lay_out: LayOut) -> None:
    assert page_texts(lay_out("一", PageBreak(), "二")) == [["一"], ["二"]]


def test_page_breaks_make_no_empty_pages(lay_out: LayOut) -> None:
    layout = lay_out(
        PageBreak(), "一", PageBreak(), PageBreak(), paragraph("附件", "attachment_label"), PageBreak()
    )
    assert page_texts(layout) == [["一"], ["附件"]]


def test_space_above_is_kept_on_a_page_that_was_asked_for(lay_out: LayOut, style: Style) -> None:
    layout = lay_out("一", PageBreak(), paragraph("二", space_before=Twips(500)))
    assert layout.pages[1].lines[0].top == style.page.top + 500


# ---------------------------------------------------------------- rules


def rule(thickness: int, color: str, gap: int) -> Rule:
    return Rule(thickness=thickness, color=color, gap=gap)


@pytest.fixture
def ruled(style: Style) -> Style:
    """A style whose notes have a rule of 1 pt two points above, and one of 0.75 pt three points below."""
    note = replace(style.paragraphs["note"], rule_above=rule(8, "FF0000", 2), rule_below=rule(6, "000000", 3))
    return replace(style, paragraphs={**style.paragraphs, "note": note})


def test_rules_stand_at_their_gap_from_the_line_and_take_room(lay_out: LayOut, ruled: Style) -> None:
    page = lay_out("一", paragraph("注" * 40, "note"), "二", sheet=ruled).pages[0]
    before, first, last, after = page.lines
    above, below = page.rules
    assert (above.height, above.color, above.y + above.height + 40) == (20, "FF0000", first.top)
    assert (below.height, below.color, below.y - 60) == (15, "000000", last.top + last.height)
    assert first.top - before.top == before.height + 60
    assert after.top - last.top == last.height + 75
    assert (above.x, above.width) == (ruled.page.left, ruled.page.text_width)


def test_neighbours_with_rules_keep_their_own(lay_out: LayOut, ruled: Style) -> None:
    page = lay_out(paragraph("甲", "note"), paragraph("乙", "note"), sheet=ruled).pages[0]
    assert len(page.rules) == 4


# ---------------------------------------------------------------- imprint


def test_the_last_rule_of_the_imprint_is_the_foot_of_the_type_area(lay_out: LayOut, style: Style) -> None:
    page = lay_out("正文", imprint()).pages[0]
    last = max(page.rules, key=lambda one: one.y)
    assert to_mm(last.y + last.height) == pytest.approx(262, abs=0.02)
    assert to_mm(last.width) == pytest.approx(156, abs=0.02)
    assert page.page_number is not None


@pytest.mark.parametrize(("lines", "pages", "to_imprint"), [(1, 1, 0), (20, 1, 0), (21, 2, 1), (22, 2, 1)])
def test_the_imprint_moves_on_when_the_text_needs_its_place(
    lay_out: LayOut, lines: int, pages: int, to_imprint: int
) -> None:
    layout = lay_out(*["一行"] * lines, imprint())
    assert len(layout.pages) == pages
    assert layout.to_imprint == to_imprint
    assert layout.pages[-1].lines[-1].style == "imprint_last"


@pytest.mark.parametrize(
    ("lines", "numbered"),
    [
        (1, [True, True]),  # below the text it would stand on page 1
        (23, [True, True]),  # it finds room on page 2
        (44, [True, True, False, False]),  # page 3 stays blank
    ],
)
def test_an_imprint_for_an_even_page_stands_on_one(lay_out: LayOut, lines: int, numbered: list[bool]) -> None:
    layout = lay_out(*["一行"] * lines, imprint(even_page=True))
    assert [page.page_number is not None for page in layout.pages] == numbered
    assert layout.pages[-1].lines[-1].style == "imprint_last"
    assert layout.pages[-1].number % 2 == 0


def test_without_an_imprint_no_distance_to_it_is_told(lay_out: LayOut) -> None:
    assert lay_out("正文").to_imprint is None


# ---------------------------------------------------------------- tables


@pytest.mark.parametrize(
    ("widths", "total", "edge", "twips"),
    [
        # As LibreOffice 7.4 has them, which leaves the edges of equal columns where they are.
        ((2.0, 1.5, 2.0, 1.5, 3.0, 1.0, 3.0), 12_756, 1, 1822),
        ((1.0,) * 8, 8_845, 3, 3316),
        ((1.0,) * 9, 12_756, 4, 5668),
    ],
)
def test_edges_of_columns_are_those_that_a_word_processor_keeps(
    widths: tuple[float, ...], total: int, edge: int, twips: int
) -> None:
    assert sum(column_widths(widths, total)[:edge]) == twips


@pytest.mark.parametrize(("room", "told"), [(0, False), (-1, True), (-10, True), (-11, False)])
def test_a_table_that_misses_the_foot_by_its_rule_has_the_word_file_told(
    lay_out: LayOut, style: Style, room: int, told: bool
) -> None:
    """LibreOffice would leave it where it is and print rows over the foot."""
    made = table(("科普活动", "312场"), ("项目", "18个"))
    height = 10 + 2 * 410
    above = style.page.text_height - height - room - 2 * style.grid.line_pitch
    layout = lay_out("前文", paragraph("前文", space_before=Twips(above)), made)
    assert len(layout.pages) == 2
    assert layout.fits == ((Fit((1,), space_after=Twips(10)),) if told else ())


def test_column_widths_fill_the_width_exactly() -> None:
    assert sum(column_widths((1, 1, 1), 8844)) == 8844
    narrow, wide = column_widths((1.0, 3.0), 8844)
    assert wide == pytest.approx(3 * narrow, abs=8)


def test_a_table_is_as_wide_as_the_type_area_and_its_cells_are_ruled(lay_out: LayOut, style: Style) -> None:
    page = lay_out(table(("科普活动", "312场"), ("项目", "18个"))).pages[0]
    level = [one for one in page.rules if one.width > one.height]
    upright = [one for one in page.rules if one.width < one.height]
    assert (len(level), len(upright)) == (4, 3)
    assert {one.x for one in level} == {style.page.left}
    assert [to_mm(one.width) for one in level] == pytest.approx([156] * 4, abs=0.2)
    assert {min(one.width, one.height) for one in page.rules} == {10}
    assert {one.y for one in upright} == {level[0].y}


def test_cells_stand_in_their_columns_and_numbers_at_their_end(lay_out: LayOut) -> None:
    layout = lay_out(table(("科普活动", "312场")))
    (page,) = layout.pages
    edges = sorted(one.x for one in page.rules if one.width < one.height)
    name, number = page.lines[2:]
    assert edges[0] < name.runs[0].x < edges[0] + 80
    assert edges[2] - 80 < number.runs[-1].end < edges[2]
    assert name.top == number.top


def test_a_row_is_as_high_as_its_highest_cell_and_the_others_stand_in_its_middle(
    lay_out: LayOut, style: Style
) -> None:
    pitch = style.paragraphs["table_cell"].line_pitch
    assert pitch is not None
    page = lay_out(table(("甲" * 60, "3"), header=())).pages[0]
    *long, short = page.lines
    assert len(long) == 3
    assert short.top == long[1].top
    top, foot = (one.y for one in page.rules if one.width > one.height)
    assert foot - top == 3 * pitch + 10


def test_header_rows_are_repeated_and_rows_never_split(lay_out: LayOut) -> None:
    layout = lay_out(*["一行"] * 15, table(*[("甲" * 60, "3")] * 12))
    assert len(layout.pages) == 2
    for page in layout.pages:
        lines = [line for line in page.lines if line.block == 15]
        assert [line.text for line in lines[:2]] == ["项目", "数量"]
        assert sum(line.text.startswith("甲") for line in lines) % 3 == 0


def test_a_row_higher_than_a_page_is_split_and_no_line_leaves_the_type_area(
    lay_out: LayOut, style: Style
) -> None:
    layout = lay_out("前文", table(("甲" * 1500, "3"), ("乙", "4")), "后文")
    assert len(layout.pages) > 2
    foot = style.page.top + style.page.text_height
    for page in layout.pages:
        assert all(line.top + line.height <= foot for line in page.lines)
        assert all(rule.y + rule.height <= foot for rule in page.rules)
        assert page_texts(layout)[page.number - 1][page.number == 1] == "项目"
    printed = "".join(line.text for line in all_lines(layout))
    assert printed.count("甲") == 1500
    # The short cell stands beside the first line of the long one.
    first = next(line for line in all_lines(layout) if line.text.startswith("甲"))
    assert next(line for line in all_lines(layout) if line.text == "3").top == first.top


def test_header_rows_that_would_fill_half_a_page_stand_once(lay_out: LayOut, style: Style) -> None:
    layout = lay_out(table(*[("甲", "1")] * 60, header=("头" * 1500, "数")))
    foot = style.page.top + style.page.text_height
    assert "".join(line.text for line in all_lines(layout)).count("头") == 1500
    assert all(line.top + line.height <= foot for line in all_lines(layout))


def test_a_header_never_stands_alone_at_the_foot_of_a_page(lay_out: LayOut) -> None:
    layout = lay_out(*["一行"] * 21, table(("甲", "1")))
    assert page_texts(layout)[1] == ["项目", "数量", "甲", "1"]


def test_a_caption_stays_with_its_table(lay_out: LayOut) -> None:
    layout = lay_out(*["一行"] * 20, paragraph("表1", "table_caption"), table(("甲", "1")))
    assert page_texts(layout)[1] == ["表1", "项目", "数量", "甲", "1"]


def test_text_goes_on_below_a_table(lay_out: LayOut) -> None:
    page = lay_out(table(("甲", "1")), "正文").pages[0]
    foot = max(one.y + one.height for one in page.rules)
    assert foot - page.lines[-1].top in range(11)


def test_a_landscape_table_has_turned_pages_of_its_own_with_its_caption(lay_out: LayOut) -> None:
    layout = lay_out("前文", paragraph("表1", "table_caption"), table(("甲", "1"), landscape=True), "后文")
    assert page_texts(layout) == [["前文"], ["表1", "项目", "数量", "甲", "1"], ["后文"]]
    assert [page.turned for page in layout.pages] == [False, True, False]
    assert all(page.page_number is not None for page in layout.pages)


def test_a_turned_page_has_the_margins_of_the_upright_one(lay_out: LayOut) -> None:
    """Turned 90° counter-clockwise, its head is at the left edge: that margin is above it (clause 8)."""
    page = lay_out(table(("甲", "1"), landscape=True)).pages[0]
    top = min(page.rules, key=lambda one: one.y)
    assert [to_mm(top.x), to_mm(top.y)] == pytest.approx([35, 28], abs=0.02)
    assert to_mm(top.width) == pytest.approx(225, abs=0.2)


def test_a_turned_page_may_have_margins_of_its_own(lay_out: LayOut) -> None:
    """In the strict style lines of text have other margins than the edges of a table (5.2.1, clause 8)."""
    page = lay_out(table(("甲", "1"), landscape=True), sheet=load_style(base="strict")).pages[0]
    top = min(page.rules, key=lambda one: one.y)
    assert [to_mm(top.x), to_mm(top.y)] == pytest.approx([35, 28], abs=0.02)
    assert to_mm(top.width) == pytest.approx(225, abs=0.2)


def test_a_landscape_table_of_many_rows_takes_more_turned_pages(lay_out: LayOut) -> None:
    layout = lay_out(table(*[("甲", "1")] * 40, landscape=True))
    assert [page.turned for page in layout.pages] == [True, True]
    assert layout.pages[1].lines[0].text == "项目"


# ---------------------------------------------------------------- seal and guides


def test_a_seal_lies_over_the_middle_of_the_date_and_takes_no_room(lay_out: LayOut) -> None:
    def date(*before: Block) -> Layout:
        return lay_out("正文", *before, Paragraph(inlines=(Text("2025年12月31日"),), style="issue_date"))

    seal = Seal(image=b"PNG", width=Twips(2381), height=Twips(2381), rise=Twips(800))
    page = date(seal).pages[0]
    (image,) = page.images
    line = page.lines[1]
    start, end = span(line)
    assert image.x + image.width / 2 == pytest.approx((start + end) / 2)
    assert image.y + image.height / 2 == line.top + line.height - 800
    assert texts(date(seal)) == texts(date())
    assert line.top == date().pages[0].lines[1].top


def test_guides_show_the_type_area_the_grid_and_every_line(lay_out: LayOut, style: Style) -> None:
    layout = lay_out(Heading(level=1, inlines=(Text("标题"),)), "一行", table(("甲", "1"), landscape=True))
    upright, turned = grid_rules(layout, style)
    assert len(upright) == 23 + 29 + 4 * 2 + 4
    assert len(turned) == 4 * 4 + 4
    left, right = min(one.x for one in upright), max(one.x + one.width for one in upright)
    assert to_mm(left) == pytest.approx(28, abs=0.1)
    assert to_mm(right) == pytest.approx(184, abs=0.1)


def test_what_keeps_with_the_next_moves_whole_with_its_first_line(lay_out: LayOut) -> None:
    """The last lines of text above a signature that no longer fits."""
    last = Paragraph(inlines=(Text("末" * 40),), keep_with_next=True)
    signature = paragraph("示例市科协", "signature")
    date = paragraph("2025年12月31日", "issue_date")
    layout = lay_out(*["行"] * 19, last, signature, date)
    assert [line.text[0] for line in layout.pages[1].lines] == ["末", "末", "示", "2"]
    assert len(layout.pages[0].lines) == 19
    split = lay_out(*["行"] * 19, replace(last, keep_with_next=False), *["行"] * 2)
    assert [line.text[0] for line in split.pages[1].lines] == ["行"]
