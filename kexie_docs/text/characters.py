"""Script of a character and of each stretch of a text, as word processors assign fonts and rules by it.

The classes are those that LibreOffice 7.4 gives (read from its break iterator for every character of the BMP;
docs/notes/line-breaking.md): they decide where a text is cut into portions, and so what it measures.
"""

from bisect import bisect_right
from enum import IntEnum
from functools import lru_cache
from unicodedata import category


class Script(IntEnum):
    """How a character is treated: its font, its line breaking, its justification."""

    LATIN = 1
    ASIAN = 2
    COMPLEX = 3
    WEAK = 4


# Start of each run and its script: L Latin, A Asian, X complex, W weak. Weak characters inside the blocks
# of complex scripts count as complex here, and 2D30-2DDF and A4D0-ABFF are taken whole.
_RUNS = """
0:W 3:L 20:W 21:L A0:W A1:L 2C7:W 2C8:L 2CA:W 2CC:L 2D9:W 2DA:L 300:W 370:L 590:X 10A0:L 1100:A 1200:X
13A0:L 1700:X 18B0:L 1900:X 1C80:L 1CC0:X 1D00:L 1DC0:W 1E00:L 2000:W 2071:L 2072:W 207F:L 2080:W 2090:L
209D:W 2126:L 2127:W 212A:L 212C:W 2132:L 2133:W 214E:L 214F:W 2800:L 2900:W 2C00:L 2CF4:W 2CF9:L 2D30:X
2DE0:L 2E00:W 2E80:A 2FE0:W 2FF0:A 4DC0:W 4E00:A A4D0:X A640:L A6A0:X A700:W A720:L A800:X A960:A A980:X
AB30:L AB5B:W AB5C:L AB6A:W AB70:L ABC0:X AC00:A D7FC:W F900:A FB00:L FB07:W FB13:L FB18:W FB1D:X FE00:W
FE2E:L FE30:A FE50:W FE70:X FF00:A FFF0:W 10000:X 1D000:W 1E000:X 1F000:W 20000:A 2F800:W 30000:A 3FFFE:W
"""

_SCRIPT_OF_LETTER = {"L": Script.LATIN, "A": Script.ASIAN, "X": Script.COMPLEX, "W": Script.WEAK}
_STARTS: tuple[int, ...]
_SCRIPTS: tuple[Script, ...]
_STARTS, _SCRIPTS = zip(
    *(
        (int(start, 16), _SCRIPT_OF_LETTER[letter])
        for start, letter in (run.split(":") for run in _RUNS.split())
    ),
    strict=True,
)


@lru_cache(maxsize=8192)
def script_of(char: str) -> Script:
    """Return the script of one character by itself."""
    return _SCRIPTS[bisect_right(_STARTS, ord(char)) - 1]


@lru_cache(maxsize=8192)
def is_letter_or_digit(char: str) -> bool:
    """Return whether the character counts as a letter or a number (Han, kana and ① do; marks do not)."""
    return char.isalnum() if char.isascii() else category(char)[0] in "LN"


def script_ends(text: str) -> list[tuple[int, Script]]:
    """Return the stretches of one script that make up ``text``: where each ends, and its script.

    A weak character belongs to what stands before it. Weak characters that begin the text are Latin, as in a
    word processor whose own language is; they end where the first other character stands.
    """
    ends: list[tuple[int, Script]] = []
    current = Script.LATIN
    for index, char in enumerate(text):
        script = script_of(char)
        if script is not current and script is not Script.WEAK:
            if index:
                ends.append((index, current))
            current = script
    if text:
        ends.append((len(text), current))
    return ends
