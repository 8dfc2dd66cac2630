"""Which font serves which role and character."""

from pathlib import Path

import pytest

from kexie_docs.errors import FontError, Severity
from kexie_docs.fonts.discover import FontFolder
from kexie_docs.fonts.fontset import MachineFonts, load_fontset
from kexie_docs.style.sheet import FontRole
from tests.fonts.making import make_collection, make_font

SEEDS = Path(__file__).parents[1] / "data" / "seeds"
FANGSONG = FontRole.FANGSONG


def fonts_in(folder: Path, *, preferred: bool = False) -> MachineFonts:
    return load_fontset([FontFolder(folder, preferred=preferred)])


def codes(error: pytest.ExceptionInfo[FontError]) -> list[str]:
    return [problem.code for problem in error.value.problems]


def test_an_office_font_serves_before_an_open_one(tmp_path: Path) -> None:
    make_font(tmp_path / "FandolFang-Regular.ttf", "FandolFang-Regular")
    make_font(tmp_path / "simfang.ttf", "FangSong")
    assert fonts_in(tmp_path).first(FANGSONG).name == "FangSong"


def test_a_font_is_known_by_its_chinese_name_too(tmp_path: Path) -> None:
    make_font(tmp_path / "方正小标宋简体.ttf", "Odd-Name", family="方正小标宋简体")
    assert fonts_in(tmp_path).first(FontRole.XIAOBIAOSONG).name == "Odd-Name"


def test_the_folder_named_on_purpose_wins_over_the_catalogues_order(tmp_path: Path) -> None:
    make_font(tmp_path / "system" / "simfang.ttf", "FangSong")
    make_font(tmp_path / "mine" / "FandolFang-Regular.ttf", "FandolFang-Regular")
    fonts = load_fontset([FontFolder(tmp_path / "mine", preferred=True), FontFolder(tmp_path / "system")])
    assert fonts.first(FANGSONG).name == "FandolFang-Regular"


def test_the_folder_named_on_purpose_may_hold_any_file_names(tmp_path: Path) -> None:
    make_font(tmp_path / "body text.ttf", "FangSong_GB2312")
    assert fonts_in(tmp_path, preferred=True).first(FANGSONG).name == "FangSong_GB2312"


def test_a_file_of_another_font_under_a_known_name_is_not_used(tmp_path: Path) -> None:
    make_font(tmp_path / "simfang.ttf", "ComicSans")
    make_font(tmp_path / "simsun.ttf", "SimSun")
    with pytest.raises(FontError) as error:
        fonts_in(tmp_path).first(FANGSONG)
    assert codes(error) == ["KD502"]


def test_the_right_face_of_a_collection_is_taken(tmp_path: Path) -> None:
    members = [make_font(tmp_path / "m" / f"{name}.ttf", name) for name in ("NSimSun", "SimSun")]
    make_collection(tmp_path / "simsun.ttc", members)
    face = load_fontset([FontFolder(tmp_path)]).first(FontRole.SONGTI)
    assert (face.name, face.index) == ("SimSun", 1)


def test_folders_may_have_chinese_names(tmp_path: Path) -> None:
    make_font(tmp_path / "张三" / "字体" / "simfang.ttf", "FangSong")
    assert fonts_in(tmp_path).find(FANGSONG, "国").glyph


def test_a_damaged_font_is_passed_over_and_told(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "simfang.ttf").write_bytes(b"\0\1\0\0" + b"rubbish" * 100)
    make_font(tmp_path / "b" / "simfang.ttf", "FangSong")
    fonts = fonts_in(tmp_path)
    assert fonts.first(FANGSONG).name == "FangSong"
    (problem,) = fonts.problems
    assert (problem.code, problem.severity) == ("KD503", Severity.WARNING)
    assert problem.place.file == str(tmp_path / "a" / "simfang.ttf")


@pytest.mark.parametrize(
    "content",
    [b"", b"\0\1\0\0", b"<html>not a font</html>", b"ttcf" + b"\xff" * 60, b"OTTO\xff\xff" + b"\0" * 90],
)
def test_no_rubbish_stops_the_search(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "simfang.ttf").write_bytes(content)
    fonts = fonts_in(tmp_path)
    with pytest.raises(FontError) as error:
        fonts.first(FANGSONG)
    assert codes(error) == ["KD502"]
    assert [problem.code for problem in fonts.problems] == ["KD503"]


def test_every_cut_of_a_font_file_is_survived(tmp_path: Path) -> None:
    whole = make_font(tmp_path / "whole.ttf", "FangSong").read_bytes()
    for length in range(0, len(whole), 61):
        folder = tmp_path / str(length)
        folder.mkdir()
        (folder / "simfang.ttf").write_bytes(whole[:length])
        try:
            found = fonts_in(folder).find(FANGSONG, "国")
        except FontError:
            continue
        assert found.glyph


def test_an_endless_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "simfang.ttf").open("wb") as file:
        file.write(b"\0\1\0\0")
        file.truncate(300 * 1024 * 1024)
    fonts = fonts_in(tmp_path)
    assert fonts.serving(FANGSONG) is None
    assert "256 MB" in str(fonts.problems[0].what)


def test_a_font_that_forbids_embedding_is_passed_over_and_told(tmp_path: Path) -> None:
    make_font(tmp_path / "simfang.ttf", "FangSong", fs_type=0x0002)
    fonts = fonts_in(tmp_path)
    assert fonts.serving(FANGSONG) is None
    assert [problem.code for problem in fonts.problems] == ["KD504"]


def test_fonts_that_serve_nothing_are_not_opened(tmp_path: Path) -> None:
    (tmp_path / "holiday.ttf").write_bytes(b"not a font")
    make_font(tmp_path / "simfang.ttf", "FangSong")
    fonts = fonts_in(tmp_path)
    fonts.find(FANGSONG, "国")
    assert fonts.problems == ()


def test_a_missing_character_comes_from_the_roles_next_font_then_from_other_roles(tmp_path: Path) -> None:
    make_font(tmp_path / "simfang.ttf", "FangSong", chars="国")
    make_font(tmp_path / "STFANGSO.ttf", "STFangsong", chars="国勠")
    make_font(tmp_path / "simhei.ttf", "SimHei", chars="国勠祎")
    fonts = fonts_in(tmp_path)
    served = [fonts.find(FANGSONG, char) for char in "国勠祎"]
    assert [one.face.name for one in served] == ["FangSong", "STFangsong", "SimHei"]
    assert [one.substituted for one in served] == [False, True, True]


def test_a_character_that_the_font_has_as_a_blank_is_missing(tmp_path: Path) -> None:
    make_font(tmp_path / "simfang.ttf", "FangSong", chars="国勠 ", blank="勠")
    fonts = fonts_in(tmp_path)
    assert fonts.find(FANGSONG, " ").glyph
    with pytest.raises(FontError) as error:
        fonts.find(FANGSONG, "勠")
    assert codes(error) == ["KD501"]


def test_a_missing_character_is_named(tmp_path: Path) -> None:
    make_font(tmp_path / "simfang.ttf", "FangSong")
    with pytest.raises(FontError) as error:
        fonts_in(tmp_path).find(FANGSONG, "😀")
    (problem,) = error.value.problems
    assert problem.code == "KD501"
    assert "😀" in str(problem.what)
    assert "U+1F600" in str(problem.what)


@pytest.mark.parametrize("char", ["\u200b", "\u00ad", "\ufe0f", "\x07", "\ud800", "\ufffe"])
def test_a_character_that_prints_nothing_is_refused_by_number(fandol: MachineFonts, char: str) -> None:
    with pytest.raises(FontError) as error:
        fandol.find(FANGSONG, char)
    (problem,) = error.value.problems
    assert f"U+{ord(char):04X}" in str(problem.what)
    assert str(problem.what).isprintable()


def test_a_no_break_space_prints_as_a_space(tmp_path: Path) -> None:
    make_font(tmp_path / "simfang.ttf", "FangSong", chars="国 ")
    fonts = fonts_in(tmp_path)
    assert fonts.find(FANGSONG, "\u00a0").glyph == fonts.find(FANGSONG, " ").glyph


def test_what_is_found_does_not_depend_on_what_was_asked_before(fandol_folder: Path) -> None:
    def names(chars: str) -> dict[str, str]:
        fonts = load_fontset([FontFolder(fandol_folder)])
        return {char: fonts.find(FANGSONG, char).face.name for char in chars}

    assert names("国AⅡ") == names("ⅡA国")


def test_fandol_serves_all_roles(fandol: MachineFonts) -> None:
    assert {role: fandol.first(role).name for role in FontRole} == {
        FontRole.XIAOBIAOSONG: "FandolSong-Bold",
        FontRole.FANGSONG: "FandolFang-Regular",
        FontRole.HEITI: "FandolHei-Regular",
        FontRole.KAITI: "FandolKai-Regular",
        FontRole.SONGTI: "FandolSong-Regular",
    }


@pytest.mark.parametrize("char", "勠祎㎡")
def test_what_fandol_lacks_comes_from_the_package(fandol: MachineFonts, char: str) -> None:
    found = fandol.find(FANGSONG, char)
    assert (found.face.name, found.substituted) == ("NotoSerifSC-Regular", True)


@pytest.mark.parametrize("role", FontRole)
def test_a_machine_without_chinese_fonts_has_every_character_of_the_seeds(
    packaged: MachineFonts, role: FontRole
) -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in sorted(SEEDS.glob("*.txt")))
    assert all(not packaged.find(role, char).substituted for char in set(text) - {"\n"})
