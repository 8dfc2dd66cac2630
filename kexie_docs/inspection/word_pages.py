"""Sections of a Word file: page set-ups, and the footers and headers that print page numbers."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Literal

from kexie_docs.frozen import dataclass
from kexie_docs.inspection.scene import Align, PageNumber
from kexie_docs.inspection.word_numbers import plain_number
from kexie_docs.inspection.word_styles import WordStyles, is_on, paragraph_properties, val
from kexie_docs.inspection.word_text import WP, read_text
from kexie_docs.readers.ooxml import Package, Relationship
from kexie_docs.readers.ooxml_names import R, W
from kexie_docs.units import TWIPS_PER_MM

if TYPE_CHECKING:
    from lxml.etree import _Element

NATURAL = 1.3
"""Height of a line in type sizes where nothing fixes it: what Chinese typefaces ask for, about."""

_MM_PER_PT = 25.4 / 72
_A4 = (11906, 16838)


@dataclass(frozen=True, slots=True)
class Section:
    """A section's page in twips, and its document grid.

    Attributes:
        grid: line pitch of the grid in twips; None where there is no grid of lines.
        character: what the grid adds to each character in points; None where it has no characters.
        footers: parts of its footers and headers by type: default, even, first.
        first_differs: whether its first page has a footer of its own.
        new_page: whether it begins a page.
        stated: whether the file states the margins; where it does not, every program takes its own.
    """

    width: float
    height: float
    top: float
    bottom: float
    left: float
    right: float
    footer: float
    grid: float | None
    character: float | None
    footers: Mapping[str, tuple[str, ...]]
    first_differs: bool
    new_page: bool
    stated: bool


def read_section(
    node: "_Element", relations: Mapping[str, Relationship], before: Mapping[str, tuple[str, ...]]
) -> Section:
    """Return a section; footers that it does not name are those of the section ``before``."""
    size, margins, grid = node.find(f"{W}pgSz"), node.find(f"{W}pgMar"), node.find(f"{W}docGrid")
    own: dict[str, tuple[str, ...]] = {}
    for reference in node:
        if reference.tag in (f"{W}footerReference", f"{W}headerReference"):
            relation = relations.get(reference.get(f"{R}id", ""))
            if relation is not None and not relation.external:
                kind = val(reference, "type") or "default"
                own[kind] = (*own.get(kind, ()), relation.target)
    gutter = twips(val(margins, "gutter"))
    kind = val(grid, "type")
    return Section(
        twips(val(size, "w")) or _A4[0],
        twips(val(size, "h")) or _A4[1],
        abs(twips(val(margins, "top"))),
        abs(twips(val(margins, "bottom"))),
        twips(val(margins, "left")) + gutter,
        twips(val(margins, "right")),
        twips(val(margins, "footer")),
        twips(val(grid, "linePitch")) or None if kind in ("lines", "linesAndChars", "snapToChars") else None,
        twips(val(grid, "charSpace")) / 4096 if kind in ("linesAndChars", "snapToChars") else None,
        {**before, **own},
        (title := node.find(f"{W}titlePg")) is not None and is_on(val(title) or "1"),
        val(node.find(f"{W}type")) not in ("continuous", "nextColumn"),
        margins is not None,
    )


def twips(text: str) -> float:
    """Return a length of the file in twips; lengths with a unit (the format's newer form) too; 0 for none."""
    units = {"pt": 20.0, "mm": TWIPS_PER_MM, "cm": 10 * TWIPS_PER_MM, "in": 1440.0, "pc": 240.0, "pi": 240.0}
    return plain_number(text[:-2]) * units[text[-2:]] if text[-2:] in units else plain_number(text)


def read_page_numbers(
    package: Package, sections: tuple[Section, ...], styles: WordStyles, alternating: bool
) -> tuple[tuple[PageNumber, ...], tuple[str, ...]]:
    """Return what prints page numbers, and the pages that have none: ``first``, ``odd``, ``even``.

    Args:
        package: the file.
        sections: its sections.
        styles: its styles.
        alternating: whether even pages have footers of their own.
    """
    found: dict[tuple[str, str], tuple[PageNumber, ...]] = {}
    bare: dict[str, None] = {}
    for index, section in enumerate(sections):
        kinds: tuple[tuple[str, Literal["odd", "even", "all"]], ...] = (
            (("default", "odd"), ("even", "even")) if alternating else (("default", "all"),)
        )
        for kind, parity in kinds:
            numbers: tuple[PageNumber, ...] = ()
            for part in section.footers.get(kind, ()):
                if part in package.names:
                    key = (part, parity)
                    if key not in found:
                        found[key] = _numbers(package, part, section, styles, parity)
                    numbers += found[key]
            if not numbers:
                bare["odd" if parity == "all" else parity] = None
                if parity == "all":
                    bare["even"] = None
        if section.first_differs and index == 0:
            parts = [part for part in section.footers.get("first", ()) if part in package.names]
            if not any(_numbers(package, part, section, styles, "odd") for part in parts):
                bare["first"] = None
    return tuple(number for numbers in found.values() for number in numbers), tuple(bare)


def _numbers(
    package: Package, part: str, section: Section, styles: WordStyles, parity: Literal["odd", "even", "all"]
) -> tuple[PageNumber, ...]:
    """Return the page numbers that a footer or header prints."""
    root = package.xml(part)
    nodes = list(root.iter(f"{W}p"))
    numbers: list[PageNumber] = []
    for node in nodes:
        own = node.find(f"{W}pPr")
        direct = paragraph_properties(own)
        style = direct.get("pStyle") or styles.normal
        properties = {**styles.default_paragraph, **styles.paragraph_style(style), **direct}
        text = read_text(node, {**styles.default_run, **styles.run_style(style)}, styles)
        if not text.page_field:
            continue
        digits = next((span for span in text.spans if any(char.isdigit() for char in span.text)), None)
        if digits is None:
            continue
        placed = _anchored(node)
        across = (
            placed
            if placed is not None
            else {"right": "right", "end": "right", "center": "center"}.get(properties.get("jc", ""), "left")
        )
        last = str(root.tag) == f"{W}ftr" and placed is None and node is nodes[-1]
        y = _height(section, properties, digits.size) if last else None
        printed = "".join(span.text for span in text.spans).strip().replace("\t", " ")
        sides: tuple[tuple[Align, Literal["odd", "even", "all"]], ...]
        if across in ("outside", "inside"):
            odd, even = (Align.END, Align.START) if across == "outside" else (Align.START, Align.END)
            sides = ((odd, "odd"), (even, "even"))
            if parity != "all":
                sides = (sides[0],) if parity == "odd" else (sides[1],)
        else:
            align = {"right": Align.END, "center": Align.CENTER}.get(across, Align.START)
            if "\t" in "".join(span.text for span in text.spans) and placed is None:
                align = Align.CENTER if align is Align.START else align
            sides = ((align, parity),)
        for align, side in sides:
            numbers.append(
                PageNumber(printed, digits, align, _indent(properties, digits.size, align), y, side)
            )
    return tuple(numbers)


def _indent(properties: Mapping[str, str], size: float, align: Align) -> float:
    """Return the indent on the side that a page number is aligned to, in mm."""
    side = "right" if align is Align.END else "left"
    chars = twips(properties.get(f"ind.{side}Chars", "0"))
    if chars:
        return chars / 100 * size * _MM_PER_PT
    first = twips(properties.get("ind.first", "0")) if side == "left" else 0.0
    if side == "left" and (first_chars := twips(properties.get("ind.firstChars", "0"))):
        first = first_chars / 100 * size * 20
    return (twips(properties.get(f"ind.{side}", "0")) + first) / TWIPS_PER_MM


def _height(section: Section, properties: Mapping[str, str], size: float) -> float:
    """Return where the middle of a footer's last line stands, in mm from the page's upper edge."""
    exact = properties.get("spacing.lineRule") in ("exact", "atLeast")
    line = twips(properties.get("spacing.line", "0")) if exact else NATURAL * size * 20
    after = twips(properties.get("spacing.after", "0"))
    return (section.height - section.footer - after - line / 2) / TWIPS_PER_MM


def _anchored(node: "_Element") -> str | None:
    """Return where a frame or text box round a paragraph stands across the page; None when there is none."""
    frame = node.find(f"{W}pPr/{W}framePr")
    if frame is not None:
        return val(frame, "xAlign") or "left"
    for anchor in node.iterancestors(f"{WP}anchor"):
        align = anchor.find(f"{WP}positionH/{WP}align")
        if align is not None and align.text:
            return align.text
    for box in node.iterancestors("{urn:schemas-microsoft-com:vml}shape"):
        for part in box.get("style", "").split(";"):
            name, _, value = part.partition(":")
            if name.strip() == "mso-position-horizontal":
                return value.strip()
    return None
