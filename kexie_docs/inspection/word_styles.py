"""Formatting of a Word file resolved: defaults, styles and what they are based on, theme fonts, numbering."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from kexie_docs.frozen import dataclass
from kexie_docs.readers.ooxml import Package
from kexie_docs.readers.ooxml_names import W

if TYPE_CHECKING:
    from lxml.etree import _Element

Properties: TypeAlias = dict[str, str]
"""Flat properties (``jc``, ``spacing.line``, ``ind.left``, ``font.eastAsia`` …), values as written."""

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_OFF = ("0", "false", "off", "none")
_CHAIN = 20
"""Longest chain of styles based on each other; a longer one is a circle."""

_FONTS = ("eastAsia", "ascii", "hAnsi")


def val(node: "_Element | None", name: str = "val") -> str:
    """Return an attribute of the main namespace, "" where there is none."""
    return node.get(W + name, "") if node is not None else ""


def is_on(value: str | None) -> bool:
    """Return whether a switch is on: an element without a value is."""
    return value is not None and value.lower() not in _OFF


@dataclass(frozen=True, slots=True)
class StyleDefinition:
    """A style: what it is based on and what it sets itself."""

    name: str
    based_on: str
    paragraph: Properties
    run: Properties


class WordStyles:
    """The styles of a file, asked for what holds at a place."""

    def __init__(self, package: Package, parts: Mapping[str, str]) -> None:
        """Read them.

        Args:
            package: the file.
            parts: names of its parts by kind: ``styles``, ``theme``.
        """
        self._package = package
        self._theme = parts.get("theme")
        self._styles: dict[str, StyleDefinition] = {}
        self._default: dict[str, str] = {}
        self._paragraphs: dict[str, Properties] = {}
        self._runs: dict[str, Properties] = {}
        self.default_paragraph: Properties = {}
        self.default_run: Properties = {}
        if (name := parts.get("styles")) is not None and name in package.names:
            self._read(package.xml(name))

    def _read(self, root: "_Element") -> None:
        defaults = root.find(f"{W}docDefaults")
        if defaults is not None:
            self.default_paragraph = paragraph_properties(defaults.find(f"{W}pPrDefault/{W}pPr"))
            self.default_run = self.run_properties(defaults.find(f"{W}rPrDefault/{W}rPr"))
        for node in root.iterfind(f"{W}style"):
            identity, kind = val(node, "styleId"), val(node, "type")
            if is_on(node.get(f"{W}default")):
                self._default.setdefault(kind, identity)
            self._styles[identity] = StyleDefinition(
                val(node.find(f"{W}name")),
                val(node.find(f"{W}basedOn")),
                paragraph_properties(node.find(f"{W}pPr")),
                self.run_properties(node.find(f"{W}rPr")),
            )

    @property
    def normal(self) -> str:
        """Id of the default paragraph style; "" where there is none."""
        return self._default.get("paragraph", "")

    def name(self, identity: str) -> str:
        """Return a style's name, "" where there is no such style."""
        style = self._styles.get(identity)
        return style.name if style is not None else ""

    def _chain(self, identity: str) -> Iterable[StyleDefinition]:
        chain: list[StyleDefinition] = []
        while identity in self._styles and len(chain) < _CHAIN:
            chain.append(self._styles[identity])
            identity = chain[-1].based_on
        return reversed(chain)

    def paragraph_style(self, identity: str) -> Properties:
        """Return what a style and those it is based on set for paragraphs."""
        if identity not in self._paragraphs:
            merged: Properties = {}
            for style in self._chain(identity):
                merged.update(style.paragraph)
            self._paragraphs[identity] = merged
        return self._paragraphs[identity]

    def run_style(self, identity: str) -> Properties:
        """Return what a style and those it is based on set for text."""
        if identity not in self._runs:
            merged: Properties = {}
            for style in self._chain(identity):
                merged.update(style.run)
            self._runs[identity] = merged
        return self._runs[identity]

    @cached_property
    def _theme_fonts(self) -> dict[str, str]:
        """Names of the theme's typefaces by theme role, such as ``minorEastAsia``."""
        if self._theme is None or self._theme not in self._package.names:
            return {}
        fonts: dict[str, str] = {}
        root = self._package.xml(self._theme)
        for size in ("major", "minor"):
            node = root.find(f".//{_A}{size}Font")
            if node is None:
                continue
            latin, asian = node.find(f"{_A}latin"), node.find(f"{_A}ea")
            hans = next((one for one in node.iterfind(f"{_A}font") if one.get("script") == "Hans"), None)
            western = latin.get("typeface", "") if latin is not None else ""
            eastern = asian.get("typeface", "") if asian is not None else ""
            fonts[f"{size}EastAsia"] = eastern or (hans.get("typeface", "") if hans is not None else "")
            fonts[f"{size}HAnsi"] = fonts[f"{size}Ascii"] = western
        return fonts

    def run_properties(self, node: "_Element | None") -> Properties:
        """Return what a ``w:rPr`` sets."""
        found: Properties = {}
        for child in node if node is not None else ():
            tag = str(child.tag).removeprefix(W)
            if tag == "rFonts":
                for name in _FONTS:
                    theme = val(child, f"{name}Theme")
                    if theme:
                        found[f"font.{name}"] = self._theme_fonts.get(theme, "")
                    elif own := val(child, name):
                        found[f"font.{name}"] = own
            elif tag in ("b", "vanish"):
                found[tag] = val(child) or "1"
            elif tag in ("sz", "spacing", "color", "rStyle"):
                found[tag] = val(child)
        return found


def paragraph_properties(node: "_Element | None") -> Properties:
    """Return what a ``w:pPr`` sets; the indent of the first line is signed, a hanging one below 0."""
    found: Properties = {}
    for child in node if node is not None else ():
        tag = str(child.tag).removeprefix(W)
        if tag == "ind":
            _indents(child, found)
        elif tag == "spacing":
            for name in (
                "line",
                "lineRule",
                "before",
                "after",
                "beforeLines",
                "afterLines",
                "beforeAutospacing",
            ):
                if value := val(child, name):
                    found[f"spacing.{name}"] = value
            if val(child, "line") and not val(child, "lineRule"):
                found["spacing.lineRule"] = "auto"
        elif tag == "pBdr":
            for side in child:
                name = str(side.tag).removeprefix(W)
                kind = val(side)
                found[f"border.{name}"] = (
                    "" if kind in ("", "nil", "none") else f"{val(side, 'sz') or '4'}:{val(side, 'color')}"
                )
        elif tag == "numPr":
            level, number = child.find(f"{W}ilvl"), child.find(f"{W}numId")
            if number is not None:
                found["num.id"] = val(number)
            if level is not None:
                found["num.level"] = val(level)
        elif tag in ("pageBreakBefore", "snapToGrid"):
            found[tag] = val(child) or "1"
        elif tag in ("jc", "outlineLvl", "pStyle"):
            found[tag] = val(child)
        elif tag == "framePr":
            found["frame"] = "1"
    return found


def _indents(node: "_Element", found: Properties) -> None:
    for name, others in (("left", ("start",)), ("right", ("end",))):
        for spelling in (name, *others):
            if value := val(node, spelling):
                found[f"ind.{name}"] = value
            if value := val(node, f"{spelling}Chars"):
                found[f"ind.{name}Chars"] = value
    for suffix in ("", "Chars"):
        if value := val(node, f"hanging{suffix}"):
            found[f"ind.first{suffix}"] = value if value.startswith("-") else f"-{value}"
        elif value := val(node, f"firstLine{suffix}"):
            found[f"ind.first{suffix}"] = value
