"""Page numbers: — 1 — outside the type area, on the right of odd and the left of even pages (7.5)."""

from kexie_docs.layout.inline import zi_width
from kexie_docs.layout.measure import DOTS_PER_TWIP, Typefaces
from kexie_docs.layout.pages import GlyphRun, Line
from kexie_docs.style.sheet import Style
from kexie_docs.units import TWIPS_PER_PT

PAGE_NUMBER = "page_number"
"""Style name of the line."""

_BODY = "body"
_BLACK = "000000"


def page_number_line(number: int, sheet: Style, typefaces: Typefaces) -> Line:
    """Return the line of one page number; its dashes stand at mid-height of the line.

    Raises:
        FontError: no font has one of its characters.
    """
    style = sheet.page_number
    text = style.form.format(n=number)
    glyphs = typefaces.get(style.font, style.size).glyphs(text)
    positions = [0.0]
    for glyph in glyphs:
        positions.append(positions[-1] + glyph.dots / DOTS_PER_TWIP)
    indent = round(style.indent * zi_width(sheet.paragraphs[_BODY]))
    page = sheet.page
    x = page.left + indent if number % 2 == 0 else page.width - page.right - indent - positions[-1]
    middle = page.height - page.bottom + style.below
    em = style.size * TWIPS_PER_PT
    # The dash is drawn at the middle of the em box.
    baseline = middle + (glyphs[0].face.ascent - 0.5) * em
    runs: list[GlyphRun] = []
    first = 0
    while first < len(glyphs):
        face = glyphs[first].face
        stop = first + 1
        while stop < len(glyphs) and glyphs[stop].face is face:
            stop += 1
        runs.append(
            GlyphRun(
                x=x + positions[first],
                y=baseline,
                face=face,
                size=style.size,
                color=_BLACK,
                glyphs=tuple(glyph.glyph for glyph in glyphs[first:stop]),
                positions=tuple(place - positions[first] for place in positions[first:stop]),
                text=text[first:stop],
                end=x + positions[stop],
            )
        )
        first = stop
    return Line(
        top=middle - style.line_pitch / 2,
        height=style.line_pitch,
        baseline=baseline,
        runs=tuple(runs),
        text=text,
        style=PAGE_NUMBER,
        block=-1,
    )
