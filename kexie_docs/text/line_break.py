"""Where a line may break: the forbidden lists for Han text, Unicode's line breaking for Latin text.

No kept library fits: uniseg implements a later UAX #14, in which what LibreOffice changes cannot be changed
back, over the whole text at once, and costs 33 ms to import. The rules here are those that LibreOffice 7.4
applies (measured through its break iterator over 4,000 random strings; docs/notes/line-breaking.md).
"""

import re
from collections.abc import Iterator
from itertools import product

from kexie_docs.text.characters import Script, is_letter_or_digit, script_ends
from kexie_docs.text.line_break_classes import line_break_class


def _pairs(*groups: tuple[str, str]) -> frozenset[tuple[str, str]]:
    def expand() -> Iterator[tuple[str, str]]:
        for before, after in groups:
            yield from product(before.split(), after.split())

    return frozenset(expand())


# Pairs of classes between which a line never breaks (UAX #14, rules LB22 to LB30 in their 5.0 wording).
_TOGETHER = _pairs(
    ("AL HL DG ID IN NU", "IN"),  # LB22
    ("ID", "PO DG"),  # LB23
    ("AL HL DG", "NU"),
    ("NU", "AL HL DG"),
    ("PR", "ID AL HL DG"),  # LB24
    ("AL DG", "PR"),
    ("PO DG", "AL HL DG"),
    ("PR PO DG", "NU"),  # LB25
    ("NU", "NU PR PO DG"),
    ("JL", "JL JV H2 H3"),  # LB26
    ("JV H2", "JV JT"),
    ("JT H3", "JT"),
    ("JL JV JT H2 H3", "IN PO DG"),  # LB27
    ("PR", "JL JV JT H2 H3"),
    ("AL HL DG", "AL HL DG"),  # LB28
    ("IS", "AL DG NU"),  # LB29
    ("AL HL DG NU", "OP"),  # LB30
    ("CL CP", "AL HL DG NU"),
)


def breaks_before(text: str, index: int) -> bool:
    """Return whether Latin rules let a line begin at ``index``; always at the text's ends."""
    if index <= 0 or index >= len(text):
        return True
    after = line_break_class(text[index])
    last = index - 1
    before = line_break_class(text[last])
    if after in ("SP", "ZW", "BK", "CR", "LF", "NL"):  # LB6, LB7
        return False
    if before in ("BK", "CR", "LF", "NL", "ZW"):  # LB4, LB5, LB8
        return True
    while before == "CM" and last > 0:  # LB9: a combining mark is as its base
        last -= 1
        before = line_break_class(text[last])
    if before == "CM" or (before == "SP" and last != index - 1):  # LB10: without a base it is a letter
        before = "AL"
    if after == "CM":
        if before != "SP":
            return False
        after = "AL"
    if "WJ" in (before, after):  # LB11
        return False
    if before == "GL" or (after == "GL" and before != "SP"):  # LB12
        return False
    if after in ("CL", "CP", "EX", "IS", "SY"):  # LB13, also after spaces
        return False
    base = last
    while base > 0 and line_break_class(text[base]) == "SP":
        base -= 1
    behind = line_break_class(text[base])
    if behind == "OP":  # LB14
        return False
    if behind in ("CL", "CP") and after == "NS":  # LB16
        return False
    if behind == "B2" and after == "B2":  # LB17
        return False
    if before == "SP":  # LB18
        return True
    if "QU" in (before, after):  # LB19; LB15 is left out
        return False
    if "CB" in (before, after):  # LB20
        return True
    if after in ("BA", "HY", "NS") or before == "BB":  # LB21
        return False
    if before in ("HY", "BA") and last > 0 and line_break_class(text[last - 1]) == "HL":  # LB21a
        return False
    if (before, after) in _TOGETHER:
        return False
    return not _within_number(text, last, before, after)


def _within_number(text: str, last: int, before: str, after: str) -> bool:
    """LB25: (PR | PO)? OP? NU (NU | SY | IS)* CL? (PR | PO)? holds together; its pairs are tested before."""
    if before in ("PR", "PO", "DG") and after == "OP":
        return last + 2 < len(text) and line_break_class(text[last + 2]) == "NU"
    digit_after_slash = before == "SY" and after == "NU"
    if digit_after_slash or (after in ("PR", "PO", "DG") and before in ("SY", "IS", "CL", "CP")):
        if before in ("CL", "CP"):
            last -= 1
        while last >= 0 and line_break_class(text[last]) in ("SY", "IS"):
            last -= 1
        return last >= 0 and line_break_class(text[last]) == "NU"
    return False


# Marks whose own script's rules break them badly, and the rules that break them well.
# It is (…|—{2,}|[℃‰″％])+|·+, said so that a set of first characters is searched for: ten times as fast.
_STEERED = re.compile("[…—℃‰″％·](?:(?<=·)·*|(?:(?<=—)—+|(?<![—·]))(?:…|—{2,}|[℃‰″％])*)")
_BLANK = re.compile("[ \u3000\u2006]+")


def steered(text: str) -> Iterator[tuple[int, int, Script]]:
    """Yield the pieces of ``text`` (start, stop) that follow the rules of another script than their own.

    Han rules alone would split …… and —— over two lines and begin a line with …, ℃ or ％; Latin rules would
    begin one with ·. The Word file gives these marks the language whose rules hold, so that LibreOffice,
    which knows only lists of its own for Chinese, breaks as we do (GB/T 15834-2011 5.1).

    Blanks that are only to stand by themselves have the script WEAK: the first in each stretch of one script
    that begins with a letter right behind a letter of another. LibreOffice would lose text where a line
    begins with such a stretch and has to end at the blank (docs/notes/line-breaking.md).
    """
    marks = (
        (one.start(), one.end(), Script.ASIAN if text[one.start()] == "·" else Script.LATIN)
        for one in _STEERED.finditer(text)
    )
    if _BLANK.search(text) is None:
        return marks
    return iter(sorted([*marks, *_lone_blanks(text)]))


def _lone_blanks(text: str) -> Iterator[tuple[int, int, Script]]:
    start = 0
    for stop, _ in script_ends(text):
        letters = start > 0 and is_letter_or_digit(text[start - 1]) and is_letter_or_digit(text[start])
        if letters and (found := _BLANK.search(text, start, stop)) is not None:
            yield found.start(), found.end(), Script.WEAK
        start = stop


# What LibreOffice 7.4 forbids in Chinese (i18npool's zh_CN.xml). It does not read a Word file's own lists.
_FORBIDDEN_START = frozenset(
    ":!),.:;?]}¢'\"、。〉》」』】〕〗〞︰︱︳﹐､﹒﹔﹕﹖﹗﹚﹜﹞！），．：；？｜｝︴︶︸︺︼︾﹀﹂﹄﹏～￠々‖•·ˇˉ―-′’”"
)
_FORBIDDEN_END = frozenset("([{£¥'\"‵〈《「『【〔〖（［｛￡￥〝︵︷︹︻︽︿﹁﹃﹙﹛﹝“‘")


def enforceable(not_at_start: str, not_at_end: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return what of a style's prohibitions every word processor keeps, so that our lines are theirs too."""
    return _FORBIDDEN_START & frozenset(not_at_start), _FORBIDDEN_END & frozenset(not_at_end)


_LONG_PATH = 66
"""How far a break behind a slash looks back for a space to break at instead, in characters."""

_SPACES = frozenset(
    " \t\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2008\u2009\u200a\u2028\u2029\u205f\u3000"
)


def latin_break(text: str, cut: int, floor: int = 0) -> int:
    """Return the last place up to ``cut`` where Latin rules let a line begin; 0 when there is none.

    Places before ``floor`` are of no use: when there is no other, any of them is returned.

    A line does not break behind a slash while a space stands less than 66 characters before it, so that paths
    and addresses hold together.
    """
    if breaks_before(text, cut) and not (cut and text[cut - 1] == "/"):
        return cut
    place = cut - 1
    while place > 0 and place >= floor and not breaks_before(text, place):
        place -= 1
    if place > 0 and text[place - 1] == "/":
        for space in range(place - 2, max(-1, place - 1 - _LONG_PATH), -1):
            if text[space] in _SPACES:
                return space + 1
    return max(place, 0)


def asian_break(
    text: str, cut: int, not_at_start: frozenset[str], not_at_end: frozenset[str], floor: int = 0
) -> int:
    """Return the last place up to ``cut`` where Han rules let a line begin; 0 when there is none.

    Places before ``floor`` are of no use: when there is no other, any of them is returned. A line may break
    between any two characters but before those of ``not_at_start`` and behind those of ``not_at_end``: what
    may not begin a line takes the character before it along.
    """
    while 0 < cut < len(text) and cut >= floor and (text[cut] in not_at_start or text[cut - 1] in not_at_end):
        cut -= 1
    return cut
