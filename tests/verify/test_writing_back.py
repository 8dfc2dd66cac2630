"""How values are written back: in the form, quotes and line ends that the file has."""

import json
from pathlib import Path

import pytest

from tests.verify.copies import desk_of
from tests.verify.edits import WordFile

HEAD = "单位: {全称: 云溪市科学技术协会, 简称: 云溪市科协}\n年度: 2025\n"


def pulled(folder: Path, text: str, old: str, new: str) -> str:
    """The input after one replacement in its document was brought back."""
    here = desk_of(folder, text).edit(lambda file: file.replace(old, new))
    assert here.pull().left == ()
    assert here.rebuilt() == here.texts()
    return here.input.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("18个", "20个"),
        ('"18个"', '"20个"'),
        ("'18个'", "'20个'"),
        ("{数值: 18, 单位: 个}", "{数值: 20, 单位: 个}"),
        ("{quantity: 18个, 来源: 科普部}", "{quantity: 20个, 来源: 科普部}"),
        ("\n    单位: 个\n    数值: 18   # 上报数", "\n    单位: 个\n    数值: 20   # 上报数"),
    ],
)
def test_figure_keeps_the_form_of_its_metric(before: str, after: str, tmp_path: Path) -> None:
    text = f"{HEAD}指标:\n  项目: {before}\n开篇: 实施项目{{{{项目}}}}。\n"
    assert pulled(tmp_path, text, "18个", "20个") == text.replace(before, after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("再上新台阶。", '"再上新台阶: 好。"'),
        ('"再上新台阶。"', '"再上新台阶: 好。"'),
        ("'再上新台阶。'", "'再上新台阶: 好。'"),
        ("|\n  再上新台阶。", "|\n  再上新台阶: 好。"),
        ("|  # 一段\n    再上新台阶。\n\n", "|  # 一段\n    再上新台阶: 好。\n\n"),
        (">-\n  再上新台阶。", "|-\n  再上新台阶: 好。"),
    ],
)
def test_text_is_written_so_that_it_is_read_as_typed(before: str, after: str, tmp_path: Path) -> None:
    text = f"{HEAD}开篇: {before}\n结语: 完。\n"
    assert pulled(tmp_path, text, "新台阶。", "新台阶: 好。") == text.replace(before, after)


def test_braces_and_break_marks_are_escaped(tmp_path: Path) -> None:
    text = f"{HEAD}标题: 工作|总结\n开篇: 再上新台阶。\n"
    here = desk_of(tmp_path, text)

    def edit(file: WordFile) -> None:
        file.replace("总结", "总|结")
        file.replace("新台阶", "{{新}}台阶")

    assert here.edit(edit).pull().left == ()
    assert here.rebuilt() == here.texts()
    assert "总||结" in here.input.read_text(encoding="utf-8")


def test_markdown_of_the_input_is_kept(tmp_path: Path) -> None:
    text = f"""{HEAD}指标: {{活动: 12场}}
正文: |
  # 抓科普

  举办活动{{{{活动}}}}，其中**2025年新办**3场。

  表1 活动

  | 名称 | 场次 |
  | --- | --- |
  | 讲座 | 8 |
  | 展览 | 4 |
"""
    here = desk_of(tmp_path, text)

    def edit(file: WordFile) -> None:
        file.replace("12场", "13场")
        file.replace("2025年新办", "今年新办")
        file.replace("展览", "巡展")
        file.replace("抓科普", "抓普及")
        file.replace("，其中", "*，其中")

    assert here.edit(edit).pull().left == ()
    assert here.rebuilt() == here.texts()
    after = here.input.read_text(encoding="utf-8")
    assert "举办活动{{活动}}\\*，其中**今年新办**3场。" in after
    assert "| 巡展 | 4 |" in after
    assert "# 抓普及" in after


def test_json_input_is_changed_in_place(tmp_path: Path) -> None:
    text = json.dumps(
        {
            "单位": {"全称": "云溪市科学技术协会"},
            "年度": 2025,
            "指标": {"项目": {"数值": 18, "单位": "个"}, "活动": "30余场"},
            "开篇": "实施项目{{项目}}，举办活动{{活动}}。\n再上新台阶。",
        },
        ensure_ascii=False,
        indent=2,
    )
    here = desk_of(tmp_path, text, "json")

    def edit(file: WordFile) -> None:
        file.replace("18个", "20个")
        file.replace("30余场", "40余场")
        file.replace("新台阶", '“新”"台阶"')

    assert here.edit(edit).pull().left == ()
    after = text.replace('"数值": 18', '"数值": 20').replace("30余场", "40余场")
    assert here.input.read_text(encoding="utf-8") == after.replace("新台阶", '“新”\\"台阶\\"')


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_and_mark_stay(end: str, tmp_path: Path) -> None:
    from kexie_docs.readers.line_ends import as_text, with_line_ends

    original = ("\ufeff甲\n乙\n丙\n".replace("\n", end)).encode()
    assert as_text(original) == "甲\n乙\n丙\n"
    assert with_line_ends("甲\n新\n乙\n丙", original) == ("\ufeff甲\n新\n乙\n丙".replace("\n", end)).encode()


def test_mixed_line_ends_stay_with_their_lines() -> None:
    from kexie_docs.readers.line_ends import with_line_ends

    assert with_line_ends("甲\n新\n乙\n丙\n", b"\xe7\x94\xb2\r\n\xe4\xb9\x99\n\xe4\xb8\x99\r\n") == (
        "甲\r\n新\r\n乙\n丙\r\n".encode()
    )


def test_item_that_moves_takes_its_metrics_and_comments_along(tmp_path: Path) -> None:
    text = f"""{HEAD}模板: press
行动:
  - 标题: 抓科普
    措施:
      - 内容: 第一段讲科普活动。
      # 市里的数
      - 指标:
          展览: 8场   # 科技馆
        内容: 第二段办展览{{{{展览}}}}。

      - 内容: 第三段讲队伍。
"""
    here = desk_of(tmp_path, text).edit(lambda file: file.move("第三段", "第一段"))
    assert here.pull().left == ()
    assert here.rebuilt() == here.texts()
    after = here.input.read_text(encoding="utf-8")
    assert after.index("第三段") < after.index("第一段") < after.index("# 市里的数") < after.index("# 科技馆")
