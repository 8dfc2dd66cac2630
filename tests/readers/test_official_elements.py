"""版头, 附件, 附注, 版记 in inputs: what is read, and what is said of values the standard does not know."""

from collections.abc import Callable
from datetime import date

import pytest

from kexie_docs.errors import Problem
from kexie_docs.readers.reader import LoadedReport

GOOD = "单位: {全称: 云溪市科学技术协会}\n年度: 2025\n"

FULL = (
    GOOD
    + """\
版头:
  发文机关标志: [云溪市科学技术协会, 云溪市教育局]
  标志后缀: 文件
  发文字号: 云科协发〔2025〕12号
  签发人: [李某某, 王某]
  份号: "000012"
  密级: 机 密
  保密期限: 1年
  紧急程度: 特　急
附件:
  - 标题: 指标表
    正文: |
      见下。
附注: 此件公开发布
版记: {抄送: [市委办公室], 印发机关: 办公室, 印发日期: 2025年12月31日, 偶数页: 是}
"""
)

Read = Callable[..., LoadedReport]
Problems = Callable[..., list[Problem]]


def test_official_elements_are_read(read: Read) -> None:
    report = read(FULL).report
    head, imprint = report.letterhead, report.imprint
    assert head is not None
    assert imprint is not None
    assert head.marks == ["云溪市科学技术协会", "云溪市教育局"]
    assert (head.number, head.signatories) == ("云科协发〔2025〕12号", ["李某某", "王某"])
    assert (head.copy_number, head.classification, head.secrecy_period, head.urgency) == (
        "000012", "机密", "1年", "特急"
    )  # fmt: skip
    assert [attachment.title.source for attachment in report.attachments] == ["指标表"]
    assert (imprint.printed_on, imprint.even_page) == (date(2025, 12, 31), True)


@pytest.mark.parametrize(
    ("line", "code", "hint"),
    [
        ("发文字号: 云科协发[2025]12号", "KD213", "云科协发〔2025〕12号"),
        ("发文字号: 云科协发（2025）012号", "KD213", "云科协发〔2025〕12号"),
        ("发文字号: 云科协发〔2025〕第3号", "KD213", "云科协发〔2025〕3号"),
        ("发文字号: 云科协发〔2025〕03号", "KD213", "云科协发〔2025〕3号"),
        ("发文字号: 云科协发〔25〕3号", "KD213", "〔2025〕"),
        ("发文字号: 云科协发〔2025〕3", "KD213", "〔2025〕"),
        ("份号: 12", "KD214", '"000012"'),
        ("份号: '0000012'", "KD214", '"000001"'),
        ("份号: '00000１'", "KD214", '"000001"'),
        ("密级: 内部", "KD215", "绝密、机密、秘密"),
        ("密级: 机密★1年", "KD215", "保密期限: 1年"),
        ("紧急程度: 火急", "KD216", "特急"),
    ],
)
def test_value_that_the_standard_does_not_know_is_told_with_what_to_write(
    problems: Problems, line: str, code: str, hint: str
) -> None:
    (only,) = problems(f"{GOOD}版头:\n  {line}\n")
    key = line.partition(":")[0]
    assert (only.code, only.place.line, only.place.field) == (code, 4, f"版头.{key}")
    assert only.hint is not None
    assert hint in str(only.hint)


@pytest.mark.parametrize("period", ["一年", "0年", "三十年", "1 个季度", "永久"])
def test_period_of_secrecy_is_years_or_months_or_long_term(problems: Problems, period: str) -> None:
    (only,) = problems(f"{GOOD}版头: {{密级: 秘密, 保密期限: {period}}}\n")
    assert (only.code, only.place.field) == ("KD215", "版头.保密期限")


def test_period_of_secrecy_without_classification_is_refused(problems: Problems) -> None:
    (only,) = problems(f"{GOOD}版头:\n  份号: '000001'\n  保密期限: 1年\n")
    assert (only.code, only.place.line, only.place.field) == ("KD215", 5, "版头.保密期限")


@pytest.mark.parametrize(
    ("text", "code", "field"),
    [
        ("版记: {印发日期: 2025-02-30}", "KD211", "版记.印发日期"),
        ("版记: {偶数页: 也许}", "KD217", "版记.偶数页"),
        ("版记: {抄送机关: 甲}", "KD203", "版记.抄送机关"),
        ("附件: [{标题: 甲}]", "KD202", "附件[0].正文"),
        ("附件: [{标题: 甲, 正文: '{{没有}}'}]", "KD303", "附件[0].正文"),
        ("附件: 甲", "KD201", "附件"),
        ("附注: '{{没有}}'", "KD303", "附注"),
        ("版头: {发文机关标志: ['']}", "KD204", "版头.发文机关标志[0]"),
    ],
)
def test_problem_of_an_element_is_told_at_its_field(
    problems: Problems, text: str, code: str, field: str
) -> None:
    (only,) = problems(f"{GOOD}{text}\n")
    assert (only.code, only.place.line, only.place.field) == (code, 3, field)


def test_english_keys_are_read_throughout(read: Read) -> None:
    text = (
        "organization: {full_name: 甲}\nyear: 2025\n"
        "letterhead: {marks: 甲文件, number: 甲发〔2025〕1号, copy_number: '000001'}\n"
        "attachments: [{title: 乙, body: 丙}]\nnote: 丁\n"
        "imprint: {copies_to: 戊, even_page: yes}\n"
    )
    report = read(text).report
    assert report.letterhead is not None
    assert report.imprint is not None
    assert (report.letterhead.marks, report.imprint.copies_to) == (["甲文件"], ["戊"])
