"""Paragraph and run properties: from the style sheet's values to Word's."""

from collections.abc import Sequence

from kexie_docs.doctree.nodes import Alignment, Placement
from kexie_docs.style.sheet import CharacterStyle, ParagraphStyle, Rule, Style
from kexie_docs.units import TWIPS_PER_PT
from kexie_docs.writers.docx.oxml import Item, flag, item

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


def paragraph_properties(sheet: Style, style: ParagraphStyle) -> list[Item]:
    """Return every paragraph property that a style decides, in the schema's order."""
    rules = borders(style)
    return [
        flag("keepNext", style.keep_with_next),
        flag("pageBreakBefore", style.page_break_before),
        *([] if rules is None else [rules]),
        # 行 are ours, not Word's: its beforeLines would count in lines of a page grid.
        item(
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
        justification(style.align),
        # 9 is Word's "body text".
        item("outlineLvl", val=9 if style.outline_level is None else style.outline_level - 1),
    ]


def placement_properties(style: ParagraphStyle, placement: Placement) -> list[Item]:
    """Return the direct formatting of one paragraph that its style cannot place."""
    above = [] if placement.space_before is None else [item("spacing", before=placement.space_before)]
    return [
        *above,
        indent(
            style,
            start=placement.start_indent,
            end=placement.end_indent,
            first_line=placement.first_line_indent,
        ),
        justification(placement.align),
    ]


def justification(align: Alignment) -> Item:
    """Return ``w:jc`` for an alignment."""
    return item("jc", val=_JUSTIFICATION[align])


def end_tab(sheet: Style, style: ParagraphStyle, end_indent: float) -> Item:
    """Return ``w:tabs`` with one stop, at which text ends at the paragraph's end indent."""
    position = sheet.page.text_width - round(end_indent * zi_width(style))
    return item("tabs", item("tab", val="right", pos=position))


def borders(style: ParagraphStyle) -> Item | None:
    """Return ``w:pBdr`` for a style's rules, or None when it has none.

    Paragraphs of one style that follow each other would share their rules (one above the first, one below the
    last); a rule between them keeps each paragraph's own: LibreOffice 7.4 then draws both, Word one.
    """
    sides = [("top", style.rule_above), ("bottom", style.rule_below)]
    between = style.rule_above or style.rule_below
    if between is None:
        return None
    rules = [_rule(side, rule) for side, rule in [*sides, ("between", between)] if rule is not None]
    return item("pBdr", *rules)


def _rule(side: str, rule: Rule) -> Item:
    return item(side, val="single", sz=rule.thickness, space=rule.gap, color=rule.color)


def indent(style: ParagraphStyle, *, start: float, end: float, first_line: float) -> Item:
    """Return ``w:ind`` for indents in 字; a negative ``first_line`` hangs.

    Whole 字 are written as Word's character units, so that they follow when somebody changes the size, and as
    the twips that these come to, which LibreOffice reads. Parts of a 字 are twips only; then the character
    unit is 0, since a unit inherited from the style would win over the twips. So are hanging indents, since
    Word adds what hangs to the left indent when that is in character units, and does not when it is in twips.
    """
    amounts: dict[str, int] = {}
    first = "firstLine" if first_line >= 0 else "hanging"
    for name, amount in (("left", start), ("right", end), (first, abs(first_line))):
        hundredths = round(amount * 100)
        whole = hundredths % 100 == 0 and first_line >= 0
        amounts[f"{name}Chars"] = hundredths if whole else 0
        amounts[name] = round(amount * zi_width(style))
    return item("ind", **amounts)


def run_properties(sheet: Style, style: ParagraphStyle) -> list[Item]:
    """Return every run property that a paragraph style decides, in the schema's order."""
    half_points = round(style.size * 2)
    return [
        fonts(sheet.word_font(style.font)),
        flag("b", style.bold),
        flag("bCs", style.bold),
        item("color", val=style.color),
        item("spacing", val=style.char_spacing),
        item("sz", val=half_points),
        item("szCs", val=half_points),
    ]


def character_properties(sheet: Style, style: CharacterStyle) -> list[Item]:
    """Return the run properties that a character style changes, in the schema's order."""
    result = []
    if style.font is not None:
        result.append(fonts(sheet.word_font(style.font)))
    if style.bold is not None:
        result += [flag("b", style.bold), flag("bCs", style.bold)]
    if style.color is not None:
        result.append(item("color", val=style.color))
    return result


def fonts(name: str) -> Item:
    """Return ``w:rFonts`` that gives every script the same font, and quotes to the Han characters."""
    return item("rFonts", hint="eastAsia", ascii=name, eastAsia=name, hAnsi=name, cs=name)


def differing(properties: Sequence[Item], inherited: Sequence[Item]) -> list[Item]:
    """Return the properties that differ from the inherited ones.

    A style with a space of its own does not state the line height that it shares: it goes on following it.
    """
    known = set(inherited)
    shared = next((value for value in inherited if _is_spacing(value)), None)
    return [
        _own_spacing(value, shared) if shared is not None and _is_spacing(value) else value
        for value in properties
        if value not in known
    ]


def _is_spacing(value: Item) -> bool:
    """Return whether a value is the ``w:spacing`` of a paragraph; runs have one too."""
    return value.tag == "spacing" and any(name == "line" for name, _ in value.attributes)


def _own_spacing(value: Item, inherited: Item) -> Item:
    """Return a ``w:spacing`` with what differs; the rule of a line height goes with it."""
    known = set(inherited.attributes)
    own = {name for name, text in value.attributes if (name, text) not in known}
    if "line" in own:
        own.add("lineRule")
    return item("spacing", **{name: text for name, text in value.attributes if name in own})
