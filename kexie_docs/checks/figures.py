"""Rules of figures (KC3xx) for whole inputs: every figure has a source, and no two contradict each other."""

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import combinations, pairwise

from kexie_docs.checks.plain_claims import Time, claim, counts_a_list, times_of
from kexie_docs.checks.rule import InputHit, TextKind, input_rule
from kexie_docs.checks.statements import (
    SHORTEST_NAME,
    Statement,
    disagree,
    is_hedged,
    metric_statements,
    typed_statements,
)
from kexie_docs.checks.view import InputView
from kexie_docs.errors import Severity, message
from kexie_docs.figures.quantity import Kind, print_quantity
from kexie_docs.model.plain import FieldPath
from kexie_docs.text.numerals import HANS_NUMERALS, from_hans

_HAN = "\u4e00-\u9fff"


@input_rule("KC301", Severity.WARNING)
def typed_figure(view: InputView) -> Iterator[InputHit]:
    """A figure is typed in the text and no metric.

    Why: a figure given once, as a metric with its source, cannot contradict itself, and is found again in the
    checking copy. Dates, numbering, editions and digits in quoted names are no figures; other names with
    digits are listed under 固定名称.
    Wrong: 举办科普活动312场
    Right: 指标: {科普活动: 312场}；正文：举办科普活动{{科普活动}}
    Source: practice
    """
    for passage, figures in view.figures:
        if passage.checked.kind is TextKind.LINE:
            continue
        for found in figures:
            if passage.is_typed(found.start, found.end):
                yield InputHit(
                    passage.path,
                    message("“{figure}” is typed in the text", figure=passage.text[found.start : found.end]),
                    message("Give it under 指标 and refer to it, or list its name under 固定名称."),
                    passage.source_offset(found.start),
                )


@input_rule("KC302", Severity.WARNING)
def unused_metric(view: InputView) -> Iterator[InputHit]:
    """A metric is given and never used.

    Why: either the text forgot it, or it is left over.
    Wrong: 指标: {科普活动: 312场}；正文中没有{{科普活动}}
    Right: 举办科普活动{{科普活动}}
    Source: practice
    """
    used = {
        name
        for text in view.facts.texts
        for reference in text.prose.references
        for name in (
            reference.path[0],
            *(constant for _, constants in reference.filters for constant in constants),
        )
    }
    if _has_metric_table(view):
        return
    for metric in view.facts.metrics:
        if metric.name not in used:
            yield InputHit(
                metric.path,
                message("The metric “{name}” is never used", name=metric.name),
                message(
                    "Write {reference} where it belongs, or delete it.", reference="{{" + metric.name + "}}"
                ),
                on_key=True,
            )


def _has_metric_table(view: InputView) -> bool:
    """Return whether an attachment prints all metrics as a table."""
    return any(attachment.table is not None for attachment in view.report.attachments)


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
    for metric in sorted(metric_statements(view), key=lambda one: one.order):
        earlier = first.setdefault(metric.thing, metric)
        named.setdefault(metric.thing[:SHORTEST_NAME], []).append(metric)
        if disagree(earlier.quantity, metric.quantity):
            yield earlier, metric
    counted: dict[tuple[Time, str], Statement] = {}
    times = {id(passage): time for passage, time in zip(view.passages, times_of(view.passages), strict=True)}
    for statement, clause, passage in typed_statements(view):
        if (
            passage.part == "plans"
            or times[id(passage)] is Time.PLANNED
            or _of_another_time(clause, view.report.year)
        ):
            continue
        starts = {clause[index : index + SHORTEST_NAME] for index in range(len(clause))}
        found = [one for start in sorted(starts) for one in named.get(start, ()) if _about(one.thing, clause)]
        if found:
            # The longest name says most: 科普活动场地 is not 科普活动.
            nearest = max(found, key=lambda one: len(one.thing))
            if disagree(nearest.quantity, statement.quantity):
                yield nearest, statement
        if thing := claim(clause, statement.quantity.unit):
            before = counted.setdefault((times[id(passage)], thing), statement)
            if disagree(before.quantity, statement.quantity):
                yield before, statement


_ANOTHER = re.compile(
    "其中|分别|平均|人均|每|上年|去年|同比|增加|增长|减少|计划|力争|拟|明年|目标|季度|上半年|下半年|月|占|第"
)
_YEAR = re.compile(r"((?:19|20)\d{2})年")


def _of_another_time(clause: str, year: int) -> bool:
    """Return whether a clause tells of a part, a plan or another year, so that its figure may differ."""
    return _ANOTHER.search(clause) is not None or any(int(one) != year for one in _YEAR.findall(clause))


_VERB = "达到了?|达成|达|共计|总计|合计|累计|共有|共|为|有|是|实现|完成|突破|超过|总数|总量|数量|了|数|量"
_BEFORE_NAME = re.compile(
    rf"(?:^|[^{_HAN}]|开展|举办|组织|全年|年|累计|共|完成|实现|实施|新建|建成|承办|发布|推动|获得|争取|邀请|引进|"
    "召开|发放|接待|服务|表彰|培训|建立|成立|设立|参加|参与|我们|全市|全县|全馆|全会|科协|并|的|了)$"
)


def _about(name: str, clause: str) -> bool:
    """Return whether the figure of a clause counts what a metric is named after: 科普活动共300场."""
    if len(name) < SHORTEST_NAME or name not in clause:
        return False
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
        if any(part.value is None or part.unit != whole.unit or part.hedge for part in parts):
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
            if other is None or (other[1] and _number(other[1]) == 1):
                continue
            if other.string.endswith(("及", "和", "与", "至", "到"), 0, other.start()):
                continue  # 首批和第二批 are two
            yield InputHit(
                passage.path,
                message("“{first}” and “{other}” contradict each other", first=match[0], other=other[0]),
                message("Keep the one that is true."),
                passage.source_offset(match.start()),
            )


def _number(text: str) -> int | None:
    try:
        return int(text) if text.isascii() else from_hans(text)
    except ValueError:
        return None


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


_SAME_WITHIN = 30
_SAME_LEAST = 20


@input_rule("KC314", Severity.WARNING)
def same_number_nearby(view: InputView) -> Iterator[InputHit]:
    """Two neighbouring figures of different things are the same number.

    Why: that happens by chance, and more often by copying. Round numbers and small ones are not reported.
    Wrong: 引进专家38人，转化成果33项，获得专利38项
    Right: 核实后照写
    Source: practice
    """
    for passage in view.passages:
        figures = [one for one in passage.references if one.quantity is not None and not one.quantity.hedge]
        for one, other in combinations(figures, 2):
            first, second = one.quantity, other.quantity
            assert first is not None, "kept above"
            assert second is not None, "kept above"
            if (
                other.start - one.end <= _SAME_WITHIN
                and first.value is not None
                and first.value == second.value
                and first.value >= _SAME_LEAST
                and first.value % 10
                and first.kind is second.kind is Kind.COUNT
                and one.reference.path != other.reference.path
            ):
                words = [passage.text[each.start : each.end] for each in (one, other)]
                yield InputHit(
                    passage.path,
                    message("“{one}” and “{other}” are the same number", one=words[0], other=words[1]),
                    message("Check both."),
                    passage.source_offset(other.start),
                )


_LISTED = re.compile(
    rf"(?P<items>(?:[{_HAN}“”《》]{{2,10}}、)+[{_HAN}“”《》]{{2,10}}?)(?:等)?(?P<number>\d{{1,2}}|[二两三四五六七八九十]{{1,2}})(?P<unit>[场种类项个大家])"
)


@input_rule("KC315", Severity.WARNING)
def list_and_count_differ(view: InputView) -> Iterator[InputHit]:
    """A list has more or fewer items than the number after it says.

    Why: an item is missing or the number is of another year.
    Wrong: 朗诵、书法、绘画4场比赛
    Right: 朗诵、书法、绘画3场比赛
    Source: arithmetic
    """
    for passage in view.passages:
        for match in _LISTED.finditer(passage.text):
            if match["items"] + "等" in match[0]:
                continue
            number = _number(match["number"])
            if number is None or not counts_a_list(match["items"]):
                continue
            count = match["items"].count("、") + 1
            # 水产和林下经济 may be one item or two.
            joined = re.search("[和与及]", match["items"].rpartition("、")[2]) is not None
            if (
                number != count
                and abs(number - count) <= 2
                and count >= 3
                and not (joined and number == count + 1)
            ):
                yield InputHit(
                    passage.path,
                    message(
                        "The list has {count} items; the text says {number}",
                        count=count,
                        number=match["number"],
                    ),
                    message("Correct the list or the number."),
                    passage.source_offset(match.start("number")),
                )


@input_rule("KC316", Severity.WARNING)
def sections_and_count_differ(view: InputView) -> Iterator[InputHit]:
    """The opening names a number of actions, and the document has another number.

    Why: “五大行动” announces five sections.
    Wrong: “六大行动”，实有五节
    Right: “五大行动”，实有五节
    Source: arithmetic
    """
    count = len(view.report.actions)
    if count < 2:
        return
    for passage in view.passages:
        if passage.part != "opening":
            continue
        for match in re.finditer("([二三四五六七八九十]{1,2})大行动", passage.text):
            if _number(match[1]) != count:
                yield InputHit(
                    passage.path,
                    message("“{words}”, but the document has {count} actions", words=match[0], count=count),
                    message("Correct the number, or the sections."),
                    passage.source_offset(match.start()),
                )


_QUALIFIED = ("余", "多")


@input_rule("KC317", Severity.WARNING)
def mixed_hedges(view: InputView) -> Iterator[InputHit]:
    """余 and 多 are mixed for the same meaning.

    Why: one document keeps to one of the two.
    Wrong: 100多个党支部和2000余名党员
    Right: 100余个党支部和2000余名党员
    Source: GB/T 15835-2011 4.3; practice
    """
    uses: dict[str, list[tuple[FieldPath, int | None, str]]] = {word: [] for word in _QUALIFIED}
    metrics = view.report.all_metrics()
    for passage, found in view.figures:
        for one in passage.references:
            name, words = one.reference.path[0], passage.text[one.start : one.end]
            if one.quantity is not None and one.quantity.hedge in uses and name in metrics:
                # Where the metric stands is where one corrects it.
                uses[one.quantity.hedge].append((view.metric_paths[name], None, words))
        for typed in found:
            if typed.quantity is None or typed.quantity.hedge not in uses:
                continue
            if passage.is_typed(typed.start, typed.end):
                at, words = passage.source_offset(typed.start), passage.text[typed.start : typed.end]
                uses[typed.quantity.hedge].append((passage.path, at, words))
    if not all(uses.values()):
        return
    rarer = min(_QUALIFIED[::-1], key=lambda word: len(uses[word]))
    path, offset, words = uses[rarer][0]
    other = next(word for word in _QUALIFIED if word != rarer)
    yield InputHit(
        path,
        message(
            "“{words}”, while the document says “{other}” {count} times",
            words=words,
            other=other,
            count=len(uses[other]),
        ),
        message("Keep to one of the two words."),
        offset,
    )


@input_rule("KC318", Severity.WARNING)
def mixed_numerals(view: InputView) -> Iterator[InputHit]:
    """Counts of one unit stand in Chinese numerals here and in digits there.

    Why: numbers of one kind are written in one form. Set phrases (七大系列) and estimates (近万名) are
    not meant.
    Wrong: 九项系列活动；别处写16项成果
    Right: 9项系列活动
    Source: GB/T 15835-2011 4.3
    """
    metrics = view.report.all_metrics()
    digits = {
        metric.quantity.unit
        for metric in metrics.values()
        if metric.quantity.kind is Kind.COUNT and not metric.quantity.hans
    }
    for name, metric in metrics.items():
        quantity = metric.quantity
        if (
            quantity.kind is Kind.COUNT
            and quantity.hans
            and not quantity.hedge
            and quantity.unit in digits - {"", "大"}
        ):
            yield InputHit(
                view.metric_paths[name],
                message(
                    "“{figure}” is in Chinese numerals, other figures in {unit} are in digits",
                    figure=print_quantity(quantity),
                    unit=quantity.unit,
                ),
                message("Write it in digits."),
            )


_NOUN_LENGTH = 4
_EDITION = re.compile(rf"第([{HANS_NUMERALS}]+|\d+)([届次])([{_HAN}]{{4,24}})")


@input_rule("KC319", Severity.WARNING)
def edition_in_two_forms(view: InputView) -> Iterator[InputHit]:
    """The edition of one event stands in Chinese numerals here and in digits there.

    Why: one thing is written in one form; for editions that is Chinese numerals by custom.
    Wrong: 第三十八届青少年科技创新大赛；别处写第38届青少年科技创新大赛
    Right: 两处都写第三十八届青少年科技创新大赛
    Source: GB/T 15835-2011 4.3
    """
    forms: dict[tuple[int | None, str], bool] = {}
    for passage in view.passages:
        for match in _EDITION.finditer(passage.text):
            hans = not match[1].isascii()
            event = _number(match[1]), match[3][:_NOUN_LENGTH]
            if forms.setdefault(event, hans) is not hans:
                edition = match[0][: match.end(2) - match.start()]
                yield InputHit(
                    passage.path,
                    message("“{edition}” is written in the other form elsewhere", edition=edition),
                    message("Write both in Chinese numerals."),
                    passage.source_offset(match.start()),
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
