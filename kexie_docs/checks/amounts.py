"""Rules of numerals (KC210 to KC214): estimates, hedges, ranges, and numbers of two kinds of digits."""

import re
from collections.abc import Iterator

from kexie_docs.checks.rule import CheckedText, Edit, Hit, text_rule
from kexie_docs.errors import Severity, message

_HAN = "\u4e00-\u9fff"


@text_rule("KC210", Severity.WARNING)
def comma_in_estimate(text: CheckedText) -> Iterator[Hit]:
    """A 顿号 stands inside an estimate of two neighbouring numbers.

    Why: 三四十人 is one estimate; with 顿号 it is a list.
    Wrong: 三、四十人
    Right: 三四十人
    Source: GB/T 15835-2011 5.2.1; GB/T 15834-2011 4.5.3.4
    """
    for match in re.finditer(
        "([一二三四五六七八])(、)([二三四五六七八九])(?=[十百千万亿个名人次天项场])", text.text
    ):
        numerals = "一二三四五六七八九"
        if numerals.index(match[3]) == numerals.index(match[1]) + 1:
            yield Hit(
                *match.span(2),
                message("“、” inside an estimate"),
                message("Delete it."),
                (Edit(*match.span(2), ""),),
            )


@text_rule("KC211")
def few_with_digits(text: CheckedText) -> Iterator[Hit]:
    """几 stands next to digits.

    Why: 几 belongs to Chinese numerals.
    Wrong: 20几个
    Right: 二十几个, 20多个
    Source: GB/T 15835-2011 4.2.2
    """
    for match in re.finditer(r"几\d|\d几(?!何)", text.text):
        yield Hit(
            *match.span(),
            message("“几” with digits"),
            message("Write 余 or 多 after the digits, or all of it in Chinese numerals."),
        )


_NUMBER = r"\d[\d.,]*[万亿]*"
_HANS_NUMBER = "[一二三四五六七八九十百千万亿两]+"
_TWICE = re.compile(
    # 最近十余年 looks back on years, 节约近百人 spares them: no hedge stands there.
    rf"(?<![附最临靠邻亲节签合契公])(?:大约|约|近|超过|超|突破|不少于|逾){_HANS_NUMBER}[多余](?!年|月|天|日|个月|次会)"
    rf"|(?<![节签合契公预条特制])(?:大约|约)(?:近|超过|超|突破|逾)(?:{_NUMBER}|{_HANS_NUMBER})"
    rf"|(?:近|超过|超|突破|逾)(?:大约|约)(?:{_NUMBER}|{_HANS_NUMBER})"
    rf"|(?<!附)近(?:超过|超|逾)(?:{_NUMBER}|{_HANS_NUMBER})|(?:超过|超|突破|逾)近(?:{_NUMBER}|{_HANS_NUMBER})"
    rf"|(?:大约|约|近|超过|超|突破|不少于|逾)(?:{_NUMBER}[多余]|\d[\d.,]*[多余][万亿])"
    rf"|(?:大约|约|近|超过|超|突破|不少于|逾){_NUMBER}[{_HAN}]{{0,3}}?(?:左右|以上|以下)"
    rf"|(?<![\d.,])(?:{_NUMBER}[多余]|\d[\d.,]*[多余][万亿])[{_HAN}]{{0,3}}?(?:左右|以上|以下)"
)


@text_rule("KC212")
def hedged_twice(text: CheckedText) -> Iterator[Hit]:
    """A number is hedged twice.

    Why: 约 says about, 余 says more than; one number cannot be both, and once is enough.
    Wrong: 约30余场
    Right: 30余场
    Source: practice
    """
    for match in _TWICE.finditer(text.text):
        yield Hit(
            *match.span(),
            message("“{figure}” is hedged twice", figure=match[0]),
            message("Keep one of the two."),
        )


@text_rule("KC213", Severity.WARNING)
def tilde_range(text: CheckedText) -> Iterator[Hit]:
    """An ASCII tilde stands between the ends of a range.

    Why: the mark is ～ or —; the ASCII tilde is high and narrow.
    Wrong: 13万~17万
    Right: 13万～17万
    Source: GB/T 15834-2011 4.13
    """
    for match in re.finditer(r"(?<=[\d%％万亿元人])[~〜∼](?=\d)", text.text):
        yield Hit(
            *match.span(),
            message("“{mark}” in a range", mark=match[0]),
            message("Write {mark}.", mark="～"),
            (Edit(*match.span(), "～"),),
        )


_MIXED_NUMBER = re.compile(
    r"[百千万]分之\d|第\d+[十百千]|(?<![\d\-])[二三四五六七八九]?十\d(?=[个名人家场项次件天])"
    # 2025三个: a year without 年 stands before the number.
    r"|第[一二三四五六七八九十]+\d+(?=[届次批期])|(?<!\d{3})\d[二三四五六七八九](?=[个名人家场项次件])"
)


@text_rule("KC214")
def mixed_number(text: CheckedText) -> Iterator[Hit]:
    """One number mixes Chinese numerals and digits.

    Why: one number is written in one kind of numerals; only 万 and 亿 may follow digits.
    Wrong: 百分之12
    Right: 12%
    Source: GB/T 15835-2011 4.3, 5.3
    """
    for match in _MIXED_NUMBER.finditer(text.text):
        yield Hit(
            *match.span(),
            message("“{number}” mixes Chinese numerals and digits", number=match[0]),
            message("Write the whole number in digits, or all of it in Chinese numerals."),
        )
