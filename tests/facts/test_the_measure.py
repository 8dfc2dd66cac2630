"""The measurement can fail: a template that breaks the standard is found out, fact by fact."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.facts.facts import facts
from tests.facts.measures import measure
from tests.support.finished import Finished, build, measure_all
from tests.support.tools import require

ROOT = Path(__file__).parents[2]

WRONG = """\
extends = "summary"

[page]
width = "205mm"
height = "290mm"
top = "42mm"
bottom = "30mm"
left = "31mm"
right = "31mm"

[grid]
line_pitch = "28pt"

[page_number]
form = "{n}"
font = "heiti"
size = "五号"
below = "10mm"
indent = 4.0

[paragraph.body]
font = "kaiti"
size = "小三"
color = "800000"
first_line_indent = 1.0

[paragraph.title]
font = "heiti"
size = "小二"
line_pitch = "25pt"
align = "end"

[paragraph.heading_1]
font = "fangsong"
size = "四号"
first_line_indent = 0.0

[paragraph.signature]
end_indent = 5.0
space_before = 3.0

[paragraph.issue_date]
end_indent = 6.0
"""

BROKEN = (
    "page.width", "page.height", "margin.left", "grid.pitch", "body.font", "body.indent", "body.turnover",
    "text.color", "title.size", "title.font", "title.centre", "title.pitch", "heading_1.font", "heading.size",
    "page_number.text", "page_number.size", "page_number.font", "page_number.indent", "signature_plain.gap",
)  # fmt: skip


@pytest.fixture(scope="module")
def wrong(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Finished]:
    """The Zhangye summary by a template that breaks the standard, in both formats."""
    require("soffice")
    folder = tmp_path_factory.mktemp("wrong")
    template = folder / "templates" / "wrong"
    template.mkdir(parents=True)
    for file in (ROOT / "templates" / "summary").iterdir():
        (template / file.name).write_bytes(file.read_bytes())
    (template / "style.toml").write_text(WRONG, encoding="utf-8")
    source = ROOT / "inputs" / "zhangye-2025.yaml"
    assert build([source], folder / "out" / "office", "office", project=folder, template="wrong") == ""
    found = measure_all(folder / "out", ["office"], folder / "libreoffice")
    # The file is named after the template too; its words are those of the example.
    return {one.kind: replace(one, name="zhangye-2025") for one in found}


@pytest.mark.parametrize("kind", ["pdf", "docx"])
@pytest.mark.parametrize("name", BROKEN)
def test_what_breaks_the_standard_is_found_out(wrong: dict[str, Finished], name: str, kind: str) -> None:
    fact = next(fact for fact in facts() if fact.name == name)
    try:
        readings = measure(name, wrong[kind])
    except (AssertionError, ValueError):
        return  # the element is not where it could be measured: a failed test as well
    assert not readings or not all(fact.holds(reading, "office") for reading in readings), readings
