"""Random documents whose signature would begin a page."""

import io
import random
from collections.abc import Iterator

from PIL import Image

from kexie_docs.compose.closing import SealPicture, placed, with_text_above
from kexie_docs.doctree.nodes import Block, Document, Heading, Imprint, Paragraph, Text, Title
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.layout.document import layout_document
from kexie_docs.style.sheet import Style
from kexie_docs.style.signed import SIGNED
from kexie_docs.units import mm
from tests.parity.corpus import paragraphs


def signed_at_a_foot(seed: int, sheet: Style, fonts: MachineFonts, count: int) -> Iterator[Document]:
    """Yield documents for which the text above the signature had to be changed; names, seals, imprints.

    Args:
        seed: of everything in them.
        sheet: their style.
        fonts: with which the signature would begin a page.
        count: of documents.
    """
    source = random.Random(seed)
    picture = io.BytesIO()
    Image.new("RGB", (60, 60), "red").save(picture, "PNG")
    seal = SealPicture(picture.getvalue(), mm(42), mm(42))
    texts = paragraphs(seed, 400)
    while count:
        document = _document(source, sheet, texts, seal)
        layout = layout_document(document, sheet, fonts)
        if layout.fits:
            assert not any(page.lines and page.lines[0].style in SIGNED for page in layout.pages)
            yield document
            count -= 1


def _document(source: random.Random, sheet: Style, texts: list[str], seal: SealPicture) -> Document:
    blocks: list[Block] = [Title(inlines=(Text("示例市科学技术协会2025年工作总结"),))]
    for _ in range(source.randint(1, 24)):
        if source.random() < 0.2:
            blocks.append(Heading(level=1, inlines=(Text("加强组织建设"),), number="一、"))
        blocks.append(Paragraph(inlines=(Text(source.choice(texts)[: source.choice((20, 60, 200))]),)))
    words = "".join(source.choice("科技工作者服务创新发展建设全面推进各项任务，完成了。") for _ in range(700))
    blocks.append(Paragraph(inlines=(Text("县" + words[: source.randint(90, 28 * 24)]),)))
    names = ("甲市科学技术协会", "乙市科学技术协会", "丙市科协")[: source.choice((1, 1, 2, 3))]
    blocks += [Paragraph(inlines=(Text(name),), style="signature") for name in names]
    blocks.append(Paragraph(inlines=(Text("2025年12月31日"),), style="issue_date"))
    finished = list(with_text_above(placed(blocks, sheet, seal if source.random() < 0.4 else None), sheet))
    if source.random() < 0.5:
        rules = ("imprint_first", "imprint_last")
        first, last = (Paragraph(inlines=(), style=name) for name in rules)
        cc = Paragraph(inlines=(Text("抄送：示例市政府办公室。"),), style="imprint_cc")
        finished.append(Imprint(paragraphs=(first, cc, last), even_page=source.random() < 0.5))
    return Document(blocks=tuple(finished))
