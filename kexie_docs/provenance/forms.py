"""The table of figures as it stands in the files: XML in the Word file, JSON in the PDF; written and read."""

from collections.abc import Iterator, Mapping
from typing import Any

from kexie_docs.provenance.records import FigureRecord, FigureTable, PrintedPlace

NAMESPACE = "urn:kexie-docs:figures:1"
"""Namespace of the XML; its number is that of the format, in the JSON too."""

FORMAT = 1

JSON_NAME = "figures.json"
"""Name of the file in the PDF."""

_TEXTS = ("bookmark", "name", "expression", "text", "kind", "value", "unit", "hedge", "source", "file")
_LISTS = {"ends": "ends", "computed-from": "computed_from"}
_ESCAPES = str.maketrans(
    {"&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"}
)
_JSON_ESCAPES = {code: f"\\u{code:04x}" for code in range(32)} | {ord('"'): '\\"', ord("\\"): "\\\\"}


class TableError(ValueError):
    """Data is no table of figures in a form that this version reads."""


def write_xml(table: FigureTable) -> bytes:
    """Return the table as the custom XML part of the Word file, in UTF-8; ``printed`` is not in it."""
    parts = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n', f'<figures xmlns="{NAMESPACE}"']
    parts += _attributes(_head(table))
    parts.append(">")
    for record in table.figures:
        parts += ("<figure", *_attributes(_row(record)), "/>")
    parts.append("</figures>")
    return "".join(parts).encode()


def write_json(table: FigureTable) -> bytes:
    """Return the table as the PDF's attached file, in UTF-8: one figure a line."""
    head = [f'  "{key}": {_quoted(value)},' for key, value in _head(table).items()]
    rows = []
    for record in table.figures:
        row = [f'"{key}": {_json(value)}' for key, value in _row(record).items()]
        places = (f'{{"page": {page}, "line": {line}}}' for page, line in record.printed)
        row.append(f'"printed": [{", ".join(places)}]')
        rows.append(f"    {{{', '.join(row)}}}")
    body = [",\n".join(rows)] if rows else []
    lines = ["{", f'  "format": {FORMAT},', *head, '  "figures": [', *body, "  ]", "}", ""]
    return "\n".join(lines).encode()


def _json(value: str | int | tuple[str, ...]) -> str:
    if isinstance(value, tuple):
        return f"[{', '.join(map(_quoted, value))}]"
    return str(value) if isinstance(value, int) else _quoted(value)


def _quoted(text: str) -> str:
    """Return a JSON string; the json package would take a millisecond to load."""
    return f'"{text.translate(_JSON_ESCAPES)}"'


def parse_xml(data: bytes) -> FigureTable:
    """Return the table that a custom XML part holds.

    Raises:
        TableError: it is none, or of another format.
    """
    # Only who reads a file back needs a parser.
    from xml.etree import ElementTree

    if b"<!" in data:
        raise TableError("a document type is declared")
    try:
        root = ElementTree.fromstring(data)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise TableError(str(error)) from None
    if root.tag != f"{{{NAMESPACE}}}figures":
        raise TableError("another root element")
    records = []
    for child in root:
        values: dict[str, Any] = dict(child.attrib)
        values |= {key: values[key].split(" ") for key in _LISTS if key in values}
        if "line" in values:
            values["line"] = int(values["line"]) if values["line"].isdecimal() else None
        records.append(_record(values))
    return _table(root.attrib, records)


def parse_json(data: bytes) -> FigureTable:
    """Return the table that the PDF's attached file holds.

    Raises:
        TableError: it is none, or of another format.
    """
    import json

    try:
        whole = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise TableError(str(error)) from None
    if not isinstance(whole, dict) or whole.get("format") != FORMAT:
        raise TableError("another format")
    return _table(whole, [_record(row) for row in _list(whole.get("figures"))])


def _head(table: FigureTable) -> dict[str, str]:
    head = {"input": table.input, "template": table.template, "version": table.version}
    return {key: value for key, value in head.items() if value}


def _row(record: FigureRecord) -> dict[str, str | int | tuple[str, ...]]:
    """Return what there is to say of a figure, by its key in both forms."""
    texts = (
        record.bookmark, record.name, record.expression, record.text, record.kind,
        record.value, record.unit, record.hedge, record.source, record.file,
    )  # fmt: skip
    row: dict[str, str | int | tuple[str, ...]] = {
        key: text for key, text in zip(_TEXTS, texts, strict=True) if text
    }
    if record.ends:
        row["ends"] = record.ends
    if record.line is not None:
        row["line"] = record.line
    if record.computed_from:
        row["computed-from"] = record.computed_from
    return row


def _attributes(values: Mapping[str, str | int | tuple[str, ...]]) -> Iterator[str]:
    for key, value in values.items():
        # Neither numbers nor references hold a space.
        text = " ".join(value) if isinstance(value, tuple) else str(value)
        yield f' {key}="{text.translate(_ESCAPES)}"'


def _table(head: Mapping[str, object], records: list[FigureRecord]) -> FigureTable:
    return FigureTable(
        input=_text(head.get("input", "")),
        template=_text(head.get("template", "")),
        version=_text(head.get("version", "")),
        figures=tuple(records),
    )


def _record(values: object) -> FigureRecord:
    if not isinstance(values, Mapping):
        raise TableError("a figure is no map")
    printed = []
    for place in _list(values.get("printed", [])):
        page, line = (place.get("page"), place.get("line")) if isinstance(place, Mapping) else (None, None)
        if not isinstance(page, int) or not isinstance(line, int):
            raise TableError("a place is no page and line")
        printed.append(PrintedPlace(page=page, line=line))
    texts = {key: _text(values.get(key, "")) for key in _TEXTS}
    lists = {field: tuple(map(_text, _list(values.get(key, [])))) for key, field in _LISTS.items()}
    line = values.get("line")
    if line is not None and not isinstance(line, int):
        raise TableError("a line is no number")
    return FigureRecord(
        bookmark=texts["bookmark"],
        name=texts["name"],
        expression=texts["expression"],
        text=texts["text"],
        kind=texts["kind"],
        value=texts["value"],
        ends=lists["ends"],
        unit=texts["unit"],
        hedge=texts["hedge"],
        source=texts["source"],
        file=texts["file"],
        line=line,
        computed_from=lists["computed_from"],
        printed=tuple(printed),
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TableError("a text is none")
    return value


def _list(value: object) -> list[object]:
    if not isinstance(value, list):
        raise TableError("a list is none")
    return value
