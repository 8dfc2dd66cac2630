"""Elements of official documents for specimens: text, tables, a seal, an imprint."""

import struct
import zlib

from kexie_docs.doctree.nodes import Fill, Imprint, Inline, Paragraph, Seal, Table, TableCell, Text
from kexie_docs.units import mm


def said(*texts: str, style: str = "body") -> Paragraph:
    """Return a paragraph of the texts, with a Fill between them."""
    inlines: list[Inline] = []
    for text in texts:
        inlines += [Fill()] * bool(inlines) + [Text(text)]
    return Paragraph(inlines=tuple(inlines), style=style)


def body(count: int) -> tuple[Paragraph, ...]:
    """Return numbered body paragraphs of one line."""
    return tuple(said(f"第{number}段") for number in range(1, count + 1))


def table(rows: int, *, landscape: bool = False) -> Table:
    """Return a table of three columns, one of each alignment."""
    return Table(
        columns=("start", "end", "center"),
        widths=(2, 1, 1.5),
        header=(_cells("指标", "数值", "来源"),),
        rows=tuple(_cells(f"项目{number}", f"{number * 7}", "科普部") for number in range(1, rows + 1)),
        landscape=landscape,
    )


def imprint(*, even_page: bool = False) -> Imprint:
    """Return an imprint with all its rules."""
    return Imprint(
        paragraphs=(
            Paragraph(inlines=(), style="imprint_first"),
            said(
                "抄送：市委办公室，市人大常委会办公室，市政府办公室，市政协办公室，市委组织部。",
                style="imprint_cc",
            ),
            Paragraph(inlines=(), style="imprint_middle"),
            said("示例市科学技术协会办公室", "2025年12月31日印发", style="imprint_print"),
            Paragraph(inlines=(), style="imprint_last"),
        ),
        even_page=even_page,
    )


def _cells(*texts: str) -> tuple[TableCell, ...]:
    return tuple(TableCell(inlines=(Text(text),)) for text in texts)


def _png(width: int) -> bytes:
    """Return a red square as PNG."""
    rows = (b"\0" + b"\xe6\x00\x12" * width) * width
    parts = [
        (b"IHDR", struct.pack(">IIBBBBB", width, width, 8, 2, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    ]
    chunks = (
        struct.pack(">I", len(data)) + tag + data + struct.pack(">I", zlib.crc32(tag + data))
        for tag, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


SEAL = Seal(image=_png(8), width=mm(42), height=mm(42), rise=mm(12))
