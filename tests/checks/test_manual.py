"""The manual of the rules is complete and current."""

import re

import pytest

from kexie_docs.checks.engine import all_rules
from kexie_docs.checks.manual import GROUPS, explanation, manual, rule_of
from kexie_docs.checks.rule import Rule, page_of
from tests.checks.update import MANUAL


def test_manual_is_current() -> None:
    assert MANUAL.read_text(encoding="utf-8") == manual(), "run: python tests/checks/update.py"


def test_codes_are_unique_and_belong_to_a_group() -> None:
    codes = [rule.code for rule in all_rules()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"KC[1-4]\d\d", code) for code in codes)
    assert {code[:3] for code in codes} == {prefix for prefix, _ in GROUPS}


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.code)
def test_every_rule_has_a_whole_page(rule: Rule) -> None:
    page = page_of(rule)
    assert all((page.what, page.why, page.wrong, page.right, page.source))
    assert rule.code in explanation(rule, str)


def test_code_is_found_in_either_case() -> None:
    assert rule_of("kc101") is rule_of("KC101") is not None
    assert rule_of("KC999") is None
