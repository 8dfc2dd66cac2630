"""Reading a text as if it were a file, and its problems."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kexie_docs.errors import InputError, Problem
from kexie_docs.readers.reader import LoadedReport, read_report

Read = Callable[..., LoadedReport]
Problems = Callable[..., list[Problem]]


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Return a function that reads a text (or bytes) as an input file named ``input.yaml``."""

    def read_text(text: str | bytes, name: str = "input.yaml") -> LoadedReport:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_report(path, display=name)

    return read_text


@pytest.fixture
def problems(read: Read) -> Problems:
    """Return a function that reads a text that is not valid and returns what is wrong with it."""

    def problems_of(text: str | bytes, name: str = "input.yaml") -> list[Problem]:
        with pytest.raises(InputError) as caught:
            read(text, name)
        return list(caught.value.problems)

    return problems_of
