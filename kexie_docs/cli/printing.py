"""The command `print`: finished documents to a printer, each looked over before anything is sent."""

import shlex
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.reporting import CommandLineError, as_json_text, report_problems
from kexie_docs.errors import (
    InputError,
    KexieDocsError,
    Message,
    OutputError,
    Place,
    Problem,
    Severity,
    message,
)
from kexie_docs.frozen import dataclass
from kexie_docs.printing.order import DUPLEX, MOST_COPIES, Duplex, Order, order
from kexie_docs.readers.whole_file import UnreadableFileError, read_whole

if TYPE_CHECKING:
    from kexie_docs.printing.cups import Printer

MAX_BYTES = 500 * 1024 * 1024
"""Largest file that is printed."""

_LATER = 10.0
"""Seconds by which a Word file may be newer than its PDF: both are written by one build."""


@dataclass(frozen=True, slots=True)
class _Job:
    source: Path
    data: bytes
    pages: int
    order: Order


def print_command(
    files: Sequence[Path],
    *,
    printer: str | None,
    copies: str,
    duplex: str | None,
    booklet: bool,
    dry_run: bool,
    as_json: bool,
    translate: Translate,
) -> None:
    """Print files: their jobs to stdout, one a line, what becomes of them to stderr.

    Args:
        files: PDF files, or Word files that have their PDF beside them.
        printer: its name; None for the default one.
        copies: how many of each.
        duplex: ``long``, ``short`` or ``off``; None for the usual.
        booklet: print A3 sheets that are folded.
        dry_run: look over and show, send nothing.
        as_json: print problems as JSON on stdout.
        translate: the user's language.

    Raises:
        CommandLineError: KD007, no file is named, or an option has another value than it may.
        Exit: with the code of what went wrong.
    """
    if not files:
        hint = message("Name the PDF files, such as {example}.", example="outputs/zhangye-2025.pdf")
        raise CommandLineError(Problem("KD007", message("No file to print is named."), hint=hint))
    number = int(copies) if copies.isascii() and copies.isdecimal() and len(copies) < 5 else 0
    if not 1 <= number <= MOST_COPIES:
        what = message("{n} is no number of copies.", n=copies)
        hint = message("Print from 1 to {most} copies.", most=MOST_COPIES)
        raise CommandLineError(Problem("KD007", what, hint=hint))
    turned = _duplex(duplex)
    try:
        jobs = _jobs(files, number, turned, booklet=booklet)
        if sys.platform == "win32":
            _hand_over(jobs, printer, dry_run=dry_run, translate=translate)
        else:
            _over_cups(jobs, printer, dry_run=dry_run, translate=translate)
    except KexieDocsError as error:
        report_problems(error.problems, as_json, translate)
        raise typer.Exit(error.exit_code) from None
    if as_json:
        report_problems((), as_json, translate)


def list_command(*, as_json: bool, translate: Translate) -> None:
    """Print the printers and what they can do, one a line; the default one has a star.

    Raises:
        OutputError: the print server cannot be asked.
    """
    from kexie_docs.printing.cups import printers

    if sys.platform == "win32":
        raise OutputError(
            Problem("KD624", message("On Windows the printers are listed in the system's settings."))
        )
    found = printers()
    if as_json:
        rows = [
            {"name": each.name, "default": each.default, "state": each.state, "duplex": each.duplex}
            | {"media": each.media, "reason": each.reason or None}
            for each in found
        ]
        typer.echo(as_json_text(rows))
        return
    if not found:
        typer.echo(message("No printer is set up on this machine.").render(translate), err=True)

    def line(each: "Printer") -> str:
        states = {
            "idle": message("idle"),
            "printing": message("printing"),
            "stopped": message("stopped ({reason})", reason=each.reason or "?"),
        }
        sides = {True: message("both sides"), False: message("one side only")}
        parts: list[Message | str] = [states.get(each.state, message("state unknown"))]
        if each.duplex is not None:
            parts.append(sides[each.duplex])
        if each.media:
            parts.append("/".join(each.media))
        shown = [one.render(translate) if isinstance(one, Message) else one for one in parts]
        return f"{'*' if each.default else ' '} {each.name}: {', '.join(shown)}"

    for each in found:
        typer.echo(line(each))


def _duplex(text: str | None) -> Duplex | None:
    if text is None:
        return None
    for value in DUPLEX:
        if text == value:
            return value
    what = message("{value} is no way of printing on two sides.", value=text)
    hint = message("It is one of: {names}.", names=", ".join(DUPLEX))
    raise CommandLineError(Problem("KD007", what, hint=hint))


def _jobs(files: Sequence[Path], copies: int, duplex: Duplex | None, *, booklet: bool) -> list[_Job]:
    """Read and look over every file before the first is sent.

    Raises:
        InputError: KD155 to KD157, a file is not there, has no PDF, or is newer than it.
        OutputError: KD620 to KD623, a file is not fit to be printed.
    """
    from kexie_docs.printing.preflight import look_over

    jobs: list[_Job] = []
    missing: list[Problem] = []
    unfit: list[Problem] = []
    for file in files:
        try:
            source = _pdf_of(file)
            data = _read(source)
        except InputError as error:
            missing += error.problems
            continue
        looked = look_over(data, str(source), upright=booklet)
        unfit += looked.problems
        if looked.problems:
            continue
        if booklet:
            from kexie_docs.printing.booklet import booklet as laid_out

            try:
                data = laid_out(data)
            except ValueError:
                what = message("The file is damaged or cut short")
                hint = message("Build or copy it again.")
                unfit.append(Problem("KD620", what, Place(str(source)), hint))
                continue
        jobs.append(
            _Job(
                source, data, looked.pages, order(source.name, copies=copies, duplex=duplex, booklet=booklet)
            )
        )
    if missing:
        raise InputError([*missing, *unfit])
    if unfit:
        raise OutputError(unfit)
    return jobs


def _pdf_of(file: Path) -> Path:
    """Return the PDF that is printed for a file.

    Raises:
        InputError: KD156, a Word file has none; KD157, it was changed after its PDF was made.
    """
    if file.suffix.lower() not in (".docx", ".doc", ".wps"):
        return file
    pdf = file.with_suffix(".pdf")
    if not file.is_file():
        raise _missing(file)
    if not pdf.is_file():
        raise InputError(
            Problem(
                "KD156",
                message("A Word file is printed from its PDF, and there is none beside it."),
                Place(str(file)),
                message("Build both with kexie-docs build, or save it as PDF from Word or WPS."),
            )
        )
    if file.stat().st_mtime > pdf.stat().st_mtime + _LATER:
        raise InputError(
            Problem(
                "KD157",
                message("The Word file was changed after its PDF was made, so the PDF is not what it says."),
                Place(str(file)),
                message(
                    "Save it as PDF again from Word or WPS; or name {pdf} to print it as it is.", pdf=str(pdf)
                ),
            )
        )
    return pdf


def _read(file: Path) -> bytes:
    try:
        return read_whole(file, MAX_BYTES)
    except UnreadableFileError as error:
        raise InputError(Problem("KD155", error.what, Place(str(file)), error.hint)) from None


def _missing(file: Path) -> InputError:
    what, hint = message("There is no such file"), message("Check the name and the folder.")
    return InputError(Problem("KD155", what, Place(str(file)), hint))


def _over_cups(jobs: Sequence[_Job], name: str | None, *, dry_run: bool, translate: Translate) -> None:
    """Send the jobs and follow each to its end.

    Raises:
        OutputError: KD624 to KD628.
    """
    from kexie_docs.printing.cups import choose, command, follow, send

    printer = choose(name)
    for problem in _shortcomings(printer, jobs):
        report_problems((problem,), False, translate)
    if dry_run:
        for job in jobs:
            typer.echo(shlex.join(command(job.order, printer.name, str(job.source))))
            typer.echo(_described(job).render(translate), err=True)
        return
    numbers: list[int] = []
    with tempfile.TemporaryDirectory(prefix="kexie-docs-") as folder:
        for job in jobs:
            # What was looked over is what is sent, whoever changes the file meanwhile.
            copy = Path(folder) / f"{len(numbers) + 1}.pdf"
            copy.write_bytes(job.data)
            number = send(job.order, printer.name, copy)
            numbers.append(number)
            typer.echo(f"{printer.name}-{number}")
            typer.echo(_described(job).render(translate), err=True)
    problems: list[Problem] = []
    for number in numbers:
        try:
            for news in follow(printer.name, number):
                typer.echo(news.render(translate), err=True)
        except OutputError as error:
            problems += error.problems
    if problems:
        raise OutputError(problems)


def _described(job: _Job) -> Message:
    """Return what is printed of a job: pages, sheets, copies."""
    booklet = job.order.media == "A3"
    sides = -(-job.pages // 4) * 2 if booklet else job.pages
    sheets = sides if job.order.duplex == "off" else -(-sides // 2)
    return message(
        "{file}: {pages} pages on {sheets} sheets of {media}, {copies} copies.",
        file=str(job.source),
        pages=job.pages,
        sheets=sheets,
        media=job.order.media,
        copies=job.order.copies,
    )


def _shortcomings(printer: "Printer", jobs: Sequence[_Job]) -> list[Problem]:
    """Return warnings of what the printer says it cannot do."""
    found: list[Problem] = []
    if printer.duplex is False and any(job.order.duplex != "off" for job in jobs):
        what = message("{printer} prints on one side only.", printer=printer.name)
        found.append(Problem("KD629", what, severity=Severity.WARNING))
    for size in sorted({job.order.media for job in jobs}):
        if printer.media is not None and size not in printer.media:
            what = message(
                "{printer} does not name {media} among its paper.", printer=printer.name, media=size
            )
            found.append(Problem("KD629", what, severity=Severity.WARNING))
    return found


def _hand_over(jobs: Sequence[_Job], printer: str | None, *, dry_run: bool, translate: Translate) -> None:
    """Hand the files to Windows, each as often as there are copies."""
    from kexie_docs.printing.windows import hand_over

    folder = Path(tempfile.mkdtemp(prefix="kexie-docs-"))  # stays: the printing program reads it later
    for number, job in enumerate(jobs, 1):
        typer.echo(_described(job).render(translate), err=True)
        if dry_run:
            continue
        copy = folder / f"{number}.pdf"
        copy.write_bytes(job.data)
        for _ in range(job.order.copies):
            hand_over(copy, printer)
    typer.echo(
        message("Two sides and paper are what the printer's own settings say on Windows.").render(translate),
        err=True,
    )
