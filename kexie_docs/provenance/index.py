"""The index at the end of a checking copy (校核稿): every figure with its value, its source and its place."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from kexie_docs.doctree.nodes import (
    Alignment,
    Block,
    Inline,
    Metadata,
    Paragraph,
    Table,
    TableCell,
    Text,
    Title,
)
from kexie_docs.provenance.records import FigureRecord, FigureTable, PrintedPlace

MARK = "校核稿"
"""What a checking copy is called, in its head and its file's title."""

INDEX_TITLE = "数据校核索引"
"""Title of the index, behind the document."""

_COLUMNS: tuple[tuple[str, Alignment, float], ...] = (
    ("序号", "center", 2.6),
    ("正文写法", "start", 5.4),
    ("指标", "start", 7.6),
    ("数值", "end", 5.2),
    ("来源", "start", 7.8),
    ("位置", "center", 4.6),
)

_KINDS = {
    "rank": "第{value}位",
    "edition": "第{value}{unit}",
    "top": "前{value}{unit}",
    "first": "定性表述",
    "record": "定性表述",
}
"""How the value of a statement is written that is no plain number."""


def proof_title(metadata: Metadata) -> Metadata:
    """Return what a checking copy's file says about itself: it must not be taken for the document."""
    return replace(metadata, title=f"{MARK}：{metadata.title}" if metadata.title else MARK)


def says_proof(title: str) -> bool:
    """Return whether the title of a file is that of a checking copy."""
    return title == MARK or title.startswith(f"{MARK}：")


def index_blocks(table: FigureTable) -> Iterator[Block]:
    """Yield the index: a title, how to read it, and a table with one row for each figure.

    Args:
        table: with ``printed`` filled in.
    """
    yield Title(inlines=(Text(INDEX_TITLE),))
    main = main_file(table)
    of = f"数据取自{main}；" if main else ""
    yield Paragraph(
        inlines=(
            Text(
                f"本稿供校核用，不对外印发。正文中标色的数字共{len(table.figures)}处，序号与下表一致。{of}"
                "“来源”栏的行数是它在数据文件中的行；“位置”栏依次为页和行，行从该页有字的第一行算起。"
            ),
        )
    )
    yield Table(
        columns=tuple(align for _, align, _ in _COLUMNS),
        widths=tuple(width for _, _, width in _COLUMNS),
        header=(tuple(map(_cell, (title for title, _, _ in _COLUMNS))),),
        rows=tuple(
            (
                _cell(str(number)),
                _cell(record.text),
                _cell(record.name),
                _cell(value_text(record)),
                _cell(source_text(record, main)),
                _cell(places_text(record.printed)),
            )
            for number, record in enumerate(table.figures, 1)
        ),
    )


def value_text(record: FigureRecord) -> str:
    """Return what a figure states, exactly: 7410000元, 5—6场, 第2位."""
    if record.kind in _KINDS:
        return _KINDS[record.kind].format(value=record.value, unit=record.unit)
    if record.ends:
        between = ":" if record.kind == "proportion" else "—"
        return between.join(record.ends) + record.unit
    return record.value + record.unit


def main_file(table: FigureTable) -> str:
    """Return the input file that gives most of the figures, the first of several; "" where none does."""
    counts = Counter(record.file for record in table.figures if record.file)
    return counts.most_common(1)[0][0] if counts else ""


def source_text(record: FigureRecord, main: str) -> str:
    """Return where a figure comes from: who answers for it, what it was worked out from, the input's line.

    Args:
        record: of the figure.
        main: from `main_file`; only other files are named (沿用).
    """
    parts = [record.source] if record.source else []
    if record.computed_from:
        parts.append(f"由{'、'.join(record.computed_from)}算出")
    if record.line is not None:
        other = f"{record.file} " if record.file != main else ""
        parts.append(f"{other}第{record.line}行")
    return "；".join(parts) or "—"


def places_text(places: tuple[PrintedPlace, ...]) -> str:
    """Return pages and lines: 3-12; of a figure broken over two lines 3-21、22, over two pages 3-22、4-1."""
    written: list[str] = []
    page = 0
    for place in places:
        written.append(str(place.line) if place.page == page else f"{place.page}-{place.line}")
        page = place.page
    return "、".join(written) or "—"


def _cell(text: str) -> TableCell:
    inlines: tuple[Inline, ...] = (Text(text),) if text else ()
    return TableCell(inlines=inlines)
