"""`kexie-docs verify` and `pull`: what they print, ask and write, and how they end."""

import json
import sys
from pathlib import Path

import pytest
import typer

from tests.support.cli import SMALL, Run
from tests.verify.edits import WordFile

ROOT = Path(__file__).parents[2]


@pytest.fixture
def edited(command: Run, folder: Path) -> Path:
    """A copy of the small input's document with another figure and other words."""
    assert command("build", "small.yaml", "--formats", "docx").code == 0
    file = WordFile((folder / "outputs/small.docx").read_bytes())
    file.replace("120余场", "130余场")
    file.replace("举办", "组织")
    path = folder / "edited.docx"
    path.write_bytes(file.data())
    return path


def test_untouched_copy_ends_with_zero(command: Run) -> None:
    command("build", "small.yaml")
    for name in ("outputs/small.docx", "outputs/small.pdf"):
        outcome = command("verify", name, "small.yaml")
        assert (outcome.code, outcome.out, outcome.err) == (0, "", "No differences.\n")


@pytest.mark.usefixtures("edited")
def test_differences_are_printed_with_their_places_and_end_with_seven(command: Run) -> None:
    outcome = command("verify", "edited.docx", "small.yaml")
    assert outcome.code == 7
    assert outcome.out.splitlines() == [
        "edited.docx, paragraph 2: figure changed: 120余场 → 130余场 (科普活动) [small.yaml:4:9]",
        "edited.docx, paragraph 2: text changed in “2025年，云溪市科协组织科普活动130…” [small.yaml:6:20]",
        "  …2025年，云溪市科协【举办 → 组织】科普活动120余场。…",
    ]
    assert outcome.err == "2 differences.\n"


@pytest.mark.usefixtures("edited")
def test_differences_can_be_had_as_json(command: Run) -> None:
    outcome = command("verify", "edited.docx", "small.yaml", "--json")
    assert (outcome.code, outcome.err) == (7, "")
    figure, words = json.loads(outcome.out)
    assert (figure["kind"], figure["old"], figure["new"]) == ("figure-changed", "120余场", "130余场")
    assert (figure["metric"], figure["file"], figure["line"]) == ("科普活动", "small.yaml", 4)
    assert words["changes"] == [
        {"before": "2025年，云溪市科协", "old": "举办", "new": "组织", "after": "科普活动120余场。"}
    ]


@pytest.mark.usefixtures("edited")
def test_pull_shows_the_lines_and_writes_them(command: Run, folder: Path) -> None:
    outcome = command("pull", "edited.docx", "small.yaml", "--yes")
    assert (outcome.code, outcome.out) == (0, "small.yaml\n")
    assert "-  科普活动: 120余场\n+  科普活动: 130余场\n" in outcome.err
    after = SMALL.replace("120余场", "130余场").replace("举办", "组织")
    assert (folder / "small.yaml").read_text(encoding="utf-8") == after
    assert command("verify", "edited.docx", "small.yaml").code == 0
    again = command("pull", "edited.docx", "small.yaml", "--yes")
    assert (again.code, again.out) == (0, "")
    assert (folder / "small.yaml").read_text(encoding="utf-8") == after


@pytest.mark.usefixtures("edited")
def test_line_ends_and_rights_of_the_input_stay(command: Run, folder: Path) -> None:
    path = folder / "small.yaml"
    path.write_bytes(("\ufeff" + SMALL).replace("\n", "\r\n").encode())
    path.chmod(0o640)
    assert command("pull", "edited.docx", "small.yaml", "--yes").code == 0
    after = SMALL.replace("120余场", "130余场").replace("举办", "组织")
    assert path.read_bytes() == ("\ufeff" + after).replace("\n", "\r\n").encode()
    assert path.stat().st_mode & 0o777 == 0o640


@pytest.mark.usefixtures("edited")
def test_nothing_is_written_when_nobody_can_be_asked(
    command: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False, raising=False)
    outcome = command("pull", "edited.docx", "small.yaml")
    assert outcome.code == 2
    assert "+  科普活动: 130余场" in outcome.err
    assert "--yes" in outcome.err
    assert (folder / "small.yaml").read_text(encoding="utf-8") == SMALL


@pytest.mark.usefixtures("edited")
@pytest.mark.parametrize(("answer", "written"), [(True, True), (False, False)])
def test_answer_decides(
    answer: bool, written: bool, command: Run, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr(typer, "confirm", lambda text, err: answer)
    outcome = command("pull", "edited.docx", "small.yaml")
    assert outcome.code == 0
    assert ((folder / "small.yaml").read_text(encoding="utf-8") != SMALL) == written


def test_what_cannot_be_placed_is_listed_with_a_reason(command: Run, folder: Path) -> None:
    text = SMALL.replace("{{科普活动}}。", "{{科普活动}}。\n  其中进校园活动也在这{{科普活动}}之内。")
    (folder / "small.yaml").write_text(text, encoding="utf-8")
    command("build", "small.yaml", "--formats", "docx")
    file = WordFile((folder / "outputs/small.docx").read_bytes())
    file.replace("120余场", "130余场")
    (folder / "edited.docx").write_bytes(file.data())
    outcome = command("pull", "edited.docx", "small.yaml", "--yes")
    assert (outcome.code, outcome.out) == (7, "")
    assert "Not brought back:\nedited.docx, paragraph 2: figure changed: 120余场 → 130余场" in outcome.err
    assert "change all its places alike" in outcome.err
    assert (folder / "small.yaml").read_text(encoding="utf-8") == text


def test_file_that_holds_the_value_is_named_before_it_is_changed(command: Run, folder: Path) -> None:
    for path in (ROOT / "inputs").glob("*.yaml"):
        (folder / path.name).write_bytes(path.read_bytes())
    command("build", "zhangye-2025-report.yaml", "--formats", "docx")
    file = WordFile((folder / "outputs/zhangye-2025-report.docx").read_bytes())
    file.replace("741万元", "800万元")
    (folder / "edited.docx").write_bytes(file.data())
    outcome = command("pull", "edited.docx", "zhangye-2025-report.yaml", "--yes")
    assert (outcome.code, outcome.out) == (0, "zhangye-2025.yaml\n")
    assert outcome.err.startswith("zhangye-2025.yaml holds these values")


def test_template_can_be_named(command: Run, folder: Path) -> None:
    command("build", "small.yaml", "--formats", "docx", "-t", "report")
    assert command("verify", "outputs/small-report.docx", "small.yaml", "-t", "report").code == 0


def test_pull_wants_a_word_file(command: Run) -> None:
    command("build", "small.yaml")
    outcome = command("pull", "outputs/small.pdf", "small.yaml", "--yes")
    assert outcome.code == 3
    assert "KD162" in outcome.err


def test_example_of_the_documentation_is_what_is_printed(command: Run, folder: Path) -> None:
    text = (ROOT / "docs/verify.md").read_text(encoding="utf-8")
    shown = text.split("```text\n")[1].split("```")[0]
    (folder / "inputs").mkdir()
    (folder / "inputs/zhangye-2025.yaml").write_bytes((ROOT / "inputs/zhangye-2025.yaml").read_bytes())
    command("build", "inputs/zhangye-2025.yaml", "--formats", "docx")
    file = WordFile((folder / "outputs/zhangye-2025.docx").read_bytes())
    file.replace("300余场", "310余场")
    file.replace("269项", "")
    file.replace("举办企业创新大赛", "举办企业创新大赛3场")
    file.replace("春风化雨浸润心田", "细雨润物无声")
    (folder / "edited.docx").write_bytes(file.data())
    outcome = command("verify", "edited.docx", "inputs/zhangye-2025.yaml")
    assert outcome.out + outcome.err == shown


def test_checking_copy_in_word_is_said_to_be_one_and_compared_without_its_index(
    command: Run, folder: Path
) -> None:
    """Who checks the figures may correct them right there."""
    assert command("build", "small.yaml", "--proof", "--formats", "docx").code == 0
    proof = folder / "outputs/small-proof.docx"
    told = f"{Path('outputs/small-proof.docx')} is a checking copy (校核稿); its index is not compared.\n"
    outcome = command("verify", "outputs/small-proof.docx", "small.yaml")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", f"{told}No differences.\n")
    file = WordFile(proof.read_bytes())
    file.replace("120余场", "130余场")
    proof.write_bytes(file.data())
    outcome = command("pull", "outputs/small-proof.docx", "small.yaml", "--yes")
    assert (outcome.code, outcome.err.startswith(told)) == (0, True)
    assert (folder / "small.yaml").read_text(encoding="utf-8") == SMALL.replace("120余场", "130余场")


def test_checking_copy_as_a_pdf_is_refused_with_what_it_is(command: Run) -> None:
    assert command("build", "small.yaml", "--proof", "--formats", "pdf").code == 0
    outcome = command("verify", "outputs/small-proof.pdf", "small.yaml")
    assert (outcome.code, outcome.out) == (3, "")
    assert "KD163: This PDF is a checking copy (校核稿)" in outcome.err
    assert "hint: Name the document itself" in outcome.err


def test_edited_derived_figure_is_told_with_what_it_is_worked_out_from(command: Run, folder: Path) -> None:
    text = "单位: {全称: 云溪市科协}\n年度: 2025\n指标: {讲座: {数值: 24, 单位: 期, 上年: 16}}\n"
    (folder / "derived.yaml").write_text(f"{text}开篇: 讲座{{{{讲座|同比}}}}。\n", encoding="utf-8")
    assert command("build", "derived.yaml", "--formats", "docx").code == 0
    file = WordFile((folder / "outputs/derived.docx").read_bytes())
    file.replace("增长50%", "增长60%")
    (folder / "edited.docx").write_bytes(file.data())
    outcome = command("verify", "edited.docx", "derived.yaml")
    told = "figure changed: 增长50% → 增长60% (讲座|同比, worked out from 讲座、讲座.上年)"
    assert told in outcome.out
    [row] = json.loads(command("verify", "edited.docx", "derived.yaml", "--json").out)
    assert row["computed_from"] == ["讲座", "讲座.上年"]
