"""A booklet: A4 pages laid out on A3 sheets, two on each side, so that folded and stapled they follow on.

GB/T 9704-2012 puts the imprint (版记) on the last page of all, and lets blank pages stand before it (7.4.1,
7.5). So where sheets leave places empty, they stand before a last page that holds an imprint, else at the
end.
"""

import io
import re
from collections.abc import Sequence

import pikepdf
from pikepdf import Array, Dictionary, Name

_A3 = (1190.551, 841.89)
"""Width and height of an A3 sheet across, in points."""

_IMPRINT = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日印发$", re.MULTILINE)


def places(pages: int, *, imprint: bool) -> tuple[int | None, ...]:
    """Return which page stands in each place of the finished booklet, from 1; None for a blank.

    Args:
        pages: of the document.
        imprint: whether its last page holds an imprint, which is then last of all.
    """
    blanks = (None,) * (-pages % 4)
    numbers = tuple(range(1, pages + 1))
    return (*numbers[:-1], *blanks, numbers[-1]) if imprint and pages > 1 else (*numbers, *blanks)


def sides(order: Sequence[int | None]) -> tuple[tuple[int | None, int | None], ...]:
    """Return what stands left and right on each side of the sheets, in the order they are printed.

    Args:
        order: the places, a multiple of four.
    """
    count = len(order)
    found: list[tuple[int | None, int | None]] = []
    for sheet in range(count // 4):
        found.append((order[count - 1 - 2 * sheet], order[2 * sheet]))
        found.append((order[2 * sheet + 1], order[count - 2 - 2 * sheet]))
    return tuple(found)


def booklet(data: bytes) -> bytes:
    """Return a PDF of A3 sides for saddle stitching; printed on both sides, turned on the short edge.

    Args:
        data: a PDF whose pages are upright A4.

    Raises:
        ValueError: a part of it is damaged.
    """
    import pypdfium2

    try:
        return _laid_out(data)
    except (
        *(pikepdf.PdfError, pikepdf.DependencyError, pikepdf.ForeignObjectError, pypdfium2.PdfiumError),
        *(TypeError, ArithmeticError, LookupError, AttributeError, RuntimeError),
    ) as error:
        raise ValueError("damaged") from error


def _laid_out(data: bytes) -> bytes:
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as source, pikepdf.new() as result:
        order = places(len(source.pages), imprint=ends_with_imprint(data))
        drawings = [result.copy_foreign(page.as_form_xobject()) for page in source.pages]
        boxes = [[float(side) for side in page.trimbox] for page in source.pages]
        for left, right in sides(order):
            content: list[str] = []
            resources = Dictionary()
            for name, number, start in (("/L", left, 0.0), ("/R", right, _A3[0] / 2)):
                if number is None:
                    continue
                x0, y0, x1, y1 = boxes[number - 1]
                turned = int(source.pages[number - 1].rotation) % 180
                width, height = (y1 - y0, x1 - x0) if turned else (x1 - x0, y1 - y0)
                origin = _origin(drawings[number - 1])
                x = start + (_A3[0] / 2 - width) / 2 - origin[0]
                y = (_A3[1] - height) / 2 - origin[1]
                content.append(f"q 1 0 0 1 {x:.4f} {y:.4f} cm {name} Do Q")
                resources[name] = drawings[number - 1]
            page = Dictionary(
                Type=Name.Page,
                MediaBox=Array([0, 0, _number(_A3[0]), _number(_A3[1])]),
                Resources=Dictionary(XObject=resources),
                Contents=pikepdf.Stream(result, "\n".join(content).encode("ascii")),
            )
            result.pages.append(pikepdf.Page(result.make_indirect(page)))
        if "/Title" in source.docinfo:
            result.trailer.Info = result.make_indirect(
                Dictionary(Title=pikepdf.String(str(source.docinfo.Title)))
            )
        result.save(stream, deterministic_id=True)
    return stream.getvalue()


def ends_with_imprint(data: bytes) -> bool:
    """Return whether the last page says who printed the document on which day, as an imprint does (7.4.3)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        page = document[len(document) - 1]
        text = page.get_textpage().get_text_range()
    finally:
        document.close()
    # Between Han characters and digits there are gaps, which are read as spaces.
    return _IMPRINT.search(re.sub(r"[ \t\u3000]|\r(?=\n)", "", text)) is not None


def _origin(drawing: pikepdf.Object) -> tuple[float, float]:
    """Return the lower left corner of a page's drawing, after its matrix."""
    x0, y0, x1, y1 = (float(side) for side in drawing.BBox)
    a, b, c, d, e, f = (float(one) for one in drawing.get("/Matrix", Array([1, 0, 0, 1, 0, 0])))
    xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
    ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
    return min(xs), min(ys)


def _number(value: float) -> pikepdf.Object:
    return pikepdf.Object.parse(f"{value:.3f}".encode("ascii"))
