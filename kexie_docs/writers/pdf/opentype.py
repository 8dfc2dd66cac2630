"""An OpenType or TrueType face embedded in a PDF: Type0 font, Identity-H, subset, with its characters.

reportlab's own classes embed TrueType outlines only; most open Chinese fonts have CFF outlines.
"""

import hashlib
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence

from kexie_docs.fonts.cmap import to_unicode
from kexie_docs.fonts.face import Face, Subset
from kexie_docs.writers.pdf.objects import Dictionary, PdfFile, array, dictionary, name, stream

_SYMBOLIC = 4
_STEM_V = 80  # required by the format, used by no reader for an embedded font
_DEFAULT_WIDTH = 1000


class EmbeddedFace:
    """One face in one PDF: which code prints which glyph and is read back as which character.

    A code is one glyph and is read as one character. Where a document prints two characters with one glyph
    (一 and its Kangxi radical), the second one needs a font resource of its own: a *layer*, which shares the
    font program and differs in its ToUnicode map only.

    Attributes:
        layers: for each layer, glyph id to its code as four hex digits.
        layer_of: (glyph, character) to its layer, for what is not on layer 0 only.
        widths: glyph id to advance in 1/1000 em as the PDF declares it.
        digest: of the font program and all that it is used for.
    """

    def __init__(self, face: Face, uses: Collection[tuple[int, str]]) -> None:
        """Subset ``face`` to the glyphs of ``uses``, pairs of glyph id and the character it prints.

        Raises:
            FontError: KD503, the font file is damaged.
        """
        self._subset: Subset = face.subset(frozenset({glyph for glyph, _ in uses}))
        cids = self._subset.cids
        self.layers: list[dict[int, str]] = []
        self.layer_of: dict[tuple[int, str], int] = {}
        texts: list[dict[int, str]] = []
        for layer, pairs in enumerate(_layers(uses)):
            texts.append({cids[glyph]: char for glyph, char in pairs})
            self.layers.append({glyph: f"{cids[glyph]:04X}" for glyph, _ in pairs})
            if layer:
                self.layer_of.update(dict.fromkeys(pairs, layer))
        advance, scale = face.advance, 1000 / face.units_per_em
        # The drawing counts with the declared widths, so rounding them moves nothing.
        self.widths = {glyph: round(advance(glyph) * scale, 2) for glyph, _ in uses}
        self._maps = [to_unicode(layer) for layer in texts]
        program = hashlib.blake2b(self._subset.data, digest_size=16)
        self._name = f"{_tag(program.digest())}+{face.name}"
        for each in self._maps:
            program.update(each)
        self.digest = program.digest()

    def add_to(self, file: PdfFile, names: Iterable[str]) -> None:
        """Add the font's objects to ``file``, with one name for pages a layer."""
        descendant = file.refer(self._descendant(file))
        # For a CIDFontType0 the name ends with that of its CMap (ISO 32000-1, 9.7.6.2).
        base_font = f"{self._name}-Identity-H" if self._subset.cff else self._name
        for resource, texts in zip(names, self._maps, strict=True):
            font = dictionary(
                {
                    "Type": "/Font",
                    "Subtype": "/Type0",
                    "BaseFont": name(base_font),
                    "Encoding": "/Identity-H",
                    "DescendantFonts": array(descendant),
                    "ToUnicode": file.refer(stream(texts)),
                }
            )
            file.add_font(resource, font)

    def _descendant(self, file: PdfFile) -> Dictionary:
        subset = self._subset
        entries = {
            "Type": "/Font",
            "Subtype": "/CIDFontType0" if subset.cff else "/CIDFontType2",
            "BaseFont": name(self._name),
            "CIDSystemInfo": "<< /Registry (Adobe) /Ordering (Identity) /Supplement 0 >>",
            "FontDescriptor": file.refer(self._descriptor(file)),
            "DW": _DEFAULT_WIDTH,
            "W": self._width_array(),
        }
        if not subset.cff:
            entries["CIDToGIDMap"] = "/Identity"
        return dictionary(entries)

    def _descriptor(self, file: PdfFile) -> Dictionary:
        subset = self._subset
        if subset.cff:
            # Outlines hardly repeat: entropy coding alone is four times as fast and 5 % larger.
            program = file.stream_beside(
                subset.data, {"Subtype": "/CIDFontType0C"}, strategy=zlib.Z_HUFFMAN_ONLY
            )
        else:
            program = file.stream_beside(
                subset.data, {"Length1": len(subset.data)}, strategy=zlib.Z_DEFAULT_STRATEGY
            )
        return dictionary(
            {
                "Type": "/FontDescriptor",
                "FontName": name(self._name),
                "Flags": _SYMBOLIC,
                "FontBBox": array(*subset.bbox),
                "ItalicAngle": subset.italic_angle,
                "Ascent": subset.ascent,
                "Descent": subset.descent,
                "CapHeight": subset.cap_height,
                "StemV": _STEM_V,
                "FontFile3" if subset.cff else "FontFile2": file.refer(program),
            }
        )

    def _width_array(self) -> str:
        cids = self._subset.cids
        declared = sorted((cids[glyph], width) for glyph, width in self.widths.items())
        parts: list[str] = []
        previous = -2
        for cid, width in declared:
            if width == _DEFAULT_WIDTH:
                continue
            parts.append(f" {width:g}" if cid == previous + 1 else f"] {cid} [{width:g}")
            previous = cid
        text = "".join(parts)
        return f"[{text[1:]}]]" if text else "[]"


def _layers(uses: Collection[tuple[int, str]]) -> Iterator[Sequence[tuple[int, str]]]:
    """Yield the pairs of each layer: on each, every glyph prints one character, the lowest that is left."""
    left = sorted(uses)
    while left:
        # Of the pairs of one glyph the last one stays: going backwards, the one of the lowest character.
        layer = dict(reversed(left))
        pairs = [(glyph, layer[glyph]) for glyph in reversed(layer)]
        yield pairs
        left = [] if len(pairs) == len(left) else sorted({*left}.difference(pairs))


def _tag(digest: bytes) -> str:
    """Return the six letters before a subset font's name (ISO 32000-1, 9.6.4)."""
    return "".join(chr(ord("A") + byte % 26) for byte in digest[:6])
