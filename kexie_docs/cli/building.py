"""The command `build`: inputs to files, paths to stdout, messages and progress to stderr."""

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.reporting import CommandLineError, relative, report_problems
from kexie_docs.errors import ExitCode, KexieDocsError, Problem, message
from kexie_docs.pipeline import FORMATS, Format
from kexie_docs.writers.files import is_folder

if TYPE_CHECKING:
    from kexie_docs.cli.ahead import Ahead
    from kexie_docs.cli.drafting import Request
    from kexie_docs.pipeline import Workshop
    from kexie_docs.readers.parsed import Parsed

_BATCH_ORDER = (
    ExitCode.INTERNAL,
    ExitCode.OUTPUT,
    ExitCode.FONT,
    ExitCode.TEMPLATE,
    ExitCode.INPUT,
    ExitCode.NONCONFORMING,
)
"""A batch ends with the first of these that occurred."""


class _Advance(Protocol):
    """Tell the progress display that one input is done."""

    def __call__(self) -> None: ...


def build_command(
    inputs: Sequence[Path],
    *,
    template: str | None,
    formats: str | None,
    output: Path,
    style: str | None,
    debug_grid: bool,
    proof: bool,
    quiet: bool,
    as_json: bool,
    translate: Translate,
    ahead: "Ahead | None",
) -> None:
    """Build documents; print each path written, and every problem.

    Args:
        inputs: input files.
        template: name of a template for all; None takes each input's own.
        formats: comma-separated list; None for both.
        output: folder or file.
        style: office or strict; None takes what each template extends.
        debug_grid: the PDFs show type area, grid and line boxes.
        proof: checking copies are made in place of the documents.
        quiet: show no progress.
        as_json: print problems as JSON on stdout.
        translate: the user's language.
        ahead: the process that drafts; None drafts in this one.

    Raises:
        CommandLineError: the options contradict each other.
        KexieDocsError: nothing could be begun.
    """
    from kexie_docs.cli.build import WordWriter, WriteHere, finish
    from kexie_docs.cli.drafting import Planned, Request, drafts, parsed_inputs
    from kexie_docs.pipeline import Workshop
    from kexie_docs.readers.parsed import Parsed

    if style is not None:
        _require_style(style)
    request = Request(tuple(inputs), template, _formats(formats, output), output, style, proof)
    workshop = Workshop(Path.cwd(), os.environ)
    word: WordWriter = WriteHere() if ahead is None else ahead
    if ahead is None:
        events = drafts(request, parsed_inputs(request.sources))
    else:
        first, *_ = parsed = tuple(parsed_inputs(request.sources))
        ahead.ask(request, parsed)
        events = ahead.drafts()
        if isinstance(first, Parsed):
            _prepare(workshop, request, first)
    planned = next(events)
    assert isinstance(planned, Planned)
    failures: list[KexieDocsError] = []
    warnings: list[Problem] = list(planned.warnings)
    with _progress(planned.documents, quiet, translate) as advance:
        for result in finish(events, workshop, word, advance, style=style, grid=debug_grid, proof=proof):
            if isinstance(result, Path):
                typer.echo(relative(result), err=as_json)
            elif isinstance(result, Problem):
                warnings.append(result)
            else:
                failures.append(result)
    problems = warnings + [problem for error in failures for problem in error.problems]
    if problems or as_json:
        report_problems(problems, as_json, translate)
    if failures:
        codes = {error.exit_code for error in failures}
        raise typer.Exit(next(code for code in _BATCH_ORDER if code in codes))


def _prepare(workshop: "Workshop", request: "Request", parsed: "Parsed") -> None:
    """Load what this half will need, while the other process drafts the first document."""
    from kexie_docs.pipeline import prepare_word

    if request.formats is None or "pdf" in request.formats or request.proof:
        workshop.prepare_pdf(set(parsed.source.text))
    else:
        prepare_word()
    data = parsed.data if isinstance(parsed.data, dict) else {}
    name = request.template or data.get("模板") or data.get("template") or "summary"
    if isinstance(name, str):
        workshop.prepare_assembling(name, request.style)


def _require_style(name: str) -> None:
    """Raise CommandLineError unless there is a built-in style of the name."""
    from kexie_docs.style.load import STYLES

    if name not in STYLES:
        what = message("There is no style {name}. Styles are {names}.", name=name, names=", ".join(STYLES))
        raise CommandLineError(Problem("KD003", what))


def _formats(text: str | None, output: Path) -> tuple[Format, ...] | None:
    """Return the formats of a list such as ``docx,pdf``; None for None.

    Raises:
        CommandLineError: a part is no format, or ``output`` is a file of a format that is not in the list.
    """
    if text is None:
        return None
    wanted = [part.strip().lower() for part in text.split(",") if part.strip()]
    for part in wanted or [text]:
        if part not in FORMATS:
            raise CommandLineError(
                Problem("KD001", message("{part} is not a format. Formats are docx and pdf.", part=part))
            )
    suffix = output.suffix.lower().removeprefix(".")
    if suffix in FORMATS and suffix not in wanted and not is_folder(output):
        what = message("-o {file} and -f {formats} disagree.", file=str(output), formats=text)
        raise CommandLineError(Problem("KD002", what))
    return tuple(name for name in FORMATS if name in wanted)


@contextmanager
def _progress(total: int, quiet: bool, translate: Translate) -> Iterator[_Advance]:
    """Show progress on a terminal while several inputs are built; nothing otherwise."""
    if quiet or total == 0 or not sys.stderr.isatty():
        yield lambda: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(translate("Building"), total=total)
        yield lambda: progress.advance(task)
