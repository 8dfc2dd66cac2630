"""What `fonts list` is told."""

from pathlib import Path

from kexie_docs.fonts.discover import FontFolder
from kexie_docs.fonts.fontset import MachineFonts, load_fontset
from kexie_docs.fonts.report import report_fonts
from kexie_docs.style.sheet import FontRole
from tests.fonts.making import make_font


def test_each_role_names_its_font_file_and_licence(fandol: MachineFonts, fandol_folder: Path) -> None:
    report = report_fonts(fandol)
    assert [role.role for role in report.roles] == list(FontRole)
    fangsong = report.roles[1]
    assert (fangsong.typeface, fangsong.font) == ("仿宋", "FandolFang")
    assert fangsong.postscript_name == "FandolFang-Regular"
    assert fangsong.file == fandol_folder / "FandolFang-Regular.otf"
    assert "GPL" in str(fangsong.licence)
    assert not fangsong.office


def test_better_fonts_that_are_missing_are_named_best_first(fandol: MachineFonts) -> None:
    missing = report_fonts(fandol).roles[1].missing
    assert missing[:2] == ("仿宋_GB2312", "仿宋")
    assert "FandolFang" not in missing


def test_open_fonts_are_recommended_only_where_they_help(
    packaged: MachineFonts, fandol: MachineFonts
) -> None:
    assert report_fonts(packaged).open_fonts_would_help
    assert not report_fonts(fandol).open_fonts_would_help


def test_an_office_font_is_told_as_such(tmp_path: Path) -> None:
    make_font(tmp_path / "simfang.ttf", "FangSong")
    fangsong = report_fonts(load_fontset([FontFolder(tmp_path)])).roles[1]
    assert fangsong.office
    assert fangsong.missing == ("仿宋_GB2312",)


def test_without_fonts_roles_are_empty_and_unusable_files_are_listed(tmp_path: Path) -> None:
    (tmp_path / "simfang.ttf").write_bytes(b"no font")
    report = report_fonts(load_fontset([FontFolder(tmp_path)]))
    assert all(role.font is None and role.file is None for role in report.roles)
    assert [problem.code for problem in report.problems] == ["KD503"]
