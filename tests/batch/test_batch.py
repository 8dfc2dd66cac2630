"""`build` with several inputs: what is built, what is not, and what is said about it."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kexie_docs import pipeline
from kexie_docs.layout.pages import Layout
from tests.support.cli import SMALL, Run

ROOT = Path(__file__).parents[2]


@pytest.fixture
def inputs(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of three inputs, and ledgers of this test's own."""
    place = folder / "inputs"
    place.mkdir()
    for year in (2023, 2024, 2025):
        (place / f"{year}.yaml").write_text(SMALL.replace("2025", str(year)), encoding="utf-8")
    return place


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def names(*stems: object) -> set[str]:
    return {f"{stem}.{format}" for stem in stems for format in ("docx", "pdf")}


@pytest.mark.parametrize(
    "named",
    [
        ["inputs"],
        ["inputs/*.yaml"],
        ["**/20??.yaml"],
        ["inputs", "inputs/2023.yaml"],
        ["inputs/2023.yaml", "inputs/202[3-5].yaml"],
        ["inputs/2023.yaml", "inputs/2024.yaml", "inputs/2025.yaml"],
    ],
    ids=" ".join,
)
def test_files_folders_and_patterns_name_inputs(command: Run, inputs: Path, named: list[str]) -> None:
    """On Windows the shell leaves patterns as they are."""
    (inputs / "kexie-docs.schema.json").write_text("{}", encoding="utf-8")
    (inputs / ".hidden.yaml").write_text("", encoding="utf-8")
    (inputs / "notes.txt").write_text("", encoding="utf-8")
    outcome = command("build", *named)
    assert outcome.code == 0, outcome.err
    assert set(outcome.out.split()) == {str(Path("outputs") / name) for name in names(2023, 2024, 2025)}
    assert contents(Path("outputs")).keys() == names(2023, 2024, 2025)


@pytest.mark.parametrize("named", ["nothing/*.yaml", "empty"])
def test_a_folder_or_pattern_without_inputs_is_told_and_the_others_are_built(
    command: Run, inputs: Path, named: str
) -> None:
    Path("empty").mkdir()
    outcome = command("build", named, "inputs")
    assert outcome.code == 3
    assert f"{named}: error KD125" in outcome.err
    assert len(contents(Path("outputs"))) == 6


def test_one_bad_input_stops_no_other_and_the_worst_decides_the_exit_code(command: Run, inputs: Path) -> None:
    (inputs / "2024.yaml").write_text("年度: x\n", encoding="utf-8")
    Path("outputs/2025.pdf").mkdir(parents=True)
    outcome = command("build", "inputs", "none.yaml", "-j", "2")
    assert outcome.code == 6, "an output that cannot be written is worse than an input that cannot be read"
    assert [line for line in outcome.err.splitlines() if line.startswith("[")] == [
        "[1/4] written: inputs/2023.yaml",
        "[2/4] failed: inputs/2024.yaml",
        "[3/4] failed: inputs/2025.yaml",
        "[4/4] failed: none.yaml",
    ]
    summary = outcome.err.split("1 written, 0 unchanged, 3 failed.\n")[1].splitlines()
    assert summary[0].startswith("  inputs/2024.yaml: 单位")
    assert "cannot be written" in summary[1]
    assert "no such file" in summary[2]
    assert contents(Path("outputs/2025.pdf")) == {}


def test_the_same_files_whatever_the_number_of_processes_and_as_alone(command: Run, inputs: Path) -> None:
    for jobs in ("1", "2", "5"):
        assert command("build", "inputs", "-j", jobs, "-o", jobs).code == 0
    for path in sorted(inputs.iterdir()):
        assert command("build", str(path), "-o", "alone").code == 0
    assert contents(Path("1")) == contents(Path("2")) == contents(Path("5")) == contents(Path("alone"))


def status(command: Run, *arguments: str) -> dict[str, str]:
    rows = json.loads(command("build", *arguments, "--json").out)
    return {Path(row["input"]).stem: row["status"] for row in rows["documents"]}


WRITTEN = dict.fromkeys(("2023", "2024", "2025"), "written")
UNCHANGED = dict.fromkeys(("2023", "2024", "2025"), "unchanged")


def test_what_has_not_changed_is_not_built_again(command: Run, inputs: Path) -> None:
    assert status(command, "inputs") == WRITTEN
    before = {path.name: path.stat().st_mtime_ns for path in Path("outputs").iterdir()}
    outcome = command("build", "inputs")
    assert outcome.out == ""
    assert "0 written, 3 unchanged, 0 failed." in outcome.err
    assert {path.name: path.stat().st_mtime_ns for path in Path("outputs").iterdir()} == before
    assert status(command, "inputs", "--force") == WRITTEN


@pytest.mark.parametrize("options", [["-t", "press"], ["--style", "strict"], ["--debug-grid"]], ids=" ".join)
def test_other_options_build_again(command: Run, inputs: Path, options: list[str]) -> None:
    assert status(command, "inputs") == WRITTEN
    assert status(command, "inputs", *options) == WRITTEN
    assert status(command, "inputs", *options) == UNCHANGED


def test_one_format_of_two_is_current_by_itself(command: Run, inputs: Path) -> None:
    assert status(command, "inputs", "-f", "docx") == WRITTEN
    assert status(command, "inputs", "-f", "docx") == UNCHANGED
    assert status(command, "inputs") == WRITTEN
    assert status(command, "inputs", "-f", "docx") == UNCHANGED


def test_a_changed_input_is_built_again_and_line_ends_are_no_change(command: Run, inputs: Path) -> None:
    status(command, "inputs")
    text = (inputs / "2024.yaml").read_text(encoding="utf-8")
    (inputs / "2024.yaml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert status(command, "inputs") == UNCHANGED
    (inputs / "2024.yaml").write_text(text.replace("120", "130"), encoding="utf-8")
    assert status(command, "inputs") == {**UNCHANGED, "2024": "written"}
    os.utime(inputs / "2025.yaml")
    assert status(command, "inputs") == UNCHANGED


def test_what_an_input_builds_on_counts(command: Run, inputs: Path) -> None:
    (inputs / "2025.yaml").write_text("沿用: base/facts.yaml\n标题: 总结\n", encoding="utf-8")
    (inputs / "base").mkdir()
    facts = inputs / "base" / "facts.yaml"
    facts.write_text("沿用: more.yaml\n结语: 完。\n", encoding="utf-8")
    (inputs / "base" / "more.yaml").write_text(SMALL, encoding="utf-8")
    assert status(command, "inputs") == WRITTEN
    assert status(command, "inputs") == UNCHANGED
    (inputs / "base" / "more.yaml").write_text(SMALL.replace("120", "130"), encoding="utf-8")
    assert status(command, "inputs") == {**UNCHANGED, "2025": "written"}
    facts.unlink()
    assert status(command, "inputs") == {**UNCHANGED, "2025": "failed"}


def test_a_seal_counts(command: Run, inputs: Path) -> None:
    from PIL import Image

    seal = inputs / "seal.png"
    Image.new("RGBA", (40, 40), "red").save(seal)
    signed = "落款: {署名: 云溪市科学技术协会, 成文日期: 2025-12-31, 印章: {图片: seal.png}}\n模板: report\n"
    (inputs / "2025.yaml").write_text(SMALL + signed, encoding="utf-8")
    assert status(command, "inputs") == WRITTEN
    assert status(command, "inputs") == UNCHANGED
    Image.new("RGBA", (40, 40), "blue").save(seal)
    assert status(command, "inputs") == {**UNCHANGED, "2025": "written"}


def test_a_template_of_the_project_and_the_fonts_count(
    command: Run, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    status(command, "inputs")
    place = Path("templates/summary")
    place.mkdir(parents=True)
    for path in (ROOT / "templates/summary").iterdir():
        (place / path.name).write_bytes(path.read_bytes())
    assert status(command, "inputs") == WRITTEN
    assert status(command, "inputs") == UNCHANGED
    content = place / "content.md.j2"
    content.write_text(content.read_text(encoding="utf-8") + "\n完。\n", encoding="utf-8")
    assert status(command, "inputs") == WRITTEN
    assert status(command, "inputs") == UNCHANGED
    Path("fonts").mkdir()
    Path("fonts/mine.otf").write_bytes(b"")
    monkeypatch.setenv("KEXIE_DOCS_FONTS", str(Path("fonts").resolve()))
    assert status(command, "inputs") == WRITTEN


def test_missing_and_edited_outputs_are_built_again_and_no_edit_is_lost(command: Run, inputs: Path) -> None:
    status(command, "inputs")
    built = contents(Path("outputs"))
    Path("outputs/2023.pdf").unlink()
    edited = Path("outputs/2024.docx")
    edited.write_bytes(built["2024.docx"] + b"by hand")
    outcome = command("build", "inputs")
    assert outcome.code == 0
    assert "2 written, 1 unchanged, 0 failed." in outcome.err
    assert "outputs/2024.docx: warning KD610" in outcome.err
    assert "2024.edited.docx" in outcome.err
    assert contents(Path("outputs")) == {**built, "2024.edited.docx": built["2024.docx"] + b"by hand"}
    edited.write_bytes(b"once more")
    (inputs / "2024.yaml").write_text(SMALL, encoding="utf-8")
    assert "2024.edited-2.docx" in command("build", "inputs/2024.yaml").err
    assert Path("outputs/2024.edited-2.docx").read_bytes() == b"once more"
    assert Path("outputs/2024.edited.docx").read_bytes().endswith(b"by hand")


def test_an_edit_is_kept_when_one_input_is_built_alone(command: Run, folder: Path) -> None:
    assert command("build", "small.yaml").err == ""
    assert command("build", "small.yaml").err == ""
    Path("outputs/small.docx").write_bytes(b"by hand")
    assert "warning KD610" in command("build", "small.yaml").err
    assert Path("outputs/small.edited.docx").read_bytes() == b"by hand"
    assert command("build", "small.yaml").err == ""


def test_without_ledgers_everything_is_built_and_nothing_is_said(
    command: Run, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They may be deleted; a home that cannot be written to is none."""
    Path("home").write_bytes(b"")
    fonts = Path(os.environ.get("KEXIE_DOCS_HOME", "none")) / "fonts"
    monkeypatch.setenv("KEXIE_DOCS_FONTS", str(fonts))
    monkeypatch.setenv("KEXIE_DOCS_HOME", str(Path("home").resolve()))
    assert status(command, "inputs") == WRITTEN
    assert status(command, "inputs") == WRITTEN
    assert command("build", "inputs", "-q").err == ""


def test_json_has_documents_and_a_summary(command: Run, inputs: Path) -> None:
    (inputs / "2024.yaml").write_text("年度: x\n", encoding="utf-8")
    outcome = command("build", "inputs", "--json")
    rows = json.loads(outcome.out)
    assert rows["summary"] == {"written": 2, "unchanged": 0, "failed": 1}
    assert rows["interrupted"] is False
    assert rows["documents"][0] == {
        "input": str(Path("inputs/2023.yaml")),
        "status": "written",
        "files": [str(Path("outputs/2023.docx")), str(Path("outputs/2023.pdf"))],
        "problems": [],
    }
    assert rows["documents"][1]["problems"][0]["code"] == "KD202"
    assert outcome.code == 3


@pytest.mark.parametrize("jobs", ["0", "-1", "two", "1.5", "10000", ""])
def test_a_number_of_processes_that_is_none_is_told(command: Run, inputs: Path, jobs: str) -> None:
    outcome = command("build", "inputs", f"--jobs={jobs}")
    assert (outcome.code, "KD008" in outcome.err) == (2, True)


def test_an_error_of_our_own_stops_no_other_document(
    command: Run, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.write_word

    def broken(composition: pipeline.Composition, layout: Layout | None = None) -> bytes:
        if "2024" in repr(composition):
            raise ZeroDivisionError("planted")
        return real(composition, layout)

    monkeypatch.setattr(pipeline, "write_word", broken)
    outcome = command("build", "inputs", "-j", "2")
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    log = Path(outcome.err.split("the file ")[1].split(".log")[0] + ".log")
    assert "planted" in log.read_text(encoding="utf-8")
    log.unlink()
    assert "2 written, 0 unchanged, 1 failed." in outcome.err


def test_a_killed_process_costs_no_document_but_the_one_that_kills_it(
    command: Run, inputs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when memory runs out: the system kills the process, not the document."""
    real = pipeline.write_word

    def deadly(composition: pipeline.Composition, layout: Layout | None = None) -> bytes:
        if "2024" in repr(composition):
            os.kill(os.getpid(), signal.SIGKILL)
        return real(composition, layout)

    monkeypatch.setattr(pipeline, "write_word", deadly)
    outcome = command("build", "inputs", "-j", "2")
    assert outcome.code == 6
    assert "inputs/2024.yaml: error KD614" in outcome.err
    assert contents(Path("outputs")).keys() == names(2023, 2025)


def many(folder: Path, count: int) -> None:
    (folder / "many").mkdir()
    example = (ROOT / "inputs/zhangye-2025.yaml").read_text(encoding="utf-8")
    for number in range(count):
        (folder / "many" / f"{number:03}.yaml").write_text(example, encoding="utf-8")


@pytest.mark.skipif(sys.platform == "win32", reason="signals to a group")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_finishes_what_was_begun_and_says_what_was_written(folder: Path, jobs: str) -> None:
    many(folder, 60)
    with (folder / "out").open("w", encoding="utf-8") as out:
        running = subprocess.Popen(
            [sys.executable, "-m", "kexie_docs", "build", "many", "-j", jobs],
            cwd=folder, env={**os.environ, "LANG": "C"}, start_new_session=True,
            stdout=out, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        while not (folder / "outputs").exists():
            time.sleep(0.01)
        os.killpg(running.pid, signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert running.returncode == 130
    assert "Traceback" not in err
    told = {Path(line).name for line in (folder / "out").read_text(encoding="utf-8").split()}
    there = contents(folder / "outputs")
    assert told == there.keys()
    assert 0 < len(there) < 120
    assert len(there) % 2 == 0, "both files of an input, or none"
    assert f"Interrupted: {len(there) // 2} of 60 documents are done." in err
    assert all(data.startswith((b"PK", b"%PDF-")) for data in there.values())


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals")
def test_a_terminal_sees_a_bar_with_names_and_the_time_left(folder: Path) -> None:
    import pty

    many(folder, 12)
    ours, theirs = pty.openpty()
    running = subprocess.Popen(
        [sys.executable, "-m", "kexie_docs", "build", "many", "-j", "2"],
        cwd=folder, env={**os.environ, "LANG": "C", "TERM": "xterm", "COLUMNS": "100"},
        stdout=subprocess.PIPE, stderr=theirs, text=True,
    )  # fmt: skip
    os.close(theirs)
    seen = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:
            break
        if not data:
            break
        seen += data
    paths = running.communicate(timeout=60)[0].split()
    assert running.returncode == 0
    os.close(ours)
    text = seen.decode()
    assert len(paths) == 24, "paths go to stdout, whatever the terminal shows"
    assert "/12" in text
    assert "011.yaml" in text
    assert "0:00:" in text
    assert "12 written, 0 unchanged, 0 failed." in text
    assert "[1/12]" not in text


def test_a_second_folder_time_zone_and_hash_seed_give_the_same_bytes(folder: Path) -> None:
    results = []
    for name, jobs, variables in (
        ("one", "1", {"TZ": "Asia/Shanghai", "PYTHONHASHSEED": "1", "LANG": "zh_CN.UTF-8"}),
        ("another/one", "2", {"TZ": "America/New_York", "PYTHONHASHSEED": "2", "LANG": "C"}),
    ):
        place = folder / name
        place.mkdir(parents=True)
        inputs = [path for path in sorted((ROOT / "inputs").glob("*.yaml"))]
        for path in inputs:
            (place / path.name).write_bytes(path.read_bytes())
        subprocess.run(
            [sys.executable, "-m", "kexie_docs", "build", ".", "-j", jobs],
            cwd=place, env={**os.environ, **variables}, check=True, capture_output=True,
        )  # fmt: skip
        results.append(contents(place / "outputs"))
        time.sleep(1.1)  # the clock of a ZIP archive has steps of two seconds
    assert len(results[0]) == 2 * len(inputs)
    assert results[0] == results[1]
