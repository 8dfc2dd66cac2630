"""Fonts for every test that asks for them, and how property tests run."""

from pathlib import Path

import pytest
from hypothesis import settings

from kexie_docs.fonts.fontset import MachineFonts
from tests.support.fonts import fandol_fonts, find_fandol, packaged_fonts
from tests.support.seeds import new_seed

# Machines are noisy, and how long a single example took is no behaviour.
settings.register_profile("kexie_docs", deadline=None)
settings.load_profile("kexie_docs")


@pytest.fixture(scope="module")
def seed() -> int:
    """A new seed each run, printed; KEXIE_TEST_SEED repeats one."""
    return new_seed()


@pytest.fixture(scope="session")
def fandol_folder() -> Path:
    return find_fandol()


@pytest.fixture(scope="session")
def fandol() -> MachineFonts:
    return fandol_fonts()


@pytest.fixture(scope="session")
def packaged() -> MachineFonts:
    return packaged_fonts()
