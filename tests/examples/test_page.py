"""The page of the finished Zhangye PDF, measured: grid, type area, fonts, page numbers (GB/T 9704 5, 7.5)."""

import re
import subprocess
from collections import defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest

from tests.support.tools import require

MM = 72 / 25.4


@pytest.fixture(scope="module")
def pages(outputs: Path) -> list[list[list[dict[str, Any]]]]:
    """Per page its lines, top down; a line is its characters, left to right, blanks left out."""
    result = []
    with pdfplumber.open(outputs / "zhangye-2025.pdf") as document:
        for page in document.pages:
            assert (float(page.width), float(page.height)) == pytest.approx((595.28, 841.89), abs=0.6)
            lines: dict[float, list[dict[str, Any]]] = defaultdict(list)
            for char in page.chars:
                if char["text"].strip():
                    lines[round(char["matrix"][5], 1)].append(char)
            result.append(
                [sorted(lines[y], key=lambda c: float(c["x0"])) for y in sorted(lines, reverse=True)]
            )
    return result


def body(page: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    return page[:-1]


def text(line: list[dict[str, Any]]) -> str:
    return "".join(char["text"] for char in line)


def test_full_pages_have_22_lines_at_the_pitch(pages: list[list[list[dict[str, Any]]]]) -> None:
    # The first page has the title, the fourth the signature with its blank line.
    full = [body(page) for page in pages[1:3]]
    assert len(full) == 2
    for lines in full:
        assert len(lines) == 22
        baselines = [line[0]["matrix"][5] for line in lines]
        pitches = [above - below for above, below in pairwise(baselines)]
        assert pitches == pytest.approx([28.95] * 21, abs=0.05)


def test_full_han_lines_have_28_characters(pages: list[list[list[dict[str, Any]]]]) -> None:
    """Lines of nothing but full-width characters, that begin at the edge and are no paragraph's last."""
    lengths = []
    for page in pages:
        for line in body(page):
            only_han = not re.search(r"[ -~]", text(line))
            reaches = line[0]["x0"] < 28.5 * MM and line[-1]["x1"] > 183 * MM
            if only_han and reaches and line[0]["size"] == pytest.approx(16):
                lengths.append(len(line))
    assert len(lengths) > 20
    # A prohibition may send a character on to the next line; nothing may squeeze in a 29th.
    assert max(lengths) == 28
    assert lengths.count(28) > len(lengths) * 0.7


def test_body_glyphs_lie_in_the_type_area_and_measure_16_points(
    pages: list[list[list[dict[str, Any]]]],
) -> None:
    for number, page in enumerate(pages):
        for line in body(page):
            for char in line:
                # The em box, not the font's bounding box: 0.88 em above the baseline, 0.12 below.
                baseline = 841.89 - char["matrix"][5]
                top, bottom = baseline - 0.88 * char["size"], baseline + 0.12 * char["size"]
                assert char["x0"] >= 27.5 * MM
                assert char["x1"] <= 184.5 * MM
                assert top >= 36.5 * MM
                assert bottom <= 262.5 * MM
                title = number == 0 and char["size"] == pytest.approx(22, abs=0.01)
                assert title or char["size"] == pytest.approx(16, abs=0.01)


def test_page_numbers_stand_outside_the_type_area_odd_right_even_left(
    pages: list[list[list[dict[str, Any]]]],
) -> None:
    for number, page in enumerate(pages, start=1):
        line = page[-1]
        assert text(line) == f"—{number}—"
        assert {round(char["size"], 2) for char in line} == {14}
        # 7.5: the dash 7 mm below the type area; one 字 in from the outer edge. A dash is 0.35 em up.
        dash = (841.89 - line[0]["matrix"][5]) / MM - 0.35 * 14 / MM
        assert dash == pytest.approx(269, abs=1)
        if number % 2:
            assert 184 - line[-1]["x1"] / MM == pytest.approx(5.6, abs=0.8)
        else:
            assert line[0]["x0"] / MM - 28 == pytest.approx(5.6, abs=0.8)


def test_every_font_is_embedded(outputs: Path) -> None:
    for example in ("zhangye-2025", "qingyang-2024"):
        done = subprocess.run(
            [require("pdffonts"), str(outputs / f"{example}.pdf")], check=True, capture_output=True, text=True
        )
        rows = done.stdout.splitlines()[2:]
        assert len(rows) >= 3
        for row in rows:
            embedded, subset, unicode_map = row.split()[-5:-2]
            assert (embedded, subset, unicode_map) == ("yes", "yes", "yes"), row


def test_headings_are_bookmarks_and_metadata_is_the_inputs(outputs: Path) -> None:
    with pdfplumber.open(outputs / "zhangye-2025.pdf") as document:
        outline = [(level, title) for level, title, *_rest in document.doc.get_outlines()]
        headings = [title for level, title in outline if level == 1]
        assert headings[0] == "一、铸魂固本，凝聚思想共识展现新气象"
        assert len(headings) == 5
        # The points that begin a body paragraph are bookmarks below their heading.
        assert outline[1] == (2, "严格落实“第一议题”制度")
        assert len(outline) == 5 + 15
        assert document.metadata["Title"] == "张掖市科学技术协会2025年工作总结"
        assert document.metadata["Author"] == "张掖市科学技术协会"
        assert document.metadata["Subject"] == "工作总结"
        assert document.metadata["CreationDate"].startswith("D:20251231")
        assert document.doc.catalog["Lang"] == b"zh-CN"
