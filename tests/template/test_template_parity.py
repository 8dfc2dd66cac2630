"""Word = PDF for what templates add: pictures, page breaks, tables of metrics."""

import io
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image

from kexie_docs.doctree.nodes import Block, Document, PageBreak, Paragraph, Picture, Text
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.style.load import STYLES, load_style
from kexie_docs.units import Twips, mm
from tests.parity.conftest import more_fonts as more_fonts
from tests.parity.conftest import workdir as workdir
from tests.parity.corpus import paragraphs
from tests.parity.judge import judge
from tests.support.tools import require

SEED = 9704


def _document(seed: int) -> Document:
    source = random.Random(seed)
    data = io.BytesIO()
    Image.new("RGB", (60, 40), (source.randrange(256), 90, 90)).save(data, "PNG")
    return Document(blocks=tuple(_blocks(source, data.getvalue(), paragraphs(seed, 40))))


def _blocks(source: random.Random, data: bytes, texts: list[str]) -> Iterator[Block]:
    for text in texts:
        yield Paragraph(inlines=(Text(text),))
        if source.random() < 0.4:
            size = Twips(mm(source.uniform(10, 156))), Twips(mm(source.uniform(5, 200)))
            captioned = source.random() < 0.6
            style = "picture" if captioned else "picture_alone"
            yield Picture(image=data, width=size[0], height=size[1], paragraph_style=style)
            if captioned:
                yield Paragraph(inlines=(Text("图1　活动现场"),), style="picture_caption")
        if source.random() < 0.1:
            yield PageBreak()


@pytest.mark.parametrize("base", STYLES)
def test_every_line_and_page_around_pictures_is_as_in_libreoffice(
    base: str, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    require("soffice")
    documents = [_document(SEED + number) for number in range(4)]
    verdicts = judge(documents, load_style(base=base), fandol, more_fonts, workdir)
    whole = [one for one in verdicts if not any(difference.lost for difference in one.differences)]
    assert len(whole) >= 2
    for verdict in whole:
        assert not verdict.differences, str(verdict)
        assert verdict.pages[0] == verdict.pages[1]
        assert verdict.drift < 0.2
