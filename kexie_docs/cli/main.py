"""The door: language, errors to messages, exit codes. Nothing that goes wrong leaves as a traceback."""

import gc
import gettext
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from kexie_docs.cli import i18n


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with one of `kexie_docs.errors.ExitCode`."""
    # Start-up makes many objects that stay: collecting meanwhile costs 40 of 260 ms (measured).
    gc.set_threshold(100_000, 50, 50)
    # Pydantic otherwise searches all installed packages for plugins of its own, 7 ms; we use none.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
    code = run(sys.argv[1:] if arguments is None else list(arguments))
    # Every file is written and closed by now; taking a thousand modules down piece by piece costs 40 ms.
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    finally:
        os._exit(code)


def run(arguments: list[str]) -> int:
    """Run the command line; return the exit code."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            # A console that cannot show a character must not end the program.
            stream.reconfigure(errors="backslashreplace")
    chosen = i18n.language(os.environ, i18n.system_language())
    translations = i18n.catalogue(chosen)
    # The parser's own strings go through the process-wide gettext domain, and are in our catalogue.
    os.environ["LANGUAGE"] = chosen
    gettext.bindtextdomain(i18n.DOMAIN, str(i18n.LOCALE_FOLDER))
    gettext.textdomain(i18n.DOMAIN)
    try:
        return _run(arguments, translations.gettext)
    except KeyboardInterrupt:
        from kexie_docs.errors import ExitCode, message

        sys.stderr.write(message("Interrupted.").render(translations.gettext) + "\n")
        return ExitCode.INTERRUPTED
    except Exception:  # a bug of ours: the user gets a sentence, we get the traceback
        return _internal(translations.gettext)


def _run(arguments: list[str], translate: i18n.Translate) -> int:
    """Parse and run; errors for the user become messages."""
    import typer
    import typer.exceptions

    from kexie_docs.cli.app import build_app
    from kexie_docs.cli.commands import error_exit
    from kexie_docs.cli.usage import show_parser_error
    from kexie_docs.errors import KexieDocsError

    command = typer.main.get_command(build_app(translate))
    try:
        result = command.main(arguments, prog_name="kexie-docs", standalone_mode=False)
    except KexieDocsError as error:
        return error_exit(error, translate)
    except typer.exceptions.TyperException as error:
        return show_parser_error(error, translate)
    return result if isinstance(result, int) else 0


def _internal(translate: i18n.Translate) -> int:
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
        file=str(Path(log.name)),
    )
    sys.stderr.write(text.render(translate) + "\n")
    return ExitCode.INTERNAL
