"""What a typed figure is said of, in so many words: only the same words make two figures one claim."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from kexie_docs.checks.rule import TextKind
from kexie_docs.checks.view import Passage
from kexie_docs.model.plain import FieldPath

_HAN_ONLY = re.compile("[^\u4e00-\u9fffA-Za-z0-9“”《》（）%％‰?？]")
_ACTS = "开展|举办|举行|组织|召开|实施|承办|主办|策划|完成|安排|进行"
_LEADING = re.compile(
    f"^(?:累计|共计|总计|共|总)?(?:{_ACTS})(?:了|各类|各种|各级)?|^(?:全年|本年|年内|一年来|我们|全市|全县|全区|全馆|全会|科协|"
    "共计|总计|共有|合计|共|总|各类|各种|并|先后|已|的|了|有|达到|达|完成|实现)"
)
_TRAILING = re.compile(
    f"(?:{_ACTS}|达到了?|达成|达|共计|总计|合计|共有|共|为|有|是|实现|突破|超过|总数量|总数|总量|数量|个数|场数|次数|人数|总人次|"
    "人次|场次|活动|工作|情况|了|数|量|至|到)$"
)
_COMPARES = re.compile(
    "[居列位排]全|名列|位列|位居|排名|增速|增幅|涨幅|降幅|高于|低于|快于|好于|优于|提高|提升|降低|下降|上升|改善|"
    "年均|以来|五年|将|首批|入选|新认定"
)
"""What compares, ranks or spans years: the subject, or the other year, stands in another clause."""
_RATE = re.compile("(?<!增长)(?:率|比例|比重|满意度)$")
"""How the name of a share ends; the share itself is then said of it in the same clause."""
_POINTS = frozenset({"个百分点", "百分点", "位", "倍", "%", "‰", "大", "类", "项", "级", "届", "次", "轮"})
_LEAST = 4
"""Fewest characters that tell a thing: fewer are said of many."""

_PLANS = re.compile(
    "打算|计划|安排|规划|部署|任务|目标|思路|重点工作|主要考虑|展望|设想|下一步|今后|未来|明年|下一年|十件实事"
)
_PERIOD = re.compile(
    "五年来|[过这](?:去的?)?五年|五年[间中]|“十[一二三四五六七八九]五”(?=时期|期间|以来|这五年)"
)
_YEAR = re.compile(
    "^(?:[^，。]{0,8}！)?(?:((?:19|20)\\d{2})年[，、是]|去年)|过去的(?:19|20)\\d{2}年|过去一年|一年来"
)
_AIMS = re.compile("预期目标|主要目标|目标任务是")
_OPENING = 80
"""So many first characters of a paragraph may tell what time it and those after it are about."""
_REVIEWS = re.compile("回顾|总结|成效|成绩|成果|完成情况|工作情况|开展情况|进展|做法|经验|体会|问题|不足")
_HEADING = 40
"""Longest paragraph in characters that may be a heading without a mark of one."""


def claim(clause: str, unit: str) -> str:
    """Return what the figure of a clause counts, with all that limits it; "" where the clause does not say.

    Args:
        clause: the clause, with NUL in the figure's place.
        unit: of the figure. Shares, ranks and the like are said of what stands in another clause.
    """
    if _COMPARES.search(clause):
        return ""
    before, _, after = clause.partition("\0")
    words = _stripped(_HAN_ONLY.sub("", before)) + _stripped(_HAN_ONLY.sub("", after))
    if unit in _POINTS and not (unit in ("%", "‰") and _RATE.search(words)):
        return ""
    return words if len(words) >= _LEAST else ""


def _stripped(words: str) -> str:
    """Return words without those that every claim may have before and after it."""
    while (shorter := _TRAILING.sub("", _LEADING.sub("", words, count=1), count=1)) != words:
        words = shorter
    return words


_OWN_NUMBER = re.compile("(?:[第各每及和与“出]|十大|百大)$")
"""What a number stands after that belongs to one item, or to nothing before it."""


def counts_a_list(items: str) -> bool:
    """Return whether a number after a list parted by 、 can be that of its items.

    It cannot in 增强“四个意识”、做到“两个维护”, where it is in a name, after 第 or 各, or where a 、 stands
    within quotation marks.
    """
    depth = 0
    for char in items:
        depth += (char in "“《") - (char in "”》")
        if char == "、" and depth:
            return False
    return depth == 0 and _OWN_NUMBER.search(items) is None


class Time(Enum):
    """What time a passage of a report tells of."""

    YEAR = auto()
    PERIOD = auto()  # several years at once
    PLANNED = auto()


def times_of(passages: Sequence[Passage], of_year: int) -> list[Time]:
    """Return for each passage what time it tells of.

    A report of the year may look back on five years first, and tells at its end what will be, under a
    heading such as 2026年工作安排: one thing has a figure in each, and all are true. The heading of a plan
    says it for all that stands below it.

    Args:
        passages: of one input, in order.
        of_year: the year that the report is about.
    """
    found: list[Time] = []
    path: FieldPath | None = None
    time = Time.YEAR
    below: dict[FieldPath, Time] = {}
    for passage in passages:
        if passage.part == "plans":
            found.append(Time.PLANNED)
            continue
        if passage.path != path:
            path = passage.path
            above = (path[:length] for length in range(len(path) - 1, 1, -1))
            time = next((below[prefix] for prefix in above if prefix in below), Time.YEAR)
        text = passage.text
        heading = passage.checked.kind is TextKind.HEADING or (
            len(text) <= _HEADING and not text.endswith(("。", "；", "！", "：", "，"))
        )
        period, year = _PERIOD.search(text), _YEAR.search(text, 0, _OPENING)
        if heading and _REVIEWS.search(text):
            time = Time.PERIOD if period else Time.YEAR
        elif heading and _PLANS.search(text):
            time = Time.PLANNED
        elif time is not Time.PLANNED:
            if period is not None and period.start() < _OPENING:
                time = Time.PERIOD
            elif year is not None:
                time = Time.PLANNED if year[1] is not None and int(year[1]) > of_year else Time.YEAR
        if passage.checked.kind is TextKind.HEADING and time is Time.PLANNED:
            below[passage.path[:-1]] = time
        if _AIMS.search(text):
            found.append(Time.PLANNED)
        else:
            found.append(Time.PERIOD if time is Time.YEAR and period and not year else time)
    return found
