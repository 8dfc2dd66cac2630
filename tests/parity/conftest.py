"""Fonts and a folder for the judge."""

from pathlib import Path

import pytest

from kexie_docs.fonts.discover import packaged_folders


@pytest.fixture(scope="session")
def more_fonts() -> dict[str, Path]:
    """Files that have what Fandol lacks."""
    files = [path for folder in packaged_folders() for path in sorted(folder.rglob("*.otf"))]
    return {f"More {number}": path for number, path in enumerate(files)}


@pytest.fixture(scope="session")
def workdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("judge")
