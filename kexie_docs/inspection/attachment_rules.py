"""Rules of attachments: the note that names them, their labels and names (KC72x)."""

import re
from collections.abc import Iterator

from kexie_docs.errors import message
from kexie_docs.inspection import forms
from kexie_docs.inspection.facts import Level, is_face, number, typeface_name
from kexie_docs.inspection.part_rules import characters
from kexie_docs.inspection.parts import Role
from kexie_docs.inspection.rule import FileHit, Subject, file_rule
from kexie_docs.inspection.scene import Align, Paragraph
from kexie_docs.inspection.type_rules import face_of, shown_face

_WRONG_MARK = re.compile(r"^(?:附\s*件\s*[：:]?)?\s*((\d{1,2})[、．，：:])")
_ITEM = re.compile(r"^(?:附\s*件\s*[：:]?)?\s*(?:(\d{1,2})\s*[.．、])?\s*(.*)$")


def _note_items(subject: Subject) -> list[tuple[int | None, str, Paragraph]]:
    """Return number and name of each attachment that the note names."""
    items: list[tuple[int | None, str, Paragraph]] = []
    for part in subject.anatomy.of(Role.NOTE):
        text = part.text.replace("\t", "")
        match = _ITEM.match(text)
        numbered = match is not None and match[1] is not None
        if not items or numbered or forms.NOTE.match(text):
            value = int(match[1]) if match is not None and match[1] is not None else None
            items.append((value, match[2] if match is not None else text, part.paragraph))
        else:
            value, name, first = items[-1]
            items[-1] = (value, name + text, first)
    return items


@file_rule("KC721")
def attachment_note(subject: Subject) -> Iterator[FileHit]:
    """The attachment note is not in its form: 附件： and the names, numbered where there are several.

    Why: 附件说明 stands two characters in, below the text; a single attachment has no number, names no end
    mark.
    Wrong: 附件:1、名单。
    Right: 附件：1.名单
    Source: GB/T 9704-2012 7.3.4
    """
    items = _note_items(subject)
    if not items:
        return
    first = items[0][2]
    name = message("attachment note")
    if not re.match(r"^附件[：:]", first.text.replace(" ", "")):
        yield FileHit(name, first.text[:6], "附件：", first)
    if abs(first.first - number("indents", "note")) > number("indents", "tolerance"):
        yield FileHit(
            message("indent of the attachment note"),
            message("{count} characters", count=characters(first.first)),
            message("{count} characters", count=f"{number('indents', 'note'):g}"),
            first,
        )
    numbers = [value for value, _, _ in items]
    if len(items) == 1 and numbers[0] is not None:
        yield FileHit(name, f"{numbers[0]}.", message("no number for a single attachment"), first)
    if len(items) > 1:
        for asked, (value, _, where) in enumerate(items, 1):
            if value != asked:
                yield FileHit(
                    name, f"{value}." if value is not None else message("no number"), f"{asked}.", where
                )
                break
    for part in subject.anatomy.of(Role.NOTE):
        if (wrong := _WRONG_MARK.match(part.text)) is not None:
            yield FileHit(name, wrong[1], f"{wrong[2]}.", part.paragraph)
    for _, text, where in items:
        if re.search(r"[，。；、：,;.]$", text):
            yield FileHit(message("end of an attachment's name"), text[-1], message("no mark"), where)


def _plain(text: str) -> str:
    return re.sub(r"[\s《》“”\"，。；、：,;.]", "", text)


@file_rule("KC722")
def attachments_match(subject: Subject) -> Iterator[FileHit]:
    """The attachments are not those that the note names.

    Why: number and name of an attachment are the same in 附件说明 and at its head.
    Wrong: 附件说明列 2 个附件，后面只有 1 个
    Right: 附件说明与附件的顺序号、名称一致
    Source: GB/T 9704-2012 7.3.7
    """
    items = _note_items(subject)
    labels = subject.anatomy.of(Role.LABEL)
    if len(items) != len(labels):
        where = items[-1][2] if len(items) > len(labels) else labels[-1].paragraph
        yield FileHit(
            message("attachments"),
            message("{count} of them", count=len(labels)),
            message("{count}, as the attachment note says", count=len(items))
            if items
            else message("an attachment note that names them"),
            where,
        )
        return
    for position, ((_, name, _), label) in enumerate(zip(items, labels, strict=True), 1):
        digits = re.search(r"\d+", label.text)
        if len(items) > 1 and (digits is None or int(digits[0]) != position):
            yield FileHit(message("label of an attachment"), label.text, f"附件{position}", label.paragraph)
        titles = [part for part in subject.anatomy.of(Role.ATTACHMENT_TITLE) if part.attachment == position]
        title = "".join(part.text for part in titles)
        if titles and _plain(title) != _plain(name):
            yield FileHit(message("name of an attachment"), title, name, titles[0].paragraph)


@file_rule("KC723")
def attachment_label(subject: Subject) -> Iterator[FileHit]:
    """An attachment does not begin a page with its label, flush left in 黑体, without a colon.

    Why: that is how attachments are found.
    Wrong: 附件：（居中，仿宋）
    Right: 附件1（顶格，黑体，另起一页）
    Source: GB/T 9704-2012 7.3.7
    """
    for part in subject.anatomy.of(Role.LABEL):
        one = part.paragraph
        name = message("label of an attachment")
        if not forms.LABEL_FORM.match(one.text.replace(" ", "")):
            yield FileHit(name, one.text, one.text.replace(" ", "").rstrip("：:"), one)
        if abs(one.first) > number("indents", "tolerance") or one.align in (Align.CENTER, Align.END):
            yield FileHit(name, message("not flush left"), message("flush left"), one)
        found = face_of(one.spans)
        if not is_face(found, "heiti"):
            yield FileHit(name, shown_face(found), typeface_name("heiti"), one, level=Level.NORMAL)
        if not one.opens_page and (subject.scene.kind == "docx" or not _first_on_page(subject, one)):
            yield FileHit(name, message("on the page of the text before it"), message("on a new page"), one)


def _first_on_page(subject: Subject, one: Paragraph) -> bool:
    return not any(
        other.page == one.page and other.number < one.number and other.text
        for other in subject.scene.paragraphs
    )
