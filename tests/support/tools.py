"""Tools that tests need from the system: a user may lack one, continuous integration may not."""

import os
import shutil
from pathlib import Path

import pytest

from kexie_docs.pipeline import user_folder


def require(program: str) -> str:
    """Return the program's path; skip the test without it, or fail where KEXIE_TEST_ALL is set."""
    found = shutil.which(program)
    if found is None:
        missing(program)
    assert found is not None
    return found


def require_fandol() -> Path:
    """Return the folder of the Fandol fonts; skip or fail likewise."""
    folder = user_folder(os.environ) / "fonts"
    if not (folder / "FandolFang-Regular.otf").exists():
        missing("Fandol fonts (kexie-docs fonts install)")
    return folder


def missing(what: str) -> None:
    """Skip for a missing tool, or fail where KEXIE_TEST_ALL is set."""
    if os.environ.get("KEXIE_TEST_ALL"):
        pytest.fail(f"{what} is missing")
    pytest.skip(f"{what} is missing")
