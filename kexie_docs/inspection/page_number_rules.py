"""Rules of page numbers (KC75x)."""

import re
from collections.abc import Iterator

from kexie_docs.errors import Message, message
from kexie_docs.inspection.facts import Level, is_face, number, span, typeface_name
from kexie_docs.inspection.page_rules import in_mm, in_pt, upright
from kexie_docs.inspection.rule import FileHit, Subject, file_rule
from kexie_docs.inspection.scene import Align, PageNumber

_FORM = re.compile(r"^[—–─－\-]\s*\d+\s*[—–─－\-]$")
_STRICT = re.compile(r"^—\s*\d+\s*—$")


@file_rule("KC751")
def page_number_there(subject: Subject) -> Iterator[FileHit]:
    """Pages have no number.

    Why: every page is numbered, those of attachments that are bound with the document too.
    Wrong: 没有页码
    Right: — 1 —
    Source: GB/T 9704-2012 7.5
    """
    scene = subject.scene
    asked = message("a number on every page")
    part = message("page number")
    if not scene.page_numbers:
        yield FileHit(part, message("none"), asked)
        return
    if scene.kind == "pdf":
        if scene.unnumbered:
            pages = "、".join(scene.unnumbered[:10]) + ("…" if len(scene.unnumbered) > 10 else "")
            yield FileHit(
                part, message("none on page {pages}", pages=pages), asked, page=int(scene.unnumbered[0])
            )
        return
    names = {
        "first": message("none on the first page"),
        "odd": message("none on odd pages"),
        "even": message("none on even pages"),
    }
    for which in scene.unnumbered:
        # A first page without one is right for letters (10.1), which a file need not show itself to be.
        yield FileHit(part, names[which], asked, level=Level.RECOMMENDED if which == "first" else None)


@file_rule("KC752")
def page_number_place(subject: Subject) -> Iterator[FileHit]:
    """A page number does not stand outside below the type area: right on odd pages, left on even ones.

    Why: bound documents are leafed through by their outer edge. The dash stands 7 mm below the type area, one
    character from its edge.
    Wrong: 页码居中
    Right: 单页码居右空一字，双页码居左空一字
    Source: GB/T 9704-2012 7.5
    """
    low, high = span("page_number", "indent")
    setup = next(upright(subject), None)
    height = setup.height if setup is not None else number("page", "height")
    asked_y = height - (number("page", "height") - number("page_number", "y"))
    for one in subject.scene.page_numbers:
        if one.parity == "all":
            yield FileHit(
                message("place of the page number"),
                _across(one.align),
                message("right on odd pages, left on even pages"),
            )
            continue
        asked = Align.END if one.parity == "odd" else Align.START
        name = (
            message("page number on odd pages")
            if one.parity == "odd"
            else message("page number on even pages")
        )
        if one.align is not asked:
            yield FileHit(name, _across(one.align), _across(asked), page=_pdf_page(one))
        elif not low <= one.indent <= high:
            yield FileHit(
                name,
                message("{length} from the edge", length=in_mm(one.indent)),
                message("one character from the edge"),
                page=_pdf_page(one),
            )
        tolerance = number("page_number", "tolerance" if subject.scene.kind == "pdf" else "word_tolerance")
        if setup is not None and one.y is not None and abs(one.y - asked_y) > tolerance:
            yield FileHit(
                message("height of the page number"),
                message("{length} below the type area", length=in_mm(one.y - asked_y + 7.0)),
                message("{length} below the type area", length="7 mm"),
                page=_pdf_page(one),
            )


def _pdf_page(one: PageNumber) -> int | None:
    return one.page


def _across(align: Align) -> Message:
    if align is Align.CENTER:
        return message("centred")
    return message("right") if align is Align.END else message("left")


@file_rule("KC753")
def page_number_form(subject: Subject) -> Iterator[FileHit]:
    """A page number is not half-width 宋体 figures of size 4 between two dashes.

    Why: that is the form of all official documents.
    Wrong: -1-；第1页；五号字
    Right: — 1 —
    Source: GB/T 9704-2012 7.5
    """
    size, tolerance = number("sizes", "page_number"), number("sizes", "tolerance")
    for one in subject.scene.page_numbers:
        text = re.sub(r"\d+", "1", one.text.strip())
        if not _STRICT.match(text):
            level = None if _FORM.match(text) else Level.MUST
            yield FileHit(message("form of the page number"), text, "— 1 —", page=_pdf_page(one), level=level)
        if abs(one.span.size - size) > tolerance:
            yield FileHit(
                message("size of the page number"), in_pt(one.span.size), f"{size:g} pt", page=_pdf_page(one)
            )
        if one.span.latin_font and not is_face(one.span.latin_font, "songti"):
            yield FileHit(
                message("typeface of the page number"),
                one.span.latin_font,
                typeface_name("songti"),
                page=_pdf_page(one),
            )
