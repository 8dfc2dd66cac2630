"""Glyphs as they stand beside others: what a font prints otherwise behind Latin, in Chinese, or joined.

Noto has such forms: digits of another width behind a Latin letter, — of one em in Chinese, —— and fi as one
glyph. Fandol and the fonts of offices have none. LibreOffice shapes a text in stretches of one script, found
as Unicode's sample code finds them (vcl/source/gdi/scrptrun.cxx): what has no script belongs to what stands
before it, a closing bracket to what its opening one belongs to. The language is that of the portion.
"""

from collections.abc import Container, Iterator
from string import ascii_letters

from kexie_docs.fonts.face import Form
from kexie_docs.layout.measure import DOTS_PER_TWIP, Glyph
from kexie_docs.text.characters import Script, script_ends
from kexie_docs.text.line_break import steered
from kexie_docs.units import TWIPS_PER_PT

_PAIRS = {char: index for index, char in enumerate("()<>[]{}«»‘’“”‹›〈〉《》「」『』【】〔〕〖〗〘〙〚〛")}
_ASKED = frozenset(f"—{ascii_letters}")
"""A text without these has no form but the usual."""
_JOINABLE = ("———", "——", "ffi", "ffl", "ff", "fi", "fl")


def latin_stretches(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches (start, stop) of ``text`` whose script is Latin, marks and digits among them."""
    latin: bool | None = None
    start = 0
    opened: list[tuple[int, bool | None]] = []
    for index, char in enumerate(text):
        here: bool | None
        if (pair := _PAIRS.get(char)) is not None:
            if not pair % 2:
                opened.append((pair, latin))
                continue
            while opened and opened[-1][0] != pair - 1:
                opened.pop()
            here = opened.pop()[1] if opened else None
        else:
            here = _is_latin(char)
        if here is None:
            continue
        if latin is None:
            # What the text begins with belongs to its first letter.
            opened = [(pair, here) for pair, _ in opened]
        elif latin and not here:
            yield start, index
        elif here and not latin:
            start = index
        latin = here
    if latin:
        yield start, len(text)


def _is_latin(char: str) -> bool | None:
    """Return whether a letter is Latin; None for what is none, and so of no script."""
    if char.isalpha() and char != "µ":
        return char < "\u0370" or "Ａ" <= char <= "ｚ"
    if "Ⅰ" <= char <= "ↈ":
        return True
    return False if char == "〇" else None


def _joinable(text: str) -> Iterator[tuple[int, int]]:
    """Yield the stretches (start, stop) of ``text`` that a font may print as one glyph, the longest first."""
    if "——" not in text and "ff" not in text and "fi" not in text and "fl" not in text:
        return
    index = 0
    while index < len(text):
        found = next((one for one in _JOINABLE if text.startswith(one, index)), "")
        if found:
            yield index, index + len(found)
        index += len(found) or 1


def in_context(
    text: str, glyphs: list[Glyph], size: float, spacing: int, ends: Container[int]
) -> list[Glyph]:
    """Return the glyphs of a paragraph's text with those changed that its faces print otherwise there.

    Args:
        text: of the paragraph.
        glyphs: one for each character, each by itself.
        size: of the type in points.
        spacing: letter spacing in twips.
        ends: offsets at which a portion ends besides the ends of scripts.
    """
    # A style's own face answers for all: what others lend it are rare characters, which have no such forms.
    if not glyphs or not glyphs[0].face.forms or _ASKED.isdisjoint(text):
        return glyphs
    em = round(size * TWIPS_PER_PT) * DOTS_PER_TWIP
    made = list(glyphs)

    def dots(advance: int, glyph: Glyph) -> int:
        return int(advance * em / glyph.face.units_per_em + 0.5)

    def change(index: int, form: Form | None) -> None:
        if form is not None:
            glyph = made[index]
            wider = dots(form.advance, glyph) - dots(glyph.face.advance(glyph.glyph), glyph)
            made[index] = Glyph(glyph.face, form.glyph, glyph.dots + wider)

    for start, stop in latin_stretches(text):
        for index in range(start, stop):
            change(index, glyphs[index].face.forms.latin.get(text[index]))
    if "—" in text:
        led = {index for start, stop, _ in steered(text) for index in range(start, stop)}
        start = 0
        for stop, script in script_ends(text):
            if script is Script.ASIAN:
                for index in range(start, stop):
                    if text[index] == "—" and index not in led:
                        change(index, glyphs[index].face.forms.chinese.get("—"))
            start = stop
    for start, stop in _joinable(text):
        glyph = glyphs[start]
        joined = glyph.face.forms.joined.get(text[start:stop])
        if joined is None or any(index in ends for index in range(start + 1, stop)):
            continue
        # One glyph has no letter spacing inside. Its characters are printed by themselves, side by side.
        whole = dots(joined, glyph) - spacing * DOTS_PER_TWIP * (stop - start - 1)
        for index in range(start, stop):
            share = whole // (stop - index)
            whole -= share
            made[index] = Glyph(glyphs[index].face, glyphs[index].glyph, share)
    return made
