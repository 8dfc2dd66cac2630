"""Rules of what is claimed with figures (KC309 to KC313): firsts, shares, records, rises."""

import re
from collections.abc import Iterator

from kexie_docs.checks.rule import InputHit, input_rule
from kexie_docs.checks.statements import (
    whole_number,
)
from kexie_docs.checks.view import InputView
from kexie_docs.errors import Severity, message
from kexie_docs.figures.quantity import Kind, print_quantity
from kexie_docs.text.numerals import HANS_NUMERALS


@input_rule("KC309", Severity.WARNING)
def same_as_last_year(view: InputView) -> Iterator[InputHit]:
    """A figure is the same as last year's in every digit.

    Why: with two digits or more that is seldom chance: one of them was copied.
    Wrong: 科普活动: {数值: 312场, 上年: 312场}
    Right: 科普活动: {数值: 312场, 上年: 268场}
    Source: practice
    """
    for name, metric in view.report.all_metrics().items():
        now, before = metric.quantity, metric.previous
        if before is None or now.value is None or now.kind not in (Kind.COUNT, Kind.RATIO):
            continue
        digits = len(f"{now.value.normalize():f}".replace(".", "").strip("0"))
        if now.value == before.value and now.unit == before.unit and (digits >= 2 or now.value >= 100):
            yield InputHit(
                (*view.metric_paths[name], "上年"),
                message("“{name}” is {figure} in both years", name=name, figure=print_quantity(now)),
                message("Check that neither was copied from the other."),
            )


_FIRST = re.compile("(?:全国|全省|全市|西北)?首(?:个|次|家|届|批|座|所)")


@input_rule("KC310")
def first_carried_over(view: InputView) -> Iterator[InputHit]:
    """首个, 首次 or 首届 is claimed of what happened before.

    Why: only one year can be the first; the claim was carried over from the year before.
    Wrong: 科技小院: {数值: 首个, 上年: 首个}; 首次举办第三届科普月
    Right: 科技小院: 第二个; 举办第三届科普月
    Source: practice
    """
    for name, metric in view.report.all_metrics().items():
        before = metric.previous
        if metric.quantity.kind is Kind.FIRST and before is not None and before.value:
            yield InputHit(
                view.metric_paths[name],
                message("“{name}” is the first of its kind and has a figure for last year", name=name),
                message("Delete the claim, or the figure."),
            )
    later = re.compile(f"第([{HANS_NUMERALS}]+|\\d+)[届次批个家]|再次|连续[{HANS_NUMERALS}\\d]+年")
    for passage in view.passages:
        for match in _FIRST.finditer(passage.text):
            clause = re.match("[^，。；！？、“”]*", passage.text[match.end() :])
            other = later.search(clause[0]) if clause is not None else None
            if other is None or (other[1] and whole_number(other[1]) == 1):
                continue
            if other.string.endswith(("及", "和", "与", "至", "到"), 0, other.start()):
                continue  # 首批和第二批 are two
            yield InputHit(
                passage.path,
                message("“{first}” and “{other}” contradict each other", first=match[0], other=other[0]),
                message("Keep the one that is true."),
                passage.source_offset(match.start()),
            )


_SHARE = re.compile(
    "占比|比例|比重|覆盖率|参与率|普及率|合格率|满意率|满意度|达标率|通过率|出席率|知晓率|就业率|入学率|占"
)
_GROWTH = re.compile("增长|增幅|同比|完成率|完成|提高|提升|上升|超额")


@input_rule("KC311")
def share_over_hundred(view: InputView) -> Iterator[InputHit]:
    """A share is over 100 %.

    Why: a part cannot be more than the whole.
    Wrong: 覆盖率104%
    Right: 覆盖率94%
    Source: arithmetic
    """
    for name, metric in view.report.all_metrics().items():
        value = metric.quantity.value
        if metric.quantity.unit == "%" and value is not None and value > 100 and _SHARE.search(name):
            yield InputHit(
                view.metric_paths[name],
                message("“{name}” is {figure}", name=name, figure=print_quantity(metric.quantity)),
                message("A share cannot be over 100%; correct it."),
            )
    for passage, figures in view.figures:
        for found in figures:
            quantity = found.quantity
            if quantity is None or quantity.unit != "%" or quantity.value is None or quantity.value <= 100:
                continue
            if not passage.is_typed(found.start, found.end):
                continue
            before = re.split("[，。；：！？]", passage.text[: found.start])[-1]
            if _SHARE.search(before) and not _GROWTH.search(before):
                figure = passage.text[found.start : found.end]
                yield InputHit(
                    passage.path,
                    message("A share of {figure}", figure=figure),
                    message("A share cannot be over 100%; correct it."),
                    passage.source_offset(found.start),
                )


@input_rule("KC312", Severity.WARNING)
def record_without_base(view: InputView) -> Iterator[InputHit]:
    """A record is claimed and no figure of an earlier year is given.

    Why: nobody can check 创历年新高 without a number to compare.
    Wrong: 影响力创历年新高
    Right: 阅读量{{阅读量}}，创历年新高，比上年增长12%
    Source: practice
    """
    for name, metric in view.report.all_metrics().items():
        if metric.quantity.kind is Kind.RECORD and metric.previous is None:
            yield InputHit(
                view.metric_paths[name],
                message("“{name}” is a record without a figure", name=name),
                message("Give the figure, and last year's under 上年; or leave the claim out."),
            )


_RISE = re.compile("(?:攀升|上升|提高|提升|增长|增加|增)[至到](?:了)?$")


@input_rule("KC313", Severity.WARNING)
def rise_without_base(view: InputView) -> Iterator[InputHit]:
    """A rise to a figure is told without the figure that it rose from.

    Why: 攀升至 claims a comparison that the reader cannot make.
    Wrong: 比例攀升至10.4%
    Right: 比例由9.8%提高到10.4%
    Source: practice
    """
    metrics = view.report.all_metrics()
    for passage in view.passages:
        for one in passage.references:
            before = passage.text[: one.start]
            match = _RISE.search(before)
            if match is None or one.quantity is None:
                continue
            clause = re.split("[。；！？]", before)[-1]
            metric = metrics.get(one.reference.path[0])
            if (
                re.search(r"[由从比较](?!而)[^，]*\d", clause)
                or metric is None
                or metric.previous is not None
            ):
                continue
            yield InputHit(
                passage.path,
                message(
                    "“{word}{figure}” does not say from what",
                    word=match[0],
                    figure=passage.text[one.start : one.end],
                ),
                message("Give last year's figure under 上年, and say it."),
                passage.source_offset(match.start()),
            )
