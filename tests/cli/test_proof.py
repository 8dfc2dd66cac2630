"""build --proof: which files it writes, and what they are called."""

from pathlib import Path

import pdfplumber
import pytest

from tests.support.cli import Run


def test_build_proof_writes_checking_copies_and_nothing_else(command: Run, folder: Path) -> None:
    outcome = command("build", "--proof", "small.yaml")
    assert outcome.code == 0
    expected = [Path("outputs/small-proof.docx"), Path("outputs/small-proof.pdf")]
    assert outcome.out.splitlines() == [str(path) for path in expected]
    assert sorted(path.name for path in (folder / "outputs").iterdir()) == [path.name for path in expected]
    with pdfplumber.open(folder / "outputs/small-proof.pdf") as document:
        assert "数据校核索引" in document.pages[-1].extract_text()


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (["-f", "docx"], "outputs/small-proof.docx"),
        (["-f", "pdf", "-t", "press"], "outputs/small-press-proof.pdf"),
        (["-o", "校核.pdf"], "校核.pdf"),
    ],
)
def test_build_proof_obeys_formats_template_and_output(
    command: Run, folder: Path, options: list[str], expected: str
) -> None:
    outcome = command("build", "--proof", *options, "small.yaml")
    assert outcome.code == 0, outcome.err
    assert outcome.out.splitlines() == [str(Path(expected))]
    assert (folder / expected).stat().st_size > 1000
