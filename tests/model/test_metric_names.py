"""What a metric may be called, and the name proposed in place of another."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kexie_docs.model.fields import fields_of
from kexie_docs.model.limits import NAME_CHARACTERS
from kexie_docs.model.names import is_metric_name, propose_name, reserved_names
from kexie_docs.model.references import prose
from kexie_docs.model.report import Report


@pytest.mark.parametrize(
    "name", ["科普活动", "A类项目", "科普·活动", "科普_活动", "项目2", "é", "䶮", "𠮷", "〇"]
)
def test_names_that_may_be(name: str) -> None:
    assert is_metric_name(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "2项目",
        "_项目",
        "·项目",
        "科普 活动",
        "科普-活动",
        "科普.活动",
        "科普（活动）",
        "Ａ",
        "①",
        "㎡",
        "e\u0301",
        "科普\n",
        "项目“一”",
        "a" * 61,
        "…",
        "%",
    ],
)
def test_names_that_may_not_be(name: str) -> None:
    assert not is_metric_name(name)


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("科普 活动", "科普活动"),
        ("2025年项目", "年项目2025"),
        ("科普（活动）", "科普活动"),
        ("ＡＢ", "AB"),
        ("科普-活动", "科普活动"),
        ("123", "指标123"),
        ("……", "指标"),
        ("年度", "年度2"),
    ],
)
def test_proposed_name_is_near(name: str, proposed: str) -> None:
    assert propose_name(name, {"年度"}) == proposed


@given(st.text(max_size=80), st.sets(st.sampled_from(["指标", "a", "甲", "指标2"])))
def test_proposed_name_may_always_be(name: str, taken: set[str]) -> None:
    proposed = propose_name(name, taken)
    assert is_metric_name(proposed)
    assert proposed not in taken


@given(st.text(min_size=1, max_size=12))
def test_every_name_that_may_be_can_be_referred_to(name: str) -> None:
    if not is_metric_name(name) or name in reserved_names(()):
        return
    (reference,) = prose("{{" + name + "}}").references
    assert reference.path == (name,)
    assert unicodedata.is_normalized("NFKC", name)
    assert len(name) <= NAME_CHARACTERS


def test_words_with_a_meaning_are_reserved() -> None:
    reserved = reserved_names(["汉字"])
    assert {"汉字", "年度", "year", "单位", "标题", "true", "none", "not", "if", "loop", "self"} <= reserved
    assert set(fields_of(Report)) <= reserved
