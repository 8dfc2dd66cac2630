"""The wheel is self-sufficient: what is in it builds a document, away from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_wheel_carries_templates_style_and_messages(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path / "dist")],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    installed = tmp_path / "site"
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(installed)
    work = tmp_path / "work"
    work.mkdir()
    program = (
        f"import sys; sys.path.insert(0, {str(installed)!r})\n"
        "import kexie_docs\n"
        f"assert kexie_docs.__file__.startswith({str(installed)!r})\n"
        "from kexie_docs.cli.main import run\n"
        "sys.exit(run(['new', 'mine.yaml']) or run(['build', 'mine.yaml']))"
    )
    done = subprocess.run(
        [sys.executable, "-P", "-c", program],
        cwd=work, env={**os.environ, "LANG": "zh_CN.UTF-8"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in (work / "outputs").iterdir()} == {"mine.docx", "mine.pdf"}
    help_text = subprocess.run(
        [sys.executable, "-P", "-c", program.replace("['new', 'mine.yaml']", "['--help']")],
        cwd=work, env={**os.environ, "LANG": "zh_CN.UTF-8"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "公文" in help_text.stdout
