"""Placed lines as text."""

from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.writers.trace import trace
from tests.pdf import specimen


def test_each_line_tells_page_place_style_and_text(fandol: MachineFonts) -> None:
    layout = specimen.pages(["甲乙丙", "丁 戊"], fandol)
    assert trace(layout).splitlines() == [
        "1 27.99 44.59 body 甲乙丙",
        "1 27.99 54.80 body 丁 戊",
        "1 27.99 269.59 body — 1 —",
    ]


def test_a_fallback_character_is_on_the_same_row(fandol: MachineFonts) -> None:
    layout = specimen.layout(specimen.line("国勠", fandol, top=specimen.TOP))
    assert len(layout.pages[0].lines[0].runs) == 2
    assert trace(layout) == "1 27.99 44.59 body 国勠\n"
