"""What the model knows of its own fields: names, spellings and shapes, read off the classes."""

import types
import unicodedata
from collections.abc import Container, Iterator, Mapping
from enum import Enum, auto
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from kexie_docs.frozen import dataclass
from kexie_docs.model.nearest import nearest
from kexie_docs.model.plain import FieldPath, Plain
from kexie_docs.model.report import Metric, Part, Report
from kexie_docs.model.text import ProseText


class Shape(Enum):
    """How a field's value is built."""

    PART = auto()
    PARTS = auto()
    METRICS = auto()
    PROSE = auto()
    PROSES = auto()
    EXTRA = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class FieldInfo:
    """One field of a part.

    Attributes:
        name: English name.
        alias: Chinese name.
        shape: how its value is built.
        part: class of the part or of the list's parts; None for other shapes.
    """

    name: str
    alias: str
    shape: Shape
    part: type[Part] | None = None


@cache
def fields_of(part: type[Part]) -> Mapping[str, FieldInfo]:
    """Return the fields of a part under both spellings, Chinese first, in the order of the class."""
    infos = [
        FieldInfo(name, field.alias or name, *_shape(field.annotation))
        for name, field in part.model_fields.items()
    ]
    infos += [FieldInfo(name, alias, Shape.OTHER) for name, alias in part.folded_keys.items()]
    return types.MappingProxyType({info.alias: info for info in infos} | {info.name: info for info in infos})


def nearest_key(part: type[Part], key: str) -> str | None:
    """Return the key of a part that ``key`` was probably meant to be, in the language of ``key``, or None."""
    plain = unicodedata.normalize("NFKC", key).strip().lower()
    return nearest(plain, fields_of(part))


def homes_of(key: str) -> list[str]:
    """Return the Chinese names of the fields whose parts know ``key``; "" stands for the top level."""
    homes = [] if key not in fields_of(Report) else [""]
    seen: set[type[Part]] = set()
    waiting = [Report]  # type: list[type[Part]]
    while waiting:
        for info in dict.fromkeys(fields_of(waiting.pop(0)).values()):
            if info.part is None or info.part in seen:
                continue
            seen.add(info.part)
            waiting.append(info.part)
            if key in fields_of(info.part):
                homes.append(info.alias)
    return homes


def parts_of(
    data: Plain, part: type[Part] = Report, path: FieldPath = ()
) -> Iterator[tuple[FieldPath, type[Part], dict[str, Plain]]]:
    """Yield every part of plain data with its path and class, outer before inner, in the order of the file.

    Reads on where it can: a misspelt key is followed where it is clear what was meant, and values of the
    wrong shape are passed over.
    """
    if not isinstance(data, dict):
        return
    yield path, part, data
    for key, value in data.items():
        info = field_at(part, key)
        if info is None or info.part is None:
            continue
        if info.shape is Shape.PART:
            yield from parts_of(value, info.part, (*path, key))
        elif info.shape is Shape.PARTS and isinstance(value, list):
            for index, item in enumerate(value):
                yield from parts_of(item, info.part, (*path, key, index))
        elif info.shape is Shape.METRICS and isinstance(value, dict):
            for name, item in value.items():
                yield from parts_of(item, info.part, (*path, key, name))


def field_at(part: type[Part], key: str) -> FieldInfo | None:
    """Return the field that a key of plain data means, misspelt or not; None when nothing is near."""
    fields = fields_of(part)
    if key in fields:
        return fields[key]
    near = nearest_key(part, key)
    return None if near is None else fields[near]


def spelled_path(path: FieldPath, known: Container[FieldPath]) -> FieldPath:
    """Return a path with each key in the spelling under which it is in ``known``, where it is."""
    if path in known:
        return path
    result: FieldPath = ()
    part: type[Part] | None = Report
    in_metrics = False
    for step in path:
        info = (
            fields_of(part).get(step)
            if part is not None and isinstance(step, str) and not in_metrics
            else None
        )
        spellings = (step,) if info is None else (step, info.alias, info.name)
        result = next(((*result, one) for one in spellings if (*result, one) in known), (*result, step))
        if info is not None:
            part, in_metrics = info.part, info.shape is Shape.METRICS
        else:
            in_metrics = False
    return result


def _shape(annotation: Any) -> tuple[Shape, type[Part] | None]:
    core = core_of(annotation)
    if isinstance(core, type) and issubclass(core, Part):
        return Shape.PART, core
    if core is ProseText:
        return Shape.PROSE, None
    arguments = get_args(core)
    if get_origin(core) is dict and core_of(arguments[1]) is Metric:
        return Shape.METRICS, Metric
    if get_origin(core) is dict and ProseText in get_args(core_of(arguments[1])):
        return Shape.EXTRA, None
    if get_origin(core) is list:
        item = core_of(arguments[0])
        if isinstance(item, type) and issubclass(item, Part):
            return Shape.PARTS, item
        if item is ProseText:
            return Shape.PROSES, None
    return Shape.OTHER, None


def core_of(annotation: Any) -> Any:
    """Return the type inside Annotated[…] and … | None."""
    origin = get_origin(annotation)
    if origin is Annotated:
        return core_of(get_args(annotation)[0])
    if origin is Union or origin is types.UnionType:
        present = [argument for argument in get_args(annotation) if argument is not type(None)]
        if len(present) == 1:
            return core_of(present[0])
    return annotation
