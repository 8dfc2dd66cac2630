"""Finished documents as a user builds them: our PDF, and LibreOffice's PDF of our Word file; measured."""

import io
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from lxml import etree

from tests.support.libreoffice import convert_many
from tests.support.measure import MM, Box, Measured, PageMeasure, Row, measure_pdf
from tests.support.tools import require_fandol

Kind: TypeAlias = Literal["pdf", "docx"]

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_ROLES = {
    "方正小标宋简体": "FandolSong-Bold.otf",
    "仿宋_GB2312": "FandolFang-Regular.otf",
    "黑体": "FandolHei-Regular.otf",
    "楷体_GB2312": "FandolKai-Regular.otf",
    "宋体": "FandolSong-Regular.otf",
}
"""Font that the Word file names, and the file that serves it."""

_BODY_SIZE = 16


@dataclass(frozen=True)
class Finished:
    """One finished document.

    Attributes:
        name: of the input.
        style: "office" or "strict".
        kind: "pdf" for ours, "docx" for LibreOffice's rendering of our Word file.
        measured: what stands on its pages.
        line_heights: exact heights in points of the Word file's paragraphs, by their text without blanks.
        word: the Word file itself.
    """

    name: str
    style: str
    kind: Kind
    measured: Measured
    line_heights: Mapping[str, frozenset[float]]
    word: bytes

    @property
    def pages(self) -> tuple[PageMeasure, ...]:
        return self.measured.pages

    def line_height(self, row: Row) -> float:
        """Return the exact height of a row's line, in points, as the Word file states it."""
        found = self.line_heights.get(row.text) or frozenset[float]().union(
            *(heights for text, heights in self.line_heights.items() if row.text in text)
        )
        if not found:
            # The cells of a table's row stand side by side, and each may go on below.
            pieces = [piece.text for piece in row.pieces()]
            holders = [[text for text in self.line_heights if piece in text] for piece in pieces]
            shortest = [min(texts, key=len) for texts in holders if texts]
            found = frozenset[float]().union(*(self.line_heights[text] for text in shortest))
        assert found, f"no paragraph of the Word file holds {row.text!r}"
        # The same words may stand in the title and under the text: larger type has higher lines.
        return max(found) if row.size > _BODY_SIZE + 1 else min(found)

    def drop(self, row: Row) -> float:
        """Return how far, in millimetres, LibreOffice sets a row below the middle of its line.

        In a line of exact height it puts the baseline at four fifths of the height, whatever the type size;
        a centred em box has it at height / 2 + 0.38 em. The line boxes are where they should be.
        """
        if self.kind == "pdf":
            return 0.0
        return (0.3 * self.line_height(row) - 0.38 * row.size) / MM

    def line_box(self, row: Row) -> Box:
        """Return a row's line box."""
        height = self.line_height(row) / MM
        top = row.em_box.y0 - self.drop(row) - (height - row.em) / 2
        return Box(row.x0, top, row.x1, top + height)

    def ink(self, page: PageMeasure, row: Row) -> Box:
        """Return a row's ink, where it stands when its em box is in the middle of its line."""
        box, drop = page.row_ink(row), self.drop(row)
        return Box(box.x0, box.y0 - drop, box.x1, box.y1 - drop)

    def gap(self, page: PageMeasure, above: Row, below: Row) -> float:
        """Return the distance of two rows of a page from ink to ink."""
        return self.ink(page, below).y0 - self.ink(page, above).y1


def build(
    sources: Sequence[Path], folder: Path, style: str, *, project: Path | None = None, template: str = ""
) -> str:
    """Build inputs in both formats, by the command line; return what it complains of, "" for nothing."""
    chosen = [] if style == "office" else ["--style", style]
    if template:
        chosen += ["-t", template]
    done = subprocess.run(
        [sys.executable, "-m", "kexie_docs", "build", *map(str, sources), "-o", str(folder), *chosen],
        env=dict(os.environ), cwd=project, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return "" if done.returncode == 0 else done.stderr or f"exit code {done.returncode}"


def measure_all(folder: Path, styles: Sequence[str], workdir: Path) -> list[Finished]:
    """Return every document in ``folder/<style>``, of both kinds; LibreOffice runs once for all."""
    fandol = require_fandol()
    fonts = {name: fandol / file for name, file in _ROLES.items()}
    files = [(style, path) for style in styles for path in sorted((folder / style).glob("*.docx"))]
    words = [path.read_bytes() for _, path in files]
    result = []
    for (style, path), word, converted in zip(
        files, words, convert_many(words, "pdf", fonts=fonts, workdir=workdir), strict=True
    ):
        heights = line_heights(word)
        ours = path.with_suffix(".pdf").read_bytes()
        result.append(Finished(path.stem, style, "pdf", measure_pdf(ours), heights, word))
        result.append(Finished(path.stem, style, "docx", measure_pdf(converted), heights, word))
    return result


def line_heights(word: bytes) -> dict[str, frozenset[float]]:
    """Return the exact line heights, in points, of a Word file's paragraphs by their text without blanks."""
    with zipfile.ZipFile(io.BytesIO(word)) as archive:
        styles = etree.fromstring(archive.read("word/styles.xml"))
        footers = [name for name in archive.namelist() if name.startswith("word/footer")]
        bodies = [etree.fromstring(archive.read(name)) for name in ["word/document.xml", *footers]]
    by_id = {str(style.get(f"{_W}styleId")): style for style in styles.iterfind(f"{_W}style")}
    found: dict[str, frozenset[float]] = {}
    for body in bodies:
        for paragraph in body.iter(f"{_W}p"):
            # One line of a title each: its breaks end rows.
            pieces = [""]
            for node in paragraph.iter(f"{_W}t", f"{_W}br"):
                if node.tag == f"{_W}br":
                    pieces.append("")
                else:
                    pieces[-1] += "".join((node.text or "").split())
            height = _height(paragraph, by_id)
            if height is not None:
                for piece in filter(None, pieces):
                    found[piece] = found.get(piece, frozenset()) | {height}
    return found


def _height(paragraph: etree._Element, styles: Mapping[str, etree._Element]) -> float | None:
    holder: etree._Element | None = paragraph
    while holder is not None:
        spacing = holder.find(f"{_W}pPr/{_W}spacing")
        if spacing is not None and spacing.get(f"{_W}line") is not None:
            return int(str(spacing.get(f"{_W}line"))) / 20
        based = holder.find(f"{_W}pPr/{_W}pStyle" if holder.tag == f"{_W}p" else f"{_W}basedOn")
        name = "Normal" if based is None and holder.tag == f"{_W}p" else based
        key = name if isinstance(name, str) or name is None else str(name.get(f"{_W}val"))
        holder = None if key is None else styles.get(key)
    return None
