"""Character spacing with which one character more stands in a line: 28 of 三号 in 156 mm (5.2.3)."""

from kexie_docs.units import TWIPS_PER_PT, Twips

_GIVES_UP = 0.02
"""Most that a character gives up of its own width. 三号 gives up 1.6 % where 28 of it stand in 156 mm."""

_SPARE = 20
"""Twips that a full line keeps free: at every end of a portion (a digit in the line, say) the last character
is not drawn together (docs/notes/line-breaking.md)."""


def filling(width: Twips, size: float) -> Twips:
    """Return the spacing after every character with which as many as can stand in a line do, 0 or less.

    As many stand in it as fit when each gives up at most 2 % of its size, and they give up no more than
    they must, in whole twips: 28 characters of 16 pt in 156 mm get -5 twips, 27 in 150 mm get -6. Where they
    fit as they are, as 28 characters of 15 pt do in 150 mm, there is none: what a line has left over,
    justified lines share out anyway.

    Args:
        width: of the line.
        size: of the type in points.
    """
    em = size * TWIPS_PER_PT
    room = width - _SPARE
    count = int(room / (em * (1 - _GIVES_UP)))
    return Twips(min(0, int(room // count - em))) if count else Twips(0)
