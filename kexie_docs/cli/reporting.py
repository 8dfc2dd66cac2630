"""Problems and results as the terminal shows them: text for people, JSON for programs."""

import json
import os
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.errors import ExitCode, KexieDocsError, Problem, Severity, message, shown

_EXCERPT_WIDTH = 96


class CommandLineError(KexieDocsError):
    """The command line contradicts itself."""

    exit_code = ExitCode.USAGE


def problem_text(problem: Problem, translate: Translate) -> str:
    """Return a problem as lines of text: place and what, the line it stands in with a mark, the hint."""
    label = message("error") if problem.severity is Severity.ERROR else message("warning")
    place = str(problem.place)
    head = f"{place}: " if place else ""
    field = f" [{shown(problem.place.field)}]" if problem.place.field else ""
    what = problem.what.render(translate)
    lines = [f"{head}{label.render(translate)} {problem.code}: {what}{field}"]
    if problem.excerpt is not None and problem.place.line is not None:
        lines += _excerpt(problem.excerpt, problem.place.line, problem.place.column)
    if problem.hint is not None:
        lines.append("  " + message("hint: {hint}", hint=problem.hint).render(translate))
    return "\n".join(lines)


def problems_json(problems: Iterable[Problem], translate: Translate) -> str:
    """Return problems as a JSON list; each has the same eight keys, null where there is nothing."""
    return as_json_text(problem_rows(problems, translate))


def as_json_text(value: Any) -> str:
    """Return JSON for people and programs: Chinese as it is, what must not reach a terminal as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    return (
        "".join(char if char == "\n" or shown(char) == char else f"\\u{ord(char):04x}" for char in text)
        if shown(text) != text
        else text
    )


def problem_rows(problems: Iterable[Problem], translate: Translate) -> list[dict[str, Any]]:
    """Return problems as JSON has them, with the same eight keys each."""
    return [problem_row(problem, translate) for problem in problems]


def problem_row(problem: Problem, translate: Translate) -> dict[str, Any]:
    """Return a problem as JSON shows it: eight keys, None where there is nothing."""
    return {
        "code": problem.code,
        "severity": problem.severity.value,
        "file": problem.place.file,
        "line": problem.place.line,
        "column": problem.place.column,
        "field": problem.place.field or None,
        "message": problem.what.render(translate),
        "hint": problem.hint.render(translate) if problem.hint is not None else None,
    }


def _excerpt(text: str, line: int, column: int | None) -> list[str]:
    """Return the line of the file, cut to the terminal around the column, and a mark below the column."""
    text = _placeholder(text.rstrip("\n").replace("\t", " "))
    start = 0
    if column is not None and terminal_width(text[:column]) > _EXCERPT_WIDTH * 2 // 3:
        while terminal_width(text[start:column]) > _EXCERPT_WIDTH // 2:
            start += 1
    seen = text[start:]
    end = len(seen)
    while terminal_width(seen[:end]) > _EXCERPT_WIDTH:
        end -= 1
    before, after = "…" if start else "", "…" if end < len(seen) else ""
    margin = f"  {line} | "
    lines = [f"{margin}{before}{seen[:end]}{after}"]
    if column is not None:
        lead = (
            terminal_width(margin) - 2 + terminal_width(before) + terminal_width(seen[: column - 1 - start])
        )
        lines.append(
            " " * (terminal_width(margin) - 2) + "| " + " " * (lead - terminal_width(margin) + 2) + "^"
        )
    return lines


def _placeholder(text: str) -> str:
    """Return a line with one sign in place of every character that must not reach a terminal."""
    return "".join(char if shown(char) == char else "\ufffd" for char in text)


def terminal_width(text: str) -> int:
    """Return columns on a terminal: two for wide characters."""
    return sum(2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in text)


def relative(path: Path) -> str:
    """Return a path as the user would type it: relative to the current folder when it is below it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def print_path(path: Path, *, err: bool = False) -> None:
    """Print the path of a file that was written; nobody listening any more stops no writing."""
    try:
        typer.echo(relative(path), err=err)
    except OSError:
        with suppress(OSError):
            # What is left in the buffer must not fail again when the program ends.
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, (sys.stderr if err else sys.stdout).fileno())


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
