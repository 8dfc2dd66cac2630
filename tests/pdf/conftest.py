"""Fonts for the PDF writer's tests."""

from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[1] / "data" / "seeds"


@pytest.fixture(scope="session")
def seed() -> str:
    """One seed text without line ends."""
    return (SEEDS / "zhangye-2025.txt").read_text(encoding="utf-8").replace("\n", "")
