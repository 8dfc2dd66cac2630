"""Nothing that lies about configures reportlab: settings files, modules in the folder, the environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

TRAP = "import pathlib; pathlib.Path({mark!r}).touch()\n"

LOOK = """
import os, sys
from kexie_docs.writers.pdf import guard
from reportlab import rl_config
guard.require_safe_settings()
print(rl_config.trustedHosts, rl_config.toColorCanUse, rl_config.invariant, os.environ["RL_trustedHosts"])
"""


@pytest.fixture
def trapped(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder and home full of files that reportlab would run, and an environment it would obey."""
    for name in ("reportlab_mods.py", "reportlab_settings.py", ".reportlab_mods", ".reportlab_settings"):
        mark = str(tmp_path / f"ran {name}")
        (tmp_path / name).write_text(TRAP.format(mark=mark) + "trustedHosts = ['*']\n", encoding="utf-8")
    environment = {
        **os.environ,
        "HOME": str(tmp_path),
        "USERPROFILE": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT)]),
        "RL_trustedHosts": "*",
        "RL_toColorCanUse": "rl_safe_eval",
        "RL_invariant": "7",
    }
    return tmp_path, environment


def run(code: str, folder: Path, environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_nothing_outside_the_package_configures_reportlab(trapped: tuple[Path, dict[str, str]]) -> None:
    folder, environment = trapped
    done = run(LOOK, folder, environment)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["None", "rl_extended_literal_eval", "0", "*"]
    assert list(folder.glob("ran *")) == []


def test_the_trap_would_catch_an_unguarded_import(trapped: tuple[Path, dict[str, str]]) -> None:
    folder, environment = trapped
    run("from reportlab import rl_config", folder, environment)
    assert {path.name for path in folder.glob("ran *")} >= {
        "ran reportlab_mods.py",
        "ran reportlab_settings.py",
    }


def test_a_reportlab_that_was_opened_up_before_is_refused(trapped: tuple[Path, dict[str, str]]) -> None:
    folder, environment = trapped
    code = (
        "from reportlab import rl_config\nrl_config.trustedHosts = ['*']\n"
        "from kexie_docs.errors import OutputError\n"
        "from kexie_docs.writers.pdf import guard\n"
        "try:\n    guard.require_safe_settings()\n"
        "except OutputError as error:\n    print(error.problems[0].code)\n"
    )
    clean = {name: value for name, value in environment.items() if not name.startswith("RL_")}
    assert run(code, folder, clean).stdout.split() == ["KD690"]
