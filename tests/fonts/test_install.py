"""Fetching the open fonts: checked, whole, and clear when it does not work. No test uses the network."""

import hashlib
import zipfile
from pathlib import Path

import pytest

from kexie_docs.errors import FontError, Message, OutputError, message
from kexie_docs.fonts.install import (
    FANDOL,
    Source,
    SourceUnavailableError,
    fetch_ctan_archive,
    fetch_debian_package,
    install_fonts,
)

CONTENT = {"A.otf": b"first font", "B.otf": b"second font"}
FONTS = {name: hashlib.sha256(data).hexdigest() for name, data in CONTENT.items()}


def giving(content: dict[str, bytes], name: str = "test") -> Source:
    def fetch(folder: Path) -> None:
        for file, data in content.items():
            (folder / "some" / "where").mkdir(parents=True, exist_ok=True)
            (folder / "some" / "where" / file).write_bytes(data)

    return Source(name, fetch)


def failing(folder: Path) -> None:
    raise SourceUnavailableError(message("there is no network"))


def test_fonts_are_put_into_the_folder(tmp_path: Path) -> None:
    target = tmp_path / "new" / "fonts"
    told: list[Message] = []
    done = install_fonts(target, [giving(CONTENT)], fonts=FONTS, notice=told.append)
    assert {path.name: path.read_bytes() for path in target.iterdir()} == CONTENT
    assert (done.source, done.files) == ("test", (target / "A.otf", target / "B.otf"))
    assert "test" in str(told[0])


def test_fonts_that_are_there_are_not_fetched_again(tmp_path: Path) -> None:
    install_fonts(tmp_path, [giving(CONTENT)], fonts=FONTS)
    assert install_fonts(tmp_path, [], fonts=FONTS).source is None


def test_a_damaged_font_is_replaced(tmp_path: Path) -> None:
    install_fonts(tmp_path, [giving(CONTENT)], fonts=FONTS)
    (tmp_path / "A.otf").write_bytes(b"cut sh")
    install_fonts(tmp_path, [giving(CONTENT)], fonts=FONTS)
    assert (tmp_path / "A.otf").read_bytes() == CONTENT["A.otf"]


def test_the_next_source_is_tried(tmp_path: Path) -> None:
    sources = [
        Source("first", failing),
        giving({**CONTENT, "B.otf": b"forged"}, "second"),
        giving(CONTENT, "third"),
    ]
    assert install_fonts(tmp_path, sources, fonts=FONTS).source == "third"


def test_a_forged_font_is_refused_and_nothing_is_written(tmp_path: Path) -> None:
    target = tmp_path / "fonts"
    with pytest.raises(FontError) as error:
        install_fonts(target, [giving({**CONTENT, "B.otf": b"forged"})], fonts=FONTS)
    assert "B.otf" in str(error.value.problems[0].what)
    assert not target.exists()


def test_without_any_source_each_reason_is_told_with_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FontError) as error:
        install_fonts(tmp_path / "fonts", [Source("one", failing), giving({}, "two")], fonts=FONTS)
    assert [problem.code for problem in error.value.problems] == ["KD505", "KD505"]
    assert "one: there is no network" in str(error.value.problems[0].what)
    assert str(tmp_path / "fonts") in str(error.value.problems[0].hint)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    with pytest.raises(OutputError) as error:
        install_fonts(tmp_path / "file" / "fonts", [giving(CONTENT)], fonts=FONTS)
    assert [problem.code for problem in error.value.problems] == ["KD601"]


def test_an_archive_gives_its_fonts_and_writes_nowhere_else(tmp_path: Path) -> None:
    archive = tmp_path / "fandol.zip"
    with zipfile.ZipFile(archive, "w") as content:
        content.writestr("fandol/A.otf", CONTENT["A.otf"])
        content.writestr("../../B.otf", CONTENT["B.otf"])
        content.writestr("fandol/README", "text")
    folder = tmp_path / "deep" / "scratch"
    folder.mkdir(parents=True)
    fetch_ctan_archive(folder, archive.as_uri())
    assert sorted(path.name for path in folder.iterdir()) == ["A.otf", "B.otf", "fandol.zip"]
    assert not (tmp_path / "B.otf").exists()


@pytest.mark.parametrize("content", [b"", b"<html>not found</html>"])
def test_an_answer_that_is_no_archive_is_told(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "answer").write_bytes(content)
    with pytest.raises(SourceUnavailableError):
        fetch_ctan_archive(tmp_path, (tmp_path / "answer").as_uri())


def test_a_system_without_apt_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SourceUnavailableError, match="no apt"):
        fetch_debian_package(tmp_path)


def test_the_pinned_sums_are_those_of_the_fonts(fandol_folder: Path) -> None:
    for name, sha256 in FANDOL.items():
        assert hashlib.sha256((fandol_folder / name).read_bytes()).hexdigest() == sha256
