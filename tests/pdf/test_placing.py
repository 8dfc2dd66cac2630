"""Where the PDF puts what the layout placed: within a hundredth of a point."""

import io
from itertools import pairwise

import pdfplumber
import pytest

from kexie_docs.doctree.nodes import Metadata
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.pages import Layout, Page
from kexie_docs.style.sheet import FontRole
from kexie_docs.writers.pdf.content import page_content
from kexie_docs.writers.pdf.opentype import EmbeddedFace
from kexie_docs.writers.pdf.write import write_pdf
from tests.pdf import ink, specimen

UNEVEN = (-5, 0, 64, -5, -5, 13.37, -0.5, 3)
TEXT = "2024年，AT&T公司新建协同创新基地6个，引进高层次专家38人（其中院士1人）；“科创中国”试点10.4%。"


def origins(layout: Layout) -> list[tuple[float, float]]:
    """Return where the layout puts each glyph, in points from the top left."""
    return [
        ((run.x + position) / 20, run.y / 20)
        for page in layout.pages
        for line in page.lines
        for run in line.runs
        for position in run.positions
    ]


@pytest.mark.parametrize("size", [9, 14, 16, 22, 42])
@pytest.mark.parametrize("extra", [(-5,), (0,), UNEVEN])
def test_each_glyph_stands_where_the_layout_put_it(
    size: float, extra: tuple[float, ...], packaged: MachineFonts
) -> None:
    text = TEXT[: int(28 * 16 / size)]
    layout = specimen.layout(specimen.line(text, packaged, top=specimen.TOP, size=size, extra=extra))
    chars = ink.characters(write_pdf(layout, Metadata(title="题")), 0)
    height = layout.height / 20
    read = [(char["matrix"][4], height - char["matrix"][5]) for char in chars]
    expected = origins(layout)
    assert [char["text"] for char in chars] == list(text)
    assert [x for x, _ in read] == pytest.approx([x for x, _ in expected], abs=0.02)
    assert [y for _, y in read] == pytest.approx([y for _, y in expected], abs=0.01)


def test_errors_do_not_add_up_over_a_long_line(fandol: MachineFonts) -> None:
    layout = specimen.layout(
        specimen.line("一" * 300, fandol, top=specimen.TOP, size=10.5, extra=(0.333,), x=0)
    )
    chars = ink.characters(write_pdf(layout, Metadata(title="题")), 0)
    assert [char["matrix"][4] for char in chars] == pytest.approx([x for x, _ in origins(layout)], abs=0.02)


def test_sizes_and_colours_are_the_layouts(fandol: MachineFonts) -> None:
    lines = [
        specimen.line("红", fandol, top=specimen.TOP, role=FontRole.XIAOBIAOSONG, size=22, color="C00000"),
        specimen.line("黑", fandol, top=specimen.TOP + 600),
    ]
    layout = specimen.layout(Page(number=1, lines=tuple(lines), page_number=None))
    red, black = ink.characters(write_pdf(layout, Metadata(title="题")), 0)
    assert (red["size"], black["size"]) == (22, 16)
    assert red["non_stroking_color"] == pytest.approx((0xC0 / 255, 0, 0), abs=0.001)
    assert sum(black["non_stroking_color"]) == 0


def test_a_line_of_equal_gaps_is_one_string(fandol: MachineFonts) -> None:
    """Justified Han lines are most of a document: their glyphs need no correction each."""
    layout = specimen.layout(specimen.line("科学技术协会" * 4, fandol, top=specimen.TOP, extra=(-4.2,)))
    (run,) = layout.pages[0].lines[0].runs
    embedded = EmbeddedFace(run.face, set(zip(run.glyphs, run.text, strict=True)))
    content = page_content(layout.pages[0], layout.width, layout.height, {run.face: (embedded, ("F1",))}, {})
    assert content.count(b"<") == 1


def test_pages_have_the_papers_size(fandol: MachineFonts) -> None:
    pdf = write_pdf(specimen.pages(["科学" * 700], fandol), Metadata(title="题"))
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        assert len(document.pages) == 3
        for page in document.pages:
            assert (float(page.width), float(page.height)) == pytest.approx((595.3, 841.9), abs=0.05)
    assert all(a["x0"] < b["x0"] for a, b in pairwise(ink.characters(pdf, 0)[:28]))
