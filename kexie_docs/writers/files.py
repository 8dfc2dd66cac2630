"""Finished bytes onto the disk: whole or not at all."""

import errno
import os
import stat
import sys
import time
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from kexie_docs.errors import Message, OutputError, Problem, message

TEMPORARY_PREFIX = ".kexie-docs-"
"""Begins the name of every temporary file, which goes on ``MACHINE-PROCESS-NUMBER.tmp``."""

_SUFFIX = ".tmp"

_STALE_SECONDS = 3600
"""A temporary file whose process cannot be asked for is litter when it is older than this."""

_START_SLACK = 5.0
"""Seconds by which the clocks of processes and files may differ."""

_BUSY_WAITS = (0.05, 0.2, 0.5) if sys.platform == "win32" else ()
"""Seconds to wait before trying again: virus scanners of Windows hold a new file open for a moment."""


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
        try:
            mode = target.stat().st_mode
        except FileNotFoundError:
            target.parent.mkdir(parents=True, exist_ok=True)
        else:
            _refuse(target, mode, shown)
        _replace(target, data)
    except OSError as error:
        raise OutputError(_problem(shown, _reason(error))) from error
    except (ValueError, RuntimeError) as error:  # a zero byte in the path; a circle of symbolic links
        raise OutputError(_problem(shown, message("its path leads nowhere"))) from error


def clear_stale(folder: Path) -> None:
    """Remove the temporary files that processes which were killed have left in a folder.

    Only files named as ours are looked at: one goes when its process ran on this machine and is no more, or
    when it is an hour old. What cannot be removed stays.
    """
    try:
        with os.scandir(folder) as entries:
            names = [
                entry.name
                for entry in entries
                if entry.name.startswith(TEMPORARY_PREFIX) and entry.name.endswith(_SUFFIX)
            ]
    except OSError:
        return
    for name in names:
        path = folder / name
        with suppress(OSError):
            status = path.lstat()
            if stat.S_ISREG(status.st_mode) and _is_stale(name, status.st_mtime):
                path.unlink()


def _is_stale(name: str, written: float) -> bool:
    parts = name.removeprefix(TEMPORARY_PREFIX).removesuffix(_SUFFIX).split("-")
    if len(parts) == 3 and parts[0] == _machine() and parts[1].isdecimal():
        alive = _is_alive(int(parts[1]), written)
        if alive is not None:
            return not alive
    return time.time() - written > _STALE_SECONDS


def _is_alive(process: int, written: float) -> bool | None:
    """Return whether the process that wrote a file at a time is still there; None when nobody can tell."""
    if process == os.getpid():
        return True
    if sys.platform == "linux":
        try:
            state, *rest = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            started = float(Path("/proc/uptime").read_text().split()[0])
            started = time.time() - started + int(rest[18]) / os.sysconf("SC_CLK_TCK")
        except FileNotFoundError:
            return False if Path("/proc/self").exists() else None
        except (OSError, ValueError, IndexError):
            return None
        # A dead process may wait for its parent, and its number may by now be another's.
        return state not in {"Z", "X"} and started < written + _START_SLACK
    if sys.platform == "win32":
        return None  # Windows has no question that harms no process
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return None
    return None


def _machine() -> str:
    """Return a short name of this machine: a folder in the network has files of several."""
    # `os.uname` is not there on Windows, `platform` is slow to load.
    name = os.uname().nodename if sys.platform != "win32" else os.environ.get("COMPUTERNAME", "")
    return f"{crc32(os.fsencode(name)):08x}"


def _refuse(target: Path, mode: int, shown: str) -> None:
    """Raise KD601 for a target that is there and must not be replaced."""
    if not stat.S_ISREG(mode):
        reason = message("it is a folder") if stat.S_ISDIR(mode) else message("it is not a regular file")
        raise OutputError(_problem(shown, reason))
    if not mode & (stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH):
        raise OutputError(
            _problem(
                shown,
                message("it is write-protected"),
                message("Take the protection away if it may be replaced, or choose another folder with -o."),
            )
        )
    lock = _office_lock(target)
    if lock is not None:
        raise OutputError(
            _problem(
                shown,
                message("it is open in Word, WPS or LibreOffice"),
                message("Close it there. If no program has it open, delete {lock}.", lock=lock.name),
            )
        )


def _office_lock(target: Path) -> Path | None:
    """Return the lock file that a word processor has put beside a document it has open, or None.

    Windows refuses to replace an open file by itself; elsewhere, and over the network, only the lock tells.
    LibreOffice names it ``.~lock.NAME#``. Word and WPS write ``~$`` over the first two characters of a name
    of eight or more (over one of seven, before shorter ones), so two documents may share a lock: then it
    says nothing.
    """
    lock = target.with_name(f".~lock.{target.name}#")
    if lock.exists():
        return lock
    owner = _owner_name(target.name)
    lock = target.with_name(owner)
    if lock.exists():
        with os.scandir(target.parent) as entries:
            sharing = [
                entry.name
                for entry in entries
                if entry.name != owner and _owner_name(entry.name).casefold() == owner.casefold()
            ]
        if len(sharing) == 1:
            return lock
    return None


def _owner_name(name: str) -> str:
    stem = name.rpartition(".")[0] or name
    return "~$" + name[min(max(len(stem) - 6, 0), 2) :]


def _replace(target: Path, data: bytes) -> None:
    """Write a temporary file in the target's folder and rename it over the target."""
    # The process makes the name its own, and the random number what its threads write.
    name = f"{TEMPORARY_PREFIX}{_machine()}-{os.getpid()}-{os.urandom(6).hex()}{_SUFFIX}"
    temporary = target.parent / name
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        _rename(temporary, target)
    except BaseException:
        # The error that is told is the first one, whatever comes of this.
        with suppress(OSError):
            temporary.unlink(missing_ok=True)
        raise


def _rename(temporary: Path, target: Path) -> None:
    for seconds in _BUSY_WAITS:
        try:
            temporary.replace(target)
        except PermissionError:
            time.sleep(seconds)
        else:
            return
    temporary.replace(target)


def _problem(shown: str, reason: Message, hint: Message | None = None) -> Problem:
    return Problem(
        code="KD601",
        what=message("{file} cannot be written: {reason}.", file=shown, reason=reason),
        hint=hint
        or message("Choose another folder with -o, or close the program (Word, WPS) that has the file open."),
    )


def _reason(error: OSError) -> Message:
    """Return the operating system's reason in our words."""
    reasons = {
        errno.EACCES: message("there is no permission, or another program (Word, WPS) has it open"),
        errno.EPERM: message("there is no permission, or another program (Word, WPS) has it open"),
        errno.EBUSY: message("there is no permission, or another program (Word, WPS) has it open"),
        errno.ETXTBSY: message("there is no permission, or another program (Word, WPS) has it open"),
        errno.EROFS: message("the folder is read-only"),
        errno.ENOSPC: message("the disk is full"),
        errno.EDQUOT: message("the disk is full"),
        errno.EFBIG: message("the file is too large for the disk"),
        errno.ENAMETOOLONG: message("its name is too long"),
        errno.ENOTDIR: message("a part of its path is a file, not a folder"),
        errno.EEXIST: message("a part of its path is a file, not a folder"),
        errno.EISDIR: message("it is a folder"),
        errno.ENOENT: message("its folder cannot be made"),
        errno.ELOOP: message("its path leads nowhere"),
    }
    return reasons.get(
        error.errno or 0, message("the system reports error {number}", number=error.errno or 0)
    )
