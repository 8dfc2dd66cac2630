"""Random documents with every element that an official document can hold.

No paragraph or cell begins or ends with a blank: templates print none that does.
"""

import random
from collections.abc import Iterator

from kexie_docs.doctree.nodes import (
    Alignment,
    Block,
    Break,
    Document,
    Figure,
    Fill,
    Heading,
    Imprint,
    Inline,
    PageBreak,
    Paragraph,
    Placement,
    Span,
    Table,
    TableCell,
    Text,
    Title,
)
from kexie_docs.doctree.numbering import with_numbered_figures
from kexie_docs.units import Twips
from tests.parity.corpus import paragraphs

_PLAIN = ("body",) * 6 + ("heading",) * 3 + ("closing", "contact", "placed")
_OFFICIAL = (*_PLAIN, "table", "wide_table", "break", "attachment", "hanging", "letterhead")


def random_document(seed: int, *, official: bool = False, count: int = 60) -> Document:
    """Return a document of ``count`` blocks or a few more; the same seed gives the same one.

    Args:
        seed: of everything in it.
        official: whether it has tables, attachments, page breaks, a letterhead and an imprint too.
        count: blocks.
    """
    source = random.Random(seed)
    texts = iter(paragraphs(seed, 200))
    blocks: list[Block] = list(_letterhead(source)) if official else []
    blocks.append(Title(inlines=(Text("示例市科学技术协会"), Break(), Text("2025年工作总结"))))
    while len(blocks) < count:
        blocks += _element(source.choice(_OFFICIAL if official else _PLAIN), next(texts), source)
    if official and source.random() < 0.7:
        # More than a page of text: LibreOffice does not take back a table with its caption that an imprint
        # has pushed to the next page before it left the page itself (docs/notes/elements.md).
        blocks += [Paragraph(inlines=(Text(next(texts) + next(texts)),)) for _ in range(5)]
        blocks.append(_imprint(source, next(texts)))
    return Document(blocks=tuple(with_numbered_figures(blocks)))


def _element(kind: str, text: str, source: random.Random) -> Iterator[Block]:
    match kind:
        case "heading":
            level = source.randint(1, 4)
            number = source.choice(("", "一、", "（二）", "3.", "（4）"))
            title = text[: source.randint(3, 60)].strip()
            yield Heading(level=level, inlines=(Text(title),), number=number)
        case "closing":
            if source.random() < 0.5:
                yield Paragraph(inlines=(Text(text[: source.randint(5, 80)].strip()),), keep_with_next=True)
            yield Paragraph(inlines=(Text("示例市科学技术协会"),), style="signature")
            yield Paragraph(inlines=(Text("2025年12月31日"),), style="issue_date")
        case "contact":
            yield Paragraph(inlines=(Text("电话：（0930）1234567"),), style="contact")
        case "placed":
            yield Paragraph(inlines=pieces(text[:40].strip(), source), placement=_placement(source))
        case "table":
            if source.random() < 0.6:
                yield Paragraph(inlines=(Text("表1　主要指标完成情况"),), style="table_caption")
            yield table(source)
        case "wide_table":
            if source.random() < 0.6:
                yield Paragraph(inlines=(Text("附表　各县区情况"),), style="table_caption")
            yield table(source, landscape=True)
        case "break":
            yield PageBreak()
        case "attachment":
            yield Paragraph(inlines=(Text("附件1"),), style="attachment_label")
            yield Title(inlines=(Text("示例市科学素质行动实施情况"),), style="attachment_title")
        case "hanging":
            where = Placement(align="justify", start_indent=6.0, first_line_indent=-1.0)
            yield Paragraph(
                inlines=(Text(f"1.{text[:60].rstrip()}"),), style="attachment_note_next", placement=where
            )
        case "letterhead":
            yield from _letterhead(source)
        case _:
            length = source.choice((20, 60, 120, 240))
            yield Paragraph(inlines=pieces(text[:length].strip(), source))


def _placement(source: random.Random) -> Placement:
    return Placement(
        align=source.choice(("center", "end", "start")),
        start_indent=source.choice((0.0, 2.0, 3.5)),
        end_indent=source.choice((0.0, 2.0, 4.0)),
        first_line_indent=source.choice((0.0, 0.0, 2.0)),
        space_before=source.choice((None, None, Twips(0), Twips(433))),
    )


def _letterhead(source: random.Random) -> Iterator[Block]:
    names = "、".join(("王建国", "李明", "欧阳文华")[: source.randint(1, 3)])
    number = f"张科协发〔2025〕{source.randint(1, 120)}号"
    yield Paragraph(inlines=(Text("示例市科学技术协会文件"),), style="authority_mark_medium")
    yield Paragraph(
        inlines=(Text(number), Fill(), Text("签发人："), Span((Text(names),), "signatory_name")),
        style="document_number_upward",
    )
    yield Paragraph(inlines=(), style="letterhead_rule")
    yield Paragraph(inlines=(Text("中共示例市委，示例市人民政府："),), style="addressee")


def table(source: random.Random, *, landscape: bool = False) -> Table:
    """Return a table of random columns, rows and texts."""
    count = source.randint(2, 9 if landscape else 6)
    columns: list[Alignment] = [source.choice(("start", "center", "end")) for _ in range(count)]
    texts = iter(paragraphs(source.randrange(1_000_000), 60))
    widths = tuple(source.choice((1.0, 1.5, 2.0, 3.0)) for _ in range(count))

    area = 12_756 if landscape else 8_845

    def row(longest: int) -> tuple[TableCell, ...]:
        cells = []
        for width in widths:
            text = next(texts, "合计")[: source.randint(0, source.choice((4, longest)))]
            # No higher than a page by itself: `high_rows` has such.
            text = text[: 60 * int((area * width / sum(widths) - 120) // 240)].strip()
            cells.append(TableCell(inlines=(Text(text),) if text else ()))
        return tuple(cells)

    return Table(
        columns=tuple(columns),
        widths=widths,
        header=tuple(row(12) for _ in range(source.choice((0, 1, 1, 1, 2)))),
        rows=tuple(row(40) for _ in range(source.randint(1, 12))),
        landscape=landscape,
    )


def high_rows(seed: int) -> Document:
    """Return a document of a table, some of whose rows are higher than a page."""
    source = random.Random(seed)
    count = source.randint(1, 4)
    lengths = (0, 3, 15, 40, 700, 1400, 3000)

    def row(longest: int) -> tuple[TableCell, ...]:
        sizes = [source.choice(lengths[:longest]) for _ in range(count)]
        if longest > 4:
            sizes[source.randrange(count)] = source.randint(900, 3400)
        return tuple(TableCell(inlines=(Text("".join(_counted(size))),) if size else ()) for size in sizes)

    rows = [row(4) for _ in range(source.randint(0, 3))] + [row(7)]
    source.shuffle(rows)
    columns: list[Alignment] = [source.choice(("start", "center", "end")) for _ in range(count)]
    made = Table(
        columns=tuple(columns),
        widths=tuple(source.choice((1.0, 2.0)) for _ in range(count)),
        header=tuple(row(3) for _ in range(source.choice((0, 1, 2)))),
        rows=tuple(rows),
        landscape=source.random() < 0.2,
    )
    above = (Paragraph(inlines=(Text(f"前文{number}"),)) for number in range(source.randint(0, 25)))
    return Document(blocks=(*above, made, Paragraph(inlines=(Text("后文"),))))


def table_at_the_foot(beyond: int, header: int, *, rows: int = 0, captioned: bool = False) -> Document:
    """Return a table with a rule ``beyond`` twips below the foot of the page (office).

    Args:
        beyond: negative above the foot.
        header: rows of one line.
        rows: the rule is that below so many rows, of one line, behind the header.
        captioned: whether a caption stands above it.
    """
    page, pitch, row, lines = 12_756, 579, 410, 18
    caption_height = 290 + 440
    top = page - (10 + (header + rows) * row) + beyond - (caption_height if captioned else 0)
    text = Paragraph(inlines=(Text("字" * (28 * lines - 10)),))
    caption = (Paragraph(inlines=(Text("表1　主要指标"),), style="table_caption"),) * captioned
    where = Placement(align="start", space_before=Twips(top - (lines + 1) * pitch))
    cells = tuple(TableCell(inlines=(Text(text),)) for text in ("指标", "数量"))
    made = Table(columns=("start", "end"), widths=(1.0, 1.0), header=(cells,) * header, rows=(cells,) * 3)
    return Document(blocks=(text, Paragraph(inlines=(Text("前文"),), placement=where), *caption, made, text))


def filled(seed: int, count: int = 60) -> Document:
    """Return paragraphs with a Fill: what follows it has room in the line, hardly, or none."""
    source = random.Random(seed)

    def name(shortest: int, longest: int) -> str:
        length = source.randint(shortest, longest)
        return "".join(source.choice("张王李赵陈杨科协市委办公室") for _ in range(length))

    blocks: list[Block] = []
    for _ in range(count):
        number = f"〔{source.randint(2019, 2026)}〕{source.randint(1, 130)}号"
        date = f"{source.randint(2019, 2026)}年{source.randint(1, 12)}月{source.randint(1, 28)}日印发"
        match source.choice(("number", "number", "office", "bulletin")):
            case "number":
                head, label, tail, style = (
                    name(2, 12) + number,
                    "签发人：",
                    name(6, 14),
                    "document_number_upward",
                )
            case "office":
                head, label, tail, style = name(8, 26), "", date, "imprint_print"
            case _:
                head, label, tail, style = name(8, 30), "", date.removesuffix("印发"), "bulletin_line"
        span = Span((Text(tail),), "signatory_name") if label else Text(tail)
        blocks.append(Paragraph(inlines=(Text(head), Fill(), Text(label), span), style=style))
    return Document(blocks=tuple(blocks))


def _counted(length: int) -> Iterator[str]:
    """Yield characters of which no stretch is like another, so that a line lost or moved is seen."""
    for index in range(length):
        yield chr(0x4E00 + index)


def addresses(seed: int, kind: str) -> Document:
    """Return paragraphs with a long address at the start of their second line.

    Args:
        seed: of the addresses.
        kind: what ends inside or before the address: "figure", "figure before" or "span".
    """
    source = random.Random(seed)

    def word(shortest: int, longest: int) -> str:
        letters = "abcdefghijklmnopqrstuvwxyz0123456789"
        return "".join(source.choice(letters) for _ in range(source.randint(shortest, longest)))

    blocks: list[Block] = []
    for number in range(24):
        before = "字" * (24 + number % 2) + "见"
        first = f"https://www.example.gov.cn/{word(8, 14)}"
        rest = Text(f"{word(16, 40)}/{word(20, 50)}，后文")
        lead: Inline = Figure(before, "指标", "指标") if kind == "figure before" else Text(before)
        match kind:
            case "figure":
                middle: Inline = Figure(first, "指标", "指标")
            case "span":
                middle = Span((Text(first),), "strong")
            case _:
                middle = Text(first)
        blocks.append(Paragraph(inlines=(lead, middle, rest)))
    return Document(blocks=tuple(with_numbered_figures(blocks)))


def _imprint(source: random.Random, text: str) -> Imprint:
    copies = f"抄送：{text[: source.randint(8, 90)].strip()}。"
    return Imprint(
        paragraphs=(
            Paragraph(inlines=(), style="imprint_first"),
            Paragraph(inlines=(Text(copies),), style="imprint_cc"),
            Paragraph(inlines=(), style="imprint_middle"),
            Paragraph(
                inlines=(Text("示例市科学技术协会办公室"), Fill(), Text("2025年12月31日印发")),
                style="imprint_print",
            ),
            Paragraph(inlines=(), style="imprint_last"),
        ),
        even_page=source.random() < 0.4,
    )


def pieces(text: str, source: random.Random) -> tuple[Inline, ...]:
    """Return the text in texts, figures and spans of random length."""
    result: list[Inline] = []
    start = 0
    while start < len(text):
        piece = text[start : start + source.randint(1, 40)]
        start += len(piece)
        match source.choice(("text", "text", "figure", "span")):
            case "figure":
                result.append(Figure(piece, "指标", "指标"))
            case "span":
                result.append(Span((Text(piece),), source.choice(("strong", "emphasis", "run_in_heading"))))
            case _:
                result.append(Text(piece))
    return tuple(result)
