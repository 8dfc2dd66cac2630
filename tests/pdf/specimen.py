"""Hand-made layouts: texts set on a fixed grid, so that the PDF writer is tested without the layout."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from kexie_docs.fonts.face import Face, FontSet
from kexie_docs.layout.pages import GlyphRun, Layout, Line, OutlineEntry, Page
from kexie_docs.style.sheet import FontRole
from kexie_docs.units import Twips, mm

WIDTH, HEIGHT = mm(210), mm(297)
LEFT, TOP = mm(28), mm(37)
PITCH = Twips(579)


def line(
    text: str,
    fonts: FontSet,
    *,
    top: float,
    role: FontRole = FontRole.FANGSONG,
    size: float = 16,
    color: str = "000000",
    extra: Sequence[float] = (-5,),
    x: float = LEFT,
) -> Line:
    """Return a line of ``text`` with ``extra`` twips, cycled, after each character."""
    baseline = top + 430
    found = [(char, fonts.find(role, char)) for char in text]
    runs: list[GlyphRun] = []
    count = 0
    for face, group in groupby(found, key=lambda pair: pair[1].face):
        items = list(group)
        positions: list[float] = []
        cursor = end = 0.0
        for _, one in items:
            positions.append(cursor)
            end = cursor + face.advance(one.glyph) * size * 20 / face.units_per_em
            cursor = end + extra[count % len(extra)]
            count += 1
        runs.append(
            GlyphRun(
                x=x,
                y=baseline,
                face=face,
                size=size,
                color=color,
                glyphs=tuple(one.glyph for _, one in items),
                positions=tuple(positions),
                text="".join(char for char, _ in items),
                end=x + end,
            )
        )
        x += cursor
    return Line(top=top, height=PITCH, baseline=baseline, runs=tuple(runs), text=text, style="body", block=0)


def one_glyph_line(face: Face, glyph: int, chars: str, *, top: float = TOP) -> Line:
    """Return a line that prints one glyph once for each of ``chars``."""
    run = GlyphRun(
        x=LEFT,
        y=top + 430,
        face=face,
        size=16,
        color="000000",
        glyphs=(glyph,) * len(chars),
        positions=tuple(index * 320.0 for index in range(len(chars))),
        text=chars,
        end=LEFT + len(chars) * 320.0,
    )
    return Line(top=top, height=PITCH, baseline=top + 430, runs=(run,), text=chars, style="body", block=0)


def pages(texts: Iterable[str], fonts: FontSet, *, per_page: int = 22, per_line: int = 28) -> Layout:
    """Return the texts cut into lines and pages, with page numbers."""
    pieces = [text[at : at + per_line] for text in texts for at in range(0, len(text), per_line)]
    result: list[Page] = []
    for start in range(0, len(pieces), per_page):
        number = len(result) + 1
        lines = tuple(
            line(piece, fonts, top=TOP + row * PITCH, extra=(-5, -4, -5))
            for row, piece in enumerate(pieces[start : start + per_page])
        )
        foot = line(f"— {number} —", fonts, top=mm(262), role=FontRole.SONGTI, size=14, extra=(0,))
        result.append(Page(number=number, lines=lines, page_number=foot))
    return layout(*result)


def layout(*given: Page | Line, outline: tuple[OutlineEntry, ...] = ()) -> Layout:
    """Return a layout of these pages; a line becomes a page of its own."""
    whole = tuple(
        item if isinstance(item, Page) else Page(number=number, lines=(item,), page_number=None)
        for number, item in enumerate(given, start=1)
    )
    return Layout(width=WIDTH, height=HEIGHT, pages=whole, outline=outline)
