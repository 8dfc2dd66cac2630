"""What stands on the pages of a PDF: glyphs with their places and typefaces, straight lines, pictures.

The one door to PDFium, chosen for what it gives (origins, boxes, typefaces, colours), its speed (2.7 times
pdfplumber's) and its licences (BSD and Apache). Everything is in mm from the upper left corner of the page.
"""

import ctypes
import math
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kexie_docs.errors import InputError, Message, Place, Problem, message
from kexie_docs.frozen import dataclass
from kexie_docs.readers.whole_file import UnreadableFileError, read_whole

FILE_BYTES = 200 * 1024 * 1024
"""Largest file that is opened."""

PAGES = 3000
"""Most pages that are read."""

_MM = 25.4 / 72
_SUBSET = re.compile(r"^[A-Z]{6}\+")
_ENCODING = re.compile(r"-(?:Identity|UniGB-U[A-Za-z0-9]+|GBK?-EUC|GBK2K|GBKp-EUC)-[HV]$")
_UPRIGHT = 0.02
"""Largest angle in radians of text that counts as upright."""
_FLAT_MM = 3.0
"""Thickest box that counts as a line; the box of a stroke may be twice as thick as that."""
_SHORT_MM = 15.0
"""Shortest line that is kept."""
_PATH, _IMAGE, _SHADING, _FORM = 2, 3, 4, 5
_FORM_DEPTH = 5


@dataclass(frozen=True, slots=True)
class Face:
    """How glyphs are set: typeface without the subset's prefix, size in points, colour as RRGGBB."""

    font: str
    size: float
    color: str


@dataclass(frozen=True, slots=True)
class Glyph:
    """A glyph: its character, where it begins and ends, its baseline, and the middle of its ink."""

    char: str
    left: float
    right: float
    baseline: float
    middle: float
    face: Face


@dataclass(frozen=True, slots=True)
class Stroke:
    """A straight line, horizontal or upright."""

    left: float
    right: float
    top: float
    bottom: float
    thickness: float
    color: str

    @property
    def upright(self) -> bool:
        """Whether it goes down the page rather than across."""
        return self.bottom - self.top > self.right - self.left


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: number from 1, size in mm, what stands on it.

    Attributes:
        pictures: the share of the page that its largest picture covers.
        turned: how many glyphs stand turned, as in a table that lies on its side.
    """

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    strokes: tuple[Stroke, ...]
    pictures: float
    turned: int


def read_pages(path: Path) -> tuple[PdfPage, ...]:
    """Read a PDF.

    Raises:
        InputError: KD140 it cannot be read, KD141 it is no PDF or protected with a password, KD143 it is
            damaged,
            KD144 it exceeds a limit.
    """
    import pypdfium2

    from kexie_docs.readers.pdf_weight import heavy_page_of

    file = str(path)
    data = _bytes(path)
    heavy = heavy_page_of(data)
    if heavy is not None:
        raise _error("KD144", file, message("Page {page} draws more than any document needs", page=heavy))
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise _error(
                "KD141",
                file,
                message("The file is protected with a password"),
                message("Open it, take the password off, and save it again."),
            ) from None
        raise _damaged(file) from None
    try:
        count = len(document)
        if count > PAGES:
            raise _error(
                "KD144", file, message("The PDF has {count} pages; {most} are read", count=count, most=PAGES)
            )
        if not count:
            raise _damaged(file)
        pages = []
        for index in range(count):
            try:
                pages.append(_page(document[index], index + 1))
            except pypdfium2.PdfiumError:
                raise _damaged(file) from None
        return tuple(pages)
    finally:
        document.close()


def _bytes(path: Path) -> bytes:
    file = str(path)
    try:
        data = read_whole(path, FILE_BYTES)
    except UnreadableFileError as error:
        code = "KD144" if error.too_large else "KD140"
        raise _error(code, file, error.what, error.hint) from None
    if not data:
        raise _error("KD141", file, message("The file is empty"), message("Save or copy it again."))
    if b"%PDF-" not in data[:1024]:
        if data.startswith(b"PK\x03\x04"):
            raise _error(
                "KD141",
                file,
                message("This is an Office file or archive, whatever its name says"),
                message("Give a Word document a name that ends in .docx."),
            )
        raise _error("KD141", file, message("This is no PDF"), message("Export it as PDF from Word or WPS."))
    if b"%%EOF" not in data[-4096:]:
        raise _damaged(file)
    return data


def _damaged(file: str) -> InputError:
    return _error(
        "KD143",
        file,
        message("The file is damaged or cut short"),
        message("Copy or download it again, or export it as PDF again."),
    )


def _error(code: str, file: str, what: Message, hint: Message | None = None) -> InputError:
    return InputError(Problem(code, what, Place(file), hint))


def _page(page: Any, number: int) -> PdfPage:
    import pypdfium2.raw as pdfium

    width, height = page.get_size()
    # PDFium counts from the crop box's lower left corner once it has turned the page.
    left, bottom, _, _ = page.get_cropbox()
    glyphs, turned = _glyphs(pdfium, page, left, bottom, height)
    strokes: list[Stroke] = []
    largest = 0.0
    for item, matrix in _objects(pdfium, page, (1.0, 0.0, 0.0, 1.0, 0.0, 0.0), 0):
        kind = pdfium.FPDFPageObj_GetType(item)
        if kind == _PATH:
            stroke = _stroke(pdfium, item, matrix, left, bottom, height)
            if stroke is not None:
                strokes.append(stroke)
        elif kind == _IMAGE:
            x0, y0, x1, y1 = _bounds(pdfium, item, matrix)
            largest = max(largest, (x1 - x0) * (y1 - y0) / (width * height))
    return PdfPage(number, width * _MM, height * _MM, glyphs, tuple(strokes), min(largest, 1.0), turned)


def _glyphs(
    pdfium: Any, page: Any, left: float, bottom: float, height: float
) -> tuple[tuple[Glyph, ...], int]:
    text = page.get_textpage()
    raw = text.raw
    count = pdfium.FPDFText_CountChars(raw)
    faces: dict[int, tuple[Face, bool]] = {}
    x, y = ctypes.c_double(), ctypes.c_double()
    box = pdfium.FS_RECTF()
    ink = [ctypes.c_double() for _ in range(4)]
    found: list[Glyph] = []
    turned = 0
    for index in range(count):
        code = pdfium.FPDFText_GetUnicode(raw, index)
        if code in (0, 10, 13, 0xFFFE) or pdfium.FPDFText_IsGenerated(raw, index) == 1:
            continue
        item = pdfium.FPDFText_GetTextObject(raw, index)
        key = ctypes.cast(item, ctypes.c_void_p).value or 0
        if key not in faces:
            faces[key] = _face(pdfium, raw, index, item)
        face, upright = faces[key]
        if not face.size:
            continue  # nothing of it can be seen
        if not upright:
            turned += 1
            continue
        if not pdfium.FPDFText_GetCharOrigin(raw, index, x, y) or not pdfium.FPDFText_GetLooseCharBox(
            raw, index, box
        ):
            continue
        middle = y.value + 0.36 * face.size
        if code in (0x2014, 0x2013, 0x2D, 0xFF0D, 0x2500) and pdfium.FPDFText_GetCharBox(raw, index, *ink):
            middle = (ink[2].value + ink[3].value) / 2
        try:
            char = chr(code)
        except ValueError:
            char = "\ufffd"
        found.append(
            Glyph(
                char,
                (x.value - left) * _MM,
                (max(box.right, x.value) - left) * _MM,
                (height - y.value + bottom) * _MM,
                (height - middle + bottom) * _MM,
                face,
            )
        )
    text.close()
    return tuple(found), turned


def _face(pdfium: Any, raw: Any, index: int, item: Any) -> tuple[Face, bool]:
    """Return how a text object is set, and whether it stands upright."""
    matrix = pdfium.FS_MATRIX()
    scale, upright = 1.0, True
    if pdfium.FPDFText_GetMatrix(raw, index, matrix):
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        upright = abs(math.atan2(matrix.b, matrix.a)) < _UPRIGHT if (matrix.a or matrix.b) else True
    size = pdfium.FPDFText_GetFontSize(raw, index) * scale
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    color = ""
    if pdfium.FPDFText_GetFillColor(raw, index, red, green, blue, alpha):
        color = f"{red.value:02X}{green.value:02X}{blue.value:02X}"
    return Face(_font_name(pdfium, item), round(size, 2), color), upright


def _font_name(pdfium: Any, item: Any) -> str:
    font = pdfium.FPDFTextObj_GetFont(item) if item else None
    if not font:
        return ""
    length = pdfium.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(1, length))
    pdfium.FPDFFont_GetBaseFontName(font, buffer, length)
    name = buffer.value
    for encoding in ("utf-8", "gb18030"):
        try:
            text = name.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        text = name.decode("latin-1")
    return _ENCODING.sub("", _SUBSET.sub("", text))


def _objects(
    pdfium: Any, holder: Any, matrix: tuple[float, ...], depth: int
) -> Iterator[tuple[Any, tuple[float, ...]]]:
    """Yield the objects of a page, those inside forms with the form's matrix."""
    if depth == 0:
        items = [
            pdfium.FPDFPage_GetObject(holder.raw, at)
            for at in range(pdfium.FPDFPage_CountObjects(holder.raw))
        ]
    else:
        items = [
            pdfium.FPDFFormObj_GetObject(holder, at) for at in range(pdfium.FPDFFormObj_CountObjects(holder))
        ]
    for item in items:
        if pdfium.FPDFPageObj_GetType(item) == _FORM:
            if depth < _FORM_DEPTH:
                yield from _objects(pdfium, item, _times(_matrix(pdfium, item), matrix), depth + 1)
        else:
            yield item, matrix


def _matrix(pdfium: Any, item: Any) -> tuple[float, ...]:
    own = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, own):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (own.a, own.b, own.c, own.d, own.e, own.f)


def _times(one: tuple[float, ...], two: tuple[float, ...]) -> tuple[float, ...]:
    a, b, c, d, e, f = one
    g, h, i, j, k, m = two
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _bounds(pdfium: Any, item: Any, matrix: tuple[float, ...]) -> tuple[float, float, float, float]:
    sides = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(item, *sides):
        return (0.0, 0.0, 0.0, 0.0)
    x0, y0, x1, y1 = (side.value for side in sides)
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys), max(xs), max(ys)


def _stroke(
    pdfium: Any, item: Any, matrix: tuple[float, ...], left: float, bottom: float, height: float
) -> Stroke | None:
    """Return a path as a line when it is one: a stroked segment, or a filled box as thin as a line."""
    x0, y0, x1, y1 = _bounds(pdfium, item, matrix)
    fill, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, fill, stroked)
    across, down = (x1 - x0) * _MM, (y1 - y0) * _MM
    thin = min(across, down)
    if max(across, down) < _SHORT_MM or thin > _FLAT_MM:
        return None
    rgb = [ctypes.c_uint() for _ in range(4)]
    if stroked.value:
        width = ctypes.c_float()
        pdfium.FPDFPageObj_GetStrokeWidth(item, width)
        thin = width.value * _MM * (math.hypot(matrix[0], matrix[1]) or 1.0)
        own = _matrix(pdfium, item)
        thin *= math.hypot(own[2], own[3]) or 1.0
        pdfium.FPDFPageObj_GetStrokeColor(item, *rgb)
    elif fill.value:
        pdfium.FPDFPageObj_GetFillColor(item, *rgb)
    else:
        return None
    color = "".join(f"{part.value:02X}" for part in rgb[:3])
    return Stroke(
        (x0 - left) * _MM,
        (x1 - left) * _MM,
        (height - y1 + bottom) * _MM,
        (height - y0 + bottom) * _MM,
        thin,
        color,
    )
