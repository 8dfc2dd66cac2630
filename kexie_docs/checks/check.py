"""Checking an input: what its rules find, as problems with places."""

from collections.abc import Iterator

from kexie_docs.checks.engine import all_rules, check_text
from kexie_docs.checks.places import Places
from kexie_docs.checks.rule import InputRule
from kexie_docs.checks.view import InputView
from kexie_docs.errors import Problem
from kexie_docs.readers.reader import LoadedReport


def check_report(loaded: LoadedReport) -> tuple[Problem, ...]:
    """Return what the rules find in an input, in the order of its lines; what the reading warned of too."""
    view, places = InputView(loaded), Places(loaded.parsed)
    found = dict.fromkeys([*loaded.warnings, *_in_texts(view, places), *_in_input(view, places)])
    return tuple(
        sorted(found, key=lambda one: (one.place.line or 0, one.place.column or 0, one.code, str(one.what)))
    )


def _in_texts(view: InputView, places: Places) -> Iterator[Problem]:
    for passage in view.passages:
        for finding in check_text(passage.checked):
            place = places.place(passage.path, passage.source_offset(finding.start))
            excerpt = view.loaded.excerpt(place)
            yield Problem(finding.code, finding.what, place, finding.hint, finding.severity, excerpt)


def _in_input(view: InputView, places: Places) -> Iterator[Problem]:
    for rule in all_rules():
        if isinstance(rule, InputRule):
            for hit in rule.check(view):
                place = places.place(hit.path, hit.offset, on_key=hit.on_key)
                yield Problem(rule.code, hit.what, place, hit.hint, rule.severity, view.loaded.excerpt(place))
