"""The arguments of `verify` and `pull`."""

from pathlib import Path
from typing import Annotated

import typer

from kexie_docs.cli.interface import CommandLine


def add(cli: CommandLine) -> None:
    """Add the commands."""
    _ = cli.translate

    @cli.command(help=_("Compare an edited Word file, or a PDF, with what its input gives."))
    def verify(
        edited: Annotated[
            str, typer.Argument(metavar=_("EDITED"), help=_("The edited copy (.docx), or a PDF."))
        ],
        input_file: Annotated[
            str, typer.Argument(metavar=_("INPUT"), help=_("The input that it was made from."))
        ],
        template: Annotated[
            str | None,
            typer.Option(
                "--template",
                "-t",
                metavar=_("NAME"),
                help=_("Template it was made with; default: as it says."),
            ),
        ] = None,
        as_json: Annotated[
            bool, typer.Option("--json", help=_("Print the differences as a JSON list."))
        ] = False,
    ) -> None:
        from kexie_docs.cli.verifying import verify_command

        verify_command(Path(edited), Path(input_file), template, as_json=as_json, translate=cli.translate)

    @cli.command(help=_("Bring the changes of an edited Word file back into its input."))
    def pull(
        edited: Annotated[str, typer.Argument(metavar=_("EDITED"), help=_("The edited copy (.docx)."))],
        input_file: Annotated[
            str, typer.Argument(metavar=_("INPUT"), help=_("The input that it was made from."))
        ],
        template: Annotated[
            str | None,
            typer.Option(
                "--template",
                "-t",
                metavar=_("NAME"),
                help=_("Template it was made with; default: as it says."),
            ),
        ] = None,
        yes: Annotated[
            bool, typer.Option("--yes", "-y", help=_("Write without asking; the changes are shown first."))
        ] = False,
    ) -> None:
        from kexie_docs.cli.verifying import pull_command

        pull_command(Path(edited), Path(input_file), template, yes=yes, translate=cli.translate)
