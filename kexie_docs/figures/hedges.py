"""The hedges of figures as a table: where each stands, and how rounding keeps it true."""

from collections.abc import Mapping
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_EVEN, Decimal
from enum import StrEnum
from functools import cache

from kexie_docs.frozen import dataclass


class Position(StrEnum):
    """Where a hedge stands."""

    BEFORE = "before"  # 超300场
    INSIDE = "inside"  # 300余场, 80余万元, 5万余人次
    AFTER = "after"  # 300场以上


@dataclass(frozen=True, slots=True)
class Hedge:
    """One hedge.

    Attributes:
        word: as printed.
        position: where it stands.
        rounding: one of decimal's rounding modes, in whose direction the printed number may differ
            from the exact one.
        strict: whether it is false of the very number: 300余 and 超300 say more than 300, 近300 fewer.
    """

    word: str
    position: Position
    rounding: str
    strict: bool

    def holds(self, printed: Decimal, exact: Decimal) -> bool:
        """Return whether the printed number with this hedge is true of the exact value."""
        if self.strict and printed == exact:
            return False
        if self.rounding == ROUND_FLOOR:
            return printed <= exact
        if self.rounding == ROUND_CEILING:
            return printed >= exact
        return abs(printed - exact) * 10 <= abs(exact)


# 以上, 以下 and 以内 take in the number itself (民法典 1259); who says 突破 has reached it.
_STRICT = frozenset("余 多 近 将近 接近 超 超过 逾 高于 多于 不足 不到 低于 少于".split())  # noqa: SIM905 - easier to read
_TABLE = (
    ("余", Position.INSIDE, ROUND_FLOOR),
    ("多", Position.INSIDE, ROUND_FLOOR),
    ("近", Position.BEFORE, ROUND_CEILING),
    ("将近", Position.BEFORE, ROUND_CEILING),
    ("接近", Position.BEFORE, ROUND_CEILING),
    ("超", Position.BEFORE, ROUND_FLOOR),
    ("超过", Position.BEFORE, ROUND_FLOOR),
    ("突破", Position.BEFORE, ROUND_FLOOR),
    ("逾", Position.BEFORE, ROUND_FLOOR),
    ("高于", Position.BEFORE, ROUND_FLOOR),
    ("多于", Position.BEFORE, ROUND_FLOOR),
    ("不少于", Position.BEFORE, ROUND_FLOOR),
    ("不低于", Position.BEFORE, ROUND_FLOOR),
    ("至少", Position.BEFORE, ROUND_FLOOR),
    ("不足", Position.BEFORE, ROUND_CEILING),
    ("不到", Position.BEFORE, ROUND_CEILING),
    ("低于", Position.BEFORE, ROUND_CEILING),
    ("少于", Position.BEFORE, ROUND_CEILING),
    ("不超过", Position.BEFORE, ROUND_CEILING),
    ("不多于", Position.BEFORE, ROUND_CEILING),
    ("至多", Position.BEFORE, ROUND_CEILING),
    ("约", Position.BEFORE, ROUND_HALF_EVEN),
    ("大约", Position.BEFORE, ROUND_HALF_EVEN),
    ("以上", Position.AFTER, ROUND_FLOOR),
    ("以下", Position.AFTER, ROUND_CEILING),
    ("以内", Position.AFTER, ROUND_CEILING),
    ("左右", Position.AFTER, ROUND_HALF_EVEN),
    ("上下", Position.AFTER, ROUND_HALF_EVEN),
)

HEDGES: Mapping[str, Hedge] = {
    word: Hedge(word, position, rounding, word in _STRICT) for word, position, rounding in _TABLE
}
"""Every hedge by its word."""


@cache
def words(position: Position) -> tuple[str, ...]:
    """Return the hedges that stand in one position, longest first, as a reader must try them."""
    found = (hedge.word for hedge in HEDGES.values() if hedge.position is position)
    return tuple(sorted(found, key=len, reverse=True))
