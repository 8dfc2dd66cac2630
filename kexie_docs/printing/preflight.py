"""A PDF looked over before it is sent: A4 throughout, every font in it, nothing that would stop a printer."""

import io
from typing import Any

import pikepdf

from kexie_docs.errors import Place, Problem, message
from kexie_docs.frozen import dataclass
from kexie_docs.readers.pdf_fonts import appearances, missing_fonts
from kexie_docs.readers.pdf_weight import heavy_page

A4 = (210.0, 297.0)
"""Width and height in millimetres (GB/T 9704-2012, 5.1)."""

MOST_PAGES = 5_000
"""Most pages of a file that is printed."""

MOST_FOLDED = 1_000
"""Most pages of a booklet; thicker ones cannot be folded and stapled."""

_TOLERANCE = 1.0
_MM = 25.4 / 72


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found.

    Attributes:
        pages: how many there are; 0 when the file cannot be read.
        problems: what forbids printing it.
    """

    pages: int
    problems: tuple[Problem, ...]


def look_over(data: bytes, file: str, *, upright: bool = False) -> Looked:
    """Return what is wrong with a PDF that is to be printed.

    Args:
        data: the file.
        file: path as messages name it.
        upright: whether a page may not lie across, as in a booklet.
    """

    def problem(code: str, what: Any, hint: Any = None) -> Problem:
        return Problem(code, what, Place(file), hint)

    if b"%PDF-" not in data[:1024]:
        what = message("This is no PDF, whatever its name says")
        return Looked(0, (problem("KD620", what, message("Name the PDF that was meant.")),))
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as pdf:
            if pdf.is_encrypted:
                raise pikepdf.PasswordError
            pages = len(pdf.pages)
            found: list[Problem] = []
            most = MOST_FOLDED if upright else MOST_PAGES
            if pages > most:
                what = message("The PDF has {count} pages; {most} are printed", count=pages, most=most)
                return Looked(pages, (problem("KD630", what, message("Print it in parts.")),))
            heavy = heavy_page(pdf)
            if heavy is not None:
                what = message("Page {page} draws more than any document needs", page=heavy)
                return Looked(pages, (problem("KD630", what),))
            if not pages:
                found.append(problem("KD620", message("The PDF has no pages.")))
            wrong: dict[str, list[int]] = {}
            fonts: dict[str, list[int]] = {}
            for number, page in enumerate(pdf.pages, 1):
                size = page_size(page)
                if not _is_a4(size, upright=upright):
                    wrong.setdefault(f"{size[0]:.0f} × {size[1]:.0f} mm", []).append(number)
                for font in sorted(_strangers(page)):
                    fonts.setdefault(font, []).append(number)
    except pikepdf.PasswordError:
        what = message("The PDF is protected, so a printer cannot open it.")
        return Looked(0, (problem("KD622", what, message("Save it again without protection.")),))
    except (
        *(pikepdf.PdfError, pikepdf.DependencyError, pikepdf.ForeignObjectError),
        *(ValueError, TypeError, ArithmeticError, RuntimeError, LookupError, AttributeError),
    ):
        # Anybody's file: a number may be a text, a box may have no sides.
        what = message("The file is damaged or cut short")
        return Looked(0, (problem("KD620", what, message("Build or copy it again.")),))
    for size_text, numbers in wrong.items():
        what = message("Page {pages} is {size}, not A4.", pages=_listed(numbers), size=size_text)
        found.append(problem("KD621", what, message("Official documents are printed on A4 (GB/T 9704 5.1).")))
    for font, numbers in fonts.items():
        what = message(
            "The font {font} (page {pages}) is not in the file.", font=font, pages=_listed(numbers)
        )
        hint = message("The printer would put another font in its place. Export the PDF with fonts embedded.")
        found.append(problem("KD623", what, hint))
    return Looked(pages, tuple(found))


def page_size(page: Any) -> tuple[float, float]:
    """Return a page's width and height in millimetres as it is seen, turned if it is."""
    box = [float(side) for side in page.cropbox]
    width, height = abs(box[2] - box[0]) * _MM, abs(box[3] - box[1]) * _MM
    unit = page.obj.get("/UserUnit", 1)
    width, height = width * float(unit), height * float(unit)
    return (height, width) if int(page.rotation) % 180 else (width, height)


def _is_a4(size: tuple[float, float], *, upright: bool) -> bool:
    sizes = (size,) if upright else (size, size[::-1])
    return any(all(abs(a - b) <= _TOLERANCE for a, b in zip(each, A4, strict=True)) for each in sizes)


def _strangers(page: Any) -> set[str]:
    """Return the names of fonts that a page prints with and the file does not hold."""
    found = missing_fonts(page.obj)
    for each in appearances(page.obj):
        found |= missing_fonts(each)
    return found


def _listed(numbers: list[int]) -> str:
    """Return page numbers, runs of them as 3-5."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs)
