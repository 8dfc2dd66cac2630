"""What layout and the PDF writer ask of a font; tests give fakes that need no file."""

from typing import Protocol

from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import Font


@dataclass(frozen=True, slots=True)
class Form:
    """Another glyph of a character, and its advance in font units."""

    glyph: int
    advance: int


@dataclass(frozen=True, slots=True)
class Forms:
    """What a face prints otherwise beside other text, where that is of another width or shape.

    Attributes:
        latin: by character: its form among Latin letters, in English.
        chinese: by character: its form in Chinese.
        joined: by the characters that it prints as one glyph (not in Chinese): the advance of that.
    """

    latin: dict[str, Form]
    chinese: dict[str, Form]
    joined: dict[str, int]

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self.latin or self.chinese or self.joined)


class Face(Protocol):
    """One face of one font file."""

    @property
    def name(self) -> str:
        """PostScript name, for messages and the PDF."""
        ...

    @property
    def units_per_em(self) -> int:
        """Units of the em square."""
        ...

    @property
    def ascent(self) -> float:
        """Height of the em box above the baseline, in em (0.88 for most Chinese fonts)."""
        ...

    @property
    def line_height(self) -> float:
        """Height of a line of single spacing as the file declares it (hhea), in em."""
        ...

    def glyph(self, char: str) -> int | None:
        """Return the glyph id of one character, or None when the face has none."""
        ...

    def advance(self, glyph: int) -> int:
        """Return the advance width in font units."""
        ...

    @property
    def forms(self) -> Forms:
        """What it prints otherwise beside other text."""
        ...

    def subset(self, glyphs: frozenset[int]) -> "Subset":
        """Return a font program that holds these glyphs (and .notdef)."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Subset:
    """A font program for embedding.

    Attributes:
        data: for CFF the bare ``CFF `` table, else a TrueType font file.
        cff: whether it is CFF (CIDFontType0C) or TrueType (CIDFontType2).
        cids: old glyph id to the code that text uses with Identity-H.
        ascent, descent: of the box of one em that holds the ink, in 1/1000 em (descent negative).
        cap_height, italic_angle: for the font descriptor, in 1/1000 em and degrees.
        bbox: xMin, yMin, xMax, yMax in 1/1000 em.
    """

    data: bytes
    cff: bool
    cids: dict[int, int]
    ascent: int
    descent: int
    cap_height: int
    italic_angle: float
    bbox: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class FoundGlyph:
    """A character's glyph: the face that has it, its id, and whether the font's first face lacked it."""

    face: Face
    glyph: int
    substituted: bool


class FontSet(Protocol):
    """The faces that serve the roles, and fonts of other names, on this machine, in order of preference."""

    def find(self, font: Font, char: str) -> FoundGlyph:
        """Return the glyph for one character.

        Raises:
            FontError: KD501, no font of any role has it. Nothing is ever printed as an empty box.
        """
        ...

    def first(self, font: Font) -> Face:
        """Return the first face of a role, or of what serves a named font."""
        ...
