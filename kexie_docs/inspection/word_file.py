"""A Word file measured: its XML read with every style resolved, nothing rendered."""

from dataclasses import field, replace
from typing import TYPE_CHECKING

from kexie_docs.frozen import dataclass
from kexie_docs.inspection import forms
from kexie_docs.inspection.scene import Align, PageSetup, Paragraph, Scene
from kexie_docs.inspection.word_numbering import WordNumbering
from kexie_docs.inspection.word_pages import NATURAL, Section, read_page_numbers, read_section, twips
from kexie_docs.inspection.word_styles import Properties, WordStyles, is_on, paragraph_properties, val
from kexie_docs.inspection.word_tables import border, drawn_rules, row_rules
from kexie_docs.inspection.word_text import MC, ParagraphText, read_text
from kexie_docs.readers.ooxml import Package
from kexie_docs.readers.ooxml_names import W
from kexie_docs.units import TWIPS_PER_MM

if TYPE_CHECKING:
    from lxml.etree import _Element

_ALIGN = {
    "center": Align.CENTER,
    "right": Align.END,
    "end": Align.END,
    "both": Align.BOTH,
    "distribute": Align.BOTH,
}
_DEPTH = 12
"""How deep tables and text boxes are followed into each other."""


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """Where a paragraph stands: in which table, whether that or a box floats, how deep."""

    table: int | None = None
    floating: bool = False
    depth: int = 0


@dataclass(frozen=True, slots=True)
class _Measure:
    """Of a body paragraph, for its section: how much text, its size, pitch and advance."""

    section: int
    weight: int
    pitch: float | None
    stated: bool
    advance: float


@dataclass
class _Reader:
    """What is gathered while the body is read once, in order."""

    styles: WordStyles
    numbering: WordNumbering
    table_borders: "dict[str, _Element]"
    sections: tuple[Section, ...]
    paragraphs: list[Paragraph] = field(default_factory=list)
    measures: list[_Measure] = field(default_factory=list)
    section: int = 0
    tables: int = 0
    tracked: int = 0
    page: int = 1
    rendered: bool = False
    opens: bool = False
    running: set[int] = field(default_factory=set)  # sections that hold more than an imprint

    @property
    def current(self) -> Section:
        return self.sections[min(self.section, len(self.sections) - 1)]


def read_word_file(package: Package) -> Scene:
    """Measure a Word file.

    Raises:
        InputError: a part is missing or damaged (KD142 to KD145).
    """
    relations = package.relationships(package.main)
    parts = {one.type: one.target for one in relations.values() if not one.external}
    styles = WordStyles(package, parts)
    numbering = WordNumbering(_optional(package, parts.get("numbering")))
    root = package.xml(package.main)
    sections: list[Section] = []
    for node in root.iter(f"{W}sectPr"):
        footers = sections[-1].footers if sections else {}
        sections.append(read_section(node, relations, footers))
    if not sections:
        from lxml import etree

        sections.append(read_section(etree.Element(f"{W}sectPr"), relations, {}))
    reader = _Reader(
        styles, numbering, _table_borders(_optional(package, parts.get("styles"))), tuple(sections)
    )
    body = root.find(f"{W}body")
    if body is not None:
        _blocks(reader, body, _Surroundings())
    settings = _optional(package, parts.get("settings"))
    switch = settings.find(f"{W}evenAndOddHeaders") if settings is not None else None
    alternating = switch is not None and is_on(val(switch) or "1")
    told = tuple(
        section for index, section in enumerate(reader.sections) if index == 0 or index in reader.running
    )
    numbers, bare = read_page_numbers(package, told, styles, alternating)
    paragraphs = reader.paragraphs
    if not reader.rendered:
        paragraphs = [replace(one, page=None) for one in paragraphs]
    return Scene(
        "docx",
        package.file,
        reader.page if reader.rendered else None,
        tuple(_setup(reader, index) for index in range(len(reader.sections))),
        tuple(paragraphs),
        page_numbers=numbers,
        unnumbered=bare,
        tracked=reader.tracked,
        macros=package.macros,
    )


def _optional(package: Package, name: str | None) -> "_Element | None":
    return package.xml(name) if name is not None and name in package.names else None


def _table_borders(styles: "_Element | None") -> "dict[str, _Element]":
    """Return the borders of table styles by style id, those of what a style is based on where it has none."""
    if styles is None:
        return {}
    nodes = {
        val(node, "styleId"): node for node in styles.iterfind(f"{W}style") if val(node, "type") == "table"
    }
    found: dict[str, _Element] = {}
    for identity in nodes:
        at: str = identity
        for _ in range(_DEPTH):
            node = nodes.get(at)
            if node is None:
                break
            borders = node.find(f"{W}tblPr/{W}tblBorders")
            if borders is not None:
                found[identity] = borders
                break
            at = val(node.find(f"{W}basedOn"))
    return found


def _blocks(reader: _Reader, parent: "_Element", where: _Surroundings) -> None:
    for node in parent:
        tag = node.tag
        if tag == f"{W}p":
            _paragraph(reader, node, where)
        elif tag == f"{W}tbl":
            _table(reader, node, where)
        elif tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo", f"{W}smartTag"):
            if where.depth < _DEPTH * 4:
                _blocks(reader, node, replace(where, depth=where.depth + 1))
        elif tag == f"{MC}AlternateContent" and (chosen := node.find(f"{MC}Choice")) is not None:
            _blocks(reader, chosen, where)


def _table(reader: _Reader, node: "_Element", where: _Surroundings) -> None:
    if where.depth >= _DEPTH:
        return
    reader.tables += 1
    number = reader.tables
    floating = where.floating or node.find(f"{W}tblPr/{W}tblpPr") is not None
    inner = _Surroundings(number, floating, where.depth + 1)
    style = reader.table_borders.get(val(node.find(f"{W}tblPr/{W}tblStyle")))
    rules = row_rules(node, style)
    for row, (above, below) in zip(node.iterfind(f"{W}tr"), rules, strict=True):
        start = len(reader.paragraphs)
        for cell in row.iter(f"{W}tc"):
            if next(cell.iterancestors(f"{W}tr"), None) is row:
                _blocks(reader, cell, inner)
        if len(reader.paragraphs) > start:
            first, last = reader.paragraphs[start], reader.paragraphs[-1]
            reader.paragraphs[start] = replace(first, above=above + first.above)
            last = reader.paragraphs[-1]
            reader.paragraphs[-1] = replace(last, below=last.below + below)


def _paragraph(reader: _Reader, node: "_Element", where: _Surroundings) -> None:
    own = node.find(f"{W}pPr")
    direct = paragraph_properties(own)
    style = direct.get("pStyle") or reader.styles.normal
    styled = {**reader.styles.default_paragraph, **reader.styles.paragraph_style(style)}
    numbered = {**styled, **direct}
    level = reader.numbering.level(numbered)
    listed = level.paragraph if level is not None else {}
    # Indents of a list yield to the paragraph's own, and win over those of its style.
    properties: Properties = (
        {**styled, **listed, **direct} if "num.id" in direct else {**listed, **styled, **direct}
    )
    text = read_text(node, {**reader.styles.default_run, **reader.styles.run_style(style)}, reader.styles)
    number = reader.numbering.next(numbered) if text.spans else ""
    if number and text.spans:
        first = text.spans[0]
        text.spans.insert(0, replace(first, text=number))
    reader.tracked += text.tracked
    if where.table is None and not where.floating:
        if text.rendered:
            reader.rendered = True
        if text.breaks_page or is_on(properties.get("pageBreakBefore")):
            reader.opens = True
    page = reader.page + (1 if text.rendered else 0)
    reader.page += text.rendered
    found = _measured(reader, properties, text, where)
    rules = tuple(rule for drawing in text.drawings for rule in drawn_rules(drawing))
    found = replace(
        found,
        page=page,
        below=(*found.below, *rules),
        picture=bool(text.drawings) and not rules and not text.boxes,
    )
    reader.paragraphs.append(found)
    if found.text and not found.cell and not found.floating and not forms.CC.match(found.text):
        reader.running.add(min(reader.section, len(reader.sections) - 1))
    if where.table is None and not where.floating:
        reader.opens = text.breaks_after
    for box in text.boxes:
        if where.depth < _DEPTH:
            _blocks(reader, box, _Surroundings(None, floating=True, depth=where.depth + 1))
    if own is not None and own.find(f"{W}sectPr") is not None:
        reader.section += 1
        reader.opens = reader.opens or reader.current.new_page


def _measured(
    reader: _Reader, properties: Properties, text: ParagraphText, where: _Surroundings
) -> Paragraph:
    """Return a paragraph with its lengths worked out, and note what its section's body is set in."""
    section = reader.current
    spans = tuple(text.spans)
    size = max(spans, key=lambda span: len(span.text)).size if spans else 16.0
    pitch, stated = _pitch(properties, section, size)
    left, first = _indent(properties, "left", size), _indent(properties, "first", size)
    align = _ALIGN.get(properties.get("jc", ""), Align.START)
    opens = reader.opens and where.table is None and not where.floating
    width = (section.width - section.left - section.right) / TWIPS_PER_MM
    if where.table is None:
        width -= (left + _indent(properties, "right", size)) * size * 25.4 / 72
    outline = properties.get("outlineLvl", "")
    if spans and where.table is None and not where.floating and align is not Align.CENTER:
        grid = section.character if is_on(properties.get("snapToGrid", "1")) else None
        reader.measures.append(
            _Measure(
                min(reader.section, len(reader.sections) - 1),
                sum(len(span.text.strip()) for span in spans),
                pitch,
                stated,
                size + text.spacing + (grid or 0.0),
            )
        )
    return Paragraph(
        number=len(reader.paragraphs) + 1,
        spans=spans,
        align=align,
        first=left + first,
        rest=left,
        end=_indent(properties, "right", size),
        pitch=pitch if stated else None,
        space=(_space(properties, "before"), _space(properties, "after")),
        opens_page=opens,
        outline=int(outline) + 1 if outline in tuple("012345678") else None,
        cell=where.table is not None,
        floating=where.floating or "frame" in properties,
        table=where.table,
        above=border(properties, "top", width),
        below=border(properties, "bottom", width),
    )


def _pitch(properties: Properties, section: Section, size: float) -> tuple[float, bool]:
    """Return the line pitch in points, and whether the file fixes it (exactly, or by the grid)."""
    rule, line = properties.get("spacing.lineRule", "auto"), twips(properties.get("spacing.line", "240"))
    if rule == "exact" and line > 0:
        return line / 20, True
    natural = size * NATURAL
    grid = section.grid / 20 if section.grid and is_on(properties.get("snapToGrid", "1")) else None
    if rule == "atLeast":
        least = max(line / 20, natural)
        return (-(-least // grid) * grid, True) if grid else (least, line / 20 >= natural)
    multiple = line / 240 if line > 0 else 1.0
    if grid:
        return -(-natural // grid) * grid * multiple, True
    return natural * multiple, False


def _indent(properties: Properties, name: str, size: float) -> float:
    """Return an indent in characters of a size; one that is stated in characters wins, as in Word."""
    chars = twips(properties.get(f"ind.{name}Chars", "0"))
    return chars / 100 if chars else twips(properties.get(f"ind.{name}", "0")) / 20 / size


def _space(properties: Properties, side: str) -> float:
    """Return the room before or after a paragraph in points."""
    lines = twips(properties.get(f"spacing.{side}Lines", "0"))
    return lines / 100 * 12 if lines else twips(properties.get(f"spacing.{side}", "0")) / 20


def _setup(reader: _Reader, index: int) -> PageSetup:
    section = reader.sections[index]
    measures = [one for one in reader.measures if one.section == index]
    weights: dict[tuple[float | None, bool, float], int] = {}
    for one in measures:
        key = (one.pitch, one.stated, one.advance)
        weights[key] = weights.get(key, 0) + one.weight
    pitch, stated, advance = max(weights, key=lambda key: weights[key]) if weights else (None, False, None)
    return PageSetup(
        section.width / TWIPS_PER_MM,
        section.height / TWIPS_PER_MM,
        section.top / TWIPS_PER_MM if section.stated else None,
        section.bottom / TWIPS_PER_MM if section.stated else None,
        section.left / TWIPS_PER_MM if section.stated else None,
        section.right / TWIPS_PER_MM if section.stated else None,
        pitch,
        advance,
        stated,
    )
