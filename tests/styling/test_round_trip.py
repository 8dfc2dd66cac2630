"""What was changed in Word, and only that, comes back into style.toml."""

import os
import random
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kexie_docs.fonts.fontset import MachineFonts
from kexie_docs.pipeline import Workshop
from kexie_docs.readers.word_styles import Looks, read_word_styles
from kexie_docs.restyle.compare import differences, page_differences
from kexie_docs.style.load import load_style
from kexie_docs.style.sheet import Style
from kexie_docs.units import mm
from tests.parity.documents import random_document
from tests.parity.judge import judge
from tests.styling.conftest import ROOT
from tests.styling.editing import restyled, saved_by_libreoffice, with_font, with_margins, with_size
from tests.support.cli import Run

TEMPLATES = sorted(path.name for path in (ROOT / "templates").iterdir())
FILE = "styles.docx"


def specimen(project: Path, command: Run, template: str) -> bytes:
    assert command("template", "to-word", template, FILE).code == 0
    return (project / FILE).read_bytes()


def brought_back(project: Path, command: Run, template: str, docx: bytes) -> Mapping[str, Any]:
    """Return what the template's new style file states, beside what it extends."""
    (project / FILE).write_bytes(docx)
    outcome = command("template", "from-word", FILE, template)
    assert outcome.code == 0, outcome.err
    file = project / "templates" / template / "style.toml"
    assert outcome.out.split() == [str(file.relative_to(project))], outcome.err
    tables = tomllib.loads(file.read_text(encoding="utf-8"))
    assert tables.pop("extends") == template
    return tables


def looks(project: Path) -> Looks:
    return read_word_styles(project / FILE).now


def sheet_of(project: Path, template: str) -> Style:
    return Workshop(project, os.environ).template(template).load_style()


@pytest.mark.parametrize("template", TEMPLATES)
def test_a_file_that_nobody_edited_changes_nothing(project: Path, command: Run, template: str) -> None:
    specimen(project, command, template)
    outcome = command("template", "from-word", FILE, template)
    assert (outcome.code, outcome.out, outcome.err) == (0, "", "No style was changed.\n")
    assert not (project / "templates").exists()


def test_libreoffice_saving_a_file_changes_nothing(
    project: Path, command: Run, soffice: str, fandol: MachineFonts, workdir: Path
) -> None:
    """It rewrites every style: identifiers, indents in twips, fonts."""
    fonts = {name: fandol.first(role).path for role, name in load_style().word_fonts.items()}
    for template in TEMPLATES:
        docx = saved_by_libreoffice(specimen(project, command, template), fonts, workdir)
        twice = saved_by_libreoffice(docx, fonts, workdir)
        for saved in (docx, twice):
            (project / FILE).write_bytes(saved)
            outcome = command("template", "from-word", FILE, template)
            assert (outcome.code, outcome.out, outcome.err) == (0, "", "No style was changed.\n")


ONE = {
    "font": ("rFonts", {"ascii": "宋体", "hAnsi": "宋体", "eastAsia": "宋体"}, {"font": "songti"}),
    "Chinese font alone": ("rFonts", {"eastAsia": "黑体"}, {"font": "heiti"}),
    "font beside the five": (
        "rFonts",
        {"ascii": "微软雅黑", "hAnsi": "微软雅黑", "eastAsia": "微软雅黑"},
        {"font": "微软雅黑"},
    ),
    "size with a name": ("sz", {"val": "28"}, {"size": "四号"}),
    "size without a name": ("sz", {"val": "35"}, {"size": 17.5}),
    "bold": ("b", {"val": "1"}, {"bold": True}),
    "colour": ("color", {"val": "1f4e79"}, {"color": "1F4E79"}),
    "wider spacing": ("spacing", {"val": "20"}, {"char_spacing": "1pt"}),
    "narrower spacing": ("spacing", {"val": "-7"}, {"char_spacing": "-7tw"}),
    "line spacing": ("spacing", {"line": "600", "lineRule": "exact"}, {"line_pitch": "30pt"}),
    "space before": ("spacing", {"before": "579"}, {"space_before": 1.0}),
    "space after": ("spacing", {"after": "100"}, {"space_after": 0.173}),
    "alignment": ("jc", {"val": "center"}, {"align": "center"}),
    "left alignment": ("jc", {"val": "left"}, {"align": "start"}),
    "first line in characters": (
        "ind",
        {"firstLineChars": "300", "firstLine": "945"},
        {"first_line_indent": 3.0},
    ),
    "first line in twips": ("ind", {"firstLineChars": "0", "firstLine": "425"}, {"first_line_indent": 1.35}),
    "no first line": ("ind", {"firstLineChars": "0", "firstLine": "0"}, {"first_line_indent": 0.0}),
    "left indent": ("ind", {"leftChars": "150", "left": "472"}, {"start_indent": 1.5}),
    "right indent": ("ind", {"rightChars": "100", "right": "315"}, {"end_indent": 1.0}),
    "keep with next": ("keepNext", {"val": "0"}, {"keep_with_next": False}),
    "outline level": ("outlineLvl", {"val": "2"}, {"outline_level": 3}),
    "no outline level": ("outlineLvl", {"val": "9"}, {"outline_level": 0}),
    "page break before": ("pageBreakBefore", {"val": "1"}, {"page_break_before": True}),
}
"""A change in Word's style dialogue, as Word stores it, and what style.toml holds of it."""


@pytest.mark.parametrize("template", TEMPLATES)
@pytest.mark.parametrize("name", ONE)
def test_one_property_of_one_style_is_all_that_comes_back(
    project: Path, command: Run, template: str, name: str
) -> None:
    tag, attributes, expected = ONE[name]
    docx = restyled(specimen(project, command, template), "heading 2", tag, **attributes)
    stated = brought_back(project, command, template, docx)
    assert stated == {"paragraph": {"heading_2": expected}}
    # The next specimen looks like the edited one.
    edited = looks(project)
    specimen(project, command, template)
    left = differences(sheet_of(project, template), edited, looks(project))
    # Western text goes with the Chinese font, and a size may need another spacing.
    assert [one for one in left if one.name not in ("latin", "spacing")] == []


@pytest.mark.parametrize(("side", "twips", "written"), [
    ("top", mm(40), "40mm"), ("bottom", 1417, "25mm"), ("left", 1440, "25.4mm"), ("right", 1701, "30mm"),
])  # fmt: skip
def test_one_margin_is_all_that_comes_back(
    project: Path, command: Run, side: str, twips: int, written: str
) -> None:
    docx = with_margins(specimen(project, command, "summary"), **{side: twips})
    assert brought_back(project, command, "summary", docx) == {"page": {side: written}}
    assert abs(getattr(sheet_of(project, "summary").page, side) - twips) <= 1


def test_the_page_number_keeps_its_distance_from_the_text_until_its_own_is_changed(
    project: Path, command: Run
) -> None:
    docx = specimen(project, command, "summary")
    before = looks(project).page["footer"]
    stated = brought_back(project, command, "summary", with_margins(docx, footer=before + mm(2)))
    assert stated == {"page_number": {"below": "5mm"}}


def test_the_page_number_is_restyled_by_the_footer_style(project: Path, command: Run) -> None:
    docx = with_size(with_font(specimen(project, command, "summary"), "footer", "仿宋_GB2312"), "footer", 12)
    stated = brought_back(project, command, "summary", docx)
    assert stated == {"page_number": {"font": "fangsong", "size": "小四"}}


def test_a_character_style_is_restyled(project: Path, command: Run) -> None:
    docx = specimen(project, command, "summary")
    docx = restyled(docx, "段首标题", "color", val="C00000")
    docx = with_font(restyled(docx, "Strong", "b", val="1"), "Strong", "楷体_GB2312")
    assert brought_back(project, command, "summary", docx) == {
        "character": {"run_in_heading": {"color": "C00000"}, "strong": {"font": "kaiti", "bold": True}}
    }


def test_the_line_spacing_of_the_body_is_the_grids(project: Path, command: Run) -> None:
    docx = restyled(specimen(project, command, "summary"), "Normal", "spacing", line="560", lineRule="exact")
    assert brought_back(project, command, "summary", docx) == {"grid": {"line_pitch": "28pt"}}
    sheet = sheet_of(project, "summary")
    assert {sheet.line_pitch(sheet.paragraphs[name]) for name in ("body", "heading_1", "signature")} == {560}


def test_a_rule_is_restyled(project: Path, command: Run) -> None:
    def thinner(root: Any) -> None:
        from tests.styling.editing import W, style_of

        (bottom,) = style_of(root, "红色分隔线").iter(f"{W}bottom")
        bottom.set(f"{W}sz", "8")
        bottom.set(f"{W}color", "C00000")

    from tests.styling.editing import edited

    docx = edited(specimen(project, command, "report"), thinner)
    assert brought_back(project, command, "report", docx) == {
        "paragraph": {"letterhead_rule": {"rule_below": {"thickness": "1pt", "color": "C00000", "gap": 0}}}
    }


def test_a_file_without_the_memory_of_how_it_was_written_is_compared_with_the_template(
    project: Path, command: Run
) -> None:
    """Programs may drop the custom part."""
    import io
    import zipfile

    docx = with_size(specimen(project, command, "summary"), "heading 1", 18)
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(docx)) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.infolist():
            if "customXml" in item.filename:
                continue
            data = old.read(item)
            if item.filename == "word/_rels/document.xml.rels":
                parts = data.split(b"<Relationship ")
                data = b"<Relationship ".join(part for part in parts if b"customXml" not in part)
                data = data if data.endswith(b"</Relationships>") else data + b"</Relationships>"
            new.writestr(item, data)
    assert brought_back(project, command, "summary", stream.getvalue()) == {
        "paragraph": {"heading_1": {"size": "小二"}}
    }


def random_edits(docx: bytes, source: random.Random) -> bytes:
    """Return the specimen with a handful of styles and the margins changed as Word stores it."""
    fonts = ("宋体", "黑体", "楷体_GB2312", "仿宋_GB2312", "方正小标宋简体")
    names = ("Normal", "heading 1", "heading 2", "Title", "发文机关署名", "成文日期", "联系方式", "表格文字")
    for name in source.sample(names, source.randint(1, 4)):
        for change in source.sample(
            ("font", "size", "color", "spacing", "line", "space", "align", "indent"), 3
        ):
            match change:
                case "font":
                    docx = with_font(docx, name, source.choice(fonts))
                case "size":
                    docx = with_size(docx, name, source.randint(20, 40) / 2)
                case "color":
                    docx = restyled(docx, name, "color", val=f"{source.randrange(1 << 24):06X}")
                case "spacing":
                    docx = restyled(docx, name, "spacing", val=str(source.randint(-8, 30)))
                case "line":
                    line = str(source.randint(480, 720))
                    docx = restyled(docx, name, "spacing", line=line, lineRule="exact")
                case "space":
                    before, after = (str(source.randint(0, 700)) for _ in range(2))
                    docx = restyled(docx, name, "spacing", before=before, after=after)
                case "align":
                    docx = restyled(docx, name, "jc", val=source.choice(("both", "center", "right", "left")))
                case _:
                    count = source.randint(0, 4)
                    chars = {"firstLineChars": str(count * 100), "firstLine": str(count * 320)}
                    docx = restyled(docx, name, "ind", **chars)
    if source.random() < 0.7:
        sides = source.sample(("top", "bottom", "left", "right"), source.randint(1, 4))
        docx = with_margins(docx, **{side: mm(source.randint(20, 45)) for side in sides})
    return docx


FOLLOWING = {"spacing", "left", "right", "first"}
"""What a style sheet works out anew from sizes, margins and characters."""


def test_random_edits_come_back(project: Path, command: Run, seed: int) -> None:
    for number in range(20):
        template = f"t{number}"
        (project / "templates" / template).mkdir(parents=True)
        (project / "templates" / template / "template.toml").write_text(
            'title = "试"\nextends = "summary"\n', encoding="utf-8"
        )
        docx = random_edits(specimen(project, command, template), random.Random(seed + number))
        (project / FILE).write_bytes(docx)
        outcome = command("template", "from-word", FILE, template)
        assert outcome.code == 0, (seed + number, outcome.err)
        edited = looks(project)
        # The page number takes font and size from its style, and nothing else from the body.
        warnings = [line for line in outcome.err.splitlines() if "warning" in line]
        assert [line for line in warnings if "页脚" not in line] == [], (seed + number, outcome.err)
        again = command("template", "from-word", FILE, template)
        assert again.out == "", (seed + number, again.err)
        specimen(project, command, template)
        sheet = sheet_of(project, template)
        left = [one for one in differences(sheet, edited, looks(project)) if one.name not in FOLLOWING]
        # Spaces are counted in 行 of the grid, and go with the body's line spacing.
        grid = sheet.grid.line_pitch != load_style().grid.line_pitch
        left = [one for one in left if not (grid and one.name in ("before", "after"))]
        left = [one for one in left if one.style.table != "page_number"]
        assert left == [], seed + number
        assert set(page_differences(edited, looks(project))) <= {"footer"}, seed + number


def test_random_edits_keep_both_outputs_alike(
    project: Path, command: Run, seed: int, soffice: str, fandol: MachineFonts, more_fonts: dict[str, Path],
    workdir: Path,
) -> None:  # fmt: skip
    """Any font, size, colour, spacing, alignment, indent and margin: lines and pages are LibreOffice's."""
    whole = 0
    for number in range(4):
        source = random.Random(seed + number)
        docx = random_edits(specimen(project, command, "summary"), source)
        (project / FILE).write_bytes(docx)
        assert command("template", "from-word", FILE, "summary").code == 0
        sheet = sheet_of(project, "summary")
        document = random_document(seed + number, count=40)
        (verdict,) = judge([document], sheet, fandol, more_fonts, workdir)
        if not any(one.lost for one in verdict.differences):
            whole += 1
            assert not verdict.differences, f"{seed + number}: {verdict}"
            assert verdict.pages[0] == verdict.pages[1]
    assert whole >= 3
