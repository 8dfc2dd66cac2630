"""Every numeric fact of GB/T 9704-2012 that our documents can show, measured on the finished files."""

from tests.facts.conftest import Shelf, shown_by
from tests.facts.facts import Fact, facts
from tests.facts.measures import known, measure


def test_finished_file_is_as_the_standard_wants(
    shelf: Shelf, fact: Fact, name: str, style: str, kind: str
) -> None:
    readings = measure(fact.name, shelf.take(name, style, kind))
    assert readings, f"nothing was measured: {fact.how}"
    wrong = [reading for reading in readings if not fact.holds(reading, style)]
    shown = ", ".join(f"{one:.2f}" if isinstance(one, float) else str(one) for one in wrong[:5])
    assert not wrong, f"{fact.clause} {fact.name} ({fact.how}): wanted {fact.wanted(style)}, measured {shown}"


def test_every_fact_is_measured_and_shown_by_a_document() -> None:
    assert {fact.name for fact in facts()} == known()
    assert not [fact.name for fact in facts() if not shown_by(fact)]
