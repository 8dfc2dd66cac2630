"""A quantity as a value: what was counted, and how it is written."""

from decimal import Decimal
from enum import StrEnum

from kexie_docs.frozen import dataclass


class Kind(StrEnum):
    """What sort of statement a figure is."""

    COUNT = "count"
    RATIO = "ratio"
    RANK = "rank"
    EDITION = "edition"
    TOP = "top"
    FIRST = "first"
    RECORD = "record"
    RANGE = "range"
    PROPORTION = "proportion"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A figure.

    Attributes:
        kind: what sort of statement it is.
        value: exact value in the base unit (7410000 for 741万元); None for a record, which has no number,
            and for a range or proportion, which has two (`ends`).
        unit: base unit as printed (元, 人次, %); "" for none.
        hedge: 余 多 近 超 超过 突破 约 … (`figures.hedges`); "" for none.
        scale: 1, 10_000 (万), 100_000_000 (亿) or both, as printed.
        hans: whether it is printed in Chinese numerals.
        scope: what a rank or claim is about (全省), or the currency before a sum (人民币); "" for none.
        form: words that belong to the kind (历年新高, — in 5—6场, 分之 in 三分之一), or the numerals where
            they are not the usual ones for the value (一万 in 近一万名); "" for none.
        stated: whether a hedged value is the number as somebody wrote it (300 of 300余场). Otherwise it is
            the exact one, and printing rounds it so that the hedge is true (312 with 余 is 300余场).
        late_hedge: whether 余 or 多 follows 万 although the number before it is a multiple of ten: 10万余
            is a little over 100,000, 10余万 anything up to 200,000.
        ends: both ends of a range, each as it is written (5 and 6场), or both terms of a proportion in the
            order of reading a fraction's value: 1 and 3 for 1:3 and for 三分之一; None otherwise.
    """

    kind: Kind = Kind.COUNT
    value: Decimal | None
    unit: str = ""
    hedge: str = ""
    scale: int = 1
    hans: bool = False
    scope: str = ""
    form: str = ""
    stated: bool = False
    late_hedge: bool = False
    ends: "tuple[Quantity, Quantity] | None" = None


SCALES: dict[str, int] = {"": 1, "万": 10_000, "亿": 10**8, "万亿": 10**12}
"""Scale words and what they stand for."""

RATIOS: dict[str, str] = {"%": "百分之", "‰": "千分之"}
"""Units of ratios, and the words that stand before their number in Chinese numerals."""
