"""The command line in a folder with an input for forms."""

from pathlib import Path

import pytest

from tests.cli.conftest import command, folder
from tests.forms.making import write_input

__all__ = ["command", "folder"]


@pytest.fixture
def source(folder: Path) -> Path:
    """The input, in the current folder."""
    return write_input(folder)
