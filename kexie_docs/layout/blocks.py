"""Blocks of the document tree to plans: each with its lines, heights and rules."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import accumulate
from typing import assert_never

from kexie_docs.doctree.nodes import (
    Alignment,
    Block,
    Heading,
    Imprint,
    PageBreak,
    Paragraph,
    Picture,
    Placement,
    Seal,
    Table,
    TableCell,
    Title,
)
from kexie_docs.doctree.walk import BORDER, CELL_MARGIN, PICTURE_GAP, begins_with_figure, column_widths
from kexie_docs.fonts.face import FontSet
from kexie_docs.layout.inline import Area, Frame, frame_of, plan_paragraph, plan_title
from kexie_docs.layout.measure import Typefaces
from kexie_docs.layout.placing import LinePlan
from kexie_docs.layout.plans import BlockPlan, FootPlan, Plan, RowPlan, TablePlan, row_plan, rule_plan
from kexie_docs.style.row_splitting import HEADER_CELL, row_splitting
from kexie_docs.style.sheet import ParagraphStyle, Style
from kexie_docs.units import Twips


class Planner:
    """Plans the blocks of one document."""

    def __init__(self, sheet: Style, fonts: FontSet, typefaces: Typefaces) -> None:
        self._sheet = sheet
        self._fonts = fonts
        self._typefaces = typefaces
        turned = sheet.turned_page
        self._area = Area(sheet.page.left, sheet.page.text_width)
        self._turned_area = Area(turned.left, turned.text_width)

    def plans(self, blocks: Sequence[Block]) -> Iterator[Plan]:
        """Yield the plan of each block that takes room; page breaks and seals are told to what they precede.

        Raises:
            FontError: no font has one of the document's characters.
        """
        new_page = False
        seals: tuple[Seal, ...] = ()
        turned = _turned_blocks(blocks, self._sheet)
        for index, block in enumerate(blocks):
            match block:
                case PageBreak():
                    new_page = True
                    continue
                case Seal():
                    seals += (block,)
                    continue
                case Title() | Heading() | Paragraph():
                    yield self._block(index, block, new_page, seals, index in turned)
                case Table():
                    yield self._table(index, block, new_page)
                case Picture():
                    yield self._picture(index, block, new_page)
                case Imprint():
                    lines = (self._block(index, one) for one in block.paragraphs)
                    yield FootPlan(blocks=tuple(lines), even_page=block.even_page, new_page=new_page)
                case _:
                    assert_never(block)
            new_page, seals = False, ()

    def _block(
        self,
        index: int,
        block: Title | Heading | Paragraph,
        new_page: bool = False,
        seals: tuple[Seal, ...] = (),
        turned: bool = False,
    ) -> BlockPlan:
        sheet, typefaces = self._sheet, self._typefaces
        area = self._turned_area if turned else self._area
        style = sheet.paragraphs[block.style]
        placement = block.placement if isinstance(block, Paragraph) else None
        frame = frame_of(style, placement, area)
        match block:
            case Title():
                lines = plan_title(block.inlines, style, area, sheet, typefaces)
            case Heading():
                lines = plan_paragraph(block.inlines, style, frame, sheet, typefaces, block.number)
            case Paragraph():
                lines = plan_paragraph(block.inlines, style, frame, sheet, typefaces)
            case _:
                assert_never(block)
        plan = self._plan(index, lines, style, frame)
        if placement is not None and placement.space_before is not None:
            plan = replace(plan, before=placement.space_before)
        if isinstance(block, Paragraph) and block.keep_with_next:
            plan = replace(plan, keep_with_next=True)
        if isinstance(block, Paragraph) and block.line_pitch is not None:
            plan = replace(plan, pitch=block.line_pitch)
        if new_page or seals or turned:
            plan = replace(plan, new_page=new_page or plan.new_page, seals=seals, landscape=turned)
        return plan

    def _plan(self, index: int, lines: Sequence[LinePlan], style: ParagraphStyle, frame: Frame) -> BlockPlan:
        pitch = self._sheet.grid.line_pitch
        return BlockPlan(
            block=index,
            lines=lines,
            style=style.name,
            size=style.size,
            ascent=self._fonts.first(style.font).ascent,
            pitch=self._sheet.line_pitch(style),
            before=round(style.space_before * pitch),
            after=round(style.space_after * pitch),
            keep_with_next=style.keep_with_next,
            new_page=style.page_break_before,
            above=rule_plan(style.rule_above, frame.left, frame.room),
            below=rule_plan(style.rule_below, frame.left, frame.room),
        )

    def _picture(self, index: int, picture: Picture, new_page: bool) -> BlockPlan:
        """Return a paragraph of one line without text, as high as the picture."""
        style = self._sheet.paragraphs[picture.paragraph_style]
        plan = self._plan(index, (LinePlan((), "", ()),), style, frame_of(style, None, self._area))
        return replace(
            plan,
            pitch=Twips(picture.height + PICTURE_GAP),
            picture=picture,
            new_page=new_page or plan.new_page,
        )

    def _table(self, index: int, table: Table, new_page: bool) -> TablePlan:
        page = self._sheet.turned_page if table.landscape else self._sheet.page
        edges = tuple(accumulate(column_widths(table.widths, page.text_width), initial=int(page.left)))
        header = self._sheet.paragraphs[HEADER_CELL]
        body = self._sheet.paragraphs[table.style]
        rules = row_splitting(table, self._sheet)
        head = tuple(
            self._row(index, row, header, edges, None, not rules.repeats_header) for row in table.header
        )
        rows = tuple(
            self._row(index, row, body, edges, table.columns, splits, rules.from_top)
            for row, splits in zip(table.rows, rules.split, strict=True)
        )
        return TablePlan(
            block=index,
            header=head if rules.repeats_header else (),
            rows=rows if rules.repeats_header else (*head, *rows),
            edges=edges,
            border=BORDER,
            landscape=table.landscape,
            new_page=new_page,
            figure_first=begins_with_figure(table),
        )

    def _row(
        self,
        index: int,
        row: Sequence[TableCell],
        style: ParagraphStyle,
        edges: Sequence[int],
        columns: Sequence[Alignment] | None,
        splits: bool,
        from_top: bool = False,
    ) -> RowPlan:
        """Return a row; ``columns`` None leaves the alignment to the style."""
        cells: list[BlockPlan] = []
        for column, cell in enumerate(row):
            # A column reaches from the middle of one upright rule to that of the next.
            left = edges[column] + BORDER // 2 + CELL_MARGIN
            area = Area(left, edges[column + 1] - edges[column] - 2 * CELL_MARGIN)
            placement = None if columns is None else _aligned(style, columns[column])
            frame = frame_of(style, placement, area)
            lines = plan_paragraph(cell.inlines, style, frame, self._sheet, self._typefaces)
            cells.append(self._plan(index, lines, style, frame))
        return row_plan(tuple(cells), BORDER, splits=splits, from_top=from_top or splits)


def _turned_blocks(blocks: Sequence[Block], sheet: Style) -> set[int]:
    """Return the indexes of landscape tables' captions: what stands right above one and keeps with it."""
    turned: set[int] = set()
    below = False
    for index in range(len(blocks) - 1, -1, -1):
        block = blocks[index]
        match block:
            case Table():
                below = block.landscape
            case Title() | Heading() | Paragraph():
                below = below and sheet.paragraphs[block.style].keep_with_next
                if below:
                    turned.add(index)
            case PageBreak() | Seal() | Picture() | Imprint():
                below = False
            case _:
                assert_never(block)
    return turned


def _aligned(style: ParagraphStyle, align: Alignment) -> Placement:
    return Placement(
        align=align,
        start_indent=style.start_indent,
        end_indent=style.end_indent,
        first_line_indent=style.first_line_indent,
    )
