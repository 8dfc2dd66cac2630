"""Rules of what is claimed with figures (KC309 to KC313): firsts, shares, records, rises."""

import re
from collections.abc import Iterator

from kexie_docs.checks.plain_claims import Time, times_of
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


_AGAIN = re.compile(
    "(再[次度]|又一次|蝉联)(?:荣获|获得|获评|获批|获|入选|入围|成为|当选|举办|承办|召开|开展)[^，。；、“”]{0,8}?"
    "((?:全国|全省|全市|西北)?首(?:个|次|家|届|批|座|所))"
)


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
    later = re.compile(
        f"第([{HANS_NUMERALS}]+|\\d+)[届次批个家]|再次|连续(?:[举承主]办|开展)?[{HANS_NUMERALS}\\d]+[年届]"
    )
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
        for match in _AGAIN.finditer(passage.text):
            yield InputHit(
                passage.path,
                message("“{first}” and “{other}” contradict each other", first=match[2], other=match[1]),
                message("Keep the one that is true."),
                passage.source_offset(match.start()),
            )


_SHARE = re.compile(
    # A bank's 拨备覆盖率, 毛入学率 and the use of beds and plants may be more than the whole.
    "占比|比例|比重|份额|满意度|知晓度|(?<!侵)占(?!用|地|领|据)|(?<!拨备)覆盖率|(?<!毛)入[学园]率|(?<!床位)(?<!病床)(?<!设备)使用率|"
    "(?:参与|参加|参训|参会|到会|出席|出勤|出舱|普及|合格|优良|优秀|及格|满意|达标|通过|知晓|就业|巩固|升学|签约|履约|办结|好评|支持|"
    "回收|管理|治愈|好转|成功|准确|接种|建档|参保|入户|及时|回复|响应|处理|处置|化解|整改|落实|发放|受理|转化|采纳|中标|占有|城镇化|"
    "绿化|安装|开放|解决|完好|中奖|获奖|调解|结案|破案|开通|配备|公开|录用|录取|命中|防护|上线|挂牌|规范化)率"
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
        for one in passage.references:
            size = one.quantity
            if size is None or size.unit != "%" or size.value is None or size.value <= 100:
                continue
            filters = [name for name, _ in one.reference.filters]
            before = re.split("[，。；：！？]", passage.text[: one.start])[-1]
            said = _SHARE.search(before) and not _GROWTH.search(before) and not filters
            if filters[-1:] == ["占比"] or (said and not _SHARE.search(one.reference.path[0])):
                yield InputHit(
                    passage.path,
                    message("A share of {figure}", figure=passage.text[one.start : one.end]),
                    message("A share cannot be over 100%; correct it."),
                    passage.source_offset(one.start),
                )
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


_TOLD_AFTER = re.compile(
    r"[^，。；]{0,6}[、，（](?:比|较|同比|增长|增加|提高|提升|上升|净增|新增|增幅)[^。；]{0,12}\d"
)
"""How a clause goes on that tells the rise itself: 增至5.4万元、增长6.1%."""

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
    for passage, time in zip(view.passages, times_of(view.passages, view.report.year), strict=True):
        if time is Time.PLANNED:
            continue  # a target says where to, and has no year to compare with
        for one in passage.references:
            before = passage.text[: one.start]
            match = _RISE.search(before)
            if match is None or one.quantity is None:
                continue
            clause = re.split("[。；！？]", before)[-1]
            metric = metrics.get(one.reference.path[0])
            if (
                re.search(r"[由从比较](?!而)[^，]*\d", clause)
                or _TOLD_AFTER.match(passage.text, one.end)
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
