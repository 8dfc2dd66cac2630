"""How digits are typed: full-width ones and thousand separators, folded for reading, told to a checker."""

import re
from enum import StrEnum

_FULL_WIDTH = str.maketrans("０１２３４５６７８９．％", "0123456789.%")
_ANY_FULL_WIDTH = re.compile("[０-９．％]")
# Groups of three after one to three digits; GB/T 15835 5.2.3 has no comma, and wants four digits unparted.
_SEPARATED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])", re.ASCII)


class Oddity(StrEnum):
    """A way of typing digits that is read and never printed."""

    FULL_WIDTH = "full-width"  # １２场
    SEPARATORS = "separators"  # 1,234人


def folded(text: str) -> str:
    """Return the text with full-width digits in ASCII and without thousand separators."""
    return _SEPARATED.sub(lambda match: match[0].replace(",", ""), half_width(text))


def half_width(text: str) -> str:
    """Return the text with full-width digits, points and percent signs in ASCII, character for character."""
    return text.translate(_FULL_WIDTH)


def oddities(text: str) -> tuple[Oddity, ...]:
    """Return what is odd in the typing of a figure: `１,２３４人` is full-width and has separators."""
    found = [Oddity.FULL_WIDTH] if _ANY_FULL_WIDTH.search(text) else []
    if _SEPARATED.search(half_width(text)):
        found.append(Oddity.SEPARATORS)
    return tuple(found)
