"""Filters tried once on reading, so that one that does not fit its figure is told at its line."""

from collections.abc import Callable, Iterator, Mapping

from kexie_docs.errors import message
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.quantity import Quantity, print_quantity
from kexie_docs.model.facts import Facts
from kexie_docs.model.issues import Issue
from kexie_docs.model.names import metric_parts
from kexie_docs.model.report import Metric, Report
from kexie_docs.model.text import Reference


def filter_issues(
    report: Report,
    facts: Facts,
    filters: Mapping[str, Callable[..., Quantity | str]],
    arguments: Mapping[str, int],
) -> Iterator[Issue]:
    """Yield an issue for each filter that does not fit its figure.

    Args:
        report: a valid report.
        facts: its facts, all of whose references name a value and known filters.
        filters: filters by name.
        arguments: how many constants each filter takes.
    """
    metrics = report.all_metrics()
    for text in facts.texts:
        for reference in text.prose.references:
            metric = metrics.get(reference.path[0])
            figure = None if metric is None or not reference.filters else _figure(metric, reference)
            if figure is not None:
                yield from (
                    Issue(issue.code, issue.what, issue.hint, text.path, reference.offset)
                    for issue in _misfits(figure, reference, filters, arguments)
                )


def _figure(metric: Metric, reference: Reference) -> Quantity | None:
    """Return the quantity that a reference names; None where it names text."""
    if len(reference.path) == 1:
        return metric.quantity
    return {"上年": metric.previous, "目标": metric.target}.get(metric_parts().get(reference.path[1], ""))


def _misfits(
    figure: Quantity,
    reference: Reference,
    filters: Mapping[str, Callable[..., Quantity | str]],
    arguments: Mapping[str, int],
) -> Iterator[Issue]:
    value: Quantity | str = figure
    for name, constants in reference.filters:
        count = arguments[name]
        if isinstance(value, str):
            yield Issue(
                "KD307",
                message("The filter “{name}” comes after one that gives text", name=name),
                message("Take it out, or put it first."),
            )
            return
        if len(constants) != count:
            yield Issue(
                "KD309",
                message(
                    "The filter “{name}” takes {count} constants in brackets; {given} are given",
                    name=name,
                    count=count,
                    given=len(constants),
                ),
                message(
                    "Write {example}.",
                    example=f"|{name}" + (f"({', '.join(['…'] * count)})" if count else ""),
                ),
            )
            return
        try:
            value = filters[name](value, *constants)
            if isinstance(value, Quantity):
                print_quantity(value)
        except QuantityError as error:
            yield Issue("KD311", error.problem, error.hint)
            return
