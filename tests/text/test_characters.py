"""Scripts and letters, as word processors see them."""

import pytest

from kexie_docs.text.characters import Script, is_letter_or_digit, script_ends, script_of


@pytest.mark.parametrize(
    ("chars", "script"),
    [
        ("abcé0·°×", Script.LATIN),
        ("中、，（《㎡ァ％", Script.ASIAN),
        ("“”…—①℃→ \u00a0", Script.WEAK),
        ("\u05d0\u0e01", Script.COMPLEX),
        ("𠀀", Script.ASIAN),
        ("😀", Script.WEAK),
    ],
)
def test_each_character_has_its_script(chars: str, script: Script) -> None:
    assert {char: script_of(char) for char in chars} == dict.fromkeys(chars, script)


def test_a_weak_character_belongs_to_what_stands_before_it() -> None:
    assert script_ends("中“AI”好…5①") == [
        (2, Script.ASIAN),
        (5, Script.LATIN),
        (7, Script.ASIAN),
        (9, Script.LATIN),
    ]


def test_weak_characters_at_the_beginning_are_latin() -> None:
    assert script_ends("“五个聚焦”") == [(1, Script.LATIN), (6, Script.ASIAN)]
    assert script_ends("……") == [(2, Script.LATIN)]


def test_an_empty_text_has_no_stretch() -> None:
    assert script_ends("") == []


def test_han_and_circled_numbers_are_letters_and_marks_are_not() -> None:
    assert all(map(is_letter_or_digit, "中a9①é"))
    assert not any(map(is_letter_or_digit, "，%“㎡-+ "))
