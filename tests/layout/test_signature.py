"""No signature begins a page without text (GB/T 9704-2012 7.3.5): every length of the last paragraph."""

from collections.abc import Sequence

import pytest

from kexie_docs.compose.closing import SealPicture, placed, with_text_above
from kexie_docs.doctree.fits import fitted
from kexie_docs.doctree.nodes import Block, Document, Heading, PageBreak, Paragraph, Text, Title
from kexie_docs.layout.document import layout_document
from kexie_docs.layout.ending import may_stand_alone
from kexie_docs.layout.pages import Layout
from kexie_docs.style.load import STYLES, load_style
from kexie_docs.style.sheet import Style
from kexie_docs.style.signed import SIGNED
from kexie_docs.units import mm
from tests.layout.fakes import FakeFonts

SHEETS = {base: load_style(base=base) for base in STYLES}
SEAL = SealPicture(b"PNG", mm(42), mm(42))
ENDINGS = {"a name": (1, None), "a seal": (1, SEAL), "three names": (3, None), "two names, a seal": (2, SEAL)}


def text(lines: int, char: str = "末") -> Paragraph:
    """Return a paragraph of so many lines, the last one not full."""
    return Paragraph(inlines=(Text(char * (28 * lines - 7)),))


def signed(sheet: Style, above: Sequence[Block], names: int = 1, seal: SealPicture | None = None) -> Document:
    """Return the blocks with a signature below, as compose makes it."""
    signature = [
        *(Paragraph(inlines=(Text(f"示例市科协{number}"),), style="signature") for number in range(names)),
        Paragraph(inlines=(Text("2025年12月31日"),), style="issue_date"),
    ]
    blocks = with_text_above(placed([*above, *signature], sheet, seal), sheet)
    return Document(blocks=tuple(blocks))


def laid_out(document: Document, sheet: Style) -> Layout:
    return layout_document(document, sheet, FakeFonts())


def begins_a_page(layout: Layout) -> bool:
    return any(page.lines and page.lines[0].style in SIGNED for page in layout.pages)


@pytest.mark.parametrize("base", STYLES)
@pytest.mark.parametrize("ending", ENDINGS)
def test_the_signature_has_text_above_it_on_its_page(base: str, ending: str) -> None:
    """Last paragraphs of 1 to 24 lines below every count of lines of a page."""
    sheet, (names, seal) = SHEETS[base], ENDINGS[ending]
    changed = 0
    for lines in range(1, 25):
        for above in range(1, 24):
            blocks = [*(text(1, "上") for _ in range(above)), text(lines)]
            layout = laid_out(signed(sheet, blocks, names, seal), sheet)
            assert not begins_a_page(layout), (lines, above)
            changed += bool(layout.fits)
            pages = {page.number for page in layout.pages for line in page.lines if line.style in SIGNED}
            assert len(pages) == 1, (lines, above)
    assert changed > 50


def pitches(layout: Layout) -> list[int]:
    return [line.height for page in layout.pages for line in page.lines if line.style == "body"]


def test_where_nothing_needs_to_move_nothing_is_changed() -> None:
    sheet = SHEETS["office"]
    layout = laid_out(signed(sheet, [*(text(1, "上") for _ in range(10)), text(20)]), sheet)
    assert layout.fits == ()
    assert [len(page.lines) for page in layout.pages] == [22, 10]
    assert set(pitches(layout)) == {sheet.grid.line_pitch}


def test_below_a_full_page_the_last_line_goes_along_and_nobody_sees_why() -> None:
    """A tenth of a point or two more for each line: the page keeps 21, and no hole."""
    sheet = SHEETS["office"]
    layout = laid_out(signed(sheet, [*(text(1, "上") for _ in range(14)), text(8)]), sheet)
    assert [len(page.lines) for page in layout.pages] == [21, 3]
    assert layout.pages[1].lines[0].style == "body"
    assert 0 < max(pitches(layout)) - sheet.grid.line_pitch <= 6


@pytest.mark.parametrize("lines", [4, 11])
def test_a_last_paragraph_of_up_to_half_a_page_moves_whole(lines: int) -> None:
    sheet = SHEETS["office"]
    layout = laid_out(signed(sheet, [*(text(1, "上") for _ in range(21 - lines)), text(lines)]), sheet)
    assert [len(page.lines) for page in layout.pages] == [21 - lines, lines + 2]
    assert set(pitches(layout)) == {sheet.grid.line_pitch}


@pytest.mark.parametrize(("above", "signature_page"), [(8, 1), (9, 2)])
def test_a_longer_one_is_set_closer_or_wider(above: int, signature_page: int) -> None:
    """7.3.5.5: two lines too many for the page are brought in, one too few for the next is driven out."""
    sheet = SHEETS["office"]
    layout = laid_out(signed(sheet, [*(text(1, "上") for _ in range(above)), text(12)]), sheet)
    page = next(page for page in layout.pages if page.lines[-1].style in SIGNED)
    assert page.number == signature_page
    assert page.lines[0].style == "body"
    (changed,) = set(pitches(layout)) - {sheet.grid.line_pitch}
    assert abs(changed / sheet.grid.line_pitch - 1) <= 0.12
    assert pitches(layout).count(changed) == 12


def test_the_only_paragraph_begins_on_the_first_page() -> None:
    """7.3.3: it may be set closer or wider, and never moves as a whole."""
    sheet = SHEETS["office"]
    title = Title(inlines=(Text("示例市科学技术协会2025年工作总结"),))
    for lines in range(1, 60):
        layout = laid_out(signed(sheet, [title, text(lines)]), sheet)
        assert not begins_a_page(layout), lines
        assert layout.pages[0].lines[-1].style == "body" or len(layout.pages) == 1, lines
        assert all(fit.line_pitch is not None for fit in layout.fits), lines


def test_a_signature_that_is_asked_to_begin_a_page_does() -> None:
    sheet = SHEETS["office"]
    document = signed(sheet, [text(4), PageBreak()])
    layout = laid_out(document, sheet)
    assert begins_a_page(layout)
    assert layout.fits == ()


def test_every_signature_of_a_document_is_looked_after() -> None:
    sheet = SHEETS["office"]
    one = signed(sheet, [*(text(1, "上") for _ in range(14)), text(8)]).blocks
    layout = laid_out(Document(blocks=(*one, PageBreak(), *one)), sheet)
    assert len(layout.fits) == 2
    assert not begins_a_page(layout)


def test_the_document_that_the_word_file_is_made_of_has_the_same_pages() -> None:
    sheet = SHEETS["office"]
    for above in range(6, 14):
        document = signed(sheet, [*(text(1, "上") for _ in range(above)), text(12)])
        layout = laid_out(document, sheet)
        again = laid_out(fitted(document, layout.fits), sheet)
        assert again.pages == layout.pages


def test_no_layout_is_asked_for_where_the_signature_is_far_from_the_end_of_its_page() -> None:
    """A Word file alone then needs no font; headings, digits and quotes counted in."""
    sheet = SHEETS["office"]
    heading = Heading(level=1, inlines=(Text("强化思想引领"),), number="一、")
    body = Paragraph(inlines=(Text("全年举办活动128场，参与12.5万人次，“科普中国”平台发布信息。" * 8),))
    asked = [
        may_stand_alone(
            signed(sheet, [heading, body, *(text(1, "上") for _ in range(above)), text(5)]), sheet
        )
        for above in range(22)
    ]
    assert 3 <= sum(asked) <= 7


def test_a_signature_below_a_short_paragraph_or_none_asks_for_no_layout() -> None:
    sheet = SHEETS["office"]
    for above in range(1, 23):
        lines = [text(1, "上") for _ in range(above)]
        assert not may_stand_alone(signed(sheet, [*lines, text(2)]), sheet)
        assert not may_stand_alone(Document(blocks=(*lines, text(9))), sheet)
