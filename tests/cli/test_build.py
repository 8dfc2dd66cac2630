"""build, new, schema: what they write, print and refuse, with their exit codes."""

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import docx
import pdfplumber
import pytest

from tests.support.cli import Run

ROOT = Path(__file__).parents[2]


def written(folder: Path) -> set[str]:
    """Every file below the folder but the input."""
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*")
        if path.is_file() and path.name != "small.yaml"
    }


def test_build_writes_both_formats_and_prints_their_paths(command: Run, folder: Path) -> None:
    outcome = command("build", "small.yaml")
    assert outcome.code == 0
    assert outcome.out.splitlines() == [str(Path("outputs/small.docx")), str(Path("outputs/small.pdf"))]
    assert outcome.err == ""
    assert (folder / "outputs/small.docx").read_bytes().startswith(b"PK")
    assert (folder / "outputs/small.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["-f", "pdf"], {"outputs/small.pdf"}),
        (["-f", "docx", "-o", "elsewhere/deep"], {"elsewhere/deep/small.docx"}),
        (["-o", "one.docx"], {"one.docx"}),
        (["-t", "press"], {"outputs/small-press.docx", "outputs/small-press.pdf"}),
        (["-t", "summary"], {"outputs/small.docx", "outputs/small.pdf"}),
    ],
)
def test_options_choose_what_is_written(
    command: Run, folder: Path, options: list[str], expected: set[str]
) -> None:
    assert command("build", "small.yaml", *options).code == 0
    assert written(folder) == expected


def test_style_strict_sets_the_page_by_ink(command: Run, folder: Path) -> None:
    assert command("build", "small.yaml", "--style", "strict").code == 0
    section = docx.Document(str(folder / "outputs/small.docx")).sections[0]
    assert section.top_margin is not None
    assert section.top_margin.mm == pytest.approx(34.58, abs=0.02)


def test_debug_grid_draws_the_type_area_beneath_the_same_text(command: Run, folder: Path) -> None:
    assert command("build", "small.yaml", "-o", "plain.pdf").code == 0
    assert command("build", "small.yaml", "-o", "grid.pdf", "--debug-grid").code == 0
    with pdfplumber.open(folder / "plain.pdf") as plain, pdfplumber.open(folder / "grid.pdf") as grid:
        assert plain.pages[0].extract_text() == grid.pages[0].extract_text()
        assert plain.pages[0].rects == []
        edges = [float(rect["x0"]) for rect in grid.pages[0].rects if float(rect["height"]) > 600]
        assert min(edges) == pytest.approx(28 / 25.4 * 72, abs=0.3)
        assert len({round(edge) for edge in edges}) >= 29, "the lines between 28 characters"


@pytest.mark.parametrize(
    ("arguments", "code", "problem"),
    [
        (["nothing.yaml"], 3, "KD1"),
        (["small.yaml", "-t", "nothing"], 4, "KD4"),
        (["small.yaml", "-t", "../summary"], 4, "KD4"),
        (["small.yaml", "-o", "small.yaml/below"], 6, "KD601"),
        (["small.yaml", "copy/small.yaml"], 6, "KD603"),
        (["small.yaml", "copy/small.yaml", "-o", "one.pdf"], 6, "KD604"),
    ],
)
def test_refusals_have_one_message_a_code_and_no_file(
    command: Run, folder: Path, arguments: list[str], code: int, problem: str
) -> None:
    (folder / "copy").mkdir()
    (folder / "copy/small.yaml").write_text((folder / "small.yaml").read_text(encoding="utf-8"))
    before = written(folder)
    outcome = command("build", *arguments)
    assert outcome.code == code
    assert problem in outcome.err
    assert "Traceback" not in outcome.err
    assert written(folder) == before


def test_one_bad_input_does_not_stop_the_others(command: Run, folder: Path) -> None:
    (folder / "bad.yaml").write_text("年度: x\n", encoding="utf-8")
    outcome = command("build", "bad.yaml", "small.yaml")
    assert outcome.code == 3
    assert written(folder) == {"bad.yaml", "outputs/small.docx", "outputs/small.pdf"}


def test_json_problems_have_eight_keys(command: Run, folder: Path) -> None:
    (folder / "bad.yaml").write_text("单位: {全称: 甲}\n年度: 2025\n行动: 无\n", encoding="utf-8")
    outcome = command("build", "bad.yaml", "--json")
    rows = json.loads(outcome.out)
    assert outcome.code == 3
    assert rows
    assert set(rows[0]) == {"code", "severity", "file", "line", "column", "field", "message", "hint"}
    assert (rows[0]["file"], rows[0]["line"], rows[0]["field"]) == ("bad.yaml", 3, "行动")


def test_output_that_cannot_be_written_is_told(command: Run, folder: Path) -> None:
    """Root may write anywhere, so the target is a folder, which nobody can write as a file."""
    (folder / "outputs" / "small.docx").mkdir(parents=True)
    outcome = command("build", "small.yaml")
    assert outcome.code == 6
    assert "KD601" in outcome.err
    assert written(folder) == set()


def test_read_only_folder_is_told(command: Run, folder: Path) -> None:
    closed = folder / "closed"
    closed.mkdir()
    closed.chmod(stat.S_IRUSR | stat.S_IXUSR)
    target = Path("/proc/self") if os.getuid() == 0 else closed  # mode bits do not stop root
    outcome = command("build", "small.yaml", "-o", str(target))
    assert outcome.code == 6
    assert "KD601" in outcome.err


@pytest.mark.parametrize("template", ["summary", "report", "bulletin", "press"])
def test_new_writes_an_input_that_builds_at_once(command: Run, folder: Path, template: str) -> None:
    assert command("new", "mine.yaml", "-t", template).code == 0
    text = (folder / "mine.yaml").read_text(encoding="utf-8")
    schema = text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
    assert json.loads((folder / schema).read_text(encoding="utf-8"))["properties"]
    assert text.count("#") > 5, "it is commented"
    assert command("build", "mine.yaml").code == 0
    assert {"outputs/mine.docx", "outputs/mine.pdf"} <= written(folder)


def test_new_overwrites_nothing(command: Run, folder: Path) -> None:
    before = (folder / "small.yaml").read_text(encoding="utf-8")
    outcome = command("new", "small.yaml")
    assert outcome.code == 6
    assert "KD605" in outcome.err
    assert (folder / "small.yaml").read_text(encoding="utf-8") == before


def test_schema_is_printed_and_the_one_beside_the_inputs_is_current(command: Run) -> None:
    printed = command("schema").out
    assert json.loads(printed)["properties"]["单位"]
    assert (ROOT / "inputs/kexie-docs.schema.json").read_text(encoding="utf-8") == printed


def test_error_of_our_own_leaves_a_log_and_no_traceback(
    command: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_arguments: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kexie_docs.pipeline.Workshop.fill", broken)
    outcome = command("build", "small.yaml", lang="zh_CN.UTF-8")
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    log = Path(next(word for word in outcome.err.replace("：", " ").split() if word.endswith(".log")))
    assert "ZeroDivisionError" in log.read_text(encoding="utf-8")
    log.unlink()


@pytest.mark.parametrize("arguments", [["--version"], ["schema"], ["fonts", "list"]], ids=" ".join)
def test_light_commands_import_no_writer(arguments: list[str], folder: Path) -> None:
    program = (
        "import sys; from kexie_docs.cli.main import run\n"
        f"code = run({arguments!r})\n"
        "heavy = {'docx', 'reportlab', 'kexie_docs.writers.docx', 'kexie_docs.writers.pdf', 'rich'}\n"
        "sys.stderr.write(repr(sorted(heavy & set(sys.modules))))\n"
        "sys.exit(code)"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (0, "[]")


def test_building_one_document_loads_nothing_of_the_other_commands(folder: Path) -> None:
    """In either process: what a plain build does not need costs it time (`-X importtime` tells of both)."""
    done = subprocess.run(
        [sys.executable, "-X", "importtime", "-m", "kexie_docs", "build", "small.yaml"],
        capture_output=True, text=True, encoding="utf-8", check=True,
    )  # fmt: skip
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert {"kexie_docs.compose.rendering", "kexie_docs.writers.pdf.write"} <= loaded
    packages = ("batch", "inspection", "revisions", "restyle", "forms", "printing", "checks")
    unwanted = (*(f"kexie_docs.{name}" for name in packages), "kexie_docs.readers.ooxml")
    unwanted += ("rich", "pikepdf", "pypdfium2", "docxtpl", "tomlkit")
    assert {name for name in loaded if f"{name}.".startswith(tuple(f"{one}." for one in unwanted))} == set()


def test_same_input_gives_the_same_bytes_in_another_folder_time_zone_and_hash_seed(folder: Path) -> None:
    results = []
    for name, variables in (
        ("one", {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "LANG": "zh_CN.UTF-8"}),
        ("another/one", {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LANG": "C"}),
    ):
        place = folder / name
        place.mkdir(parents=True)
        source = ROOT / "inputs" / "zhangye-2025.yaml"
        (place / source.name).write_bytes(source.read_bytes())
        subprocess.run(
            [sys.executable, "-m", "kexie_docs", "build", source.name],
            cwd=place, env={**os.environ, **variables}, check=True, capture_output=True,
        )  # fmt: skip
        results.append({path.name: path.read_bytes() for path in (place / "outputs").iterdir()})
    assert set(results[0]) == {"zhangye-2025.docx", "zhangye-2025.pdf"}
    assert results[0] == results[1]
