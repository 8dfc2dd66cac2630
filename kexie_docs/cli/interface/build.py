"""The arguments of `build`."""

from pathlib import Path
from typing import Annotated

import typer

from kexie_docs.cli.interface import CommandLine


def add(cli: CommandLine) -> None:
    """Add the commands."""
    _ = cli.translate

    @cli.command(help=_("Build the documents of one or more inputs."))
    def build(
        inputs: Annotated[
            list[str],
            typer.Argument(
                metavar=_("INPUT"),
                help=_("Input files (.yaml or .json), folders of them, or patterns such as inputs/*.yaml."),
            ),
        ],
        template: Annotated[
            str | None,
            typer.Option(
                "--template", "-t", metavar=_("NAME"), help=_("Template; default: the one the input names.")
            ),
        ] = None,
        formats: Annotated[
            str | None,
            typer.Option(
                "--formats", "-f", metavar=_("LIST"), help=_("docx, pdf or docx,pdf; default: both.")
            ),
        ] = None,
        output: Annotated[
            str,
            typer.Option(
                "--output",
                "-o",
                metavar=_("PATH"),
                help=_("Folder; for one input also a name that ends in .docx or .pdf."),
            ),
        ] = "outputs",
        style: Annotated[
            str | None,
            typer.Option(
                "--style",
                metavar=_("NAME"),
                help=_("office (as in page set-up) or strict (by ink); default: office."),
            ),
        ] = None,
        debug_grid: Annotated[
            bool, typer.Option("--debug-grid", help=_("Draw type area, grid and line boxes in the PDF."))
        ] = False,
        proof: Annotated[
            bool,
            typer.Option(
                "--proof",
                help=_(
                    "Write the checking copy (STEM-proof) in place of the document: every figure numbered,"
                    " and at the end an index of values, sources, pages and lines."
                ),
            ),
        ] = False,
        jobs: Annotated[
            str | None,
            typer.Option(
                "--jobs",
                "-j",
                metavar=_("N"),
                help=_("Documents built side by side; default: one for each core."),
            ),
        ] = None,
        force: Annotated[
            bool, typer.Option("--force", help=_("Of several inputs, build also those that are unchanged."))
        ] = False,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Show no progress."))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print problems as a JSON list."))] = False,
    ) -> None:
        from kexie_docs.cli.building import build_command

        build_command(
            [Path(name) for name in inputs],
            template=template,
            formats=formats,
            output=Path(output),
            style=style,
            debug_grid=debug_grid,
            proof=proof,
            quiet=quiet,
            as_json=as_json,
            translate=cli.translate,
            ahead=cli.ahead,
            jobs=jobs,
            force=force,
        )
