"""What finding figures in running text yields."""

from enum import StrEnum

from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.spelling import Oddity
from kexie_docs.figures.value import Quantity
from kexie_docs.frozen import dataclass


class FoundKind(StrEnum):
    """What a numeral in running text is."""

    FIGURE = "figure"
    NAME = "name"  # “三抓三促”, 三级, 1+4+N, 5G
    DATE = "date"  # 2025年, 12月31日, 上午9时
    PHONE = "phone"
    ADDRESS = "address"  # 三号楼
    LICENCE = "licence"  # 陇ICP备…号
    DOCUMENT = "document"  # 〔2025〕12号
    NUMBERING = "numbering"  # 一、 （二） 3. 一是
    VAGUE = "vague"  # 多项, 一系列


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A figure or another numeral in a text.

    Attributes:
        start: offset of its first character.
        end: offset after its last character.
        surface: the characters as the text has them.
        kind: what it is; only FIGURE says something that a metric can say.
        quantity: the figure; None for every other kind, and where it cannot be read.
        error: why a figure cannot be read (105余场); None otherwise.
        oddities: what is odd in the typing of its digits.
    """

    start: int
    end: int
    surface: str
    kind: FoundKind
    quantity: Quantity | None = None
    error: QuantityError | None = None
    oddities: tuple[Oddity, ...] = ()
