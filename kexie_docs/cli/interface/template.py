"""The arguments of the commands in the group `template`."""

from pathlib import Path
from typing import Annotated

import typer

from kexie_docs.cli.interface import CommandLine


def add(cli: CommandLine) -> None:
    """Add the commands."""
    _ = cli.translate
    template = cli.group("template", _("Templates: list, look at, make, check, restyle in Word."))

    @template.command("list", cls=cli.command_class, help=_("List the templates: name, title, where from."))
    def template_list() -> None:
        from kexie_docs.cli.templates import list_command

        list_command(cli.translate)

    @template.command(
        "show",
        cls=cli.command_class,
        help=_("Show a template: its files, the values it uses, what an input must give, a sample."),
    )
    def template_show(
        name: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("Name of a template."))],
    ) -> None:
        from kexie_docs.cli.templates import show_command

        show_command(name, cli.translate)

    @template.command(
        "new",
        cls=cli.command_class,
        help=_("Begin a template of your own, in the folder templates of this folder."),
    )
    def template_new(
        name: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("Name of the new template."))],
        base: Annotated[
            str, typer.Option("--from", metavar=_("NAME"), help=_("Template that it begins from."))
        ] = "summary",
    ) -> None:
        from kexie_docs.cli.templates import new_command

        new_command(name, base)

    @template.command(
        "check",
        cls=cli.command_class,
        help=_("Check a template: syntax, values, styles, and that its sample can be built."),
    )
    def template_check(
        name: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("Name of a template."))],
        as_json: Annotated[bool, typer.Option("--json", help=_("Print problems as a JSON list."))] = False,
    ) -> None:
        from kexie_docs.cli.templates import check_command

        check_command(name, as_json=as_json, translate=cli.translate)

    @template.command(
        "to-word",
        cls=cli.command_class,
        help=_("Write a Word file with every style of a template, to be edited in Word, WPS or LibreOffice."),
    )
    def template_to_word(
        name: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("Name of a template."))],
        path: Annotated[str, typer.Argument(metavar=_("FILE.docx"), help=_("Word file to write."))],
    ) -> None:
        from kexie_docs.cli.template_word import to_word_command

        to_word_command(name, Path(path))

    @template.command(
        "from-word",
        cls=cli.command_class,
        help=_("Bring the styles and margins that were changed in that Word file back into the template."),
    )
    def template_from_word(
        path: Annotated[str, typer.Argument(metavar=_("FILE.docx"), help=_("The edited Word file."))],
        name: Annotated[str, typer.Argument(metavar=_("NAME"), help=_("Name of a template."))],
        as_json: Annotated[bool, typer.Option("--json", help=_("Print problems as a JSON list."))] = False,
    ) -> None:
        from kexie_docs.cli.template_word import from_word_command

        from_word_command(Path(path), name, as_json=as_json, translate=cli.translate)
