"""Did you mean: the known name that is most like another one."""

from collections.abc import Iterable
from difflib import SequenceMatcher
from itertools import islice

_CANDIDATES = 200
"""Names that are looked at closely; an input may hold thousands, and comparing is slow."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """Return the known name that ``name`` was probably meant to be, or None.

    Half of the characters have to agree: Chinese names are short, 标提 is meant to be 标题.
    """
    characters = set(name)
    candidates = islice((other for other in known if not characters.isdisjoint(other)), _CANDIDATES)
    matcher = SequenceMatcher(b=name[:_CANDIDATES])
    best: tuple[float, str] | None = None
    for other in candidates:
        matcher.set_seq1(other)
        least = 0.5 if best is None else best[0]
        if matcher.quick_ratio() < least:
            continue
        ratio = matcher.ratio()
        if ratio > least or (best is None and ratio == least):
            best = (ratio, other)
    return None if best is None else best[1]
