"""The two seed documents, composed: every paragraph, every figure, and each figure where its metric says."""

from dataclasses import replace
from decimal import Decimal

import pytest

from kexie_docs.doctree.nodes import Figure
from kexie_docs.doctree.walk import block_text, figures, leaves
from kexie_docs.figures.quantity import Kind, Quantity
from kexie_docs.model.report import Action, Measure, Metric, Report
from tests.compose.conftest import running
from tests.compose.seeds import (
    NAMES,
    composed,
    composer,
    figure_rows,
    folded,
    paragraphs,
    report,
    surface,
    text_of,
)


@pytest.mark.parametrize("name", NAMES)
def test_document_holds_every_paragraph_of_the_seed_in_order(name: str) -> None:
    text, start = folded(text_of(composed(name))), 0
    for paragraph in paragraphs(name):
        found = text.find(paragraph, start)
        assert found >= 0, paragraph[:30]
        start = found + len(paragraph)


@pytest.mark.parametrize("row", figure_rows(), ids=lambda row: f"{row['id']}-{row['surface_hans']}")
def test_every_figure_of_the_seed_is_a_figure_node_in_its_paragraph(row: dict[str, str]) -> None:
    # The n-th same figure of a paragraph is the n-th node: typed digits would leave a node too few.
    document = composed(row["doc"])
    same = [
        each
        for each in figure_rows()
        if (each["doc"], each["para"], each["surface_hans"]) == (row["doc"], row["para"], row["surface_hans"])
    ]
    paragraph = paragraphs(row["doc"])[int(row["para"]) - 1]
    block = next(block for block in running(document) if paragraph in folded(block_text(block)))
    printed = [leaf.text for leaf, _ in leaves(block.inlines) if isinstance(leaf, Figure)]
    assert printed.count(surface(row)) == len(same)


@pytest.mark.parametrize("name", NAMES)
def test_there_are_no_other_figures_than_the_seeds(name: str) -> None:
    expected = sorted(surface(row) for row in figure_rows() if row["doc"] == name)
    assert sorted(figure.text for figure in figures(composed(name))) == expected


def _changed(metric: Metric) -> Metric:
    quantity = metric.quantity
    if quantity.kind is Kind.RECORD:
        other = replace(quantity, form="历史新低")
    elif quantity.kind is Kind.FIRST:
        other = replace(quantity, scope="全国")
    else:
        assert quantity.value is not None
        other = replace(quantity, value=quantity.value * 3, form="")
    return metric.model_copy(update={"quantity": other})


def _with_changed(source: Report, name: str) -> Report:
    def metrics(given: dict[str, Metric]) -> dict[str, Metric]:
        return {key: _changed(value) if key == name else value for key, value in given.items()}

    def measure(given: Measure) -> Measure:
        return given.model_copy(update={"metrics": metrics(given.metrics)})

    def action(given: Action) -> Action:
        return given.model_copy(
            update={"metrics": metrics(given.metrics), "measures": [measure(each) for each in given.measures]}
        )

    return source.model_copy(
        update={"metrics": metrics(source.metrics), "actions": [action(each) for each in source.actions]}
    )


@pytest.mark.parametrize(
    ("name", "metric"), [(name, metric) for name in NAMES for metric in report(name).all_metrics()]
)
def test_a_changed_metric_changes_its_figures_and_nothing_else(name: str, metric: str) -> None:
    before = composed(name)
    after = composer(report(name).template).compose(_with_changed(report(name), metric))
    pairs = [
        (old, new)
        for one, other in zip(running(before), running(after), strict=True)
        for (old, _), (new, _) in zip(leaves(one.inlines), leaves(other.inlines), strict=True)
    ]
    changed = [(old, new) for old, new in pairs if old != new]
    assert changed
    assert all(isinstance(old, Figure) and old.metric == metric for old, _ in changed)
    assert len(changed) == sum(isinstance(old, Figure) and old.metric == metric for old, _ in pairs)


def test_zhangye_is_set_as_a_summary() -> None:
    styles = [block.style for block in running(composed("zhangye-2025"))]
    assert styles == [
        *("title", "body", "body"),
        *("heading_1", "body") * 5,
        *("body", "signature", "issue_date", "contact", "contact", "contact"),
    ]


def test_qingyang_is_set_as_a_press_release() -> None:
    document = composed("qingyang-2024")
    assert [block.style for block in running(document)] == [
        *("title", "heading_1", "body", "body", "body"),
        *("heading_1", "body", "body", "body", "body"),
        *("heading_1", "body", "body", "body"),
    ]
    assert block_text(document.blocks[2]).startswith("庆阳网讯（庆阳融媒记者 张静）在86所中小学校")


def test_changing_the_year_changes_the_title() -> None:
    source = report("zhangye-2025")
    document = composer("summary").compose(source.model_copy(update={"year": 2026}))
    assert block_text(document.blocks[0]) == "张掖市科学技术协会2026年工作总结"
    assert document.metadata.title == "张掖市科学技术协会2026年工作总结"


def test_quantities_of_the_inputs_are_those_of_the_list() -> None:
    for name in NAMES:
        rows = {surface(row): row for row in figure_rows() if row["doc"] == name}
        given: dict[str, Quantity] = {
            figure.text: report(name).all_metrics()[figure.metric].quantity
            for figure in figures(composed(name))
        }
        for text, quantity in given.items():
            value = rows[text]["value"]
            assert quantity.value == (Decimal(value) if value else None)
