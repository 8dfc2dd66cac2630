"""Rules of wording (KC4xx) that a paragraph can be judged by alone: doubled words, years told twice."""

import re
from collections.abc import Iterator

from kexie_docs.checks.rule import CheckedText, Hit, TextKind, text_rule
from kexie_docs.errors import Severity, message

_HAN = "\u4e00-\u9fff"
_DIVISION = re.compile(
    # 张掖市市场监管局, 市市政 and 县县通 are right; 区区 and 县县 are reported before an office only.
    "(市)市(?!场|政|民|容|区|委|域|辖|直|属|本级|级|长|情|花|徽|树|通|市)"
    "|([省县区州盟旗])\\2(?=科协|科学技术|人民政府|政府|委员会|文联|妇联|团委|工会|图书馆|[^，。、]{1,4}局)"
)
_PARTICLE = re.compile("([的了和是在与为对将及由把并第也但且被我])\\1")
_PARTICLE_WORDS = (
    "实实在在",
    "的的确确",
    "和和美美",
    "和和气气",
    "对对子",
    "一对对",
    "为为",
    "不了了",
    "心中了了",
    "小时了了",
)
_COUNTED = re.compile(
    # 2025年年度报告, 5个个体户 and 3月月底 are right. 进一一步 is no count, and as plain.
    r"(?<=\d)(?:(年)年(?![度初底末终中会报均薪货产内])|(个)个(?![体人性别案])|(月)月(?![底初末报])|(日)日(?![常报期用程产均]))"
    "|(?<=进)(一)一(?=步)"
)
_WORD = re.compile(f"([{_HAN}]{{2,12}})\\1")
_REDUPLICATED = re.compile(
    "建共|共建|化文|研究|讨论|考虑|商量|学习|了解|交流|很多|许多|好多|非常|沟通|体验|锻炼|比较|常常|往往|层层"
)


@text_rule("KC401", Severity.WARNING)
def doubled_words(text: CheckedText) -> Iterator[Hit]:
    """A word stands twice in a row.

    Why: it was left over from editing or put together from parts, such as 庆阳市 and 市科协. Rightly doubled
    ones (张掖市市场监管局, 研究研究) are not reported.
    Wrong: 庆阳市市科协
    Right: 庆阳市科协
    Source: practice
    """
    line = text.text
    for match in _DIVISION.finditer(line):
        yield _doubled(match)
    for match in _PARTICLE.finditer(line):
        if not any(word in line[max(0, match.start() - 2) : match.end() + 2] for word in _PARTICLE_WORDS):
            yield _doubled(match)
    for match in _COUNTED.finditer(line):
        yield _doubled(match)
    for match in _WORD.finditer(line):
        word = match[1]
        if not _REDUPLICATED.fullmatch(word) and word[0] not in "一两几每" and len(set(word)) > 1:
            yield _doubled(match)


def _doubled(match: re.Match[str]) -> Hit:
    return Hit(
        *match.span(),
        message("“{word}” stands twice", word=match[0][: (match.end() - match.start()) // 2]),
        message("Delete one of the two."),
    )


@text_rule("KC402", Severity.WARNING)
def year_twice(text: CheckedText) -> Iterator[Hit]:
    """A year stands twice in one sentence.

    Why: the second says nothing new.
    Wrong: 2024年，全市举办了2024年科普日活动
    Right: 2024年，全市举办了科普日活动
    Source: practice
    """
    if text.kind is not TextKind.PROSE:
        return
    for sentence in re.finditer("[^。！？；]+", text.text):
        seen: set[str] = set()
        for match in re.finditer(r"(?<![\d比较至到])(?:19|20)\d{2}年(?![\d至—～-])", sentence[0]):
            if match[0] in seen:
                start = sentence.start() + match.start()
                yield Hit(
                    start,
                    start + len(match[0]),
                    message("“{year}” stands twice in one sentence", year=match[0]),
                    message("Leave the second out."),
                )
                break
            seen.add(match[0])
