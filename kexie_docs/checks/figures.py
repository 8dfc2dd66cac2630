"""Rules of figures (KC301, KC302, KC314 to KC319): every figure has a source, and one way to be written."""

import re
from collections.abc import Iterator
from itertools import combinations

from kexie_docs.checks.plain_claims import counts_a_list
from kexie_docs.checks.rule import InputHit, TextKind, input_rule
from kexie_docs.checks.statements import (
    HAN,
    whole_number,
)
from kexie_docs.checks.typed import FoundFigure
from kexie_docs.checks.view import InputView
from kexie_docs.errors import Severity, message
from kexie_docs.figures.quantity import Kind, print_quantity
from kexie_docs.model.plain import FieldPath
from kexie_docs.text.numerals import HANS_NUMERALS


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
            if passage.is_typed(found.start, found.end) and not _sums_up(passage.text, found):
                yield InputHit(
                    passage.path,
                    message("“{figure}” is typed in the text", figure=passage.text[found.start : found.end]),
                    message("Give it under 指标 and refer to it, or list its name under 固定名称."),
                    passage.source_offset(found.start),
                )


_NO_LIST = re.compile(r"[，。；：！？（）\s]")
_QUOTED_LIST = re.compile("(?:“[^”]{1,24}”|《[^》]{1,24}》){2,}$")
_LONGEST_LIST = 80
"""So many characters before a number are looked at for a list."""


def _sums_up(text: str, found: FoundFigure) -> bool:
    """Return whether Chinese numerals only sum up the list before them: 资源、客源、服务三大要素.

    Whoever reads the list sees the number, so nothing is hidden.
    """
    quantity = found.quantity
    if quantity is None or not quantity.hans or quantity.hedge or quantity.value is None:
        return False
    before = text[max(0, found.start - _LONGEST_LIST) : found.start]
    if (quoted := _QUOTED_LIST.search(before)) is not None:
        return len(re.findall("[”》]", quoted[0])) == quantity.value
    items = re.split("[“《]", before.rstrip("”》"))[-1] if before.endswith(("”", "》")) else before
    items = _NO_LIST.split(items)[-1]
    count = items.count("、") + 1
    joined = re.search("[^、][和与及][^、]", items.rpartition("、")[2]) is not None
    return quantity.value in {count, count + joined} - {1}


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
    rf"(?P<items>(?:[{HAN}“”《》]{{2,10}}、)+[{HAN}“”《》]{{2,10}}?)(?:等)?(?P<number>\d{{1,2}}|[二两三四五六七八九十]{{1,2}})(?P<unit>[场种类项个大家])"
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
            number = whole_number(match["number"])
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
            if whole_number(match[1]) != count:
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


_EDITION = re.compile(rf"第([{HANS_NUMERALS}]+|\d+)([届次])(?=([{HAN}]{{3,24}}))")
_EVENT = 3
"""So many first characters of an event's name tell one from another of the same edition."""


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
            event = whole_number(match[1]), match[3][:_EVENT]
            if forms.setdefault(event, hans) is not hans:
                edition = match[0][: match.end(2) - match.start()]
                yield InputHit(
                    passage.path,
                    message("“{edition}” is written in the other form elsewhere", edition=edition),
                    message("Write both in Chinese numerals."),
                    passage.source_offset(match.start()),
                )
