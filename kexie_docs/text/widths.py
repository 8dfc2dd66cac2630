"""Nominal widths in 字, for decisions that must come out the same with any font."""

from unicodedata import east_asian_width

HAN_LATIN_GAP = 0.2
"""Space that word processors add between a Han character and a letter or digit."""


def char_width(char: str) -> float:
    """Return 1 for Han characters and full-width marks (ambiguous ones such as “ … — too), else 0.5."""
    return 1.0 if east_asian_width(char) in "WFA" else 0.5


def text_width(text: str) -> float:
    """Return the nominal width of one line of text in 字, with the gaps between Han and letters or digits."""
    width = 0.0
    before: bool | None = None  # the character before: Han (True), a letter or digit (False), anything else
    for char in text:
        width += char_width(char)
        now = char_width(char) == 1.0 if char.isalnum() else None
        if before is not None and now is not None and before != now:
            width += HAN_LATIN_GAP
        before = now
    return width
