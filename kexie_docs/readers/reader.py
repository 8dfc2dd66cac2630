"""Reading an input: the reader is chosen by the file's ending."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from kexie_docs.errors import InputError, Place, Problem, message
from kexie_docs.model.fields import spelled_path
from kexie_docs.model.nearest import nearest
from kexie_docs.model.plain import FieldPath, parse_path
from kexie_docs.model.report import Report
from kexie_docs.readers.json_file import parse_json
from kexie_docs.readers.parsed import Parsed
from kexie_docs.readers.source import Source, read_source
from kexie_docs.readers.structure import build_report
from kexie_docs.readers.yaml_file import parse_yaml

_PARSERS: Mapping[str, Callable[[Source], Parsed]] = {
    ".yaml": parse_yaml,
    ".yml": parse_yaml,
    ".json": parse_json,
}

SUFFIXES = tuple(_PARSERS)
"""Endings of the files that are read."""


@dataclass(frozen=True, slots=True)
class LoadedReport:
    """A report, and where everything in it stands.

    Attributes:
        report: what the input holds.
        file: path as messages name it.
        parsed: the file, with the place of each value.
        warnings: what is not wrong but worth a look.
    """

    report: Report
    file: str
    parsed: Parsed
    warnings: tuple[Problem, ...] = ()

    def place(self, path: FieldPath | str, offset: int | None = None) -> Place:
        """Return the place of a value, or of a character in its text.

        Args:
            path: keys in either spelling and list positions from 0, as ``("行动", 0, "导语")`` or as
                ``行动[0].导语``.
            offset: of a character in the value's text, such as a reference's.
        """
        steps = parse_path(path) if isinstance(path, str) else path
        return self.parsed.place(spelled_path(steps, self.parsed.spans), offset)

    def excerpt(self, place: Place) -> str | None:
        """Return the line of a place as a message may show it; None where there is none."""
        return self.parsed.source.excerpt(place)


def read_report(path: Path, *, display: str | None = None) -> LoadedReport:
    """Return the report of an input file.

    Args:
        path: a .yaml, .yml or .json file.
        display: path as messages and results shall name it; None for ``path`` as it is given.

    Raises:
        InputError: with every problem that was found.
    """
    name = str(path) if display is None else display
    parsed = _parser(path, name)(read_source(path, name))
    report = build_report(parsed)
    return LoadedReport(report, name, parsed, parsed.problems)


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
