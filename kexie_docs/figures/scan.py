"""Figures found in running text, and the numerals there that are none: names, dates, phones, numbering."""

import re
from collections.abc import Iterator

from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.found import Found, FoundKind
from kexie_docs.figures.parse import parse
from kexie_docs.figures.scan_rules import rules
from kexie_docs.figures.spelling import half_width, oddities
from kexie_docs.figures.value import Quantity

__all__ = ["Found", "FoundKind", "figures_in", "scan"]

# A text without any of these holds nothing to find.
_ANY = re.compile("[0-9０-９零〇一二两三四五六七八九十百千万亿首①-⑳多各几数唯]|[历新最][年史高低多好佳]")

# Too long for a figure or a name, and the patterns would go over such a run from each of its characters.
_TOO_LONG = re.compile("[0-9零〇一二两三四五六七八九十百千万亿]{101,}|[0-9A-Za-z,.+*/×\\-]{301,}")


def scan(text: str) -> Iterator[Found]:
    """Yield every figure of a text, and every other numeral that is recognised, in order.

    Idioms (千家万户, 进一步) and words that only hold a numeral (一个, 每一项) are passed over.
    """
    # One character for each: offsets stay.
    plain = _TOO_LONG.sub(lambda run: "\ufffc" * len(run[0]), half_width(text))
    if _ANY.search(plain) is None:
        return
    taken = bytearray(len(plain))
    found: list[Found] = []
    for rule in rules():
        position = 0
        while (match := rule.pattern.search(plain, position)) is not None:
            start, end = match.span()
            if "x" in rule.pattern.groupindex and match["x"] is not None:
                start, end = match.span("x")
            if start == end or any(taken[start:end]) or (rule.holds is not None and not rule.holds(match)):
                position = match.start() + 1
                continue
            position = max(end, match.start() + 1)
            taken[start:end] = b"\1" * (end - start)
            if rule.kind is not None:
                found.append(_found(rule.kind, text[start:end], start, end))
    yield from sorted(found, key=lambda one: one.start)


def figures_in(text: str) -> Iterator[Found]:
    """Yield the figures of a text only."""
    return (found for found in scan(text) if found.kind is FoundKind.FIGURE)


def _found(kind: FoundKind, surface: str, start: int, end: int) -> Found:
    if kind is not FoundKind.FIGURE:
        return Found(start=start, end=end, surface=surface, kind=kind)
    quantity: Quantity | None = None
    problem: QuantityError | None = None
    try:
        quantity = parse(surface)
    except QuantityError as error:
        problem = error
    return Found(
        start=start,
        end=end,
        surface=surface,
        kind=kind,
        quantity=quantity,
        error=problem,
        oddities=oddities(surface),
    )
