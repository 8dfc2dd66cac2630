"""What kind of value stands under each name that a template may use, known without any input."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import Enum, auto
from functools import cache
from types import MappingProxyType
from typing import get_args, get_origin

from kexie_docs.figures.quantity import Quantity
from kexie_docs.frozen import dataclass
from kexie_docs.model.fields import FieldInfo, Shape, core_of, fields_of
from kexie_docs.model.names import metric_parts, metric_texts
from kexie_docs.model.report import Metric, Part, Report


class Sort(Enum):
    """How a value behaves in a template."""

    RECORD = auto()
    LIST = auto()
    METRICS = auto()
    FIGURE = auto()
    EXTRA = auto()
    DATE = auto()
    NUMBER = auto()
    TEXT = auto()
    ANY = auto()


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of value.

    Attributes:
        sort: how it behaves.
        path: where the input gives it, in Chinese, such as 行动.标题; "" for what is no value of the input.
        optional: whether an input may leave it out.
        part: class of a record, or None.
        item: kind of a list's items, or None.
        parts: names of parts that are no fields of the model, such as those of a date.
    """

    sort: Sort
    path: str = ""
    optional: bool = False
    part: type[Part] | None = None
    item: "Kind | None" = None
    parts: tuple[str, ...] = ()

    def names(self) -> tuple[str, ...]:
        """Return the names of its parts in both spellings; () when it has none or any name will do."""
        return self.parts if self.part is None else tuple(fields_of(self.part))

    def has_any_part(self) -> bool:
        """Return whether a part of any name may be asked for."""
        return self.sort in (Sort.ANY, Sort.METRICS, Sort.EXTRA)

    def of(self, name: str) -> "Kind | None":
        """Return the kind of a part, or None when there is no such part."""
        path = f"{self.path}.{name}" if self.path else ""
        match self.sort:
            case Sort.ANY:
                return ANY
            case Sort.METRICS:
                return figure(path, optional=True)
            case Sort.EXTRA:
                return Kind(Sort.ANY, path, optional=True)
            case Sort.RECORD:
                found = _fields(self.part).get(name) if self.part is not None else None
                if found is None:
                    return None
                alias = fields_of(self.part)[name].alias if self.part is not None else name
                return _at(found, f"{self.path}.{alias}" if self.path else alias, self.optional)
            case Sort.FIGURE if name in self.parts:
                part = metric_parts().get(name, "名称" if name in ("名称", "name") else name)
                path = f"{self.path}.{part}" if self.path else ""
                if part == "分项":
                    return Kind(Sort.METRICS, path, optional=True)
                texts = (*metric_texts(), "名称")
                return Kind(Sort.TEXT, path, part != "名称") if part in texts else figure(path, optional=True)
            case Sort.DATE if name in self.parts:
                return Kind(Sort.NUMBER, path)
        return None


ANY = Kind(Sort.ANY)
"""A value of which nothing is known."""


def figure(path: str, *, optional: bool = False) -> Kind:
    """Return the kind of a metric's figure."""
    names = tuple(dict.fromkeys((*metric_parts(), *metric_texts(), "名称", "name")))
    return Kind(Sort.FIGURE, path, optional, parts=names)


@cache
def names_of_input() -> Mapping[str, Kind]:
    """Return the kind of every top-level name that every input has, in both spellings."""
    everything = Kind(Sort.METRICS, "指标")
    own = {"全部指标": everything, "all_metrics": everything}
    fields = {
        name: _at(kind, fields_of(Report)[name].alias, optional=False)
        for name, kind in _fields(Report).items()
    }
    return MappingProxyType(own | fields)


@cache
def _fields(part: type[Part]) -> Mapping[str, Kind]:
    """Return the kinds of a part's fields, in both spellings, without their path."""
    return MappingProxyType(
        {name: _kind(part, info) for name, info in fields_of(part).items() if info.name in part.model_fields}
    )


def _kind(part: type[Part], info: FieldInfo) -> Kind:
    field = part.model_fields[info.name]
    optional = not field.is_required() and field.get_default() is None
    match info.shape:
        case Shape.PART:
            return Kind(Sort.RECORD, optional=optional, part=info.part)
        case Shape.PARTS:
            return Kind(Sort.LIST, item=Kind(Sort.RECORD, part=info.part))
        case Shape.METRICS:
            return Kind(Sort.METRICS)
        case Shape.EXTRA:
            return Kind(Sort.EXTRA)
        case Shape.PROSES:
            return Kind(Sort.LIST, item=Kind(Sort.TEXT))
    core = core_of(field.annotation)
    if get_origin(core) is list:
        return Kind(Sort.LIST, item=Kind(Sort.TEXT))
    if get_origin(core) is dict and core_of(get_args(core)[1]) is Quantity:
        return Kind(Sort.METRICS)
    if core is date:
        return Kind(Sort.DATE, optional=optional, parts=("年", "月", "日", "year", "month", "day"))
    if core is int:
        return Kind(Sort.NUMBER, optional=optional)
    if core is Quantity and part is Metric:
        return figure("", optional=optional)
    return Kind(Sort.TEXT, optional=optional)


def _at(kind: Kind, path: str, optional: bool) -> Kind:
    item = kind.item and replace(kind.item, path=path)
    return replace(kind, path=path, optional=kind.optional or optional, item=item)
