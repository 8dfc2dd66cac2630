"""Finished bytes onto the disk: whole or not at all."""

import errno
import os
import secrets
import stat
from pathlib import Path

from kexie_docs.errors import Message, OutputError, Problem, message

TEMPORARY_PREFIX = ".kexie-docs-"


def write_whole(path: Path, data: bytes, *, display: str | None = None) -> None:
    """Write ``data`` into a temporary file beside ``path``, flush it to the disk, then put it in place.

    The folder is made when it is not there. A symbolic link is written through, as any editor would.

    Args:
        path: where to.
        data: the whole file.
        display: the path as messages name it; None for ``path`` itself.

    Raises:
        OutputError: KD601 with the reason; the old file, if any, is as it was.
    """
    shown = display if display is not None else str(path)
    try:
        target = path.resolve() if path.is_symlink() else path
        if target.exists() and not stat.S_ISREG(target.stat().st_mode):
            raise OutputError(_problem(shown, message("it is not a regular file")))
        target.parent.mkdir(parents=True, exist_ok=True)
        _replace(target, data)
    except OSError as error:
        raise OutputError(_problem(shown, _reason(error))) from error


def is_folder(path: Path) -> bool:
    """Return whether a folder is there; a name that the system refuses is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _replace(target: Path, data: bytes) -> None:
    """Write a temporary file in the target's folder and rename it over the target."""
    temporary = target.parent / f"{TEMPORARY_PREFIX}{secrets.token_hex(6)}.tmp"
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _problem(shown: str, reason: Message) -> Problem:
    return Problem(
        code="KD601",
        what=message("{file} cannot be written: {reason}.", file=shown, reason=reason),
        hint=message("Choose another folder with -o, or close the program that has the file open."),
    )


def _reason(error: OSError) -> Message:
    """Return the operating system's reason in our words."""
    reasons = {
        errno.EACCES: message("there is no permission, or another program (Word, WPS) has it open"),
        errno.EPERM: message("there is no permission, or another program (Word, WPS) has it open"),
        errno.EROFS: message("the folder is read-only"),
        errno.ENOSPC: message("the disk is full"),
        errno.EFBIG: message("the file is too large for the disk"),
        errno.ENAMETOOLONG: message("its name is too long"),
        errno.ENOTDIR: message("a part of its path is a file, not a folder"),
        errno.EEXIST: message("a part of its path is a file, not a folder"),
        errno.EISDIR: message("it is a folder"),
        errno.ENOENT: message("its folder cannot be made"),
    }
    return reasons.get(
        error.errno or 0, message("the system reports error {number}", number=error.errno or 0)
    )
