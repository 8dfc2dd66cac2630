"""What a face says about its glyphs, and its subsets."""

import io
from pathlib import Path

import pytest
from fontTools.cffLib import CFFFontSet
from fontTools.pens.boundsPen import BoundsPen
from fontTools.ttLib import TTFont

from kexie_docs.errors import FontError
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.fonts.harfbuzz_face import HarfBuzzFace, open_faces
from kexie_docs.style.sheet import FontRole
from tests.fonts.making import make_font


def opened(path: Path) -> HarfBuzzFace:
    (face,) = open_faces(path)
    return face


def glyphs(face: HarfBuzzFace, chars: str) -> frozenset[int]:
    found = [face.glyph(char) for char in chars]
    return frozenset(glyph for glyph in found if glyph is not None)


def test_advances_are_in_font_units(tmp_path: Path) -> None:
    face = opened(make_font(tmp_path / "f.ttf", units=2048, widths={"A": 1111}))
    widths = [face.advance(face.glyph(char) or 0) for char in "国A"]
    assert (face.units_per_em, widths) == (2048, [2048, 1111])


def test_the_em_box_is_read_from_the_font(fandol: MachineFonts, packaged: MachineFonts) -> None:
    assert fandol.first(FontRole.FANGSONG).ascent == pytest.approx(0.88)
    assert packaged.first(FontRole.FANGSONG).ascent == pytest.approx(0.88)


def test_the_box_for_readers_holds_the_ink_of_han_characters(fandol: MachineFonts) -> None:
    """Fandol declares an em box that cuts through its characters' feet."""
    face = fandol.first(FontRole.FANGSONG)
    with TTFont(face.path) as font:
        set_of_glyphs = font.getGlyphSet()
        pen = BoundsPen(set_of_glyphs)
        set_of_glyphs[font.getBestCmap()[ord("圆")]].draw(pen)
        assert pen.bounds is not None
        _, bottom, _, top = pen.bounds
    subset = face.subset(glyphs(face, "圆"))
    assert subset.descent <= bottom
    assert subset.ascent >= top
    assert subset.ascent - subset.descent == 1000


def test_a_cff_subset_holds_the_glyphs_and_notdef_and_code_is_cid(fandol: MachineFonts) -> None:
    face = fandol.first(FontRole.FANGSONG)
    wanted = glyphs(face, "科学技术")
    subset = face.subset(wanted)
    font = CFFFontSet()
    font.decompile(io.BytesIO(subset.data), None)
    top = font.topDictIndex[0]
    assert subset.cff
    assert top.charset == [".notdef", "cid00001", "cid00002", "cid00003", "cid00004"]
    assert sorted(subset.cids[glyph] for glyph in wanted) == [1, 2, 3, 4]


def test_a_truetype_subset_holds_no_more_than_a_pdf_needs(tmp_path: Path) -> None:
    face = opened(make_font(tmp_path / "f.ttf", chars="国一二三A "))
    subset = face.subset(glyphs(face, "国A"))
    with TTFont(io.BytesIO(subset.data)) as font:
        assert font["maxp"].numGlyphs == 3
        assert "name" not in font
        assert "cmap" not in font
    assert not subset.cff


def test_equal_glyphs_give_equal_bytes(fandol: MachineFonts, fandol_folder: Path) -> None:
    face = fandol.first(FontRole.KAITI)
    again = opened(fandol_folder / "FandolKai-Regular.otf")
    face.subset(glyphs(face, "别的"))
    assert face.subset(glyphs(face, "科学")) == again.subset(glyphs(again, "学科"))


def test_a_font_whose_outlines_are_gone_cannot_be_subset(tmp_path: Path) -> None:
    path = make_font(tmp_path / "f.otf", cff=True, chars="国A")
    with TTFont(path) as font:
        offset, length = font.reader.tables["CFF "].offset, font.reader.tables["CFF "].length
    face = opened(path)
    wanted = frozenset({1})
    data = bytearray(path.read_bytes())
    data[offset : offset + length] = b"\xff" * length
    (tmp_path / "broken.otf").write_bytes(data)
    broken = opened(tmp_path / "broken.otf")
    assert face.subset(wanted).data
    with pytest.raises(FontError) as error:
        broken.subset(wanted)
    assert [problem.code for problem in error.value.problems] == ["KD503"]


def test_a_prepared_face_gives_the_same_subset(monkeypatch: pytest.MonkeyPatch, fandol_folder: Path) -> None:
    """A face that serves a whole batch decodes its outlines once; nobody must see it in a file."""
    (fresh,) = open_faces(fandol_folder / "FandolFang-Regular.otf")
    glyphs = frozenset(glyph for char in "科技工作者之家2025年" if (glyph := fresh.glyph(char)))
    first = fresh.subset(glyphs)
    monkeypatch.setattr("kexie_docs.fonts.harfbuzz_face._PREPARING", 0.0)
    assert fresh.subset(glyphs) == first
