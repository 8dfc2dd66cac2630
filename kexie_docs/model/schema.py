"""The JSON Schema of an input, for completion and checks in editors."""

from typing import Any

from kexie_docs.model.fields import fields_of
from kexie_docs.model.report import Part, Report

_DRAFT = "https://json-schema.org/draft/2020-12/schema"
_METRIC = {"$ref": "#/$defs/Metric"}
_SIGNATORY = {"$ref": "#/$defs/Signatory"}
_TEXT = {"type": ["string", "number"]}


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of an input.

    Editors complete the Chinese keys (``properties``) and accept the English ones (``patternProperties``).
    A key may stand without a value where it is not required, as the readers have it.
    """
    generated = Report.model_json_schema(by_alias=True)
    definitions = generated.pop("$defs")
    parts = {part.__name__: part for part in _parts(Report)}
    schema = _part_schema(Report, generated)
    schema["$defs"] = {name: _part_schema(parts[name], definitions[name]) for name in sorted(definitions)}
    return {
        "$schema": _DRAFT,
        **schema,
        "title": "年度工作总结",
        "description": "kexie-docs 的输入：一年的行动与指标",
    }


def _parts(part: type[Part]) -> set[type[Part]]:
    """Return a part and every part inside it."""
    inner = {info.part for info in fields_of(part).values() if info.part is not None}
    return {part}.union(*map(_parts, inner))


def _part_schema(part: type[Part], generated: dict[str, Any]) -> dict[str, Any]:
    required = set(generated.get("required", ()))
    chinese: dict[str, Any] = {}
    english: dict[str, Any] = {}
    for key, info in fields_of(part).items():
        if key != info.alias:
            continue
        value = generated["properties"].get(key, {"type": ["string", "number"], "title": key})
        chinese[key] = _field_schema(value, required=key in required)
        english[f"^{info.name}$"] = {"$ref": f"#/$defs/{part.__name__}/properties/{key}"}
    if part is Report:
        # The top level is no definition of its own.
        english = {
            key: {"$ref": value["$ref"].replace("#/$defs/Report/", "#/")} for key, value in english.items()
        }
    schema: dict[str, Any] = {
        "type": "object",
        "properties": chinese,
        "patternProperties": english,
        "additionalProperties": False,
    }
    names = {info.alias: info.name for info in fields_of(part).values()}
    if required:
        schema["allOf"] = [
            {"anyOf": [{"required": [key]}, {"required": [names[key]]}]} for key in chinese if key in required
        ]
    return schema


def _field_schema(value: dict[str, Any], *, required: bool) -> dict[str, Any]:
    """Return the schema of one field: null may stand for a field that is not required."""
    notes = {key: value[key] for key in ("title", "description", "default") if value.get(key) is not None}
    core = {key: item for key, item in value.items() if key not in ("title", "description", "default")}
    if core.get("additionalProperties") == _METRIC:
        core["additionalProperties"] = {"anyOf": [_TEXT, _METRIC]}
    if core.get("items") == _SIGNATORY:
        core = {"anyOf": [{"type": "array", "items": {"anyOf": [_TEXT, _SIGNATORY]}}, _TEXT]}
    choices = core.pop("anyOf", None) or [core]
    if not required and {"type": "null"} not in choices:
        choices = [*choices, {"type": "null"}]
    return {**(choices[0] if len(choices) == 1 else {"anyOf": choices}), **notes}
