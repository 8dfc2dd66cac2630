"""Where fonts are looked for, and in which order."""

import os
from pathlib import Path

import pytest

from kexie_docs.fonts.discover import (
    FontFolder,
    font_folders,
    fontconfig_folders,
    index_fonts,
    packaged_folders,
)

NO_FONTCONFIG = {"FONTCONFIG_FILE": "/nonexistent/fonts.conf"}


def paths(folders: tuple[FontFolder, ...]) -> list[Path]:
    return [folder.path for folder in folders]


def touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"")
    return path


def test_windows_looks_in_the_system_and_the_users_fonts(tmp_path: Path) -> None:
    environ = {"WINDIR": "W", "LOCALAPPDATA": "L"}
    found = paths(font_folders(environ, tmp_path / "user", platform="win32", home=tmp_path))
    assert found[:3] == [
        tmp_path / "user" / "fonts",
        Path("W/Fonts"),
        Path("L/Microsoft/Windows/Fonts"),
    ]


def test_macos_looks_in_word_as_well(tmp_path: Path) -> None:
    found = paths(font_folders({}, tmp_path / "user", platform="darwin", home=tmp_path))
    assert tmp_path / "Library" / "Fonts" in found
    assert any("Microsoft Word.app" in path.parts for path in found)


def test_linux_looks_in_the_users_folders_before_the_systems(tmp_path: Path) -> None:
    environ = {**NO_FONTCONFIG, "XDG_DATA_HOME": str(tmp_path / "data")}
    found = paths(font_folders(environ, tmp_path / "user", platform="linux", home=tmp_path))
    order = [tmp_path / "user" / "fonts", tmp_path / "data" / "fonts", tmp_path / ".fonts"]
    assert [found.index(path) for path in order] == [0, 1, 2]
    assert found.index(Path("/usr/share/fonts")) > 2


@pytest.mark.parametrize("platform", ["linux", "win32", "darwin"])
def test_named_folders_come_first_and_are_preferred_and_the_package_is_last(
    platform: str, tmp_path: Path
) -> None:
    environ = {**NO_FONTCONFIG, "KEXIE_DOCS_FONTS": os.pathsep.join(["one", "two"])}
    found = font_folders(environ, tmp_path, platform=platform, home=tmp_path)
    assert found[:2] == (FontFolder(Path("one"), preferred=True), FontFolder(Path("two"), preferred=True))
    assert not any(folder.preferred for folder in found[2:])
    assert (found[-1].path,) == packaged_folders()


def test_fontconfig_names_folders(tmp_path: Path) -> None:
    config = tmp_path / "fonts.conf"
    config.write_text(
        '<fontconfig><dir>/opt/wps/fonts</dir><dir prefix="xdg">fonts</dir><dir>~/mine</dir>'
        "<!-- <dir>/not/this</dir> --><dir>relative</dir></fontconfig>",
        encoding="utf-8",
    )
    environ = {"FONTCONFIG_FILE": str(config), "XDG_DATA_HOME": "/data"}
    assert fontconfig_folders(environ, Path("/home/me")) == [
        Path("/opt/wps/fonts"),
        Path("/data/fonts"),
        Path("/home/me/mine"),
    ]


def test_a_machine_without_fontconfig_is_no_error() -> None:
    assert fontconfig_folders(NO_FONTCONFIG, Path("/home/me")) == []


def test_index_finds_fonts_below_a_folder_whatever_the_case_and_skips_other_files(tmp_path: Path) -> None:
    font = touch(tmp_path / "deep" / "er" / "SIMFANG.TTF")
    touch(tmp_path / "deep" / "readme.txt")
    files = index_fonts([FontFolder(tmp_path)])
    assert files.others == {"simfang": (font,)}
    assert files.count == 1


def test_index_keeps_the_order_of_folders_then_of_names(tmp_path: Path) -> None:
    later, sooner = touch(tmp_path / "a" / "simfang.ttf"), touch(tmp_path / "b" / "z" / "simfang.ttf")
    twin = touch(tmp_path / "b" / "y" / "SimFang.otf")
    files = index_fonts([FontFolder(tmp_path / "b"), FontFolder(tmp_path / "a")])
    assert files.others["simfang"] == (twin, sooner, later)


def test_index_reads_a_folder_once_and_leaves_missing_ones_out(tmp_path: Path) -> None:
    font = touch(tmp_path / "simfang.ttf")
    folders = [FontFolder(tmp_path / "gone"), FontFolder(tmp_path, preferred=True), FontFolder(tmp_path)]
    files = index_fonts(folders)
    assert (files.preferred, files.others) == ({"simfang": (font,)}, {})


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
def test_index_ends_where_links_go_in_a_circle(tmp_path: Path) -> None:
    touch(tmp_path / "fonts" / "simfang.ttf")
    (tmp_path / "fonts" / "loop").symlink_to(tmp_path, target_is_directory=True)
    assert index_fonts([FontFolder(tmp_path)]).count == 1
