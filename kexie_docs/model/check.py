"""Checks across fields: every reference names something that is given, every metric has a name of its own."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from typing import TypeAlias

from kexie_docs.errors import Message, Place, message
from kexie_docs.figures.filters import metrics_named
from kexie_docs.model.characters import shown
from kexie_docs.model.facts import Facts, GivenMetric
from kexie_docs.model.issues import Issue
from kexie_docs.model.limits import PROBLEMS
from kexie_docs.model.names import (
    is_metric_name,
    metric_parts,
    metric_texts,
    organization_parts,
    propose_name,
    reserved_names,
    value_names,
)
from kexie_docs.model.nearest import nearest
from kexie_docs.model.plain import FieldPath
from kexie_docs.model.text import Reference


def check_facts(facts: Facts, filters: Collection[str], locate: Callable[[FieldPath], Place]) -> list[Issue]:
    """Return what is wrong across the fields of a document, with paths from the top.

    Args:
        facts: what the document gives and refers to.
        filters: names of the filters that text may use.
        locate: place of a key, for messages that name a second place.
    """
    return [*_metric_issues(facts, filters, locate), *_reference_issues(facts, filters)]


def _metric_issues(
    facts: Facts, filters: Collection[str], locate: Callable[[FieldPath], Place]
) -> Iterator[Issue]:
    reserved = reserved_names(filters)
    first: dict[str, GivenMetric] = {}
    taken = reserved.union(metric.name for metric in facts.metrics)
    for metric in facts.metrics:
        name = metric.name
        if not is_metric_name(name):
            proposed = propose_name(name, taken)
            yield _key_issue(
                "KD320",
                metric,
                message("“{name}” cannot be the name of a metric", name=shown(name)),
                message(
                    "A name is letters, Chinese characters and digits, and does not begin with a digit; "
                    "for example {name}.",
                    name=proposed,
                ),
            )
        elif name in reserved:
            yield _key_issue(
                "KD321",
                metric,
                message("“{name}” cannot be the name of a metric: it has a meaning of its own", name=name),
                message(
                    "Call it {name}, for example, here and where the text refers to it.",
                    name=propose_name(name + "数", taken),
                ),
            )
        earlier = first.setdefault(unicodedata.normalize("NFKC", name), metric)
        if earlier is not metric:
            yield _key_issue(
                "KD322",
                metric,
                message(
                    "The metric “{name}” is given twice; the first time at {place}",
                    name=shown(name),
                    place=str(locate(earlier.path)),
                ),
                message(
                    "Delete one of the two, or give one another name: names hold for the whole document."
                ),
            )


def _key_issue(code: str, metric: GivenMetric, what: Message, hint: Message) -> Issue:
    return Issue(code, what, hint, metric.path, on_key=True)


def _reference_issues(facts: Facts, filters: Collection[str]) -> Iterator[Issue]:
    metrics = {metric.name: metric for metric in reversed(facts.metrics)}
    names = [*metrics, *value_names()]
    told: dict[str, list[_Fault]] = {}
    faulty = 0
    for text in facts.texts:
        for reference in text.prose.references:
            faults = told.get(reference.expression)
            if faults is None:
                # Nobody reads the hundredth hint, and searching for near names takes time.
                known = names if faulty < PROBLEMS else ()
                faults = [*_reference_faults(reference, facts, metrics, known, filters)]
                told[reference.expression] = faults
                faulty += bool(faults)
            for code, what, hint in faults:
                yield Issue(code, what, hint, text.path, reference.offset)


_Fault: TypeAlias = tuple[str, Message, Message | None]
"""Code, what is wrong, and what to do."""


def _reference_faults(
    reference: Reference,
    facts: Facts,
    metrics: dict[str, GivenMetric],
    known: Collection[str],
    filters: Collection[str],
) -> Iterator[_Fault]:
    name, *parts = reference.path
    is_figure = False
    if name in metrics:
        is_figure = not parts or metric_parts().get(parts[0]) not in metric_texts()
        fault = _metric_fault(metrics[name], parts)
    elif name in value_names():
        fault = _value_fault(value_names()[name], name, parts, facts)
    elif name in facts.unsure:
        return
    else:
        fault = _unknown_name(name, known)
    if fault is not None:
        yield fault
        return
    for filter_name, arguments in reference.filters:
        if filter_name not in filters:
            yield (
                "KD306",
                message("There is no filter named “{name}”", name=shown(filter_name)),
                _suggestion(filter_name, filters)
                or message("Filters are: {names}.", names="、".join(sorted(filters))),
            )
        elif not is_figure:
            yield (
                "KD307",
                message(
                    "The filter “{name}” is for figures; {path} is none",
                    name=filter_name,
                    path=".".join(reference.path),
                ),
                message("Write {reference} without it.", reference="{{" + ".".join(reference.path) + "}}"),
            )
        else:
            unknown = (one for one in metrics_named(filter_name, arguments) if one not in metrics)
            yield from (_unknown_name(one, metrics) for one in unknown if one not in facts.unsure)


def _metric_fault(metric: GivenMetric, parts: list[str]) -> _Fault | None:
    if not parts:
        return None
    known = metric_parts()
    part = known.get(parts[0], "")
    if not part or len(parts) > (2 if part == "分项" else 1):
        return _unknown_part(metric.name, parts, known)
    if part in metric.parts:
        return _breakdown_fault(metric, parts) if part == "分项" else None
    return (
        "KD305",
        message("The metric “{name}” has no {part}", name=metric.name, part=part),
        message("Give {part} where the metric stands, or take the reference out.", part=part),
    )


def _breakdown_fault(metric: GivenMetric, parts: list[str]) -> _Fault | None:
    name = f"{metric.name}.分项"
    if len(parts) == 1:
        return (
            "KD304",
            message("{name} alone cannot be printed", name=name),
            message(
                "Write which of them is meant: {names}; {sum} prints their sum.",
                names=_references(name, metric.breakdown),
                sum="{{" + metric.name + "|合计}}",
            ),
        )
    if parts[1] in metric.breakdown:
        return None
    return _unknown_part(name, parts[1:], {one: one for one in metric.breakdown})


def _value_fault(value: str, name: str, parts: list[str], facts: Facts) -> _Fault | None:
    if value == "年度":
        return None if not parts else _unknown_part(name, parts, {})
    known = organization_parts()
    if not parts:
        return (
            "KD304",
            message("{name} alone cannot be printed", name=name),
            message(
                "Write which form of the name is meant: {names}.", names=_references(name, known.values())
            ),
        )
    if len(parts) > 1 or parts[0] not in known:
        return _unknown_part(name, parts, known)
    part = known[parts[0]]
    # The full name is required: the model says so when it is missing.
    if part in facts.organization or part == "全称":
        return None
    return (
        "KD305",
        message("The text refers to {name}.{part}, which is not given", name=value, part=part),
        message("Give {part} under {name}, or take the reference out.", name=value, part=part),
    )


def _unknown_name(name: str, known: Iterable[str]) -> _Fault:
    return (
        "KD303",
        message("Nothing is named “{name}”", name=shown(name)),
        _suggestion(name, known)
        or message("Give it under {key}, or correct the name in the text.", key="指标"),
    )


def _unknown_part(name: str, parts: list[str], known: dict[str, str]) -> _Fault:
    what = message("“{name}” has no part named “{part}”", name=shown(name), part=shown(".".join(parts)))
    hint = _suggestion(parts[0], known) if len(parts) == 1 else None
    if hint is None:
        hint = (
            message("It has: {names}.", names=_references(name, known.values()))
            if known
            else message("Write {reference}.", reference="{{" + name + "}}")
        )
    return "KD304", what, hint


def _references(name: str, parts: Iterable[str]) -> str:
    return "、".join("{{" + f"{name}.{part}" + "}}" for part in dict.fromkeys(parts))


def _suggestion(name: str, known: Iterable[str]) -> Message | None:
    near = nearest(name, known)
    return None if near is None else message("Did you mean “{name}”?", name=near)
