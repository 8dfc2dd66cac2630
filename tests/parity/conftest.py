"""Fonts and a folder for the judge."""

from pathlib import Path

import pytest

from tests.support.fonts import fonts_beside_fandol


@pytest.fixture(scope="session")
def more_fonts() -> dict[str, Path]:
    return fonts_beside_fandol()


@pytest.fixture(scope="session")
def workdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("judge")
