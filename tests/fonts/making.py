"""Small fonts made for a test: boxes of known size, under any name."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTCollection, TTFont
from fontTools.ttLib.tables.TupleVariation import TupleVariation


def make_font(
    path: Path,
    name: str = "Specimen",
    *,
    family: str | None = None,
    chars: str = "国一A ",
    same_glyph: Mapping[str, str] | None = None,
    blank: str = "",
    cff: bool = False,
    fs_type: int = 0,
    units: int = 1000,
    widths: Mapping[str, int] | None = None,
) -> Path:
    """Write a font whose glyphs are boxes, the n-th character's box n steps high, and return ``path``.

    Args:
        path: where to.
        name: PostScript name.
        family: family name; None takes ``name``.
        chars: characters it has.
        same_glyph: further characters that print the glyph of one of ``chars``.
        blank: those of ``chars`` whose glyph is empty (a blank is anyway).
        cff: name-keyed CFF outlines instead of TrueType ones.
        fs_type: OS/2 embedding bits.
        units: units per em.
        widths: advance of a character, where it is not one em.
    """
    names = [".notdef", *(f"uni{ord(char):04X}" for char in chars)]
    empty = set(blank) | {" "}
    heights = [500, *(0 if char in empty else 200 + 600 * n // len(chars) for n, char in enumerate(chars, 1))]
    advances = {glyph: units for glyph in names} | {
        f"uni{ord(char):04X}": width for char, width in (widths or {}).items()
    }
    builder = FontBuilder(units, isTTF=not cff)
    builder.setupGlyphOrder(names)
    cmap = {ord(char): f"uni{ord(char):04X}" for char in chars}
    cmap |= {ord(char): f"uni{ord(other):04X}" for char, other in (same_glyph or {}).items()}
    builder.setupCharacterMap(cmap)
    drawn = {}
    for glyph, height in zip(names, heights, strict=True):
        pen = T2CharStringPen(advances[glyph], None) if cff else TTGlyphPen(None)
        if height:
            box = [(units // 10, 0), (units // 10, height * units // 1000)]
            box += [(x + units // 2, y) for x, y in reversed(box)]
            pen.moveTo(box[0])
            for point in box[1:]:
                pen.lineTo(point)
            pen.closePath()
        drawn[glyph] = pen.getCharString() if cff else pen.glyph()
    if cff:
        builder.setupCFF(name, {"FullName": name}, drawn, {})
        builder.setupHorizontalMetrics({glyph: (advances[glyph], units // 10) for glyph in names})
    else:
        builder.setupGlyf(drawn)
        builder.setupHorizontalMetrics(
            {glyph: (advances[glyph], getattr(drawn[glyph], "xMin", 0)) for glyph in names}
        )
    builder.setupHorizontalHeader(ascent=units * 88 // 100, descent=-units * 12 // 100)
    builder.setupNameTable({"familyName": family or name, "styleName": "Regular", "psName": name})
    builder.setupOS2(sTypoAscender=units * 88 // 100, sTypoDescender=-units * 12 // 100, fsType=fs_type)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    path.parent.mkdir(parents=True, exist_ok=True)
    builder.save(path)
    return path


def make_variable(path: Path, source: Path) -> Path:
    """Write a variable font whose default is the TrueType font ``source``, and return ``path``."""
    with TTFont(source) as font:
        builder = FontBuilder(font=font)
        builder.setupFvar([("wght", 100, 400, 900, "Weight")], [])
        taller = [(0, 0), (0, 200), (0, 200), (0, 0)] + [(0, 0)] * 4
        glyphs = font.getGlyphOrder()[1:]
        builder.setupGvar({glyph: [TupleVariation({"wght": (0, 1, 1)}, taller)] for glyph in glyphs})
        font.save(path)
    return path


def make_collection(path: Path, members: Sequence[Path]) -> Path:
    """Write a .ttc of these fonts, and return ``path``."""
    collection = TTCollection()
    collection.fonts = [TTFont(member) for member in members]
    collection.save(path)
    return path
