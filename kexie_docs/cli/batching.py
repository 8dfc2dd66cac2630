"""`build` with several inputs: progress while they are built, and a summary of what became of them."""

import os
import signal
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Protocol

import typer

from kexie_docs.batch.inputs import Inputs
from kexie_docs.batch.processes import cores, in_processes
from kexie_docs.batch.run import prepare
from kexie_docs.batch.work import Options, Outcome, Status
from kexie_docs.batch.worker import failed
from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.reporting import as_json_text, print_path, problem_rows, relative, report_problems
from kexie_docs.errors import ExitCode, OutputError, Problem, Severity, message, worst
from kexie_docs.writers.files import clear_stale
from kexie_docs.writers.names import FORMATS, Format, names_file

_NAME_WIDTH = 40


class _Show(Protocol):
    """Tell the display what became of an input."""

    def __call__(self, outcome: Outcome) -> None: ...


class _Stopping:
    """Whether Ctrl-C was pressed: the first time no document is begun any more, the second ends at once."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        return self.asked

    def press(self, _signal: int, _frame: FrameType | None) -> None:
        """Handle the signal."""
        self.asked = True
        signal.signal(signal.SIGINT, signal.default_int_handler)


def batch_command(
    inputs: Inputs,
    *,
    output: Path,
    template: str | None,
    formats: tuple[Format, ...] | None,
    style: str | None,
    grid: bool,
    proof: bool,
    force: bool,
    jobs: int | None,
    quiet: bool,
    as_json: bool,
    translate: Translate,
) -> None:
    """Build a batch; print each path written, every problem, and a summary.

    Args:
        inputs: what was named.
        output: folder.
        template: name of a template for all; None takes each input's own.
        formats: which files to make; None for both.
        style: office or strict; None takes what each template extends.
        grid: the PDFs show type area, grid and line boxes.
        proof: make checking copies in place of the documents.
        force: build also what is unchanged.
        jobs: how many processes; None for one a core.
        quiet: show neither progress nor summary.
        as_json: print all as JSON on stdout, and the paths on stderr.
        translate: the user's language.

    Raises:
        OutputError: KD603, two inputs would write one file; KD604, the output is one file.
    """
    if names_file(output):
        n = len(inputs.paths)
        raise OutputError(
            Problem(
                "KD604",
                message("{file} is one file, but there are {n} inputs.", file=str(output), n=n),
                hint=message("Give a folder to -o."),
            )
        )
    options = Options(
        output=output,
        template=template,
        formats=formats or FORMATS,
        style=style,
        grid=grid,
        proof=proof,
        force=force,
    )
    with _stopping() as stop:
        works = prepare(inputs.paths, options, Path.cwd(), os.environ)
        results = [failed(Path(error.problems[0].place.file or ""), error) for error in inputs.failures]
        with _display(len(works), quiet or as_json, translate) as show:
            for outcome in _in_order(inputs.paths, in_processes(works, jobs or cores(), stop=stop)):
                results.append(outcome)
                for path in outcome.written:
                    print_path(path, err=as_json)
                show(outcome)
        clear_stale(output)
    _report(results, len(works) + len(inputs.failures), stop.asked, quiet, as_json, translate)
    if stop.asked:
        raise typer.Exit(ExitCode.INTERRUPTED)
    code = worst(outcome.exit_code for outcome in results)
    if code:
        raise typer.Exit(code)


@contextmanager
def _stopping() -> Iterator[_Stopping]:
    """Let Ctrl-C end the batch in good order."""
    stop = _Stopping()
    before = signal.signal(signal.SIGINT, stop.press)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


def _in_order(sources: Sequence[Path], outcomes: Iterable[Outcome]) -> Iterator[Outcome]:
    """Yield outcomes in the order of the inputs, each as soon as those before it are there."""
    early: dict[Path, Outcome] = {}
    waiting = iter(sources)
    wanted = next(waiting, None)
    for outcome in outcomes:
        early[outcome.source] = outcome
        while wanted in early:
            yield early.pop(wanted)
            wanted = next(waiting, None)
    # After Ctrl-C there are gaps.
    yield from early.values()


@contextmanager
def _display(total: int, quiet: bool, translate: Translate) -> Iterator[_Show]:
    """Show progress: a bar with names and the time left on a terminal, else a line for each input."""
    if quiet:
        yield lambda outcome: None
    elif sys.stderr.isatty():
        with _bar(total) as show:
            yield show
    else:
        count = iter(range(1, total + 1))
        words = {
            Status.WRITTEN: message("written"),
            Status.UNCHANGED: message("unchanged"),
            Status.FAILED: message("failed"),
        }

        def line(outcome: Outcome) -> None:
            word = words[outcome.status].render(translate)
            typer.echo(f"[{next(count, total)}/{total}] {word}: {outcome.source}", err=True)

        yield line


@contextmanager
def _bar(total: int) -> Iterator[_Show]:
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    # Paths on stdout pass by the bar only where both are one terminal; elsewhere stdout is not ours to take.
    with Progress(
        *columns, console=Console(stderr=True), transient=True, redirect_stdout=sys.stdout.isatty()
    ) as progress:
        task = progress.add_task("", total=total)

        def advance(outcome: Outcome) -> None:
            name = outcome.source.name
            shown = name if len(name) <= _NAME_WIDTH else "…" + name[1 - _NAME_WIDTH :]
            progress.update(task, advance=1, description=escape(shown))

        yield advance


def _report(
    results: Sequence[Outcome],
    total: int,
    interrupted: bool,
    quiet: bool,
    as_json: bool,
    translate: Translate,
) -> None:
    counts = {status: sum(outcome.status is status for outcome in results) for status in Status}
    crashes = [f"{outcome.source}\n{outcome.crash}" for outcome in results if outcome.crash is not None]
    if crashes:
        _tell_crash("\n".join(crashes), translate)
    if as_json:
        _print_json(results, counts, interrupted, translate)
        return
    report_problems([problem for outcome in results for problem in outcome.problems], False, translate)
    if interrupted:
        done = counts[Status.WRITTEN] + counts[Status.UNCHANGED]
        text = message("Interrupted: {done} of {total} documents are done.", done=done, total=total)
        typer.echo(text.render(translate), err=True)
    if not quiet:
        text = message(
            "{written} written, {unchanged} unchanged, {failed} failed.",
            **{status.value: count for status, count in counts.items()},
        )
        typer.echo(text.render(translate), err=True)
        for outcome in results:
            if outcome.status is Status.FAILED:
                errors = (each for each in outcome.problems if each.severity is Severity.ERROR)
                why = next(errors, None)
                reason = "" if why is None else f": {why.what.render(translate)}"
                typer.echo(f"  {outcome.source}{reason}", err=True)


def _print_json(
    results: Sequence[Outcome], counts: dict[Status, int], interrupted: bool, translate: Translate
) -> None:
    rows = {
        "documents": [
            {
                "input": str(outcome.source),
                "status": outcome.status.value,
                "files": [relative(path) for path in outcome.written],
                "problems": problem_rows(outcome.problems, translate),
            }
            for outcome in results
        ],
        "summary": {status.value: count for status, count in counts.items()},
        "interrupted": interrupted,
    }
    typer.echo(as_json_text(rows))


def _tell_crash(text: str, translate: Translate) -> None:
    """Save the tracebacks of errors of our own, and name the file."""
    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="kexie-docs-", suffix=".log", delete=False
    ) as log:
        log.write(text)
    said = message(
        "This is an error in kexie-docs itself. Please report it with the file {file}.", file=log.name
    )
    typer.echo(said.render(translate), err=True)
