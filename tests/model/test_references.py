"""References in input text: Jinja2's grammar, cut down to names and filters with constants."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jinja2 import Environment, TemplateSyntaxError, nodes

from kexie_docs.model.issues import IssueError
from kexie_docs.model.references import prose, prose_line, read_pieces
from kexie_docs.model.text import Reference


def codes(text: str) -> list[tuple[str, int | None]]:
    """Return code and offset of each issue."""
    with pytest.raises(IssueError) as caught:
        prose(text)
    return [(issue.code, issue.offset) for issue in caught.value.issues]


@pytest.mark.parametrize(
    ("text", "path", "filters"),
    [
        ("{{科普活动}}", ("科普活动",), ()),
        ("{{ 科普活动 }}", ("科普活动",), ()),
        ("{{科普·活动_2}}", ("科普·活动_2",), ()),
        ("{{单位.简称}}", ("单位", "简称"), ()),
        ("{{ 单位 . 简称 }}", ("单位", "简称"), ()),
        ("{{a|汉字}}", ("a",), (("汉字", ()),)),
        ("{{ a.上年 | f | g }}", ("a", "上年"), (("f", ()), ("g", ()))),
        ("{{a|占比('总数', 2)}}", ("a",), (("占比", ("总数", "2")),)),
        ("{{a|f('}}')}}", ("a",), (("f", ("}}",)),)),
        ("{{organization.short_name}}", ("organization", "short_name"), ()),
    ],
)
def test_reference_is_read(
    text: str, path: tuple[str, ...], filters: tuple[tuple[str, tuple[str, ...]], ...]
) -> None:
    (piece,) = prose(text).pieces
    assert isinstance(piece, Reference)
    assert (piece.path, piece.filters, piece.offset) == (path, filters, 0)
    assert piece.expression == text[2:-2].strip()


def test_text_around_references_is_kept() -> None:
    text = "前{{甲}}中 }} { % {{乙.丙}}\n后"
    assert prose(text).pieces == (
        "前",
        Reference(("甲",), (), "甲", 1),
        "中 }} { % ",
        Reference(("乙", "丙"), (), "乙.丙", 15),
        "\n后",
    )


@pytest.mark.parametrize("text", ["", "没有引用", "{甲}", "}}", "a } } b", "{ {甲} }"])
def test_text_without_references_is_one_piece(text: str) -> None:
    assert "".join(map(str, prose(text).pieces)) == text


@pytest.mark.parametrize("mark", ["{{", "}}", "{%", "%}", "{#", "#}", "{"])
def test_marks_are_printed_by_a_constant(mark: str) -> None:
    assert prose(f"前{{{{'{mark}'}}}}后{{{{ \"{mark}\" }}}}").pieces == (f"前{mark}后{mark}",)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{{f()}}", "KD301"),
        ("{{f(1)}}", "KD301"),
        ("{{a.b()}}", "KD301"),
        ("{{a[0]}}", "KD301"),
        ("{{a['b']}}", "KD301"),
        ("{{a.0}}", "KD301"),
        ("{{a + 1}}", "KD301"),
        ("{{a - b}}", "KD301"),
        ("{{-a}}", "KD301"),
        ("{{a ~ b}}", "KD301"),
        ("{{a == b}}", "KD301"),
        ("{{a is defined}}", "KD301"),
        ("{{a in b}}", "KD301"),
        ("{{not a}}", "KD301"),
        ("{{a if b else c}}", "KD301"),
        ("{{a and b}}", "KD301"),
        ("{{1}}", "KD301"),
        ("{{'文字'}}", "KD301"),
        ("{{true}}", "KD301"),
        ("{{none}}", "KD301"),
        ("{{[a]}}", "KD301"),
        ("{{(a, b)}}", "KD301"),
        ("{{ {'a': 1} }}", "KD301"),
        ("{{}}", "KD301"),
        ("{{ }}", "KD301"),
        ("{{a b}}", "KD301"),
        ("{{a.}}", "KD301"),
        ("{{a|}}", "KD301"),
        ("{{科普，活动}}", "KD301"),
        ("{{- a}}", "KD301"),
        ("{{a -}}", "KD301"),
        ("{{a|f(b)}}", "KD301"),
        ("{{a|f(1.5)}}", "KD301"),
        ("{{a|f(true)}}", "KD301"),
        ("{{a|f(none)}}", "KD301"),
        ("{{a|f(x=1)}}", "KD301"),
        ("{{a|f(*b)}}", "KD301"),
        ("{{a|f(g())}}", "KD301"),
        ("{{a|f([1])}}", "KD301"),
        ("{{a|f + b}}", "KD301"),
        ("{{{a}}}", "KD301"),
        ("{{ ''.__class__ }}", "KD301"),
        ("{{甲", "KD302"),
        ("{{甲\n}}", "KD302"),
        ("{{", "KD302"),
        ("{{甲|f('}}", "KD301"),
        ("{% if a %}", "KD308"),
        ("{%", "KD308"),
        ("{% raw %}{{a}}{% endraw %}", "KD308"),
        ("{# 注 #}", "KD308"),
        ("{#", "KD308"),
    ],
)
def test_everything_else_between_braces_is_an_error_at_its_place(text: str, code: str) -> None:
    found = codes("前文" + text + "后文")
    assert found[0] == (code, 2)


def test_all_faults_of_a_text_are_told() -> None:
    assert codes("{{f()}}好{{甲}}{{1+1}}\n{% x %}{{乙") == [
        ("KD301", 0),
        ("KD301", 13),
        ("KD308", 21),
        ("KD302", 28),
    ]


def test_very_deep_expression_is_an_error_and_no_crash() -> None:
    assert codes("{{" + "(" * 50_000 + "}}")[0] == ("KD301", 0)
    assert codes("{{" + "-" * 19_000 + "a}}")[0][0] == "KD301"


NAMES = st.text(st.sampled_from("甲a_·1.0 |'and"), min_size=1, max_size=12)


@given(NAMES)
def test_only_what_jinja_reads_as_a_name_is_one(expression: str) -> None:
    """The short way, taken for plain names, agrees with Jinja2's own parser."""
    try:
        piece = prose("{{" + expression + "}}").pieces[0]
    except IssueError:
        return
    assert isinstance(piece, Reference)
    try:
        (output,) = Environment().parse("{{" + expression + "}}").body
    except TemplateSyntaxError:
        pytest.fail(f"Jinja2 does not read {expression!r}")
    assert isinstance(output, nodes.Output)
    names = [node.name for node in output.find_all(nodes.Name)]
    attributes = [node.attr for node in output.find_all(nodes.Getattr)]
    assert piece.path == (*names, *reversed(attributes))


@given(st.text(st.sampled_from("{}%#'甲|. \n"), max_size=20))
def test_any_text_is_read_or_refused_and_never_changed(text: str) -> None:
    result, issues = read_pieces(text)
    assert all(issue.offset is not None and 0 <= issue.offset < len(text) for issue in issues)
    if issues:
        return
    if not result.references and "'" not in text:
        assert "".join(map(str, result.pieces)) == text
    assert not re.search(r"\{[%#]", re.sub(r"\{\{ *'[^']*' *\}\}", "", text))


def test_heading_has_to_be_one_line() -> None:
    assert prose_line("甲{{乙}}\n").references[0].path == ("乙",)
    with pytest.raises(IssueError) as caught:
        prose_line(" 甲\n乙")
    assert [(issue.code, issue.offset) for issue in caught.value.issues] == [("KD205", 2)]


@pytest.mark.parametrize("value", [None, [], {}, ["甲"], 1])
def test_what_is_no_text_is_refused(value: object) -> None:
    with pytest.raises(IssueError):
        prose(value)


def test_parsed_text_passes() -> None:
    text = prose("甲{{乙}}")
    assert prose(text) is text
