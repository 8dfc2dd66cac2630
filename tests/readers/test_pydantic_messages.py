"""Pydantic's errors are told in our words, all of them."""

import re
from typing import Any

import pytest
from pydantic_core import _pydantic_core

from kexie_docs.readers.pydantic_messages import MESSAGES, hint_for, message_for

KNOWN: dict[str, Any] = {error["type"]: error for error in _pydantic_core.list_all_errors()}


def test_every_error_type_has_a_message() -> None:
    assert set(MESSAGES) == set(KNOWN)


@pytest.mark.parametrize("kind", sorted(KNOWN))
def test_message_is_ours_and_its_slots_can_be_filled(kind: str) -> None:
    context = KNOWN[kind].get("example_context") or {}
    code, said = message_for(kind, context)
    assert re.fullmatch(r"KD\d{3}", code)
    text = str(said)
    assert "{" not in text
    theirs = KNOWN[kind]["message_template_python"]
    assert text != theirs
    assert "Input should" not in text
    assert "valid" not in text


def test_type_of_a_later_version_has_a_general_message() -> None:
    code, said = message_for("not_invented_yet", {"error": "Input should be new"})
    assert code == "KD201"
    assert "Input should" not in str(said)
    assert hint_for("not_invented_yet") is None
