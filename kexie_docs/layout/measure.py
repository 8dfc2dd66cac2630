"""What a text measures: the advance of each character in the units that word processors count in.

LibreOffice lays a Word file out on a device of 8640 dots an inch, six to a twip: each advance is rounded to
whole dots, and a stretch of text to whole twips (vcl/source/outdev, RefDevMode::MSO1).
"""

from kexie_docs.fonts.face import Face, FontSet
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import Font

DOTS_PER_TWIP = 6
_TWIPS_PER_PT = 20


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character as it is printed: its face, its glyph, and its advance in dots (sixths of a twip)."""

    face: Face
    glyph: int
    dots: int


class Typeface:
    """The glyphs of one font at one size. Keeps what it has looked up; made anew for each document.

    Attributes:
        substituted: characters that the style's font lacks, with the face that serves them.
    """

    def __init__(self, fonts: FontSet, font: Font, size: float) -> None:
        self._fonts = fonts
        self._font = font
        self._em = round(size * _TWIPS_PER_PT) * DOTS_PER_TWIP
        self._glyphs: dict[str, Glyph] = {}
        self.substituted: dict[str, Face] = {}
        self._line_height: int | None = None

    @property
    def line_height(self) -> int:
        """Height of a line of single spacing in twips, by the font's first face."""
        if self._line_height is None:
            em = self._em / DOTS_PER_TWIP
            self._line_height = round(self._fonts.first(self._font).line_height * em)
        return self._line_height

    def glyphs(self, text: str) -> list[Glyph]:
        """Return the glyph of every character.

        Raises:
            FontError: no font has one of them.
        """
        known = self._glyphs
        try:
            return [known[char] for char in text]
        except KeyError:
            for char in text:
                if char not in known:
                    known[char] = self._look_up(char)
            return [known[char] for char in text]

    def _look_up(self, char: str) -> Glyph:
        found = self._fonts.find(self._font, char)
        if found.substituted:
            self.substituted[char] = found.face
        face = found.face
        # Round half away from zero, as C's lround does; advances are never negative.
        dots = int(face.advance(found.glyph) * self._em / face.units_per_em + 0.5)
        return Glyph(face, found.glyph, dots)


class Typefaces:
    """All typefaces of one document, made when first asked for."""

    def __init__(self, fonts: FontSet) -> None:
        self._fonts = fonts
        self._made: dict[tuple[Font, float], Typeface] = {}

    def get(self, font: Font, size: float) -> Typeface:
        """Return the typeface of a font at a size in points."""
        key = (font, size)
        if key not in self._made:
            self._made[key] = Typeface(self._fonts, font, size)
        return self._made[key]

    def substitutions(self) -> tuple[tuple[str, str], ...]:
        """Return each character that its style's font lacks, with the font that served it, sorted."""
        return tuple(
            sorted(
                {(char, face.name) for made in self._made.values() for char, face in made.substituted.items()}
            )
        )
