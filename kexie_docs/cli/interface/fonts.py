"""The arguments of `fonts list` and `fonts install`."""

from kexie_docs.cli.interface import CommandLine


def add(cli: CommandLine) -> None:
    """Add the commands."""
    _ = cli.translate
    fonts = cli.group("fonts", _("The fonts of this machine."))

    @fonts.command(
        "list", cls=cli.command_class, help=_("Show which font serves each role, and what is missing.")
    )
    def fonts_list() -> None:
        from kexie_docs.cli.fonts import fonts_list_command

        fonts_list_command(cli.translate)

    @fonts.command(
        "install",
        cls=cli.command_class,
        help=_("Download the open Fandol fonts for this user (checked by SHA-256)."),
    )
    def fonts_install() -> None:
        from kexie_docs.cli.fonts import fonts_install_command

        fonts_install_command(cli.translate)
