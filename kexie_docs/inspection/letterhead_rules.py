"""Rules of the letterhead (KC70x)."""

import re
from collections.abc import Iterator

from kexie_docs.errors import Message, message
from kexie_docs.inspection import forms, page_rules
from kexie_docs.inspection.facts import Level, is_face, number, span, typeface_name
from kexie_docs.inspection.parts import Part, Role
from kexie_docs.inspection.rule import FileHit, Subject, file_rule
from kexie_docs.inspection.scene import Align, Paragraph
from kexie_docs.inspection.type_area import is_wide
from kexie_docs.inspection.type_rules import face_of, han, shown_face


@file_rule("KC701")
def mark(subject: Subject) -> Iterator[FileHit]:
    """The issuing authority's mark is not red, not centred, or not in its place.

    Why: 发文机关标志 is what makes a document a 红头文件: red, centred, 72 mm below the page's upper edge.
    Wrong: 黑色的“××文件”
    Right: 红色小标宋，居中，上边缘至版心上边缘 35 mm
    Source: GB/T 9704-2012 7.2.4, 10.3
    """
    marks = subject.anatomy.of(Role.MARK)
    # Minutes have the same place for it, but red and 小标宋 are both only recommended there.
    minutes = subject.anatomy.minutes
    clause = "10.3" if minutes else None
    for part in marks:
        one = part.paragraph
        if not one.red:
            yield FileHit(message("colour of the mark"), _color(one), message("red"), one, clause=clause,
                          level=Level.RECOMMENDED if minutes else None)  # fmt: skip
        found = face_of(one.spans)
        if han(one.text) and not is_face(found, "xiaobiaosong"):
            yield FileHit(
                message("typeface of the mark"),
                shown_face(found),
                typeface_name("xiaobiaosong"),
                one,
                level=Level.RECOMMENDED,
                clause=clause,
            )
        if len(marks) == 1 and one.align is not Align.CENTER and not one.cell and not one.floating:
            yield FileHit(
                message("place of the mark"), message("not centred"), message("centred"), one, clause=clause
            )
    if subject.scene.kind == "pdf" and marks and (minutes or subject.anatomy.of(Role.DOC_NUMBER)):
        line = marks[0].paragraph.lines[0]
        top = line.baseline - 0.8 * marks[0].paragraph.size * 25.4 / 72
        # Marks of several rows are joint ones; an upward document has the same place for it.
        # Where the page or the lines are wrong, the mark is off with them.
        sound = not any(
            hit
            for rule in (page_rules.margins, page_rules.lines, page_rules.paper)
            for hit in rule.check(subject)
        )
        if sound and len(marks) == 1 and abs(top - number("mark", "top")) > number("mark", "tolerance"):
            yield FileHit(
                message("upper edge of the mark"),
                f"{top:.1f} mm",
                f"{number('mark', 'top'):g} mm",
                marks[0].paragraph,
                clause=clause,
            )


def _color(one: Paragraph) -> Message | str:
    color = next((each.color for each in one.spans if each.color), "")
    return f"#{color}" if color and color != "000000" else message("black")


@file_rule("KC702")
def document_number(subject: Subject) -> Iterator[FileHit]:
    """The document number is not written as 张科协发〔2025〕12号.

    Why: 发文字号 is the code of the office, the full year in 〔〕, and a number without 第 or zeros.
    Wrong: 张科协发[2025]012号
    Right: 张科协发〔2025〕12号
    Source: GB/T 9704-2012 7.2.5
    """
    for part in subject.anatomy.of(Role.DOC_NUMBER):
        text = _number_text(part)
        if not forms.DOC_NUMBER_FORM.match(text):
            yield FileHit(
                message("document number"),
                text,
                message("a number such as 张科协发〔2025〕12号"),
                part.paragraph,
            )


def _number_text(part: Part) -> str:
    match = re.match(r"^(.*?号)", part.text.replace("\u3000", " "))
    return match[1].strip() if match is not None else part.text


@file_rule("KC703")
def document_number_place(subject: Subject) -> Iterator[FileHit]:
    """The document number is not centred, or not one character in where a signatory stands beside it.

    Why: 发文字号 stands centred below the mark; in documents to a higher office it stands on the left, 签发人
    on
    the right, one character in on either side.
    Wrong: 发文字号居左（无签发人）
    Right: 发文字号居中
    Source: GB/T 9704-2012 7.2.5
    """
    signed = any(forms.SIGNER.search(part.text) for part in subject.anatomy.parts[:20])
    for part in subject.anatomy.of(Role.DOC_NUMBER):
        one = part.paragraph
        if one.cell or one.floating:
            continue
        place = message("place of the document number")
        if signed:
            if one.align is Align.CENTER or abs(one.first - 1.0) > number("indents", "tolerance"):
                yield FileHit(
                    place,
                    message("{count} characters from the left edge", count=f"{one.first:.1f}"),
                    message("one character from the left edge"),
                    one,
                )
        elif one.align is not Align.CENTER or (not one.lines and abs(one.first - one.end) > 0.6):
            yield FileHit(place, message("not centred"), message("centred"), one)


@file_rule("KC704")
def red_rule(subject: Subject) -> Iterator[FileHit]:
    """The red rule below the document number is missing, too short, or at a wrong distance.

    Why: the rule closes the letterhead: red, as wide as the type area, 4 mm below the number.
    Wrong: 没有红色分隔线
    Right: 发文字号之下 4 mm 处，与版心等宽的红色分隔线
    Source: GB/T 9704-2012 7.2.7
    """
    numbers = subject.anatomy.of(Role.DOC_NUMBER)
    if not numbers:
        return
    name = message("red rule")
    rules = subject.anatomy.red_rules
    if not rules:
        yield FileHit(
            name, message("none"), message("a red rule below the document number"), numbers[0].paragraph
        )
        return
    rule = rules[-1]
    if not is_wide(subject, rule):
        yield FileHit(
            message("width of the red rule"), f"{rule.width:.1f} mm", f"{number('frame', 'width'):g} mm",
            numbers[0].paragraph,
        )  # fmt: skip
    low, high = span("frame", "red_thickness")
    if not low <= rule.thickness <= high:
        yield FileHit(
            message("thickness of the red rule"),
            f"{rule.thickness:.2f} mm",
            f"{low:g}–{high:g} mm",
            numbers[0].paragraph,
            level=Level.RECOMMENDED,
        )
    line = numbers[-1].paragraph.lines[-1] if numbers[-1].paragraph.lines else None
    if rule.y is not None and line is not None:
        near, far = span("frame", "red_gap")
        gap = rule.y - line.baseline
        if not near <= gap <= far:
            yield FileHit(
                message("distance of the red rule from the document number"),
                f"{gap:.1f} mm",
                "4 mm",
                numbers[0].paragraph,
            )


@file_rule("KC705")
def top_left(subject: Subject) -> Iterator[FileHit]:
    """Copy number, classification or urgency is not in its form, typeface or place.

    Why: 份号 has six figures; 密级 and 紧急程度 are set in 黑体; all stand flush left, in this order.
    Wrong: 紧急程度在密级之上；机密1年
    Right: 000001 / 机密★1年 / 特急
    Source: GB/T 9704-2012 7.2.1, 7.2.2, 7.2.3
    """
    order = (Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY)
    parts = subject.anatomy.of(*order)
    last = -1
    for part in parts:
        one = part.paragraph
        place = order.index(part.role)
        if place < last:
            yield FileHit(
                message("order of the letterhead"),
                part.text,
                message("copy number, classification, urgency"),
                one,
            )
        last = max(last, place)
        if part.role is Role.COPY_NUMBER and not re.fullmatch(r"\d{6}", part.text):
            yield FileHit(message("copy number"), part.text, message("six figures"), one)
        if part.role is Role.SECRECY and not forms.SECRECY_FORM.match(part.text):
            yield FileHit(message("classification"), part.text, message("a form such as 机密★1年"), one)
        found = face_of(one.spans)
        if part.role is not Role.COPY_NUMBER and not is_face(found, "heiti"):
            yield FileHit(
                message("typeface of classification and urgency"),
                shown_face(found),
                typeface_name("heiti"),
                one,
            )
        if not one.cell and (one.align in (Align.CENTER, Align.END) or abs(one.first) > 0.35):
            yield FileHit(message("place of “{text}”", text=part.text), message("not flush left"),
                          message("flush left"), one)  # fmt: skip


@file_rule("KC706")
def signatory(subject: Subject) -> Iterator[FileHit]:
    """The signatory's name is not set in 楷体 after 签发人 and a colon.

    Why: 签发人 is set in 仿宋, the name in 楷体.
    Wrong: 签发人:王某某（仿宋）
    Right: 签发人：王某某（姓名用楷体）
    Source: GB/T 9704-2012 7.2.6
    """
    for part in subject.anatomy.of(Role.DOC_NUMBER, Role.LETTERHEAD):
        match = forms.SIGNER.search(part.paragraph.text)
        if match is None:
            continue
        name = "".join(each.text for each in part.paragraph.spans)
        start = name.find("签发人") + len(match[0])
        at = 0
        for each in part.paragraph.spans:
            own = each.text[max(0, start - at) :] if at + len(each.text) > start else ""
            at += len(each.text)
            if han(own) and not is_face(each.han_font, "kaiti"):
                yield FileHit(
                    message("typeface of the signatory's name"),
                    shown_face(each.han_font),
                    typeface_name("kaiti"),
                    part.paragraph,
                )
                break
