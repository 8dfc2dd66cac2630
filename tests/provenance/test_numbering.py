"""Every printed figure gets one number, in reading order; nothing else changes."""

from kexie_docs.doctree.nodes import (
    Document,
    Figure,
    Heading,
    Imprint,
    PageBreak,
    Paragraph,
    Span,
    Table,
    TableCell,
    Text,
    Title,
)
from kexie_docs.doctree.numbering import with_numbered_figures
from kexie_docs.doctree.walk import figures
from tests.parity.documents import random_document
from tests.provenance.dense import with_figures

SAME = Figure("300余场", "活动", "活动")


def test_a_value_printed_twice_has_two_numbers() -> None:
    cell = TableCell(inlines=(SAME,))
    blocks = (
        Title(inlines=(SAME, Text("总结"))),
        Heading(level=1, inlines=(Text("共"), Span((Text("办"), SAME), "strong"))),
        Table(columns=("start",), widths=(1.0,), header=((cell,),), rows=((cell,), (cell,))),
        PageBreak(),
        Imprint(paragraphs=(Paragraph(inlines=(SAME,)),)),
    )
    numbered = Document(blocks=tuple(with_numbered_figures(blocks)))
    assert [figure.number for figure in figures(numbered)] == [1, 2, 3, 4, 5, 6]
    assert numbered.blocks == blocks


def test_a_figure_that_prints_nothing_gets_no_number() -> None:
    blocks = (Paragraph(inlines=(Figure("", "a", "a"), SAME, Figure("　", "a", "a"), SAME)),)
    numbered = Document(blocks=tuple(with_numbered_figures(blocks)))
    assert [figure.number for figure in figures(numbered)] == [0, 1, 0, 2]


def test_what_holds_no_figure_stays_the_same_object() -> None:
    paragraph = Paragraph(inlines=(Text("平安"), Span((Text("无事"),), "strong")))
    (result,) = with_numbered_figures((paragraph,))
    assert result is paragraph


def test_numbers_follow_the_order_of_reading_in_any_document() -> None:
    document = with_figures(random_document(9704, official=True), 9704)
    numbers = [figure.number for figure in figures(document) if figure.text.strip()]
    assert len(numbers) > 100
    assert numbers == list(range(1, len(numbers) + 1))
