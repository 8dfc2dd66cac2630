"""Rules of type (KC6xx): typefaces, sizes, colour, indents, the numbers of headings."""

import re
from collections.abc import Iterator

from kexie_docs.errors import Message, message
from kexie_docs.inspection import forms
from kexie_docs.inspection.facts import is_face, number, typeface_name
from kexie_docs.inspection.parts import Part, Role, stands_alone
from kexie_docs.inspection.rule import FileHit, Subject, file_rule
from kexie_docs.inspection.scene import Align, Paragraph, Span, is_black
from kexie_docs.text.numerals import from_hans, heading_number

_HAN = re.compile(f"[{forms.HAN}]")
_TEXT = (
    Role.BODY, Role.HEADING, Role.ADDRESSEE, Role.NOTE, Role.ATTENDEES, Role.SIGNATURE, Role.DATE,
    Role.REMARK, Role.DOC_NUMBER,
    Role.COPY_NUMBER, Role.SECRECY, Role.URGENCY, Role.LABEL,
)  # fmt: skip
"""What is set in size 3."""
_FANGSONG = (
    Role.BODY, Role.ADDRESSEE, Role.NOTE, Role.SIGNATURE, Role.DATE, Role.REMARK, Role.DOC_NUMBER,
)  # fmt: skip
_LEAD = 40
"""Longest phrase in characters that may open a paragraph, or stand in it, in 黑体 or 楷体."""
_LEAST = 2
"""Fewest Han characters in another typeface that count: one alone may be missing from the typeface."""


def han(text: str) -> int:
    """Return how many Han characters a text has."""
    return len(_HAN.findall(text))


def face_of(spans: tuple[Span, ...]) -> str:
    """Return the typeface of most Han characters; "" where none is named or there are none."""
    counts: dict[str, int] = {}
    for one in spans:
        counts[one.han_font] = counts.get(one.han_font, 0) + han(one.text)
    return max(counts, key=lambda name: counts[name], default="")


def shown_face(name: str) -> Message | str:
    """Return a typeface's name for people."""
    return name or message("no typeface named")


def _strangers(one: Paragraph, roles: tuple[str, ...]) -> Iterator[str]:
    """Yield the typefaces of Han characters that serve none of these roles."""
    counts: dict[str, int] = {}
    for each in one.spans:
        if not any(is_face(each.han_font, role) for role in roles):
            counts[each.han_font] = counts.get(each.han_font, 0) + han(each.text)
    yield from (name for name, count in counts.items() if count >= min(_LEAST, max(1, han(one.text))))


@file_rule("KC601")
def typeface(subject: Subject) -> Iterator[FileHit]:
    """Text is not set in 仿宋.

    Why: 仿宋 of size 3 is the type of official documents wherever nothing else is asked for.
    Wrong: 正文用宋体、微软雅黑
    Right: 正文用仿宋（仿宋_GB2312）
    Source: GB/T 9704-2012 5.2.2
    """
    for part in subject.anatomy.of(*_FANGSONG):
        one = part.paragraph
        if one.cell or not han(one.text):
            continue
        # Phrases that open or stress a passage may be set in 黑体 or 楷体; whole paragraphs not.
        lead = sum(
            han(each.text)
            for each in one.spans
            if is_face(each.han_font, "heiti") or is_face(each.han_font, "kaiti")
        )
        whole = (
            part.role is not Role.DOC_NUMBER
            and lead * 2 > han(one.text)
            and (lead > _LEAD or part.role is not Role.BODY)
        )
        if part.role is Role.BODY and lead == han(one.text):
            whole = True
        names = [face_of(one.spans)] if whole else list(_strangers(one, ("fangsong", "heiti", "kaiti")))
        for name in names:
            yield FileHit(message("typeface of the text"), shown_face(name), typeface_name("fangsong"), one)


@file_rule("KC602")
def size(subject: Subject) -> Iterator[FileHit]:
    """Text is not set in size 3 (三号, 16 points).

    Why: size 3 is the size of official documents wherever nothing else is asked for, and the grid counts
    on it.
    Wrong: 正文用四号字
    Right: 正文用三号字
    Source: GB/T 9704-2012 5.2.2
    """
    asked, tolerance = number("sizes", "body"), number("sizes", "tolerance")
    for part in subject.anatomy.of(*_TEXT):
        if part.paragraph.cell and part.role is Role.HEADING:
            continue
        sizes = dict.fromkeys(one.size for one in part.paragraph.spans if one.text.strip())
        for found in sizes:
            if abs(found - asked) > tolerance:
                yield FileHit(
                    message("size of the text"),
                    f"{found:g} pt",
                    message("size 3 (三号), 16 pt"),
                    part.paragraph,
                )


@file_rule("KC603")
def color(subject: Subject) -> Iterator[FileHit]:
    """Text is not black.

    Why: all text is black; only the mark and the rule of the letterhead and seals are red.
    Wrong: 正文用蓝色字
    Right: 正文用黑色字
    Source: GB/T 9704-2012 5.2.4
    """
    for part in subject.anatomy.parts:
        if part.role in (Role.EMPTY, Role.MARK, Role.LETTERHEAD, Role.CELL, Role.CAPTION):
            continue
        for found in dict.fromkeys(one.color for one in part.paragraph.spans if one.text.strip()):
            if not is_black(found):
                yield FileHit(message("colour of the text"), f"#{found}", message("black"), part.paragraph)


@file_rule("KC604")
def indent(subject: Subject) -> Iterator[FileHit]:
    """A paragraph does not begin two characters in, or its further lines not flush left.

    Why: that is how paragraphs of official documents begin.
    Wrong: 段首顶格
    Right: 每个自然段左空二字，回行顶格
    Source: GB/T 9704-2012 7.3.3
    """
    tolerance = number("indents", "tolerance")
    for part in subject.anatomy.of(Role.BODY, Role.HEADING):
        one = part.paragraph
        if one.cell or one.floating or one.picture:
            continue
        if one.align in (Align.CENTER, Align.END):
            if subject.scene.kind == "docx" and part.role is Role.BODY and han(one.text) >= _LEAD:
                stands = message("centred") if one.align is Align.CENTER else message("right")
                yield FileHit(message("place of a paragraph"), stands, message("flush left"), one)
            continue
        if part.attachment and han(one.text) < 28 and part.level == 0:
            continue  # attachments hold forms and lists of their own
        if part.level == 0 and part.role is Role.HEADING:
            continue
        if one.text.endswith(("：", ":")) and len(one.text) < 28 and abs(one.first) < tolerance:
            continue  # 各位代表：
        typed = len(one.spans[0].text) - len(one.spans[0].text.lstrip(" \u3000")) if one.spans else 0
        begins = one.first + sum(1.0 if char == "\u3000" else 0.5 for char in one.spans[0].text[:typed])
        asked = number("indents", "body")
        if abs(begins - asked) > tolerance:
            yield FileHit(
                message("indent of the first line"),
                message("{count} characters", count=f"{begins:.1f}"),
                message("{count} characters", count=f"{asked:g}"),
                one,
            )
        elif one.rest is not None and abs(one.rest) > tolerance and part.role is Role.BODY:
            yield FileHit(
                message("indent of further lines"),
                message("{count} characters", count=f"{one.rest:.1f}"),
                message("none"),
                one,
            )


_FACES = {1: "heiti", 2: "kaiti", 3: "fangsong", 4: "fangsong"}


def heading_spans(part: Part) -> tuple[Span, ...]:
    """Return what of a paragraph is its heading: all of it, or up to the first full stop."""
    spans = part.paragraph.spans
    if stands_alone(part):
        return spans
    kept: list[Span] = []
    for one in spans:
        end = one.text.find("。")
        if end >= 0:
            kept.append(Span(one.text[:end], one.han_font, one.latin_font, one.size, one.bold, one.color))
            break
        kept.append(one)
    # A phrase in a typeface of its own ends where the typeface does.
    return tuple(kept[:1]) if kept and han(kept[0].text) >= _LEAST else tuple(kept)


@file_rule("KC605")
def heading_typeface(subject: Subject) -> Iterator[FileHit]:
    """A heading is not set in the typeface of its level.

    Why: 黑体, 楷体, 仿宋, 仿宋 tell the four levels apart.
    Wrong: “一、”用仿宋，“（一）”用黑体
    Right: “一、”用黑体，“（一）”用楷体，“1.”和“（1）”用仿宋
    Source: GB/T 9704-2012 7.3.3
    """
    skipping, wrong = _skipping(subject), _out_of_order(subject)
    for part in subject.anatomy.of(Role.HEADING):
        if part.level == 0 or part.paragraph.cell:
            continue
        spans = heading_spans(part)
        role = _FACES[part.level]
        found = face_of(spans)
        if not han("".join(one.text for one in spans)) or is_face(found, role):
            continue
        meant = skipping.get(part.paragraph.number) or wrong.get(part.paragraph.number, (part, 0, 0))[1]
        if meant and is_face(found, _FACES[meant]):
            continue  # set as what it should have been numbered
        yield FileHit(
            message("typeface of level-{level} headings", level=part.level),
            shown_face(found),
            typeface_name(role),
            part.paragraph,
        )


def _value(part: Part) -> int | None:
    match = forms.LEVELS[part.level - 1].match(part.text)
    if match is None:
        return None
    try:
        return int(match[1]) if match[1].isdigit() else from_hans(match[1])
    except ValueError:
        return None


def _numbered(subject: Subject) -> dict[int, list[Part]]:
    """Return the numbered headings of the document and of each attachment."""
    found: dict[int, list[Part]] = {}
    for part in subject.anatomy.of(Role.HEADING):
        if part.level and not part.paragraph.cell:
            found.setdefault(part.attachment, []).append(part)
    return found


def _skipping(subject: Subject) -> dict[int, int]:
    """Return the paragraphs of headings before which a level is left out, with the level they should have."""
    found: dict[int, int] = {}
    for parts in _numbered(subject).values():
        above = 0
        for part in parts:
            if above and part.level > above + 1:
                found[part.paragraph.number] = above + 1
            above = part.level
    return found


def _out_of_order(subject: Subject) -> dict[int, tuple[Part, int, int]]:
    """Return the headings whose number is wrong, by paragraph: with the level and number they should have."""
    wrong: dict[int, tuple[Part, int, int]] = {}
    skipping = _skipping(subject)
    for parts in _numbered(subject).values():
        actual: dict[int, int] = {}
        meant: dict[int, int] = {}
        running = 0  # level 3 may count on through the whole document
        for part in parts:
            value = _value(part)
            if value is None:
                continue
            # A heading of a level too low counts as what it should have been.
            level = skipping.get(part.paragraph.number, part.level)
            expected = meant.get(level, 0) + 1
            good = {expected, actual.get(level, 0) + 1}
            if part.level == 3:
                good.add(running + 1)
            upper = next((one for one in range(1, level) if one in meant and value == meant[one] + 1), None)
            first = parts[0]
            if value in good:
                meant[level] = value
            elif value > 1 and upper is not None:
                # It goes on with a level above its own: only its form is wrong.
                wrong[part.paragraph.number] = (part, upper, value)
                level = upper
                meant[level] = value
            elif value == 2 and level not in actual and first.level > level and _value(first) == 1:
                # What came first should have been of this level.
                wrong[first.paragraph.number] = (first, level, 1)
                meant[level] = value
            elif part.level == 3 and _begun_by_figures(subject, part, range(expected, value)):
                meant[level] = value
            else:
                wrong[part.paragraph.number] = (part, level, expected)
                meant[level] = expected
            actual[level] = value
            if part.level == 3:
                running = value
            for deeper in range(level + 1, 5):
                actual.pop(deeper, None)
                meant.pop(deeper, None)
    return wrong


def _begun_by_figures(subject: Subject, part: Part, numbers: range) -> bool:
    """Return whether these numbers open earlier paragraphs whose text begins with a figure (20.2026年……)."""
    opened = {
        match[1]
        for one in subject.anatomy.parts
        if one.paragraph.number < part.paragraph.number
        and (match := re.match(r"(\d{1,2})[.．]\d", one.text)) is not None
    }
    return bool(numbers) and all(str(one) in opened for one in numbers)


@file_rule("KC606")
def heading_order(subject: Subject) -> Iterator[FileHit]:
    """The numbers of headings do not follow each other.

    Why: readers and later documents refer to these numbers.
    Wrong: 一、……三、……
    Right: 一、……二、……
    Source: GB/T 9704-2012 7.3.3
    """
    for part, level, number_asked in _out_of_order(subject).values():
        yield FileHit(
            message("number of a heading"),
            heading_number(part.level, _value(part) or 0),
            heading_number(level, number_asked),
            part.paragraph,
        )


@file_rule("KC607")
def heading_level(subject: Subject) -> Iterator[FileHit]:
    """A level of headings is left out.

    Why: 一、 （一） 1. （1） are used in turn.
    Wrong: 一、……1.……
    Right: 一、……（一）……1.……
    Source: GB/T 9704-2012 7.3.3
    """
    for parts in _numbered(subject).values():
        above = 0
        for part in parts:
            if above and part.level > above + 1:
                yield FileHit(
                    message("levels of headings"),
                    message(
                        "{upper} is followed by {lower}",
                        upper=heading_number(above, 1),
                        lower=heading_number(part.level, 1),
                    ),
                    message("{upper} is followed by {lower}", upper=heading_number(above, 1),
                            lower=heading_number(above + 1, 1)),
                    part.paragraph,
                )  # fmt: skip
            above = part.level
