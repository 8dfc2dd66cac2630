"""The first half of a build: reports made, targets decided, templates rendered.

A generator of events, so that the second half (`kexie_docs.cli.build`) can lay out one document
while this half goes on; `kexie_docs.cli.ahead` runs it in a process of its own where that is
possible. Events are plain values that can be sent to another process.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kexie_docs.errors import InputError, KexieDocsError, Problem, with_file
from kexie_docs.frozen import dataclass
from kexie_docs.pipeline import Workshop
from kexie_docs.readers.parsed import Parsed
from kexie_docs.writers.names import (
    FORMATS,
    PROOF_SUFFIX,
    Format,
    format_of,
    names_file,
    portable_stem,
    refuse_same,
    refuse_unportable,
    renamed,
)

if TYPE_CHECKING:
    from kexie_docs.compose.rendered import Rendered
    from kexie_docs.readers.reader import LoadedReport


@dataclass(frozen=True, slots=True)
class Request:
    """What the user asks for.

    Attributes:
        sources: inputs.
        template: name of a template for all; None takes each input's own.
        formats: which files to make; None for both, or for the one that ``output`` names.
        output: a folder, or for one input a file name ending in .docx or .pdf.
        style: ``office`` or ``strict``; None takes what each template extends.
        proof: whether checking copies are made in place of the documents; they need the layout.
    """

    sources: tuple[Path, ...]
    template: str | None
    formats: tuple[Format, ...] | None
    output: Path
    style: str | None = None
    proof: bool = False


@dataclass(frozen=True, slots=True)
class Planned:
    """All inputs were read: what in them is worth a look."""

    warnings: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Draft:
    """A document, and the files to be made of it.

    Attributes:
        source: its input.
        targets: the files.
        template: name of the template that was rendered.
        rendered: what the template printed.
        word_beside_pdf: whether there is a Word file to be written beside the PDF: both are wanted, and it
            depends on no layout.
    """

    source: Path
    targets: tuple[tuple[Format, Path], ...]
    template: str
    rendered: "Rendered"
    word_beside_pdf: bool


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that cannot be built, and why."""

    error: KexieDocsError


Event: TypeAlias = Planned | Draft | Failure

ParsedInput: TypeAlias = Parsed | InputError
"""What became of one source: its plain data, or why there is none."""


@dataclass(frozen=True, slots=True)
class _Job:
    source: Path
    loaded: "LoadedReport"
    template: str
    targets: tuple[tuple[Format, Path], ...]


def parsed_inputs(sources: Iterable[Path]) -> Iterator[ParsedInput]:
    """Read and parse the sources in order."""
    from kexie_docs.readers.parsing import parse_input

    for source in sources:
        try:
            yield parse_input(source)
        except InputError as error:
            yield error


def drafts(request: Request, inputs: Iterable[ParsedInput]) -> Iterator[Event]:
    """Make all reports, then render one after another.

    Args:
        request: what the user asks for.
        inputs: its sources in order, from `parsed_inputs`.

    Raises:
        OutputError: KD603, two inputs would write the same file; KD604, one file name for several inputs.
            Nothing was written then.
    """
    jobs, errors, warnings = _plan(request, inputs)
    yield Planned(tuple(warnings))
    for error in errors:
        yield Failure(error)
    workshop = Workshop(Path.cwd(), os.environ)
    for job in jobs:
        try:
            rendered = workshop.fill(job.loaded, job.template)
            both = {name for name, _ in job.targets} == set(FORMATS)
            beside = both and not rendered.even_page and not request.proof
            yield Draft(job.source, job.targets, job.template, rendered, beside)
        except KexieDocsError as error:
            yield Failure(with_file(error, job.source))


def _plan(
    request: Request, inputs: Iterable[ParsedInput]
) -> tuple[Sequence[_Job], Sequence[KexieDocsError], Sequence[Problem]]:
    """Make all reports and decide every target, so that a conflict is told before anything is written."""
    from kexie_docs.readers.reader import report_of

    output = request.output
    single = names_file(output)
    if single:
        refuse_unportable(output)
    jobs: list[_Job] = []
    errors: list[KexieDocsError] = []
    warnings: list[Problem] = []
    for source, parsed in zip(request.sources, inputs, strict=True):
        if isinstance(parsed, InputError):
            errors.append(parsed)
            continue
        try:
            loaded = report_of(parsed)
        except InputError as error:
            errors.append(error)
            continue
        warnings.extend(loaded.warnings)
        template = request.template or loaded.report.template
        if single:
            targets: tuple[tuple[Format, Path], ...] = ((format_of(output), output),)
        else:
            stem = source.stem if template == loaded.report.template else f"{source.stem}-{template}"
            if request.proof:
                stem += PROOF_SUFFIX
            portable = portable_stem(stem)
            if portable != stem:
                warnings.append(renamed(source, portable))
            targets = tuple((name, output / f"{portable}.{name}") for name in request.formats or FORMATS)
        jobs.append(_Job(source, loaded, template, targets))
    refuse_same((job.source, path) for job in jobs for _, path in job.targets)
    return jobs, errors, warnings
