"""The parts that restyling stands on: spacing that fills lines, edited TOML, fonts by name."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kexie_docs.doctree.nodes import Document, Paragraph, Text
from kexie_docs.fonts.by_name import is_plain, stand_in
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.style.edit import Path_, TomlValue, edited
from kexie_docs.style.filling import filling
from kexie_docs.style.load import load_style
from kexie_docs.style.sheet import FontRole, NamedFont
from kexie_docs.units import mm
from tests.parity.corpus import paragraphs
from tests.parity.judge import judge


@pytest.mark.parametrize(
    ("width", "size", "spacing"),
    [(156, 16, -5), (150, 16, -6), (150, 15, 0), (156, 22, 0), (160, 16, 0), (150, 14, 0), (3, 16, 0)],
)
def test_characters_give_up_a_little_where_one_more_then_stands_in_a_line(
    width: float, size: float, spacing: int
) -> None:
    assert filling(mm(width), size) == spacing


@pytest.mark.parametrize("width", range(60, 240, 7))
@pytest.mark.parametrize("size", [9.0, 10.5, 12.0, 14.0, 15.0, 16.0, 18.0, 22.0])
def test_no_character_gives_up_more_than_a_fiftieth_or_more_than_it_must(width: float, size: float) -> None:
    room, em = mm(width), round(size * 20)
    spacing = filling(mm(width), size)
    assert -em / 50 - 1 <= spacing <= 0
    count = room // (em + spacing)
    if spacing:
        assert count > room // em or room - (room // em) * em < 20
        assert count * (em + spacing + 1) > room - 20


def test_the_rule_gives_the_standards_28_characters_with_the_built_in_style() -> None:
    style = load_style()
    assert {style.paragraphs[name].char_spacing for name in ("body", "heading_1", "signature")} == {-5}
    assert style.paragraphs["title"].char_spacing == 0


def sheet(tmp_path: Path, text: str) -> Any:
    file = tmp_path / "style.toml"
    file.write_text(text, encoding="utf-8")
    return load_style(file)


def test_a_spacing_of_its_own_is_kept(tmp_path: Path) -> None:
    style = sheet(tmp_path, '[page]\nleft = "40mm"\n[paragraph.body]\nchar_spacing = "-5tw"\n')
    assert style.paragraphs["body"].char_spacing == -5
    assert style.paragraphs["heading_1"].char_spacing == filling(mm(144), 16) != -5


@pytest.mark.parametrize("spacing", [-12, 3, 20, 45])
def test_any_spacing_breaks_lines_as_libreoffice_does(
    spacing: int,
    soffice: str,
    tmp_path: Path,
    fandol: MachineFonts,
    more_fonts: dict[str, Path],
    workdir: Path,
) -> None:
    """Wider spacing stands behind every portion that fits; narrower does not."""
    style = sheet(tmp_path, f'[paragraph.body]\nchar_spacing = "{spacing}tw"\n')
    document = Document(blocks=tuple(Paragraph(inlines=(Text(text),)) for text in paragraphs(97, 120)))
    (verdict,) = judge([document], style, fandol, more_fonts, workdir)
    assert verdict.lines > 400
    assert [one for one in verdict.differences if not one.lost] == [], str(verdict)


OLD = """\
# 版式
extends = "gbt9704"

[paragraph.body]     # 正文
size = "三号"        # 16磅

[page]
left = "28mm"
# 完
"""

EDITS: list[tuple[str, dict[Path_, TomlValue]]] = [
    ("", {("page", "left"): "30mm"}),
    ("extends = \"gbt9704\"", {("paragraph", "body", "size"): 15.5}),
    (OLD, {("paragraph", "body", "size"): "小三", ("page", "left"): "30mm"}),
    (OLD, {("paragraph", "title", "bold"): True, ("grid", "line_pitch"): "28pt"}),
    (OLD, {("paragraph", "letterhead_rule", "rule_below"): {"thickness": "1pt", "gap": 0}}),
    ("page.left = \"28mm\"\nparagraph.body.size = 3\n", {("paragraph", "body", "font"): "kaiti"}),
    ("paragraph = {body = {size = 3}}\n", {("paragraph", "title", "size"): 4, ("page", "top"): "30mm"}),
    ("[paragraph]\nbody.size = 3\n[page]\n[paragraph.title]\nsize = 4\n", {("paragraph", "note", "size"): 5}),
    (OLD.replace("\n", "\r\n"), {("page", "right"): "30mm"}),
]  # fmt: skip


@pytest.mark.parametrize(("text", "values"), EDITS)
def test_a_style_file_is_edited_and_nothing_else_in_it_changes(
    text: str, values: dict[Path_, TomlValue]
) -> None:
    result = edited(text, values)
    before, after = leaves(tomllib.loads(text)), leaves(tomllib.loads(result))
    assert after == before | {path: value for path, value in values.items()}
    for line in text.splitlines():
        if "#" in line:
            assert line.partition("#")[2] in result
    assert ("\r\n" in result) == ("\r\n" in text)


def leaves(table: dict[str, Any], path: Path_ = ()) -> dict[Path_, Any]:
    found: dict[Path_, Any] = {}
    for key, value in table.items():
        if isinstance(value, dict) and "thickness" not in value:
            found |= leaves(value, (*path, key))
        else:
            found[*path, key] = value
    return found


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("微软雅黑", FontRole.HEITI), ("Microsoft YaHei", FontRole.HEITI),
        ("华文中宋", FontRole.XIAOBIAOSONG),
        ("楷体", FontRole.KAITI), ("KaiTi", FontRole.KAITI), ("华文行楷", FontRole.KAITI),
        ("仿宋", FontRole.FANGSONG), ("方正仿宋_GBK", FontRole.FANGSONG), ("等线", FontRole.HEITI),
        ("方正大标宋简体", FontRole.XIAOBIAOSONG), ("Times New Roman", FontRole.SONGTI),
        ("不知名", FontRole.SONGTI),
    ],
)  # fmt: skip
def test_a_missing_font_is_served_by_the_typeface_nearest_to_it(name: str, role: FontRole) -> None:
    assert stand_in(name) is role


def test_a_named_font_that_is_there_serves_itself(fandol: MachineFonts, packaged: MachineFonts) -> None:
    assert fandol.first(NamedFont("FandolKai")).name == "FandolKai-Regular"
    assert fandol.serving(NamedFont("微软雅黑")) is None
    assert fandol.first(NamedFont("微软雅黑")) is fandol.first(FontRole.HEITI)
    assert fandol.find(NamedFont("微软雅黑"), "字").face is fandol.first(FontRole.HEITI)
    assert not fandol.find(NamedFont("微软雅黑"), "字").substituted
    assert packaged.find(NamedFont("楷体"), "字").face is packaged.first(FontRole.KAITI)


def test_plain_names_mean_the_typeface(fandol: MachineFonts) -> None:
    assert [is_plain(name) for name in ("楷体", "KaiTi", "仿宋", "微软雅黑", "华文中宋")] == [
        True, True, True, False, False
    ]  # fmt: skip


def test_a_misspelt_typeface_is_no_font(tmp_path: Path) -> None:
    from kexie_docs.errors import TemplateError

    with pytest.raises(TemplateError, match="KD413"):
        sheet(tmp_path, '[paragraph.body]\nfont = "kaitii"\n')
    assert sheet(tmp_path, '[paragraph.body]\nfont = "华文行楷"\n').paragraphs["body"].font == NamedFont(
        "华文行楷"
    )
