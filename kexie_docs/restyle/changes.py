"""What people changed in a specimen, as values of a style file, and what a style file cannot hold of it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from kexie_docs.errors import Message, message
from kexie_docs.frozen import dataclass
from kexie_docs.readers.word_properties import Value
from kexie_docs.restyle.compare import Difference, StyleRef
from kexie_docs.restyle.shown import shown_length, shown_value
from kexie_docs.style.edit import Path_, TomlValue
from kexie_docs.style.fields import NAMED_TABLES, TABLES
from kexie_docs.style.sheet import Font, FontRole, NamedFont, ParagraphStyle, Style
from kexie_docs.units import TWIPS_PER_PT, TYPE_SIZES, Twips

BODY = "body"

_SIZE_NAMES = {size: name for name, size in TYPE_SIZES.items()}
_ALIGNMENTS = frozenset(("justify", "start", "center", "end"))
_RULES = {"top_rule": "rule_above", "bottom_rule": "rule_below"}
_EIGHTHS = 8
_INDENTS = {"left": "start_indent", "right": "end_indent", "first": "first_line_indent"}
_SPACES = {"before": "space_before", "after": "space_after"}


@dataclass(frozen=True, slots=True)
class Change:
    """One value of the style file that becomes another one.

    Attributes:
        path: tables and key.
        value: what is written.
        old: the value until now, as people read it.
        new: the value from now on, likewise.
    """

    path: Path_
    value: TomlValue
    old: Message
    new: Message

    @property
    def style(self) -> StyleRef | None:
        """Whose value it is; None for the page's and the grid's."""
        if self.path[0] in ("paragraph", "character"):
            return StyleRef(self.path[0], self.path[1])
        return StyleRef("page_number", "") if self.path[0] == "page_number" else None


@dataclass(frozen=True, slots=True)
class Uncarried:
    """Something that was changed and that a style file cannot hold, or not so.

    Attributes:
        style: whose; None for the page.
        name: of the property, as the Word file has it.
        value: what it is in the Word file.
        expected: what could be carried instead; None when nothing.
    """

    style: StyleRef | None
    name: str
    value: Value
    expected: Message | None = None


def type_changes(sheet: Style, found: Sequence[Difference]) -> Iterator[Change | Uncarried]:
    """Yield what became of type, lines, alignment and rules: all that needs no other value to be told.

    Args:
        sheet: the template's style sheet until now.
        found: what was changed in the file.
    """
    lines = {one.style: one for one in found if one.name in ("line", "line_rule")}
    body = lines.get(StyleRef("paragraph", BODY))
    for one in found:
        if one.name in _INDENTS or one.name in _SPACES:
            continue
        if one.name in ("line", "line_rule"):
            if lines[one.style] is one:
                yield from _line_pitch(sheet, one, body)
            continue
        yield from _type_change(sheet, one)


def grid_followers(sheet: Style, found: Sequence[Difference]) -> Iterator[Change]:
    """Yield the line heights of styles that had the grid's and keep theirs, where the body's has changed."""
    changed = {one.style for one in found if one.name in ("line", "line_rule")}
    body = next(
        (one for one in found if one.style == StyleRef("paragraph", BODY) and one.style in changed), None
    )
    if (
        body is None
        or body.values.get("line_rule") != "exact"
        or sheet.paragraphs[BODY].line_pitch is not None
    ):
        return
    if body.values.get("line") == sheet.grid.line_pitch:
        return
    for style in sheet.paragraphs.values():
        ref = StyleRef("paragraph", style.name)
        if style.line_pitch is None and ref not in changed:
            pitch = sheet.grid.line_pitch
            yield _change(sheet, ref, "line_pitch", f"{pitch / TWIPS_PER_PT:g}pt", pitch, pitch)


def space_changes(old: Style, new: Style, found: Sequence[Difference]) -> Iterator[Change | Uncarried]:
    """Yield what became of indents and spaces: they are kept in 字 and 行 of the new style sheet.

    Args:
        old: the template's style sheet until now.
        new: with all other changes made.
        found: what was changed in the file.
    """
    for one in found:
        if one.name not in _INDENTS and one.name not in _SPACES:
            continue
        if one.style.table != "paragraph":
            yield Uncarried(one.style, one.name, one.value)
            continue
        style, before = new.paragraphs[one.style.name], old.paragraphs[one.style.name]
        if one.name in _SPACES:
            key, value = _SPACES[one.name], _ratio(_whole(one.value), new.grid.line_pitch)
        else:
            key, value = _INDENTS[one.name], _indent(one, style)
        yield from _checked(old, one, key, value, getattr(before, key), value)


def _type_change(sheet: Style, one: Difference) -> Iterator[Change | Uncarried]:
    """Yield what became of a property that is one value of the style file."""
    value = one.value
    if one.name == "han" and isinstance(value, str) and value:
        font = _font(sheet, value)
        written = font.value if isinstance(font, FontRole) else font.name
        yield from _checked(sheet, one, "font", written, _old(sheet, one.style, "font"), font)
        latin = one.values.get("latin")
        if latin not in (value, None) and latin not in sheet.word_fonts.values():
            yield Uncarried(one.style, "latin", latin)
    elif one.name == "latin":
        if value != one.values.get("han") and value not in sheet.word_fonts.values():
            yield Uncarried(one.style, "latin", value)
    elif one.name == "size" and isinstance(value, int) and one.style.table != "character":
        size = value / 2
        named: str | float = _SIZE_NAMES.get(size, size)
        yield from _checked(sheet, one, "size", named, _old(sheet, one.style, "size"), size)
    elif one.name == "bold" and isinstance(value, bool):
        yield from _plain(sheet, one, "bold", value)
    elif one.name == "color" and isinstance(value, str):
        yield from _plain(sheet, one, "color", value)
    elif one.name == "spacing" and isinstance(value, int):
        spacing = f"{value}tw" if value % TWIPS_PER_PT else f"{value // TWIPS_PER_PT}pt"
        yield from _checked(
            sheet, one, "char_spacing", spacing, _old(sheet, one.style, "char_spacing"), Twips(value)
        )
    elif one.name == "align" and value in _ALIGNMENTS:
        yield from _plain(sheet, one, "align", value)
    elif one.name == "keepNext":
        yield from _plain(sheet, one, "keep_with_next", value)
    elif one.name == "pageBreakBefore":
        yield from _plain(sheet, one, "page_break_before", value)
    elif one.name == "outline" and isinstance(value, int):
        level = value + 1 if value < 9 else None
        yield from _checked(
            sheet, one, "outline_level", level or 0, _old(sheet, one.style, "outline_level"), level
        )
    elif one.name in _RULES and isinstance(value, tuple):
        yield from _rule(sheet, one, value)
    elif value is not None or one.style.table == "character":
        # A character style that says nothing of a property is no value that a style file could hold.
        yield Uncarried(one.style, one.name, value)


def _line_pitch(sheet: Style, one: Difference, body: Difference | None) -> Iterator[Change | Uncarried]:
    """Yield what became of a line height: the body's is the grid's, with which others go."""
    rule, line = one.values.get("line_rule", "auto"), one.values.get("line", 240)
    if rule != "exact" or not isinstance(line, int):
        yield Uncarried(
            one.style, "line", f"{rule} {line}", message("Choose an exact line spacing (固定值) in points.")
        )
        return
    pitch = Twips(line)
    written = f"{pitch / TWIPS_PER_PT:g}pt"
    if one.style == StyleRef("paragraph", BODY):
        if sheet.line_pitch(sheet.paragraphs[BODY]) != pitch:
            if sheet.paragraphs[BODY].line_pitch is None:
                old = sheet.grid.line_pitch
                yield Change(("grid", "line_pitch"), written, shown_length(old), shown_length(pitch))
            else:
                yield _change(
                    sheet, one.style, "line_pitch", written, sheet.paragraphs[BODY].line_pitch, pitch
                )
        return
    if one.style.table == "page_number":
        yield from _checked(sheet, one, "line_pitch", written, sheet.page_number.line_pitch, pitch)
        return
    if one.style.table == "character":
        return
    style = sheet.paragraphs[one.style.name]
    follows = style.line_pitch is None and sheet.paragraphs[BODY].line_pitch is None
    if follows and body is not None and body.values.get("line") == line:
        return
    yield from _checked(sheet, one, "line_pitch", written, sheet.line_pitch(style), pitch)


def _rule(
    sheet: Style, one: Difference, attributes: tuple[tuple[str, str], ...]
) -> Iterator[Change | Uncarried]:
    found = dict(attributes)
    key = _RULES[one.name]
    if one.style.table != "paragraph":
        yield Uncarried(one.style, one.name, attributes)
        return
    old = getattr(sheet.paragraphs[one.style.name], key)
    if not found:
        yield from _checked(sheet, one, key, False, old, None)
        return
    if found.get("val") != "single":
        yield Uncarried(one.style, one.name, attributes, message("Only a single line can be carried."))
        return
    written: dict[str, str | int] = {
        "thickness": f"{int(found.get('sz', '4')) / _EIGHTHS:g}pt",
        "color": found.get("color", "000000"),
        "gap": int(found.get("space", "0")),
    }
    yield from _checked(sheet, one, key, written, old, None, parsed=True)


def _plain(sheet: Style, one: Difference, key: str, value: Any) -> Iterator[Change | Uncarried]:
    yield from _checked(sheet, one, key, value, _old(sheet, one.style, key), value)


def _checked(
    sheet: Style, one: Difference, key: str, written: Any, old: Any, new: Any, *, parsed: bool = False
) -> Iterator[Change | Uncarried]:
    """Yield a change when the style file may hold the value and does not hold it yet.

    Args:
        sheet: the style sheet until now.
        one: what was changed in the file.
        key: of the value.
        written: as the file is to hold it.
        old: until now.
        new: from now on.
        parsed: whether ``new`` is to be read from ``written``.
    """
    table = one.style.table
    fields = TABLES["page_number"] if table == "page_number" else NAMED_TABLES[table]
    field = fields.get(key)
    if field is None:
        yield Uncarried(one.style, one.name, one.value)
        return
    try:
        read = field.read(written)
    except (ValueError, KeyError, TypeError):
        yield Uncarried(one.style, one.name, one.value, field.expected)
        return
    if (read if parsed else new) != old:
        yield _change(sheet, one.style, key, written, old, read if parsed else new)


def _change(sheet: Style, style: StyleRef, key: str, written: TomlValue, old: Any, new: Any) -> Change:
    path = (style.table, key) if style.table == "page_number" else (style.table, style.name, key)
    return Change(path, written, shown_value(key, old, sheet), shown_value(key, new, sheet))


def _indent(one: Difference, style: ParagraphStyle) -> float:
    """Return an indent in 字 of the style: as the file counts it, else what its twips come to.

    Word adds a hanging in 字 to the left indent in 字, and writes the sum in twips beside them.
    """
    chars = one.values.get(f"{one.name}_chars")
    hangs = bool(_whole(one.values.get("first_chars")) < 0 or _whole(one.values.get("first")) < 0)
    if isinstance(chars, int) and chars and not (hangs and one.values.get(one.name) is not None):
        return chars / 100
    zi = style.size * TWIPS_PER_PT + style.char_spacing
    return _ratio(_whole(one.value), zi)


def _ratio(length: int, unit: float) -> float:
    """Return a length in a unit, with as few decimals as give the same whole twips again."""
    value = length / unit
    return next(
        (round(value, places) for places in range(6) if round(round(value, places) * unit) == length), value
    )


def _whole(value: Value) -> int:
    return value if isinstance(value, int) else 0


def _font(sheet: Style, name: str) -> Font:
    """Return the typeface that the Word files of the sheet give this name, else the font of the name."""
    key = name.casefold()
    for names in (sheet.word_fonts, sheet.word_font_alternates):
        for role, word in names.items():
            if word.casefold() == key:
                return role
    # A word of small letters alone would be read as a misspelt typeface; Word takes both spellings.
    return NamedFont(name.title() if name.isascii() and name.isalpha() and name.islower() else name)


def _old(sheet: Style, style: StyleRef, key: str) -> Any:
    """Return a value of the sheet until now; None where its table has no such key."""
    holders: Mapping[str, Callable[[], Any]] = {
        "paragraph": lambda: sheet.paragraphs[style.name],
        "character": lambda: sheet.characters[style.name],
        "page_number": lambda: sheet.page_number,
    }
    return getattr(holders[style.table](), key, None)
