"""An input file written anew: whole, with its line ends and rights, never over another program's change."""

import stat
from pathlib import Path

from kexie_docs.errors import OutputError, Problem, message
from kexie_docs.readers.line_ends import as_text, with_line_ends
from kexie_docs.writers.files import write_whole


def rewrite(path: Path, before: str, after: str) -> None:
    """Put a text in the place of a file's text.

    Args:
        path: the file.
        before: its text as it was read, lines ended by line feeds.
        after: the new one.

    Raises:
        OutputError: KD606, another program has changed it meanwhile; KD601, it cannot be written.
    """
    original, mode = path.read_bytes(), stat.S_IMODE(path.stat().st_mode)
    if as_text(original) != before:
        what = message("{file} was changed by another program meanwhile.", file=str(path))
        raise OutputError(Problem("KD606", what, hint=message("Nothing was written; run it again.")))
    write_whole(path, with_line_ends(after, original))
    path.chmod(mode)
