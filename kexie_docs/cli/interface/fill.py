"""The arguments of `fill`."""

from pathlib import Path
from typing import Annotated

import typer

from kexie_docs.cli.interface import CommandLine


def add(cli: CommandLine) -> None:
    """Add the commands."""
    _ = cli.translate

    @cli.command(help=_("Fill a form of another office (Word with tags, or PDF with fields)."))
    def fill(
        form: Annotated[
            str, typer.Argument(metavar=_("FORM"), help=_("The form (.docx with tags, or .pdf with fields)."))
        ],
        source: Annotated[str, typer.Argument(metavar=_("INPUT"), help=_("Input file (.yaml or .json)."))],
        output: Annotated[
            str | None,
            typer.Option(
                "--output",
                "-o",
                metavar=_("PATH"),
                help=_("File or folder to write; default: outputs/FORM-INPUT."),
            ),
        ] = None,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print problems as a JSON list."))] = False,
    ) -> None:
        from kexie_docs.cli.filling import fill_command

        fill_command(
            Path(form),
            Path(source),
            output=Path(output) if output is not None else None,
            as_json=as_json,
            translate=cli.translate,
        )
