"""Checks across the inputs of one association: what a year says of the year before it."""

import re
from collections.abc import Iterator, Sequence

from kexie_docs.checks.statements import disagree
from kexie_docs.checks.view import InputView
from kexie_docs.errors import Problem, Severity, message
from kexie_docs.figures.quantity import print_quantity
from kexie_docs.model.fields import spelled_path
from kexie_docs.model.plain import FieldPath
from kexie_docs.readers.reader import LoadedReport

_HAN = "\u4e00-\u9fff"
_CLAIM = re.compile(rf"(?:全[国省市县区])?首(?:个|次|家|届|批|座|所)[“《]?([{_HAN}]{{4,12}})")
_SAME = 4
"""So many first characters in common make two claims one."""


def check_series(inputs: Sequence[LoadedReport]) -> tuple[Problem, ...]:
    """Return what contradicts between the inputs of one association for two years in a row.

    KC310: a 首个 of the year before is claimed again. KC320: 上年 is not what the year before gave.
    """
    views = [InputView(loaded) for loaded in inputs]
    found: list[Problem] = []
    for later in views:
        for earlier in views:
            same = earlier.report.organization.full_name == later.report.organization.full_name
            if same and earlier.report.year + 1 == later.report.year:
                found += [*_carried_over(earlier, later), *_previous_differs(earlier, later)]
    return tuple(found)


def _claims(view: InputView) -> Iterator[tuple[str, FieldPath, int]]:
    for passage in view.passages:
        for match in _CLAIM.finditer(passage.text):
            yield match[1], passage.path, passage.source_offset(match.start())


def _carried_over(earlier: InputView, later: InputView) -> Iterator[Problem]:
    before = list(_claims(earlier))
    for thing, path, offset in _claims(later):
        match = next((one for one in before if one[0][:_SAME] == thing[:_SAME]), None)
        if match is not None:
            place = later.loaded.place(path, offset)
            yield Problem(
                "KC310",
                message(
                    "The first {thing} was claimed in the year before too: {place}",
                    thing=thing,
                    place=str(earlier.loaded.place(match[1], match[2])),
                ),
                place,
                message("Delete the claim that was carried over."),
                Severity.ERROR,
                later.loaded.excerpt(place),
            )


def _previous_differs(earlier: InputView, later: InputView) -> Iterator[Problem]:
    given = earlier.report.all_metrics()
    for name, metric in later.report.all_metrics().items():
        before = given.get(name)
        if before is None or metric.previous is None or not disagree(before.quantity, metric.previous):
            continue
        parsed = later.loaded.parsed
        place = parsed.place(spelled_path((*later.metric_paths[name], "上年"), parsed.spans))
        yield Problem(
            "KC320",
            message(
                "{name}: last year was “{figure}” here, and “{other}” at {place}",
                name=name,
                figure=print_quantity(metric.previous),
                other=print_quantity(before.quantity),
                place=str(earlier.loaded.place(earlier.metric_paths[name])),
            ),
            place,
            message("Find out which is right."),
            Severity.ERROR,
            later.loaded.excerpt(place),
        )
