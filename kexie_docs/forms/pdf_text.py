"""Text set into the box of a PDF field: size, lines, glyphs; no PDF yet."""

from collections.abc import Iterator, Sequence

from kexie_docs.fonts.face import Face, FontSet
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import FontRole
from kexie_docs.text.characters import Script, script_of
from kexie_docs.text.line_break import asian_break, enforceable, latin_break

SMALLEST = 4.0
"""Points below which text in a form is no longer read."""

_LARGEST_AUTO, _MULTILINE_AUTO = 14.0, 12.0
_STEP = 0.5
_LINE = 1.2
_STARTS, _ENDS = enforceable("，。、；：！？）》”’】〕」』％℃,.;:!?)]}", "（《“‘【〔「『([{")


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character set: its face, glyph and advance in em."""

    char: str
    face: Face
    glyph: int
    advance: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line of glyphs and its place in the box, in points from the lower left corner."""

    glyphs: tuple[Glyph, ...]
    x: float
    y: float
    places: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class SetText:
    """A field's text as it is drawn.

    Attributes:
        size: of type, in points.
        lines: from the top; ``places`` of a line gives each glyph's own x where they stand in a comb.
    """

    size: float
    lines: tuple[Line, ...]


class DoesNotFitError(Exception):
    """The text does not fit the box at the smallest size."""


def set_text(
    paragraphs: Sequence[str],
    fonts: FontSet,
    role: FontRole,
    box: tuple[float, float],
    padding: float,
    *,
    size: float,
    multiline: bool,
    quadding: int,
    comb: int | None,
) -> SetText:
    """Return text set into a box.

    Args:
        paragraphs: texts, each of which begins a line.
        fonts: for the glyphs.
        role: typeface.
        box: width and height in points.
        padding: kept free on each side.
        size: of type in points; 0 finds one. It is reduced where the text would not fit.
        multiline: whether lines are broken.
        quadding: 0 left, 1 centred, 2 right.
        comb: number of cells, each for one character; None for none.

    Raises:
        DoesNotFitError: not even the smallest size fits.
        FontError: no font has a character.
    """
    width, height = box[0] - 2 * padding, box[1] - 2 * padding
    if not multiline:
        paragraphs = [" ".join(paragraphs)]
    glyphs = [tuple(_glyphs(text, fonts, role)) for text in paragraphs]
    if comb is not None:
        return _combed(glyphs[0], box, size, comb)
    if size <= 0:
        size = _MULTILINE_AUTO if multiline else min(_LARGEST_AUTO, max(SMALLEST, height / _LINE))
    while True:
        lines = [line for one in glyphs for line in (_broken(one, width / size) if multiline else [one])]
        step = size * _LINE
        high = size + step * (len(lines) - 1) <= height + 0.01 * size + (0 if multiline else padding * 2)
        if high and all(_width(line) * size <= width + 0.01 for line in lines):
            break
        if size <= SMALLEST:
            raise DoesNotFitError
        size = max(SMALLEST, size - _STEP)
    ascent = fonts.first(role).ascent
    top = height + padding if multiline else (box[1] + size) / 2
    placed = []
    for number, line in enumerate(lines):
        room = width - _width(line) * size
        x = padding + (0.0, room / 2, room)[quadding if quadding in (1, 2) else 0]
        placed.append(Line(line, x, top - size * ascent - number * step))
    return SetText(size, tuple(placed))


def _combed(glyphs: tuple[Glyph, ...], box: tuple[float, float], size: float, cells: int) -> SetText:
    cell = box[0] / cells
    widest = max((one.advance for one in glyphs), default=1.0)
    size = min(size if size > 0 else _LARGEST_AUTO, cell / widest, box[1] / 1.1)
    if size < SMALLEST or len(glyphs) > cells:
        raise DoesNotFitError
    places = tuple(cell * number + (cell - one.advance * size) / 2 for number, one in enumerate(glyphs))
    ascent = glyphs[0].face.ascent if glyphs else 0.88
    return SetText(size, (Line(glyphs, 0, (box[1] + size) / 2 - size * ascent, places),))


def _glyphs(text: str, fonts: FontSet, role: FontRole) -> Iterator[Glyph]:
    for char in text:
        found = fonts.find(role, char)
        advance = found.face.advance(found.glyph) / found.face.units_per_em
        yield Glyph(char, found.face, found.glyph, advance)


def _width(glyphs: Sequence[Glyph]) -> float:
    return sum(one.advance for one in glyphs)


def _broken(glyphs: tuple[Glyph, ...], room: float) -> Iterator[tuple[Glyph, ...]]:
    """Yield lines of at most ``room`` em, broken where Chinese and Latin text may break."""
    if not glyphs:
        yield ()
    while glyphs:
        taken, width = 0, 0.0
        while taken < len(glyphs) and width + glyphs[taken].advance <= room + 1e-6:
            width += glyphs[taken].advance
            taken += 1
        if taken < len(glyphs):
            taken = _place(glyphs, max(taken, 1))
        yield glyphs[:taken]
        glyphs = glyphs[taken:]
        while glyphs and glyphs[0].char == " ":
            glyphs = glyphs[1:]


def _place(glyphs: tuple[Glyph, ...], cut: int) -> int:
    text = "".join(one.char for one in glyphs[: cut + 1])
    han = Script.ASIAN in (script_of(text[cut]), script_of(text[cut - 1]))
    place = asian_break(text, cut, _STARTS, _ENDS) if han else latin_break(text, cut)
    return place or cut
