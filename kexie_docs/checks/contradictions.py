"""Rules of figures that contradict each other (KC303 to KC305, KC308, KC320), wherever they stand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from kexie_docs.checks.plain_claims import Time, claim, times_of
from kexie_docs.checks.rule import InputHit, input_rule
from kexie_docs.checks.statements import (
    HAN,
    SHORTEST_NAME,
    Statement,
    disagree,
    is_hedged,
    metric_statements,
    same_unit,
    typed_statements,
)
from kexie_docs.checks.view import InputView
from kexie_docs.errors import message
from kexie_docs.figures.quantity import print_quantity
from kexie_docs.model.plain import FieldPath


def _conflicts(view: InputView) -> Iterator[tuple[Statement, Statement]]:
    """Yield each statement that an earlier one contradicts, after that one."""
    told: set[tuple[FieldPath, int | None]] = set()
    for one, other in _contradictions(view):
        if (other.path, other.offset) not in told:
            told.add((other.path, other.offset))
            yield one, other


def _contradictions(view: InputView) -> Iterator[tuple[Statement, Statement]]:
    """Yield pairs of statements on one thing that contradict each other, the later one second."""
    first: dict[str, Statement] = {}
    named: dict[str, list[Statement]] = {}
    times = {
        id(passage): time
        for passage, time in zip(view.passages, times_of(view.passages, view.report.year), strict=True)
    }
    planned = _planned_metrics(view, times)
    for metric in sorted(metric_statements(view), key=lambda one: one.order):
        if metric.path in planned:
            continue
        earlier = first.setdefault(metric.thing, metric)
        named.setdefault(metric.thing[:SHORTEST_NAME], []).append(metric)
        if disagree(earlier.quantity, metric.quantity):
            yield earlier, metric
    counted: dict[tuple[Time, str], Statement] = {}
    for statement, clause, passage in typed_statements(view):
        time = times[id(passage)]
        if time is Time.PLANNED or _of_another_time(clause, view.report.year):
            continue
        starts = {clause[index : index + SHORTEST_NAME] for index in range(len(clause))}
        found = [
            one
            for start in (() if time is Time.PERIOD and "累计" in clause else sorted(starts))
            for one in named.get(start, ())
            if _about(one.thing, clause)
        ]
        if found:
            # The longest name says most: 科普活动场地 is not 科普活动.
            nearest = max(found, key=lambda one: len(one.thing))
            if disagree(nearest.quantity, statement.quantity):
                yield nearest, statement
        if thing := claim(clause, statement.quantity.unit):
            before = counted.setdefault((time, thing), statement)
            if disagree(before.quantity, statement.quantity):
                yield before, statement


def _planned_metrics(view: InputView, times: Mapping[int, Time]) -> set[FieldPath]:
    """Return the metrics that only plans print: 改造小区300个 of the next year is not that of this one."""
    plans: set[FieldPath] = set()
    others: set[FieldPath] = set()
    for passage in view.passages:
        for one in passage.references:
            path = view.metric_paths.get(one.reference.path[0])
            if path is not None:
                (plans if times[id(passage)] is Time.PLANNED else others).add(path)
    return plans - others


_ANOTHER = re.compile(
    "其中|分别|平均|人均|每|上年|去年|同比|增加|增长|减少|计划|力争|拟|明年|目标|季度|上半年|下半年|月|占|第"
)
_YEAR = re.compile(r"((?:19|20)\d{2})年")


def _of_another_time(clause: str, year: int) -> bool:
    """Return whether a clause tells of a part, a plan or another year, so that its figure may differ."""
    return _ANOTHER.search(clause) is not None or any(int(one) != year for one in _YEAR.findall(clause))


_VERB = (
    "的(?:总数|数量|总量|人数|个数)|达到了?|达成|达|共计|总计|合计|累计|共有|共|为|有|是|实现|完成|突破|超过|总数|总量|数量|"
    "了|数|量"
)
_BEFORE_NAME = re.compile(
    rf"(?:^|[^{HAN}]|开展|举办|组织|全年|年|累计|共|完成|实现|实施|新建|建成|承办|发布|推动|获得|争取|邀请|引进|"
    "召开|发放|接待|服务|表彰|培训|建立|成立|设立|参加|参与|我们|全市|全县|全馆|全会|科协|并|的|了)$"
)


def _about(name: str, clause: str) -> bool:
    """Return whether the figure of a clause counts what a metric is named after: 科普活动共300场."""
    if len(name) < SHORTEST_NAME or name not in clause:
        return False
    if re.search(rf"{re.escape(name)}[^\0]*\0的", clause):
        return False  # 经济总量超千亿元的县域: the figure tells which
    after = re.search(rf"{re.escape(name)}(?:{_VERB})*\0", clause)
    if after is not None:
        return _BEFORE_NAME.search(clause[: after.start()]) is not None
    return re.search(rf"\0的?(?:新建|开展|举办|组织|实施)?{re.escape(name)}", clause) is not None


def _conflict_hit(view: InputView, one: Statement, other: Statement, *, hedge: bool) -> InputHit:
    place = str(view.loaded.place(one.path, one.offset))
    thing = one.thing or other.thing
    what = (
        message(
            "“{figure}” and “{other}” ({place}) cannot both be true: the hedge does not hold",
            figure=other.shown,
            other=one.shown,
            place=place,
        )
        if hedge
        else message(
            "{thing} is “{figure}” here and “{other}” at {place}",
            thing=thing,
            figure=other.shown,
            other=one.shown,
            place=place,
        )
        if thing
        else message(
            "“{figure}” here, “{other}” at {place}", figure=other.shown, other=one.shown, place=place
        )
    )
    return InputHit(
        other.path,
        what,
        message("Find out which is right; give it once as a metric and refer to it."),
        other.offset,
    )


def _is_hedge(one: Statement, other: Statement) -> bool:
    return is_hedged(one.quantity) != is_hedged(other.quantity)


@input_rule("KC303")
def given_twice(view: InputView) -> Iterator[InputHit]:
    """One thing is given twice, with different values.

    Why: one of the two is wrong, and the reader sees both.
    Wrong: 一段写技术指导60场，另一段写技术指导80场
    Right: 两处都写技术指导{{技术指导}}
    Source: practice
    """
    for one, other in _conflicts(view):
        if not _is_hedge(one, other) and one.headline == other.headline:
            yield _conflict_hit(view, one, other, hedge=False)


@input_rule("KC305")
def headline_disagrees(view: InputView) -> Iterator[InputHit]:
    """A figure of the title or opening disagrees with the body.

    Why: the opening sums up the body; readers compare the two.
    Wrong: 开篇写科普活动300场，正文写科普活动280场
    Right: 两处都写{{科普活动}}
    Source: practice
    """
    for one, other in _conflicts(view):
        if not _is_hedge(one, other) and one.headline != other.headline:
            yield _conflict_hit(view, one, other, hedge=False)


@input_rule("KC308")
def hedge_does_not_hold(view: InputView) -> Iterator[InputHit]:
    """A hedge is false for the exact value.

    Why: 超400场 is not true of 312.
    Wrong: 指标是312场，正文写超400场
    Right: 超300场
    Source: practice
    """
    for one, other in _conflicts(view):
        if _is_hedge(one, other):
            yield _conflict_hit(view, one, other, hedge=True)
    for passage, found in view.figures:
        for hedged, exact in pairwise(found):
            between = passage.text[hedged.end : exact.start]
            if (
                hedged.quantity is not None
                and exact.quantity is not None
                and is_hedged(hedged.quantity)
                and not exact.quantity.hedge
                and re.fullmatch("（(?:实际|共|共计|具体为|即|其中)?", between)
                and disagree(hedged.quantity, exact.quantity)
            ):
                figure, number = (passage.text[each.start : each.end] for each in (hedged, exact))
                yield InputHit(
                    passage.path,
                    message("“{figure}” is not true of {number}", figure=figure, number=number),
                    message("Correct the number or its hedge."),
                    passage.source_offset(hedged.start),
                )


@input_rule("KC304")
def parts_do_not_add_up(view: InputView) -> Iterator[InputHit]:
    """The parts of a metric do not add up to it.

    Why: a part is missing, counted twice or mistyped.
    Wrong: 科普活动: {数值: 300场, 分项: {进校园: 120场, 进乡村: 150场}}
    Right: 科普活动: {数值: 270场, 分项: {进校园: 120场, 进乡村: 150场}}
    Source: practice
    """
    for name, metric in view.report.all_metrics().items():
        whole, parts = metric.quantity, list(metric.breakdown.values())
        if not parts or whole.value is None:
            continue
        if any(part.value is None or not same_unit(part, whole) or part.hedge for part in parts):
            continue
        total = sum((part.value for part in parts if part.value is not None), Decimal(0))
        summed = replace(whole, value=total, hedge="", stated=False, form="", late_hedge=False)
        if disagree(whole, summed):
            yield InputHit(
                view.metric_paths[name],
                message(
                    "The parts of “{name}” add up to {total}, not to {figure}",
                    name=name,
                    total=print_quantity(summed),
                    figure=print_quantity(whole),
                ),
                message("Correct the whole or a part."),
            )


@input_rule("KC320")
def last_year_differs(view: InputView) -> Iterator[InputHit]:
    """上年 is not what the input of the year before gives; both inputs have to be checked together.

    Why: the same figure cannot have been two values; one of the two inputs is wrong.
    Wrong: 科普活动: 268场 in 2024, 科普活动: {数值: 312场, 上年: 286场} in 2025
    Right: 科普活动: {数值: 312场, 上年: 268场} in 2025
    Source: practice
    """
    return iter(())  # `checks.series` compares the inputs
