"""Parsing an input: the parser is chosen by the file's ending. The model comes after (`readers.reader`)."""

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TypeAlias

from kexie_docs.errors import InputError, Message, Place, Problem, message
from kexie_docs.model.characters import shown
from kexie_docs.model.issues import IssueError
from kexie_docs.model.nearest import nearest
from kexie_docs.model.paths import relative_path
from kexie_docs.readers.parsed import BASE_KEYS, Parsed
from kexie_docs.readers.source import Source, read_source
from kexie_docs.readers.yaml_file import parse_yaml


def _parse_json(source: Source) -> Parsed:
    # Loaded when there is such a file: most inputs are YAML.
    from kexie_docs.readers.json_file import parse_json

    return parse_json(source)


_PARSERS: Mapping[str, Callable[[Source], Parsed]] = {
    ".yaml": parse_yaml,
    ".yml": parse_yaml,
    ".json": _parse_json,
}

SUFFIXES = tuple(_PARSERS)
"""Endings of the files that are read."""


_DEEPEST = 8
"""Inputs that build on one another."""


Read: TypeAlias = Callable[[Path, str], Source]
"""Gives the text of a file by its path, and by the path that messages name."""


def parse_input(path: Path, *, display: str | None = None, read: Read = read_source) -> Parsed:
    """Return the plain data of an input file, with the place of each value, and the inputs it builds on.

    Args:
        path: a .yaml, .yml or .json file.
        display: path as messages and results shall name it; None for ``path`` as it is given.
        read: gives the text of each file; those that are to be tried before they are written, for example.

    Raises:
        InputError: the file cannot be read, or its syntax is wrong; KD122, what it builds on cannot be used.
    """
    return _parse(path, str(path) if display is None else display, (), path.parent.resolve(), read)


def _parse(path: Path, display: str, above: tuple[Path, ...], root: Path, read: Read) -> Parsed:
    """Return a file with the chain below it.

    Args:
        path: of the file.
        display: path as messages name it.
        above: files that build on it, resolved.
        root: folder of the first of them, resolved; all stand below it.
        read: gives the text of each file.
    """
    parsed = replace(_parser(path, display)(read(path, display)), folder=path.parent)
    key = next((key for key in BASE_KEYS if isinstance(parsed.data, dict) and key in parsed.data), None)
    if key is None or not isinstance(parsed.data, dict):
        return parsed
    name = parsed.data[key]
    if not isinstance(name, str) or not name.strip():
        # The model says what is wrong with such a value.
        return parsed
    try:
        base = path.parent / relative_path(name, _BESIDE)
    except IssueError as error:
        raise InputError(
            [_base_problem(parsed, key, issue.what, issue.hint, issue.code) for issue in error.issues]
        ) from None
    chain = (*above, path.resolve())
    real = _resolved(base)
    if real in chain:
        raise InputError(
            _base_problem(
                parsed,
                key,
                message("The inputs build on one another in a circle: “{name}” comes back here", name=name),
                message("Keep the facts in one file that builds on no other."),
            )
        )
    if len(chain) > _DEEPEST:
        raise InputError(
            _base_problem(
                parsed,
                key,
                message("More than {count} inputs build on one another", count=_DEEPEST),
                message("Let each name the file with the facts."),
            )
        )
    if real is None or not real.is_relative_to(root) or not os.path.isfile(real):  # noqa: PTH113 - never raises
        raise InputError(
            _base_problem(
                parsed,
                key,
                message("There is no input “{name}” to build on", name=shown(name)),
                message("The path counts from the folder of this file; check name and ending."),
            )
        )
    shown_base = str(PurePath(display).parent / name.strip())
    return replace(parsed, base=_parse(base, shown_base, chain, root, read))


def _resolved(path: Path) -> Path | None:
    """Return a path without links, or None for one that leads nowhere: too long, a zero byte, a circle."""
    try:
        return path.resolve()
    except (OSError, ValueError, RuntimeError):
        return None


_BESIDE = message("Put both inputs into one folder and write the other's name.")


def _base_problem(
    parsed: Parsed, key: str, what: Message, hint: Message | None, code: str = "KD122"
) -> Problem:
    place = parsed.place((key,))
    return Problem(code, what, place, hint, excerpt=parsed.excerpt((key,), place))


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
    what = message("The name of an input ends in .yaml, .yml or .json")
    raise InputError(Problem("KD108", what, Place(display), hint))
