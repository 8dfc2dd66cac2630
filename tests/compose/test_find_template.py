"""Template folders: where they are looked for, and what their settings may say."""

from collections.abc import Callable
from pathlib import Path

import pytest

from kexie_docs.compose.templates import builtin_root, find_template, template_names
from kexie_docs.errors import Problem, TemplateError
from kexie_docs.units import mm

Write = Callable[..., Path]


def failure(name: str, *roots: Path) -> Problem:
    with pytest.raises(TemplateError) as error:
        find_template(name, roots)
    return error.value.problems[0]


def test_the_built_in_templates_are_found() -> None:
    assert {"press", "summary"} <= set(template_names([builtin_root()]))
    summary = find_template("summary", [builtin_root()])
    assert (summary.title, summary.subject, summary.numbering) == ("工作总结", "工作总结", True)
    assert find_template("press", [builtin_root()]).numbering is False


def test_the_first_root_that_has_the_template_gives_it(tmp_path: Path) -> None:
    for root, title in (("project", "甲"), ("user", "乙")):
        folder = tmp_path / root / "summary"
        folder.mkdir(parents=True)
        (folder / "template.toml").write_text(f'title = "{title}"\n', encoding="utf-8")
        (folder / "content.md.j2").write_text("", encoding="utf-8")
    roots = [tmp_path / "nowhere", tmp_path / "project", tmp_path / "user", builtin_root()]
    assert find_template("summary", roots).title == "甲"


def test_a_missing_template_is_told_with_a_near_name_and_the_list() -> None:
    problem = failure("sumary", builtin_root())
    assert problem.code == "KD401"
    assert "Did you mean “summary”?" in str(problem.hint)
    assert "press" in str(problem.hint)


@pytest.mark.parametrize(
    "name", ["../summary", "/etc", "summary/..", "a\\b", "", ".", "..", "a b", "-x", "x" * 99, "C:", "a\0b"]
)
def test_a_path_is_no_template_name(name: str) -> None:
    assert failure(name, builtin_root()).code == "KD403"


def test_a_chinese_name_will_do(tmp_path: Path) -> None:
    folder = tmp_path / "年报-2025"
    folder.mkdir()
    (folder / "template.toml").write_text('title = "年报"\n', encoding="utf-8")
    (folder / "content.md.j2").write_text("", encoding="utf-8")
    assert find_template("年报-2025", [tmp_path]).title == "年报"


@pytest.mark.parametrize(
    ("settings", "line", "said"),
    [
        ("title = 工作\n", 1, "not valid TOML"),
        ('description = "x"\n', None, "has no title"),
        ('title = "x"\nnumberin = true\n', 2, "“numberin” is not known"),
        ('title = "x"\nnumbering = "yes"\n', 2, "wrong kind"),
        ('title = "x"\n[defaults]\nA = 3\n', 3, "has to be one line of text"),
        ('title = "x"\ndefaults = "y"\n', 2, "wrong kind"),
        ('title = "x\\ny"\n', 1, "has to be one line of text"),
    ],
)
def test_wrong_settings_are_told_with_their_line(
    write: Write, settings: str, line: int | None, said: str
) -> None:
    problem = failure("mine", write("", settings))
    assert problem.code == "KD402"
    assert (problem.place.file, problem.place.line) == ("templates/mine/template.toml", line)
    assert said in str(problem.what)


def test_a_template_without_settings_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "content.md.j2").write_text("", encoding="utf-8")
    assert "has no template.toml" in str(failure("mine", tmp_path).what)


def test_a_template_without_content_is_told(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "template.toml").write_text('title = "x"\n', encoding="utf-8")
    assert "has no content.md.j2" in str(failure("mine", tmp_path).what)


def test_a_style_extends_that_of_another_template(write: Write) -> None:
    root = write("", style='extends = "office"\n[page]\nright = "30mm"\n')
    office = root / "office"
    office.mkdir()
    (office / "style.toml").write_text('[page]\nleft = "30mm"\n', encoding="utf-8")
    style = find_template("mine", [root]).load_style()
    assert (style.page.left, style.page.right) == (mm(30), mm(30))


def test_a_style_cannot_extend_a_path(write: Write, tmp_path: Path) -> None:
    (tmp_path / "style.toml").write_text('[page]\nleft = "30mm"\n', encoding="utf-8")
    root = write("", style='extends = ".."\n')
    with pytest.raises(TemplateError, match="KD414"):
        find_template("mine", [root]).load_style()
