"""The built-in style, fonts without files, and documents from plain text."""

from collections.abc import Callable

import pytest

from kexie_docs.doctree.nodes import Document, Paragraph, Text
from kexie_docs.layout.document import layout_document
from kexie_docs.layout.pages import Layout, Line
from kexie_docs.style.load import load_style
from kexie_docs.style.sheet import Style
from tests.layout.fakes import FakeFonts

LayOut = Callable[..., Layout]


@pytest.fixture(scope="session")
def style() -> Style:
    return load_style()


@pytest.fixture
def lay_out(style: Style) -> LayOut:
    """Lay out blocks, or texts as body paragraphs."""

    def run(*blocks: object, sheet: Style = style, fonts: FakeFonts | None = None) -> Layout:
        made = [Paragraph(inlines=(Text(one),)) if isinstance(one, str) else one for one in blocks]
        return layout_document(Document(blocks=tuple(made)), sheet, fonts or FakeFonts())  # type: ignore[arg-type]

    return run


def all_lines(layout: Layout) -> list[Line]:
    return [line for page in layout.pages for line in page.lines]


def texts(layout: Layout) -> list[str]:
    return [line.text for line in all_lines(layout)]
