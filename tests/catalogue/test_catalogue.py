"""The Chinese catalogue is complete, current, and says the same as the English source."""

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest
from babel.messages.catalog import Message


def load_update() -> ModuleType:
    spec = importlib.util.spec_from_file_location("catalogue_update", Path(__file__).with_name("update.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


UPDATE = load_update()
ENTRIES: list[Message] = [entry for entry in UPDATE.translated() if entry.id]
RUN = "run `make catalogue` and translate"


def test_catalogue_holds_just_the_messages_of_the_code() -> None:
    assert {str(entry.id) for entry in ENTRIES} == {str(e.id) for e in UPDATE.collected() if e.id}, RUN


def test_compiled_catalogue_is_current() -> None:
    assert UPDATE.MO.read_bytes() == UPDATE.compiled(UPDATE.translated()), RUN


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: str(entry.id)[:40])
def test_message_is_translated_with_the_same_slots(entry: Message) -> None:
    source, target = str(entry.id), str(entry.string)
    assert target, RUN
    assert "fuzzy" not in entry.flags
    assert sorted(re.findall(r"\{\w*\}", target)) == sorted(re.findall(r"\{\w*\}", source))
    # Names, paths and commands stay; a sentence has three words of letters in a row.
    said = re.sub(r"\{\w*\}|kexie-docs( [a-z]+)+", "", target)
    assert not re.search(r"\b[a-z]{2,} [a-z]{2,} [a-z]{2,}\b", said)
