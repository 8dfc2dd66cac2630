"""Style sheets: what extends what, and what is said when a file is wrong."""

from pathlib import Path

import pytest

from kexie_docs.errors import Problem, TemplateError
from kexie_docs.style.load import load_style
from kexie_docs.style.sheet import FontRole, Style
from kexie_docs.units import mm, pt


def loaded(tmp_path: Path, text: str, **others: str) -> Style:
    path = tmp_path / "style.toml"
    path.write_text(text, encoding="utf-8")
    files: dict[str, Path] = {"self": path}
    for name, content in others.items():
        files[name] = tmp_path / f"{name}.toml"
        files[name].write_text(content, encoding="utf-8")
    return load_style(path, name="mine", find=files.get, display="templates/mine/style.toml")


def problems(tmp_path: Path, text: str, **others: str) -> tuple[Problem, ...]:
    with pytest.raises(TemplateError) as error:
        loaded(tmp_path, text, **others)
    return error.value.problems


def test_the_built_in_style_is_the_standards() -> None:
    style = load_style()
    assert (style.page.top, style.page.bottom, style.page.left, style.page.right) == (
        mm(37), mm(35), mm(28), mm(26)
    )  # fmt: skip
    assert (style.grid.lines, style.grid.characters, style.grid.line_pitch) == (22, 28, pt(28.95))
    assert style.paragraphs["body"].size == 16
    assert [style.paragraphs[f"heading_{n}"].font for n in (1, 2, 3, 4)] == [
        FontRole.HEITI, FontRole.KAITI, FontRole.FANGSONG, FontRole.FANGSONG
    ]  # fmt: skip


def test_closing_marks_never_begin_a_line_and_opening_ones_never_end_it() -> None:
    breaking = load_style().line_breaking
    assert set("、，。．：；？！）〕］｝】〗』」》〉’”…—～·・／％‰℃") <= set(breaking.not_at_start)
    assert set("（〔［｛【〖『「《〈‘“／") <= set(breaking.not_at_end)
    assert not set("（〔［｛【〖『「《〈‘“") & set(breaking.not_at_start)


def test_a_style_changes_what_it_names_and_keeps_the_rest(tmp_path: Path) -> None:
    base = load_style()
    style = loaded(tmp_path, '[page]\nleft = "30mm"\n[paragraph.body]\nsize = "小三"\nfont = "kaiti"\n')
    assert style.name == "mine"
    assert style.page.left == mm(30)
    assert style.page.right == base.page.right
    body = style.paragraphs["body"]
    assert (body.size, body.font) == (15.0, FontRole.KAITI)
    assert body.first_line_indent == base.paragraphs["body"].first_line_indent
    assert style.paragraphs["title"] == base.paragraphs["title"]


def test_styles_extend_one_another_down_to_the_built_in_one(tmp_path: Path) -> None:
    style = loaded(
        tmp_path,
        'extends = "office"\n[paragraph.body]\nsize = 15\n',
        office='extends = "gbt9704"\n[paragraph.body]\nsize = 14\ncolor = "FF0000"\n',
    )
    assert (style.paragraphs["body"].size, style.paragraphs["body"].color) == (15, "FF0000")


def test_a_new_paragraph_style_can_be_added(tmp_path: Path) -> None:
    style = loaded(
        tmp_path,
        '[paragraph.editor]\nword_id = "Ed"\nword_name = "编"\nfont = "songti"\nsize = 14\nalign = "end"\n',
    )
    assert style.paragraphs["editor"].align == "end"
    assert style.paragraphs["editor"].first_line_indent == 0


def test_an_outline_level_and_a_line_pitch_can_be_taken_back(tmp_path: Path) -> None:
    style = loaded(
        tmp_path, '[paragraph.heading_1]\noutline_level = 0\n[paragraph.title]\nline_pitch = "grid"\n'
    )
    assert style.paragraphs["heading_1"].outline_level is None
    assert style.line_pitch(style.paragraphs["title"]) == style.grid.line_pitch


@pytest.mark.parametrize(
    ("text", "code", "line", "field", "said"),
    [
        ("[page\n", "KD411", 1, "", "not valid TOML"),
        ('[page]\nleft = "30mm"\nleft = "30mm"\n', "KD411", 3, "", "not valid TOML"),
        ('[page]\nlefft = "30mm"\n', "KD412", 2, "page.lefft", "“page.lefft” is not known"),
        ("[pages]\n", "KD412", 1, "pages", "“pages” is not known"),
        ('[fonts.comic]\nword = "x"\nalternate = "y"\n', "KD412", 1, "fonts.comic", "is not known"),
        ('[page]\n\nleft = "30"\n', "KD413", 3, "page.left", 'page.left cannot be "30"'),
        ('[page]\nleft = "9000mm"\n', "KD413", 2, "page.left", "cannot be"),
        ("[grid]\nlines = 22.5\n", "KD413", 2, "grid.lines", "grid.lines cannot be 22.5"),
        ("[grid]\nlines = true\n", "KD413", 2, "grid.lines", "cannot be True"),
        ('[paragraph.body]\nsize = "特大"\n', "KD413", 2, "paragraph.body.size", 'cannot be "特大"'),
        ("[paragraph.body]\nsize = 15.3\n", "KD413", 2, "paragraph.body.size", "cannot be 15.3"),
        ("[paragraph.body]\nsize = inf\n", "KD413", 2, "paragraph.body.size", "cannot be inf"),
        ('[paragraph.body]\nfont = "comic"\n', "KD413", 2, "paragraph.body.font", 'cannot be "comic"'),
        ('[paragraph.body]\ncolor = "red"\n', "KD413", 2, "paragraph.body.color", 'cannot be "red"'),
        ('[paragraph.body]\nalign = "left"\n', "KD413", 2, "paragraph.body.align", 'cannot be "left"'),
        ('[line_breaking]\nnot_at_start = "，的"\n', "KD413", 2, "line_breaking.not_at_start", "cannot be"),
        ('[page_number]\nform = "第页"\n', "KD413", 2, "page_number.form", 'cannot be "第页"'),
        ("page = 3\n", "KD413", 1, "page", "has to be a table"),
        ('[page]\nleft = "110mm"\nright = "95mm"\n', "KD413", 2, "page.left", "leave no room"),
        ('[turned_page]\nleft = "190mm"\n', "KD413", 2, "turned_page.left", "leave no room"),
        ('[turned_page]\ntop = "37"\n', "KD413", 2, "turned_page.top", "cannot be"),
        (
            '[paragraph.contact]\nword_id = "Normal"\n',
            "KD413",
            2,
            "paragraph.contact.word_id",
            "already that of",
        ),
        (
            '[paragraph.editor]\nword_id = "E"\nword_name = "编辑"\nsize = 16\n',
            "KD415",
            1,
            "paragraph.editor",
            "gives no font",
        ),
        ('extends = "nothing"\n', "KD414", 1, "extends", "no style “nothing”"),
        ("extends = 3\n", "KD414", 1, "extends", "no style “3”"),
        ('extends = "self"\n', "KD414", 1, "extends", "comes back to this file"),
    ],
)
def test_a_wrong_style_is_told_with_file_and_line(
    tmp_path: Path, text: str, code: str, line: int, field: str, said: str
) -> None:
    problem = problems(tmp_path, text)[0]
    assert problem.code == code
    assert (problem.place.file, problem.place.line) == ("templates/mine/style.toml", line)
    assert problem.place.field == field
    assert said in str(problem.what)


def test_a_cycle_through_another_style_is_found(tmp_path: Path) -> None:
    problem = problems(tmp_path, 'extends = "other"\n', other='extends = "self"\n')[0]
    assert problem.code == "KD414"
    assert problem.place.file is not None
    assert problem.place.file.endswith("other.toml")


def test_a_misspelt_key_is_told_with_the_right_one(tmp_path: Path) -> None:
    problem = problems(tmp_path, "[paragraph.body]\nfirst_line_indnt = 2\n")[0]
    assert str(problem.hint) == "Did you mean “first_line_indent”?"


def test_all_problems_are_told_at_once(tmp_path: Path) -> None:
    found = problems(tmp_path, '[page]\nlefft = "1mm"\ntop = "x"\n[grid]\nlines = 0\n')
    assert [problem.place.field for problem in found] == ["page.lefft", "page.top", "grid.lines"]


@pytest.mark.parametrize("data", [b"\xff\xfe[\x00p\x00", "标题 = 1".encode("gbk"), b"x = 1\n" * 60_000])
def test_a_file_that_is_no_utf8_text_or_too_large_is_refused(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "style.toml"
    path.write_bytes(data)
    with pytest.raises(TemplateError, match="KD411"):
        load_style(path)


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(TemplateError, match="KD411"):
        load_style(tmp_path / "nowhere.toml")


def test_turned_pages_have_the_upright_pages_margins_but_where_the_style_gives_others(tmp_path: Path) -> None:
    """Named as on the sheet held upright; its head is the left edge of the landscape page (clause 8)."""
    page, turned = load_style().page, load_style().turned_page
    assert (turned.width, turned.height) == (page.height, page.width)
    assert (turned.left, turned.right, turned.top, turned.bottom) == (
        page.bottom,
        page.top,
        page.left,
        page.right,
    )
    strict = load_style(base="strict").turned_page
    assert (strict.left, strict.right) == (mm(35), mm(37))
    path = tmp_path / "style.toml"
    path.write_text('[turned_page]\nbottom = "30mm"\n', encoding="utf-8")
    own = load_style(path).turned_page
    assert (own.left, own.right) == (mm(30), page.top)
