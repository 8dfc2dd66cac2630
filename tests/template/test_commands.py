"""template list, show, new and check: what they print, write and refuse, with their exit codes."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from kexie_docs.compose.templates import builtin_root, find_template, template_names
from kexie_docs.pipeline import compose, load
from tests.support.cli import SMALL
from tests.template.conftest import GOOD, Command

Write = Callable[..., Path]

BUILT_IN = template_names([builtin_root()])


def test_list_names_every_template_its_title_and_where_it_is_from(command: Command, write: Write) -> None:
    write("年报", 'extends = "summary"\ntitle = "年度报告"\n')
    user = Path("home/templates/user")
    user.mkdir(parents=True)
    (user / "template.toml").write_text('extends = "press"\ntitle = "通稿"\n', encoding="utf-8")
    done = command("template", "list")
    assert (done.code, done.err) == (0, "")
    rows = {line.split()[0]: line.split(maxsplit=2)[1:] for line in done.out.splitlines()}
    assert rows["summary"] == ["工作总结", "built in"]
    assert rows["minutes"] == ["会议纪要", "built in"]
    assert rows["年报"] == ["年度报告", "this project: templates/年报"]
    assert rows["user"] == ["通稿", f"yours: {Path.cwd() / user}"]


def test_list_goes_on_past_a_template_that_is_not_usable(command: Command, write: Write) -> None:
    write("bad", "title = 工作\n", "")
    done = command("template", "list")
    assert done.code == 0
    assert "not usable: The file is not valid TOML" in done.out
    assert "summary" in done.out


def test_the_projects_template_hides_a_built_in_one_of_its_name(command: Command, write: Write) -> None:
    write("summary", 'extends = "summary"\ntitle = "我们的总结"\n')
    rows = [line for line in command("template", "list").out.splitlines() if line.startswith("summary")]
    (row,) = rows
    assert row.split(maxsplit=1)[1] == "我们的总结  this project: templates/summary"


def test_show_tells_files_blocks_values_needs_styles_and_a_sample(command: Command, write: Write) -> None:
    write(
        content="{{ 落款.成文日期 }}\n{% if 问题 %}{{ 问题 }}{% endif %}\n{% for 项 in 行动 %}{{ 项.标题 }}\n"
        "{% endfor %}{{ 单位.自称 | default('会') }}{{ 产值 }}{% block 尾 %}{% endblock %}\n\n"
        "::: title\n字\n:::\n",
        settings='title = "试"\ndescription = "试一试"\n[defaults]\n"词" = "固定词"\n',
        starter__yaml=SMALL,
    )
    done = command("template", "show", "mine")
    assert (done.code, done.err) == (0, "")
    parts = {part.splitlines()[0]: part.splitlines()[1:] for part in done.out.split("\n\n")}
    assert parts["mine  试  this project: templates/mine"] == ["试一试"]
    assert parts["Files:"] == [
        f"  templates/mine/{file}" for file in ("template.toml", "content.md.j2", "starter.yaml")
    ]
    assert parts["Blocks that a template of your own can change:"] == ["  尾"]
    assert parts["Fixed texts (默认):"] == ["  词 = 固定词"]
    assert parts["Values that it uses:"] == [
        *("  落款：成文日期", "  问题", "  行动：标题", "  单位：自称", "  指标：产值"),
    ]
    assert parts["An input must give:"] == ["  单位.全称", "  年度", "  落款.成文日期", "  指标.产值"]
    assert parts["Styles that it names:"] == ["  title"]
    sample = parts["Sample (written by: kexie-docs new NAME.yaml -t mine):"]
    assert [line[2:] for line in sample] == SMALL.splitlines()


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_template_asks_of_inputs_only_what_all_give(command: Command, name: str) -> None:
    out = command("template", "show", name).out
    needs = out.split("An input must give:\n")[1].split("\n\n")[0]
    assert needs.split() == ["单位.全称", "年度"]


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_built_in_template_is_in_order(command: Command, name: str) -> None:
    done = command("template", "check", name)
    assert (done.code, done.out, done.err) == (0, "", "Errors: 0; warnings: 0.\n")


@pytest.mark.parametrize("base", BUILT_IN)
def test_a_new_template_is_in_order_and_prints_what_its_base_prints(command: Command, base: str) -> None:
    done = command("template", "new", "我的", "--from", base)
    assert done.code == 0
    assert done.out.splitlines() == [
        f"templates/我的/{file}" for file in ("template.toml", "content.md.j2", "style.toml", "starter.yaml")
    ]
    assert command("template", "check", "我的").code == 0
    loaded = load("templates/我的/starter.yaml")
    assert loaded.report.template == "我的"
    ours, theirs = compose(loaded), compose(loaded, base)
    assert ours.document.blocks == theirs.document.blocks
    assert replace(ours.document.metadata, template=base) == theirs.document.metadata
    assert ours.style.paragraphs == theirs.style.paragraphs


def test_a_new_template_may_begin_from_one_of_the_project(command: Command, write: Write) -> None:
    write("plain", content="# {{ 标题 }}\n", starter__yaml=SMALL)
    assert command("template", "new", "copy", "--from", "plain").code == 0
    assert Path("templates/copy/content.md.j2").read_text(encoding="utf-8") == "# {{ 标题 }}\n"
    assert command("template", "new", "third", "--from", "copy").code == 0


def test_new_changes_nothing_that_is_there(command: Command, write: Write) -> None:
    folder = write(content="字")
    done = command("template", "new", "mine")
    assert done.code == 6
    assert "templates/mine is there already" in done.err
    assert (folder / "content.md.j2").read_text(encoding="utf-8") == "字"


@pytest.mark.parametrize(("name", "base", "code"), [("../x", "summary", "KD403"), ("x", "nothere", "KD401")])
def test_new_refuses_what_is_no_name(command: Command, name: str, base: str, code: str) -> None:
    done = command("template", "new", name, "--from", base)
    assert done.code == 4
    assert code in done.err
    assert not Path("templates").exists()


CHECKED = [
    ("{{ 年渡 }}", "", 1, "KD405", "no value “年渡”"),
    ("甲\n{{ 单位.全程 }}", "", 2, "KD405", "“单位” has no part “全程”"),
    ("{% for 项 in 行动 %}\n{{ 项.标提 }}\n{% endfor %}", "", 2, "KD405", "“行动” has no part “标提”"),
    (
        "{% for 项 in 行动 %}{% for 条 in 项.措施 %}\n{{ 条.标题 }}{% endfor %}{% endfor %}",
        "",
        2,
        "KD405",
        "“标题”",
    ),
    ("{{ 默认.标提 }}", "", 1, "KD405", "“默认” has no part “标提”"),
    ("{% if 年度 == 1 %}\n{{ 年度 | 大写 }}{% endif %}", "", 2, "KD404", "no filter “大写”"),
    ("{% if 年度 == 1 %}\n{% if 年度 is 好 %}{% endif %}{% endif %}", "", 2, "KD404", "no test “好”"),
    ("{% if 年度 == 1 %}\n::: 好看\n:::\n{% endif %}", "", 2, "KD409", "no style “好看”"),
    ("字[甲]{.strongg}", "", 1, "KD409", "no style “strongg”"),
    ("{% if 年度 == 1 %}{% include 'no.j2' %}{% endif %}", "", 1, "KD407", "no file “no.j2”"),
    ("{% if %}", "", 1, "KD404", ""),
    ("{{ 问题 }}", "", 1, "KD410", "the input does not give it"),
    ("甲\n{{ 落款.成文日期 }}", "", 2, "KD410", "“落款.成文日期” is printed without asking"),
    ("字", '[paragraph.body]\nsise = "三号"\n', 2, "KD412", "sise"),
    ("{% extends 'summary/content.md.j2' %}\n外面", "", 2, "KD417", "outside the blocks"),
]


@pytest.mark.parametrize(("content", "style", "line", "code", "said"), CHECKED)
def test_check_tells_file_line_and_what_is_wrong(
    command: Command, write: Write, content: str, style: str, line: int, code: str, said: str
) -> None:
    settings = GOOD + ('extends = "summary"\n' if "extends" in content else "")
    sample = f"{SMALL}落款: {{成文日期: 2025-12-31}}\n"
    write("mine", settings, content, starter__yaml=sample, **({"style__toml": style} if style else {}))
    done = command("template", "check", "mine", "--json")
    (problem,) = json.loads(done.out)
    file = "style.toml" if style else "content.md.j2"
    assert (problem["code"], problem["file"], problem["line"]) == (code, f"templates/mine/{file}", line)
    assert said in problem["message"]
    assert done.code == (0 if problem["severity"] == "warning" else 4)


def test_check_tells_everything_at_once(command: Command, write: Write) -> None:
    write(
        content="{{ 单位.全程 }}\n\n::: 好看\n{{ 年度 | 大写 }}\n:::\n",
        style__toml="[page]\nlefft = 1\n",
        starter__yaml=SMALL,
    )
    done = command("template", "check", "mine")
    assert done.code == 4
    assert [line.split(": ")[0] for line in done.out.splitlines() if "error" in line] == [
        *("templates/mine/content.md.j2:1", "templates/mine/content.md.j2:4", "templates/mine/style.toml:2"),
    ]


def test_check_gives_a_hint_for_a_misspelt_name(command: Command, write: Write) -> None:
    write(content="{{ 单位.全程 }}{{ 年度 | 汉自 }}\n", starter__yaml=SMALL)
    out = command("template", "check", "mine").out
    assert "Did you mean “全称”?" in out
    assert "Did you mean “汉字”?" in out


def test_check_accepts_what_is_asked_for_first(command: Command, write: Write) -> None:
    write(
        content="{% if 产值 is defined %}{{ 产值 }}{% endif %}{{ 没有 | default('无') }}{{ 科普活动 }}\n"
        "{% set 名 = 单位.全称 %}{{ 名 }}{% macro 甲(乙) %}{{ 乙.丙 }}{% endmacro %}\n"
        "{% for 名, 数 in [['甲', 科普活动]] %}{{ 名 }}{{ 数.名称 }}{{ 数.上年 | default('') }}{% endfor %}",
        starter__yaml=SMALL,
    )
    assert command("template", "check", "mine").out == ""


def test_check_says_when_there_is_no_sample(command: Command, write: Write) -> None:
    write(content="字")
    done = command("template", "check", "mine")
    assert done.code == 0
    assert "warning KD411" in done.out


def test_an_error_in_a_template_of_another_is_told_with_that_file(command: Command, write: Write) -> None:
    write("base", content="{% block 甲 %}{% endblock %}\n\n{{ 单位.全程 }}\n")
    write(content="{% extends 'base/content.md.j2' %}", starter__yaml=SMALL)
    assert "templates/base/content.md.j2:3: error KD405" in command("template", "check", "mine").out
    Path("a.yaml").write_text(SMALL, encoding="utf-8")
    done = command("build", "a.yaml", "-t", "mine")
    assert done.code == 4
    assert "templates/base/content.md.j2:3: error KD405" in done.err


def test_a_group_without_a_command_shows_its_help(command: Command) -> None:
    done = command("template")
    assert done.code == 2
    for name in ("list", "show", "new", "check"):
        assert name in done.out


def test_the_folder_of_a_template_is_found_from_its_name(write: Write, tmp_path: Path) -> None:
    write("a", GOOD, "字")
    assert find_template("a", [tmp_path / "templates", builtin_root()]).title == "试"
