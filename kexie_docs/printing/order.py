"""What is asked of a printer: title, copies, sides, paper; nothing in it acts as an option or a command."""

from typing import Literal, TypeAlias

from kexie_docs.frozen import dataclass

Duplex: TypeAlias = Literal["long", "short", "off"]
DUPLEX: tuple[Duplex, ...] = ("long", "short", "off")

MOST_COPIES = 999

_SIDES = {"long": "two-sided-long-edge", "short": "two-sided-short-edge", "off": "one-sided"}
_TITLE_CHARACTERS = 100


@dataclass(frozen=True, slots=True)
class Order:
    """One print job.

    Attributes:
        title: name of the job in the queue: printable, short, never like an option.
        copies: how many.
        duplex: which edge the sheets turn on; ``off`` for one side.
        media: ``A4``, or ``A3`` for a booklet.
    """

    title: str
    copies: int
    duplex: Duplex
    media: Literal["A4", "A3"]

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The job's options by CUPS's names; pages are never scaled, so that millimetres stay millimetres."""
        return (
            ("media", self.media),
            ("sides", _SIDES[self.duplex]),
            ("collate", "true"),
            ("print-scaling", "none"),
        )


def order(name: str, *, copies: int, duplex: Duplex | None, booklet: bool) -> Order:
    """Return the order for a file.

    Args:
        name: of the file.
        copies: how many, from 1 to `MOST_COPIES`.
        duplex: None for the usual: the long edge, and the short one for a booklet.
        booklet: whether it is printed as A3 sheets that are folded.
    """
    title = "".join(char for char in name if char.isprintable()).strip().lstrip("-") or "kexie-docs"
    return Order(
        title[:_TITLE_CHARACTERS],
        copies,
        duplex or ("short" if booklet else "long"),
        "A3" if booklet else "A4",
    )
