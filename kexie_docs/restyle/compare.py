"""What differs between two looks of one Word file: property by property, whoever saved it."""

from collections.abc import Iterator, Mapping

from kexie_docs.frozen import dataclass
from kexie_docs.readers.word_properties import Value, Values
from kexie_docs.readers.word_styles import Looks, Sample, WordStyle
from kexie_docs.restyle.naming import FOOTER
from kexie_docs.style.sheet import Style

_USUAL: Mapping[str, Value] = {
    "bold": False, "color": "000000", "spacing": 0, "before": 0, "after": 0, "left": 0, "right": 0,
    "first": 0, "left_chars": 0, "right_chars": 0, "first_chars": 0, "align": "start", "outline": 9,
    "keepNext": False, "pageBreakBefore": False, "top_rule": (), "bottom_rule": (), "line": 240,
    "line_rule": "auto",
}  # fmt: skip
"""What a paragraph has that its styles say nothing of."""

_TOLERANCE = {"before": 1, "after": 1, "left": 1, "right": 1, "first": 1}
"""Twips by which a word processor that counts in hundredths of a millimetre may miss a length."""

_PAGE_TOLERANCE = 2
_INDENTS = ("left", "right", "first")


@dataclass(frozen=True, slots=True)
class StyleRef:
    """A style of a sheet: its table (paragraph, character, page_number) and its name in it."""

    table: str
    name: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One property of one style that is no longer as it was written.

    Attributes:
        style: whose.
        name: of the property, as `kexie_docs.readers.word_properties.Values` has it.
        values: all that the style comes to now.
    """

    style: StyleRef
    name: str
    values: Mapping[str, Value]

    @property
    def value(self) -> Value:
        """What the property is now; None where a character style says nothing of it."""
        value = self.values.get(self.name)
        return value if self.style.table == "character" else usual(self.name, value)


def styles_of(sheet: Style) -> Iterator[tuple[StyleRef, str, str]]:
    """Yield every style that a specimen shows, with its name and its id in the Word file."""
    for paragraph in sheet.paragraphs.values():
        yield StyleRef("paragraph", paragraph.name), paragraph.word_name, paragraph.word_id
    for character in sheet.characters.values():
        yield StyleRef("character", character.name), character.word_name, character.word_id
    yield StyleRef("page_number", ""), FOOTER, FOOTER


def differences(sheet: Style, before: Looks, now: Looks) -> Iterator[Difference]:
    """Yield what differs in the styles of a sheet, in its order; styles that are gone differ in nothing."""
    for ref, name, style_id in styles_of(sheet):
        old, new = before.find(name, style_id), now.find(name, style_id)
        if old is not None and new is not None:
            for changed in _changed(old, new):
                yield Difference(ref, changed, new.values)


def gone(sheet: Style, before: Looks, now: Looks) -> Iterator[StyleRef]:
    """Yield the styles that were written and are no longer there."""
    for ref, name, style_id in styles_of(sheet):
        if before.find(name, style_id) is not None and now.find(name, style_id) is None:
            yield ref


def page_differences(before: Looks, now: Looks) -> tuple[str, ...]:
    """Return which of the page's lengths differ; there is no header that could stand anywhere."""
    return tuple(
        name
        for name in ("width", "height", "top", "bottom", "left", "right", "footer", "gutter")
        if name in now.page and abs(now.page[name] - before.page.get(name, 0)) > _PAGE_TOLERANCE
    )


def direct_formatting(sample: Sample, now: Looks) -> tuple[str, ...]:
    """Return the properties that a paragraph or a part of its text has beside its styles, sorted."""
    style = now.styles.get(sample.style)
    under: Values = dict(style.values) if style is not None else {}
    return tuple(sorted(_differing(under, under | sample.direct)))


def usual(name: str, value: Value) -> Value:
    """Return a property's value, or what it is where nothing is said of it."""
    return _USUAL.get(name) if value is None else value


def _changed(old: WordStyle, new: WordStyle) -> Iterator[str]:
    if old.kind == "character":
        names = {*old.values, *new.values}
        yield from sorted(name for name in names if old.values.get(name) != new.values.get(name))
        return
    yield from sorted(_differing(old.values, new.values))


def _differing(old: Mapping[str, Value], new: Mapping[str, Value]) -> set[str]:
    """Return the names of the properties of a paragraph that differ beyond rounding."""
    found: set[str] = set()
    for name in {*old, *new}:
        if name in _INDENTS or name.endswith("_chars"):
            continue
        one, other = usual(name, old.get(name)), usual(name, new.get(name))
        if one != other and not _near(name, one, other):
            found.add(name)
    return found | {name for name in _INDENTS if _indent_differs(name, old, new)}


def _near(name: str, one: Value, other: Value) -> bool:
    return isinstance(one, int) and isinstance(other, int) and abs(one - other) <= _TOLERANCE.get(name, 0)


def _indent_differs(name: str, old: Mapping[str, Value], new: Mapping[str, Value]) -> bool:
    """Return whether an indent differs.

    One in 字 keeps its count when the size changes, whatever the twips beside it say. LibreOffice writes
    twips only.
    """
    chars = f"{name}_chars"
    if new.get(chars) and old.get(chars):
        return new[chars] != old[chars]
    return not _near(name, usual(name, old.get(name)), usual(name, new.get(name)))
