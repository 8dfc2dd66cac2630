"""Fonts for every test that asks for them."""

from pathlib import Path

import pytest

from kexie_docs.fonts.fontset import MachineFonts
from tests.support.fonts import fandol_fonts, find_fandol, packaged_fonts


@pytest.fixture(scope="session")
def fandol_folder() -> Path:
    return find_fandol()


@pytest.fixture(scope="session")
def fandol() -> MachineFonts:
    return fandol_fonts()


@pytest.fixture(scope="session")
def packaged() -> MachineFonts:
    return packaged_fonts()
