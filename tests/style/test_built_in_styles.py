"""The two built-in styles, office and strict: the numbers of GB/T 9704 by box and by ink."""

from pathlib import Path

import pytest

from kexie_docs.compose.templates import builtin_root, find_template, template_names
from kexie_docs.errors import TemplateError
from kexie_docs.style.load import STYLES, load_style
from kexie_docs.style.sheet import FontRole, ParagraphStyle, Rule, Style
from kexie_docs.units import mm, pt, to_mm

EM_16 = 16 * 25.4 / 72
BEARING = 0.3
"""Han ink inside the em box, above and below, in mm at 16 pt: about a twentieth of an em."""


def half_leading(style: Style, name: str) -> float:
    paragraph = style.paragraphs[name]
    return to_mm(style.line_pitch(paragraph) - paragraph.size * 20) / 2


def gap(style: Style, above: str, below: str, lines: float) -> float:
    """Ink to ink, in mm, of two paragraphs with so many lines of space between their boxes."""
    space = to_mm(lines * style.grid.line_pitch)
    return half_leading(style, above) + space + half_leading(style, below) + 2 * BEARING


@pytest.fixture(params=STYLES)
def style(request: pytest.FixtureRequest) -> Style:
    return load_style(base=request.param)


def test_office_is_what_is_loaded_when_nothing_is_asked_for() -> None:
    assert load_style(base="office") == load_style()
    assert STYLES == ("office", "strict")


def test_strict_has_the_margins_and_the_pitch_of_gbt_33476() -> None:
    page, grid = load_style(base="strict").page, load_style(base="strict").grid
    assert (page.top, page.bottom, page.left, page.right) == (mm(34.58), mm(32.58), mm(28), mm(26))
    assert (grid.lines, grid.characters, grid.line_pitch) == (22, 28, pt(29.6))


def test_22_lines_fit_the_page_and_23_do_not(style: Style) -> None:
    assert 22 * style.grid.line_pitch <= style.page.text_height < 23 * style.grid.line_pitch


def test_strict_fills_the_type_area_with_ink() -> None:
    style = load_style(base="strict")
    top = to_mm(style.page.top) + half_leading(style, "body")
    bottom = to_mm(style.page.top + 22 * style.grid.line_pitch) - half_leading(style, "body")
    assert top == pytest.approx(37, abs=0.1)
    assert bottom == pytest.approx(262, abs=0.2)


def test_page_number_stands_at_269_mm(style: Style) -> None:
    foot = to_mm(style.page.height - style.page.bottom)
    assert foot + to_mm(style.page_number.below) == pytest.approx(269, abs=0.05)


def test_gaps_are_what_the_standard_asks_for(style: Style) -> None:
    paragraphs = style.paragraphs
    one, two = (9.5, 16.5), (18.0, 27.0)
    for lines, above, below, (low, high) in (
        (paragraphs["document_number"].space_before, "authority_mark", "document_number", two),
        (paragraphs["document_number_upward"].space_before, "authority_mark", "document_number", two),
        (paragraphs["title"].space_after, "title", "addressee", one),
        (paragraphs["attachment_note"].space_before, "body", "attachment_note", one),
        (paragraphs["signature"].space_before, "body", "signature", one),
    ):
        assert low <= gap(style, above, below, lines) <= high, (above, below)


def test_strict_gaps_are_those_of_gbt_33476() -> None:
    style = load_style(base="strict")
    number = style.paragraphs["document_number"].space_before
    assert gap(style, "authority_mark", "document_number", number) == pytest.approx(20.78, abs=0.5)
    assert gap(style, "title", "addressee", style.paragraphs["title"].space_after) == pytest.approx(
        10.39, abs=0.5
    )


def test_red_rule_is_4_mm_below_the_number_and_two_lines_above_the_title(style: Style) -> None:
    rule = style.paragraphs["letterhead_rule"]
    assert rule.rule_below is not None
    below = (
        half_leading(style, "document_number")
        + to_mm(style.line_pitch(rule))
        + rule.rule_below.gap * 25.4 / 72
    )
    # From the em box; word processors set the text 0.9 mm lower in its line.
    assert below <= 5
    assert below - 0.9 - BEARING >= 3
    assert 0.35 <= rule.rule_below.thickness / 8 * 25.4 / 72 <= 0.8
    space = to_mm(rule.space_after * style.grid.line_pitch)
    assert 18 <= space + half_leading(style, "title") + BEARING <= 27
    assert (rule.start_indent, rule.end_indent) == (0, 0), "156 mm wide"


def test_attachment_title_stands_on_line_3(style: Style) -> None:
    title = style.paragraphs["attachment_title"]
    top = style.page.top + style.grid.line_pitch * (1 + title.space_before)
    assert 56 <= to_mm(top) + half_leading(style, "attachment_title") + BEARING <= 60.5


def thick(rule: Rule | None) -> float:
    assert rule is not None
    return rule.thickness / 8 * 25.4 / 72


def test_imprint_rules_are_thick_thin_thick_and_the_last_lies_on_262_mm(style: Style) -> None:
    first, middle, last = (style.paragraphs[f"imprint_{name}"] for name in ("first", "middle", "last"))
    assert thick(first.rule_above) == pytest.approx(0.35, abs=0.05)
    assert thick(middle.rule_above) == pytest.approx(0.25, abs=0.05)
    assert (last.rule_above is None) != (last.rule_below is None)
    assert thick(last.rule_above or last.rule_below) == pytest.approx(0.35, abs=0.05)
    foot = to_mm(style.page.height - style.page.bottom)
    at = foot if last.rule_below else foot - to_mm(style.line_pitch(last)) - thick(last.rule_above) / 2
    assert at == pytest.approx(262, abs=0.3)
    for each in (first, middle, last):
        assert (each.start_indent, each.end_indent) == (0, 0), "156 mm wide"


ROLES = {
    "copy_number": FontRole.FANGSONG,
    "classification": FontRole.HEITI,
    "urgency": FontRole.HEITI,
    "authority_mark": FontRole.XIAOBIAOSONG,
    "document_number": FontRole.FANGSONG,
    "title": FontRole.XIAOBIAOSONG,
    "attachment_label": FontRole.HEITI,
    "attachment_title": FontRole.XIAOBIAOSONG,
    "imprint_cc": FontRole.FANGSONG,
    "imprint_print": FontRole.FANGSONG,
}
SIZES = dict.fromkeys(ROLES, 16.0) | {
    "authority_mark": 42.0,
    "title": 22.0,
    "attachment_title": 22.0,
    "imprint_cc": 14.0,
    "imprint_print": 14.0,
}


@pytest.mark.parametrize("name", ROLES)
def test_elements_have_the_type_of_the_standard(style: Style, name: str) -> None:
    paragraph = style.paragraphs[name]
    assert (paragraph.font, paragraph.size, paragraph.bold) == (ROLES[name], SIZES[name], False)


def test_only_marks_and_the_rule_are_red(style: Style) -> None:
    red = {name for name, each in style.paragraphs.items() if each.color != "000000"}
    assert red == {name for name in style.paragraphs if name.startswith("authority_mark")} | {"bulletin_name"}


def test_signatory_is_set_in_kaiti(style: Style) -> None:
    assert style.characters["signatory_name"].font is FontRole.KAITI


@pytest.mark.parametrize("name", template_names([builtin_root()]))
def test_every_template_comes_in_both_styles(name: str) -> None:
    folder = find_template(name, [builtin_root()])
    assert folder.load_style("strict").grid == load_style(base="strict").grid
    assert folder.load_style("office") == folder.load_style()


def of(folder: Path, text: str, base: str | None = None, **others: str) -> Style:
    path = folder / "style.toml"
    path.write_text(text, encoding="utf-8")
    files: dict[str, Path] = {}
    for name, content in others.items():
        files[name] = folder / f"{name}.toml"
        files[name].write_text(content, encoding="utf-8")
    return load_style(path, name="mine", find=files.get, display="style.toml", base=base)


def test_a_template_keeps_what_it_changes_in_either_style(tmp_path: Path) -> None:
    text = 'extends = "gbt9704"\n[paragraph.body]\nsize = "小三"\n'
    style = of(tmp_path, text, "strict")
    assert (style.grid.line_pitch, style.paragraphs["body"].size) == (pt(29.6), 15)


def test_the_style_is_replaced_at_the_end_of_a_chain(tmp_path: Path) -> None:
    style = of(
        tmp_path, 'extends = "house"\n', "strict", house='extends = "gbt9704"\n[page]\nleft = "30mm"\n'
    )
    assert (style.page.left, style.page.top) == (mm(30), mm(34.58))


def test_a_template_may_extend_the_strict_style_and_be_asked_for_in_office(tmp_path: Path) -> None:
    assert of(tmp_path, 'extends = "strict"\n').grid.line_pitch == pt(29.6)
    assert of(tmp_path, 'extends = "strict"\n', "office").grid.line_pitch == pt(28.95)


def test_an_unknown_style_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="loose"):
        load_style(base="loose")


def paragraph(folder: Path, line: str) -> ParagraphStyle:
    return of(folder, f"[paragraph.body]\n{line}\n").paragraphs["body"]


def test_rules_are_read_with_thickness_color_and_gap(tmp_path: Path) -> None:
    rule = paragraph(tmp_path, 'rule_below = { thickness = "0.35mm", color = "E60012", gap = 3 }').rule_below
    assert rule == Rule(thickness=8, color="E60012", gap=3)


def test_a_rule_that_was_inherited_can_be_taken_away(tmp_path: Path) -> None:
    style = of(tmp_path, "[paragraph.letterhead_rule]\nrule_below = false\n")
    assert style.paragraphs["letterhead_rule"].rule_below is None


def test_page_break_before_is_read(tmp_path: Path) -> None:
    assert paragraph(tmp_path, "page_break_before = true").page_break_before


@pytest.mark.parametrize(
    "value",
    [
        "true",
        '"1pt"',
        "{}",
        "{ thickness = 1 }",
        '{ thickness = "0.1pt" }',
        '{ thickness = "7pt" }',
        '{ thickness = "1pt", color = "red" }',
        '{ thickness = "1pt", gap = 1.5 }',
        '{ thickness = "1pt", gap = -1 }',
        '{ thickness = "1pt", width = "1mm" }',
    ],
)
def test_a_rule_that_cannot_be_drawn_is_told_at_its_line(tmp_path: Path, value: str) -> None:
    with pytest.raises(TemplateError) as error:
        paragraph(tmp_path, f"rule_above = {value}")
    (only,) = error.value.problems
    assert (only.code, only.place.file, only.place.line) == ("KD413", "style.toml", 2)
    assert only.hint is not None
    assert "thickness" in str(only.hint)
