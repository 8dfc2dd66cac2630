"""Edits of finished Word files: each is told exactly, and what is brought back comes out again when built."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verify.copies import NAMES, Told, desk, desk_of
from tests.verify.edits import WordFile

PLAN = """\
单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协, 自称: 市科协}
年度: 2025
标题: 云溪市科学技术协会|{{年度}}年工作总结
指标:
  # 全年的数
  科普活动: 300余场    # 科普部
  志愿者: {数值: 312, 单位: 名, 表述: 余}
  讲座: {数值: 20, 单位: 期, 上年: 16期}
  培训: {数值: 312, 单位: 名, 表述: 余, 上年: 250名}
  参与人次: {数值: 5万, 单位: 人次}
  增长: 12%
开篇: |
  {{年度}}年，{{单位.简称}}举办科普活动{{科普活动}}，志愿者{{志愿者}}，参与{{参与人次}}。
  各县区也举办了科普活动{{科普活动}}，{{单位.自称}}统筹推进，讲座{{讲座}}，同比{{讲座|同比}}。
行动:
  - 标题: 抓科普
    导语: |
      科普惠民，浸润民心。
    措施:
      - 要点: 活动更鲜活
        指标: {大篷车: 20次}
        内容: 大篷车出动{{大篷车}}。
  - 标题: 抓服务
    导语: |
      服务基层，温暖人心，培训科技人员{{培训}}，同比{{培训|同比}}。
结语: |
  展望未来，再创佳绩。
落款: {署名: 云溪市科学技术协会, 成文日期: 2025-12-31}
"""

Edit = Callable[[WordFile], None]

EDITS: dict[str, tuple[Edit, list[Told]]] = {
    "one of its places": (
        lambda file: file.replace("300余场", "310余场"),
        [("figure-changed", "300余场", "310余场")],
    ),
    "all its places": (
        lambda file: file.replace_all("300余场", "310余场"),
        [("figure-changed", "300余场", "310余场")] * 2,
    ),
    "a digit typed before": (
        lambda file: file.replace("20次", "120次"),
        [("figure-changed", "20次", "120次")],
    ),
    "a hedge typed before": (
        lambda file: file.replace("大篷车出动", "大篷车出动近"),
        [("figure-changed", "20次", "近20次")],
    ),
    "figure deleted": (
        lambda file: file.replace("20次", ""),
        [("figure-deleted", "20次", "")],
    ),
    "figure typed": (
        lambda file: file.replace("浸润民心", "浸润民心，建成科普馆3个"),
        [("figure-typed", "", "3个"), ("text-changed", "", "，建成科普馆3个")],
    ),
    "sentence rewritten": (
        lambda file: file.replace("科普惠民，浸润民心", "让科学走进千家万户"),
        [("text-changed", "科普惠民，浸润民心", "让科学走进千家万户")],
    ),
    "sentence round a figure rewritten": (
        lambda file: file.replace("大篷车出动", "流动科普车跑了"),
        [("text-changed", "大篷车出动", "流动科普车跑了")],
    ),
    "sentence with its figure deleted": (
        lambda file: file.replace("大篷车出动20次", "大篷车常年出动"),
        [("figure-deleted", "20次", ""), ("text-changed", "出动20次", "常年出动")],
    ),
    "paragraph moved": (
        lambda file: file.move("各县区也举办", "举办科普活动300余场，志愿者"),
        [
            (
                "paragraph-moved",
                "各县区也举办了科普活动300余场，市科协统筹推进，讲座20期，同比增长25%。",
                "各县区也举办了科普活动300余场，市科协统筹推进，讲座20期，同比增长25%。",
            )
        ],
    ),
    "paragraph moved to another part": (
        lambda file: file.move("科普惠民", "展望未来"),
        [
            (
                "paragraph-moved",
                "科普惠民，浸润民心。活动更鲜活，大篷车出动20次。",
                "科普惠民，浸润民心。活动更鲜活，大篷车出动20次。",
            )
        ],
    ),
    "paragraph added": (
        lambda file: file.add_after("展望未来", "新的一年，我们再出发。"),
        [("paragraph-added", "", "新的一年，我们再出发。")],
    ),
    "paragraph removed": (
        lambda file: file.remove("各县区也举办"),
        [
            (
                "paragraph-removed",
                "各县区也举办了科普活动300余场，市科协统筹推进，讲座20期，同比增长25%。",
                "",
            ),
            ("figure-deleted", "300余场", ""),
            ("figure-deleted", "20期", ""),
            ("figure-deleted", "增长25%", ""),
        ],
    ),
    "paragraph parted": (
        lambda file: file.split("市科协统筹推进"),
        [("text-changed", "", "\n")],
    ),
    "paragraphs joined": (
        lambda file: file.join("2025年，云溪市科协"),
        [("text-changed", "\n", "")],
    ),
    "heading": (
        lambda file: file.replace("抓科普", "抓普及"),
        [("text-changed", "科普", "普及")],
    ),
    "title": (
        lambda file: file.replace("工作总结", "工作情况总结"),
        [("text-changed", "", "情况")],
    ),
    "date": (
        lambda file: file.replace("12月31日", "12月30日"),
        [("text-changed", "2025年12月31日", "2025年12月30日")],
    ),
    "name printed by a reference": (
        lambda file: file.replace("云溪市科协举办", "云溪县科协举办"),
        [("text-changed", "云溪市科协", "云溪县科协")],
    ),
    "exact figure of a metric with fields": (
        lambda file: file.replace("5万人次", "6万人次"),
        [("figure-changed", "5万人次", "6万人次")],
    ),
    "hedged figure of a metric with fields": (
        lambda file: file.replace("志愿者300余名", "志愿者310余名"),
        [("figure-changed", "300余名", "310余名")],
    ),
    "metric of a derived figure": (
        lambda file: file.replace("20期", "24期"),
        [("figure-changed", "20期", "24期")],
    ),
    "words in the place of a figure": (
        lambda file: file.replace("20次", "多次"),
        [("figure-changed", "20次", "多次")],
    ),
    "derived figure": (
        lambda file: file.replace("增长25%", "增长26%"),
        [("figure-changed", "增长25%", "增长26%")],
    ),
    "changes recorded": (
        lambda file: file.track("300余场", "320余场"),
        [("figure-changed", "300余场", "320余场")],
    ),
}

UNPLACED = {"one of its places", "derived figure", "changes recorded"}
"""A figure that is another in one of its places only has no one value; a derived one has none of its own."""

LEFT = {"metric of a derived figure"}
"""Brought back, after which the derived figure is another one than the copy has."""


@pytest.mark.parametrize("bookmarks", [True, False], ids=["bookmarks", "no-bookmarks"])
@pytest.mark.parametrize("name", EDITS)
def test_edit_is_told_exactly(name: str, bookmarks: bool, tmp_path: Path) -> None:
    edit, told = EDITS[name]
    here = desk_of(tmp_path, PLAN).edit(edit, bookmarks=bookmarks)
    assert here.told() == told


@pytest.mark.parametrize("bookmarks", [True, False], ids=["bookmarks", "no-bookmarks"])
@pytest.mark.parametrize("name", [name for name in EDITS if name not in UNPLACED | LEFT])
def test_pulled_edit_is_built_again(name: str, bookmarks: bool, tmp_path: Path) -> None:
    edit, _ = EDITS[name]
    here = desk_of(tmp_path, PLAN).edit(edit, bookmarks=bookmarks)
    pulled = here.pull()
    assert pulled.left == ()
    assert here.rebuilt() == here.texts()
    again = here.pull()
    assert (again.files, again.found) == ((), ())


@pytest.mark.parametrize("name", sorted(UNPLACED))
def test_what_has_no_one_value_is_listed_and_left(name: str, tmp_path: Path) -> None:
    here = desk_of(tmp_path, PLAN).edit(EDITS[name][0])
    before = here.input.read_text(encoding="utf-8")
    pulled = here.pull()
    assert pulled.files == ()
    assert pulled.left == pulled.found != ()
    assert here.input.read_text(encoding="utf-8") == before


def test_derived_figure_that_changes_with_its_metric_is_listed(tmp_path: Path) -> None:
    here = desk_of(tmp_path, PLAN).edit(EDITS["metric of a derived figure"][0])
    pulled = here.pull()
    assert "讲座: {数值: 24, 单位: 期, 上年: 16期}" in here.input.read_text(encoding="utf-8")
    assert [(one.metric, one.old, one.new) for one in pulled.left] == [("讲座|同比", "增长50%", "增长25%")]
    assert pulled.left[0].sources == ("讲座", "讲座.上年")
    assert here.pull().files == ()


def test_hedged_figure_is_written_in_the_fields_of_its_metric(tmp_path: Path) -> None:
    """An exact 310 with 余 would print 300余, so the words are kept."""
    here = desk_of(tmp_path, PLAN).edit(lambda file: file.replace("志愿者300余名", "志愿者310余名"))
    here.pull()
    assert "志愿者: {数值: 310余名, 单位: 名, 表述: }" in here.input.read_text(encoding="utf-8")
    here.edit(lambda file: file.replace("志愿者310余名", "志愿者400余名"))
    here.pull()
    assert "志愿者: {数值: 400余名, 单位: 名, 表述: }" in here.input.read_text(encoding="utf-8")


def test_figure_that_others_need_exactly_is_refused_with_the_reason(tmp_path: Path) -> None:
    here = desk_of(tmp_path, PLAN).edit(lambda file: file.replace("科技人员300余名", "科技人员310余名"))
    pulled = here.pull()
    assert pulled.files == ()
    assert "310余名" in str(pulled.refused["310余名"])


def test_comments_and_order_stay(tmp_path: Path) -> None:
    here = desk_of(tmp_path, PLAN).edit(lambda file: file.replace_all("300余场", "310余场"))
    here.pull()
    assert here.input.read_text(encoding="utf-8") == PLAN.replace("300余场", "310余场")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("bookmarks", [True, False], ids=["bookmarks", "no-bookmarks"])
def test_untouched_copy_has_no_differences(name: str, bookmarks: bool, tmp_path: Path) -> None:
    here = desk(tmp_path, name).edit(lambda file: None, bookmarks=bookmarks)
    assert here.told() == []
    assert here.pull().files == ()


def test_value_of_another_file_is_changed_in_that_file(tmp_path: Path) -> None:
    """A report that builds on the summary: the figure stands in the summary's input."""
    here = desk(tmp_path, "zhangye-2025-report").edit(lambda file: file.replace("741万元", "800万元"))
    pulled = here.pull()
    assert [Path(change.file).name for change in pulled.files] == ["zhangye-2025.yaml"]
    assert "项目资金: 800万元\n" in (tmp_path / "zhangye-2025.yaml").read_text(encoding="utf-8")
    assert here.rebuilt() == here.texts()


def test_template_words_are_listed(tmp_path: Path) -> None:
    here = desk(tmp_path, "zhangye-2025-report").edit(lambda file: file.replace("特此报告", "专此报告"))
    pulled = here.pull()
    assert pulled.files == ()
    assert [str(one.place) for one in pulled.left] == [""]


def test_paragraphs_of_two_fields_run_together_become_text_of_the_first(tmp_path: Path) -> None:
    """In a press release every measure is a paragraph; the metrics of the second stay."""
    here = desk(tmp_path, "qingyang-2024").edit(lambda file: file.join("2024年，庆阳市持续推动"))
    assert [one[:3] for one in here.told()] == [("text-changed", "\n", "")]
    assert here.pull().left == ()
    assert here.rebuilt() == here.texts()
    assert here.pull().files == ()


def test_removed_text_stays_in_the_input_while_it_stands_elsewhere_without_a_place(tmp_path: Path) -> None:
    here = desk(tmp_path, "zhangye-2025-report")

    def edit(file: WordFile) -> None:
        file.join("这一年，数字见证足迹")
        file.move("这一年，数字见证足迹", "市人民政府：")

    before = {path.name: path.read_bytes() for path in tmp_path.glob("*.yaml")}
    pulled = here.edit(edit).pull()
    assert pulled.left != ()
    assert {path.name: path.read_bytes() for path in tmp_path.glob("*.yaml")} == before
