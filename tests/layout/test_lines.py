"""A paragraph's lines: where they break, and where every glyph stands."""

from dataclasses import replace
from itertools import pairwise

import pytest

from kexie_docs.doctree.nodes import Break, Figure, Heading, Paragraph, Placement, Span, Text, Title
from kexie_docs.errors import FontError
from kexie_docs.layout.lines import LineRules, break_lines
from kexie_docs.layout.pages import Line
from kexie_docs.style.sheet import FontRole, Style
from kexie_docs.units import Twips, to_mm
from tests.layout.conftest import LayOut, all_lines, texts
from tests.layout.fakes import FakeFonts

HAN = "市科协坚持服务大局举办活动推进普及组织工作者提升全民素质"


def glyph_places(line: Line) -> list[tuple[str, float]]:
    return [(char, run.x + x) for run in line.runs for char, x in zip(run.text, run.positions, strict=True)]


def test_a_full_line_holds_28_characters_and_the_first_26(lay_out: LayOut) -> None:
    assert [len(text) for text in texts(lay_out(HAN * 4))] == [26, 28, 28, 28, 2]


def test_the_first_line_is_indented_by_two_characters(lay_out: LayOut, style: Style) -> None:
    first, second, *_ = all_lines(lay_out(HAN * 3))
    assert first.runs[0].x - style.page.left == 2 * (320 - 5)
    assert second.runs[0].x == style.page.left


def test_full_lines_end_at_the_edge_of_the_type_area_and_the_last_does_not(
    lay_out: LayOut, style: Style
) -> None:
    *full, last = all_lines(lay_out(HAN * 3 + "，2025年" + HAN * 2))
    edge = style.page.width - style.page.right
    assert [round(line.runs[-1].end, 6) for line in full] == [edge] * len(full)
    assert last.runs[-1].end < edge


def test_characters_of_a_last_line_keep_their_natural_distance(lay_out: LayOut) -> None:
    places = [x for _, x in glyph_places(all_lines(lay_out("科普活动"))[0])]
    assert [b - a for a, b in pairwise(places)] == [315.0] * 3


def test_a_fifth_of_an_em_stands_between_han_and_digits_but_not_beside_marks(lay_out: LayOut) -> None:
    (line,) = all_lines(lay_out("举办18场，5名"))
    places = dict(glyph_places(line))
    assert places["1"] - places["办"] == 320 + 64
    assert places["场"] - places["8"] == 160 + 64
    assert places["5"] - places["，"] == 320
    assert places["名"] - places["5"] == 160 + 64


def test_a_mark_that_may_not_begin_a_line_takes_a_character_along(lay_out: LayOut) -> None:
    first, second = texts(lay_out(HAN[:26] + "，" + HAN[:5]))
    assert (first[-1], second[:2]) == (HAN[24], HAN[25] + "，")


def test_an_opening_mark_never_ends_a_line(lay_out: LayOut) -> None:
    _, second = texts(lay_out(HAN[:25] + "《" + HAN[:5] + "》"))
    assert second[0] == "《"


@pytest.mark.parametrize("pair", ["……", "——"])
@pytest.mark.parametrize("before", range(22, 29))
def test_dashes_and_ellipses_are_never_split(lay_out: LayOut, pair: str, before: int) -> None:
    lines = texts(lay_out(HAN[:before] + pair + HAN[:9]))
    assert sum(pair in line for line in lines) == 1


@pytest.mark.parametrize("mark", ["……", "℃", "％", "·", "，", "”"])
@pytest.mark.parametrize("before", range(22, 29))
def test_these_marks_never_begin_a_line(lay_out: LayOut, mark: str, before: int) -> None:
    lines = texts(lay_out(HAN[:before] + mark + HAN[:9]))
    assert not any(line.startswith(mark[0]) for line in lines)


def test_numbers_and_words_are_not_broken(lay_out: LayOut) -> None:
    lines = texts(lay_out(HAN[:24] + "12345678.9%" + HAN[:22] + "technology" + HAN[:9]))
    assert lines[1].startswith("12345678.9%")
    assert lines[2].startswith("technology")


def test_a_word_longer_than_a_line_is_broken_where_the_line_ends(lay_out: LayOut) -> None:
    lines = texts(lay_out("a" * 150))
    assert "".join(lines) == "a" * 150
    assert all(len(text) > 50 for text in lines[:-1])


def test_blanks_at_a_line_end_print_nothing_and_begin_no_line(lay_out: LayOut, style: Style) -> None:
    first, second = all_lines(lay_out(HAN[:26] + "   " + HAN[:5]))
    assert first.text == HAN[:26] + "   "
    assert "".join(run.text for run in first.runs) == HAN[:26]
    assert second.text == HAN[:5]


@pytest.mark.parametrize("align", ["center", "end", "start"])
def test_a_placed_paragraph_stands_where_it_is_told(lay_out: LayOut, style: Style, align: str) -> None:
    placement = Placement(align=align, start_indent=2.0, end_indent=4.0)  # type: ignore[arg-type]
    (line,) = all_lines(lay_out(Paragraph(inlines=(Text("成文日期"),), placement=placement)))
    left = style.page.left + 2 * 315
    right = style.page.width - style.page.right - 4 * 315
    start, end = line.runs[0].x, line.runs[-1].end
    match align:
        case "center":
            assert start - left == pytest.approx(right - end)
        case "end":
            assert end == pytest.approx(right)
        case _:
            assert start == left


def test_a_span_is_set_in_its_own_typeface(lay_out: LayOut) -> None:
    (line,) = all_lines(lay_out(Paragraph(inlines=(Text("一"), Span((Text("二"),), "strong"), Text("三")))))
    assert [(run.text, run.face.name) for run in line.runs] == [
        ("一", "Fake-fangsong"),
        ("二", "Fake-heiti"),
        ("三", "Fake-fangsong"),
    ]


def test_a_span_may_have_its_own_colour(lay_out: LayOut, style: Style) -> None:
    red = replace(style.characters["strong"], font=None, color="FF0000")
    sheet = replace(style, characters={**style.characters, "strong": red})
    paragraph = Paragraph(inlines=(Text("一"), Span((Text("二"),), "strong"), Text("三")))
    (line,) = all_lines(lay_out(paragraph, sheet=sheet))
    assert [(run.text, run.color) for run in line.runs] == [
        ("一", "000000"),
        ("二", "FF0000"),
        ("三", "000000"),
    ]


def test_a_figure_that_two_lines_share_is_placed_on_both(lay_out: LayOut) -> None:
    figure = Figure("三百余场次", "科普活动", "科普活动|汉字")
    paragraph = Paragraph(inlines=(Text(HAN[:24]), figure, Text("。")))
    first, second = all_lines(lay_out(paragraph))
    for line, text in ((first, "三百"), (second, "余场次")):
        (placed,) = line.figures
        assert (placed.metric, placed.expression) == ("科普活动", "科普活动|汉字")
        assert placed.text == line.text[placed.start : placed.stop] == text


def test_whether_a_figure_is_a_node_of_its_own_changes_no_line(lay_out: LayOut) -> None:
    plain = lay_out(HAN + "300余场" + HAN)
    noted = lay_out(Paragraph(inlines=(Text(HAN), Figure("300余场", "活动", "活动"), Text(HAN))))
    assert [glyph_places(line) for line in all_lines(plain)] == [
        glyph_places(line) for line in all_lines(noted)
    ]


def test_a_character_that_the_font_lacks_comes_from_another_and_is_reported(lay_out: LayOut) -> None:
    layout = lay_out("同心勠力", fonts=FakeFonts(lacking=frozenset("勠")))
    (line,) = all_lines(layout)
    assert [(run.text, run.face.name) for run in line.runs] == [
        ("同心", "Fake-fangsong"),
        ("勠", "Fallback"),
        ("力", "Fake-fangsong"),
    ]
    assert layout.substitutions == (("勠", "Fallback"),)


def test_a_character_that_no_font_has_is_an_error(lay_out: LayOut) -> None:
    with pytest.raises(FontError):
        lay_out("科\ue000", fonts=FakeFonts(nowhere=frozenset("\ue000")))


def test_every_character_has_one_glyph_and_the_text_is_whole(lay_out: LayOut) -> None:
    text = HAN + "“AI+科普”office 50%、《（示例）》……" + HAN * 2
    layout = lay_out(text)
    assert "".join(texts(layout)) == text
    for line in all_lines(layout):
        for run in line.runs:
            assert len(run.glyphs) == len(run.positions) == len(run.text)
            assert list(run.glyphs) == [ord(char) for char in run.text]


def test_nothing_stands_outside_the_type_area(lay_out: LayOut, style: Style) -> None:
    layout = lay_out(*(HAN * 3 + "1" * n + "，" + "a" * n + HAN for n in range(40)))
    for line in all_lines(layout):
        assert to_mm(line.runs[0].x) >= 28 - 0.5
        assert to_mm(line.runs[-1].end) <= 184 + 0.5
        assert to_mm(line.top) >= 37
        assert to_mm(line.top + line.height) <= 262


def test_the_title_breaks_at_its_marks_and_is_centred(lay_out: LayOut, style: Style) -> None:
    title = Title(inlines=(Text("示例市科学技术协会"), Break(), Text("2025年工作总结")))
    first, second = all_lines(lay_out(title))
    assert [first.text, second.text] == ["示例市科学技术协会", "2025年工作总结"]
    middle = (style.page.left + style.page.width - style.page.right) / 2
    for line in (first, second):
        assert (line.runs[0].x + line.runs[-1].end) / 2 == pytest.approx(middle)
        assert line.runs[0].face.name == f"Fake-{FontRole.XIAOBIAOSONG}"


def test_a_heading_is_printed_with_its_number(lay_out: LayOut) -> None:
    (line,) = all_lines(lay_out(Heading(level=1, number="一、", inlines=(Text("强化引领"),))))
    assert line.text == "一、强化引领"
    assert line.runs[0].face.name == "Fake-heiti"


def test_spacing_of_a_span_stands_after_each_of_its_characters(lay_out: LayOut) -> None:
    def starts(spacing: int) -> list[float]:
        inlines = (Span((Text("教育"),), "", Twips(spacing)), Text("局长"))
        spread = Paragraph(inlines=inlines, style="authority_mark_joint")
        (line,) = all_lines(lay_out(spread))
        return [run.x + x for run in line.runs for x in run.positions]

    plain, wide = starts(0), starts(100)
    assert [after - before for before, after in zip(plain, wide, strict=True)] == pytest.approx(
        [0, 100, 200, 200]
    )


@pytest.mark.parametrize(("font_height", "first"), [(384, "a"), (150, "ab")])
def test_a_word_that_is_too_wide_by_a_part_of_a_twip_fits_only_when_it_is_short_for_its_room(
    font_height: int, first: str
) -> None:
    """LibreOffice measures what has many characters for its room in dots, and the rest in whole twips."""
    rules = LineRules(
        not_at_start=frozenset(),
        not_at_end=frozenset(),
        spacing=0,
        em=320,
        first_width=200,
        width=200,
        font_height=font_height,
    )
    # Two letters of 601 dots are 200⅓ twips, which are 200 in whole ones.
    line = break_lines("ab科", [601, 601, 1920], [], rules)[0]
    assert "ab科"[line.start : line.stop] == first
