"""The command `fill`: a form of another office and an input to a filled file."""

import os
from collections.abc import Sequence
from pathlib import Path

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.reporting import CommandLineError, relative, report_problems
from kexie_docs.errors import KexieDocsError, Problem, message
from kexie_docs.pipeline import Workshop, load
from kexie_docs.writers.files import write_whole

_KINDS = {".docx": ".docx", ".dotx": ".docx", ".pdf": ".pdf"}
"""Ending of a form to the ending of what is made of it."""


def fill_command(
    form: Path, source: Path, *, output: Path | None, as_json: bool, translate: Translate
) -> None:
    """Fill a form; print the path written, and what was left empty.

    Args:
        form: a .docx, .dotx or .pdf.
        source: the input.
        output: file or folder; None for outputs/FORM-INPUT.
        as_json: print problems as JSON on stdout.
        translate: the user's language.

    Raises:
        CommandLineError: KD005 the form has another ending, KD006 the output would replace the form or the
            input, or has another ending than the form.
        Exit: with the code of what went wrong; nothing was written then.
    """
    ending = _KINDS.get(form.suffix.lower())
    if ending is None:
        raise CommandLineError(
            Problem(
                "KD005",
                message("{file} is no form that can be filled.", file=str(form)),
                hint=message("Forms are Word files with tags (.docx) or PDF files with fields (.pdf)."),
            )
        )
    target = _target(form, source, output, ending)
    try:
        data, warnings = _filled(form, source, ending)
        write_whole(target, data)
    except KexieDocsError as error:
        report_problems(error.problems, as_json, translate)
        raise typer.Exit(error.exit_code) from None
    if not as_json:
        typer.echo(relative(target))
    if warnings or as_json:
        report_problems(warnings, as_json, translate)


def _filled(form: Path, source: Path, ending: str) -> tuple[bytes, Sequence[Problem]]:
    """Return the filled form, and what is worth a look."""
    loaded = load(source)
    if ending == ".docx":
        from kexie_docs.forms.word import fill_word

        return fill_word(form, loaded), loaded.warnings
    from kexie_docs.forms.pdf import fill_pdf

    filled = fill_pdf(form, loaded, Workshop(Path.cwd(), os.environ).fonts)
    return filled.data, (*loaded.warnings, *filled.warnings)


def _target(form: Path, source: Path, output: Path | None, ending: str) -> Path:
    """Return the file to write."""
    name = f"{form.stem}-{source.stem}{ending}"
    if output is None:
        target = Path("outputs") / name
    elif output.suffix.lower() in _KINDS and not output.is_dir():
        if output.suffix.lower() != ending:
            what = message("-o {file} has another ending than the form.", file=str(output))
            hint = message("A filled {form} is a {ending} file.", form=form.suffix.lower(), ending=ending)
            raise CommandLineError(Problem("KD006", what, hint=hint))
        target = output
    else:
        target = output / name
    for used in (form, source):
        if target.exists() and used.exists() and target.samefile(used):
            what = message("{file} would be written over.", file=str(used))
            raise CommandLineError(Problem("KD006", what, hint=message("Give another file to -o.")))
    return target
