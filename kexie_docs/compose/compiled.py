"""Compiled code of the templates that come with kexie_docs, kept as Python keeps that of modules.

Compiling a template takes longer than rendering it: 8 of the 150 ms of a whole build. Only our own files are
kept; those of other authors get the guard's checks when they are compiled, and are compiled each time.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2.bccache import Bucket, BytecodeCache

if TYPE_CHECKING:
    from jinja2 import Environment

_NOT_KEPT = ""


class CompiledTemplates(BytecodeCache):
    """Jinja2's store of compiled code, in one folder of the user's own."""

    def __init__(self, folder: Path, is_shipped: Callable[[str], bool], settings: str) -> None:
        """Keep code in a folder.

        Args:
            folder: made when there is something to keep; where that is not possible, nothing is kept.
            is_shipped: whether a template comes with kexie_docs.
            settings: what else than its source decides what a template is compiled to.
        """
        self._folder = folder
        self._is_shipped = is_shipped
        self._settings = settings

    def get_bucket(self, environment: "Environment", name: str, filename: str | None, source: str) -> Bucket:
        """Return a template's code, as far as it is kept."""
        if not self._is_shipped(name):
            return Bucket(environment, _NOT_KEPT, "")
        key = self.get_cache_key(name, filename)
        bucket = Bucket(environment, key, self.get_source_checksum(self._settings + source))
        self.load_bytecode(bucket)
        return bucket

    def load_bytecode(self, bucket: Bucket) -> None:
        """Read a template's code, unless somebody else may have written it."""
        with suppress(OSError, EOFError, ValueError, TypeError), self._path(bucket).open("rb") as file:
            status = os.fstat(file.fileno())
            if status.st_uid == os.geteuid() and not status.st_mode & 0o022:
                bucket.load_bytecode(file)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code, whole or not at all."""
        if bucket.key == _NOT_KEPT:
            return
        path = self._path(bucket)
        temporary = path.with_name(f"{path.name}.{os.getpid()}")
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            temporary.touch(mode=0o600, exist_ok=False)
            with temporary.open("wb") as file:
                bucket.write_bytecode(file)
            temporary.replace(path)

    def _path(self, bucket: Bucket) -> Path:
        return self._folder / bucket.key
