"""Fonts of filled PDF fields: subsets of the faces used, embedded with what each glyph is read as."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from kexie_docs.fonts.cmap import to_unicode
from kexie_docs.fonts.face import Face
from kexie_docs.forms.pdf_text import Glyph

_SYMBOLIC = 4


class FormFonts:
    """The fonts of one filled form; glyphs are collected first, then embedded together.

    A code is read back as one character, so a second character with the same glyph goes into a font of its
    own (a layer) that shares the font program.
    """

    def __init__(self) -> None:
        self._faces: list[Face] = []
        self._layers: list[list[dict[int, str]]] = []
        self._fonts: dict[tuple[int, int], Any] = {}
        self._cids: list[Mapping[int, int]] = []

    def use(self, glyphs: Iterable[Glyph]) -> None:
        """Note glyphs that will be drawn."""
        for glyph in glyphs:
            if all(face is not glyph.face for face in self._faces):
                self._faces.append(glyph.face)
                self._layers.append([])
            layers = self._layers[self._face(glyph)]
            if not any(layer.get(glyph.glyph) == glyph.char for layer in layers):
                free = next((layer for layer in layers if glyph.glyph not in layer), None)
                if free is None:
                    layers.append(free := {})
                free[glyph.glyph] = glyph.char

    def embed(self, pdf: pikepdf.Pdf) -> None:
        """Put the fonts into a PDF.

        Raises:
            FontError: a font file is damaged.
        """
        for number, face in enumerate(self._faces):
            used = sorted({glyph for layer in self._layers[number] for glyph in layer})
            subset = face.subset(frozenset(used))
            self._cids.append(subset.cids)
            digest = hashlib.blake2b(subset.data, digest_size=16).digest()
            tag = "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
            name = f"{tag}+{face.name}"
            program = pikepdf.Stream(pdf, subset.data)
            if subset.cff:
                program.Subtype = Name.CIDFontType0C
            else:
                program.Length1 = len(subset.data)
            descriptor = Dictionary(
                Type=Name.FontDescriptor,
                FontName=Name("/" + name),
                Flags=_SYMBOLIC,
                FontBBox=Array([*subset.bbox]),
                ItalicAngle=round(subset.italic_angle),
                Ascent=subset.ascent,
                Descent=subset.descent,
                CapHeight=subset.cap_height,
                StemV=80,
            )
            descriptor["/FontFile3" if subset.cff else "/FontFile2"] = pdf.make_indirect(program)
            widths: Any = Array()
            for glyph in sorted(used, key=lambda one: subset.cids[one]):
                width = round(face.advance(glyph) * 1000 / face.units_per_em)
                widths.append(subset.cids[glyph])
                widths.append(Array([width]))
            descendant = Dictionary(
                Type=Name.Font,
                Subtype=Name.CIDFontType0 if subset.cff else Name.CIDFontType2,
                BaseFont=Name("/" + name),
                CIDSystemInfo=Dictionary(
                    Registry=pikepdf.String("Adobe"), Ordering=pikepdf.String("Identity"), Supplement=0
                ),
                FontDescriptor=pdf.make_indirect(descriptor),
                DW=1000,
                W=widths,
            )
            if not subset.cff:
                descendant.CIDToGIDMap = Name.Identity
            shared = pdf.make_indirect(descendant)
            for layer, texts in enumerate(self._layers[number]):
                codes = {subset.cids[glyph]: char for glyph, char in texts.items()}
                font = Dictionary(
                    Type=Name.Font,
                    Subtype=Name.Type0,
                    BaseFont=Name(f"/{name}-Identity-H" if subset.cff else f"/{name}"),
                    Encoding=Name("/Identity-H"),
                    DescendantFonts=Array([shared]),
                    ToUnicode=pdf.make_indirect(pikepdf.Stream(pdf, to_unicode(codes))),
                )
                self._fonts[number, layer] = pdf.make_indirect(font)

    def code(self, glyph: Glyph) -> tuple[str, str]:
        """Return the font's resource name and the code, as four hex digits, of a glyph that is embedded."""
        number = self._face(glyph)
        layer = next(
            n for n, texts in enumerate(self._layers[number]) if texts.get(glyph.glyph) == glyph.char
        )
        return f"/KD{number}L{layer}", f"{self._cids[number][glyph.glyph]:04X}"

    def resource(self, name: str) -> Any:
        """Return the font of a resource name."""
        number, _, layer = name.removeprefix("/KD").partition("L")
        return self._fonts[int(number), int(layer)]

    def _face(self, glyph: Glyph) -> int:
        return next(n for n, face in enumerate(self._faces) if face is glyph.face)
