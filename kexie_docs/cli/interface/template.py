"""The arguments of `template list`, `template show`, `template new` and `template check`."""

from typing import Annotated

import typer

from kexie_docs.cli.interface import CommandLine


def add(cli: CommandLine) -> None:
    """Add the commands."""
    _ = cli.translate
    template = cli.group("template", _("Templates: list, look at, make, check."))

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
