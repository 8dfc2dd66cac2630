"""Whatever the environment holds, the same document is made, and nothing of it is run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.cli import SMALL
from tests.support.tools import require_fandol

ROOT = Path(__file__).parents[2]

HARMLESS: dict[str, dict[str, str]] = {
    "reportlab is told to run code": {"RL_toColorCanUse": "rl_safe_eval", "RL_trustedHosts": "*"},
    "reportlab is told other things": {
        "RL_invariant": "0",
        "RL_pageCompression": "x",
        "RL_T1SearchPath": "/",
    },
    "ASCII only": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    "no language": {"LANG": "", "LC_ALL": "", "KEXIE_DOCS_LANG": ""},
    "an unknown language": {"KEXIE_DOCS_LANG": "../../etc", "LANG": "xx_YY.ISO-2022-JP", "LANGUAGE": "a:b/c"},
    "no temporary folder": {"TMPDIR": "/nonexistent", "TEMP": "/nonexistent"},
    "no home": {"HOME": "/nonexistent", "XDG_DATA_HOME": "", "XDG_CACHE_HOME": "/dev/null"},
    "an empty home": {"HOME": ""},
    "a relative home": {"HOME": ".", "XDG_DATA_HOME": "."},
    "a terminal of no width": {"COLUMNS": "0", "LINES": "-1", "TERM": "x" * 5000},
    "a terminal of no number": {"COLUMNS": "abc", "NO_COLOR": "1", "FORCE_COLOR": "1", "TERM": ""},
    "fonts in odd places": {"KEXIE_DOCS_FONTS": ":::/dev/zero:/nonexistent:.:\udcff"},
    "a device as font configuration": {"FONTCONFIG_FILE": "/dev/zero"},
    "a folder as font configuration": {"FONTCONFIG_FILE": "/"},
    "a clock far off": {"TZ": "Nowhere/None", "SOURCE_DATE_EPOCH": "x"},
    "a long variable": {"ANYTHING": "x" * 100_000},
    "old plugins": {"PYDANTIC_DISABLE_PLUGINS": "x", "PYTHONWARNINGS": "ignore", "PYTHONHASHSEED": "7"},
    "a debugger": {"PYTHONBREAKPOINT": "os.system", "PYTHONINSPECT": ""},
    "proxies": {"http_proxy": "http://127.0.0.1:1", "https_proxy": "http://127.0.0.1:1"},
}


def build(folder: Path, environment: dict[str, str], *, cwd: Path | None = None) -> dict[str, bytes]:
    """Build as an installed program is run: without the current folder among the places of modules."""
    program = "from kexie_docs.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-P", "-c", program, "build", str(folder / "in.yaml"), "-o", str(folder / "out")],
        cwd=cwd or folder, env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr.decode("utf-8", "replace")
    assert b"Traceback" not in done.stderr
    return {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())}


@pytest.fixture
def prepared(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A folder with an input, and variables that name the fonts whatever else is named."""
    (tmp_path / "in.yaml").write_text(SMALL, encoding="utf-8")
    return tmp_path, {"KEXIE_DOCS_FONTS": str(require_fandol())}


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is built in an environment with nothing odd in it."""
    folder = tmp_path_factory.mktemp("plain")
    (folder / "in.yaml").write_text(SMALL, encoding="utf-8")
    return build(folder, {"KEXIE_DOCS_FONTS": str(require_fandol())})


@pytest.mark.parametrize("name", HARMLESS)
def test_the_environment_changes_nothing(
    prepared: tuple[Path, dict[str, str]], expected: dict[str, bytes], name: str
) -> None:
    folder, fonts = prepared
    changed = {**fonts, **HARMLESS[name]}
    if changed["KEXIE_DOCS_FONTS"] != fonts["KEXIE_DOCS_FONTS"]:
        changed["KEXIE_DOCS_FONTS"] += os.pathsep + fonts["KEXIE_DOCS_FONTS"]
    assert build(folder, changed) == expected


def test_modules_in_the_current_folder_are_not_run(
    prepared: tuple[Path, dict[str, str]], expected: dict[str, bytes]
) -> None:
    """ReportLab imports `reportlab_mods` and `reportlab_settings` from wherever Python finds them."""
    folder, fonts = prepared
    trap = folder / "trap"
    trap.mkdir()
    for module in (
        "reportlab_mods",
        "reportlab_settings",
        "sitecustomize",
        "yaml",
        "docx",
        "typing_extensions",
    ):
        (trap / f"{module}.py").write_text(
            f"open({str(folder / 'pwned')!r}, 'w').write('{module}')", encoding="utf-8"
        )
    for hidden in (".reportlab_mods", ".reportlab_settings"):
        (trap / hidden).write_text(f"open({str(folder / 'pwned')!r}, 'w').write('x')", encoding="utf-8")
    assert build(folder, {**fonts, "HOME": str(trap)}, cwd=trap) == expected
    assert not (folder / "pwned").exists()


def test_a_closed_output_ends_the_program_quietly(prepared: tuple[Path, dict[str, str]]) -> None:
    """As in `kexie-docs build … | head -0`."""
    folder, fonts = prepared
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(
        [sys.executable, "-m", "kexie_docs", "build", "in.yaml"],
        cwd=folder, env={**os.environ, **fonts, "PYTHONPATH": str(ROOT)}, stdout=writing,
        stderr=subprocess.PIPE, timeout=60, check=False,
    )  # fmt: skip
    os.close(writing)
    assert b"Traceback" not in done.stderr
    assert (folder / "outputs" / "in.pdf").read_bytes().rstrip().endswith(b"%%EOF")


def test_the_class_is_a_row_of_the_security_document() -> None:
    assert "| Variables of the environment |" in (ROOT / "SECURITY.md").read_text(encoding="utf-8")
