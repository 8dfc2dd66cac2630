"""What a Word file's styles come to: every property of every named style, inheritance resolved."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from kexie_docs.frozen import dataclass
from kexie_docs.readers.ooxml import Package, open_package
from kexie_docs.readers.ooxml_names import W
from kexie_docs.readers.word_properties import Values, read_paragraph, read_run

if TYPE_CHECKING:
    from lxml.etree import _Element

_SPECIMEN = "{urn:kexie-docs:specimen:1}specimen"
"""Root of the part in which a specimen remembers how it was written (`kexie_docs.writers.docx.specimen`)."""

_MAX_DEPTH = 20
"""Styles that may be based on one another; Word itself stops at eleven."""

StyleKey: TypeAlias = str
"""A style's name in small letters: Word and WPS write ``heading 1``, LibreOffice ``Heading 1``."""


@dataclass(frozen=True, slots=True)
class WordStyle:
    """One style.

    Attributes:
        name: as the file spells it.
        style_id: by which paragraphs refer to it.
        kind: paragraph or character.
        values: of a paragraph style all that it comes to; of a character style what it states, with what the
            styles that it is based on state.
    """

    name: str
    style_id: str
    kind: str
    values: Values


@dataclass(frozen=True, slots=True)
class Sample:
    """One paragraph of the document's body.

    Attributes:
        text: what it says.
        style: key of its paragraph style.
        direct: what is formatted on the paragraph or on all or part of its text, beside the style.
    """

    text: str
    style: StyleKey
    direct: Values


@dataclass(frozen=True, slots=True)
class Looks:
    """Styles and page of a Word file.

    Attributes:
        styles: paragraph and character styles by key.
        page: width, height, top, bottom, left, right, header, footer and gutter of a section, in twips.
    """

    styles: Mapping[StyleKey, WordStyle]
    page: Mapping[str, int]

    def find(self, name: str, style_id: str) -> WordStyle | None:
        """Return a style by its name, else by its id (a renamed one); None when it is gone."""
        found = self.styles.get(name.casefold())
        return found or next((one for one in self.styles.values() if one.style_id == style_id), None)


@dataclass(frozen=True, slots=True)
class WordStyles:
    """What a Word file looks like now, and what it looked like when kexie_docs wrote it.

    Attributes:
        now: styles and page.
        written: likewise, as `kexie_docs.writers.docx.specimen` left them in the file; None in other files.
        samples: the paragraphs of its body.
        sections: how many sections it has; their pages may differ.
    """

    now: Looks
    written: Looks | None
    samples: tuple[Sample, ...]
    sections: int


def read_word_styles(path: Path) -> WordStyles:
    """Read the styles, the first section's page and the paragraphs of a Word file.

    Raises:
        InputError: KD140 to KD145, the file is no sound Word file.
    """
    package = open_package(path, "docx")
    parts = package.relationships(package.main).values()
    targets = {one.type: one.target for one in parts}
    reader = _Reader(
        package.xml(targets.get("styles") or "word/styles.xml"), _theme_fonts(package, targets.get("theme"))
    )
    body = package.xml(package.main).find(f"{W}body")
    sections = [] if body is None else list(body.iter(f"{W}sectPr"))
    return WordStyles(
        reader.looks(sections[0] if sections else None),
        _written(package, [one.target for one in parts if one.type == "customXml"]),
        () if body is None else tuple(reader.samples(body)),
        len(sections),
    )


def _written(package: Package, parts: Iterable[str]) -> Looks | None:
    """Return what the custom part remembers, or None when the file has none of ours."""
    for part in parts:
        if part in package.names and (root := package.xml(part)).tag == _SPECIMEN:
            styles, section = root.find(f"{W}styles"), root.find(f"{W}sectPr")
            if styles is not None and section is not None:
                return _Reader(styles, {}).looks(section)
    return None


class _Reader:
    def __init__(self, styles: "_Element", theme: Mapping[str, str]) -> None:
        self._theme = theme
        self._nodes = {
            node.get(f"{W}styleId", ""): node
            for node in styles.iter(f"{W}style")
            if node.get(f"{W}type") in ("paragraph", "character")
        }
        self._defaults: Values = {}
        for run in styles.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr"):
            self._defaults |= read_run(run, self._theme)
        for paragraph in styles.iterfind(f"{W}docDefaults/{W}pPrDefault/{W}pPr"):
            self._defaults |= read_paragraph(paragraph)
        self._default = next(
            (
                style_id
                for style_id, node in self._nodes.items()
                if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true", "on")
            ),
            "",
        )

    def looks(self, section: "_Element | None") -> Looks:
        """Return all styles, and the page of a section."""
        styles: dict[StyleKey, WordStyle] = {}
        for style_id, node in self._nodes.items():
            name = _value(node, "name") or style_id
            kind = node.get(f"{W}type", "")
            base = dict(self._defaults) if kind == "paragraph" else {}
            styles.setdefault(
                name.casefold(), WordStyle(name, style_id, kind, base | self._stated(style_id, 0))
            )
        return Looks(MappingProxyType(styles), MappingProxyType({} if section is None else _page(section)))

    def _stated(self, style_id: str, depth: int) -> Values:
        node = self._nodes.get(style_id)
        if node is None or depth > _MAX_DEPTH:
            return {}
        values = self._stated(_value(node, "basedOn") or "", depth + 1)
        paragraph, run = node.find(f"{W}pPr"), node.find(f"{W}rPr")
        if paragraph is not None:
            values |= read_paragraph(paragraph)
        if run is not None:
            values |= read_run(run, self._theme)
        return values

    def samples(self, body: "_Element") -> Iterator[Sample]:
        """Yield the paragraphs; nothing of tables, which a specimen has none of."""
        resolved = {
            style_id: self._defaults | self._stated(style_id, 0)
            for style_id, node in self._nodes.items()
            if node.get(f"{W}type") == "paragraph"
        }
        for node in body.iterchildren(f"{W}p"):
            properties = node.find(f"{W}pPr")
            style_id = _value(properties, "pStyle") if properties is not None else None
            if style_id not in resolved:
                style_id = self._default
            style = resolved.get(style_id, self._defaults)
            direct: Values = {}
            if properties is not None:
                found = read_paragraph(properties)
                direct |= {key: value for key, value in found.items() if style.get(key) != value}
            texts: list[str] = []
            for run in node.iter(f"{W}r"):
                text = "".join(part.text or "" for part in run.iterchildren(f"{W}t"))
                texts.append(text)
                own = run.find(f"{W}rPr")
                if own is None or not text.strip():
                    continue
                under = style | self._stated(_value(own, "rStyle") or "", 0)
                found = read_run(own, self._theme)
                direct |= {key: value for key, value in found.items() if under.get(key) != value}
            name = _value(self._nodes[style_id], "name") if style_id in self._nodes else None
            yield Sample("".join(texts), (name or style_id or "").casefold(), direct)


def _value(node: "_Element", tag: str) -> str | None:
    found = node.find(f"{W}{tag}")
    return None if found is None else found.get(f"{W}val")


def _page(section: "_Element") -> dict[str, int]:
    values: dict[str, int] = {}
    for tag, names in (
        ("pgSz", {"w": "width", "h": "height"}),
        ("pgMar", {name: name for name in ("top", "bottom", "left", "right", "header", "footer", "gutter")}),
    ):
        node = section.find(f"{W}{tag}")
        for attribute, name in names.items() if node is not None else ():
            text = node.get(f"{W}{attribute}", "") if node is not None else ""
            try:
                # Negative margins hold the text off the header; how far is what counts here.
                values[name] = abs(round(float(text)))
            except (ValueError, OverflowError):
                continue
    return values


def _theme_fonts(package: Package, part: str | None) -> Mapping[str, str]:
    """Return the Han and Latin fonts of the theme, by the names with which styles ask for them."""
    if part is None or part not in package.names:
        return {}
    drawing = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
    fonts: dict[str, str] = {}
    for kind in ("major", "minor"):
        node = next(package.xml(part).iter(f"{drawing}{kind}Font"), None)
        if node is None:
            continue
        latin, han = node.find(f"{drawing}latin"), node.find(f"{drawing}ea")
        named = next((one.get("typeface", "") for one in node if one.get("script") == "Hans"), "")
        fonts[f"{kind}EastAsia"] = (han.get("typeface", "") if han is not None else "") or named
        for suffix in ("Ascii", "HAnsi"):
            fonts[f"{kind}{suffix}"] = latin.get("typeface", "") if latin is not None else ""
    return fonts
