"""What a document's text may refer to, and the text that refers: gathered from plain data, valid or not."""

from collections.abc import Iterator

from kexie_docs.frozen import dataclass
from kexie_docs.model.fields import FieldInfo, Shape, field_at, fields_of, parts_of
from kexie_docs.model.plain import FieldPath, Plain, is_blank
from kexie_docs.model.references import read_pieces
from kexie_docs.model.report import Metric, Organization, Part
from kexie_docs.model.text import ProseText


@dataclass(frozen=True, slots=True)
class GivenMetric:
    """A metric of the document.

    Attributes:
        path: its place.
        name: its name.
        parts: the Chinese names of the parts that are given.
        breakdown: the names of its 分项.
    """

    path: FieldPath
    name: str
    parts: frozenset[str]
    breakdown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GivenText:
    """A text with references, and its place."""

    path: FieldPath
    prose: ProseText


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be referred to and what refers to it.

    Attributes:
        metrics: every metric, in the order of the file; one name may come twice.
        texts: every text that holds references.
        organization: Chinese names of the parts of 单位 that are given.
        unsure: names of what stands under keys that are not known: they may be metrics.
    """

    metrics: tuple[GivenMetric, ...]
    texts: tuple[GivenText, ...]
    organization: frozenset[str]
    unsure: frozenset[str]


def gather_facts(data: Plain) -> Facts:
    """Return the facts of plain data; values of the wrong shape are passed over (the model tells of them)."""
    metrics: list[GivenMetric] = []
    texts: list[GivenText] = []
    organization: frozenset[str] = frozenset()
    unsure: set[str] = set()
    for path, part, mapping in parts_of(data):
        if part is Organization:
            organization = _given(part, mapping)
            continue
        if part is Metric:
            continue
        for key, value in mapping.items():
            info = field_at(part, key)
            if info is None:
                unsure.update(_keys(value))
            elif info.shape is Shape.METRICS and isinstance(value, dict):
                metrics.extend(
                    GivenMetric(
                        (*path, key, name),
                        name,
                        _given(Metric, item) if isinstance(item, dict) else frozenset(),
                        _breakdown(item),
                    )
                    for name, item in value.items()
                )
            else:
                texts.extend(_texts((*path, key), info, value))
    return Facts(tuple(metrics), tuple(texts), organization, frozenset(unsure))


def _given(part: type[Part], mapping: dict[str, Plain]) -> frozenset[str]:
    """Return the Chinese names of the fields that a map gives a value."""
    fields = fields_of(part)
    return frozenset(
        fields[key].alias for key, value in mapping.items() if key in fields and not is_blank(value)
    )


def _breakdown(item: Plain) -> tuple[str, ...]:
    """Return the names of a metric's 分项."""
    if not isinstance(item, dict):
        return ()
    found = next((value for key in ("分项", "breakdown") if isinstance(value := item.get(key), dict)), {})
    return tuple(found)


def _keys(value: Plain) -> Iterator[str]:
    """Yield every key below a value."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _keys(item)
    elif isinstance(value, list):
        for item in value:
            yield from _keys(item)


def _texts(path: FieldPath, info: FieldInfo, value: Plain) -> Iterator[GivenText]:
    if info.shape is Shape.PROSES and isinstance(value, list):
        for index, item in enumerate(value):
            yield from _text((*path, index), item)
    elif info.shape is Shape.EXTRA and isinstance(value, dict):
        for name, item in value.items():
            if isinstance(item, list):
                for index, line in enumerate(item):
                    yield from _text((*path, name, index), line)
            else:
                yield from _text((*path, name), item)
    elif info.shape in (Shape.PROSE, Shape.PROSES):
        yield from _text(path, value)


def _text(path: FieldPath, value: Plain) -> Iterator[GivenText]:
    if not isinstance(value, str) or "{{" not in value:
        return
    # Also of a text with faults, so that one run tells of everything.
    text, _ = read_pieces(value)
    if text.references:
        yield GivenText(path, text)
