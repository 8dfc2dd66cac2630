"""The commands `check` and `explain`: what the rules find, and what each is about."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.inspecting import (
    Inspected,
    inspect_files,
    inspection_rows,
    is_finished,
    show_inspections,
    show_summaries,
)
from kexie_docs.cli.reporting import CommandLineError, as_json_text, problem_row, problem_text
from kexie_docs.errors import ExitCode, KexieDocsError, Problem, Severity, TemplateError, message, with_file

if TYPE_CHECKING:
    from kexie_docs.readers.reader import LoadedReport


def check_command(
    inputs: Sequence[Path], *, as_json: bool, strict: bool, fix: bool, translate: Translate
) -> None:
    """Check inputs and finished files; print every finding to stdout, and how many there are to stderr.

    Args:
        inputs: input files, Word files and PDFs.
        as_json: print the findings as a JSON list.
        strict: warnings count as errors.
        fix: make the mechanical repairs first, and print each.
        translate: the user's language.

    Raises:
        CommandLineError: finished files were to be repaired.
    """
    finished = [path for path in inputs if is_finished(path)]
    inputs = [path for path in inputs if not is_finished(path)]
    if fix and finished:
        what = message("--fix repairs inputs only, not {file}", file=str(finished[0]))
        raise CommandLineError(
            Problem("KD008", what, hint=message("Repair it in Word or WPS, or build it again."))
        )
    inspected = inspect_files(finished) if finished else Inspected()
    from kexie_docs.checks.check import check_report
    from kexie_docs.checks.series import check_series
    from kexie_docs.pipeline import Workshop
    from kexie_docs.readers.reader import read_report

    readable: list[LoadedReport] = []
    unreadable: list[Problem] = list(inspected.unreadable)
    code = ExitCode.INPUT
    workshop = Workshop(Path.cwd(), os.environ)
    for path in inputs:
        try:
            loaded = read_report(path)
            if fix:
                _fix(path, as_json, translate)
                loaded = read_report(path)
            readable.append(loaded)
            workshop.compose(loaded)  # what `build` would refuse is no less wrong here
        except KexieDocsError as error:
            unreadable += with_file(error, path).problems
            if isinstance(error, TemplateError):
                code = ExitCode.TEMPLATE
    findings = [problem for loaded in readable for problem in check_report(loaded)]
    findings += check_series(readable)
    if as_json:
        rows = [problem_row(one, translate) for one in (*unreadable, *findings)]
        rows += inspection_rows(inspected.inspections, translate)
        typer.echo(as_json_text(rows))
    else:
        for problem in unreadable:
            typer.echo(problem_text(problem, translate), err=True)
        for problem in findings:
            typer.echo(problem_text(problem, translate))
        show_inspections(inspected.inspections, translate)
        show_summaries(inspected.inspections, translate)
    errors = sum(problem.severity is Severity.ERROR for problem in findings)
    if not as_json and (readable or not inspected.inspections):
        # What cannot be read or built is an error too, though no rule found it.
        total = message(
            "Errors: {errors}; warnings: {warnings}.",
            errors=errors + len(unreadable),
            warnings=len(findings) - errors,
        )
        typer.echo(total.render(translate), err=True)
    if unreadable:
        raise typer.Exit(code)
    if errors or inspected.broken or (strict and (findings or inspected.found)):
        raise typer.Exit(ExitCode.NONCONFORMING)


def _fix(path: Path, as_json: bool, translate: Translate) -> None:
    """Make the repairs of one input and tell of each."""
    from kexie_docs.checks.fix import fix_report
    from kexie_docs.cli.rewriting import rewrite
    from kexie_docs.readers.reader import read_report

    loaded = read_report(path)
    fixed = fix_report(loaded)
    if not fixed.changes:
        return
    rewrite(path, loaded.parsed.source.text, fixed.text)
    for change in fixed.changes:
        told = message(
            "{place}: fixed {code}: {before} → {after}",
            place=str(change.place),
            code=change.code,
            before=change.before,
            after=change.after,
        )
        typer.echo(told.render(translate), err=as_json)


def explain_command(code: str, translate: Translate) -> None:
    """Print the page of a rule.

    Raises:
        CommandLineError: there is no such rule.
    """
    from kexie_docs.checks.manual import explanation, rule_of
    from kexie_docs.inspection.manual import file_explanation, file_rule_of

    rule = rule_of(code)
    if rule is not None:
        typer.echo(explanation(rule, translate), nl=False)
        return
    file_rule = file_rule_of(code)
    if file_rule is not None:
        typer.echo(file_explanation(file_rule, translate), nl=False)
        return
    if code.strip().upper().startswith("KD"):
        hint = message("Messages with KD codes say what to do themselves; only KC codes are rules.")
    else:
        hint = message("The codes of the rules begin with KC, such as KC101.")
    raise CommandLineError(Problem("KD004", message("There is no rule {code}.", code=code), hint=hint))
