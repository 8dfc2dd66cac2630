"""Which inputs a command line means: files, the inputs of a folder, and patterns."""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from kexie_docs.errors import InputError, Place, Problem, message
from kexie_docs.frozen import dataclass

SUFFIXES = (".yaml", ".yml", ".json")
"""Endings of inputs, as `kexie_docs.readers.parsing` has them; it loads parsers, and nothing here is read."""

_SCHEMA = ".schema.json"
_PATTERN = frozenset("*?[")


@dataclass(frozen=True, slots=True)
class Inputs:
    """What was named.

    Attributes:
        paths: input files, in the order they were named, those of a folder or pattern sorted.
        failures: one for each folder or pattern that holds no input.
        one_file: whether a single file was named, and nothing else.
    """

    paths: tuple[Path, ...]
    failures: tuple[InputError, ...]
    one_file: bool


def is_one_file(named: Sequence[Path]) -> bool:
    """Return whether a single file is named: no folder and no pattern."""
    return len(named) == 1 and not _is_pattern(named[0]) and not _is_folder(named[0])


def expand(named: Sequence[Path]) -> Inputs:
    """Return the inputs that were named.

    Of a folder its own files are taken, not those of folders below it; JSON schemas and hidden files are
    none. A pattern (``*``, ``?``, ``[…]``, ``**``) is taken where the shell has not, as on Windows. A file
    that two of them hold is taken once.
    """
    paths: list[Path] = []
    failures: list[InputError] = []
    taken: set[str] = set()
    brought: set[str] = set()
    for name in named:
        if _is_pattern(name):
            import glob

            # `Path.glob` takes no absolute pattern.
            matching = map(Path, glob.iglob(str(name), recursive=True))  # noqa: PTH207 - see above
            found = sorted(path for path in matching if _is_input(path))
        elif _is_folder(name):
            found = sorted(_inputs_of(name))
        else:
            # A file named twice is a mistake worth telling, unlike one that a pattern has brought already.
            if os.path.realpath(name) not in brought:
                paths.append(name)
                taken.add(os.path.realpath(name))
            continue
        if not found:
            failures.append(_nothing(name))
        for path in found:
            if (real := os.path.realpath(path)) not in taken:
                taken.add(real)
                brought.add(real)
                paths.append(path)
    return Inputs(tuple(paths), tuple(failures), is_one_file(named))


def _is_pattern(path: Path) -> bool:
    # The methods of `Path` raise for names that are too long; these do not.
    return not _PATTERN.isdisjoint(str(path)) and not os.path.lexists(path)


def _is_folder(path: Path) -> bool:
    return os.path.isdir(path)  # noqa: PTH112 - see `_is_pattern`


def _inputs_of(folder: Path) -> Iterator[Path]:
    try:
        with os.scandir(folder) as entries:
            names: Iterable[str] = [entry.name for entry in entries]
    except OSError:
        return
    for name in names:
        if _is_input(folder / name):
            yield folder / name


def _is_input(path: Path) -> bool:
    name = path.name.lower()
    return (
        name.endswith(SUFFIXES)
        and not name.endswith(_SCHEMA)
        and not name.startswith((".", "~"))
        and os.path.isfile(path)  # noqa: PTH113 - see `_is_pattern`
    )


def _nothing(name: Path) -> InputError:
    return InputError(
        Problem(
            "KD125",
            message("No input is here"),
            Place(str(name)),
            message("The names of inputs end in .yaml, .yml or .json."),
        )
    )
