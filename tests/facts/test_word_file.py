"""What a reviewer finds in the Word file's own settings: paper, margins, page numbers by parity, fonts."""

import io
import re
import zipfile

import pytest

from tests.facts.conftest import DOCUMENTS, STYLES, Shelf

OFFICE_FONTS = {"方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"}
MARGINS = {"office": (2098, 1984, 1587, 1474), "strict": (1960, 1847, 1587, 1474)}
"""5.2.1, in twips: head, foot, binding edge, fore edge; strict as GB/T 33476.2 computes them."""

cases = pytest.mark.parametrize(("name", "style"), [(name, style) for name in DOCUMENTS for style in STYLES])


def parts(shelf: Shelf, name: str, style: str) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(shelf.take(name, style, "docx").word)) as archive:
        return {
            part: archive.read(part).decode()
            for part in archive.namelist()
            if part.endswith((".xml", ".rels"))
        }


@cases
def test_paper_is_a4_and_margins_are_those_of_the_style(shelf: Shelf, name: str, style: str) -> None:
    document = parts(shelf, name, style)["word/document.xml"]
    papers = re.findall(r"<w:pgSz [^>]*>", document)
    margins = re.findall(r"<w:pgMar [^>]*>", document)
    assert len(papers) == len(margins) >= 1
    upright = 0
    for paper, margin in zip(papers, margins, strict=True):
        if "landscape" in paper:
            assert attributes(paper, "w", "h") == (16838, 11906)
            continue
        upright += 1
        assert attributes(paper, "w", "h") == (11906, 16838)
        assert attributes(margin, "top", "bottom", "left", "right") == MARGINS[style]
    assert upright


def attributes(tag: str, *names: str) -> tuple[int, ...]:
    return tuple(int(re.search(rf' w:{name}="(\d+)"', tag)[1]) for name in names)  # type: ignore[index]


@cases
def test_page_numbers_go_by_odd_and_even_pages(shelf: Shelf, name: str, style: str) -> None:
    assert "<w:evenAndOddHeaders/>" in parts(shelf, name, style)["word/settings.xml"]


@cases
def test_han_text_is_in_the_office_fonts_and_no_theme_font(shelf: Shelf, name: str, style: str) -> None:
    found = parts(shelf, name, style)
    everything = "".join(text for part, text in found.items() if part.startswith("word/"))
    named = set(re.findall(r'w:eastAsia="([^"]*[^-a-zA-Z\d"][^"]*)"', everything))
    assert named
    assert named <= OFFICE_FONTS
    assert "asciiTheme" not in everything
    assert "eastAsiaTheme" not in everything
