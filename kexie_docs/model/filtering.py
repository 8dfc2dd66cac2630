"""Filters tried once on reading, so that one that does not fit its figure is told at its line."""

from collections.abc import Iterator, Mapping

from kexie_docs.errors import message
from kexie_docs.figures.derived import Known, Subject
from kexie_docs.figures.errors import QuantityError
from kexie_docs.figures.filters import Filter, apply_filter
from kexie_docs.model.facts import Facts
from kexie_docs.model.issues import Issue
from kexie_docs.model.report import Report
from kexie_docs.model.subjects import subject_at, subjects_of
from kexie_docs.model.text import Reference


def filter_issues(
    report: Report, facts: Facts, filters: Mapping[str, Filter], arguments: Mapping[str, range]
) -> Iterator[Issue]:
    """Yield an issue for each filter that does not fit its figure.

    Args:
        report: a valid report.
        facts: its facts, all of whose references name a value and known filters.
        filters: filters by name.
        arguments: how many constants each filter may take.
    """
    known = subjects_of(report.all_metrics())
    for text in facts.texts:
        for reference in text.prose.references:
            subject = known.get(reference.path[0]) if reference.filters else None
            figure = None if subject is None else subject_at(subject, reference.path[1:])
            if figure is not None:
                issue = _misfit(figure, reference, filters, arguments, known)
                if issue is not None:
                    yield Issue(issue.code, issue.what, issue.hint, text.path, reference.offset)


def _misfit(
    figure: Subject,
    reference: Reference,
    filters: Mapping[str, Filter],
    arguments: Mapping[str, range],
    known: Known,
) -> Issue | None:
    """Return what is wrong with the first filter that does not fit."""
    for name, constants in reference.filters:
        counts = arguments[name]
        if len(constants) not in counts:
            least = max(1, counts.start)
            takes = f"{counts.start}" if len(counts) == 1 else f"{counts.start}—{counts.stop - 1}"
            return Issue(
                "KD309",
                message(
                    "The filter “{name}” takes {count} constants in brackets; {given} are given",
                    name=name,
                    count=takes,
                    given=len(constants),
                ),
                message(
                    "Write {example}.",
                    example=f"|{name}" + (f"({', '.join(['…'] * least)})" if counts.stop > 1 else ""),
                ),
            )
        try:
            figure = apply_filter(name, figure, constants, known)
        except QuantityError as error:
            return Issue("KD311", error.problem, error.hint)
    return None
