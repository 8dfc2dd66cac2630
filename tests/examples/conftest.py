"""The example documents, built once as a user builds them."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def outputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with both examples in both formats."""
    folder = tmp_path_factory.mktemp("examples")
    sources = [str(ROOT / "inputs" / name) for name in ("zhangye-2025.yaml", "qingyang-2024.yaml")]
    subprocess.run(
        [sys.executable, "-m", "kexie_docs", "build", *sources, "-o", str(folder)],
        check=True, env=dict(os.environ), capture_output=True,
    )  # fmt: skip
    return folder
