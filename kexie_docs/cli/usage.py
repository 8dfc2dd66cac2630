"""The command line parser's own words in the user's language.

Typer's parser writes most of its messages as plain English. They are recognised here by pattern,
and given again through the catalogue; a test provokes each of them.
"""

import re
from collections.abc import Sequence
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup

from kexie_docs.cli.i18n import Translate
from kexie_docs.errors import ExitCode, message

_PATTERNS = (
    (r"No such option: (?P<name>\S+?)\.?", message("There is no option {name}.")),
    (
        r"No such option: (?P<name>\S+?)\.? .*?(?P<others>-.*?)\??\)?",
        message("There is no option {name}. Did you mean {others}?"),
    ),
    (r"No such command '(?P<name>.*)'\.", message("There is no command {name}.")),
    (
        r"No such command '(?P<name>.*)'\. Did you mean (?P<others>.*)\?",
        message("There is no command {name}. Did you mean {others}?"),
    ),
    (r"Missing command\.", message("A command is missing.")),
    (r"Missing argument '?(?P<name>.*?)'?\.", message("{name} is missing.")),
    (r"Missing option '?(?P<name>.*?)'?\.", message("The option {name} is missing.")),
    (r"Option '(?P<name>.*)' requires an argument\.", message("The option {name} needs a value.")),
    (r"Option '(?P<name>.*)' does not take a value\.", message("The option {name} takes no value.")),
    (r"Got unexpected extra argument\(?s?\)? \((?P<names>.*)\)", message("Too many arguments: {names}.")),
    (r"Invalid value for '?(?P<name>.*?)'?: .*", message("The value of {name} is not valid.")),
)

# What the parser looks up in the catalogue itself, when it shows help.
PARSER_STRINGS = (
    message("Arguments"),
    message("Options"),
    message("Commands"),
    message("[default: {}]"),
    message("[required]"),
)


def usage_message(text: str, translate: Translate) -> str:
    """Return the parser's message in the user's language; an unknown one becomes a general sentence."""
    for pattern, ours in _PATTERNS:
        match = re.fullmatch(pattern, text, re.DOTALL)
        if match is not None:
            return message(ours.text, **match.groupdict()).render(translate)
    return message("The command line is not valid.").render(translate)


def show_parser_error(error: Exception, translate: Translate) -> int:
    """Show what the parser refused, and how to get help; return the exit code."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError" and context is not None:
        typer.echo(context.get_help())
        return ExitCode.USAGE
    text = usage_message(str(getattr(error, "format_message", error.__str__)()), translate)
    typer.echo(message("error: {text}", text=text).render(translate), err=True)
    command = context.command_path if context is not None else "kexie-docs"
    typer.echo(message("For help: {command} --help", command=command).render(translate), err=True)
    return ExitCode.USAGE


def command_classes(
    translate: Translate, order: Sequence[str]
) -> tuple[type[TyperCommand], type[TyperGroup]]:
    """Return the classes of commands and groups whose help has no English of the parser's own.

    Args:
        translate: the user's language.
        order: of the program's commands and groups in its help; the parser would put groups last.
    """
    usage = message("Usage: ").render(translate)
    options = message("[OPTIONS]").render(translate)
    show_help = message("Show this help and exit.").render(translate)

    class Command(TyperCommand):
        """A command with translated usage and help option."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            super().__init__(*args, **{**kwargs, "options_metavar": options})

        def format_usage(self, ctx: Any, formatter: Any) -> None:
            formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=usage)

        def get_params(self, ctx: Any) -> list[Any]:
            return [_as_text(parameter) for parameter in super().get_params(ctx)]

        def get_help_option(self, ctx: Any) -> Any:
            return _with_help(super().get_help_option(ctx), show_help)

    class Group(TyperGroup):
        """A group of commands with translated usage and help option."""

        def __init__(self, *args: Any, **kwargs: Any) -> None:
            metavar = message("COMMAND [ARGUMENTS]…").render(translate)
            super().__init__(*args, **{**kwargs, "options_metavar": options, "subcommand_metavar": metavar})

        def format_usage(self, ctx: Any, formatter: Any) -> None:
            formatter.write_usage(ctx.command_path, " ".join(self.collect_usage_pieces(ctx)), prefix=usage)

        def list_commands(self, ctx: Any) -> list[str]:
            names = super().list_commands(ctx)
            return names if ctx.parent is not None else [name for name in order if name in names]

        def get_params(self, ctx: Any) -> list[Any]:
            return [_as_text(parameter) for parameter in super().get_params(ctx)]

        def get_help_option(self, ctx: Any) -> Any:
            return _with_help(super().get_help_option(ctx), show_help)

    return Command, Group


def _with_help(option: Any, text: str) -> Any:
    """Return the parser's help option with our help text."""
    if option is not None:
        option.help = text
    return option


def _as_text(parameter: Any) -> Any:
    """Return a parameter that is taken as it was typed, and whose help shows no type of Python.

    All our parameters are text or flags. Typer would load pydantic to convert each, 60 ms that a build
    does not otherwise spend in this process; should a later typer convert in another way, nothing
    changes but that.
    """
    shown = parameter.metavar or "" if parameter.param_type_name == "option" else ""
    parameter.display_type_rich = lambda ctx: shown
    parameter._runtime_param = _Untouched()
    return parameter


class _Untouched:
    """Typer's contract for converting a parameter's value: leaves it as it is."""

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        """Return the value; the values of a repeated argument as a list."""
        return list(value or ()) if param.multiple or param.nargs == -1 else value
