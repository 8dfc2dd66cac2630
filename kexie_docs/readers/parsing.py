"""Parsing an input: the parser is chosen by the file's ending. The model comes after (`readers.reader`)."""

from collections.abc import Callable, Mapping
from pathlib import Path

from kexie_docs.errors import InputError, Place, Problem, message
from kexie_docs.model.nearest import nearest
from kexie_docs.readers.json_file import parse_json
from kexie_docs.readers.parsed import Parsed
from kexie_docs.readers.source import Source, read_source
from kexie_docs.readers.yaml_file import parse_yaml

_PARSERS: Mapping[str, Callable[[Source], Parsed]] = {
    ".yaml": parse_yaml,
    ".yml": parse_yaml,
    ".json": parse_json,
}

SUFFIXES = tuple(_PARSERS)
"""Endings of the files that are read."""


def parse_input(path: Path, *, display: str | None = None) -> Parsed:
    """Return the plain data of an input file, with the place of each value.

    Args:
        path: a .yaml, .yml or .json file.
        display: path as messages and results shall name it; None for ``path`` as it is given.

    Raises:
        InputError: the file cannot be read, or its syntax is wrong.
    """
    name = str(path) if display is None else display
    return _parser(path, name)(read_source(path, name))


def _parser(path: Path, display: str) -> Callable[[Source], Parsed]:
    suffix = path.suffix.lower()
    if suffix in _PARSERS:
        return _PARSERS[suffix]
    near = nearest(suffix, SUFFIXES) if len(suffix) > 2 else None
    hint = (
        message("Did you mean “{name}”?", name=path.stem + near)
        if near is not None
        else message(
            "Save the input as YAML and name it, for example, {name}.", name=f"{path.stem or 'input'}.yaml"
        )
    )
    what = message("An input is a file that ends in {suffixes}", suffixes="、".join(SUFFIXES))
    raise InputError(Problem("KD108", what, Place(display), hint))
