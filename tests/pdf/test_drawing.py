"""What the PDF shows beside text: rules, pictures, turned pages, bold glyphs, guide lines."""

import io
from dataclasses import replace

import pdfplumber
import pypdfium2
import pytest
from PIL import Image

from kexie_docs.doctree.nodes import Metadata
from kexie_docs.errors import OutputError
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.pages import Layout, Line, Page, PlacedImage, PlacedRule
from kexie_docs.units import mm
from kexie_docs.writers.pdf.write import write_pdf
from kexie_docs.writers.trace import trace
from tests.pdf import ink, specimen

TITLE = Metadata(title="题")
RULE = PlacedRule(x=mm(28), y=mm(100), width=mm(156), height=20, color="FF0000")
RED, CLEAR = (255, 0, 0, 255), (255, 255, 255, 0)


def picture(kind: str, mode: str = "RGB", colour: object = (255, 0, 0)) -> bytes:
    data = io.BytesIO()
    Image.new(mode, (40, 20), colour).save(data, kind)  # type: ignore[arg-type]
    return data.getvalue()


def ring() -> bytes:
    """A red square with a hole that lets see what is beneath."""
    image = Image.new("RGBA", (40, 40), RED)
    image.paste(CLEAR, (10, 10, 30, 30))
    data = io.BytesIO()
    image.save(data, "PNG")
    return data.getvalue()


def placed(data: bytes) -> PlacedImage:
    return PlacedImage(x=mm(50), y=mm(60), width=mm(40), height=mm(40), data=data)


def page(fonts: MachineFonts, *, text: str = "国", **parts: object) -> Layout:
    line = specimen.line(text, fonts, top=mm(60))
    shown = Page(number=1, lines=(line,), page_number=None)
    return specimen.layout(replace(shown, **parts))  # type: ignore[arg-type]


def colour_at(pdf: bytes, x: float, y: float) -> tuple[int, int, int]:
    """Return the colour that pdfium shows at a place in mm from the top left."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        scale = 4
        shown = document[0].render(scale=scale).to_pil().convert("RGB")
    finally:
        document.close()
    red, green, blue = shown.getpixel((round(x * 72 / 25.4 * scale), round(y * 72 / 25.4 * scale)))
    return red, green, blue


def test_a_rule_stands_where_the_layout_put_it_in_its_colour(fandol: MachineFonts) -> None:
    pdf = write_pdf(page(fandol, rules=(RULE,)), TITLE)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        (rect,) = document.pages[0].rects
    assert [rect["x0"], rect["top"], rect["x1"], rect["bottom"]] == pytest.approx(
        [RULE.x / 20, RULE.y / 20, (RULE.x + RULE.width) / 20, RULE.y / 20 + 1], abs=0.01
    )
    assert rect["non_stroking_color"] == (1, 0, 0)


def test_text_behind_a_red_rule_is_black_again(fandol: MachineFonts) -> None:
    (char,) = ink.characters(write_pdf(page(fandol, rules=(RULE,)), TITLE), 0)
    assert set(char["non_stroking_color"]) == {0}


@pytest.mark.parametrize(
    "data",
    [
        picture("PNG"),
        picture("PNG", "P", 0),
        picture("PNG", "L", 0),
        picture("JPEG"),
        picture("JPEG", "L", 0),
        picture("JPEG", "CMYK", (0, 255, 255, 0)),
    ],
    ids=["png", "palette", "grey", "jpeg", "grey jpeg", "cmyk"],
)
def test_pictures_are_shown_in_their_place_and_colours(data: bytes, fandol: MachineFonts) -> None:
    pdf = write_pdf(page(fandol, images=(placed(data),)), TITLE)
    expected = Image.open(io.BytesIO(data)).convert("RGB").getpixel((5, 5))
    assert colour_at(pdf, 70, 80) == pytest.approx(expected, abs=40)
    assert colour_at(pdf, 49, 80) == colour_at(pdf, 91, 80) == (255, 255, 255)
    assert colour_at(pdf, 70, 59) == colour_at(pdf, 70, 101) == (255, 255, 255)


def test_the_text_is_seen_through_the_clear_parts_of_a_seal(fandol: MachineFonts) -> None:
    black = PlacedRule(x=mm(65), y=mm(75), width=mm(10), height=mm(10), color="000000")
    pdf = write_pdf(page(fandol, rules=(black,), images=(placed(ring()),)), TITLE)
    assert colour_at(pdf, 70, 80) == (0, 0, 0)
    assert colour_at(pdf, 62, 72) == (255, 255, 255)
    assert colour_at(pdf, 55, 65) == (255, 0, 0)


def test_a_picture_used_twice_is_stored_once(fandol: MachineFonts) -> None:
    once = write_pdf(page(fandol, images=(placed(ring()),)), TITLE)
    twice = write_pdf(page(fandol, images=(placed(ring()), replace(placed(ring()), x=mm(100)))), TITLE)
    assert once.count(b"/Subtype /Image") == twice.count(b"/Subtype /Image") == 2  # colours and mask


def test_the_same_picture_gives_the_same_bytes(fandol: MachineFonts) -> None:
    layout = page(fandol, images=(placed(ring()),))
    assert write_pdf(layout, TITLE) == write_pdf(layout, TITLE)


def test_a_damaged_picture_is_an_error(fandol: MachineFonts) -> None:
    with pytest.raises(OutputError) as caught:
        write_pdf(page(fandol, images=(placed(ring()[:60]),)), TITLE)
    assert caught.value.problems[0].code == "KD691"


def turned(fonts: MachineFonts) -> bytes:
    line = specimen.line("表格", fonts, top=mm(28), x=mm(35), extra=(0,))
    number = specimen.line("— 1 —", fonts, top=mm(266), x=mm(150))
    sheet = Page(number=1, lines=(line,), page_number=number, turned=True)
    return write_pdf(specimen.layout(sheet), TITLE)


def test_a_turned_page_stands_counter_clockwise_on_the_upright_sheet(fandol: MachineFonts) -> None:
    chars = ink.characters(turned(fandol), 0)
    first, second = chars[0]["matrix"], chars[1]["matrix"]
    assert first[:4] == (0, 1, -1, 0)
    # Its left is the sheet's foot, its top the sheet's left edge.
    assert first[5] == pytest.approx(mm(35) / 20, abs=0.01)
    assert second[5] - first[5] == pytest.approx(16, abs=0.02)
    assert first[4] == pytest.approx((mm(28) + 430) / 20, abs=0.01)


def test_the_page_number_of_a_turned_page_stands_upright(fandol: MachineFonts) -> None:
    dash = ink.characters(turned(fandol), 0)[2]
    assert dash["text"] == "—"
    assert dash["matrix"][:4] == (1, 0, 0, 1)
    assert dash["matrix"][4] == pytest.approx(mm(150) / 20, abs=0.01)


def test_a_turned_page_reads_back_as_text(fandol: MachineFonts) -> None:
    document = pypdfium2.PdfDocument(turned(fandol))
    try:
        text = document[0].get_textpage().get_text_range()
    finally:
        document.close()
    assert "表格" in text
    assert "— 1 —" in text


def bold(line: Line) -> Line:
    return replace(line, runs=tuple(replace(run, bold=True) for run in line.runs))


def test_bold_glyphs_have_more_ink_and_those_behind_them_have_not(fandol: MachineFonts) -> None:
    def amount(pdf: bytes, row: int) -> int:
        picture = ink.raster(pdf, 0)
        height = round(20 * ink.SCALE)
        top = round((mm(60) + row * 1000) / 20 * ink.SCALE)
        return picture.crop((0, top, picture.width, top + height)).histogram()[255]

    first, second = (specimen.line("国家", fandol, top=mm(60) + row * 1000) for row in range(2))
    plain = Page(number=1, lines=(first, second), page_number=None)
    strong = replace(plain, lines=(bold(first), second))
    before, after = (write_pdf(specimen.layout(one), TITLE) for one in (plain, strong))
    assert amount(after, 0) > 1.1 * amount(before, 0)
    assert amount(after, 1) == amount(before, 1)


def test_guide_lines_are_drawn_only_when_asked_for_and_change_no_text(fandol: MachineFonts) -> None:
    layout = page(fandol)
    plain, guided = write_pdf(layout, TITLE), write_pdf(layout, TITLE, grid=[[RULE]])
    for pdf, count in ((plain, 0), (guided, 1)):
        with pdfplumber.open(io.BytesIO(pdf)) as document:
            assert len(document.pages[0].rects) == count
    assert [one["matrix"] for one in ink.characters(plain, 0)] == [
        one["matrix"] for one in ink.characters(guided, 0)
    ]


def test_the_trace_tells_rules_and_pictures(fandol: MachineFonts) -> None:
    layout = page(fandol, rules=(RULE,), images=(placed(b"PNG"),))
    assert trace(layout).splitlines()[1:] == [
        "1 27.99 99.99 rule 156.00x0.35 FF0000",
        "1 50.01 60.01 picture 40.00x40.00",
    ]
