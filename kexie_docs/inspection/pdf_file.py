"""A PDF measured: lines made paragraphs, the type area found from where they stand."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from statistics import fmean, median
from typing import Literal

from kexie_docs.frozen import dataclass
from kexie_docs.inspection import forms
from kexie_docs.inspection.pdf_glyphs import PdfPage, read_pages
from kexie_docs.inspection.pdf_lines import (
    MM_PER_PT,
    PdfLine,
    horizontal_rules,
    page_lines,
    table_areas,
)
from kexie_docs.inspection.scene import Align, PageNumber, PageSetup, Paragraph, Scene, Span

_NUMBER = re.compile(
    r"^[—–─－\-―~·\s第]{0,4}\d{1,4}[—–─－\-―~·\s页]{0,4}$|^第\s*\d{1,4}\s*页(?:\s*共\s*\d{1,4}\s*页)?$"
)
_NUMBER_ZONE = 45.0
"""How far from the page's lower edge a page number may stand, in mm."""
_HAN = re.compile("[\u3400-\u9fff]")
_FULL = 20
"""Han characters from which a line counts as one of running text."""
_SHORT = 1.7
"""Room in characters at a line's end from which it ends a paragraph."""
_INDENTED = 0.7
"""Indent in characters from which a line counts as indented."""
_ASIDE = 6.0
"""Indent in characters from which a first line begins no paragraph that goes on flush left."""
_CENTERED = 0.8
"""Largest difference of the room left and right of a centred line, in characters."""
_MANY = 3
"""Pages from which on one of them is taken to be full."""
_LOW = 36.0
"""Room below the text of a full page at most, in mm, by either reading."""


@dataclass(frozen=True, slots=True)
class _Area:
    """The edges of the text as measured; the standard's where nothing can be measured."""

    left: float
    right: float
    measured: bool


def is_scan(pages: Sequence[PdfPage]) -> bool:
    """Return whether a PDF holds pictures of pages rather than text."""
    return not any(page.glyphs or page.turned for page in pages)


def read_pdf_file(path: Path) -> Scene | None:
    """Measure a PDF; None when it holds no text at all, as a scan does.

    Raises:
        InputError: see `pdf_glyphs.read_pages`.
    """
    pages = read_pages(path)
    if is_scan(pages):
        return None
    upright = [page for page in pages if page.width < page.height]
    lines: list[PdfLine] = []
    numbers: list[tuple[PdfPage, PdfLine]] = []
    unnumbered: list[str] = []
    for page in pages:
        own = page_lines(page)
        number = _number_line(page, own)
        if number is not None:
            numbers.append((page, number))
            own = [line for line in own if line is not number]
        elif (
            own
            and not (page.turned and page.width > page.height)
            and not _imprint_alone(own, pages, page.number)
        ):
            unnumbered.append(str(page.number))
        lines += own
    sizes = Counter(line.size for line in lines for _ in range(len(line.glyphs)))
    body = sizes.most_common(1)[0][0] if sizes else 16.0
    lying = {page.number for page in pages if page.width > page.height}
    area = _area([line for line in lines if line.page not in lying], body, (upright or list(pages))[0])
    tables = {page.number: table_areas(page) for page in pages}
    rules = tuple(rule for page in pages for rule in horizontal_rules(page))
    paragraphs = _paragraphs(lines, area, tables)
    first = (upright or list(pages))[0]
    return Scene(
        "pdf",
        str(path),
        len(pages),
        (_setup(first, lines, body, area, len(pages)),),
        tuple(paragraphs),
        rules,
        tuple(_page_number(page, line, area) for page, line in numbers),
        unnumbered=tuple(unnumbered),
    )


def _imprint_alone(lines: Sequence[PdfLine], pages: Sequence[PdfPage], number: int) -> bool:
    """Return whether a page holds the imprint only, after a blank page: both go without a number (7.5)."""
    blank = number > 1 and not pages[number - 2].glyphs
    return blank and any(forms.PRINT.search(line.text) or forms.CC.match(line.text) for line in lines)


def _number_line(page: PdfPage, lines: Sequence[PdfLine]) -> PdfLine | None:
    """Return the line that is the page's number: below (or above) everything else, and of its form."""
    for line in (lines[-1:], lines[:1]):
        if line and _NUMBER.match(line[0].text.strip()):
            low = line[0].baseline > page.height - _NUMBER_ZONE
            if low or (line[0].baseline < _NUMBER_ZONE and len(lines) > 1):
                return line[0]
    return None


def _area(lines: Iterable[PdfLine], body: float, page: PdfPage) -> _Area:
    """Return where running text begins and ends across the page: what most of its full lines have."""
    default = _Area(28.0, page.width - 26.0, measured=False)
    own = [line for line in lines if abs(line.size - body) < 0.3 and not line.spans[0].color]
    full = [line for line in own if len(_HAN.findall(line.text)) >= _FULL]
    if not full:
        return default
    em = body * MM_PER_PT
    left, right = _edge(line.left for line in full), _edge(line.right for line in full)
    # Where every full line opens a paragraph, shorter lines below them tell where the edge is.
    further = [line.left for line in own if abs(left - line.left - 2 * em) < 0.3 * em]
    if further:
        left = _edge(further)
    elif abs(left - 2 * em - default.left) < 1.0:
        left = default.left
    flush = sum(abs(line.left - left) < 0.5 for line in own)
    ends = sum(abs(line.right - right) < 0.5 for line in full)
    if ends < 2 and abs(right - default.right) > 1.0:
        # One line alone may end early; it tells nothing unless it goes too far.
        right = max(right, default.right)
    return _Area(left, right, measured=flush >= 2 and ends >= 2)


def _edge(values: Iterable[float]) -> float:
    """Return the place that most values share, to half a millimetre."""
    own = list(values)
    peak = Counter(round(value * 4) for value in own).most_common(1)[0][0] / 4
    return median(value for value in own if abs(value - peak) < 0.5)


def _setup(page: PdfPage, lines: Sequence[PdfLine], body: float, area: _Area, count: int) -> PageSetup:
    by_page: dict[int, list[PdfLine]] = {}
    for line in lines:
        by_page.setdefault(line.page, []).append(line)
    steps: list[float] = []
    for own in by_page.values():
        for one, two in itertools.pairwise(own):
            if one.size == two.size == body and two.baseline > one.baseline:
                steps.append((two.baseline - one.baseline) / MM_PER_PT)
    advances: list[float] = []
    for line in lines:
        if line.size != body:
            continue
        for left, right in zip(line.glyphs, line.glyphs[1:], strict=False):
            if _HAN.match(left.char) and _HAN.match(right.char):
                advances.append((right.left - left.left) / MM_PER_PT)
    # Text that begins at the head of the type area; a red letterhead begins lower.
    tops = [own[0].top for number, own in by_page.items() if number > 1 and own[0].size == body]
    if not tops and lines and lines[0].top < 50 and not lines[0].spans[0].color:
        tops = [lines[0].top]
    bottoms = [own[-1].bottom for number, own in by_page.items() if number < count and own[-1].size == body]
    if len(bottoms) < _MANY and bottoms and page.height - max(bottoms) > _LOW:
        bottoms = []  # so few pages may all end early, for a table or an attachment that follows
    return PageSetup(
        page.width,
        page.height,
        median(tops) if tops else None,
        page.height - max(bottoms) if bottoms else None,
        area.left if area.measured else None,
        page.width - area.right if area.measured else None,
        _usual(steps, 0.1),
        _usual(advances, 0.02),
    )


def _usual(values: Sequence[float], step: float) -> float | None:
    """Return the value round which most values lie, to within about ``step``; None when there are none."""
    if not values:
        return None
    peak = Counter(round(value / step) for value in values).most_common(1)[0][0] * step
    return fmean(value for value in values if abs(value - peak) <= 1.5 * step)


def _page_number(page: PdfPage, line: PdfLine, area: _Area) -> PageNumber:
    text = line.text.replace("\t", " ")
    left, right = line.left - area.left, area.right - line.right
    middle = (line.left + line.right) / 2 - (area.left + area.right) / 2
    align = Align.CENTER if abs(middle) < 8 else Align.END if middle > 0 else Align.START
    digits = next((span for span in line.spans if any(char.isdigit() for char in span.text)), line.spans[0])
    parity: Literal["odd", "even"] = "odd" if page.number % 2 else "even"
    shown = next((int(word) for word in re.findall(r"\d{1,9}", text)), page.number)
    if shown % 2 != page.number % 2:
        parity = "odd" if shown % 2 else "even"  # the document may begin on a later page of a bound volume
    return PageNumber(
        text,
        Span(digits.text, digits.han_font, digits.latin_font, digits.size),
        align,
        left if align is Align.START else right,
        line.glyphs[0].middle,
        parity,
        page.number,
    )


def _paragraphs(
    lines: Sequence[PdfLine], area: _Area, tables: dict[int, list[tuple[float, float]]]
) -> list[Paragraph]:
    groups: list[list[PdfLine]] = []
    cells: list[bool] = []
    for line in lines:
        middle = (line.top + line.bottom) / 2
        cell = any(top <= middle <= bottom for top, bottom in tables.get(line.page, ()))
        if groups and not cell and not cells[-1] and _goes_on(groups[-1], line, area):
            groups[-1].append(line)
        else:
            groups.append([line])
            cells.append(cell)
    pages: set[int] = set()
    found: list[Paragraph] = []
    for group, cell in zip(groups, cells, strict=True):
        opens = group[0].page not in pages and bool(pages) and not _fills(found, lines, group[0].page, area)
        pages.update(line.page for line in group)
        found.append(_paragraph(len(found) + 1, group, area, cell, opens))
    return found


def _fills(found: Sequence[Paragraph], lines: Sequence[PdfLine], page: int, area: _Area) -> bool:
    """Return whether the page before was filled, so that text went on by itself."""
    before = [line for line in lines if line.page == page - 1]
    return bool(before) and before[-1].bottom > 245.0


def _goes_on(group: Sequence[PdfLine], line: PdfLine, area: _Area) -> bool:
    """Return whether a line belongs to the paragraph of the lines before it."""
    last, first = group[-1], group[0]
    if abs(last.size - line.size) > 0.6:
        return False
    if last.page == line.page and line.baseline - last.baseline > 2.6 * max(last.em, line.em):
        return False
    start = (line.left - area.left) / line.em
    if _align(last, area) is Align.CENTER and _align(line, area) is Align.CENTER:
        return line.size > 18 and _color(last) == _color(line)
    if (area.right - last.right) / last.em > _SHORT:
        return False
    if any(form.match(line.text) for form in (forms.LABEL, forms.DATE, forms.ATTENDEES)):
        return False
    begun = (first.left - area.left) / first.em
    if begun > _ASIDE and abs(start - begun) < 0.3:
        return True  # a line of its own on the right, too long for its room
    if start <= _INDENTED:
        if begun > _ASIDE:
            return False  # signature or date, which happens to end at the edge
        return _font(last) == _font(line) or begun > 0
    if begun > _ASIDE:
        return False
    further = (group[1].left - area.left) / group[1].em if len(group) > 1 else start
    return start > begun + _INDENTED and abs(further - start) < _INDENTED and begun > _INDENTED / 2


def _color(line: PdfLine) -> str:
    return line.spans[0].color


def _font(line: PdfLine) -> str:
    return line.spans[-1].han_font


def _align(line: PdfLine, area: _Area) -> Align:
    before, after = (line.left - area.left) / line.em, (area.right - line.right) / line.em
    if abs(before - after) < _CENTERED and "\t" not in line.text:
        if before < 0.4 and line.size <= 18:
            return Align.BOTH
        if line.size > 18 or abs(before - 2) > 0.35:
            return Align.CENTER
    if after < 0.4 and before > _ASIDE / 2 and len(_HAN.findall(line.text)) < _FULL:
        return Align.END
    return Align.START


def _paragraph(number: int, group: Sequence[PdfLine], area: _Area, cell: bool, opens: bool) -> Paragraph:
    first = group[0]
    spans: list[Span] = []
    align = _align(first, area)
    if len(group) > 1 and align in (Align.CENTER, Align.END):
        centered = all(_align(line, area) in (Align.CENTER, Align.BOTH) for line in group)
        align = Align.CENTER if centered else Align.BOTH
    for index, line in enumerate(group):
        own = list(line.spans)
        if index and align is Align.CENTER:
            spans.append(
                Span("\n", own[0].han_font, own[0].latin_font, own[0].size, own[0].bold, own[0].color)
            )
        for span in own:
            if spans and _alike(spans[-1], span):
                spans[-1] = Span(
                    spans[-1].text + span.text,
                    span.han_font,
                    span.latin_font,
                    span.size,
                    span.bold,
                    span.color,
                )
            else:
                spans.append(span)
    pitch = None
    if len(group) > 1 and group[0].page == group[1].page:
        pitch = (group[1].baseline - group[0].baseline) / MM_PER_PT
    return Paragraph(
        number=number,
        spans=tuple(spans),
        align=align,
        first=(first.left - area.left) / first.em,
        rest=(group[1].left - area.left) / first.em if len(group) > 1 else None,
        end=(area.right - first.right) / first.em,
        pitch=pitch,
        page=first.page,
        opens_page=opens,
        cell=cell,
        lines=tuple(line.as_line() for line in group),
    )


def _alike(one: Span, two: Span) -> bool:
    return (one.han_font, one.size, one.color) == (two.han_font, two.size, two.color)
