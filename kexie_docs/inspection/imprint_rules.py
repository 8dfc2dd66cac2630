"""Rules of the imprint (KC74x)."""

import re
from collections.abc import Iterator, Sequence

from kexie_docs.errors import message
from kexie_docs.frozen import dataclass
from kexie_docs.inspection import forms
from kexie_docs.inspection.facts import Level, is_face, number, typeface_name
from kexie_docs.inspection.parts import Part, Role
from kexie_docs.inspection.rule import FileHit, Subject, file_rule
from kexie_docs.inspection.scene import Align, Paragraph, RuleLine
from kexie_docs.inspection.type_area import is_wide, type_area_bottom
from kexie_docs.inspection.type_rules import face_of, han, shown_face


@dataclass(frozen=True, slots=True)
class _Frame:
    """The imprint in order: its elements with the rules above, between and below them."""

    items: tuple[Part | RuleLine, ...]

    @property
    def parts(self) -> list[Part]:
        return [item for item in self.items if isinstance(item, Part)]

    def rules_at(self, place: str) -> list[RuleLine]:
        """Return the rules ``above`` the first element, ``below`` the last, or ``between`` 抄送 and 印发."""
        where = [index for index, item in enumerate(self.items) if isinstance(item, Part)]
        if place == "above":
            stretch: Sequence[Part | RuleLine] = self.items[: where[0]]
        elif place == "below":
            stretch = self.items[where[-1] + 1 :]
        else:
            stretch = self.items[where[0] : where[-1]]
        return [item for item in stretch if isinstance(item, RuleLine)]


def _frame(subject: Subject) -> _Frame | None:
    """Return the imprint; None where there is none."""
    parts = subject.anatomy.of(Role.CC, Role.PRINT, Role.IMPRINT)
    if not parts:
        return None
    if subject.scene.kind == "pdf":
        page = parts[-1].paragraph.page
        own = [part for part in parts if part.paragraph.page == page and part.paragraph.lines]
        top = min(part.paragraph.lines[0].baseline for part in own) - 20.0
        others = [
            line.baseline
            for part in subject.anatomy.parts
            if part not in own
            for line in part.paragraph.lines
            if line.page == page and line.baseline < own[0].paragraph.lines[0].baseline
        ]
        top = max([top, *others])
        placed: list[tuple[float, Part | RuleLine]] = [
            (part.paragraph.lines[0].baseline, part) for part in own
        ]
        placed += [
            (rule.y, rule)
            for rule in subject.scene.rules
            if rule.page == page and rule.y is not None and rule.y > top
        ]
        return _Frame(tuple(item for _, item in sorted(placed, key=lambda one: one[0])))
    everything = subject.anatomy.parts
    start, end = everything.index(parts[0]), everything.index(parts[-1])
    while start > 0 and everything[start - 1].role is Role.EMPTY and (
        everything[start - 1].paragraph.above or everything[start - 1].paragraph.below
        or everything[start - 1].paragraph.table == parts[0].paragraph.table is not None
    ):  # fmt: skip
        start -= 1
    while end + 1 < len(everything) and everything[end + 1].role is Role.EMPTY:
        end += 1
    items: list[Part | RuleLine] = []
    if start > 0:
        items += everything[start - 1].paragraph.below
    for part in everything[start : end + 1]:
        items += part.paragraph.above
        if part.role is not Role.EMPTY:
            items.append(part)
        items += part.paragraph.below
    return _Frame(tuple(items))


@file_rule("KC741")
def imprint_rules(subject: Subject) -> Iterator[FileHit]:
    """A rule of the imprint is missing, too short, or the last one not on the type area's lower edge.

    Why: rules as wide as the type area stand above the first element, between the elements and below the
    last one;
    the last lies on the lower edge of the type area.
    Wrong: 缺末条分隔线
    Right: 首条、中间、末条分隔线齐全，与版心等宽
    Source: GB/T 9704-2012 7.4.1
    """
    frame = _frame(subject)
    if frame is None or not frame.parts:
        return
    roles = {part.role for part in frame.parts}
    anchor = frame.parts[0].paragraph
    wanted = {"above": message("first rule of the imprint"), "below": message("last rule of the imprint")}
    if {Role.CC, Role.PRINT} <= roles:
        wanted["between"] = message("rule between 抄送 and 印发")
    for place, name in wanted.items():
        rules = frame.rules_at(place)
        if not rules:
            yield FileHit(name, message("none"), message("a rule as wide as the type area"), anchor)
            continue
        rule = rules[-1 if place == "above" else 0]
        if not is_wide(subject, rule):
            yield FileHit(name, f"{rule.width:.1f} mm", f"{number('frame', 'width'):g} mm", anchor)
    last = frame.rules_at("below")
    if last and last[0].y is not None:
        low = type_area_bottom(subject)
        if abs(last[0].y - low) > number("frame", "y_tolerance"):
            yield FileHit(
                message("height of the last rule"),
                message("{length} from the page's upper edge", length=f"{last[0].y:.1f} mm"),
                message("{length} from the page's upper edge", length=f"{low:.1f} mm"),
                anchor,
            )


@file_rule("KC742")
def imprint_thickness(subject: Subject) -> Iterator[FileHit]:
    """A rule of the imprint is thicker or thinner than recommended.

    Why: the first and last rule are 0.35 mm, those between 0.25 mm.
    Wrong: 首末条 0.5 mm
    Right: 首末条 0.35 mm，中间 0.25 mm
    Source: GB/T 9704-2012 7.4.1
    """
    frame = _frame(subject)
    if frame is None or not frame.parts:
        return
    for place, key, name in (
        ("above", "thick", message("first rule of the imprint")),
        ("between", "thin", message("rule between 抄送 and 印发")),
        ("below", "thick", message("last rule of the imprint")),
    ):
        for rule in frame.rules_at(place)[:1]:
            if abs(rule.thickness - number("frame", key)) > number("frame", "thickness_tolerance"):
                yield FileHit(
                    name, f"{rule.thickness:.2f} mm", f"{number('frame', key):g} mm", frame.parts[0].paragraph
                )


@file_rule("KC743")
def imprint_page(subject: Subject) -> Iterator[FileHit]:
    """The imprint is not the last thing in the document.

    Why: 版记 stands on the last page, at its foot, after all attachments.
    Wrong: 版记之后还有附件
    Right: 版记在最后一页的最下方
    Source: GB/T 9704-2012 7.4, 7.3.7
    """
    parts = subject.anatomy.of(Role.CC, Role.PRINT, Role.IMPRINT)
    if not parts:
        return
    everything = subject.anatomy.parts
    after = [
        part
        for part in everything[everything.index(parts[-1]) + 1 :]
        if part.role is not Role.EMPTY and not part.paragraph.floating
    ]
    text = (Role.BODY, Role.HEADING, Role.LABEL, Role.DATE)
    if after and (not parts[0].paragraph.floating or any(part.role in text for part in after)):
        yield FileHit(
            message("place of the imprint"),
            message("before other text"),
            message("on the last page"),
            parts[0].paragraph,
        )


@file_rule("KC744")
def copy_recipients(subject: Subject) -> Iterator[FileHit]:
    """The list of copies does not end in a full stop, or does not begin one character in.

    Why: 抄送机关 stand one character in on either side; the last one is followed by a full stop.
    Wrong: 抄送：市委办公室
    Right: 抄送：市委办公室。
    Source: GB/T 9704-2012 7.4.2
    """
    parts = subject.anatomy.of(Role.CC, Role.PRINT, Role.IMPRINT)
    for index, part in enumerate(parts):
        if part.role is not Role.CC:
            continue
        one = part.paragraph
        follows = parts[index + 1] if index + 1 < len(parts) else None
        wrapped = follows is not None and follows.role is Role.IMPRINT
        if not wrapped and not one.text.endswith("。"):
            yield FileHit(message("end of the list of copies"), one.text[-1:], "。", one)
        yield from _imprint_indent(subject, one)


def _imprint_indent(subject: Subject, one: Paragraph) -> Iterator[FileHit]:
    asked = number("indents", "imprint")
    first = one.first
    if one.lines:
        # Counted from the rules, which a floating imprint takes along where the margins are wrong.
        edges = [rule.left for rule in subject.scene.rules if rule.page == one.page and rule.left is not None]
        if edges:
            first = min((one.lines[0].left - edge) / (one.size * 25.4 / 72) for edge in edges)
    typed = len(one.spans[0].text) - len(one.spans[0].text.lstrip("\u3000"))
    if abs(first + typed - asked) > number("indents", "tolerance") and one.align is not Align.CENTER:
        yield FileHit(
            message("indent in the imprint"),
            message("{count} characters", count=f"{first:.1f}"),
            message("one character"),
            one,
            level=Level.MUST if one.lines else Level.NORMAL,
        )


_ENDS_IN_DATE = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日$")


@file_rule("KC745")
def printing_line(subject: Subject) -> Iterator[FileHit]:
    """The printing line does not end in a date and 印发.

    Why: the printing office stands on the left, the date and 印发 on the right.
    Wrong: 2025年12月31日 印制
    Right: 张掖市科学技术协会办公室　　2025年12月31日印发
    Source: GB/T 9704-2012 7.4.3
    """
    for part in subject.anatomy.of(Role.IMPRINT):
        if _ENDS_IN_DATE.search(part.text.replace(" ", "")):
            asked = message("a date such as 2025年1月5日印发")
            yield FileHit(message("printing date"), part.text[-14:], asked, part.paragraph)
    for part in subject.anatomy.of(Role.PRINT):
        text = part.text.replace(" ", "")
        if not forms.PRINT_FORM.search(text):
            yield FileHit(
                message("printing date"),
                text[-14:],
                message("a date such as 2025年1月5日印发"),
                part.paragraph,
            )
        if not text.startswith(tuple("0123456789")):
            yield from _imprint_indent(subject, part.paragraph)


@file_rule("KC746")
def imprint_type(subject: Subject) -> Iterator[FileHit]:
    """The imprint is not set in 仿宋 of size 4.

    Why: 版记 is set one size below the text.
    Wrong: 版记用三号字
    Right: 版记用四号仿宋
    Source: GB/T 9704-2012 7.4.2, 7.4.3
    """
    asked, tolerance = number("sizes", "imprint"), number("sizes", "tolerance")
    for part in subject.anatomy.of(Role.CC, Role.PRINT, Role.IMPRINT):
        one = part.paragraph
        found = face_of(one.spans)
        if han(one.text) and not is_face(found, "fangsong"):
            yield FileHit(
                message("typeface of the imprint"), shown_face(found), typeface_name("fangsong"), one
            )
        if abs(one.size - asked) > tolerance:
            yield FileHit(
                message("size of the imprint"), f"{one.size:g} pt", message("size 4 (四号), 14 pt"), one
            )
