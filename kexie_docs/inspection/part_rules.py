"""Rules of the elements: title, addressee, signature and date (KC71x, KC73x)."""

from collections.abc import Iterator

from kexie_docs.errors import Message, message
from kexie_docs.inspection import forms
from kexie_docs.inspection.facts import Level, is_face, number, typeface_name
from kexie_docs.inspection.parts import Role
from kexie_docs.inspection.rule import FileHit, Subject, file_rule
from kexie_docs.inspection.scene import Align, Paragraph
from kexie_docs.inspection.type_rules import face_of, han, shown_face
from kexie_docs.text.widths import text_width

_MM_PER_PT = 25.4 / 72


def characters(value: float) -> str:
    """Return a number of characters for people."""
    return f"{value:.1f}"


@file_rule("KC711")
def title_there(subject: Subject) -> Iterator[FileHit]:
    """There is no title, or it is not centred.

    Why: every official document has a title, centred below the red rule or at the head of the page.
    Wrong: 标题居左
    Right: 标题居中
    Source: GB/T 9704-2012 7.3.1
    """
    titles = subject.anatomy.of(Role.TITLE)
    if not titles and not subject.anatomy.minutes:  # the mark of minutes may be all their title
        yield FileHit(message("title"), message("none found"), message("a title before the text"))
    for part in (*titles, *subject.anatomy.of(Role.ATTACHMENT_TITLE)):
        one = part.paragraph
        if one.align is not Align.CENTER and not one.cell and not one.floating:
            yield FileHit(message("title"), _stands(one.align), message("centred"), one)
        elif subject.scene.kind == "docx" and abs(one.first - one.end) > 0.6:
            yield FileHit(
                message("title"),
                message(
                    "centred, but with an indent of {count} characters", count=characters(one.first - one.end)
                ),
                message("centred"),
                one,
            )


def _stands(align: Align) -> Message:
    return message("right") if align is Align.END else message("left")


@file_rule("KC712")
def title_type(subject: Subject) -> Iterator[FileHit]:
    """The title is not set in 小标宋 of size 2.

    Why: the title is told from the text by its type.
    Wrong: 标题用三号黑体
    Right: 标题用二号小标宋
    Source: GB/T 9704-2012 7.3.1
    """
    asked, tolerance = number("sizes", "title"), number("sizes", "tolerance")
    for part in subject.anatomy.of(Role.TITLE, Role.ATTACHMENT_TITLE):
        one = part.paragraph
        found = face_of(one.spans)
        if han(one.text) and not is_face(found, "xiaobiaosong"):
            yield FileHit(
                message("typeface of the title"), shown_face(found), typeface_name("xiaobiaosong"), one
            )
        if any(each.bold for each in one.spans):
            yield FileHit(
                message("weight of the title"),
                message("bold"),
                message("not bold"),
                one,
                level=Level.RECOMMENDED,
            )
        if abs(one.size - asked) > tolerance:
            yield FileHit(
                message("size of the title"), f"{one.size:g} pt", message("size 2 (二号), 22 pt"), one
            )


@file_rule("KC713")
def addressee(subject: Subject) -> Iterator[FileHit]:
    """The addressee does not stand flush left, or does not end in a full-width colon.

    Why: 主送机关 stands flush left below the title, and the text follows its colon.
    Wrong: 　　市人民政府
    Right: 市人民政府：
    Source: GB/T 9704-2012 7.3.2
    """
    for part in subject.anatomy.of(Role.ADDRESSEE):
        one = part.paragraph
        if abs(one.first) > number("indents", "tolerance") or one.align in (Align.CENTER, Align.END):
            yield FileHit(
                message("indent of the addressee"),
                message("{count} characters", count=characters(one.first)),
                message("none"),
                one,
            )
        if not one.text.endswith("：") and not one.text.endswith(":"):  # a half-width one has its own finding
            yield FileHit(message("end of the addressee"), one.text[-1:], "：", one)


@file_rule("KC731")
def date_form(subject: Subject) -> Iterator[FileHit]:
    """The date of issue is not written as 2025年1月5日.

    Why: 成文日期 has Arabic figures, the full year, and no zeros before month or day.
    Wrong: 二〇二五年一月五日；2025.1.5
    Right: 2025年1月5日
    Source: GB/T 9704-2012 7.3.5.4
    """
    signed, dates = subject.anatomy.of(Role.SIGNATURE), subject.anatomy.of(Role.DATE)
    if signed and not dates:
        asked = message("a date such as 2025年1月5日")
        yield FileHit(message("date of issue"), message("none"), asked, signed[-1].paragraph)
    for part in dates:
        if not forms.DATE_FORM.match(part.text):
            yield FileHit(
                message("date of issue"), part.text, message("a date such as 2025年1月5日"), part.paragraph
            )


def _ends(one: Paragraph, room: float) -> tuple[float, float]:
    """Return where a line begins and ends, in 字 from the left edge; ``room`` is the width of a line."""
    width = text_width(one.text)
    if one.lines:
        return one.first, one.first + (one.lines[0].right - one.lines[0].left) / (one.size * _MM_PER_PT)
    if one.align is Align.END:
        return room - one.end - width, room - one.end
    if one.align is Align.CENTER:
        middle = (one.first + room - one.end) / 2
        return middle - width / 2, middle + width / 2
    return one.first, one.first + width


def _ends_of_last(one: Paragraph, room: float) -> tuple[float, float]:
    """Return where the last name of a line begins and ends; others stand beside it in a joint document."""
    begin, end = _ends(one, room)
    names = forms.names_in_row(one.text)
    return (end - text_width(names[-1]), end) if len(names) > 1 else (begin, end)


_POST = 6
"""Longest post in characters."""


def _agree(name: tuple[float, float], date: tuple[float, float], room: float) -> bool:
    """Return whether name and date (begin, end in 字) stand to each other as one of the forms asks."""
    asked, tolerance = number("indents", "sign"), number("indents", "sign_tolerance")
    name_right, right = room - name[1], room - date[1]
    plain = abs(date[0] - name[0] - asked) <= tolerance and (
        abs(name_right - asked) <= tolerance or abs(right - asked) <= tolerance
    )
    stamped = abs(right - 2 * asked) <= tolerance
    centred = abs(sum(name) - sum(date)) <= 1.6
    # The last is office custom, seen as often: the name two characters from the edge, the date four.
    return plain or (stamped and (centred or abs(name_right - asked) <= tolerance))


@file_rule("KC732")
def signature_place(subject: Subject) -> Iterator[FileHit]:
    """Signature and date do not stand where they belong.

    Why: without a seal the name ends two characters from the right edge, and the date begins two
    characters to the right of the name's beginning; with a seal the date ends four characters from the
    edge, and the name is centred on it: the last name, where the authorities of a joint document stand in
    rows.
    Wrong: 署名、日期居左
    Right: 署名右空二字，日期首字比署名首字右移二字
    Source: GB/T 9704-2012 7.3.5.1, 7.3.5.2
    """
    dates = subject.anatomy.of(Role.DATE)
    if not dates:
        return
    date = dates[-1].paragraph
    names = [part.paragraph for part in subject.anatomy.of(Role.SIGNATURE)]
    size = date.size or number("sizes", "body")
    room = number("page", "area_width") / (size * _MM_PER_PT)
    asked, tolerance = number("indents", "sign"), number("indents", "sign_tolerance")
    _start, end = _ends(date, room)
    right = room - end
    if date.cell:
        return
    part = message("place of signature and date")
    if not names:
        if right > 2 * asked + tolerance or right < asked - tolerance:
            yield FileHit(
                message("place of the date"),
                message("{count} characters from the right edge", count=characters(right)),
                message("two or four characters from the right edge"),
                date,
            )
        return
    # Indents may count from either edge; where a margin is wrong, that has its own finding.
    rooms = [room]
    setup = next((one for one in subject.scene.setups if not one.landscape), None)
    if setup is not None and setup.left is not None and setup.right is not None:
        rooms.append((setup.width - setup.left - setup.right) / (size * _MM_PER_PT))
    rows = [name for name in names if len(forms.names_in_row(name.text)) > 1]
    if rows:
        yield from _rows_outside(rows, rooms)
    if any("\t" in name.text and not name.lines for name in rows):
        return  # where tabs of a Word file lead is not computed
    # In rows the last authority stands in the last one; below each other any of them may be the widest.
    asking = names[-1:] if rows else names
    if any(
        _agree(_ends_of_last(name, width), _ends(date, width), width) for name in asking for width in rooms
    ):
        return
    # 7.3.5.3: a post stands left of the stamp of a name; the date ends four characters from the edge.
    if (
        abs(right - 2 * asked) <= tolerance
        and len(names[-1].text) <= _POST
        and not forms.ORGAN.search(names[-1].text)
    ):
        return
    name_right = room - _ends_of_last(names[-1], room)[1]
    yield FileHit(
        part,
        message(
            "name {name}, date {date} characters from the right edge",
            name=characters(name_right),
            date=characters(right),
        ),
        message(
            "name 2 characters from the edge, date beginning 2 characters after it; "
            "stamped: date 4 from the edge"
        ),
        names[-1],
    )


def _rows_outside(rows: list[Paragraph], rooms: list[float]) -> Iterator[FileHit]:
    """Yield the rows of authorities that leave the type area (7.3.5.1)."""
    tolerance = number("indents", "sign_tolerance")
    for row in rows:
        if "\t" in row.text and not row.lines:
            continue
        over = min(max(-begin, end - room) for room in rooms for begin, end in [_ends(row, room)])
        if over > tolerance:
            yield FileHit(
                message("row of signing authorities"),
                message("{count} characters beyond the type area", count=characters(over)),
                message("within the type area"),
                row,
                clause="7.3.5.1",
            )


@file_rule("KC733")
def remark(subject: Subject) -> Iterator[FileHit]:
    """The note below the date does not stand two characters in.

    Why: 附注 stands on the line below the date, two characters in, in round brackets.
    Wrong: 附注顶格
    Right: 　　（此件公开发布）
    Source: GB/T 9704-2012 7.3.6
    """
    for part in subject.anatomy.of(Role.REMARK):
        one = part.paragraph
        typed = sum(1.0 if char == "\u3000" else 0.5 for char in _leading(one))
        if abs(one.first + typed - number("indents", "note")) > number("indents", "tolerance"):
            yield FileHit(
                message("indent of the note below the date"),
                message("{count} characters", count=characters(one.first + typed)),
                message("{count} characters", count=f"{number('indents', 'note'):g}"),
                one,
            )


def _leading(one: Paragraph) -> str:
    text = "".join(each.text for each in one.spans)
    return text[: len(text) - len(text.lstrip(" \u3000"))]
