"""Rules of numerals (KC201 to KC209): dates, document numbers, ranges, scales and decimals."""

import re
from collections.abc import Iterator

from kexie_docs.checks.rule import CheckedText, Edit, Hit, text_rule
from kexie_docs.errors import Severity, message

_HAN = "\u4e00-\u9fff"

_YEAR_BRACKETS = re.compile(
    rf"(?<=[{_HAN}])([\[［【(（])((?:19|20)\d{{2}})([\]］】)）])\s*(第)?(0*)(?=\d+号)"
)
_SERIAL = re.compile(r"〔(?:19|20)?\d{2,4}〕\s*(第?0*)(?=\d*号)")


@text_rule("KC201")
def document_number(text: CheckedText) -> Iterator[Hit]:
    """A document number has its year in other brackets than 〔〕, or 第 or zeros before its serial number.

    Why: the year stands in 〔〕 with four digits, and the serial number has neither 第 nor leading zeros.
    Wrong: 科协发（2025）第03号
    Right: 科协发〔2025〕3号
    Source: GB/T 9704-2012 7.2.5
    """
    for match in _YEAR_BRACKETS.finditer(text.text):
        edits = [Edit(*match.span(1), "〔"), Edit(*match.span(3), "〕")]
        rest = (match[4] or "") + match[5]
        if rest:
            edits.append(Edit(match.end() - len(rest), match.end(), ""))
        yield Hit(
            *match.span(),
            message("A document number in another form than 〔{year}〕", year=match[2]),
            message("Write {number}号.", number=f"〔{match[2]}〕…"),
            tuple(edits),
        )
    # The number of the document itself stands on a line of its own, and has rules of its own.
    cited = re.finditer(r"〔(\d{2})〕(?=\s*\d+号)", text.text) if re.search("[，。]", text.text) else ()
    for match in cited:
        yield Hit(
            *match.span(),
            message("“{year}” is a year of two digits", year=match[1]),
            message("Write all four digits."),
        )
    for match in _SERIAL.finditer(text.text):
        if match[1]:
            yield Hit(
                match.start(1),
                match.end(1),
                message("“{text}” before the serial number of a document", text=match[1]),
                message("Delete it."),
                (Edit(*match.span(1), ""),),
            )


@text_rule("KC202")
def zero_padded_date(text: CheckedText) -> Iterator[Hit]:
    """A written date has a zero before its month or day.

    Why: written dates have no placeholder zeros.
    Wrong: 2025年01月05日
    Right: 2025年1月5日
    Source: GB/T 9704-2012 7.3.5.4
    """
    for match in re.finditer(r"(?<=年)0(?=[1-9]月)|(?<=月)0(?=[1-9]日)", text.text):
        yield Hit(
            *match.span(),
            message("A zero before the month or day of a date"),
            message("Delete it."),
            (Edit(*match.span(), ""),),
        )


@text_rule("KC203", Severity.WARNING)
def two_digit_year(text: CheckedText) -> Iterator[Hit]:
    """A year has two digits only.

    Why: years have four digits.
    Wrong: 25年3月
    Right: 2025年3月
    Source: GB/T 15835-2011 5.1.4
    """
    for match in re.finditer(
        r"(?<![\d０-９.])\d{2}年(?=(?:1[0-2]|[1-9])月|度|底|初|末)|(?<=\b(?:19|20)\d{2}[-–—～~])\d{2}年(?![^\W\d_]*龄)",
        text.text,
    ):
        yield Hit(
            *match.span(),
            message("“{year}” is a year of two digits", year=match[0]),
            message("Write all four digits."),
        )


_MIXED_DATE = re.compile(
    r"[〇零一二三四五六七八九]{4}年(?:度)?\d{1,2}月?|(?:19|20)\d{2}年[一二三四五六七八九十]{1,2}月"
    r"|\d{1,2}月[一二三四五六七八九十]{1,3}[日号]|(?<![个一二三四五六七八九十])[一二三四五六七八九十]{1,2}月\d{1,2}[日号]"
)


@text_rule("KC204")
def mixed_date(text: CheckedText) -> Iterator[Hit]:
    """One date mixes Chinese numerals and digits.

    Why: one date is written in one kind of numerals.
    Wrong: 2025年八月
    Right: 2025年8月
    Source: GB/T 15835-2011 4.3
    """
    for match in _MIXED_DATE.finditer(text.text):
        yield Hit(
            *match.span(),
            message("“{date}” mixes Chinese numerals and digits", date=match[0]),
            message("Write the whole date in digits."),
        )


_RANGE = re.compile(r"(?<![\d.%％])(\d+(?:\.\d+)?)[～~—–至-](\d+(?:\.\d+)?)([%％‰])")


@text_rule("KC205")
def range_without_percent(text: CheckedText) -> Iterator[Hit]:
    """The first end of a range lacks its percent sign.

    Why: both ends carry the sign, or the first one is read as a plain number.
    Wrong: 15～30%
    Right: 15%～30%
    Source: GB/T 15835-2011 5.1.3
    """
    for match in _RANGE.finditer(text.text):
        yield Hit(
            *match.span(),
            message("“{range}”: the first number has no “{sign}”", range=match[0], sign=match[3]),
            message("Write the sign after both numbers."),
            (Edit(match.end(1), match.end(1), match[3]),),
        )


_SCALED_RANGE = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)[～~—–至-](\d+(?:\.\d+)?)([万亿])")


@text_rule("KC206")
def range_without_scale(text: CheckedText) -> Iterator[Hit]:
    """The first end of a range lacks its 万 or 亿.

    Why: 13～17万 can be read as thirteen to 170,000.
    Wrong: 13～17万元
    Right: 13万～17万元
    Source: GB/T 15835-2011 5.1.3
    """
    for match in _SCALED_RANGE.finditer(text.text):
        yield Hit(
            *match.span(),
            message("“{range}”: the first number has no “{scale}”", range=match[0], scale=match[3]),
            message("Write it after both numbers."),
            (Edit(match.end(1), match.end(1), match[3]),),
        )


_SCALE = re.compile(r"\d[十百千拾佰仟](?!分|克|米|瓦|卡|赫|帕|伏|字节|安|焦|巴|吨|亿亿)")


@text_rule("KC207", Severity.WARNING)
def digits_with_small_scale(text: CheckedText) -> Iterator[Hit]:
    """十, 百 or 千 follows digits.

    Why: only 万 and 亿 may follow digits.
    Wrong: 4千人
    Right: 4000人
    Source: GB/T 15835-2011 5.3
    """
    for match in _SCALE.finditer(text.text):
        yield Hit(
            *match.span(),
            message("“{word}” after digits", word=match[0][-1]),
            message("Write the number out in digits, or all of it in Chinese numerals."),
        )


_YEAR_ZERO = re.compile(
    r"[一二][零Oo○0][零〇一二三四五六七八九Oo○0][零〇一二三四五六七八九]年|[一二][九〇][零Oo○0][零〇一二三四五六七八九]年"
)


@text_rule("KC208")
def zero_in_han_year(text: CheckedText) -> Iterator[Hit]:
    """A year in Chinese numerals has 零, ○ or the letter O for 〇.

    Why: the zero of a number that is read digit by digit is 〇.
    Wrong: 二零二五年
    Right: 二〇二五年
    Source: GB/T 15835-2011 5.2.5
    """
    for match in _YEAR_ZERO.finditer(text.text):
        edits = tuple(
            Edit(match.start() + index, match.start() + index + 1, "〇")
            for index, char in enumerate(match[0])
            if char in "零Oo○0"
        )
        yield Hit(
            *match.span(),
            message("“{year}”: the zero of a year is 〇", year=match[0]),
            message("Write {mark}.", mark="〇"),
            edits,
        )


@text_rule("KC209")
def decimal_point(text: CheckedText) -> Iterator[Hit]:
    """A decimal has no digit before its point, or a full-width point.

    Why: a decimal below one begins with 0, and its point is half-width.
    Wrong: 增长.5%
    Right: 增长0.5%
    Source: GB/T 15835-2011 5.1.2
    """
    for match in re.finditer(rf"(?<=[{_HAN}，])\.(?=\d)", text.text):
        yield Hit(
            *match.span(),
            message("A decimal without a digit before its point"),
            message("Write 0 before the point."),
            (Edit(match.start(), match.start(), "0"),),
        )
    for match in re.finditer(r"(?<=\d)。(?=\d+(?:[%％‰万亿倍元吨]|个百分点|公里))", text.text):
        yield Hit(
            *match.span(),
            message("“。” stands between digits"),
            message("If it is a decimal point, write {mark}.", mark="."),
        )
    for match in re.finditer(r"(?<=\d)．(?=\d)", text.text):
        yield Hit(
            *match.span(),
            message("The decimal point is full-width"),
            message("Write {mark}.", mark="."),
            (Edit(*match.span(), "."),),
        )
