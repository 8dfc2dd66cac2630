"""Any report of the model, all the way: what went in stands in the document."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings

from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import builtin_root, find_template
from kexie_docs.doctree.walk import block_text
from kexie_docs.readers.reader import read_report
from tests.fuzz.strategies import as_json, reports
from tests.hostile.cases import yaml_of

SUMMARY = Composer(find_template("summary", [builtin_root()]))


def squeezed(text: str) -> str:
    return "".join(text.split())


def texts(value: Any) -> list[str]:
    """Return every line of text in a part of an input."""
    match value:
        case str():
            return value.splitlines()
        case list():
            return [line for each in value for line in texts(each)]
        case dict():
            return [line for each in value.values() for line in texts(each)]
    raise TypeError(type(value))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(reports())
def test_every_text_of_an_input_stands_in_its_document(tmp_path: Path, data: dict[str, Any]) -> None:
    path = tmp_path / "input.json"
    path.write_text(as_json(data), encoding="utf-8")
    loaded = read_report(path)
    document = SUMMARY.compose(loaded.report, loaded.place)
    printed = squeezed("".join(block_text(block) for block in document.blocks))
    for part in ("标题", "开篇", "行动", "结语"):
        for line in texts(data[part]):
            wanted = line
            for name, amount in data["指标"].items():
                wanted = wanted.replace("{{" + name + "}}", amount)
            assert squeezed(wanted) in printed, line


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(reports())
def test_yaml_and_json_of_one_input_are_one_report(tmp_path: Path, data: dict[str, Any]) -> None:
    (tmp_path / "a.json").write_text(as_json(data), encoding="utf-8")
    (tmp_path / "a.yaml").write_text(yaml_of(data), encoding="utf-8")
    assert read_report(tmp_path / "a.json").report == read_report(tmp_path / "a.yaml").report
