"""沿用: one facts file, several documents; what is stated, what is taken over, and where messages point."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kexie_docs.errors import InputError, Problem
from kexie_docs.figures.quantity import print_quantity
from kexie_docs.readers.reader import LoadedReport, read_report

FACTS = """\
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协}
年度: 2025
标题: 年度总结
指标:
  科普活动: 300余场
  科普项目: 18个
开篇: |
  办{{科普活动}}，建{{科普项目}}。
联系: [电话]
"""

Files = dict[str, str]
Read = Callable[..., LoadedReport]


@pytest.fixture
def read_files(tmp_path: Path) -> Read:
    """Return a function that writes files by name and reads one of them."""

    def read(files: Files, name: str = "report.yaml") -> LoadedReport:
        for each, text in files.items():
            path = tmp_path / each
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return read_report(tmp_path / name, display=name)

    return read


def wrong(read: Read, files: Files, name: str = "report.yaml") -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read(files, name)
    return list(caught.value.problems)


def test_a_file_states_what_differs_and_takes_over_the_rest(read_files: Read) -> None:
    report = read_files({"facts.yaml": FACTS, "report.yaml": "沿用: facts.yaml\n标题: 报告\n"}).report
    assert report.title is not None
    assert report.title.source == "报告"
    assert (report.organization.full_name, report.year) == ("云溪市科学技术协会", 2025)
    assert [line.source for line in report.contact] == ["电话"]


def test_a_key_in_the_other_spelling_takes_the_place_too(read_files: Read) -> None:
    report = read_files({"facts.yaml": FACTS, "report.yaml": "inherits: facts.yaml\ntitle: 报告\n"}).report
    assert report.title is not None
    assert report.title.source == "报告"


def test_maps_are_replaced_whole(read_files: Read) -> None:
    loaded = read_files({"facts.yaml": FACTS, "report.yaml": "沿用: facts.yaml\n单位: {全称: 甲}\n"})
    assert loaded.report.organization.short_name is None


def test_metrics_are_merged_by_name(read_files: Read) -> None:
    files = {"facts.yaml": FACTS, "report.yaml": "沿用: facts.yaml\n指标: {科普项目: 19个, 新增: 2家}\n"}
    metrics = read_files(files).report.all_metrics()
    assert {name: print_quantity(metric.quantity) for name, metric in metrics.items()} == {
        "科普活动": "300余场",
        "科普项目": "19个",
        "新增": "2家",
    }


def test_a_key_without_a_value_takes_the_others_away(read_files: Read) -> None:
    report = read_files({"facts.yaml": FACTS, "report.yaml": "沿用: facts.yaml\n联系:\n"}).report
    assert report.contact == []


def test_several_files_build_on_one_another_from_their_own_folders(read_files: Read) -> None:
    files = {
        "sub/facts.yaml": FACTS,
        "sub/middle.json": '{"沿用": "facts.yaml", "标题": "中"}',
        "report.yaml": "沿用: sub/middle.json\n年度: 2024\n",
    }
    loaded = read_files(files)
    assert loaded.report.title is not None
    assert (loaded.report.title.source, loaded.report.year) == ("中", 2024)
    assert loaded.place("标题").file == "sub/middle.json"
    assert loaded.place("开篇").file == "sub/facts.yaml"
    assert loaded.excerpt(loaded.place(("指标", "科普项目"))) == "  科普项目: 18个"


def test_messages_point_to_the_file_that_holds_the_value(read_files: Read) -> None:
    facts = FACTS.replace("建{{科普项目}}", "建{{没有}}")
    found = wrong(read_files, {"facts.yaml": facts, "report.yaml": "沿用: facts.yaml\n年度: 二五\n"})
    assert [(one.code, one.place.file, one.place.line, one.place.field) for one in found] == [
        ("KD210", "report.yaml", 2, "年度"),
        ("KD303", "facts.yaml", 8, "开篇"),
    ]
    assert found[1].excerpt == "  办{{科普活动}}，建{{没有}}。"


def test_a_reference_to_a_metric_that_was_replaced_is_told_where_the_text_stands(read_files: Read) -> None:
    files = {"facts.yaml": FACTS, "report.yaml": "沿用: facts.yaml\n结语: 见{{科普活动.目标}}\n"}
    (only,) = wrong(read_files, files)
    assert (only.code, only.place.file, only.place.line) == ("KD305", "report.yaml", 2)


@pytest.mark.parametrize("name", ["无.yaml", "sub", "report.yaml.bak/"])
def test_a_base_that_is_missing_is_told_at_its_name(read_files: Read, name: str) -> None:
    (only,) = wrong(read_files, {"sub/x.yaml": FACTS, "report.yaml": f"沿用: {name}\n年度: 2025\n"})
    assert only.code in ("KD122", "KD108", "KD219")
    assert (only.place.file, only.place.line, only.place.field) == ("report.yaml", 1, "沿用")


@pytest.mark.parametrize(
    "name", ["../facts.yaml", "/etc/passwd", "C:\\facts.yaml", "~/facts.yaml", "a/../b.yaml"]
)
def test_a_base_outside_the_folder_is_refused(read_files: Read, name: str) -> None:
    (only,) = wrong(read_files, {"report.yaml": f"沿用: '{name}'\n年度: 2025\n"})
    assert (only.code, only.place.line, only.place.field) == ("KD219", 1, "沿用")


def test_a_link_that_leads_out_of_the_folder_is_refused(read_files: Read, tmp_path: Path) -> None:
    (tmp_path / "outside.yaml").write_text(FACTS, encoding="utf-8")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "facts.yaml").symlink_to(tmp_path / "outside.yaml")
    (only,) = wrong(read_files, {"in/report.yaml": "沿用: facts.yaml\n"}, "in/report.yaml")
    assert only.code == "KD122"


def test_a_circle_is_an_error(read_files: Read) -> None:
    files = {"report.yaml": "沿用: b.yaml\n", "b.yaml": "沿用: report.yaml\n"}
    (only,) = wrong(read_files, files)
    assert (only.code, only.place.file, only.place.line) == ("KD122", "b.yaml", 1)


def test_a_file_that_builds_on_itself_is_an_error(read_files: Read) -> None:
    (only,) = wrong(read_files, {"report.yaml": "沿用: ./report.yaml\n"})
    assert only.code == "KD122"


def test_a_chain_too_long_is_an_error(read_files: Read) -> None:
    files = {f"{n}.yaml": f"沿用: {n + 1}.yaml\n" for n in range(1, 20)} | {"20.yaml": FACTS}
    (only,) = wrong(read_files, files, "1.yaml")
    assert only.code == "KD122"


def test_a_syntax_error_in_the_base_is_told_in_the_base(read_files: Read) -> None:
    found = wrong(read_files, {"facts.yaml": "年度: [2025\n", "report.yaml": "沿用: facts.yaml\n"})
    assert {one.place.file for one in found} == {"facts.yaml"}


def test_a_base_that_is_no_map_is_told_in_the_base(read_files: Read) -> None:
    (only,) = wrong(read_files, {"facts.yaml": "- 甲\n", "report.yaml": "沿用: facts.yaml\n标题: 乙\n"})
    assert (only.code, only.place.file) == ("KD201", "facts.yaml")


def test_a_list_of_bases_is_refused_by_the_model(read_files: Read) -> None:
    found = wrong(read_files, {"report.yaml": f"沿用: [a.yaml]\n{FACTS}"})
    assert [(one.code, one.place.field) for one in found] == [("KD201", "沿用")]
