"""Rules of typography (KC101 to KC107, KC117, KC118): characters, marks and spaces typed in a wrong form."""

import re
from collections.abc import Iterator

from kexie_docs.checks.rule import CheckedText, Edit, Hit, TextKind, text_rule
from kexie_docs.errors import Severity, message

HAN = "\u3400-\u4dbf\u4e00-\u9fff〇"
"""Han characters and the zero among them, for the brackets of an expression."""
_CLOSING = "”’》〉）〕】"
_OPENING = "“‘《〈（〔【"
_HALF = re.compile(
    rf"(?<=[{HAN}{_CLOSING}])[,;:?!]|[,;:?!](?=[{HAN}{_OPENING}])"
    rf"|(?<=[{HAN}{_CLOSING}])\.(?![A-Za-z0-9.])"
)
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！", ".": "。", "(": "（", ")": "）"}
_HEAD_NUMBER = re.compile(r"[一二三四五六七八九十]{1,3}\.")


@text_rule("KC101")
def half_width_punctuation(text: CheckedText) -> Iterator[Hit]:
    """Half-width punctuation stands next to a Chinese character.

    Why: Chinese text has full-width marks; half-width ones sit askew, and lines break wrongly at them.
    Wrong: 全年工作,成效明显.
    Right: 全年工作，成效明显。
    Source: GB/T 15834-2011 5.1
    """
    number = _HEAD_NUMBER.match(text.text)
    for match in _HALF.finditer(text.text):
        if number is not None and match.start() == number.end() - 1:
            continue
        mark = match[0]
        yield Hit(
            match.start(),
            match.end(),
            message("“{mark}” is half-width in Chinese text", mark=mark),
            message("Write {mark}.", mark=_FULL[mark]),
            (Edit(match.start(), match.end(), _FULL[mark]),),
        )


_STRAIGHT = re.compile(rf"[\"'＂＇](?=[{HAN}])|(?<=[{HAN}，。！？…])[\"'＂＇]")


@text_rule("KC102")
def straight_quotes(text: CheckedText) -> Iterator[Hit]:
    """Straight quotation marks stand next to a Chinese character.

    Why: Chinese quotation marks show where the quotation begins and ends; straight ones do not.
    Wrong: 履行"四服务"职责
    Right: 履行“四服务”职责
    Source: GB/T 15834-2011 4.8
    """
    for mark, pair in (('"', "“”"), ("'", "‘’"), ("＂", "“”"), ("＇", "‘’")):
        if not any(match[0] == mark for match in _STRAIGHT.finditer(text.text)):
            continue
        places = [index for index, char in enumerate(text.text) if char == mark]
        what = message("Straight quotation marks in Chinese text")
        hint = message("Write {open}…{close}.", open=pair[0], close=pair[1])
        if len(places) % 2:
            yield from (Hit(place, place + 1, what, hint) for place in places)
            continue
        for start, end in zip(places[::2], places[1::2], strict=True):
            edits = (Edit(start, start + 1, pair[0]), Edit(end, end + 1, pair[1]))
            yield Hit(start, end + 1, what, hint, edits)


_BRACKETS = re.compile(r"\(([^()（）]*)\)|[()]")
_OTHER_BRACKETS = re.compile(
    rf"\[([^\[\]\n]*[{HAN}][^\[\]\n]*)\](?!\()|<{{1,2}}(?!/)([^<>/\n]*[{HAN}][^<>/\n]*)>{{1,2}}"
)
_HAN_ONE = re.compile(f"[{HAN}]")


@text_rule("KC103")
def ascii_brackets(text: CheckedText) -> Iterator[Hit]:
    """Half-width brackets stand in Chinese text.

    Why: brackets in Chinese text are full-width, as all its marks are; < and > are no book-title marks.
    Wrong: 科普(活动)开展，学习<<纲要>>
    Right: 科普（活动）开展，学习《纲要》
    Source: GB/T 15834-2011 4.9, 5.1
    """
    line = text.text
    for match in _BRACKETS.finditer(line):
        start, end = match.span()
        # 电话:(0936): what stands before a colon counts.
        before = (
            line[:start].rstrip(":：")[-1:] if line[max(0, start - 1) : start] in ":：" else line[start - 1]
        )
        around = before + (match[1] or "") + line[end : end + 1]
        if not _HAN_ONE.search(around) or (match[1] is not None and line[max(0, start - 1) : start] == "]"):
            continue
        edits = [Edit(start, start + 1, _FULL[line[start]])]
        if end - start > 1:
            edits.append(Edit(end - 1, end, "）"))
        yield Hit(
            start,
            end,
            message("Half-width brackets in Chinese text"),
            message("Write （ and ）."),
            tuple(edits),
        )
    for match in _OTHER_BRACKETS.finditer(line):
        group = match.lastindex or 1
        inside = line.rfind("（", 0, match.start()) > line.rfind("）", 0, match.start())
        pair = "《》" if group == 2 else "〔〕" if inside else "（）"
        yield Hit(
            *match.span(),
            message("Half-width brackets in Chinese text"),
            message("Write {open}…{close}.", open=pair[0], close=pair[1]),
            (
                Edit(match.start(), match.start(group), pair[0]),
                Edit(match.end(group), match.end(), pair[1]),
            ),
        )


_BLANK = r"[ \u00a0\u2000-\u200a\u202f\u205f\u3000]+"
_MARKS = "，。；：、！？…—"
_SPACE = re.compile(
    rf"(?<=[{HAN}{_MARKS}{_CLOSING}]){_BLANK}(?=[{HAN}{_MARKS}{_OPENING}{_CLOSING}0-9])"
    rf"|(?<=[0-9%A-Za-z]){_BLANK}(?=[{_MARKS}{_CLOSING}])|(?<=[0-9%]){_BLANK}(?=[{HAN}])"
    rf"|(?<=[{_OPENING}]){_BLANK}(?=[{HAN}0-9A-Za-z{_OPENING}])"
    rf"|(?<=[{HAN}]){_BLANK}(?=[A-Za-z])|(?<=[A-Za-z]){_BLANK}(?=[{HAN}])"
)
_NAME_SPACE = re.compile(rf"(?<![{HAN}])[{HAN}]\u3000[{HAN}]")
_BYLINE = re.compile(rf"\s+(?:[{HAN}]\s*[{HAN}]{{1,3}}|[{HAN}]{{1,8}}(?:·[{HAN}]{{1,8}})+)")
"""A name after a post, to the end of the line: 市长　龚　正."""
_POST = re.compile(r"(?:(?<![增延成拉特擅])长|主席|书记|主任|总理|委员|理事|秘书|代表|院士)(?=\s)")
_COUPLET = 4
"""Shortest half of a couplet (凝心铸魂 固本强基) in characters."""
_CAPTION_NUMBER = re.compile("[表图][0-9一二三四五六七八九十]{1,3}")


@text_rule("KC104", Severity.WARNING)
def typed_space(text: CheckedText) -> Iterator[Hit]:
    """A space was typed between Chinese characters, or between a number or letter and a Chinese character.

    Why: Chinese text has no spaces, and the layout sets the gap next to digits and letters itself. A space
    between the halves of a couplet in a heading or a quoted title, the wide space in a name of two
    characters, those round a name that ends a line after its post, and the one after the number of a table
    or figure are meant and not reported.
    Wrong: 2025 年，市 科协
    Right: 2025年，市科协
    Source: practice; W3C Requirements for Chinese Text Layout 3.1
    """
    if text.kind is TextKind.LINE:
        return
    line = text.text
    for match in _SPACE.finditer(line):
        start, end = match.span()
        if line.endswith(("记者", "通讯员"), 0, start):
            continue  # a reporter's name in a dateline
        if _BYLINE.fullmatch(line[:start] + "\u3000" + line[end:], _post_end(line, start)):
            continue
        if _NAME_SPACE.match(line, start - 1) or _CAPTION_NUMBER.fullmatch(line, 0, start):
            continue
        meant = text.kind is not TextKind.PROSE or _within_quotes(line, start)
        if meant and _run(line, start, -1) >= _COUPLET and _run(line, end, 1) >= _COUPLET:
            continue
        yield Hit(
            start,
            end,
            message("A space in Chinese text"),
            message("Delete it."),
            (Edit(start, end, ""),),
        )


def _post_end(line: str, start: int) -> int:
    """Return where the last post before a space ends; the line's end where there is none."""
    found = [match.end() for match in _POST.finditer(line, 0, start + 1) if match.end() <= start]
    return found[-1] if found else len(line)


def _within_quotes(line: str, offset: int) -> bool:
    before = line[:offset]
    return any(before.rfind(opening) > before.rfind(closing) for opening, closing in ("“”", "《》"))


def _run(line: str, offset: int, step: int) -> int:
    """Return how many Chinese characters stand side by side from an offset on, forwards or backwards."""
    index = offset if step > 0 else offset - 1
    count = 0
    while 0 <= index < len(line) and _HAN_ONE.match(line[index]):
        count += 1
        index += step
    return count


_ELLIPSIS = re.compile(
    rf"(?<=[{HAN}，、{_CLOSING}…])\.{{3,}}|\.{{3,}}(?=[{HAN}…])|。{{3,}}|(?<!…)…(?!…)|(?<!…)…{{3}}(?!…)|…{{5,}}|·{{3,}}"
    rf"|(?<=[{HAN}{_CLOSING}])\.\.(?=[{HAN}{_OPENING}])|[⋯‥]+|(?<=[^…\s])…{{4}}(?!…)"
)


@text_rule("KC105")
def malformed_ellipsis(text: CheckedText) -> Iterator[Hit]:
    """An ellipsis is not six dots in two characters.

    Why: the Chinese ellipsis is …… and takes the room of two characters.
    Wrong: 屡获佳绩...
    Right: 屡获佳绩……
    Source: GB/T 15834-2011 4.11
    """
    for match in _ELLIPSIS.finditer(text.text):
        yield Hit(
            *match.span(),
            message("“{mark}” is no ellipsis", mark=match[0]),
            message("Write {mark}.", mark="……"),
            (Edit(*match.span(), "……"),),
        )


_DASH = re.compile(
    rf"(?<=[{HAN}{_CLOSING}])-{{2,}}(?!-)|(?<!-)-{{2,}}(?=[{HAN}{_OPENING}])|—{{3,}}|－{{2,}}|[─―–]{{2,}}"
    rf"|(?<=[{HAN}])[─―━](?=[{HAN}])|━{{2,}}|(?<=[{HAN}])—[ \u00a0\u3000]+—(?=[{HAN}])"
)


@text_rule("KC106")
def malformed_dash(text: CheckedText) -> Iterator[Hit]:
    """A dash is not one stroke of two characters.

    Why: the Chinese dash is ——; hyphens and lines of other kinds leave gaps and are cut at the line end.
    Wrong: 创新--发展
    Right: 创新——发展
    Source: GB/T 15834-2011 4.10
    """
    for match in _DASH.finditer(text.text):
        yield Hit(
            *match.span(),
            message("“{mark}” is no Chinese dash", mark=match[0]),
            message("Write {mark}.", mark="——"),
            (Edit(*match.span(), "——"),),
        )


_DOUBLED = re.compile(
    r"([，、；：])\1+|(?<!。)。。(?!。)|[，、；：][，、；：。]|[。！？][，、；：]|[！？]。"
    r"|[，、；：。][,;:](?!\d)|[,;:][，、；：。]|[，、；：。][ \u3000]+[，、；：。]"
)


@text_rule("KC107")
def doubled_marks(text: CheckedText) -> Iterator[Hit]:
    """Two marks stand where one belongs.

    Why: the second is left over from editing. Two that differ (，。) are for the clerk to decide.
    Wrong: 形式多样，，成效明显
    Right: 形式多样，成效明显
    Source: GB/T 15834-2011 5.1; practice
    """
    for match in _DOUBLED.finditer(text.text):
        start, end = match.span()
        same = len(set(match[0])) == 1
        yield Hit(
            start,
            end,
            message("“{marks}”: punctuation is doubled", marks=match[0]),
            message("Keep one of the marks."),
            (Edit(start + 1, end, ""),) if same else (),
        )


_FULL_WIDTH = re.compile("[０-９Ａ-Ｚａ-ｚ％]+")


@text_rule("KC117", Severity.WARNING)
def full_width_digits(text: CheckedText) -> Iterator[Hit]:
    """Digits, letters or a percent sign are full-width.

    Why: Arabic digits and Latin letters are half-width; full-width ones are torn apart at the line end.
    Wrong: ２０２５年
    Right: 2025年
    Source: GB/T 15835-2011 5.1; GB/T 9704-2012 7.5
    """
    for match in _FULL_WIDTH.finditer(text.text):
        half = "".join(chr(ord(char) - 0xFEE0) for char in match[0])
        yield Hit(
            *match.span(),
            message("“{text}” is full-width", text=match[0]),
            message("Write {text}.", text=half),
            (Edit(*match.span(), half),),
        )


@text_rule("KC118", Severity.WARNING)
def wrong_middle_dot(text: CheckedText) -> Iterator[Hit]:
    """A middle dot is another character that looks like one.

    Why: the 间隔号 is ·; bullets and Japanese dots have other widths, and fonts lack them.
    Wrong: 科普赋能•乐享银龄
    Right: 科普赋能·乐享银龄
    Source: GB/T 15834-2011 4.14; W3C Requirements for Chinese Text Layout 3.1
    """
    for match in re.finditer(rf"(?<=[{HAN}0-9A-Za-z])[•‧∙⋅・](?=[{HAN}0-9A-Za-z])", text.text):
        yield Hit(
            *match.span(),
            message("“{mark}” is no 间隔号", mark=match[0]),
            message("Write {mark}.", mark="·"),
            (Edit(*match.span(), "·"),),
        )
