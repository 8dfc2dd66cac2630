"""Rules of punctuation (KC108 to KC116, KC119): marks without their other half, or where none should be."""

import re
from collections import Counter
from collections.abc import Iterator

from kexie_docs.checks.rule import CheckedText, Edit, Hit, TextKind, text_rule
from kexie_docs.checks.typography import HAN
from kexie_docs.errors import Severity, message

_PAIRS = {"“": "”", "‘": "’", "《": "》", "〈": "〉", "（": "）", "〔": "〕", "【": "】", "「": "」"}
_OPENERS = {closing: opening for opening, closing in _PAIRS.items()}
_ALIKE = {"(": "（", ")": "）"}


def _unpaired(line: str) -> list[int]:
    """Return the offsets of marks whose partner is missing; brackets of both widths pair."""
    open_marks: list[tuple[str, int]] = []
    count: Counter[str] = Counter()
    alone: list[int] = []
    for index, char in enumerate(line):
        mark = _ALIKE.get(char, char)
        if mark in _PAIRS:
            open_marks.append((mark, index))
            count[mark] += 1
        elif mark in _OPENERS:
            opening = _OPENERS[mark]
            if not count[opening]:
                if not (mark == "’" and line[index - 1 : index].isascii()):  # don’t
                    alone.append(index)
                continue
            while open_marks[-1][0] != opening:
                other, place = open_marks.pop()
                count[other] -= 1
                alone.append(place)
            open_marks.pop()
            count[opening] -= 1
    return sorted(alone + [index for _, index in open_marks])


@text_rule("KC108")
def unclosed_pair(text: CheckedText) -> Iterator[Hit]:
    """A quotation mark, book-title mark or bracket has no partner in its paragraph.

    Why: the reader cannot tell where the quotation, title or remark ends.
    Wrong: 履行“四服务职责
    Right: 履行“四服务”职责
    Source: GB/T 15834-2011 4.8, 4.9, 4.15
    """
    for index in _unpaired(text.text):
        mark = text.text[index]
        partner = _PAIRS.get(mark) or _OPENERS.get(mark) or {"(": "）", ")": "（"}[mark]
        yield Hit(
            index,
            index + 1,
            message("“{mark}” has no partner in its paragraph", mark=mark),
            message("Add {partner}, or delete it.", partner=partner),
        )


_NESTED = re.compile("“[^”]*(“)|《[^》]*(《)|（[^）]*(（)")


@text_rule("KC109")
def same_marks_nested(text: CheckedText) -> Iterator[Hit]:
    """Quotation marks, book-title marks or brackets stand inside their own kind.

    Why: inside “” stand ‘’, inside 《》 stand 〈〉, inside （） stand 〔〕; otherwise the pairs
    cannot be told apart.
    Wrong: 《关于印发《纲要》的通知》
    Right: 《关于印发〈纲要〉的通知》
    Source: GB/T 15834-2011 4.8.3.4, 4.9.3.6, 4.15.3.5
    """
    if _unpaired(text.text):
        return
    inner = {"“": "‘’", "《": "〈〉", "（": "〔〕"}
    for match in _NESTED.finditer(text.text):
        index = match.end() - 1
        mark = text.text[index]
        yield Hit(
            index,
            index + 1,
            message("“{mark}” inside its own kind", mark=mark),
            message("Write {pair} for the inner pair.", pair=inner[mark]),
        )


@text_rule("KC110", Severity.WARNING)
def comma_between_quoted(text: CheckedText) -> Iterator[Hit]:
    """A 顿号 stands between quoted or book-titled items.

    Why: the marks part the items already; the standard asks for no 顿号 there as a rule.
    Wrong: “科普日”、“科技周”
    Right: “科普日”“科技周”
    Source: GB/T 15834-2011 4.5.3.5
    """
    for match in re.finditer("(?<=[”’》〉])、(?=[“‘《〈])", text.text):
        yield Hit(
            *match.span(),
            message("“、” between quoted items"),
            message("Delete it."),
            (Edit(*match.span(), ""),),
        )


_DOTS = "(?:…+|⋯+|\\.{3,}|。{3,})"
_ETC_ELLIPSIS = re.compile(
    f"{_DOTS}等(?!级|于|效|价|候|待|额)|(?<![平同均优高初中相对何])等(?!级|于|效|价|候|待|额)[^，。；！？…等]{{0,12}}{_DOTS}"
)


@text_rule("KC111", Severity.WARNING)
def etc_with_ellipsis(text: CheckedText) -> Iterator[Hit]:
    """等 and an ellipsis stand together.

    Why: both say that the list goes on; one of them is enough.
    Wrong: 荣获优秀组织奖等多项荣誉……
    Right: 荣获优秀组织奖等多项荣誉。
    Source: GB/T 15834-2011 A.9.2
    """
    for match in _ETC_ELLIPSIS.finditer(text.text):
        yield Hit(
            *match.span(),
            message("“等” and “……” stand together"),
            message("Keep one of the two."),
        )


@text_rule("KC112")
def comma_before_etc(text: CheckedText) -> Iterator[Hit]:
    """A 顿号 stands before 等.

    Why: 等 closes the list, so nothing parts it from the last item.
    Wrong: 科普、学术、等
    Right: 科普、学术等
    Source: GB/T 15834-2011 B.1.2
    """
    for match in re.finditer("、(?=等(?!级|于|效|价|候|待|额))", text.text):
        yield Hit(
            *match.span(),
            message("“、” before “等”"),
            message("Delete it."),
            (Edit(*match.span(), ""),),
        )


@text_rule("KC113", Severity.WARNING)
def many_exclamation_marks(text: CheckedText) -> Iterator[Hit]:
    """More than three question or exclamation marks stand in a row.

    Why: the standard allows three at most, and an official document seldom wants more than one.
    Wrong: 再创佳绩！！！！
    Right: 再创佳绩！
    Source: GB/T 15834-2011 4.2.3.3, 4.3.3.2
    """
    for match in re.finditer("[？！?!]{4,}", text.text):
        yield Hit(
            *match.span(),
            message("“{marks}”: more than three marks in a row", marks=match[0][:8]),
            message("Keep one."),
        )


_ORDINAL = re.compile(
    r"(?:\d{1,2}(?P<a>、(?!\d{1,2}(?!\d))|[．，](?!\d))|（[一二三四五六七八九十\d]{1,3}）(?P<b>[、，．.])"
    r"|[一二三四五六七八九十]{1,3}(?P<c>[.．，])(?=\S)|第[一二三四五六七八九十]{1,3}(?P<d>、)"
    r"|(?:首先|其次|再次|最后)(?P<e>、))"
)
_AFTER_ORDINAL = {"a": ".", "b": "", "c": "、", "d": "，", "e": "，"}


@text_rule("KC114")
def mark_after_ordinal(text: CheckedText) -> Iterator[Hit]:
    """A wrong mark follows the number of a heading or paragraph.

    Why: the numbers are 一、 （一） 1. （1）; 第一 and 首先 take a comma.
    Wrong: （一）、科普工作
    Right: （一）科普工作
    Source: GB/T 15834-2011 B.3; GB/T 9704-2012 7.3.3
    """
    match = _ORDINAL.match(text.text)
    if match is None or match.lastgroup is None:
        return
    group = match.lastgroup
    right = _AFTER_ORDINAL[group]
    hint = message("Write {mark}.", mark=right) if right else message("Delete it.")
    yield Hit(
        match.start(group),
        match.end(group),
        message("“{mark}” cannot follow “{number}”", mark=match[group], number=match[0][:-1]),
        hint,
        (Edit(match.start(group), match.end(group), right),),
    )


@text_rule("KC115", Severity.WARNING)
def mark_after_heading(text: CheckedText) -> Iterator[Hit]:
    """A title or a heading on a line of its own ends with a mark.

    Why: such a line takes no punctuation at its end.
    Wrong: 张掖市科协2025年工作总结。
    Right: 张掖市科协2025年工作总结
    Source: GB/T 15834-2011 B.4
    """
    if text.kind not in (TextKind.TITLE, TextKind.HEADING):
        return
    for match in re.finditer(r"[，。、；：,;:]\s*$", text.text):
        yield Hit(
            match.start(),
            match.end(),
            message("A heading ends with “{mark}”", mark=match[0].strip()),
            message("Delete it."),
            (Edit(match.start(), match.end(), ""),),
        )


@text_rule("KC116", Severity.WARNING)
def colon_in_colon(text: CheckedText) -> Iterator[Hit]:
    """A second colon stands within what the first one announces.

    Why: the reader cannot tell how far each reaches.
    Wrong: 现将情况汇报如下：一是科普：成效明显。
    Right: 现将情况汇报如下。一是科普：成效明显。
    Source: GB/T 15834-2011 4.7.3.5
    """
    if text.kind is not TextKind.PROSE:
        return
    for match in re.finditer(rf"：[^。！？：；“”]*[{HAN}](：)", text.text):
        yield Hit(
            match.start(1),
            match.end(1),
            message("A colon within the reach of another"),
            message("End the first sentence before it, or use a comma."),
        )


_ACTIVITY = re.compile("《[^》]{2,20}(?:活动|大赛|竞赛|论坛|年会|行动|工程|展览)》")


@text_rule("KC119", Severity.WARNING)
def title_marks_on_activity(text: CheckedText) -> Iterator[Hit]:
    """Book-title marks enclose an activity, contest or meeting.

    Why: 《》 are for what is published: books, papers, programmes. Activities take quotation marks or none.
    Wrong: 《科普日活动》
    Right: “科普日”活动
    Source: GB/T 15834-2011 A.13
    """
    for match in _ACTIVITY.finditer(text.text):
        yield Hit(
            *match.span(),
            message("Book-title marks round an activity: {name}", name=match[0]),
            message("Write quotation marks, or none."),
        )
