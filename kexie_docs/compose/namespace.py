"""The names that templates and input text see: the model's fields, in both spellings, and the metrics."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache, partial
from types import MappingProxyType

from kexie_docs.compose.block_values import ExtraValue
from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.number_values import (
    DateValue,
    FigureParts,
    FigureValue,
    MetricsValue,
    NumberValue,
)
from kexie_docs.compose.places import PlaceOf, file_name, nowhere
from kexie_docs.compose.tokens import TokenStore
from kexie_docs.compose.values import (
    BodyValue,
    ListValue,
    MissingValue,
    ProseValue,
    RecordValue,
    TextValue,
    Value,
)
from kexie_docs.doctree.nodes import FigureOrigin, Inline, Text
from kexie_docs.errors import InputError, Problem, message
from kexie_docs.figures.derived import Known
from kexie_docs.model.fields import FieldInfo, Shape, fields_of
from kexie_docs.model.names import metric_parts
from kexie_docs.model.official import Picture
from kexie_docs.model.plain import FieldPath
from kexie_docs.model.report import Metric, Part, Report, Signatory
from kexie_docs.model.subjects import subjects_of
from kexie_docs.model.text import Piece, ProseText, Reference


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
        origin = _Origins(report, place)
        self._metrics = {
            name: _figure(self.store, name, metric, known, partial(origin, name))
            for name, metric in metrics.items()
        }
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
            case Signatory(name=name):
                return TextValue(store, path, name)
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
        before = f"{path}." if path else ""
        makers = {
            info.name: partial(self._wrap, info, getattr(part, info.name), before + info.alias)
            for info in _fields(type(part))
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
            InputError: KD303, nothing has the name; KD301, what has it cannot be printed; KD311 and KD312, it
                cannot be printed so.
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
                raise ValueUseError("KD303", message("Nothing is named “{name}”", name=name))
            value = self._root.part(name)
        assert value is not None
        for part in parts:
            value = value.part(part)
        return value


@cache
def _fields(part: type[Part]) -> tuple[FieldInfo, ...]:
    """Return the fields that a part has itself, each once."""
    known = part.model_fields
    return tuple(info for info in dict.fromkeys(fields_of(part).values()) if info.name in known)


@cache
def _spellings(part: type[Part]) -> Mapping[str, str]:
    """Return both spellings of a part's fields to the field's name."""
    known = part.model_fields
    return MappingProxyType({name: info.name for name, info in fields_of(part).items() if info.name in known})


class _Origins:
    """Where the input gives each metric, looked up once for those that are printed."""

    def __init__(self, report: Report, place: PlaceOf) -> None:
        self._report = report
        self._place = place
        self._paths: dict[str, tuple[FieldPath, Metric]] = {}
        self._found: dict[str, FigureOrigin] = {}

    def __call__(self, name: str) -> FigureOrigin:
        """Return the origin of the metric of a name."""
        if name not in self._found:
            path, metric = self._metrics()[name]
            place = self._place(path)
            self._found[name] = FigureOrigin(metric.source or "", file_name(place), place.line)
        return self._found[name]

    def _metrics(self) -> dict[str, tuple[FieldPath, Metric]]:
        if not self._paths:
            self._paths = dict(_metric_paths(self._report))
        return self._paths


def _metric_paths(report: Report) -> Iterator[tuple[str, tuple[FieldPath, Metric]]]:
    """Yield the name, the path and the value of each metric of a report."""
    for name, metric in report.metrics.items():
        yield name, (("指标", name), metric)
    for i, action in enumerate(report.actions):
        for name, metric in action.metrics.items():
            yield name, (("行动", i, "指标", name), metric)
        for j, measure in enumerate(action.measures):
            for name, metric in measure.metrics.items():
                yield name, (("行动", i, "措施", j, "指标", name), metric)


def _figure(
    store: TokenStore, name: str, metric: Metric, known: Known, origin: Callable[[], FigureOrigin]
) -> FigureValue:
    def other_parts() -> FigureParts:
        parts = {
            info.alias: getattr(metric, info.name) for info in _fields(Metric) if info.name != "quantity"
        }
        parts |= {"单位": metric.quantity.unit or None, "表述": metric.quantity.hedge or None}
        english = {name: parts[alias] for name, alias in metric_parts().items() if alias in parts}
        return parts | english | {"名称": name, "name": name}

    return FigureValue(store, name, known[name], name, known, other_parts, origin)
