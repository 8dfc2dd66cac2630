"""What a font prints otherwise beside other text, and where that is."""

import pytest

from kexie_docs.fonts.face import Form, Forms
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.contextual import in_context, latin_stretches
from kexie_docs.layout.measure import Glyph
from kexie_docs.style.sheet import FontRole
from tests.layout.fakes import FakeFace

NOTO = Forms(
    latin={"5": Form(905, 550)},
    chinese={"—": Form(914, 1000)},
    joined={"——": 1700, "fi": 900},
)


@pytest.mark.parametrize(
    ("text", "stretches"),
    [
        ("全年25场", []),
        ("AI+2025年", ["AI+2025"]),
        ("5G，25场", ["5G，25"]),
        ("25场AI25", ["AI25"]),
        # A closing bracket belongs to what its opening one belongs to; （ is no bracket here.
        ("市(AI)25", ["AI"]),
        ("市“PM2.5”25", ["PM2.5"]),
        ("市（AI）25", ["AI）25"]),
        ("(AI)25", ["(AI)25"]),
        ("AI(市)25", ["AI(", ")25"]),
        ("〇A1", ["A1"]),
    ],
)
def test_digits_and_marks_behind_a_latin_letter_are_latin(text: str, stretches: list[str]) -> None:
    assert [text[start:stop] for start, stop in latin_stretches(text)] == stretches


def _advances(text: str, forms: Forms, *, spacing: int = 0, ends: tuple[int, ...] = ()) -> list[int]:
    face = FakeFace("Noto", forms=forms)
    glyphs = [Glyph(face, ord(char), face.advance(ord(char)) * 6) for char in text]
    # 50 pt are 1000 twips: a thousandth of an em is a twip, of six dots.
    return [glyph.dots // 6 for glyph in in_context(text, glyphs, 50.0, spacing, ends)]


def test_a_digit_behind_a_latin_letter_has_its_other_width() -> None:
    assert _advances("市5A5", NOTO) == [1000, 500, 500, 550]


def test_a_dash_between_han_characters_is_an_em_wide_and_one_between_digits_is_not() -> None:
    narrow = Forms({}, {"—": Form(914, 1200)}, {})
    assert _advances("市—市5—5", narrow) == [1000, 1200, 1000, 500, 1000, 500]


def test_what_is_joined_shares_its_width_and_gives_back_the_letter_spacing_inside() -> None:
    assert _advances("市——市", NOTO, spacing=-10) == [1000, 855, 855, 1000]


def test_nothing_is_joined_across_a_portions_end() -> None:
    assert _advances("市——市", NOTO, ends=(2,)) == [1000] * 4


def test_a_face_without_such_forms_changes_nothing() -> None:
    assert _advances("市——市A5fi", Forms({}, {}, {})) == [1000, 1000, 1000, 1000, 500, 500, 500, 500]


def test_noto_has_such_forms_and_fandol_has_none(packaged: MachineFonts, fandol: MachineFonts) -> None:
    noto = packaged.first(FontRole.FANGSONG).forms
    assert {"0", "9", "…"} <= noto.latin.keys()
    assert noto.chinese["—"].advance == 1000
    assert {"——", "fi"} <= noto.joined.keys()
    assert not fandol.first(FontRole.FANGSONG).forms
