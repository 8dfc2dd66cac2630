"""Names of outputs and the formats they tell: such as every system takes, and no two of them one file."""

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, TypeAlias

from kexie_docs.errors import OutputError, Place, Problem, Severity, message

Format: TypeAlias = Literal["docx", "pdf"]
FORMATS: tuple[Format, ...] = ("docx", "pdf")

PROOF_SUFFIX = "-proof"
"""Ends the name of a checking copy's file, before the format."""

_REFUSED = frozenset('<>:"/\\|?*')

_DEVICES = frozenset(("CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$")) | {
    f"{port}{number}" for port in ("COM", "LPT") for number in "123456789¹²³"
}
"""Names kept for devices, with any ending (Microsoft: “Naming Files, Paths, and Namespaces”)."""


def portable_stem(stem: str) -> str:
    """Return a file name without its ending as Windows takes it; most are returned as they are.

    Refused characters and those that print nothing become ``_``, as do blanks and dots at the end; a name
    that begins like an option, or is kept for a device, gets a ``_`` before or after it.
    """
    clean = "".join("_" if char in _REFUSED or not char.isprintable() else char for char in stem)
    end = clean.rstrip(". ")
    clean = end + "_" * (len(clean) - len(end))
    if clean.split(".")[0].rstrip(" ").upper() in _DEVICES:
        first, dot, rest = clean.partition(".")
        clean = f"{first}_{dot}{rest}"
    return f"_{clean}" if clean.startswith("-") else clean


def renamed(source: Path, stem: str) -> Problem:
    """Return the warning that the outputs of an input cannot have its name."""
    return Problem(
        "KD611",
        message("The outputs are named {name}: Windows refuses the name of the input.", name=stem),
        Place(str(source)),
        message('Rename the input without < > : " / \\ | ? * and without a dot or blank at the end.'),
        Severity.WARNING,
    )


def refuse_unportable(path: Path) -> None:
    """Raise KD612 when a file name that the user chose is one that Windows refuses."""
    stem = portable_stem(path.stem)
    if stem != path.stem:
        raise OutputError(
            Problem(
                "KD612",
                message("{name} cannot be the name of a file on Windows.", name=path.name),
                hint=message("Name it {name}, for example.", name=stem + path.suffix),
            )
        )


def same_key(name: str) -> str:
    """Return what two names have in common when they are one file on Windows or macOS."""
    return unicodedata.normalize("NFC", name).casefold()


def refuse_same(targets: Iterable[tuple[Path, Path]]) -> None:
    """Raise KD603 when two inputs would write one file (names that differ only in case are one on Windows).

    Args:
        targets: input and file to write, of every file.
    """
    seen: dict[str, Path] = {}
    for source, target in targets:
        key = same_key(str(target))
        if key in seen:
            raise OutputError(
                Problem(
                    "KD603",
                    message(
                        "{first} and {second} would both be written to {target}.",
                        first=str(seen[key]),
                        second=str(source),
                        target=str(target),
                    ),
                    hint=message("Rename one of the inputs, or build them into different folders."),
                )
            )
        seen[key] = source


def format_of(path: Path) -> Format:
    """Return the format that a file name's suffix names.

    Raises:
        OutputError: KD602, it names none.
    """
    for name in FORMATS:
        if path.suffix.lower() == f".{name}":
            return name
    raise OutputError(
        Problem(
            "KD602",
            message("{file} names no format that can be written.", file=str(path)),
            hint=message("Let the file's name end in .docx or .pdf."),
        )
    )


def names_file(output: Path) -> bool:
    """Return whether an output is one file in a format that can be written, and not a folder."""
    # `Path.is_dir` raises for a name that is too long.
    return output.suffix.lower().removeprefix(".") in FORMATS and not os.path.isdir(output)  # noqa: PTH112 - see above
