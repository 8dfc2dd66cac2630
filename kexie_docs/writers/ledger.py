"""What was last written where: how an output is known as ours, as edited since, or as still current.

A ledger is a text file for a folder of outputs, kept with the user's files and not beside the outputs, where
whoever looks for documents would trip over it. It holds no document, only digests, and may be deleted at any
time: then everything is built again, and edits of earlier outputs are no longer known as such.
"""

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path

from kexie_docs.errors import OutputError
from kexie_docs.frozen import dataclass
from kexie_docs.writers.files import write_whole

_HEAD = b"kexie-docs ledger 1\t"
_END = b"\t."
"""Ends each line: one that a full disk has cut has no end, and counts for nothing."""

_TIDY_LINES = 200
_UNUSED_SECONDS = 90 * 24 * 3600


@dataclass(frozen=True, slots=True)
class Entry:
    """One writing of an output.

    Attributes:
        digest: of its bytes.
        made: digest of what it was made with (program, fonts, templates, options); "" when nobody asked.
        sources: its inputs with their digests, as `kexie_docs.batch.sources` writes them; "" likewise.
    """

    digest: str
    made: str = ""
    sources: str = ""


def digest(data: bytes) -> str:
    """Return the digest of some bytes: 32 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()[:32]


class Ledger:
    """The ledgers of this user."""

    def __init__(self, home: Path) -> None:
        """Take the folder of the ledgers; it need not exist."""
        self._home = home

    def entries(self, target: Path) -> tuple[Entry, ...]:
        """Return the writings of an output, oldest first; the last may not have come to its end."""
        try:
            data = self._file(target).read_bytes()
        except OSError:
            return ()
        return tuple(_found(data, _key(target.name)))

    def folder(self, folder: Path) -> dict[str, tuple[Entry, ...]]:
        """Return the writings of all outputs of a folder, by name as `name_key` gives it."""
        try:
            data = self._file(folder / "x").read_bytes()
        except OSError:
            return {}
        found: dict[str, list[Entry]] = {}
        for line in data.split(b"\n"):
            if line.endswith(_END) and not line.startswith(_HEAD):
                key, entry = _parsed(line)
                found.setdefault(key, []).append(entry)
        return {key: tuple(entries) for key, entries in found.items()}

    def add(self, target: Path, entry: Entry) -> None:
        """Note a writing, before it begins: whenever a process is killed, its outputs are known.

        A ledger that cannot be written is none.
        """
        line = b"\t".join((_key(target.name), *(part.encode() for part in _parts(entry)))) + _END
        with suppress(OSError):
            file = self._file(target)
            try:
                handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            except FileNotFoundError:
                file.parent.mkdir(parents=True, exist_ok=True)
                handle = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                if os.fstat(handle).st_size == 0:
                    line = _HEAD + _key(os.path.realpath(target.parent)) + b"\n" + line
                # Processes share the file: each line is one write, and begins on a line of its own.
                os.write(handle, b"\n" + line + b"\n")
            finally:
                os.close(handle)

    def tidy(self, folder: Path) -> None:
        """Drop what is outdated: all but the last two writings of an output, ledgers of folders long gone."""
        with suppress(OSError, OutputError):
            file = self._file(folder / "x")
            data = file.read_bytes()
            entries = self.folder(folder)
            if data.count(_END) > 2 * len(entries) + _TIDY_LINES:
                head = _HEAD + _key(os.path.realpath(folder)) + b"\n"
                lines = (
                    b"\t".join((name.encode(), *(part.encode() for part in _parts(entry)))) + _END + b"\n"
                    for name, writings in entries.items()
                    for entry in writings[-2:]
                )
                write_whole(file, head + b"".join(lines))
            for other in sorted(self._home.glob("*.tsv")):
                if time.time() - other.stat().st_mtime > _UNUSED_SECONDS and not _folder_of(other).is_dir():
                    other.unlink()

    def _file(self, target: Path) -> Path:
        place = os.fsencode(os.path.realpath(target.parent))
        return self._home / f"{digest(place)}.tsv"


def name_key(name: str) -> str:
    """Return a file name as a ledger spells it: one line of plain ASCII."""
    return _key(name).decode()


def _key(name: str) -> bytes:
    return name.encode("unicode_escape")


def _parts(entry: Entry) -> tuple[str, ...]:
    return entry.digest, entry.made, entry.sources


def _found(data: bytes, key: bytes) -> "list[Entry]":
    """Return the entries of one name without reading the others' lines."""
    found: list[Entry] = []
    start = -1
    while (start := data.find(b"\n" + key + b"\t", start + 1)) >= 0:
        line = data[start + 1 : data.find(b"\n", start + 1)]
        if line.endswith(_END):
            found.append(_parsed(line)[1])
    return found


def _parsed(line: bytes) -> tuple[str, Entry]:
    key, *parts = line.removesuffix(_END).decode("ascii", "replace").split("\t")
    return key, Entry(*(*parts, "", "", "")[:3])


def _folder_of(file: Path) -> Path:
    with file.open("rb") as opened:
        name = opened.readline(8192).removeprefix(b"\n" + _HEAD).removeprefix(_HEAD)
        if not name.strip():
            name = opened.readline(8192).removeprefix(_HEAD)
    return Path(name.strip().decode("unicode_escape"))
