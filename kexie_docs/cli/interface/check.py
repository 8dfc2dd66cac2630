"""The arguments of `check` and `explain`."""

from pathlib import Path
from typing import Annotated

import typer

from kexie_docs.cli.interface import CommandLine


def add(cli: CommandLine) -> None:
    """Add the commands."""
    _ = cli.translate

    @cli.command(help=_("Check inputs, and finished files (.docx, .pdf) by GB/T 9704-2012."))
    def check(
        inputs: Annotated[
            list[str],
            typer.Argument(metavar=_("FILE"), help=_("Inputs (.yaml, .json), Word files (.docx) or PDFs.")),
        ],
        as_json: Annotated[bool, typer.Option("--json", help=_("Print findings as a JSON list."))] = False,
        strict: Annotated[bool, typer.Option("--strict", help=_("Fail on warnings too."))] = False,
        fix: Annotated[
            bool, typer.Option("--fix", help=_("Repair punctuation, spaces and the like in the inputs."))
        ] = False,
    ) -> None:
        from kexie_docs.cli.checking import check_command

        check_command(
            [Path(name) for name in inputs], as_json=as_json, strict=strict, fix=fix, translate=cli.translate
        )

    @cli.command(help=_("Explain a rule of `check`: what, why, wrong, right, source."))
    def explain(
        code: Annotated[str, typer.Argument(metavar=_("CODE"), help=_("Code of a finding, such as KC101."))],
    ) -> None:
        from kexie_docs.cli.checking import explain_command

        explain_command(code, cli.translate)
