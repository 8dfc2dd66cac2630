"""Fonts without files: Han one em wide, everything else half an em; each role its own face."""

from dataclasses import dataclass, field
from unicodedata import east_asian_width

from kexie_docs.errors import FontError, Problem, message
from kexie_docs.fonts.face import Forms, FoundGlyph, Subset
from kexie_docs.style.sheet import Font


@dataclass(frozen=True)
class FakeFace:
    """A face with every character but those it lacks; the glyph id is the code point."""

    name: str
    lacking: frozenset[str] = frozenset()
    units_per_em: int = 1000
    ascent: float = 0.88
    line_height: float = 1.2
    forms: Forms = field(default_factory=lambda: Forms({}, {}, {}), compare=False)

    def glyph(self, char: str) -> int | None:
        return None if char in self.lacking else ord(char)

    def advance(self, glyph: int) -> int:
        return 1000 if east_asian_width(chr(glyph)) in "WFA" else 500

    def subset(self, glyphs: frozenset[int]) -> Subset:
        raise NotImplementedError


@dataclass(frozen=True)
class FakeFonts:
    """One face a role, and one that has what the others lack."""

    lacking: frozenset[str] = frozenset()
    nowhere: frozenset[str] = frozenset()
    faces: dict[Font, FakeFace] = field(default_factory=dict)

    def first(self, font: Font) -> FakeFace:
        return self.faces.setdefault(font, FakeFace(f"Fake-{font}", self.lacking))

    def find(self, font: Font, char: str) -> FoundGlyph:
        if char in self.nowhere:
            raise FontError(Problem("KD501", message("No font has it.")))
        face = self.first(font)
        if char in self.lacking:
            return FoundGlyph(FakeFace("Fallback"), ord(char), substituted=True)
        return FoundGlyph(face, ord(char), substituted=False)
