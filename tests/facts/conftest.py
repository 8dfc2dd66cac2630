"""Documents to measure: the examples of `inputs/` and some that show every element."""

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from tests.facts.facts import Fact, facts
from tests.support.finished import Finished, build, measure_all
from tests.support.tools import require

ROOT = Path(__file__).parents[2]
STYLES = ("office", "strict")
EXAMPLES = {path.stem: path for path in sorted((ROOT / "inputs").glob("*.yaml"))}
OWN = {path.stem: path for path in sorted((Path(__file__).parent / "inputs").glob("*.yaml"))}
DOCUMENTS = (*EXAMPLES, *OWN)


@dataclass(frozen=True)
class Shelf:
    """Every document that could be built, by name, style and format, and why others could not."""

    documents: dict[tuple[str, str, str], Finished]
    failures: dict[tuple[str, str], str]

    def take(self, name: str, style: str, kind: str) -> Finished:
        """Return a document; the test fails where it was not built."""
        assert (name, style) not in self.failures, self.failures[name, style]
        return self.documents[name, style, kind]


@pytest.fixture(scope="session")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Shelf:
    """Every document in every style."""
    require("soffice")
    folder = tmp_path_factory.mktemp("facts")
    sources = dict(EXAMPLES)
    for name, path in OWN.items():
        sources[name] = Path(shutil.copy(path, folder))
    draw_seal(folder / "seal.png")
    Image.new("RGBA", (300, 120), (230, 0, 18, 255)).save(folder / "stamp.png")
    failures = {}
    for style in STYLES:
        if build(list(sources.values()), folder / style, style):
            # Which one was it? The others are measured all the same.
            for name, source in sources.items():
                failure = build([source], folder / style, style)
                if failure:
                    failures[name, style] = failure
    measured = measure_all(folder, STYLES, tmp_path_factory.mktemp("libreoffice"))
    return Shelf({(one.name, one.style, one.kind): one for one in measured}, failures)


def draw_seal(path: Path) -> None:
    """Draw what stands for a seal: a red ring on nothing."""
    picture = Image.new("RGBA", (420, 420), (0, 0, 0, 0))
    ImageDraw.Draw(picture).ellipse((4, 4, 415, 415), outline=(230, 0, 18, 255), width=12)
    picture.save(path)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """One test for every fact on every document that shows it, in both styles and both formats."""
    if {"fact", "name", "style", "kind"} <= set(metafunc.fixturenames):
        cases = [
            pytest.param(fact, name, style, kind, id=f"{fact.clause}-{fact.name}-{name}-{style}-{kind}")
            for fact in facts()
            for name in shown_by(fact)
            for style in STYLES
            for kind in ("pdf", "docx")
        ]
        metafunc.parametrize(("fact", "name", "style", "kind"), cases)


def shown_by(fact: Fact) -> list[str]:
    """Return the documents that show a fact."""
    return list(DOCUMENTS) if fact.on == ("*",) else [name for name in DOCUMENTS if name in fact.on]
