"""The names that templates and input text see: the model's fields, in both spellings, and the metrics."""

from collections.abc import Mapping
from datetime import date
from functools import cache, partial
from types import MappingProxyType
from typing import Protocol

from kexie_docs.compose.block_values import ExtraValue
from kexie_docs.compose.tokens import TokenStore
from kexie_docs.compose.values import (
    BodyValue,
    DateValue,
    FigureValue,
    ListValue,
    MetricsValue,
    MissingValue,
    NumberValue,
    ProseValue,
    RecordValue,
    TextValue,
    Value,
    ValueUseError,
)
from kexie_docs.doctree.nodes import Inline, Text
from kexie_docs.errors import InputError, Place, Problem, message
from kexie_docs.figures.derived import Known
from kexie_docs.model.fields import FieldInfo, Shape, fields_of
from kexie_docs.model.names import metric_parts
from kexie_docs.model.official import Picture
from kexie_docs.model.report import Metric, Part, Report
from kexie_docs.model.subjects import subjects_of
from kexie_docs.model.text import Piece, ProseText, Reference


class PlaceOf(Protocol):
    """Gives the place of a field, as `LoadedReport.place` of the readers does."""

    def __call__(self, path: str, offset: int | None = None, /) -> Place:
        """Return the place of a path such as ``行动[1].导语``, or of a character in its text."""
        ...


def nowhere(path: str, offset: int | None = None, /) -> Place:
    """Return a place that knows the field only, for a report that no file gave."""
    return Place(field=path)


class Namespace:
    """The values of one report, made when they are first asked for.

    Attributes:
        store: where printed values are left.
    """

    def __init__(self, report: Report, defaults: Mapping[str, str], place: PlaceOf = nowhere) -> None:
        """Make the namespace.

        Args:
            report: the input.
            defaults: texts of the template for what the input does not give, under 默认.
            place: where the report's fields stand, for messages.
        """
        self.store = TokenStore()
        self._place = place
        metrics = report.all_metrics()
        known = subjects_of(metrics)
        self._metrics = {name: _figure(self.store, name, metric, known) for name, metric in metrics.items()}
        self._root = self._record(report, "")
        texts = {
            name: partial(TextValue, self.store, f"默认.{name}", text) for name, text in defaults.items()
        }
        self._defaults = RecordValue(self.store, "默认", {name: name for name in defaults}, texts)

    def names(self) -> dict[str, Value]:
        """Return every top-level name with its value."""
        fields = {name: self._root.part(name) for name in fields_of(Report)}
        everything = MetricsValue(self.store, "全部指标", self._metrics)
        own: dict[str, Value] = {"默认": self._defaults, "defaults": self._defaults}
        own |= {"全部指标": everything, "all_metrics": everything}
        return own | self._metrics | fields

    def _wrap(self, info: FieldInfo, value: object, path: str) -> Value:
        """Return a field's value as templates see it."""
        store = self.store
        match value:
            case None:
                return MissingValue(store, path, _spellings(info.part) if info.part else None)
            case str():
                return TextValue(store, path, value)
            case bool():
                return TextValue(store, path, "是" if value else "")
            case Picture(path=name):
                return TextValue(store, path, name)
            case int():
                return NumberValue(store, path, value)
            case date():
                return DateValue(store, path, value)
            case ProseText() if info.name == "body":
                return BodyValue(store, path, self._markdown(value, path), value.source)
            case ProseText():
                return ProseValue(store, path, self._paragraphs(value, path))
            case Part():
                return self._record(value, path)
            case list():
                return ListValue(
                    store, path, [self._wrap(info, item, f"{path}[{i}]") for i, item in enumerate(value)]
                )
            case dict() if info.shape is Shape.EXTRA:
                return ExtraValue(
                    store,
                    path,
                    {name: self._wrap(info, item, f"{path}.{name}") for name, item in value.items()},
                )
            case dict():
                return MetricsValue(store, path, {name: self._metrics[name] for name in value})
        raise TypeError(type(value))

    def _record(self, part: Part, path: str) -> RecordValue:
        fields = fields_of(type(part))
        makers = {
            info.name: partial(
                self._wrap, info, getattr(part, info.name), f"{path}.{info.alias}" if path else info.alias
            )
            for info in fields.values()
            if info.name in type(part).model_fields
        }
        return RecordValue(self.store, path or "", _spellings(type(part)), makers)

    def _paragraphs(self, text: ProseText, path: str) -> tuple[tuple[Inline, ...], ...]:
        return tuple(
            tuple(node for piece in paragraph for node in self._nodes(piece, path))
            for paragraph in text.paragraphs
        )

    def _nodes(self, piece: Piece, path: str) -> tuple[Inline, ...]:
        return (Text(piece),) if isinstance(piece, str) else self._resolve(piece, path)

    def _markdown(self, text: ProseText, path: str) -> str:
        """Return the input's Markdown with a token for each reference."""
        return "".join(
            piece if isinstance(piece, str) else self.store.token(self._resolve(piece, path))
            for piece in text.pieces
        )

    def _resolve(self, reference: Reference, path: str) -> tuple[Inline, ...]:
        """Return what a reference in input text prints.

        Raises:
            InputError: KD301, there is no such value; KD311 and KD312, it cannot be printed so.
        """
        try:
            value = self._lookup(reference)
            for name, arguments in reference.filters:
                if not isinstance(value, FigureValue):
                    raise ValueUseError(
                        "KD312",
                        message("“{name}” is no figure, so it takes no filter.", name=reference.expression),
                    )
                value = value.filtered(name, arguments)
            return value.inlines()
        except ValueUseError as error:
            code = error.code if error.code.startswith("KD3") else "KD301"
            place = self._place(path, reference.offset)
            raise InputError(Problem(code, error.what, place, error.hint)) from None

    def _lookup(self, reference: Reference) -> Value:
        name, *parts = reference.path
        value: Value | None = self._metrics.get(name)
        if value is None:
            if name not in fields_of(Report):
                raise ValueUseError("KD301", message("There is no metric “{name}”.", name=name))
            value = self._root.part(name)
        assert value is not None
        for part in parts:
            value = value.part(part)
        return value


@cache
def _spellings(part: type[Part]) -> Mapping[str, str]:
    """Return both spellings of a part's fields to the field's name."""
    known = part.model_fields
    return MappingProxyType({name: info.name for name, info in fields_of(part).items() if info.name in known})


def _figure(store: TokenStore, name: str, metric: Metric, known: Known) -> FigureValue:
    parts = {
        info.alias: getattr(metric, info.name)
        for info in fields_of(Metric).values()
        if info.name in Metric.model_fields and info.name != "quantity"
    }
    parts |= {"单位": metric.quantity.unit or None, "表述": metric.quantity.hedge or None}
    english = {name: parts[alias] for name, alias in metric_parts().items() if alias in parts}
    names = {"名称": name, "name": name}
    return FigureValue(store, name, known[name], name, known, parts | english | names)
