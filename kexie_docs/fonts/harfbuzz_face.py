"""A face of a font file over HarfBuzz: glyphs, metrics, and the subset that goes into the PDF.

HarfBuzz maps the file into memory: opening a font of 10 MB reads only the tables that are asked for.
"""

import stat
import struct
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import uharfbuzz as hb

from kexie_docs.errors import FontError, Message, Place, Problem, Severity, message
from kexie_docs.fonts.face import Forms, Subset

MAX_FONT_BYTES = 256 * 1024 * 1024
MAX_FACES = 64
DEFAULT_ASCENT = 0.88
"""Top of the em box of most Chinese fonts, in em above the baseline."""

_COLLECTION = b"ttcf"
_SIGNATURES = (b"OTTO", b"\0\1\0\0", b"true", _COLLECTION)
_POSTSCRIPT_NAME, _FULL_NAME, _FAMILY, _SUBFAMILY = 6, 4, 1, 2
_REGULAR = frozenset({"", "regular", "normal", "常规", "标准"})
_RESTRICTED = 0x0002
# CFF2, which only variable fonts use, cannot stand in a PDF.
_OUTLINES = frozenset({"glyf", "CFF "})
_KEPT_TABLES = frozenset(
    {"CFF ", "glyf", "loca", "head", "hhea", "hmtx", "maxp", "cvt ", "fpgm", "prep"}
    # What a variable font's default instance is computed from.
    | {"fvar", "gvar", "avar", "HVAR", "cvar"}
)

_PREPARING = 0.02
"""Seconds spent on subsets of a face after which it is prepared: all its outlines are decoded once, in
0.08 s, and subsets are then ten times as fast, to the same bytes. People build one document, or hundreds; the
first never reaches this, and of the others all but the first few are made with prepared faces."""

# Characters without a glyph of their own that are printed as another one; the text keeps the character.
_PRINTED_AS = {"\u00a0": " ", "\u2011": "\u2010", "\u2010": "-"}
# Control and format characters (zero-width space, soft hyphen), lone surrogates, unassigned code points.
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"})


class HarfBuzzFace:
    """One face of one font file; see `kexie_docs.fonts.face.Face`."""

    __slots__ = (
        "_advances",
        "_ascent",
        "_face",
        "_font",
        "_forms",
        "_glyphs",
        "_has_cff",
        "_name",
        "_prepared",
        "_subset_seconds",
        "index",
        "path",
        "units_per_em",
    )

    def __init__(self, path: Path, index: int, face: Any) -> None:
        self.path = path
        self.index = index
        self._face = face
        self._font: Any = hb.Font(face)
        self.units_per_em: int = face.upem
        tags = frozenset(face.table_tags)
        self._has_cff = "CFF " in tags
        self._name: str = _ascii(face.get_name(_POSTSCRIPT_NAME) or "") or _ascii(path.stem) or "Font"
        self._ascent = _em_box_top(face, self.units_per_em)
        self._glyphs: dict[str, int | None] = {}
        self._advances: dict[int, int] = {}
        self._forms: Forms | None = None
        self._subset_seconds = 0.0
        self._prepared: Any = None

    @property
    def name(self) -> str:
        """PostScript name, ASCII."""
        return self._name

    @property
    def ascent(self) -> float:
        """Height of the em box above the baseline, in em."""
        return self._ascent

    @property
    def line_height(self) -> float:
        """Height of a line of single spacing: hhea's ascender, descender and line gap, in em."""
        table = _table(self._face, "hhea")
        if len(table) < 10:
            return 1.0
        ascender, descender, gap = struct.unpack_from(">3h", table, 4)
        return float((ascender - descender + gap) / self.units_per_em)

    @property
    def names(self) -> frozenset[str]:
        """What the face calls itself: PostScript name, full names, and family names of a regular face."""
        entries = [(int(entry.name_id), entry.language) for entry in self._face.list_names()]
        wanted = {_POSTSCRIPT_NAME, _FULL_NAME}
        if (self._face.get_name(_SUBFAMILY) or "").strip().lower() in _REGULAR:
            wanted.add(_FAMILY)
        found = (self._face.get_name(name_id, language) for name_id, language in entries if name_id in wanted)
        return frozenset(name.strip() for name in found if name)

    @property
    def embeddable(self) -> bool:
        """Whether the font's own licence bits (OS/2 fsType) allow it inside a document."""
        table = _table(self._face, "OS/2")
        return len(table) < 10 or (struct.unpack_from(">H", table, 8)[0] & 0x000E) != _RESTRICTED

    def glyph(self, char: str) -> int | None:
        """Return the glyph id of one character, or None when the face has none or only a blank one."""
        if char not in self._glyphs:
            self._glyphs[char] = self._look_up(char)
        return self._glyphs[char]

    def _look_up(self, char: str) -> int | None:
        category = unicodedata.category(char)
        if category in _UNPRINTABLE:
            return None
        glyph: int | None = self._font.get_nominal_glyph(ord(char))
        if not glyph:
            return self.glyph(_PRINTED_AS[char]) if char in _PRINTED_AS else None
        if category != "Zs":
            # Some fonts give characters that they do not have an empty glyph: text would vanish unseen.
            extents = self._font.get_glyph_extents(glyph)
            if extents is None or not (extents.width and extents.height):
                return None
        return glyph

    def advance(self, glyph: int) -> int:
        """Return the advance width in font units."""
        width = self._advances.get(glyph)
        if width is None:
            width = self._advances[glyph] = int(self._font.get_glyph_h_advance(glyph))
        return width

    @property
    def forms(self) -> Forms:
        """What it prints otherwise beside other text; looked for when first asked."""
        if self._forms is None:
            # Few texts ask for it.
            from kexie_docs.fonts.forms import read_forms

            self._forms = read_forms(self._face, self._font)
        return self._forms

    def subset(self, glyphs: frozenset[int]) -> Subset:
        """Return a font program that holds ``glyphs`` and .notdef; the same glyphs give the same bytes.

        Glyphs are renumbered from 0 and a CFF font gets an identity charset, so that glyph id, CID and
        character code are one number and no reader can confuse them.

        Raises:
            FontError: KD503, the font file is damaged.
        """
        request = hb.SubsetInput()
        request.glyph_set.update(glyphs)
        request.flags = (
            hb.SubsetFlags.NO_LAYOUT_CLOSURE
            | hb.SubsetFlags.NOTDEF_OUTLINE
            | hb.SubsetFlags.CFF_IDENTITY_CHARSET
        )
        request.drop_table_tag_set.update(
            int.from_bytes(tag.encode("ascii"), "big")
            for tag in self._face.table_tags
            if tag not in _KEPT_TABLES
        )
        if self._face.has_var_data:
            request.pin_all_axes_to_default(self._face)
        start = time.perf_counter()
        try:
            if self._prepared is None and self._subset_seconds > _PREPARING:
                self._prepared = hb.subset_preprocess(self._face)
            plan = hb.SubsetPlan(self._prepared or self._face, request)
            cids = dict(plan.old_to_new_glyph_mapping)
            result = plan.execute()
            data = _table(result, "CFF ") if self._has_cff else bytes(result.blob.data)
        except (hb.HarfBuzzError, RuntimeError, MemoryError, ValueError) as error:
            raise self._damaged() from error
        self._subset_seconds += time.perf_counter() - start
        if not data or not glyphs <= cids.keys():
            raise self._damaged()
        descent = self._box_bottom()
        return Subset(
            data=data,
            cff=self._has_cff,
            cids=cids,
            ascent=descent + 1000,
            descent=descent,
            cap_height=self._cap_height(),
            italic_angle=_italic_angle(self._face),
            bbox=self._bbox(),
        )

    def _cap_height(self) -> int:
        table = _table(self._face, "OS/2")
        declared = struct.unpack_from(">h", table, 88)[0] if len(table) >= 90 else 0
        if declared <= 0:
            glyph = self._font.get_nominal_glyph(ord("H"))
            extents = self._font.get_glyph_extents(glyph) if glyph else None
            declared = extents.y_bearing if extents else round(0.7 * self.units_per_em)
        return round(declared * 1000 / self.units_per_em)

    def _box_bottom(self) -> int:
        """Return the bottom, in 1/1000 em, of the box of one em that readers draw around each character.

        It is the em box, unless the ink of a Han character says otherwise: in most Fandol fonts the declared
        one (-120) lies 0.08 em too high and cuts through the characters' feet.
        """
        declared = round((self._ascent - 1) * 1000)
        glyph = self._font.get_nominal_glyph(ord("国"))
        extents = self._font.get_glyph_extents(glyph) if glyph else None
        if not extents or -extents.height < 0.6 * self.units_per_em:
            return declared
        centre = (extents.y_bearing + extents.height / 2) * 1000 / self.units_per_em
        measured = round(centre - 500)
        return measured if 50 < abs(measured - declared) < 200 else declared

    def _bbox(self) -> tuple[int, int, int, int]:
        table = _table(self._face, "head")
        box = struct.unpack_from(">4h", table, 36) if len(table) >= 44 else (0, 0, 0, 0)
        x_min, y_min, x_max, y_max = (round(value * 1000 / self.units_per_em) for value in box)
        return x_min, y_min, x_max, y_max

    def _damaged(self) -> FontError:
        return FontError(damaged_font(self.path, Severity.ERROR))


def open_faces(path: Path) -> Iterator[HarfBuzzFace]:
    """Yield the faces of a font file in order; a .ttc or .otc has several.

    Raises:
        FontError: KD503, the file cannot be read, is too large, or holds no outlines that a PDF can use.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise OSError("a pipe or device might never end")
        size = status.st_size
        with path.open("rb") as file:
            signature = file.read(4)
    except OSError as error:
        raise FontError(unusable_font(path, message("it cannot be read"))) from error
    if size > MAX_FONT_BYTES:
        raise FontError(
            unusable_font(path, message("it is larger than {limit} MB", limit=MAX_FONT_BYTES >> 20))
        )
    if signature not in _SIGNATURES:
        raise FontError(unusable_font(path, message("it is not an OpenType or TrueType font")))
    try:
        blob = _mapped(path)
        count = min(hb.Face(blob).count, MAX_FACES) if signature == _COLLECTION else 1
    except (hb.HarfBuzzError, OSError, MemoryError, ValueError) as error:
        raise FontError(unusable_font(path, message("it cannot be read"))) from error
    usable = 0
    for index in range(count):
        face = hb.Face(blob, index)
        try:
            tags = frozenset(face.table_tags)
        except UnicodeDecodeError:  # a damaged directory
            continue
        if "cmap" in tags and face.glyph_count and not tags.isdisjoint(_OUTLINES):
            usable += 1
            yield HarfBuzzFace(path, index, face)
    if not usable:
        raise FontError(damaged_font(path))


def _mapped(path: Path) -> Any:
    """Return the file's content, mapped where HarfBuzz can open the path."""
    try:
        return hb.Blob.from_file_path(str(path))
    except hb.HarfBuzzError:
        # On Windows HarfBuzz decodes paths by the C locale: a Chinese user name is lost on it.
        return hb.Blob(path.read_bytes())


def damaged_font(path: Path, severity: Severity = Severity.WARNING) -> Problem:
    """Return the problem of a font file whose tables are missing or broken."""
    return unusable_font(path, message("it is damaged or has no outlines"), severity)


def unusable_font(path: Path, reason: Message, severity: Severity = Severity.WARNING) -> Problem:
    """Return the problem of a font file that is passed over, with the reason."""
    return Problem(
        code="KD503",
        what=message("This font file cannot be used: {reason}.", reason=reason),
        place=Place(file=str(path)),
        hint=message("Copy the font again from its source, or remove the file."),
        severity=severity,
    )


def _table(face: Any, tag: str) -> bytes:
    """Return a table's bytes, empty when the face has none."""
    return bytes(face.reference_table(tag).data or b"")


def _ascii(name: str) -> str:
    return "".join(char for char in name if char.isascii() and (char.isalnum() or char in "-_+."))


def _em_box_top(face: Any, units_per_em: int) -> float:
    """Return the em box's top in em.

    OS/2's typographic ascender and descender are the em box in Chinese fonts; where they do not span one em
    (their other use is a line's height), hhea's are tried.
    """
    for tag, offset in (("OS/2", 68), ("hhea", 4)):
        table = _table(face, tag)
        if len(table) >= offset + 4:
            ascender, descender = struct.unpack_from(">2h", table, offset)
            height = ascender - descender
            if abs(height - units_per_em) <= 0.02 * units_per_em and 0.6 <= ascender / height <= 1.0:
                return float(ascender / height)
    return DEFAULT_ASCENT


def _italic_angle(face: Any) -> float:
    table = _table(face, "post")
    return float(struct.unpack_from(">i", table, 4)[0] / 65536) if len(table) >= 8 else 0.0
