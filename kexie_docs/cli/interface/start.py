"""The arguments of what one begins with: `new`."""

from pathlib import Path
from typing import Annotated

import typer

from kexie_docs.cli.interface import CommandLine


def add(cli: CommandLine) -> None:
    """Add the commands."""
    _ = cli.translate

    @cli.command(help=_("Write a commented input to begin with."))
    def new(
        path: Annotated[str, typer.Argument(metavar=_("NAME.yaml"), help=_("File to write."))],
        template: Annotated[
            str, typer.Option("--template", "-t", metavar=_("NAME"), help=_("Template that it is for."))
        ] = "summary",
    ) -> None:
        from kexie_docs.cli.starting import new_command

        new_command(Path(path), template)
