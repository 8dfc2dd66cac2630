"""Rules of names and structure (KC4xx) for whole inputs."""

import re
from collections.abc import Iterator

from kexie_docs.checks.rule import InputHit, TextKind, input_rule
from kexie_docs.checks.view import InputView, Passage
from kexie_docs.errors import Severity, message

_QUOTED = re.compile("“([^”]{3,20})”")


def _quoted(view: InputView) -> list[tuple[Passage, int, str, str]]:
    """Return each quoted name with its paragraph, offset and the two characters after it."""
    return [
        (passage, match.start(), match[1], passage.text[match.end() : match.end() + 2])
        for passage in view.passages
        for match in _QUOTED.finditer(passage.text)
    ]


@input_rule("KC404", Severity.WARNING)
def name_in_two_orders(view: InputView) -> Iterator[InputHit]:
    """Two quoted names of one kind differ only in the order of their words.

    Why: they are one name, once turned round.
    Wrong: “科普庆阳”视频号；别处写“庆阳科普”视频号
    Right: 两处都写“科普庆阳”视频号
    Source: practice
    """
    first: dict[tuple[str, str], str] = {}
    for passage, start, name, after in _quoted(view):
        other = first.setdefault(("".join(sorted(name)), after), name)
        if name != other:
            yield InputHit(
                passage.path,
                message("“{name}” is called “{other}” elsewhere", name=name, other=other),
                message("Write one name."),
                passage.source_offset(start),
            )


_LONG_NAME = 6
"""Shortest name in characters that is taken for the same name without its marks."""


@input_rule("KC405", Severity.WARNING)
def quotes_not_kept(view: InputView) -> Iterator[InputHit]:
    """A name stands in quotation marks here and without them there.

    Why: one name is written in one way throughout a document.
    Wrong: 全国科技工作者日；别处写“全国科技工作者日”
    Right: 两处都写“全国科技工作者日”
    Source: practice
    """
    quoted: dict[str, list[str]] = {}
    for name in dict.fromkeys(name for _, _, name, _ in _quoted(view) if len(name) >= _LONG_NAME):
        quoted.setdefault(name[:_LONG_NAME], []).append(name)
    told: set[str] = set()
    for passage in view.passages if quoted else ():
        bare = re.sub("“[^”]*”|《[^》]*》", lambda match: "\0" * len(match[0]), passage.text)
        for start in range(len(bare) - _LONG_NAME + 1):
            for name in quoted.get(bare[start : start + _LONG_NAME], ()):
                if name in told or not bare.startswith(name, start):
                    continue
                if passage.is_typed(start, start + len(name)):
                    told.add(name)
                    yield InputHit(
                        passage.path,
                        message(
                            "“{name}” stands without quotation marks here, with them elsewhere", name=name
                        ),
                        message("Write it in one way."),
                        passage.source_offset(start),
                    )


@input_rule("KC406", Severity.WARNING)
def date_of_another_year(view: InputView) -> Iterator[InputHit]:
    """The date of issue lies neither in the year of the report nor in the next one.

    Why: 年度 or 成文日期 was left from another document.
    Wrong: 年度: 2025, 成文日期: 2024-12-31
    Right: 年度: 2025, 成文日期: 2025-12-31
    Source: practice
    """
    signature = view.report.signature
    day = signature.issue_date if signature is not None else None
    if day is not None and day.year not in (view.report.year, view.report.year + 1):
        yield InputHit(
            ("落款", "成文日期"),
            message("The document of {year} is dated {day}", year=view.report.year, day=day.isoformat()),
            message("Correct 年度 or 成文日期."),
        )


@input_rule("KC407", Severity.WARNING)
def heading_level_skipped(view: InputView) -> Iterator[InputHit]:
    """A heading of 正文 skips a level.

    Why: 一、 is followed by （一）, then 1., then （1）.
    Wrong: # 科普工作，下面直接 ### 活动
    Right: # 科普工作，下面 ## 活动
    Source: GB/T 9704-2012 7.3.3
    """
    body = view.report.body
    if body is None:
        return
    level = 0
    for match in re.finditer(r"^ {0,3}(#{1,6}) ", body.source, re.MULTILINE):
        if len(match[1]) > level + 1:
            yield InputHit(
                ("正文",),
                message(
                    "A heading of level {level} follows level {before}", level=len(match[1]), before=level
                ),
                message("Write {mark}.", mark="#" * (level + 1)),
                match.start(1),
            )
        level = len(match[1])


@input_rule("KC408", Severity.WARNING)
def heading_twice(view: InputView) -> Iterator[InputHit]:
    """Two headings are the same.

    Why: one of them was copied and not changed.
    Wrong: 两项行动都叫深化科学普及
    Right: 两项行动各有名称
    Source: practice
    """
    seen: set[str] = set()
    for passage in view.passages:
        if passage.checked.kind is not TextKind.HEADING:
            continue
        if passage.text in seen:
            yield InputHit(
                passage.path,
                message("The heading “{text}” stands twice", text=passage.text),
                message("Give one of the two another name."),
                passage.source_offset(0),
            )
        seen.add(passage.text)


@input_rule("KC409", Severity.WARNING)
def empty_action(view: InputView) -> Iterator[InputHit]:
    """An action has a heading and nothing below it.

    Why: a heading announces text.
    Wrong: 行动: [{标题: 深化科学普及}]
    Right: 行动: [{标题: 深化科学普及, 导语: …}]
    Source: practice
    """
    for index, action in enumerate(view.report.actions):
        if action.lead is None and not action.measures:
            yield InputHit(
                ("行动", index),
                message("Nothing stands below “{title}”", title=action.title.source),
                message("Write 导语 or 措施, or delete the heading."),
            )
