"""Bad inputs as a clerk meets them: one clear message each, exit code 3, no traceback, nothing written."""

from pathlib import Path

import pytest

from tests.support.cli import SMALL, Run
from tests.support.tools import require_fandol

GOOD = SMALL + "行动:\n  - 标题: 一\n    措施:\n      - 内容: 二\n"


def changed(old: str, new: str) -> bytes:
    assert old in GOOD
    return GOOD.replace(old, new).encode()


BAD = {
    "required key missing": (changed("年度: 2025\n", ""), "KD202"),
    "misspelt key": (changed("开篇:", "开编:"), "KD203"),
    "wrong type": (changed("年度: 2025", "年度: [2025]"), "KD2"),
    "key given twice": (GOOD.encode() + b"\xe5\xb9\xb4\xe5\xba\xa6: 2024\n", "KD1"),
    "field in both languages": (GOOD.encode() + b"year: 2025\n", "KD119"),
    "metric given twice": (
        changed("内容: 二", "指标: {科普活动: 3场}\n        内容: 二"),
        "KD322",
    ),
    "impossible metric name": (changed("科普活动: 120余场", "1科普: 120余场\n  科普活动: 120余场"), "KD320"),
    "metric named like a key": (changed("科普活动: 120余场", "标题: 120余场\n  科普活动: 120余场"), "KD321"),
    "not a figure": (changed("120余场", "很多场"), "KD310"),
    "hedged twice": (changed("120余场", "超120余场"), "KD310"),
    "undefined reference": (changed("{{科普活动}}", "{{科普活动数}}"), "KD303"),
    "statement in a reference": (changed("{{科普活动}}", "{% if 1 %}"), "KD308"),
    "call in a reference": (changed("{{科普活动}}", "{{科普活动()}}"), "KD301"),
    "arithmetic in a reference": (changed("{{科普活动}}", "{{科普活动 + 1}}"), "KD301"),
    "subscript in a reference": (changed("{{科普活动}}", "{{科普活动[0]}}"), "KD301"),
    "unknown filter": (changed("{{科普活动}}", "{{科普活动|upper}}"), "KD306"),
    "reference never closed": (changed("{{科普活动}}", "{{科普活动"), "KD302"),
    "braces at the start of a plain value": (changed("标题: 一", "标题: {{年度}}年"), "KD1"),
    "anchor": (changed("标题: 一", "标题: &a 一"), "KD1"),
    "alias": (changed("标题: 一", "标题: *a"), "KD1"),
    "merge": (changed("  - 标题: 一", "  - <<: {标题: 一}"), "KD1"),
    "tag": (changed("标题: 一", "标题: !!str 一"), "KD1"),
    "tab indentation": (changed("  科普活动", "\t科普活动"), "KD1"),
    "full-width colon": (changed("年度: 2025", "年度：2025"), "KD1"),
    "no space after the colon": (changed("年度: 2025", "年度:2025"), "KD1"),
    "GBK": (GOOD.encode("gbk"), "KD1"),
    "UTF-16": (GOOD.encode("utf-16"), "KD1"),
    "empty file": (b"", "KD1"),
    "only comments": (b"# \xe7\xa9\xba\n", "KD1"),
    "list where a map belongs": (b"- a\n- b\n", "KD2"),
    "map where a list belongs": (changed("  - 标题: 一\n    措施:\n      - 内容: 二", "  标题: 一"), "KD2"),
    "date that does not exist": (GOOD.encode() + "落款: {成文日期: 2025-02-30}\n".encode(), "KD2"),
    "control character": (changed("内容: 二", "内容: 二\x07"), "KD1"),
    "nested too deep": (b"a: " + b"[" * 5000, "KD1"),
    "not text": (b"PK\x03\x04" + bytes(range(256)), "KD1"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_input_is_told_and_nothing_is_written(command: Run, folder: Path, case: str) -> None:
    data, code = BAD[case]
    (folder / "bad.yaml").write_bytes(data)
    english, chinese = command("build", "bad.yaml"), command("build", "bad.yaml", lang="zh_CN.UTF-8")
    for outcome in (english, chinese):
        assert outcome.code == 3
        assert outcome.out == ""
        assert "Traceback" not in outcome.err
        assert f" {code}" in outcome.err
        assert outcome.err.startswith("bad.yaml")
    assert english.err.count(" error KD") == chinese.err.count(" 错误 KD")
    assert english.err.count(" error KD") == 1, english.err
    assert not (folder / "outputs").exists()


@pytest.mark.parametrize(
    ("name", "prepare"),
    [
        ("nothing.yaml", lambda path: None),
        ("folder.yaml", lambda path: path.mkdir()),
        ("text.txt", lambda path: path.write_text("x")),
    ],
)
def test_what_is_no_input_file_is_told(command: Run, folder: Path, name: str, prepare: object) -> None:
    assert callable(prepare)
    prepare(folder / name)
    outcome = command("build", name)
    assert outcome.code == 3
    assert outcome.err.startswith(f"{name}: error KD1")
    assert outcome.err.count(" error KD") == 1
    assert not (folder / "outputs").exists()


def test_template_that_is_not_there_is_told_at_its_line(command: Run, folder: Path) -> None:
    (folder / "bad.yaml").write_text(GOOD + "模板: sumary\n", encoding="utf-8")
    outcome = command("build", "bad.yaml")
    line = GOOD.count("\n") + 1
    assert outcome.code == 4
    assert outcome.err.startswith(f"bad.yaml:{line}:5: error KD401: ")
    assert "模板: sumary" in outcome.err
    assert not (folder / "outputs").exists()


def test_all_problems_of_a_file_are_told_at_once(command: Run, folder: Path) -> None:
    text = GOOD.replace("年度: 2025", "年度: 25").replace("开篇:", "开编:").replace("120余场", "125余场")
    (folder / "bad.yaml").write_text(text, encoding="utf-8")
    outcome = command("build", "bad.yaml")
    assert outcome.err.count(" error KD") == 3


def test_the_good_one_of_these_builds(command: Run, folder: Path) -> None:
    (folder / "good.yaml").write_text(GOOD, encoding="utf-8")
    assert command("build", "good.yaml").code == 0


def test_warnings_are_told_and_stop_nothing(command: Run, folder: Path) -> None:
    (folder / "small.yaml").write_text(SMALL + "标题: 关于 #1\n", encoding="utf-8")
    outcome = command("build", "small.yaml", "-t", "press")
    assert outcome.code == 0
    assert "warning KD121" in outcome.err
    assert (folder / "outputs/small-press.pdf").exists()


def test_characters_in_another_font_are_told(command: Run, folder: Path) -> None:
    require_fandol()
    (folder / "small.yaml").write_text(SMALL + "结语: |\n  勠力同心。\n", encoding="utf-8")
    outcome = command("build", "small.yaml")
    assert outcome.code == 0
    assert "warning KD506" in outcome.err
    assert "勠" in outcome.err
