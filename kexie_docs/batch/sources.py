"""Which files a document was made of, with their digests: the input, what it builds on, its pictures."""

import json
import os
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path, PurePath
from typing import Any

from kexie_docs.model.official import Picture
from kexie_docs.readers.parsed import Parsed
from kexie_docs.readers.pictures import MAX_BYTES
from kexie_docs.readers.reader import LoadedReport
from kexie_docs.writers.ledger import digest


def source_digests(source: Path, parsed: Parsed, loaded: LoadedReport) -> str:
    """Return the files that a report was read from, as text for the ledger; "" when one cannot be named.

    Digests are of what was read, not of what the disk holds by now.

    Args:
        source: the input.
        parsed: its plain data, as `kexie_docs.readers.parsing.parse_input` gives it.
        loaded: its report.
    """
    folders: list[Path] = []
    rows: list[tuple[str, str]] = []
    below: Parsed | None = parsed
    while below is not None:
        folder = source.parent if below.folder is None else below.folder
        folders.append(folder)
        name = source.name if below is parsed else PurePath(below.source.file).name
        rows.append((_relative(folder / name, source), _text_digest(below.source.text.encode())))
        below = below.base
    for picture in _pictures(loaded.report):
        places = (folder / picture.path for folder in folders)
        path = next((place for place in places if _holds(place, picture)), None)
        if path is None:
            return ""
        rows.append((_relative(path, source), digest(picture.data)))
    return json.dumps(list(dict.fromkeys(rows)), separators=(",", ":"))


def are_current(source: Path, recorded: str) -> bool:
    """Return whether all files that a ledger names still hold what they held."""
    try:
        rows = json.loads(recorded)
        return bool(rows) and all(
            expected in (digest(data := (source.parent / name).read_bytes()), _text_digest(data))
            for name, expected in rows
        )
    except (OSError, ValueError, TypeError):
        return False


def _text_digest(data: bytes) -> str:
    """Return the digest of a text; byte order mark and kind of line ends are no part of it."""
    text = data.removeprefix(b"\xef\xbb\xbf").replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    return digest(text)


def _relative(path: Path, source: Path) -> str:
    return os.path.relpath(path, source.parent)


def _holds(path: Path, picture: Picture) -> bool:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1) == picture.data
    except (OSError, ValueError):
        return False


def _pictures(value: Any) -> Iterator[Picture]:
    """Yield every picture below a value of the model."""
    if isinstance(value, Picture):
        if value.data:
            yield value
    elif isinstance(value, (list, tuple)):
        for each in value:
            yield from _pictures(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _pictures(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for part in fields(value):
            yield from _pictures(getattr(value, part.name))
    elif hasattr(type(value), "model_fields"):
        for name in type(value).model_fields:
            yield from _pictures(getattr(value, name))
