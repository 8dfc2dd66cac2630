"""What the tests of the two seed documents share: their texts, their figures, the composed documents."""

import csv
import unicodedata
from functools import cache
from pathlib import Path

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.doctree.nodes import Document
from kexie_docs.doctree.walk import block_text
from kexie_docs.model.report import Report
from kexie_docs.readers.reader import read_report

ROOT = Path(__file__).parents[2]
SEEDS = ROOT / "tests" / "data" / "seeds"
NAMES = ("zhangye-2025", "qingyang-2024")


def paragraphs(name: str) -> list[str]:
    """Return the seed's paragraphs, folded."""
    text = (SEEDS / f"{name}.txt").read_text(encoding="utf-8")
    return [folded(line) for line in text.split("\n") if line.strip()]


def folded(text: str) -> str:
    """Return text after NFKC without white space: the seeds were stored with half-width punctuation."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def figure_rows() -> list[dict[str, str]]:
    """Return the rows of figures.csv that are figures."""
    with (SEEDS / "figures.csv").open(encoding="utf-8", newline="") as file:
        return [row for row in csv.DictReader(file) if row["kind"] in ("metric", "rank", "ordinal")]


def surface(row: dict[str, str]) -> str:
    """Return a row's figure in simplified characters and full-width brackets."""
    return row["surface_hans"].replace("(", "（").replace(")", "）")


@cache
def report(name: str) -> Report:
    """Return the example input of a seed."""
    return read_report(ROOT / "inputs" / f"{name}.yaml").report


@cache
def composer(template: str) -> Composer:
    """Return a built-in template made ready."""
    return Composer(find_template(template, [builtin_root()]))


def composed(name: str) -> Document:
    """Return the document of a seed's input in its own template."""
    return composer(report(name).template).compose(report(name))


def text_of(document: Document) -> str:
    """Return a document's text, a block a line."""
    return "\n".join(map(block_text, document.blocks))
