"""A project in a folder of its own, a command line in it, and the fonts that its files name."""

import shutil
from pathlib import Path

import pytest

from kexie_docs.fonts.discover import FOLDER_VARIABLE
from tests.cli import conftest as command_line
from tests.support.fonts import fonts_beside_fandol
from tests.support.tools import require

ROOT = Path(__file__).parents[2]

command, folder = command_line.command, command_line.folder


@pytest.fixture(scope="session")
def workdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("styling")


@pytest.fixture(scope="session")
def more_fonts() -> dict[str, Path]:
    return fonts_beside_fandol()


@pytest.fixture(scope="session")
def soffice() -> str:
    return require("soffice")


@pytest.fixture
def project(folder: Path, fandol_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the example inputs in it, and Fandol to print with."""
    monkeypatch.setenv(FOLDER_VARIABLE, str(fandol_folder))
    monkeypatch.setenv("KEXIE_DOCS_HOME", str(folder / "home"))
    shutil.copytree(ROOT / "inputs", folder / "inputs")
    return folder
