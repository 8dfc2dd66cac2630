"""`kexie-docs check` of finished files: streams, exit codes, JSON, inputs and files in one call."""

import json
import shutil
from pathlib import Path

from tests.cli.conftest import command, folder  # noqa: F401  the same fixtures as for other commands
from tests.support.cli import Run


def test_conformant_file_ends_with_nought_and_says_how_it_was_read(command: Run, good: Path) -> None:  # noqa: F811
    outcome = command("check", str(good / "strict" / "full.docx"))
    assert (outcome.code, outcome.out) == (0, "")
    assert "fits the ink reading" in outcome.err
    assert "0 must, 0 normal, 0 recommended" in outcome.err


def test_broken_must_ends_with_seven(command: Run, spoiled_files: Path) -> None:  # noqa: F811
    path = spoiled_files / "office" / "top margin 25.4 mm.docx"
    outcome = command("check", str(path))
    assert outcome.code == 7
    assert outcome.out.startswith(f"{path}: must KC502: top margin: 25.4 mm; required: 37 ± 1 mm")
    assert "fits neither reading" in outcome.err


def test_lesser_findings_fail_only_when_asked(command: Run, spoiled_files: Path) -> None:  # noqa: F811
    path = str(spoiled_files / "office" / "title of size 3.docx")
    outcome = command("check", path)
    assert (outcome.code, "normal KC712" in outcome.out) == (0, True)
    assert command("check", path, "--strict").code == 7


def test_findings_can_be_had_as_json(command: Run, spoiled_files: Path) -> None:  # noqa: F811
    path = spoiled_files / "office" / "paragraph not indented.docx"
    outcome = command("check", str(path), "--json")
    assert outcome.code == 7
    [row] = json.loads(outcome.out)
    assert (row["code"], row["severity"], row["file"]) == ("KC604", "must", str(path))
    assert (row["clause"], row["measured"], row["required"]) == (
        "GB/T 9704-2012 7.3.3",
        "0.0 characters",
        "2 characters",
    )
    assert row["excerpt"].startswith("走访服务企业")


def test_page_is_told_for_a_pdf(command: Run, good: Path, folder: Path) -> None:  # noqa: F811
    shutil.copy(good / "full.yaml", folder / "doubled.yaml")
    text = (folder / "doubled.yaml").read_text(encoding="utf-8").replace("各项制度，", "各项制度,")
    (folder / "doubled.yaml").write_text(text, encoding="utf-8")
    assert command("build", "doubled.yaml", "-o", "out").code == 0
    rows = json.loads(command("check", "out/doubled.pdf", "--json").out)
    assert [(row["code"], row["page"]) for row in rows if row["severity"] == "must"] == [("KC101", 2)]


def test_unreadable_file_ends_with_three_and_the_others_are_checked(
    command: Run,  # noqa: F811
    folder: Path,  # noqa: F811
    spoiled_files: Path,
) -> None:
    (folder / "no.pdf").write_bytes(b"hello")
    outcome = command("check", "no.pdf", str(spoiled_files / "office" / "no red rule.docx"), "small.yaml")
    assert outcome.code == 3
    assert "no.pdf: error KD141: This is no PDF" in outcome.err
    assert "KC704" in outcome.out


def test_finished_files_are_not_repaired(command: Run, good: Path) -> None:  # noqa: F811
    outcome = command("check", "--fix", str(good / "office" / "full.docx"))
    assert (outcome.code, "KD008" in outcome.err) == (2, True)


def test_rule_for_files_is_explained(command: Run) -> None:  # noqa: F811
    outcome = command("explain", "KC741")
    assert outcome.code == 0
    assert outcome.out.startswith("KC741 (must)")
    assert "7.4.1" in outcome.out
