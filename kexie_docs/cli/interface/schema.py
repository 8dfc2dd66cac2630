"""The arguments of `schema`."""

from kexie_docs.cli.interface import CommandLine


def add(cli: CommandLine) -> None:
    """Add the command."""
    _ = cli.translate

    @cli.command(help=_("Print the JSON Schema of inputs, for editors."))
    def schema() -> None:
        from kexie_docs.cli.starting import schema_command

        schema_command()
