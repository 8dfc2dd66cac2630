"""Finished files to inspect: every example and specimen, as built, spoiled, and through LibreOffice."""

import shutil
from pathlib import Path

import pytest

from tests.facts.conftest import draw_seal
from tests.inspect.spoil import SPOILS, spoiled
from tests.support.finished import build
from tests.support.fonts import find_fandol
from tests.support.libreoffice import convert_many
from tests.support.tools import require

ROOT = Path(__file__).parents[2]
STYLES = ("office", "strict")
SOURCES = (
    *sorted((ROOT / "inputs").glob("*.yaml")),
    *sorted((ROOT / "tests/facts/inputs").glob("*.yaml")),
    ROOT / "tests/inspect/inputs/full.yaml",
)
NAMES = tuple(path.stem for path in SOURCES)

_SERVED = {
    "方正小标宋简体": "FandolSong-Bold.otf",
    "仿宋_GB2312": "FandolFang-Regular.otf",
    "黑体": "FandolHei-Regular.otf",
    "楷体_GB2312": "FandolKai-Regular.otf",
    "宋体": "FandolSong-Regular.otf",
}
"""Font that the Word file names, and the file that serves it."""


@pytest.fixture(scope="session")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every document in both styles and both formats: ``office/NAME.docx`` and so on."""
    folder = tmp_path_factory.mktemp("good")
    for path in SOURCES:
        shutil.copy(path, folder)
    draw_seal(folder / "seal.png")
    draw_seal(folder / "stamp.png")
    for style in STYLES:
        complaint = build([folder / path.name for path in SOURCES], folder / style, style)
        assert not complaint
    return folder


@pytest.fixture(scope="session")
def spoiled_files(good: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a Word file for every fault: ``STYLE/FAULT.docx``, in both styles."""
    folder = tmp_path_factory.mktemp("spoiled")
    for style in STYLES:
        (folder / style).mkdir()
        for spoil in SPOILS:
            word = (good / style / f"{spoil.source}.docx").read_bytes()
            (folder / style / f"{spoil.name.replace('/', '-')}.docx").write_bytes(spoiled(word, spoil.edit))
    return folder


@pytest.fixture(scope="session")
def through_libreoffice(good: Path, spoiled_files: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What LibreOffice makes of them: ``docx/STYLE-NAME.docx``, ``pdf/…``, ``spoiled/FAULT.pdf``."""
    require("soffice")
    folder, work = tmp_path_factory.mktemp("converted"), tmp_path_factory.mktemp("libreoffice")
    fonts = {name: find_fandol() / file for name, file in _SERVED.items()}
    files = [good / style / f"{name}.docx" for style in STYLES for name in NAMES]
    for kind in ("docx", "pdf"):
        (folder / kind).mkdir()
        results = convert_many([path.read_bytes() for path in files], kind, fonts=fonts, workdir=work)
        for path, data in zip(files, results, strict=True):
            (folder / kind / f"{path.parent.name}-{path.stem}.{kind}").write_bytes(data)
    (folder / "spoiled").mkdir()
    faulty = sorted((spoiled_files / "office").glob("*.docx"))
    results = convert_many([path.read_bytes() for path in faulty], "pdf", fonts=fonts, workdir=work)
    for path, data in zip(faulty, results, strict=True):
        (folder / "spoiled" / f"{path.stem}.pdf").write_bytes(data)
    return folder
