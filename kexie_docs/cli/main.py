"""The door: language, errors to messages, exit codes. Nothing that goes wrong leaves as a traceback."""

from __future__ import annotations

import os
import sys

from kexie_docs.cli import ahead, startup

TYPE_CHECKING = False
if TYPE_CHECKING:  # the drafting process begins before anything else is loaded
    from kexie_docs.cli.i18n import Translate


def main() -> None:
    """Run the command line and exit with one of `kexie_docs.errors.ExitCode`."""
    startup.quicken()
    arguments = sys.argv[1:]
    startup.leave(run(arguments, ahead.start() if _builds_one(arguments) else None))


def _builds_one(arguments: list[str]) -> bool:
    """Return whether a command line looks like the building of one input; more are a batch."""
    endings = (".yaml", ".yml", ".json")
    return arguments[:1] == ["build"] and sum(each.lower().endswith(endings) for each in arguments) == 1


def run(arguments: list[str], drafting: ahead.Ahead | None = None) -> int:
    """Run the command line; return the exit code.

    Args:
        arguments: without the program's name.
        drafting: the process in which `build` drafts; None drafts in this one.
    """
    import gettext

    from kexie_docs.cli import i18n

    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A console that cannot show a character must not end the program.
            stream.reconfigure(errors="backslashreplace")
    if not os.environ.get("COLUMNS", "80").isdecimal() or len(os.environ.get("COLUMNS", "")) > 4:
        os.environ.pop("COLUMNS", None)  # no width that a terminal has
    chosen = i18n.language(os.environ, i18n.system_language())
    translations = i18n.catalogue(chosen)
    # The parser's own strings go through the process-wide gettext domain, and are in our catalogue.
    os.environ["LANGUAGE"] = chosen
    gettext.bindtextdomain(i18n.DOMAIN, str(i18n.LOCALE_FOLDER))
    gettext.textdomain(i18n.DOMAIN)
    try:
        return _run(arguments, translations.gettext, drafting)
    except KeyboardInterrupt:
        from kexie_docs.errors import ExitCode, message

        sys.stderr.write(message("Interrupted.").render(translations.gettext) + "\n")
        return ExitCode.INTERRUPTED
    except Exception as error:  # a bug of ours: the user gets a sentence, we get the traceback
        return _outside(error, translations.gettext) or _internal(translations.gettext)


def _run(arguments: list[str], translate: Translate, drafting: ahead.Ahead | None) -> int:
    """Parse and run; errors for the user become messages."""
    import typer
    import typer.exceptions

    from kexie_docs.cli.app import build_app
    from kexie_docs.cli.reporting import error_exit
    from kexie_docs.cli.usage import show_parser_error
    from kexie_docs.errors import KexieDocsError

    command = typer.main.get_command(build_app(translate, drafting, arguments=arguments))
    try:
        result = command.main(arguments, prog_name="kexie-docs", standalone_mode=False)
    except KexieDocsError as error:
        return error_exit(error, translate)
    except typer.exceptions.TyperException as error:
        return show_parser_error(error, translate)
    return result if isinstance(result, int) else 0


def _outside(error: Exception, translate: Translate) -> int:
    """Tell what is wrong around the program: nowhere to print to, no current folder. Return 0 for a bug."""
    import contextlib
    import errno
    from pathlib import Path

    from kexie_docs.errors import ExitCode, message, reading_reason

    if not isinstance(error, OSError) or error.filename is not None:
        return 0
    try:
        Path.cwd()
    except OSError:
        told = message("The current folder is gone: change to another folder.")
        code = ExitCode.USAGE
    else:
        if error.errno not in (errno.ENOSPC, errno.EPIPE, errno.EIO, errno.EBADF):
            return 0
        told = message("What is to be printed cannot be written ({reason}).", reason=reading_reason(error))
        code = ExitCode.OUTPUT
    with contextlib.suppress(OSError, ValueError):
        sys.stderr.write(told.render(translate) + "\n")
    for stream in (sys.stdout, sys.stderr):
        # What is left in a buffer must not fail again when the program ends.
        with contextlib.suppress(OSError, ValueError):
            stream.flush()
            continue
        with contextlib.suppress(OSError, ValueError):
            nowhere = os.open(os.devnull, os.O_WRONLY)
            os.dup2(nowhere, stream.fileno())
            os.close(nowhere)
    return code


def _internal(translate: Translate) -> int:
    """Save the traceback to a file and name it."""
    import tempfile
    import traceback

    from kexie_docs.errors import ExitCode, message

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", prefix="kexie-docs-", suffix=".log", delete=False
    ) as log:
        log.write(traceback.format_exc())
    text = message(
        "This is an error in kexie-docs itself. Please report it with the file {file}.",
        file=log.name,
    )
    sys.stderr.write(text.render(translate) + "\n")
    return ExitCode.INTERNAL
