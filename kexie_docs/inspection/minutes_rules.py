"""Rules of the format of minutes (KC76x): who was at the meeting. The mark is judged with all marks."""

from collections.abc import Iterator

from kexie_docs.errors import message
from kexie_docs.inspection import forms
from kexie_docs.inspection.facts import is_face, number, span, typeface_name
from kexie_docs.inspection.parts import Part, Role
from kexie_docs.inspection.rule import FileHit, Subject, file_rule
from kexie_docs.inspection.scene import Paragraph, Span
from kexie_docs.inspection.type_rules import face_of, han, shown_face
from kexie_docs.text.widths import text_width

_MM_PER_PT = 25.4 / 72


def label_of(part: Part) -> str:
    """Return the label of a line of attendees with its colon, such as 出席：."""
    match = forms.ATTENDEES.match(part.text)
    return match[0] if match is not None else ""


@file_rule("KC761")
def attendees_place(subject: Subject) -> Iterator[FileHit]:
    """The attendees of a meeting do not begin two characters in, or their further lines not after the colon.

    Why: in minutes 出席 stands two characters in, one line below the text or the attachment note; names that
    wrap begin below the first one, and 请假 and 列席 stand on lines of their own in the same way.
    Wrong: 　　出席：……，回行顶格
    Right: 　　出席：……，回行与冒号后的首字对齐
    Source: GB/T 9704-2012 10.3
    """
    tolerance = number("indents", "tolerance")
    parts = subject.anatomy.of(Role.ATTENDEES)
    for at, part in enumerate(parts):
        one = part.paragraph
        if one.floating:
            continue
        asked = number("indents", "note")
        typed = _typed_indent(one)
        if abs(one.first + typed - asked) > tolerance:
            yield FileHit(
                message("indent of the attendees"),
                message("{count} characters", count=f"{one.first + typed:.1f}"),
                message("{count} characters", count=f"{asked:g}"),
                one,
            )
        elif one.rest is not None and _wraps(one):
            hang = asked + text_width(label_of(part))
            if abs(one.rest - hang) > tolerance:
                yield FileHit(
                    message("indent of further lines of the attendees"),
                    message("{count} characters", count=f"{one.rest:.1f}"),
                    message("{count} characters, after the colon", count=f"{hang:g}"),
                    one,
                )
        follows_text = any(
            each.paragraph.number < one.number for each in subject.anatomy.of(Role.BODY, Role.HEADING)
        )
        if at == 0 and follows_text:  # at the head of minutes they stand as the office likes
            yield from _gap(subject, one)


def _typed_indent(one: Paragraph) -> float:
    text = "".join(each.text for each in one.spans)
    return sum(1.0 if char == "\u3000" else 0.5 for char in text[: len(text) - len(text.lstrip(" \u3000"))])


def _wraps(one: Paragraph) -> bool:
    """Return whether a paragraph has a second line; of a Word file it is estimated."""
    if one.lines:
        return len(one.lines) > 1
    return one.first + text_width(one.text) > number("page", "characters")


def _gap(subject: Subject, one: Paragraph) -> Iterator[FileHit]:
    """Yield the room above the first line of attendees where it is not one line."""
    before = next(
        (
            each
            for each in reversed(subject.scene.paragraphs[: one.number - 1])
            if not each.floating and (each.lines or subject.scene.kind == "docx")
        ),
        None,
    )
    setup = next((each for each in subject.scene.setups if each.pitch is not None), None)
    if before is None or setup is None or setup.pitch is None or one.opens_page or not one.text:
        return
    if subject.scene.kind == "docx":
        good = not before.text or (one.space[0] + before.space[1]) / setup.pitch >= span("minutes", "gap")[0]
        found = (one.space[0] + before.space[1]) / setup.pitch
    else:
        last, first = before.lines[-1], one.lines[0]
        if last.page != first.page:
            return
        found = (first.baseline - last.baseline) / _MM_PER_PT / setup.pitch - 1
        good = span("minutes", "gap")[0] <= found <= span("minutes", "gap")[1]
    if not good:
        yield FileHit(
            message("room above the attendees"),
            message("{count} lines", count=f"{max(found, 0.0):.1f}"),
            message("one line below the text or the attachment note"),
            one,
        )


@file_rule("KC762")
def attendees_type(subject: Subject) -> Iterator[FileHit]:
    """出席, 请假 or 列席 is not set in 黑体 of size 3, or the names after it not in 仿宋.

    Why: the label is told from the names by its typeface.
    Wrong: “出席：”用仿宋
    Right: “出席：”用三号黑体，人员姓名用三号仿宋
    Source: GB/T 9704-2012 10.3
    """
    for part in subject.anatomy.of(Role.ATTENDEES):
        one = part.paragraph
        label, names = _split(one, len(label_of(part).rstrip("：:")))
        for name, spans, role in (
            (message("typeface of the attendees' label"), label, "heiti"),
            (message("typeface of the attendees' names"), names, "fangsong"),
        ):
            found = face_of(spans)
            if han("".join(each.text for each in spans)) and not is_face(found, role):
                yield FileHit(name, shown_face(found), typeface_name(role), one)


def _split(one: Paragraph, length: int) -> tuple[tuple[Span, ...], tuple[Span, ...]]:
    """Return the spans of the first characters of a paragraph (blanks before them aside) and of the rest."""
    text = "".join(each.text for each in one.spans)
    left = length + len(text) - len(text.lstrip())
    head: list[Span] = []
    tail: list[Span] = []
    for each in one.spans:
        for kept, piece in ((head, each.text[: max(left, 0)]), (tail, each.text[max(left, 0) :])):
            if piece:
                kept.append(Span(piece, each.han_font, each.latin_font, each.size, each.bold, each.color))
        left -= len(each.text)
    return tuple(head), tuple(tail)
