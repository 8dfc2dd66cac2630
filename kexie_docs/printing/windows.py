"""Printing on Windows: the file is handed to the program that prints PDFs there.

Windows offers programs no way to name copies, sides or paper with it: they are the printer's own settings.
"""

import sys
from pathlib import Path

from kexie_docs.errors import OutputError, Problem, message


def hand_over(file: Path, printer: str | None = None) -> None:
    """Let the system print a file by its print verb.

    Args:
        file: a PDF.
        printer: its name; None for the default one.

    Raises:
        OutputError: KD626, that is no name of a printer; KD627, no program here prints PDFs.
    """
    if printer is not None and (not printer.isprintable() or '"' in printer or not printer.strip()):
        what = message("There is no printer “{name}”.", name=printer[:60])
        raise OutputError(Problem("KD626", what))
    if sys.platform == "win32":
        import os

        try:
            if printer is None:
                os.startfile(str(file), "print")
            else:
                os.startfile(str(file), "printto", f'"{printer}"')
        except OSError as error:
            what = message("No program of this machine prints the PDF: {reason}", reason=str(error))
            raise OutputError(
                Problem("KD627", what, hint=message("Open the PDF and print it from there."))
            ) from error
    else:
        raise NotImplementedError
