"""The commands' arguments and help, a module a topic; what a command does stands beside this package.

Only the module of the command that was asked for is loaded: see `kexie_docs.cli.app`.
"""

from collections.abc import Callable
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from kexie_docs.cli.ahead import Ahead
from kexie_docs.cli.i18n import Translate
from kexie_docs.frozen import dataclass


@dataclass(frozen=True, slots=True)
class CommandLine:
    """What a topic's module adds its commands to.

    Attributes:
        app: the program.
        command_class: of commands, with translated usage and help.
        group_class: of groups of commands, likewise.
        translate: the user's language.
        ahead: the process in which `build` drafts; None drafts in this one.
    """

    app: typer.Typer
    command_class: type[TyperCommand]
    group_class: type[TyperGroup]
    translate: Translate
    ahead: Ahead | None = None

    def command(self, *, help: str, name: str | None = None) -> Callable[[Callable[..., Any]], Any]:
        """Return the decorator that adds a function as a command."""
        return self.app.command(name, cls=self.command_class, help=help)

    def group(self, name: str, help: str) -> typer.Typer:
        """Add a group of commands, and return it."""
        group = typer.Typer(cls=self.group_class, help=help, no_args_is_help=True)
        self.app.add_typer(group, name=name)
        return group
