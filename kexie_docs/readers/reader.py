"""Reading an input: from a file to a valid report that knows where everything stands."""

from pathlib import Path

from kexie_docs.errors import Place, Problem
from kexie_docs.frozen import dataclass
from kexie_docs.model.fields import spelled_path
from kexie_docs.model.plain import FieldPath, parse_path
from kexie_docs.model.report import Report
from kexie_docs.readers.inheriting import with_inherited
from kexie_docs.readers.parsed import Parsed
from kexie_docs.readers.structure import build_report


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
        source = next((each for each in self.parsed.sources() if each.file == place.file), None)
        return None if source is None else source.excerpt(place)


def read_report(path: Path, *, display: str | None = None) -> LoadedReport:
    """Return the report of an input file.

    Args:
        path: a .yaml, .yml or .json file.
        display: path as messages and results shall name it; None for ``path`` as it is given.

    Raises:
        InputError: with every problem that was found.
    """
    # The parsers load YAML; whoever has parsed elsewhere does without.
    from kexie_docs.readers.parsing import parse_input

    return report_of(parse_input(path, display=display))


def report_of(parsed: Parsed) -> LoadedReport:
    """Return the report of a parsed input.

    Raises:
        InputError: with every problem that was found.
    """
    file = parsed.source.file
    parsed = with_inherited(parsed)
    return LoadedReport(build_report(parsed), file, parsed, parsed.problems)
