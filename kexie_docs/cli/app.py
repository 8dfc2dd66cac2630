"""The program: its name, its version, and which module has which command."""

from collections.abc import Sequence
from importlib import import_module
from typing import Annotated

import typer

from kexie_docs import __version__
from kexie_docs.cli.ahead import Ahead
from kexie_docs.cli.i18n import Translate
from kexie_docs.cli.interface import CommandLine
from kexie_docs.cli.usage import command_classes

TOPICS = {
    "start": ("new",),
    "build": ("build",),
    "check": ("check", "explain"),
    "print": ("print",),
    "verify": ("verify", "pull"),
    "template": ("template",),
    "fill": ("fill",),
    "fonts": ("fonts",),
    "schema": ("schema",),
}
"""The modules of `kexie_docs.cli.interface` in the order of the help, each with its commands or group.

The order is that of use: from the first input of a year to what is needed now and then.
"""


def build_app(
    translate: Translate, ahead: Ahead | None = None, *, arguments: Sequence[str] = ()
) -> typer.Typer:
    """Return the command line with all help in the language of ``translate``.

    Args:
        translate: the user's language.
        ahead: the process in which `build` drafts; None drafts in this one.
        arguments: of this call: when the first is a command, only its topic is loaded.
    """
    _ = translate
    command, group = command_classes(translate, [name for names in TOPICS.values() for name in names])
    app = typer.Typer(
        name="kexie-docs",
        cls=group,
        help=_("Annual summaries as Word and PDF official documents, by GB/T 9704-2012."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )

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

    cli = CommandLine(app, command, group, translate, ahead)
    asked = [topic for topic, names in TOPICS.items() if arguments and arguments[0] in names]
    for topic in asked or TOPICS:
        import_module(f"kexie_docs.cli.interface.{topic}").add(cli)
    return app
