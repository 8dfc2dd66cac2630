"""The arguments of `print`."""

from pathlib import Path
from typing import Annotated

import typer

from kexie_docs.cli.interface import CommandLine


def add(cli: CommandLine) -> None:
    """Add the commands."""
    _ = cli.translate

    @cli.command(name="print", help=_("Print finished documents: looked over first, followed to the end."))
    def print_(
        files: Annotated[
            list[str] | None,
            typer.Argument(
                metavar=_("FILE"), help=_("PDF files; for a Word file the PDF beside it is printed.")
            ),
        ] = None,
        printer: Annotated[
            str | None,
            typer.Option(
                "--printer", "-p", metavar=_("NAME"), help=_("Printer; default: the system's default one.")
            ),
        ] = None,
        copies: Annotated[
            str, typer.Option("--copies", "-n", metavar=_("N"), help=_("Copies of each file, collated."))
        ] = "1",
        duplex: Annotated[
            str | None,
            typer.Option(
                "--duplex",
                metavar="long|short|off",
                help=_("Edge on which sheets turn; default: long, and short for a booklet."),
            ),
        ] = None,
        booklet: Annotated[
            bool, typer.Option("--booklet", help=_("Two pages on each side of A3, to be folded and stapled."))
        ] = False,
        dry_run: Annotated[
            bool, typer.Option("--dry-run", help=_("Look the files over and show what would be sent."))
        ] = False,
        show: Annotated[
            bool, typer.Option("--list", help=_("List the printers and what they can do."))
        ] = False,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print problems as a JSON list."))] = False,
    ) -> None:
        from kexie_docs.cli.printing import list_command, print_command

        if show:
            list_command(as_json=as_json, translate=cli.translate)
            return
        print_command(
            [Path(name) for name in files or ()],
            printer=printer,
            copies=copies,
            duplex=duplex,
            booklet=booklet,
            dry_run=dry_run,
            as_json=as_json,
            translate=cli.translate,
        )
