"""The commands and their help. What they do stands in the modules that each imports when it is called."""

from pathlib import Path
from typing import Annotated

import typer

from kexie_docs import __version__
from kexie_docs.cli.ahead import Ahead
from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.usage import command_classes


def build_app(translate: Translate, ahead: Ahead | None = None) -> typer.Typer:
    """Return the command line with all help in the language of ``translate``.

    ``ahead`` is the process in which `build` drafts; None drafts in this one.
    """
    _ = translate
    command, group = command_classes(translate)
    app = typer.Typer(
        name="kexie-docs",
        cls=group,
        help=_("Annual summaries as Word and PDF official documents, by GB/T 9704-2012."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    fonts = typer.Typer(cls=group, help=_("The fonts of this machine."), no_args_is_help=True)
    app.add_typer(fonts, name="fonts")

    def show_version(wanted: bool) -> None:
        if wanted:
            typer.echo(f"kexie-docs {__version__}")
            raise typer.Exit()

    @app.callback()
    def root(
        version: Annotated[
            bool,
            typer.Option(
                "--version", help=_("Show the version and exit."), callback=show_version, is_eager=True
            ),
        ] = False,
    ) -> None:
        pass

    @app.command(cls=command, help=_("Build the documents of one or more inputs."))
    def build(
        inputs: Annotated[
            list[str], typer.Argument(metavar=_("INPUT"), help=_("Input files (.yaml or .json)."))
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
                help=_("Folder; for one input also a file name ending in .docx or .pdf."),
            ),
        ] = "outputs",
        style: Annotated[
            str | None,
            typer.Option(
                "--style",
                metavar=_("NAME"),
                help=_("office (by page set-up) or strict (by ink); default: office."),
            ),
        ] = None,
        debug_grid: Annotated[
            bool, typer.Option("--debug-grid", help=_("Draw type area, grid and line boxes in the PDF."))
        ] = False,
        quiet: Annotated[bool, typer.Option("--quiet", "-q", help=_("Show no progress."))] = False,
        as_json: Annotated[bool, typer.Option("--json", help=_("Print problems as a JSON list."))] = False,
    ) -> None:
        from kexie_docs.cli.commands import build_command

        build_command(
            [Path(name) for name in inputs],
            template=template,
            formats=formats,
            output=Path(output),
            style=style,
            debug_grid=debug_grid,
            quiet=quiet,
            as_json=as_json,
            translate=translate,
            ahead=ahead,
        )

    @app.command(cls=command, help=_("Write a commented input to begin with."))
    def new(
        path: Annotated[str, typer.Argument(metavar=_("NAME.yaml"), help=_("File to write."))],
        template: Annotated[
            str, typer.Option("--template", "-t", metavar=_("NAME"), help=_("Template that it is for."))
        ] = "summary",
    ) -> None:
        from kexie_docs.cli.commands import new_command

        new_command(Path(path), template)

    @app.command(cls=command, help=_("Check inputs: figures, punctuation, numerals, names."))
    def check(
        inputs: Annotated[
            list[str], typer.Argument(metavar=_("INPUT"), help=_("Input files (.yaml or .json)."))
        ],
        as_json: Annotated[bool, typer.Option("--json", help=_("Print findings as a JSON list."))] = False,
        strict: Annotated[bool, typer.Option("--strict", help=_("Fail on warnings too."))] = False,
        fix: Annotated[
            bool, typer.Option("--fix", help=_("Repair punctuation, spaces and the like in the files."))
        ] = False,
    ) -> None:
        from kexie_docs.cli.checking import check_command

        check_command(
            [Path(name) for name in inputs], as_json=as_json, strict=strict, fix=fix, translate=translate
        )

    @app.command(cls=command, help=_("Explain a rule of `check`: what, why, wrong, right, source."))
    def explain(
        code: Annotated[str, typer.Argument(metavar=_("CODE"), help=_("Code of a finding, such as KC101."))],
    ) -> None:
        from kexie_docs.cli.checking import explain_command

        explain_command(code, translate)

    @app.command(cls=command, help=_("Print the JSON Schema of inputs, for editors."))
    def schema() -> None:
        from kexie_docs.cli.commands import schema_command

        schema_command()

    @fonts.command("list", cls=command, help=_("Show which font serves each role, and what is missing."))
    def fonts_list() -> None:
        from kexie_docs.cli.commands import fonts_list_command

        fonts_list_command(translate)

    @fonts.command(
        "install", cls=command, help=_("Download the open Fandol fonts for this user (checked by SHA-256).")
    )
    def fonts_install() -> None:
        from kexie_docs.cli.commands import fonts_install_command

        fonts_install_command(translate)

    return app
