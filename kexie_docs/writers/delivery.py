"""Handing over finished files: written whole, and never over what somebody has changed in one by hand."""

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path

from kexie_docs.errors import Place, Problem, Severity, message
from kexie_docs.writers.files import write_whole
from kexie_docs.writers.ledger import Entry, Ledger, digest


def deliver(
    targets: Sequence[tuple[Path, bytes]],
    ledger: Ledger,
    *,
    made: str = "",
    sources: str = "",
    known: frozenset[str] = frozenset(),
) -> Iterator[Path | Problem]:
    """Write files; yield the path of each, and a warning before one that takes the place of an edited file.

    A file that we have written once and that is now another one was edited: it is kept under a name of its
    own (``NAME.edited.docx``) before the new one takes its place. Of files that we never wrote nothing is
    known: they are replaced, as any program does.

    Args:
        targets: where to, and the whole file.
        ledger: what was written before.
        made: for the ledger; see `kexie_docs.writers.ledger.Entry`.
        sources: likewise.
        known: digests of earlier writings, where the caller has them; the ledger is asked for others.

    Raises:
        OutputError: KD601; the files of before are as they were.
    """
    for target, data in targets:
        aside = _put_aside(target, data, ledger, known)
        if aside is not None:
            yield aside
        ledger.add(target, Entry(digest(data), made, sources))
        write_whole(target, data)
        yield target


def _put_aside(target: Path, data: bytes, ledger: Ledger, known: frozenset[str]) -> Problem | None:
    """Keep a file that was edited; return the warning that says so, or None when it was not."""
    try:
        old = target.read_bytes() if target.is_file() else None
    except (OSError, ValueError):
        return None  # writing will tell
    if old is None or old == data or digest(old) in known:
        return None
    ours = {entry.digest for entry in ledger.entries(target)}
    if not ours or digest(old) in ours:
        return None
    copy = _kept(target, old)
    return Problem(
        "KD610",
        message("{file} was changed by hand after it was built.", file=str(target)),
        Place(str(target)),
        message("That version is kept as {name}.", name=copy.name),
        Severity.WARNING,
    )


def _kept(target: Path, old: bytes) -> Path:
    """Write the edited version beside the target; return where it stands."""
    for number in count(1):
        mark = ".edited" if number == 1 else f".edited-{number}"
        copy = target.with_name(f"{target.stem}{mark}{target.suffix}")
        if not copy.exists():
            write_whole(copy, old)
            return copy
        if copy.is_file() and copy.read_bytes() == old:
            return copy
    raise AssertionError("count ends")
