"""The command `build`: inputs to files, paths to stdout, messages and progress to stderr."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.reporting import CommandLineError, print_path, report_problems
from kexie_docs.errors import KexieDocsError, Problem, message, worst
from kexie_docs.writers.names import FORMATS, Format, names_file

if TYPE_CHECKING:
    from kexie_docs.cli.ahead import Ahead
    from kexie_docs.cli.drafting import Request
    from kexie_docs.pipeline import Workshop
    from kexie_docs.readers.parsed import Parsed


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
    jobs: str | None = None,
    force: bool = False,
) -> None:
    """Build documents; print each path written, and every problem.

    One file is built here, by two processes side by side; more are a batch (`kexie_docs.cli.batching`).

    Args:
        inputs: input files, folders of them, and patterns.
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
        jobs: how many processes build a batch, as typed; None for one a core.
        force: whether documents of a batch are built that are still current.

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
    wanted = _formats(formats, output)
    processes = None if jobs is None else _count(jobs)
    if len(inputs) != 1 or not os.path.isfile(inputs[0]):  # noqa: PTH113 - `Path.is_file` may raise
        from kexie_docs.batch.inputs import expand

        found = expand(inputs)
        if found.one_file:
            pass  # it is not there, or no file: reading it will tell
        elif not names_file(output) or len(found.paths) != 1 or found.failures:
            from kexie_docs.cli.batching import batch_command

            if ahead is not None:
                ahead.dismiss()
            batch_command(
                found,
                output=output,
                template=template,
                formats=wanted,
                style=style,
                grid=debug_grid,
                proof=proof,
                force=force,
                jobs=processes,
                quiet=quiet,
                as_json=as_json,
                translate=translate,
            )
            return
        else:
            inputs = found.paths
    request = Request(tuple(inputs), template, wanted, output, style, proof)
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
    for result in finish(events, workshop, word, style=style, grid=debug_grid, proof=proof):
        if isinstance(result, Path):
            print_path(result, err=as_json)
        elif isinstance(result, Problem):
            warnings.append(result)
        else:
            failures.append(result)
    problems = warnings + [problem for error in failures for problem in error.problems]
    if problems or as_json:
        report_problems(problems, as_json, translate)
    if failures:
        raise typer.Exit(worst(error.exit_code for error in failures))


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


def _count(text: str) -> int:
    """Return how many processes are asked for.

    Raises:
        CommandLineError: KD008, that is no number from 1 to 999.
    """
    if not (text.isascii() and text.isdecimal() and len(text) <= 3 and int(text)):
        what = message("{text} is no number of documents to build side by side.", text=text)
        raise CommandLineError(Problem("KD008", what, hint=message("Write -j 4, or leave it out.")))
    return int(text)


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
    if names_file(output) and output.suffix.lower().removeprefix(".") not in wanted:
        what = message("-o {file} and -f {formats} disagree.", file=str(output), formats=text)
        raise CommandLineError(Problem("KD002", what))
    return tuple(name for name in FORMATS if name in wanted)
