"""The commands `verify` and `pull`: an edited copy beside its input, and its changes brought back."""

import os
import sys
from collections.abc import Mapping, Sequence
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.reporting import CommandLineError, as_json_text
from kexie_docs.errors import ExitCode, InputError, Message, Place, Problem, message, shown

if TYPE_CHECKING:
    from kexie_docs.revisions.comparing import Change, Difference
    from kexie_docs.revisions.edited import EditedFile
    from kexie_docs.revisions.pulling import ComposeTraced, FileChange

_SHOWN = 60
"""Longest text of a paragraph in a message, in characters."""


def verify_command(
    edited: Path, input_file: Path, template: str | None, *, as_json: bool, translate: Translate
) -> None:
    """Compare a copy with its input; print every difference to stdout, and how many there are to stderr.

    Args:
        edited: the copy.
        input_file: the input.
        template: the template; None takes the one that the copy names, else the input's.
        as_json: print a JSON list.
        translate: the user's language.
    """
    from kexie_docs.pipeline import load
    from kexie_docs.revisions.pulling import compare_input

    copy = _read(edited, ("docx", "pdf"))
    _tell_of_input(copy, edited, input_file, translate)
    found = compare_input(load(input_file), _composer(copy, template), copy, str(edited))
    if as_json:
        typer.echo(_json(found, str(edited), translate))
    else:
        for difference in found:
            typer.echo("\n".join(_lines(difference, str(edited), translate)))
        typer.echo(_total(found).render(translate), err=True)
    if found:
        raise typer.Exit(ExitCode.NONCONFORMING)


def pull_command(
    edited: Path, input_file: Path, template: str | None, *, yes: bool, translate: Translate
) -> None:
    """Bring the changes of a copy back into its input: show, ask, write.

    Args:
        edited: the copy.
        input_file: the input.
        template: the template; None takes the one that the copy names, else the input's.
        yes: write without asking.
        translate: the user's language.

    Raises:
        CommandLineError: KD016, nobody can be asked.
    """
    from kexie_docs.cli.rewriting import rewrite
    from kexie_docs.revisions.pulling import pull_changes

    copy = _read(edited, ("docx",))
    _tell_of_input(copy, edited, input_file, translate)
    pulled = pull_changes(input_file, _composer(copy, template), copy, str(edited))
    for change in pulled.files:
        _show(change, input_file, translate)
    if pulled.left:
        typer.echo(message("Not brought back:").render(translate), err=True)
        for difference in pulled.left:
            typer.echo("\n".join(_lines(difference, str(edited), translate)), err=True)
            reason = _reason(difference, _refused(difference, pulled.refused))
            typer.echo("  " + reason.render(translate), err=True)
    if not pulled.files:
        told = (
            message("There is nothing that could be brought back.")
            if pulled.left
            else message("The input already says what {file} says.", file=str(edited))
        )
        typer.echo(told.render(translate), err=True)
    elif yes or _agreed(translate):
        for change in pulled.files:
            rewrite(Path(change.file), change.before, change.after)
            typer.echo(change.file)
    else:
        typer.echo(message("Nothing was written.").render(translate), err=True)
        return
    if pulled.left:
        raise typer.Exit(ExitCode.NONCONFORMING)


def _read(path: Path, kinds: Sequence[str]) -> "EditedFile":
    kind = path.suffix.lower().removeprefix(".")
    if kind not in kinds:
        hint = (
            message("Open it in Word or WPS and save it as .docx.")
            if kind in ("doc", "wps", "docm", "rtf", "odt")
            else message("Name the edited copy first, then the input; `pull` takes Word files (.docx) only.")
        )
        what = (
            message("{file} is neither a Word file (.docx) nor a PDF (.pdf)", file=path.name)
            if "pdf" in kinds
            else message("{file} is no Word file (.docx)", file=path.name)
        )
        raise InputError(Problem("KD162", what, Place(str(path)), hint))
    if kind == "pdf":
        from kexie_docs.revisions.pdf_file import read_pdf

        return read_pdf(path)
    from kexie_docs.revisions.word_file import read_word

    return read_word(path)


def _tell_of_input(copy: "EditedFile", edited: Path, input_file: Path, translate: Translate) -> None:
    """Say so when the copy is a checking copy, or was made from an input of another name."""
    if copy.is_proof:
        told = message("{file} is a checking copy (校核稿); its index is not compared.", file=str(edited))
        typer.echo(told.render(translate), err=True)
    if copy.input and copy.input != input_file.name:
        told = message("{file} was made from {input}.", file=str(edited), input=copy.input)
        typer.echo(told.render(translate), err=True)


def _composer(copy: "EditedFile", template: str | None) -> "ComposeTraced":
    """Return what composes a report with traces, by the template that the copy was made with."""
    from kexie_docs.pipeline import Workshop

    workshop = Workshop(Path.cwd(), os.environ)
    return lambda loaded: workshop.compose_traced(loaded, template or copy.template or None)


def _total(found: "Sequence[Difference]") -> Message:
    if not found:
        return message("No differences.")
    return message("{count} differences.", count=len(found))


def _lines(difference: "Difference", file: str, translate: Translate) -> list[str]:
    """Return a difference as lines of text: where, what, and the changed words below."""
    head = message("{place}: {what}", place=_where(difference, file), what=_what(difference))
    lines = [head.render(translate)]
    if str(difference.place):
        lines[0] += f" [{difference.place}]"
    lines += [f"  {_change_text(change)}" for change in difference.changes]
    return lines


def _where(difference: "Difference", file: str) -> Message:
    if difference.page is not None:
        return message("{file}, page {n}", file=file, n=difference.page)
    if difference.paragraph is not None:
        return message("{file}, paragraph {n}", file=file, n=difference.paragraph)
    return message("{file}", file=file)


def _what(difference: "Difference") -> Message:
    from kexie_docs.revisions.comparing import DifferenceKind

    old, new, metric = _cut(difference.old), _cut(difference.new), difference.metric
    match difference.kind:
        case DifferenceKind.FIGURE_CHANGED if difference.sources:
            return message(
                "figure changed: {old} → {new} ({metric}, worked out from {sources})",
                old=old,
                new=new,
                metric=metric,
                sources="、".join(difference.sources),
            )
        case DifferenceKind.FIGURE_CHANGED:
            return message("figure changed: {old} → {new} ({metric})", old=old, new=new, metric=metric)
        case DifferenceKind.FIGURE_DELETED:
            return message("figure deleted: {old} ({metric})", old=old, metric=metric)
        case DifferenceKind.FIGURE_TYPED:
            return message(
                "figure typed by hand: {new}, in “{context}…”", new=new, context=_context(difference)
            )
        case DifferenceKind.TEXT_CHANGED:
            return message("text changed in “{context}…”", context=_context(difference))
        case DifferenceKind.PARAGRAPH_ADDED:
            return message("paragraph added: {new}", new=new)
        case DifferenceKind.PARAGRAPH_REMOVED:
            return message("paragraph removed: {old}", old=old)
        case DifferenceKind.PARAGRAPH_MOVED:
            return message("paragraph moved: {new}", new=new)


def _refused(difference: "Difference", refused: Mapping[str, Message]) -> Message | None:
    """Return what speaks against a figure's new value; a table may print that without its unit."""
    said = difference.new
    return next((what for text, what in refused.items() if said and text.startswith(said)), None)


def _reason(difference: "Difference", refused: Message | None) -> Message:
    """Return why a difference stays, as far as it can be told."""
    from kexie_docs.revisions.comparing import DifferenceKind

    match difference.kind:
        case DifferenceKind.FIGURE_CHANGED if difference.sources:
            return message(
                "It is worked out from {metrics}: change these.", metrics="、".join(difference.sources)
            )
        case DifferenceKind.FIGURE_CHANGED if refused is not None:
            return message("With it the input would not be valid: {what}", what=refused)
        case DifferenceKind.FIGURE_CHANGED:
            return message(
                "The figure has one value wherever it is printed: change all its places alike, or the input."
            )
        case _ if not str(difference.place):
            return message("This comes from the template or stands between two fields: change it by hand.")
        case _:
            return message("Change it in the input by hand.")


def _context(difference: "Difference") -> str:
    return difference.context.replace("\n", "")


def _cut(text: str) -> str:
    text = text.replace("\n", "¶").replace("\t", " ")
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _change_text(change: "Change") -> str:
    """Return changed words between what stands around them, as …工作【学术 → 科普】活动… does."""
    if not change.old:
        middle = f"【＋{change.new}】"
    elif not change.new:
        middle = f"【－{change.old}】"
    else:
        middle = f"【{change.old} → {change.new}】"
    before = f"…{change.before}" if change.before else ""
    after = f"{change.after}…" if change.after else ""
    return shown(f"{before}{middle}{after}".replace("\n", "¶").replace("\t", " "))


def _json(found: "Sequence[Difference]", file: str, translate: Translate) -> str:
    """Return the differences as a JSON list; each has the same keys, null where there is nothing."""
    rows = [
        {
            "kind": one.kind.value,
            "message": _lines(one, file, translate)[0],
            "paragraph": one.paragraph,
            "page": one.page,
            "context": one.context,
            "old": one.old or None,
            "new": one.new or None,
            "metric": one.metric or None,
            "computed_from": list(one.sources),
            "file": one.place.file,
            "line": one.place.line,
            "column": one.place.column,
            "field": one.place.field or None,
            "changes": [
                {"before": each.before, "old": each.old, "new": each.new, "after": each.after}
                for each in one.changes
            ],
        }
        for one in found
    ]
    return as_json_text(rows)


def _show(change: "FileChange", input_file: Path, translate: Translate) -> None:
    """Show the lines of a file that change; of another file than the input, say so before."""
    if change.file != str(input_file):
        told = message(
            "{file} holds these values; every input that builds on it changes with it.", file=change.file
        )
        typer.echo(told.render(translate), err=True)
    lines = unified_diff(
        change.before.splitlines(), change.after.splitlines(), change.file, change.file, n=1, lineterm=""
    )
    for line in lines:
        typer.echo(shown(line), err=True)


def _agreed(translate: Translate) -> bool:
    """Ask whether to write.

    Raises:
        CommandLineError: KD016, nobody sits at a terminal.
    """
    if not sys.stdin.isatty():
        raise CommandLineError(
            Problem(
                "KD016",
                message("Nobody can be asked whether to write"),
                hint=message("Look at the changes above; to write them, run it again with --yes."),
            )
        )
    return typer.confirm(message("Write these changes?").render(translate), err=True)
