"""The manual of the rules for finished files is complete and current."""

import re

import pytest

from kexie_docs.inspection.inspect import file_rules
from kexie_docs.inspection.manual import GROUPS, file_explanation, file_manual, file_page_of, file_rule_of
from kexie_docs.inspection.rule import FileRule
from tests.inspect.update import MANUAL


def test_manual_is_current() -> None:
    assert MANUAL.read_text(encoding="utf-8") == file_manual(), "run: python tests/inspect/update.py"


def test_codes_are_unique_and_belong_to_a_group() -> None:
    codes = [rule.code for rule in file_rules()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"KC[5-7]\d\d", code) for code in codes)
    assert all(sum(code.startswith(prefix) for prefix, _ in GROUPS) == 1 for code in codes)


@pytest.mark.parametrize("rule", file_rules(), ids=lambda rule: rule.code)
def test_every_rule_has_a_whole_page_and_its_clause(rule: FileRule) -> None:
    page = file_page_of(rule)
    assert all((page.what, page.why, page.wrong, page.right, page.source))
    assert rule.fact.clause in page.source
    assert rule.code in file_explanation(rule, str)


def test_code_is_found_in_either_case() -> None:
    assert file_rule_of("kc502") is file_rule_of("KC502") is not None
    assert file_rule_of("KC599") is None
