"""Whatever ends a build: no output is torn, none is lost, and what is left over is cleared the next time."""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform != "linux":
    pytest.skip("processes are copied and looked up as on Linux", allow_module_level=True)

from tests.support.tools import require_fandol

SEED = int(os.environ.get("KEXIE_TEST_SEED") or random.randrange(1 << 32))

pytestmark = pytest.mark.slow


@pytest.fixture
def run(tmp_path: Path) -> tuple[str, ...]:
    """The arguments of a run of the script; it is a program of its own, since it copies its process."""
    require_fandol()
    return (sys.executable, "-m", "tests.support.faults", "--seed", str(SEED))


@pytest.mark.parametrize(
    ("fault", "expected"),
    [("kills", "kill -9: 200 runs"), ("pairs", "two at once: 20 runs"), ("full", "full disk: 50 runs")],
)
def test_no_output_is_torn_lost_or_littered(run: tuple[str, ...], fault: str, expected: str) -> None:
    others = {"kills", "pairs", "full"} - {fault}
    done = subprocess.run(
        [*run, *(f"--{other}=0" for other in sorted(others))],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, timeout=600, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"KEXIE_TEST_SEED={SEED}\n{done.stdout}\n{done.stderr}"
    assert expected in done.stdout
