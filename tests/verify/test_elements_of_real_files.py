"""Letterhead, signature, imprint, people, captions, attachments: edited in the file, and brought back."""

from pathlib import Path

import pytest

from tests.verify.copies import Desk, desk, desk_of

REPORT, MINUTES, EVERYWHERE = "zhangye-2025-report", "yunxi-2025-minutes", "everywhere"

EDITS = [
    (REPORT, "〔2025〕12号", "〔2025〕15号", "发文字号: 张科协发〔2025〕15号"),
    (REPORT, "王某某", "李某某", "签发人: 李某某"),
    (REPORT, "市人民政府：", "市委、市政府：", "主送: 市委、市政府\n"),
    (
        REPORT,
        "市政协办公室",
        "市政协办公室，市委组织部",
        "抄送: [市委办公室, 市人大常委会办公室, 市政协办公室，市委组织部]",
    ),
    (REPORT, "协会办公室", "协会秘书处", "印发机关: 张掖市科学技术协会秘书处"),
    (REPORT, "12月31日印发", "12月30日印发", "印发日期: 2025-12-30"),
    (REPORT, "协会文件", "协会公文", "发文机关标志: 张掖市科学技术协会公文"),
    (REPORT, "工作情况", "工作", "标题: 张掖市科学技术协会|关于{{年度}}年工作的报告"),
    (MINUTES, "李某某", "刘某某", "出席: [刘某某, 王某某,"),
    (MINUTES, "陈某某", "陈某某、杨某某", "请假: [陈某某、杨某某]"),
    (MINUTES, "第12期", "第13期", "期号: 第13期"),
    (MINUTES, "12月8日", "12月10日", "编印日期: 2025-12-10"),
    (MINUTES, "关于下一年科普活动经费", "关于明年科普活动经费", "- 标题: 关于明年科普活动经费"),
    (EVERYWHERE, "成效38人", "成效与人才38人", "# 成效与人才{{引进专家}}"),
    (EVERYWHERE, "表1 共超10万", "表1 总计超10万", "表1 总计{{参与}}"),
    (EVERYWHERE, "共有专家", "现有专家", "现有专家{{引进专家}}，参与{{参与}}。"),
    (EVERYWHERE, "科学技术协会", "科学技术学会", "署名: 云溪市科学技术学会,"),
]


def saved(here: Desk) -> str:
    return "\n".join(path.read_text(encoding="utf-8") for path in sorted(here.folder.glob("*.yaml")))


@pytest.mark.parametrize(
    ("name", "old", "new", "written"), EDITS, ids=[f"{one[0]}-{one[1]}" for one in EDITS]
)
def test_element_edited_is_brought_back_to_its_field(
    name: str, old: str, new: str, written: str, tmp_path: Path
) -> None:
    here = desk(tmp_path, name)
    assert written not in saved(here)
    here.edit(lambda file: file.replace(old, new))
    assert len(here.told()) == 1
    assert here.pull().left == ()
    assert written in saved(here)
    assert here.is_rebuilt()
    assert here.pull().files == ()


LETTER = """\
单位: {全称: 云溪市科学技术协会}
年度: 2025
模板: report
标题: 关于工作的报告
主送: 市政府
版头: {发文机关标志: 云溪市科协文件, 发文字号: 云科协发〔2025〕1号, 密级: 秘密, 签发人: [李某某, 王某, 张某]}
开篇: 办讲座。
落款: {署名: [{名称: 云溪市科学技术协会}, {名称: 云溪市教育局}], 成文日期: 2025-12-31}
"""


@pytest.mark.parametrize(
    ("old", "new", "written"),
    [
        ("教育局", "财政局", "[{名称: 云溪市科学技术协会}, {名称: 云溪市财政局}]"),
        ("王　某", "王　谋", "签发人: [李某某, 王谋, 张某]"),
        ("李某某", "赵某某", "签发人: [赵某某, 王某, 张某]"),
        ("秘　密", "机　密", "密级: 机密"),
    ],
)
def test_name_that_is_spaced_or_one_of_several_is_brought_back(
    old: str, new: str, written: str, tmp_path: Path
) -> None:
    here = desk_of(tmp_path, LETTER).edit(lambda file: file.replace(old, new))
    assert here.pull().left == ()
    assert written in here.input.read_text(encoding="utf-8")
    assert here.is_rebuilt()


def test_title_of_an_attachment_is_brought_back_when_it_is_changed_in_both_places(tmp_path: Path) -> None:
    here = desk(tmp_path, MINUTES).edit(lambda file: file.replace("完成情况表", "进展情况表"))
    assert here.pull().files == ()
    here.edit(lambda file: file.replace_all("完成情况表", "进展情况表"))
    assert here.pull().left == ()
    assert "标题: 2025年重点工作进展情况表" in here.input.read_text(encoding="utf-8")
    assert here.is_rebuilt()
