"""`kexie-docs check` and `explain`: findings, exit codes, repairs in the files."""

import json
import re
from pathlib import Path

from tests.support.cli import SMALL, Run

WRONG = SMALL.replace("年，", "年,")


def test_clean_input_has_no_findings(command: Run) -> None:
    outcome = command("check", "small.yaml")
    assert (outcome.code, outcome.out) == (0, "")


def test_error_is_told_with_its_place_and_ends_with_seven(command: Run, folder: Path) -> None:
    (folder / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    outcome = command("check", "wrong.yaml")
    assert outcome.code == 7
    assert outcome.out.startswith("wrong.yaml:6:10: error KC101: ")


def test_warnings_fail_only_when_asked(command: Run, folder: Path) -> None:
    (folder / "warned.yaml").write_text(SMALL.replace("举办", "举 办"), encoding="utf-8")
    assert command("check", "warned.yaml").code == 0
    assert command("check", "warned.yaml", "--strict").code == 7


def test_findings_can_be_had_as_json(command: Run, folder: Path) -> None:
    (folder / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    [row] = json.loads(command("check", "wrong.yaml", "--json").out)
    assert (row["code"], row["severity"], row["line"], row["column"]) == ("KC101", "error", 6, 10)


def test_unreadable_input_ends_with_three_and_others_are_checked(command: Run, folder: Path) -> None:
    (folder / "wrong.yaml").write_text(WRONG, encoding="utf-8")
    outcome = command("check", "missing.yaml", "wrong.yaml")
    assert outcome.code == 3
    assert "KD101" in outcome.err
    assert "KC101" in outcome.out
    assert re.search(r"^Errors: 2; warnings: \d+\.$", outcome.err, flags=re.MULTILINE)


def test_fix_repairs_the_file_and_tells_what(command: Run, folder: Path) -> None:
    path = folder / "wrong.yaml"
    path.write_bytes(("\ufeff" + WRONG).replace("\n", "\r\n").encode())
    path.chmod(0o640)
    outcome = command("check", "wrong.yaml", "--fix")
    assert outcome.code == 0
    assert "KC101" in outcome.out
    assert path.read_bytes() == ("\ufeff" + SMALL).replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640


def test_fix_without_faults_does_not_write(command: Run, folder: Path) -> None:
    before = (folder / "small.yaml").stat()
    command("check", "small.yaml", "--fix")
    after = (folder / "small.yaml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_two_years_are_checked_together(command: Run, folder: Path) -> None:
    last = SMALL.replace("2025", "2024").replace("120余场", "268场")
    (folder / "last.yaml").write_text(last, encoding="utf-8")
    (folder / "this.yaml").write_text(
        SMALL.replace("120余场", "{数值: 312场, 上年: 286场}"), encoding="utf-8"
    )
    assert "KC320" not in command("check", "this.yaml").out
    assert "KC320" in command("check", "last.yaml", "this.yaml").out


def test_rule_is_explained(command: Run) -> None:
    outcome = command("explain", "kc101")
    assert outcome.code == 0
    assert [label for label in ("Why:", "Wrong:", "Right:", "Source:") if label in outcome.out]


def test_unknown_code_is_refused(command: Run) -> None:
    assert command("explain", "KC999").code == 2
    assert command("explain", "KD101").code == 2


def test_what_build_would_refuse_is_told_too(command: Run, folder: Path) -> None:
    """Nobody wants to hear that there are no errors, and then that the template is not there."""
    (folder / "other.yaml").write_text("模板: nothere\n" + WRONG, encoding="utf-8")
    assert command("build", "other.yaml").code == 4
    outcome = command("check", "other.yaml")
    assert outcome.code == 4
    assert outcome.err.startswith("other.yaml:1:5: error KD401: ")
    assert outcome.out.startswith("other.yaml:7:10: error KC101: ")
    rows = json.loads(command("check", "other.yaml", "--json").out)
    assert [row["code"] for row in rows] == ["KD401", "KC101"]
