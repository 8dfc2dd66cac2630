"""Templates that build on others: whole folders, content by blocks, styles, and what may not be taken in."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import builtin_root, find_template, starter
from kexie_docs.doctree.walk import block_text
from kexie_docs.errors import Problem, TemplateError
from kexie_docs.model.report import Report
from kexie_docs.units import mm

Write = Callable[..., Path]

REPORT = Report.model_validate({"单位": {"全称": "云溪市科学技术协会"}, "年度": "2025", "开篇": "甲。"})


@pytest.fixture
def roots(tmp_path: Path) -> tuple[Path, ...]:
    return tmp_path / "templates", tmp_path / "user", builtin_root()


def text(name: str, roots: tuple[Path, ...]) -> str:
    return "\n".join(map(block_text, Composer(find_template(name, roots)).compose(REPORT).blocks))


def failure(name: str, roots: tuple[Path, ...]) -> Problem:
    with pytest.raises(TemplateError) as error:
        text(name, roots)
    (problem,) = error.value.problems
    return problem


def test_a_template_has_the_files_and_settings_of_the_one_it_extends(
    write: Write, roots: tuple[Path, ...]
) -> None:
    write("mine", 'extends = "report"\ntitle = "我的报告"\n[defaults]\n"结束语" = "专此报告。"\n')
    folder = find_template("mine", roots)
    assert (folder.title, folder.subject, folder.numbering) == ("我的报告", "工作报告", True)
    assert folder.defaults == {"问题标题": "存在的问题", "打算标题": "下一步工作打算", "结束语": "专此报告。"}
    assert "专此报告。" in text("mine", roots)
    assert starter(folder).startswith(starter(find_template("report", roots)).split("\n", 1)[0])
    assert "\n模板: mine\n" in starter(folder)


def test_only_the_style_may_be_changed(write: Write, roots: tuple[Path, ...]) -> None:
    write(
        "mine",
        'extends = "summary"\ntitle = "宽"\n',
        style__toml='extends = "summary"\n[page]\nleft = "30mm"\n',
    )
    folder = find_template("mine", roots)
    assert folder.load_style().page.left == mm(30)
    assert folder.load_style(base="strict").page.left == mm(30)
    assert text("mine", roots) == text("summary", roots)


def test_an_included_file_of_ones_own_takes_the_place_of_the_bases(
    write: Write, roots: tuple[Path, ...]
) -> None:
    write("base", content="{% include 'part.j2' %}", part__j2="原来的")
    write("mine", 'extends = "base"\ntitle = "我"\n', part__j2="自己的")
    assert (text("base", roots), text("mine", roots)) == ("原来的", "自己的")


def test_files_of_another_template_find_the_files_beside_them(write: Write, roots: tuple[Path, ...]) -> None:
    write(
        "base",
        content="{% include 'part.j2' %}，{% block 尾 %}尾{% endblock %}",
        part__j2="{% include 'more.j2' %}部分",
        more__j2="更多",
    )
    write("mine", content="{% extends 'base/content.md.j2' %}{% block 尾 %}{{ super() }}巴{% endblock %}")
    assert text("mine", roots) == "更多部分，尾巴"


def test_a_template_may_build_on_the_one_that_it_hides(
    write: Write, roots: tuple[Path, ...], tmp_path: Path
) -> None:
    write(
        "summary",
        'extends = "summary"\ntitle = "我们的"\n',
        "{% extends 'summary/content.md.j2' %}{% block 开篇 %}乙，{{ super() }}{% endblock %}",
    )
    user = tmp_path / "user" / "summary"
    user.mkdir(parents=True)
    (user / "template.toml").write_text('extends = "summary"\ntitle = "用户的"\n', encoding="utf-8")
    (user / "content.md.j2").write_text(
        "{% extends 'summary/content.md.j2' %}{% block 开篇 %}丙，{{ super() }}{% endblock %}",
        encoding="utf-8",
    )
    (user / "style.toml").write_text('extends = "summary"\n[page]\nleft = "30mm"\n', encoding="utf-8")
    assert text("summary", roots).endswith("乙，丙，甲。")
    assert find_template("summary", roots).load_style().page.left == mm(30)
    assert find_template("summary", roots).subject == "工作总结"


def test_what_is_extended_can_itself_extend(write: Write, roots: tuple[Path, ...]) -> None:
    write("a", content="{% block 一 %}甲{% endblock %}{% block 二 %}乙{% endblock %}")
    write("b", content="{% extends 'a/content.md.j2' %}{% block 一 %}丙{{ super() }}{% endblock %}")
    write("c", content="{% extends 'b/content.md.j2' %}{% block 二 %}丁{{ super() }}{% endblock %}")
    assert text("c", roots) == "丙甲丁乙"


@pytest.mark.parametrize(
    ("a", "b", "place"),
    [("b", "a", "templates/b/template.toml"), ("a", None, "templates/a/template.toml")],
)
def test_settings_that_extend_each_other_are_told(
    write: Write, roots: tuple[Path, ...], a: str, b: str | None, place: str
) -> None:
    write("a", f'title = "一"\nextends = "{a}"\n', "甲")
    write("b", 'title = "二"\n' + (f'extends = "{b}"\n' if b else ""), "乙")
    problem = failure("a", roots)
    assert (problem.code, problem.place.file, problem.place.line) == ("KD402", place, 2)


@pytest.mark.parametrize("name", ["nothere", "../summary", "", "a b", "/etc"])
def test_what_is_no_template_cannot_be_extended(write: Write, roots: tuple[Path, ...], name: str) -> None:
    write("mine", f'title = "我"\nextends = "{name}"\n', "甲")
    problem = failure("mine", roots)
    assert (problem.code, problem.place.line) == ("KD402", 2)
    assert "to extend" in str(problem.what)


@pytest.mark.parametrize(
    "file",
    [
        "../secret.txt",
        "base/../../secret.txt",
        "base/link.txt",
        "link.txt",
        "folder/secret.txt",
        "0:base/part.j2",
        "base",
    ],
)
@pytest.mark.parametrize("statement", ["include", "extends", "import"])
def test_nothing_outside_the_folders_of_templates_is_taken_in(
    write: Write, roots: tuple[Path, ...], tmp_path: Path, file: str, statement: str
) -> None:
    (tmp_path / "secret.txt").write_text("秘密", encoding="utf-8")
    base = write("base", content="字", part__j2="字")
    mine = write("mine", content=f"{{% {statement} '{file}' {'as 甲 ' if statement == 'import' else ''}%}}")
    (base / "link.txt").symlink_to(tmp_path / "secret.txt")
    (mine / "link.txt").symlink_to(tmp_path / "secret.txt")
    (mine / "folder").symlink_to(tmp_path)
    problem = failure("mine", roots)
    assert (problem.code, problem.place.line) == ("KD407", 1)


def test_a_picture_is_not_read_through_a_link_either(
    write: Write, roots: tuple[Path, ...], tmp_path: Path
) -> None:
    (tmp_path / "secret.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    mine = write("mine", content="{{ 'link.png' | 图片 }}{{ '../../secret.png' | 图片 }}")
    (mine / "link.png").symlink_to(tmp_path / "secret.png")
    assert failure("mine", roots).code == "KD418"


def test_a_folder_that_is_a_link_itself_is_a_template(
    write: Write, roots: tuple[Path, ...], tmp_path: Path
) -> None:
    write("base", content="字")
    (tmp_path / "templates" / "mine").symlink_to(tmp_path / "templates" / "base")
    assert text("mine", roots) == "字"
