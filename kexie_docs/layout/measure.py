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


@dataclass(frozen=True, slots=True)
class _Known:
    """Glyphs of one font and size that were looked up, and the faces of those that the font itself lacks."""

    glyphs: dict[str, Glyph]
    substituted: dict[str, Face]


class KnownGlyphs:
    """What was looked up in a set of fonts: one for all documents that are laid out with it, in turn."""

    def __init__(self) -> None:
        self._known: dict[tuple[Font, float], _Known] = {}

    def of(self, font: Font, size: float) -> _Known:
        """Return what is known of a font at a size in points, to be added to."""
        known = self._known.get((font, size))
        if known is None:
            known = self._known[font, size] = _Known({}, {})
        return known


class Typeface:
    """The glyphs of one font at one size in one document.

    Attributes:
        substituted: characters that the style's font lacks, with the face that serves them.
    """

    def __init__(self, fonts: FontSet, font: Font, size: float, known: _Known) -> None:
        self._fonts = fonts
        self._font = font
        self._em = round(size * _TWIPS_PER_PT) * DOTS_PER_TWIP
        self._known = known
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
        known = self._known.glyphs
        try:
            found = [known[char] for char in text]
        except KeyError:
            for char in text:
                if char not in known:
                    known[char] = self._look_up(char)
            found = [known[char] for char in text]
        if (lacking := self._known.substituted) and not lacking.keys().isdisjoint(text):
            self.substituted.update((char, lacking[char]) for char in text if char in lacking)
        return found

    def _look_up(self, char: str) -> Glyph:
        found = self._fonts.find(self._font, char)
        if found.substituted:
            self._known.substituted[char] = found.face
        face = found.face
        # Round half away from zero, as C's lround does; advances are never negative.
        dots = int(face.advance(found.glyph) * self._em / face.units_per_em + 0.5)
        return Glyph(face, found.glyph, dots)


class Typefaces:
    """All typefaces of one document, made when first asked for."""

    def __init__(self, fonts: FontSet, known: KnownGlyphs | None = None) -> None:
        """Take glyphs from ``fonts``; ``known``: what others have looked up there, None for none."""
        self._fonts = fonts
        self._known = known or KnownGlyphs()
        self._made: dict[tuple[Font, float], Typeface] = {}

    def get(self, font: Font, size: float) -> Typeface:
        """Return the typeface of a font at a size in points."""
        made = self._made.get((font, size))
        if made is None:
            known = self._known.of(font, size)
            made = self._made[font, size] = Typeface(self._fonts, font, size, known)
        return made

    def substitutions(self) -> tuple[tuple[str, str], ...]:
        """Return each character that its style's font lacks, with the font that served it, sorted."""
        return tuple(
            sorted(
                {(char, face.name) for made in self._made.values() for char, face in made.substituted.items()}
            )
        )
