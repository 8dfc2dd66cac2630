"""Metrics as filters see them: each figure with what the input gives beside it."""

from collections.abc import Mapping, Sequence

from kexie_docs.figures.derived import Subject
from kexie_docs.figures.quantity import Quantity
from kexie_docs.model.names import metric_parts
from kexie_docs.model.report import Metric


def subjects_of(metrics: Mapping[str, Metric]) -> dict[str, Subject]:
    """Return every metric as a subject of filters, by its name."""
    return {
        name: Subject(
            name=name,
            quantity=metric.quantity,
            previous=metric.previous,
            target=metric.target,
            earlier=metric.earlier,
            breakdown=tuple(metric.breakdown.items()),
        )
        for name, metric in metrics.items()
    }


def subject_at(subject: Subject, parts: Sequence[str]) -> Subject | None:
    """Return what a reference names within a metric: itself, 上年, 目标, 往年累计 or one of its 分项.

    Args:
        subject: the metric.
        parts: what follows its name in the reference, in either spelling.

    Returns:
        The figure, about which nothing else is known when it is a part; None where the reference names text
        or nothing.
    """
    if not parts:
        return subject
    part = metric_parts().get(parts[0], "")
    found: Quantity | None = None
    if part == "分项" and len(parts) == 2:
        found = dict(subject.breakdown).get(parts[1])
    elif len(parts) == 1:
        found = {"上年": subject.previous, "目标": subject.target, "往年累计": subject.earlier}.get(part)
    name = ".".join((subject.name, part, *parts[1:]))
    return None if found is None else Subject(name=name, quantity=found)
