"""Copies that went through LibreOffice, also as an old .doc: what was edited is told, and nothing else."""

from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from tests.support.libreoffice import convert_many
from tests.support.tools import require
from tests.verify.copies import ALL, Desk, desk, desk_of
from tests.verify.edits import WordFile
from tests.verify.test_figures_of_real_files import another_number, retyped
from tests.verify.test_scripted_edits import EDITS, PLAN

FONTS = {"FangSong": Path(pylopdf_fonts_zh_cn.serif_path())}


@pytest.fixture(scope="module")
def workdir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    require("soffice")
    return tmp_path_factory.mktemp("libreoffice")


def through(files: list[bytes], workdir: Path, *, doc: bool) -> list[bytes]:
    """The files as LibreOffice saves them; with ``doc`` by way of the old format."""
    if doc:
        files = convert_many(files, "doc", fonts=FONTS, flip_overflow_punct=False, workdir=workdir)
    return convert_many(files, "docx", fonts=FONTS, flip_overflow_punct=False, workdir=workdir)


@pytest.mark.parametrize("doc", [False, True], ids=["docx", "doc"])
def test_saving_alone_makes_no_difference(doc: bool, workdir: Path, tmp_path: Path) -> None:
    desks = [desk(tmp_path / name, name).edit(lambda file: None) for name in ALL]
    for here, data in zip(
        desks, through([one.copy.read_bytes() for one in desks], workdir, doc=doc), strict=True
    ):
        here.copy.write_bytes(data)
        assert here.told() == []
        assert here.pull().files == ()


@pytest.mark.parametrize("doc", [False, True], ids=["docx", "doc"])
def test_edits_are_told_exactly_after_saving(doc: bool, workdir: Path, tmp_path: Path) -> None:
    # Old files have no recorded change in a run of its own; what was typed is the same.
    names = [name for name in EDITS if name != "changes recorded"]
    desks: list[Desk] = []
    for number, name in enumerate(names):
        folder = tmp_path / str(number)
        folder.mkdir()
        desks.append(desk_of(folder, PLAN).edit(EDITS[name][0]))
    saved = through([one.copy.read_bytes() for one in desks], workdir, doc=doc)
    for name, here, data in zip(names, desks, saved, strict=True):
        here.copy.write_bytes(data)
        assert (name, here.told()) == (name, EDITS[name][1])


@pytest.mark.parametrize("doc", [False, True], ids=["docx", "doc"])
def test_figures_edited_in_files_of_every_kind_are_told_exactly_after_saving(
    doc: bool, workdir: Path, tmp_path: Path
) -> None:
    desks = [desk(tmp_path / name, name) for name in ALL]
    changed = [retyped(here, another_number) for here in desks]
    saved = through([here.copy.read_bytes() for here in desks], workdir, doc=doc)
    for here, expected, data in zip(desks, changed, saved, strict=True):
        here.copy.write_bytes(data)
        assert (here.input.stem, here.told()) == (here.input.stem, expected)


def test_recorded_changes_are_read_in_their_final_form_after_saving(workdir: Path, tmp_path: Path) -> None:
    here = desk_of(tmp_path, PLAN)

    def edit(file: WordFile) -> None:
        file.track("300余场", "320余场")
        file.track("展望未来", "面向未来")

    here.edit(edit)
    [data] = through([here.copy.read_bytes()], workdir, doc=False)
    here.copy.write_bytes(data)
    assert here.told() == [
        ("figure-changed", "300余场", "320余场"),
        ("text-changed", "展望", "面向"),
    ]
