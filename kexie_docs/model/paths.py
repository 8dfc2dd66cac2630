"""Paths in inputs: to files below the input's own folder, and to nothing else."""

from pathlib import PureWindowsPath

from kexie_docs.errors import Message, message
from kexie_docs.model.characters import shown
from kexie_docs.model.issues import Issue, IssueError

_LONGEST_PATH = 300


def relative_path(text: str, hint: Message) -> str:
    """Return a path that stays below the input's folder, parted by ``/``.

    Raises:
        IssueError: KD219, it is absolute, leads upwards or names no file.
    """
    path = text.strip().replace("\\", "/")
    parts = path.split("/")
    if (
        len(path) > _LONGEST_PATH
        or path.startswith(("/", "~"))
        or PureWindowsPath(path).drive
        or ".." in parts
        or not parts[-1].strip(". ")
    ):
        raise IssueError(
            Issue("KD219", message("“{text}” is not a path below the input's folder", text=shown(text)), hint)
        )
    return path
