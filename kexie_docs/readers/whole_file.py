"""A file that others made, read whole and within a limit, or why it cannot be opened."""

import stat
from pathlib import Path

from kexie_docs.errors import Message, message, reading_reason


class UnreadableFileError(Exception):
    """A file cannot be read; whoever asked for it knows the code and raises what the user hears.

    Attributes:
        what: what is wrong.
        hint: what to do; None when that is clear.
        too_large: whether it is there, and larger than the limit.
    """

    def __init__(self, what: Message, hint: Message | None = None, *, too_large: bool = False) -> None:
        super().__init__(what)
        self.what, self.hint, self.too_large = what, hint, too_large


def read_whole(path: Path, most: int) -> bytes:
    """Return a file's bytes; a pipe, a device or a folder is never opened, since reading it might not end.

    Args:
        path: the file.
        most: the largest file that is read, in bytes.

    Raises:
        UnreadableFileError: it cannot be read, is no file, or is larger.
    """
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableFileError(message("This is no file"), message("Name the file itself."))
        with path.open("rb") as stream:
            data = stream.read(most + 1)
    except FileNotFoundError:
        raise UnreadableFileError(
            message("There is no such file"), message("Check the name and the folder.")
        ) from None
    except (OSError, ValueError) as error:
        what = message("The file cannot be read ({reason})", reason=reading_reason(error))
        raise UnreadableFileError(what) from None
    if len(data) > most:
        what = message("The file is larger than {mib} MiB", mib=most >> 20)
        raise UnreadableFileError(what, too_large=True)
    return data
