"""Someone who knows Word but no code restyles a template: 15 pt 楷体, red headings, margins of 30 mm."""

import zipfile
from pathlib import Path

import pytest
from lxml import etree

from kexie_docs import pipeline
from kexie_docs.doctree.nodes import Document
from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.style.sheet import Style
from kexie_docs.units import mm
from tests.parity.documents import random_document
from tests.parity.judge import judge
from tests.styling.editing import (
    W,
    restyled,
    saved_by_libreoffice,
    style_of,
    with_font,
    with_margins,
    with_size,
)
from tests.support.cli import Run
from tests.support.measure import measure_pdf

SPECIMEN = "版式.docx"
INPUT = "inputs/zhangye-2025.yaml"
DRIFT = 0.2


def as_asked(docx: bytes) -> bytes:
    """Return the specimen with what the user changes in Word's style and page dialogues."""
    docx = with_size(with_font(docx, "Normal", "楷体"), "Normal", 15)
    docx = restyled(docx, "heading 1", "color", val="FF0000")
    thirty = mm(30)
    return with_margins(docx, top=thirty, bottom=thirty, left=thirty, right=thirty)


@pytest.fixture(params=["Word", "LibreOffice before", "LibreOffice after"])
def program(request: pytest.FixtureRequest) -> str:
    """Whether LibreOffice saved the file before or after it was edited, or never."""
    return str(request.param)


@pytest.fixture
def restyle(project: Path, command: Run, program: str, fandol: MachineFonts, workdir: Path) -> Style:
    """Take the three steps of the guide; return the template's style sheet."""
    fonts = fonts_of(fandol)
    assert command("template", "to-word", "summary", SPECIMEN).out.split() == [SPECIMEN]
    file = project / SPECIMEN
    docx = file.read_bytes()
    if program == "LibreOffice before":
        docx = saved_by_libreoffice(docx, fonts, workdir)
    docx = as_asked(docx)
    if program == "LibreOffice after":
        docx = saved_by_libreoffice(docx, fonts, workdir)
    file.write_bytes(docx)
    outcome = command("template", "from-word", SPECIMEN, "summary")
    assert outcome.code == 0
    assert outcome.out.split() == ["templates/summary/style.toml"]
    assert outcome.err.splitlines() == [
        "the page: top margin: 37 mm → 30 mm",
        "the page: bottom margin: 35 mm → 30 mm",
        "the page: left margin: 28 mm → 30 mm",
        "the page: right margin: 26 mm → 30 mm",
        "正文 and 25 styles that go with it: font: 仿宋_GB2312 → 楷体",
        "正文 and 23 styles that go with it: size: 三号 (16 pt) → 小三 (15 pt)",
        "标题 1: colour: 000000 → FF0000",
    ]
    return pipeline.Workshop(project, {}).template("summary").load_style()


def fonts_of(fonts: MachineFonts) -> dict[str, Path]:
    from kexie_docs.style.load import load_style

    return {name: fonts.first(role).path for role, name in load_style().word_fonts.items()}


def test_the_word_file_follows(restyle: Style, project: Path, command: Run) -> None:
    assert command("build", INPUT, "-f", "docx").code == 0
    with zipfile.ZipFile(project / "outputs" / "zhangye-2025.docx") as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
        document = etree.fromstring(archive.read("word/document.xml"))
    body = style_of(styles, "Normal").find(f"{W}rPr")
    assert body is not None
    assert {name: value(body, tag, attribute) for name, tag, attribute in (
        ("size", "sz", "val"), ("font", "rFonts", "eastAsia"), ("color", "color", "val"))
    } == {"size": "30", "font": "楷体", "color": "000000"}  # fmt: skip
    heading = style_of(styles, "heading 1").find(f"{W}rPr")
    assert heading is not None
    assert value(heading, "color", "val") == "FF0000"
    assert value(heading, "rFonts", "eastAsia") == "黑体"
    (margins,) = document.iter(f"{W}pgMar")
    assert {margins.get(f"{W}{side}") for side in ("top", "bottom", "left", "right")} == {str(mm(30))}


def value(properties: etree._Element, tag: str, attribute: str) -> str | None:
    found = properties.find(f"{W}{tag}")
    return None if found is None else found.get(f"{W}{attribute}")


def test_the_pdf_follows(restyle: Style, project: Path, command: Run) -> None:
    outcome = command("build", INPUT, "-f", "pdf")
    assert (outcome.code, outcome.err) == (0, "")
    pages = measure_pdf((project / "outputs" / "zhangye-2025.pdf").read_bytes()).pages
    rows = [row for page in pages for row in page.rows]
    headings = [row for row in rows if row.text.startswith(("一、", "二、", "三、")) and len(row.text) < 28]
    assert len(headings) >= 3
    for row in headings:
        assert {glyph.color for glyph in row.glyphs} == {"FF0000"}
        assert row.sizes == {15.0}
    full = [row for row in rows if row.sizes == {15.0} and len(row.text) >= 27]
    assert len(full) > 30
    kaiti = [glyph for row in full for glyph in row.glyphs if "Kai" in glyph.font]
    assert len(kaiti) == sum(len(row.text) for row in full)
    # Lines fill the type area from margin to margin.
    assert max(row.x1 for row in full) == pytest.approx(180, abs=0.3)
    assert min(row.x0 for row in full) == pytest.approx(30, abs=0.3)


def test_both_outputs_break_alike(
    restyle: Style, project: Path, fandol: MachineFonts, more_fonts: dict[str, Path], workdir: Path
) -> None:
    """Every example in the new style, and random documents: lines, pages and heights as in LibreOffice."""
    workshop = pipeline.Workshop(project, {})
    documents: list[Document] = []
    for path in sorted((project / "inputs").glob("*.yaml")):
        documents.append(workshop.compose(pipeline.load(path), "summary").document)
    documents += [random_document(seed, official=True, count=40) for seed in (9704, 9705)]
    verdicts = judge(documents, restyle, fandol, more_fonts, workdir)
    for verdict in verdicts:
        lost = [one for one in verdict.differences if one.lost]
        assert len(verdict.differences) == len(lost), str(verdict)
        assert lost or verdict.pages[0] == verdict.pages[1]
        assert verdict.drift < DRIFT
    assert sum(verdict.lines for verdict in verdicts) > 400


def test_to_do_it_twice_changes_nothing_more(restyle: Style, project: Path, command: Run) -> None:
    """The file still holds what it held; the style sheet has it already."""
    before = (project / "templates" / "summary" / "style.toml").read_bytes()
    outcome = command("template", "from-word", SPECIMEN, "summary")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "No style was changed.\n")
    assert (project / "templates" / "summary" / "style.toml").read_bytes() == before
    (project / SPECIMEN).unlink()
    assert command("template", "to-word", "summary", SPECIMEN).code == 0
    outcome = command("template", "from-word", SPECIMEN, "summary")
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "No style was changed.\n")
