"""A place in a text is the line and column of the file, however the file writes the text."""

import json
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.readers.json_file import parse_json
from kexie_docs.readers.parsed import Parsed
from kexie_docs.readers.reader import LoadedReport
from kexie_docs.readers.source import text_source
from kexie_docs.readers.yaml_file import parse_yaml


def yaml(text: str) -> Parsed:
    return parse_yaml(text_source(text, "f"))


def spot(parsed: Parsed, mark: str) -> tuple[int | None, int | None]:
    """Return the place of a mark in the value at ``a``."""
    assert isinstance(parsed.data, dict)
    value = parsed.data["a"]
    assert isinstance(value, str)
    place = parsed.place(("a",), value.index(mark))
    return place.line, place.column


def shown(text: str, mark: str) -> tuple[int, int]:
    """Return where an editor shows a mark."""
    before = text[: text.index(mark)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")


@pytest.mark.parametrize(
    "text",
    [
        "a: 甲乙◆丙\n",
        "x: 1\na:   甲 乙 ◆丙   # 注\n",
        "a: 'it''s ''◆'\n",
        "a: '''◆'\n",
        'a: "甲\\t\\"\\u4e00\\x41◆"\n',
        'a: "甲 \\\n  乙◆"\n',
        "a: |\n  甲\n\n    乙\n  丙◆丁\nb: 1\n",
        "a: |2-\n   甲◆\n",
        "a: | # 注 ✓\n  甲\n  ◆\n",
        "a: >\n  甲 乙\n  丙\n\n  丁◆\n",
        "a: >-\n  甲\n    深\n  ◆\n",
        "a: 甲\n  乙\n  丙◆\n",
        "a: '甲\n\n  乙◆'\n",
        'a: "甲\n  乙\n  ◆"\n',
        "a:\n  甲◆\n",
        "{a: 甲◆, b: 1}\n",
        "a: 😀𠮷◆\n",
    ],
)
def test_character_of_a_yaml_text_is_placed_where_an_editor_shows_it(text: str) -> None:
    assert spot(yaml(text), "◆") == shown(text, "◆")


@pytest.mark.parametrize(
    "text", ['{"a": "甲\\n\\t乙◆"}', '{"x": [1],\n  "a": "\\ud83d\\ude00\\u4e00\\/◆"}', '{"a":"◆"}']
)
def test_character_of_a_json_text_is_placed_where_an_editor_shows_it(text: str) -> None:
    assert spot(parse_json(text_source(text, "f")), "◆") == shown(text, "◆")


TEXTS = st.text(st.sampled_from("甲乙 \n\t'\"\\:#-{}😀a/ "), max_size=30)


@given(TEXTS, TEXTS)
def test_json_places_hold_for_any_text(before: str, after: str) -> None:
    for ascii_only in (True, False):
        text = json.dumps({"a": before + "◆" + after}, ensure_ascii=ascii_only)
        mark = "\\u25c6" if ascii_only else "◆"
        assert spot(parse_json(text_source(text, "f")), "◆") == shown(text, mark)


@given(TEXTS, TEXTS)
def test_places_in_double_quotes_hold_for_any_text(before: str, after: str) -> None:
    """JSON strings are YAML strings in double quotes, but for pairs of surrogates."""
    text = "a: " + json.dumps(before + "◆" + after, ensure_ascii=False) + "\n"
    assert spot(yaml(text), "◆") == shown(text, "◆")


LINES = st.lists(st.text(st.sampled_from("甲乙 '\"\\:#-{}😀a"), max_size=12), max_size=5)


@given(LINES, LINES)
def test_places_in_blocks_hold_for_any_text(before: list[str], after: list[str]) -> None:
    lines = ["首", *before, "甲 ◆", *after]
    text = "a: |\n" + "".join(f"  {line}\n" for line in lines)
    assert spot(yaml(text), "◆") == shown(text, "◆")


def test_value_key_and_item_are_placed() -> None:
    parsed = yaml("单位:\n  全称: 甲\n主送:\n  - 乙\n  - 丙\n")
    assert (parsed.place(("单位", "全称")).line, parsed.place(("单位", "全称")).column) == (2, 7)
    assert parsed.place(("单位", "全称"), on_key=True).column == 3
    assert (parsed.place(("主送", 1)).line, parsed.place(("主送", 1)).column) == (5, 5)


def test_value_that_is_missing_is_placed_at_the_key_above_it() -> None:
    parsed = yaml("年度: 2025\n单位:\n  简称: 甲\n")
    place = parsed.place(("单位", "全称"))
    assert (place.line, place.column, place.field) == (2, 1, "单位.全称")


@pytest.mark.parametrize(
    "path",
    [
        ("行动", 0, "措施", 0, "内容"),
        ("actions", 0, "measures", 0, "text"),
        "行动[0].措施[0].内容",
        "actions[0].措施[0].text",
    ],
)
def test_places_are_found_under_both_spellings(
    read: Callable[..., LoadedReport], path: tuple[str | int, ...] | str
) -> None:
    loaded = read("单位: {full_name: 甲}\nyear: 2025\n行动:\n- title: 乙\n  措施:\n  - text: |\n      丙丁\n")
    place = loaded.place(path, 1)
    assert (place.line, place.column, place.field) == (7, 8, "行动[0].措施[0].text")
    assert loaded.excerpt(place) == "      丙丁"


def test_parts_of_a_metric_are_found_under_both_spellings(read: Callable[..., LoadedReport]) -> None:
    loaded = read("单位: {full_name: 甲}\nyear: 2025\nmetrics:\n  科普活动: {quantity: 1场, 来源: 丙}\n")
    assert loaded.place(("指标", "科普活动", "source")).column == 28
