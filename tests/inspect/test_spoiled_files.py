"""Every fault is found, and nothing else: one test for each, in Word files of both styles and in PDFs."""

from pathlib import Path

import pytest

from kexie_docs.inspection.facts import Level
from kexie_docs.inspection.inspect import file_rules, inspect_file
from tests.inspect.conftest import STYLES
from tests.inspect.spoil import SPOILS

EXPECTED: dict[str, set[str]] = {
    "page of letter size": {"KC501"},
    "top margin 25.4 mm": {"KC502"},
    "bottom margin 25 mm": {"KC502"},
    "left margin 31.8 mm": {"KC502"},
    "right margin 20 mm": {"KC502"},
    "21 lines a page": {"KC503"},
    "24 lines a page": {"KC503"},
    "27 characters a line": {"KC504"},
    "a paragraph with single line spacing of its own": {"KC505"},
    "room between paragraphs": {"KC505"},
    "body in 宋体": {"KC601", "KC746"},  # the imprint takes its typeface from the body's style
    "one paragraph in 微软雅黑": {"KC601"},
    "one paragraph of size 4": {"KC602"},
    "text in blue": {"KC603"},
    "paragraph not indented": {"KC604"},
    "paragraph indented by four characters": {"KC604"},
    "level-1 heading in 仿宋": {"KC605"},
    "level-2 heading in 黑体": {"KC605"},
    "level-3 heading in 黑体": {"KC605"},
    "heading number left out": {"KC606"},
    "heading number twice": {"KC606"},
    "heading level skipped": {"KC607"},
    "顿号 after a number of level 3": {"KC114"},
    "顿号 after （一）": {"KC114"},
    "point after 一": {"KC114"},
    "title of size 3": {"KC712"},
    "title in 黑体": {"KC712"},
    "title on the left": {"KC711"},
    "title ends in a full stop": {"KC115"},
    "addressee indented": {"KC713"},
    "addressee without colon": {"KC713"},
    "straight quotes": {"KC102"},
    "half-width comma": {"KC101"},
    "half-width brackets": {"KC103"},
    "ellipsis of dots": {"KC105"},
    "document number in [ ]": {"KC201"},
    "document number with zeros": {"KC201"},
    "document number with 第": {"KC201"},
    "document number of two year digits": {"KC702"},
    "mark in black": {"KC701"},
    "mark on the left": {"KC701"},
    "no red rule": {"KC704"},
    "copy number of three digits": {"KC705"},
    "classification in 仿宋": {"KC705"},
    "signatory's name in 仿宋": {"KC706"},
    "date with a leading zero": {"KC202"},
    "date in Chinese numerals": {"KC731"},
    "date with points": {"KC731"},
    "signature and date on the left": {"KC732"},
    "attachment note without the attachments": {"KC722"},
    "attachment note left out": {"KC722"},
    "mark after an attachment's name": {"KC721"},
    "顿号 in the attachment note": {"KC721"},
    "attachment of another name": {"KC722"},
    "attachment label in 仿宋": {"KC723"},
    "attachment label with a colon": {"KC723"},
    "attachment not on a new page": {"KC723"},
    "note below the date not indented": {"KC733"},
    "first imprint rule missing": {"KC741"},
    "middle imprint rule missing": {"KC741"},
    "last imprint rule missing": {"KC741"},
    "imprint rules too thick": {"KC742"},
    "imprint of size 3": {"KC746"},
    "imprint before the attachments": {"KC743"},
    "list of copies without full stop": {"KC744"},
    "printing date with a leading zero": {"KC202"},
    "printing date in Chinese numerals": {"KC745"},
    "page number centred": {"KC752"},
    "page number on the same side of all pages": {"KC752"},
    "page numbers missing": {"KC751"},
    "page number without dashes": {"KC753"},
    "page number with hyphens": {"KC753"},
    "page number of size 5": {"KC753"},
    "page number in Arial": {"KC753"},
    "page number 15 mm above the paper's edge": {"KC752"},
    "document number on the left": {"KC703"},
    "heading number of another level": {"KC605"},  # （三） goes on after （二）; its typeface tells
    "document number in ( )": {"KC201"},
    "signature without date": {"KC731"},
    "date with spaces": {"KC731"},
    "printing line without 印发": {"KC745"},
    "paragraph centred": {"KC604"},
    "bold title": {"KC712"},
    "page lying": {"KC501"},
    "page number typed instead of counted": {"KC751"},
    "minutes: mark on the left": {"KC701"},
    "minutes: mark in black": {"KC701"},
    "minutes: mark 10 mm too low": {"KC701"},
    "minutes: attendees flush left": {"KC761"},
    "minutes: further attendees below the label": {"KC761"},
    "minutes: attendees close to the text": {"KC761"},
    "minutes: label of the attendees in 仿宋": {"KC762"},
    "minutes: names of the attendees in 楷体": {"KC762"},
    "minutes: attendees of size 4": {"KC602"},
    "minutes: heading number left out": {"KC606"},
    "minutes: full stop of the title": {"KC115"},
    "joint: date not below the last name": {"KC732"},
    "joint: last name on the left": {"KC732"},
    "joint: row of names too far right": {"KC732"},
    "joint: row of names in 黑体": {"KC601"},
    "joint: row of names in blue": {"KC603"},
    "joint: mark in black": {"KC701"},
    "joint: date with a leading zero": {"KC202"},
}
"""Fault to the rules that find it."""

NOT_IN_PDF = {
    "one paragraph in 微软雅黑",  # LibreOffice has no such font, and takes 仿宋
    "bold title",  # LibreOffice draws the strokes thicker; the typeface is the same
    "paragraph centred",  # full lines look the same, and a short one may be a formula
    "page lying",  # the pages are measured as they lie, and every part of them is elsewhere
    "page number typed instead of counted",  # on paper it is a number
    "joint: row of names too far right",  # the line is too long there, and its end goes to the next
    "imprint before the attachments",  # its floating table stays at the foot of the last page of the text
}

NOT_IN_WORD = {
    "minutes: mark 10 mm too low",  # where a mark comes to stand is measured in PDFs
}

MUSTS = {
    "page of letter size", "top margin 25.4 mm", "left margin 31.8 mm", "21 lines a page", "text in blue",
    "paragraph not indented", "heading number left out", "title on the left", "straight quotes",
    "half-width comma",
    "document number in [ ]", "mark in black", "no red rule", "date with a leading zero",
    "date in Chinese numerals",
    "attachment note without the attachments", "last imprint rule missing", "page number centred",
    "page numbers missing", "list of copies without full stop", "minutes: mark on the left",
    "joint: mark in black",
}  # fmt: skip
"""Faults against what the standard states flatly: they end the check with exit code 7."""


def test_every_fault_has_an_expectation() -> None:
    assert [spoil.name for spoil in SPOILS if spoil.name not in EXPECTED] == []
    assert set(EXPECTED) - {spoil.name for spoil in SPOILS} == set()


def test_every_rule_for_files_has_a_fault() -> None:
    """The list of faults, printed with `pytest -s`, has each rule at least once."""
    for _name, _codes in EXPECTED.items():
        pass
    assert {rule.code for rule in file_rules()} - set().union(*EXPECTED.values()) == set()


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("name", EXPECTED)
def test_fault_in_a_word_file_is_found_and_nothing_else(name: str, style: str, spoiled_files: Path) -> None:
    inspection = inspect_file(spoiled_files / style / f"{name}.docx")
    expected = set() if name in NOT_IN_WORD else EXPECTED[name]
    assert {one.code for one in inspection.findings} == expected, inspection.findings
    assert any(one.level is Level.MUST for one in inspection.findings) or name not in MUSTS


@pytest.mark.slow
@pytest.mark.parametrize("name", [name for name in EXPECTED if name not in NOT_IN_PDF])
def test_fault_in_a_pdf_is_found_and_nothing_else(name: str, through_libreoffice: Path) -> None:
    inspection = inspect_file(through_libreoffice / "spoiled" / f"{name}.pdf")
    assert {one.code for one in inspection.findings} == EXPECTED[name], inspection.findings


def test_finding_says_where_and_how_much(spoiled_files: Path) -> None:
    (finding,) = inspect_file(spoiled_files / "office" / "top margin 25.4 mm.docx").findings
    assert (finding.clause, finding.level) == ("GB/T 9704-2012 5.2.1", Level.MUST)
    assert (str(finding.part), str(finding.measured)) == ("top margin", "25.4 mm")
    assert str(finding.required).startswith("37")
    (finding,) = inspect_file(spoiled_files / "office" / "one paragraph of size 4.docx").findings
    assert finding.excerpt.startswith("走访服务企业")
    assert (str(finding.measured), finding.level) == ("14 pt", Level.NORMAL)
