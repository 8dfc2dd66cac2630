"""Drafting in a second process: the same files and messages as in one, whatever goes wrong."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2, reason="one process is all there is"
)


def one_core() -> None:
    os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})


def build(
    folder: Path, *arguments: str, setup: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run a build as its own process; ``setup`` runs in it first."""
    return subprocess.run(
        [sys.executable, "-m", "kexie_docs", "build", *arguments],
        cwd=folder, env={**os.environ, "LANG": "C", "PYTHONPATH": str(ROOT)}, preexec_fn=setup,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_two_processes_make_what_one_makes(folder: Path) -> None:
    (folder / "bad.yaml").write_text("年度: x\n", encoding="utf-8")
    inputs = [str(path) for path in sorted((ROOT / "inputs").glob("*.yaml"))]
    two = build(folder, "bad.yaml", *inputs, "nothing.yaml", "-o", "two")
    one = build(folder, "bad.yaml", *inputs, "nothing.yaml", "-o", "one", setup=one_core)
    assert (two.returncode, two.stderr) == (one.returncode, one.stderr)
    assert two.returncode == 3
    assert two.stdout.replace("two", "one") == one.stdout
    assert len(contents(folder / "two")) == 2 * len(inputs)
    assert contents(folder / "two") == contents(folder / "one")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--wrong"], 2),
        (["--help"], 0),
        (["small.yaml", "-t", "none"], 4),
        (["small.yaml", "./small.yaml"], 6),
    ],
)
def test_a_build_that_stops_early_ends_both_processes(folder: Path, arguments: list[str], code: int) -> None:
    """The pipes close only when both have ended; a process left behind would run into the timeout."""
    assert build(folder, *arguments).returncode == code


def test_a_crash_while_drafting_is_reported_with_its_own_traceback(folder: Path) -> None:
    program = (
        "import sys\n"
        "import kexie_docs.pipeline as pipeline\n"
        "def broken(*arguments): raise ZeroDivisionError('planted')\n"
        "pipeline.Workshop.fill = broken\n"
        "from kexie_docs.cli.main import main\n"
        "sys.argv[1:] = ['build', 'small.yaml']\n"
        "main()"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder, env={**os.environ, "LANG": "C", "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 1
    log = Path(done.stderr.split("the file ")[1].strip().rstrip("."))
    assert "planted" in log.read_text(encoding="utf-8")
    log.unlink()
    assert not (folder / "outputs").exists()


def test_the_drafting_process_loads_no_parser_and_the_other_no_model() -> None:
    """Each half loads its own libraries only; that is what the second process is for."""
    drafting = "import kexie_docs.compose.rendering, kexie_docs.readers.reader"
    other = (
        "import kexie_docs.cli.build, kexie_docs.cli.building, kexie_docs.readers.parsing\n"
        "import kexie_docs.compose.assemble, kexie_docs.layout.document, kexie_docs.writers.pdf.write"
    )
    for program, foreign in (
        (drafting, {"yaml", "markdown_it", "reportlab", "uharfbuzz"}),
        (other, {"pydantic", "jinja2"}),
    ):
        show = f"import sys\n{program}\nprint(sorted({foreign!r} & set(sys.modules)))"
        done = subprocess.run(
            [sys.executable, "-c", show], capture_output=True, text=True, check=True,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        assert done.stdout.strip() == "[]"
