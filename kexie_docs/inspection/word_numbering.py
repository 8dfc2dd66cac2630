"""Automatic numbers of a Word file: what a numbered paragraph prints before its text."""

from typing import TYPE_CHECKING

from kexie_docs.frozen import dataclass
from kexie_docs.inspection.word_styles import Properties, paragraph_properties, val
from kexie_docs.readers.ooxml_names import W
from kexie_docs.text.numerals import to_hans

if TYPE_CHECKING:
    from lxml.etree import _Element

_LEVELS = 9
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a list: how it counts, what it prints (``%1`` is level 1's number), its indents."""

    form: str
    text: str
    start: int
    paragraph: Properties


class WordNumbering:
    """The lists of a file, counting as its paragraphs are read in order."""

    def __init__(self, root: "_Element | None") -> None:
        """Read the lists.

        Args:
            root: of the numbering part; None when the file has none.
        """
        self._lists: dict[str, dict[int, Level]] = {}
        self._abstract_of: dict[str, str] = {}
        self._counters: dict[str, list[int]] = {}
        if root is None:
            return
        abstract: dict[str, dict[int, Level]] = {}
        for node in root.iterfind(f"{W}abstractNum"):
            abstract[val(node, "abstractNumId")] = {
                _number(val(level, "ilvl")): _level(level) for level in node.iterfind(f"{W}lvl")
            }
        for node in root.iterfind(f"{W}num"):
            identity, base = val(node, "numId"), val(node.find(f"{W}abstractNumId"))
            levels = dict(abstract.get(base, {}))
            for override in node.iterfind(f"{W}lvlOverride"):
                index = _number(val(override, "ilvl"))
                if (own := override.find(f"{W}lvl")) is not None:
                    levels[index] = _level(own)
            self._lists[identity] = levels
            self._abstract_of[identity] = base

    def level(self, properties: Properties) -> Level | None:
        """Return the level that a paragraph's properties name; None when it is not numbered."""
        return self._lists.get(properties.get("num.id", ""), {}).get(
            _number(properties.get("num.level", "0"))
        )

    def next(self, properties: Properties) -> str:
        """Count a numbered paragraph; return what it prints, "" for a bullet or none."""
        level = self.level(properties)
        if level is None:
            return ""
        # Lists of one definition count on together.
        identity = self._abstract_of[properties["num.id"]]
        index = min(_number(properties.get("num.level", "0")), _LEVELS - 1)
        levels = self._lists[properties["num.id"]]
        counters = self._counters.setdefault(
            identity, [levels[at].start - 1 if at in levels else 0 for at in range(_LEVELS)]
        )
        counters[index] += 1
        for deeper in range(index + 1, _LEVELS):
            counters[deeper] = levels[deeper].start - 1 if deeper in levels else 0
        if level.form in ("bullet", "none"):
            return ""
        text = level.text
        for at in range(index + 1):
            if f"%{at + 1}" in text:
                form = levels[at].form if at in levels else "decimal"
                text = text.replace(f"%{at + 1}", _printed(max(counters[at], 1 if at < index else 0), form))
        return text


def _level(node: "_Element") -> Level:
    start = val(node.find(f"{W}start"))
    return Level(
        val(node.find(f"{W}numFmt")) or "decimal",
        val(node.find(f"{W}lvlText")),
        _number(start) if start else 1,
        paragraph_properties(node.find(f"{W}pPr")),
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else 0


def _printed(number: int, form: str) -> str:
    """Return a number as a list prints it; forms that official documents do not use print digits."""
    if form in ("chineseCounting", "chineseCountingThousand", "japaneseCounting", "ideographDigital",
                "taiwaneseCounting", "taiwaneseCountingThousand"):  # fmt: skip
        return to_hans(number)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= len(_CIRCLED):
        return _CIRCLED[number - 1]
    if form == "decimalZero":
        return f"{number:02}"
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    return str(number)
