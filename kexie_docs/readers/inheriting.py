"""One input of several: what a file states itself, and what it takes from the one it builds on (沿用)."""

from dataclasses import replace

from kexie_docs.model.fields import fields_of
from kexie_docs.model.plain import FieldPath, Plain
from kexie_docs.model.report import Report
from kexie_docs.readers.parsed import BASE_KEYS, Parsed, Span

_MERGED = "metrics"
"""The one key whose entries are merged: a metric of this file takes the place of the other's of that name."""


def with_inherited(parsed: Parsed) -> Parsed:
    """Return a parsed file with the values of those that it builds on beneath its own.

    Whatever stands under a top-level key of the file takes the place of what the other has there, in either
    spelling; 指标 alone are merged by name. A key without a value takes the other's value away.
    """
    if parsed.base is None or not isinstance(parsed.data, dict):
        return parsed
    base = with_inherited(parsed.base)
    problems = (*base.problems, *parsed.problems)
    if not isinstance(base.data, dict):
        # The base is told about as it is.
        return replace(base, problems=problems)
    fields = fields_of(Report)
    own = {_field(key): key for key in parsed.data if key not in BASE_KEYS}
    data: dict[str, Plain] = {}
    spans: dict[FieldPath, Span] = {(): parsed.spans[()]}
    inherited: dict[FieldPath, Parsed] = {}
    spans.update((path, span) for path, span in parsed.spans.items() if path[:1] and path[0] not in BASE_KEYS)
    for key, value in base.data.items():
        if key in BASE_KEYS:
            continue
        here = own.get(_field(key))
        if here is None:
            data[key] = value
            inherited[key,] = base
            spans.update((path, span) for path, span in base.spans.items() if path[:1] == (key,))
            continue
        mine = parsed.data[here]
        merges = key in fields and fields[key].name == _MERGED and isinstance(value, dict) and here == key
        if merges and isinstance(mine, dict) and isinstance(value, dict):
            taken = {name: metric for name, metric in value.items() if name not in mine}
            data[here] = {**taken, **mine}
            for name in taken:
                inherited[here, name] = base
                spans.update((path, span) for path, span in base.spans.items() if path[:2] == (key, name))
        else:
            data[here] = mine
    for key, value in parsed.data.items():
        if key not in BASE_KEYS:
            data.setdefault(key, value)
    return replace(parsed, data=data, spans=spans, problems=problems, base=None, inherited=inherited)


def _field(key: str) -> str:
    """Return the field that a key names, or the key itself when it is unknown."""
    info = fields_of(Report).get(key)
    return key if info is None else info.name
