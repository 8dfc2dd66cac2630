"""What each command does: arguments to stages, results to stdout, messages and progress to stderr."""

import json
import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.reporting import problem_text, problems_json, relative
from kexie_docs.errors import ExitCode, KexieDocsError, OutputError, Problem, message

_BATCH_ORDER = (
    ExitCode.INTERNAL,
    ExitCode.OUTPUT,
    ExitCode.FONT,
    ExitCode.TEMPLATE,
    ExitCode.INPUT,
    ExitCode.NONCONFORMING,
)
"""A batch ends with the first of these that occurred."""

SCHEMA_FILE = "kexie-docs.schema.json"


class _Advance(Protocol):
    """Tell the progress display that one input is done."""

    def __call__(self) -> None: ...


def build_command(
    inputs: Sequence[Path],
    *,
    template: str | None,
    formats: str | None,
    output: Path,
    quiet: bool,
    as_json: bool,
    translate: Translate,
) -> None:
    """Build documents; print each path written, and every problem."""
    from kexie_docs.cli.build import make, parse_formats, plan
    from kexie_docs.pipeline import Workshop

    try:
        wanted = parse_formats(formats) if formats is not None else None
    except ValueError as error:
        raise CommandLineError(
            Problem("KD001", message("{part} is not a format. Formats are docx and pdf.", part=str(error)))
        ) from error
    planned = plan(inputs, template=template, formats=wanted, output=output)
    if wanted is not None:
        for job in planned.jobs:
            for name, target in job.targets:
                if name not in wanted:
                    raise CommandLineError(
                        Problem(
                            "KD002",
                            message(
                                "-o {file} and -f {formats} disagree.",
                                file=str(target),
                                formats=formats or "",
                            ),
                        )
                    )
    failures = list(planned.errors)
    with _progress(len(planned.jobs), quiet, translate) as advance:
        for result in make(planned.jobs, Workshop(Path.cwd(), os.environ), lambda _job: advance()):
            if isinstance(result, Path):
                typer.echo(relative(result))
            else:
                failures.append(result)
    if failures:
        report_problems([p for error in failures for p in error.problems], as_json, translate)
        codes = {error.exit_code for error in failures}
        raise typer.Exit(next(code for code in _BATCH_ORDER if code in codes))


def new_command(path: Path, template: str) -> None:
    """Write a starter input and the schema beside it; an existing file is never overwritten."""
    from kexie_docs.compose.templates import starter
    from kexie_docs.model.report import json_schema
    from kexie_docs.pipeline import Workshop
    from kexie_docs.writers.files import write_whole

    if path.suffix.lower() not in {".yaml", ".yml"}:
        path = path.with_name(path.name + ".yaml")
    if path.exists():
        raise OutputError(
            Problem(
                "KD605",
                message("{file} is there already.", file=str(path)),
                hint=message("Choose another name; nothing was changed."),
            )
        )
    text = starter(Workshop(Path.cwd(), os.environ).template(template))
    schema = path.with_name(SCHEMA_FILE)
    write_whole(schema, _schema_text(json_schema()).encode())
    write_whole(path, f"# yaml-language-server: $schema={SCHEMA_FILE}\n{text}".encode())
    typer.echo(relative(path))
    typer.echo(relative(schema))


def schema_command() -> None:
    """Print the JSON Schema."""
    from kexie_docs.model.report import json_schema

    typer.echo(_schema_text(json_schema()), nl=False)


def fonts_list_command(translate: Translate) -> None:
    """Print which font serves each role, and what would serve it better."""
    from kexie_docs.fonts.report import report_fonts
    from kexie_docs.pipeline import Workshop

    report = report_fonts(Workshop(Path.cwd(), os.environ).fonts)
    for role in report.roles:
        typer.echo(f"{role.typeface}  {role.font or message('missing').render(translate)}")
        rows = [
            (message("file"), str(role.file) if role.file is not None else ""),
            (message("licence"), role.licence.render(translate) if role.licence is not None else ""),
            (message("not on this machine"), "、".join(role.missing)),
        ]
        for label, value in rows:
            if value:
                typer.echo(f"    {label.render(translate)}: {value}")
    for problem in report.problems:
        typer.echo(problem_text(problem, translate), err=True)
    if report.open_fonts_would_help:
        typer.echo(message("Better fonts can be had: kexie-docs fonts install").render(translate), err=True)


def fonts_install_command(translate: Translate) -> None:
    """Download the open fonts; print each file."""
    from kexie_docs.fonts.discover import installed_folder
    from kexie_docs.fonts.install import install_fonts
    from kexie_docs.pipeline import user_folder

    installation = install_fonts(
        installed_folder(user_folder(os.environ)),
        notice=lambda text: typer.echo(text.render(translate), err=True),
    )
    for file in installation.files:
        typer.echo(relative(file))


def _schema_text(schema: dict[str, object]) -> str:
    return json.dumps(schema, ensure_ascii=False, indent=2) + "\n"


def report_problems(problems: Sequence[Problem], as_json: bool, translate: Translate) -> None:
    """Show problems: as text on stderr, or as JSON on stdout."""
    if as_json:
        typer.echo(problems_json(problems, translate))
        return
    for problem in problems:
        typer.echo(problem_text(problem, translate), err=True)


def error_exit(error: KexieDocsError, translate: Translate) -> int:
    """Show the problems of an error that ended the command; return its exit code."""
    report_problems(error.problems, "--json" in sys.argv[1:], translate)
    return error.exit_code


class CommandLineError(KexieDocsError):
    """The command line contradicts itself."""

    exit_code = ExitCode.USAGE


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
