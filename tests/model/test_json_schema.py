"""The JSON Schema for editors: says of a good input that it is good, and finds keys that are not known."""

import json
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kexie_docs.model.fields import fields_of
from kexie_docs.model.report import Metric, Report, json_schema

SCHEMA = json_schema()
BASE: dict[str, Any] = {"单位": {"全称": "甲"}, "年度": 2025}


def faults(value: object) -> list[str]:
    return [error.message for error in Draft202012Validator(SCHEMA).iter_errors(value)]


def test_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


@pytest.mark.parametrize(
    "more",
    [
        {},
        {"年度": "2025"},
        {"问题": None, "打算": ""},
        {
            "指标": {
                "科普活动": "300余场",
                "项目": 18,
                "投入": {"数值": 312, "单位": "场", "表述": "余", "上年": 268},
            }
        },
        {"指标": None},
        {"主送": ["甲", "乙"]},
        {"主送": "甲"},
        {"落款": {"署名": "甲", "成文日期": "2025-12-31"}},
        {"落款": {"署名": ["甲", "乙"], "成文日期": "2025年12月31日"}},
        {"行动": [{"标题": "甲", "措施": [{"要点": "乙", "内容": "丙{{丁}}", "指标": {"丁": "1个"}}]}]},
        {"联系": ["电话：0936", 8214871]},
        {"year": 2025, "opening": "甲", "actions": [{"title": "甲"}]},
    ],
)
def test_good_input_has_no_fault(more: dict[str, Any]) -> None:
    assert faults(BASE | more) == []


def test_english_keys_are_accepted_throughout() -> None:
    assert (
        faults({"organization": {"full_name": "甲"}, "year": 2025, "metrics": {"a": {"quantity": 1}}}) == []
    )


@pytest.mark.parametrize(
    "value",
    [
        {},
        {"年度": 2025},
        {"单位": {}, "年度": 2025},
        BASE | {"标提": "甲"},
        BASE | {"单位": {"全称": "甲", "全程": "乙"}},
        BASE | {"年度": 25},
        BASE | {"年度": None},
        BASE | {"行动": {"标题": "甲"}},
        BASE | {"行动": [{"导语": "甲"}]},
        BASE | {"指标": ["甲"]},
        BASE | {"指标": {"甲": {"数值": 1, "单味": "场"}}},
        BASE | {"落款": {"成文日期": "十二月"}},
        BASE | {"标题": ["甲"]},
    ],
)
def test_bad_input_has_a_fault(value: dict[str, Any]) -> None:
    assert faults(value) != []


def test_keys_are_completed_in_chinese_with_descriptions() -> None:
    properties = SCHEMA["properties"]
    assert list(properties) == [info.alias for info in dict.fromkeys(fields_of(Report).values())]
    assert all(field["title"] == key and field["description"] for key, field in properties.items())
    metric = SCHEMA["$defs"]["Metric"]["properties"]
    assert list(metric) == [info.alias for info in dict.fromkeys(fields_of(Metric).values())]


def test_every_reference_in_the_schema_leads_somewhere() -> None:
    def references(node: object) -> list[str]:
        if isinstance(node, dict):
            own = [node["$ref"]] if isinstance(node.get("$ref"), str) else []
            return own + [found for item in node.values() for found in references(item)]
        if isinstance(node, list):
            return [found for item in node for found in references(item)]
        return []

    found = references(SCHEMA)
    assert found
    for reference in found:
        target: Any = SCHEMA
        for step in reference.removeprefix("#/").split("/"):
            target = target[step]
        assert isinstance(target, dict)
