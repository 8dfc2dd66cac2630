"""Paragraph and run properties: from the style sheet's values to Word's."""

from collections.abc import Sequence

from lxml import etree

from kexie_docs.doctree.nodes import Alignment, Placement
from kexie_docs.style.sheet import CharacterStyle, ParagraphStyle, Style
from kexie_docs.units import TWIPS_PER_PT
from kexie_docs.writers.docx.oxml import element, flag

_JUSTIFICATION: dict[Alignment, str] = {
    "justify": "both",
    "start": "left",
    "center": "center",
    "end": "right",
}


def zi_width(style: ParagraphStyle) -> float:
    """Return the width of one 字 of a style in twips: its size and the spacing after every character.

    Two of them are the first-line indent of both outputs. LibreOffice 7.4 uses the twips that we write; Word
    works its character unit out anew, from the characters' advance as far as its files show (it counts the
    widening of bold in). Should it leave the spacing out, the first line begins half a point further in.
    """
    return style.size * TWIPS_PER_PT + style.char_spacing


def paragraph_properties(sheet: Style, style: ParagraphStyle) -> list[etree._Element]:
    """Return every paragraph property that a style decides, in the schema's order."""
    return [
        flag("keepNext", style.keep_with_next),
        # 行 are ours, not Word's: its beforeLines would count in lines of a page grid.
        element(
            "spacing",
            before=round(style.space_before * sheet.grid.line_pitch),
            after=round(style.space_after * sheet.grid.line_pitch),
            line=sheet.line_pitch(style),
            lineRule="exact",
        ),
        indent(
            style,
            start=style.start_indent,
            end=style.end_indent,
            first_line=style.first_line_indent,
        ),
        element("jc", val=_JUSTIFICATION[style.align]),
        # 9 is Word's "body text".
        element("outlineLvl", val=9 if style.outline_level is None else style.outline_level - 1),
    ]


def placement_properties(style: ParagraphStyle, placement: Placement) -> list[etree._Element]:
    """Return the direct formatting of one paragraph that its style cannot place."""
    return [
        indent(style, start=placement.start_indent, end=placement.end_indent, first_line=0.0),
        element("jc", val=_JUSTIFICATION[placement.align]),
    ]


def indent(style: ParagraphStyle, *, start: float, end: float, first_line: float) -> etree._Element:
    """Return ``w:ind`` for indents in 字.

    Whole 字 are written as Word's character units, so that they follow when somebody changes the size, and as
    the twips that these come to, which LibreOffice reads. Parts of a 字 are twips only; then the character
    unit is 0, since a unit inherited from the style would win over the twips.
    """
    result = element("ind")
    for name, amount in (("left", start), ("right", end), ("firstLine", first_line)):
        hundredths = round(amount * 100)
        units = element("ind", **{f"{name}Chars": hundredths if hundredths % 100 == 0 else 0})
        result.attrib.update(units.attrib)
        result.attrib.update(element("ind", **{name: round(amount * zi_width(style))}).attrib)
    return result


def run_properties(sheet: Style, style: ParagraphStyle) -> list[etree._Element]:
    """Return every run property that a paragraph style decides, in the schema's order."""
    half_points = round(style.size * 2)
    return [
        fonts(sheet.word_fonts[style.font]),
        flag("b", style.bold),
        flag("bCs", style.bold),
        element("color", val=style.color),
        element("spacing", val=style.char_spacing),
        element("sz", val=half_points),
        element("szCs", val=half_points),
    ]


def character_properties(sheet: Style, style: CharacterStyle) -> list[etree._Element]:
    """Return the run properties that a character style changes, in the schema's order."""
    result = []
    if style.font is not None:
        result.append(fonts(sheet.word_fonts[style.font]))
    if style.bold is not None:
        result += [flag("b", style.bold), flag("bCs", style.bold)]
    if style.color is not None:
        result.append(element("color", val=style.color))
    return result


def fonts(name: str) -> etree._Element:
    """Return ``w:rFonts`` that gives every script the same font, and quotes to the Han characters."""
    return element("rFonts", hint="eastAsia", ascii=name, eastAsia=name, hAnsi=name, cs=name)


def differing(
    properties: Sequence[etree._Element], inherited: Sequence[etree._Element]
) -> list[etree._Element]:
    """Return the properties that differ from the inherited ones."""
    known = {item.tag: item.attrib.items() for item in inherited}
    return [item for item in properties if known.get(item.tag) != item.attrib.items()]
