"""The build command's plan and work: which input becomes which files, and one after another made."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kexie_docs.errors import InputError, KexieDocsError, OutputError, Problem, message
from kexie_docs.pipeline import FORMATS, Format, Workshop, format_of, load
from kexie_docs.readers.reader import LoadedReport
from kexie_docs.writers.files import write_whole


@dataclass(frozen=True, slots=True)
class Job:
    """One input with the files to be made of it, by format."""

    source: Path
    loaded: LoadedReport
    template: str
    targets: tuple[tuple[Format, Path], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be built, and the errors of the inputs that cannot."""

    jobs: tuple[Job, ...]
    errors: tuple[KexieDocsError, ...]


def parse_formats(text: str) -> tuple[Format, ...]:
    """Return the formats of a list such as ``docx,pdf``.

    Raises:
        ValueError: with the part that is no format.
    """
    wanted = [part.strip().lower() for part in text.split(",") if part.strip()]
    for part in wanted or [text]:
        if part not in FORMATS:
            raise ValueError(part)
    return tuple(name for name in FORMATS if name in wanted)


def plan(
    sources: Sequence[Path], *, template: str | None, formats: Sequence[Format] | None, output: Path
) -> Plan:
    """Read all inputs and decide every target before anything is written.

    Args:
        sources: inputs.
        template: name of a template for all; None takes each input's own.
        formats: which files to make; None for both, or for the one that ``output`` names.
        output: a folder, or for one input a file name ending in .docx or .pdf.

    Raises:
        OutputError: KD603, two inputs would write the same file; KD604, one file name for several inputs.
    """
    single = output.suffix.lower() in {f".{name}" for name in FORMATS} and not output.is_dir()
    if single and len(sources) > 1:
        raise OutputError(
            Problem(
                "KD604",
                message("{file} is one file, but there are {n} inputs.", file=str(output), n=len(sources)),
                hint=message("Give a folder to -o."),
            )
        )
    jobs: list[Job] = []
    errors: list[KexieDocsError] = []
    for source in sources:
        try:
            loaded = load(source)
        except InputError as error:
            errors.append(error)
            continue
        chosen = template or loaded.report.template
        if single:
            targets: tuple[tuple[Format, Path], ...] = ((format_of(output), output),)
        else:
            stem = source.stem if chosen == loaded.report.template else f"{source.stem}-{chosen}"
            targets = tuple((name, output / f"{stem}.{name}") for name in formats or FORMATS)
        jobs.append(Job(source, loaded, chosen, targets))
    _refuse_same_targets(jobs)
    return Plan(tuple(jobs), tuple(errors))


def make(
    jobs: Sequence[Job], workshop: Workshop, done: Callable[[Job], None]
) -> Iterator[Path | KexieDocsError]:
    """Build the jobs in order; yield each path written, and the error of a job that failed.

    Both files of an input are finished before the first is written, so that they belong together.
    ``done`` is called after each job.
    """
    for job in jobs:
        try:
            composition = workshop.compose(job.loaded, job.template)
            finished = [(target, workshop.render(composition, name)) for name, target in job.targets]
            for target, data in finished:
                write_whole(target, data)
                yield target
        except KexieDocsError as error:
            yield _with_file(error, str(job.source))
        done(job)


def _with_file(error: KexieDocsError, source: str) -> KexieDocsError:
    """Name the input in problems that know no file of their own."""
    return type(error)(
        [
            problem
            if problem.place.file is not None
            else replace(problem, place=replace(problem.place, file=source))
            for problem in error.problems
        ]
    )


def _refuse_same_targets(jobs: Sequence[Job]) -> None:
    """Raise KD603 when two jobs would write one file (names that differ only in case are one on Windows)."""
    seen: dict[str, Job] = {}
    for job in jobs:
        for _, target in job.targets:
            key = str(target).casefold()
            if key in seen:
                raise OutputError(
                    Problem(
                        "KD603",
                        message(
                            "{first} and {second} would both be written to {target}.",
                            first=str(seen[key].source),
                            second=str(job.source),
                            target=str(target),
                        ),
                        hint=message("Rename one of the inputs, or build them into different folders."),
                    )
                )
            seen[key] = job
