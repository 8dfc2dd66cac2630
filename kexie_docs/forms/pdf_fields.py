"""The fields of a PDF form as its author sees them: name, kind, what they may hold, where they stand."""

import re
from collections.abc import Iterator
from typing import Any, Literal, TypeAlias

import pikepdf

from kexie_docs.frozen import dataclass

Kind: TypeAlias = Literal["text", "check", "radio", "choice", "other"]

_ESCAPED = re.compile("#[0-9A-F]{2}")
_READ_DEPTH = 40
_MOST_FIELDS = 20_000
_MULTILINE, _PASSWORD, _RADIO, _PUSH, _COMBO, _EDIT, _FILE, _COMB = 12, 13, 15, 16, 17, 18, 20, 24


@dataclass(frozen=True, slots=True)
class Field:
    """A field that can be filled.

    Attributes:
        name: full name, its parts joined by ``.`` (ISO 32000-1, 12.7.3.2).
        label: the name shown to people (TU); "" for none.
        kind: what it is; ``other`` for push buttons, signatures, passwords, files.
        node: its dictionary.
        widgets: where it is seen.
        multiline, comb, combo, editable: its flags.
        max_length: most characters; None for any number.
        options: of a choice: export value and what is shown.
        appearance: default appearance string (DA), "" for none.
        quadding: 0 left, 1 centred, 2 right.
    """

    name: str
    label: str
    kind: Kind
    node: pikepdf.Dictionary
    widgets: tuple[pikepdf.Dictionary, ...]
    multiline: bool
    comb: bool
    combo: bool
    editable: bool
    max_length: int | None
    options: tuple[tuple[str, str], ...]
    appearance: str
    quadding: int


def fields_of(form: Any) -> Iterator[Field]:
    """Yield the fields of an AcroForm in order."""
    seen: set[tuple[int, int]] = set()
    inherited = {key: form.get(key) for key in ("/DA", "/Q") if key in form}
    for node in _items(form.get("/Fields")):
        yield from _walk(node, "", inherited, seen, 0)


def _items(value: Any) -> list[Any]:
    return (
        [one for one in value if isinstance(one, pikepdf.Dictionary)]
        if isinstance(value, pikepdf.Array)
        else []
    )


def _walk(
    node: Any, prefix: str, inherited: dict[str, Any], seen: set[tuple[int, int]], depth: int
) -> Iterator[Field]:
    if depth > _READ_DEPTH or len(seen) > _MOST_FIELDS or (node.objgen != (0, 0) and node.objgen in seen):
        return
    seen.add(node.objgen)
    values = inherited | {
        key: node[key] for key in ("/FT", "/Ff", "/DA", "/Q", "/MaxLen", "/Opt", "/TU") if key in node
    }
    own = plain_name(_text(node.get("/T")))
    name = ".".join(part for part in (prefix, own) if part)
    kids = _items(node.get("/Kids"))
    inner = [kid for kid in kids if "/T" in kid]
    if inner:
        for kid in inner:
            yield from _walk(kid, name, values, seen, depth + 1)
        return
    widgets = tuple(kids) if kids else (node,)
    yield _field(name, node, widgets, values)


def _field(name: str, node: Any, widgets: tuple[Any, ...], values: dict[str, Any]) -> Field:
    flags = _number(values.get("/Ff")) or 0

    def flag(bit: int) -> bool:
        return bool(flags >> bit & 1)

    kind: Kind = "other"
    match str(values.get("/FT", "")):
        case "/Tx" if not flag(_PASSWORD) and not flag(_FILE):
            kind = "text"
        case "/Btn" if not flag(_PUSH):
            kind = "radio" if flag(_RADIO) else "check"
        case "/Ch":
            kind = "choice"
    length = _number(values.get("/MaxLen"))
    return Field(
        name=name,
        label=_text(values.get("/TU")),
        kind=kind,
        node=node,
        widgets=widgets,
        multiline=flag(_MULTILINE),
        comb=flag(_COMB) and not flag(_MULTILINE) and bool(length),
        combo=flag(_COMBO),
        editable=flag(_COMBO) and flag(_EDIT),
        max_length=length if length and length > 0 else None,
        options=tuple(_options(values.get("/Opt"))),
        appearance=_text(values.get("/DA")),
        quadding=_number(values.get("/Q")) or 0,
    )


def _options(value: Any) -> Iterator[tuple[str, str]]:
    for one in value if isinstance(value, pikepdf.Array) else ():
        if isinstance(one, pikepdf.Array) and len(one) == 2:
            yield _text(one[0]), _text(one[1])
        else:
            yield _text(one), _text(one)


def plain_name(text: str) -> str:
    """Return a name as its author wrote it: LibreOffice (7.4) writes each byte of 单 as #E5#8D#95."""
    if not _ESCAPED.search(text):
        return text
    data = _ESCAPED.sub(lambda match: chr(int(match[0][1:], 16)), text)
    try:
        return data.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return text


def on_states(widget: Any) -> list[str]:
    """Return the states of a button's widget other than Off, as names with their slash."""
    appearances = widget.get("/AP")
    normal = appearances.get("/N") if isinstance(appearances, pikepdf.Dictionary) else None
    if not isinstance(normal, pikepdf.Dictionary) or isinstance(normal, pikepdf.Stream):
        return []
    return [state for state in map(str, normal) if state != "/Off"]


def _text(value: Any) -> str:
    return str(value) if isinstance(value, pikepdf.String) else ""


def _number(value: Any) -> int | None:
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else None
