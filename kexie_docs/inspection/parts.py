"""Which element of an official document each paragraph is, told from content and form, not style names."""

import re
from collections.abc import Iterable, Sequence
from enum import Enum, auto

from kexie_docs.frozen import dataclass
from kexie_docs.inspection import forms
from kexie_docs.inspection.facts import is_face
from kexie_docs.inspection.scene import Align, Paragraph, RuleLine, Scene, is_red

_MARK_SIZE = 26.0
"""Smallest type size of a mark that is not red, in points; a title has 22."""
_TITLE_SIZE = 18.0
_LETTERHEAD = 14
"""How many paragraphs from the beginning a letterhead may take."""
_HEADING = 60
"""Longest heading in characters that stands alone."""
_SIGNATURES = 6
_NAME = 40
"""Longest signing authority in characters."""
_ASIDE = 5.0
"""Indent in characters from which a short line stands on the right."""


class Role(Enum):
    """The elements of GB/T 9704 that are told apart."""

    COPY_NUMBER = auto()
    SECRECY = auto()
    URGENCY = auto()
    MARK = auto()
    DOC_NUMBER = auto()
    LETTERHEAD = auto()  # what else stands above the red rule
    TITLE = auto()
    SUBTITLE = auto()
    ADDRESSEE = auto()
    HEADING = auto()
    BODY = auto()
    NOTE = auto()
    ATTENDEES = auto()  # of minutes
    SIGNATURE = auto()
    DATE = auto()
    REMARK = auto()
    LABEL = auto()
    ATTACHMENT_TITLE = auto()
    CC = auto()
    PRINT = auto()
    IMPRINT = auto()  # what else stands in the imprint
    CELL = auto()
    CAPTION = auto()
    LINE = auto()  # telephone numbers and the like after the date
    EMPTY = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """A paragraph with what it is.

    Attributes:
        role: what it is.
        paragraph: the paragraph.
        level: of a heading, 1 to 4; 0 for one without a number, and for what is no heading.
        attachment: number of the attachment it stands in, from 1; 0 in the document itself.
    """

    role: Role
    paragraph: Paragraph
    level: int = 0
    attachment: int = 0

    @property
    def text(self) -> str:
        """Its text in one line."""
        return self.paragraph.text.replace("\n", "")


@dataclass(frozen=True, slots=True)
class Anatomy:
    """A file taken apart.

    Attributes:
        parts: every paragraph in order.
        red_rules: the red rules of the letterhead.
    """

    parts: tuple[Part, ...]
    red_rules: tuple[RuleLine, ...]

    @property
    def minutes(self) -> bool:
        """Whether the letterhead is that of minutes: its mark ends in 纪要 (10.3)."""
        return any(forms.MINUTES.search(part.text) for part in self.of(Role.MARK))

    def of(self, *roles: Role) -> list[Part]:
        """Return the parts of these roles in order."""
        return [part for part in self.parts if part.role in roles]


def dissect(scene: Scene) -> Anatomy:
    """Tell what each paragraph of a file is."""
    paragraphs = scene.paragraphs
    filled = [index for index, one in enumerate(paragraphs) if one.text]
    roles: dict[int, Part] = {
        index: Part(Role.EMPTY, one) for index, one in enumerate(paragraphs) if not one.text
    }

    def put(index: int, role: Role, level: int = 0, attachment: int = 0) -> None:
        roles[index] = Part(role, paragraphs[index], level, attachment)

    for index in _imprint(paragraphs, filled):
        text = paragraphs[index].text
        put(
            index,
            Role.PRINT if forms.PRINT.search(text) else Role.CC if forms.CC.match(text) else Role.IMPRINT,
        )
    red_rules = _red_rules(scene)
    rest = [index for index in filled if index not in roles]
    for index, role in _letterhead(scene, rest, red_rules).items():
        put(index, role)
    rest = [index for index in rest if index not in roles]
    labels = _labels(paragraphs, rest)
    main = [index for index in rest if not labels or index < labels[0]]
    for index, role in _opening(paragraphs, main).items():
        put(index, role)
    main = [index for index in main if index not in roles]
    if _are_minutes(roles.values()):
        for index in main:
            if forms.ATTENDEES.match(paragraphs[index].text) and not paragraphs[index].cell:
                put(index, Role.ATTENDEES)
        main = [index for index in main if index not in roles]
    for index, role in _closing(paragraphs, main).items():
        put(index, role)
    for index in main:
        if index not in roles:
            roles[index] = _running(paragraphs[index], 0)
    for number, start in enumerate(labels, 1):
        end = labels[number] if number < len(labels) else len(paragraphs)
        own = [index for index in rest if start < index < end and index not in roles]
        put(start, Role.LABEL, attachment=number)
        titles = _title_run(paragraphs, own[:4])
        for index in titles:
            put(index, Role.ATTACHMENT_TITLE, attachment=number)
        for index in own:
            if index not in roles:
                roles[index] = _running(paragraphs[index], number)
    return Anatomy(tuple(roles[index] for index in range(len(paragraphs))), red_rules)


def _are_minutes(parts: Iterable[Part]) -> bool:
    """Return whether a document is in the format of minutes: its mark, or else its title, says 纪要."""
    told = list(parts)
    for role in (Role.MARK, Role.TITLE):
        named = [part.text for part in told if part.role is role]
        if named:
            return any(forms.MINUTES.search(text) for text in named)
    return False


def _red_rules(scene: Scene) -> tuple[RuleLine, ...]:
    if scene.kind == "pdf":
        return tuple(rule for rule in scene.rules if rule.page == 1 and is_red(rule.color))
    early = [one for one in scene.paragraphs if one.text][:_LETTERHEAD]
    last = early[-1].number if early else 0
    return tuple(
        rule
        for one in scene.paragraphs
        if one.number <= last
        for rule in (*one.above, *one.below)
        if is_red(rule.color)
    )


def _imprint(paragraphs: Sequence[Paragraph], filled: Sequence[int]) -> list[int]:
    """Return the imprint's paragraphs: its elements, and what stands between them or in their table."""
    first_half = len(filled) // 2 if len(filled) > 6 else 1
    hits = [
        index
        for at, index in enumerate(filled)
        if len(paragraphs[index].text) < 400
        and (
            (
                forms.PRINT.search(paragraphs[index].text)
                and (len(paragraphs[index].text) < 80)
                and not forms.SENTENCE_END.search(paragraphs[index].text)
            )
            or forms.CC_ONLY.match(paragraphs[index].text)
            or (at >= first_half and forms.CC.match(paragraphs[index].text) and at >= len(filled) - 6)
        )
    ]
    if not hits:
        return []
    # A printing line that lacks its date or 印发 is known by its place and size.
    for index in filled[filled.index(hits[-1]) + 1 :]:
        one, last = paragraphs[index], paragraphs[hits[-1]]
        if (
            one.cell != last.cell
            or one.page != last.page
            or abs(one.size - last.size) > 0.3
            or last.size > 15
        ):
            break
        hits.append(index)
    tables = {paragraphs[index].table for index in hits} - {None}
    inside = [index for index in filled if hits[0] <= index <= hits[-1] or paragraphs[index].table in tables]
    return inside if len(inside) <= 20 else hits


def _letterhead(scene: Scene, rest: Sequence[int], red_rules: Sequence[RuleLine]) -> dict[int, Role]:
    """Return the elements above the red rule; nothing where there is no letterhead."""
    paragraphs = scene.paragraphs
    early = list(rest[:_LETTERHEAD])
    number = next((index for index in early if forms.DOC_NUMBER.match(paragraphs[index].text)), None)
    marks = [
        index
        for at, index in enumerate(early)
        if paragraphs[index].size >= _MARK_SIZE
        and (
            paragraphs[index].red
            or ((number is not None or red_rules) and (number is None or index < number))
            or (forms.MINUTES.search(paragraphs[index].text) and _is_titled(paragraphs, early[at + 1 :]))
        )
    ]
    if number is None and not marks:
        return {}
    end = max([*marks, *([number] if number is not None else [])])
    rule = _rule_after(scene, early, red_rules)
    if rule is not None and rule >= end:
        end = rule
    roles: dict[int, Role] = {}
    for index in early:
        if index > end:
            break
        text = paragraphs[index].text
        roles[index] = (
            Role.MARK if index in marks
            else Role.DOC_NUMBER if index == number
            else Role.COPY_NUMBER if forms.COPY_NUMBER.match(text)
            else Role.SECRECY if forms.SECRECY.match(text)
            else Role.URGENCY if forms.URGENCY.match(text)
            else Role.LETTERHEAD
        )  # fmt: skip
    return roles


def _is_titled(paragraphs: Sequence[Paragraph], after: Sequence[int]) -> bool:
    """Return whether a title follows, so that what stands before it is a mark."""
    return any(
        paragraphs[index].size >= _TITLE_SIZE and paragraphs[index].align is Align.CENTER for index in after
    )


def _rule_after(scene: Scene, early: Sequence[int], red_rules: Sequence[RuleLine]) -> int | None:
    """Return the last paragraph above the red rule."""
    if not red_rules or not early:
        return None
    paragraphs = scene.paragraphs
    if scene.kind == "pdf":
        height = max(rule.y or 0.0 for rule in red_rules)
        above = [
            index
            for index in early
            if paragraphs[index].page == 1
            and paragraphs[index].lines
            and paragraphs[index].lines[0].baseline < height
        ]
        return above[-1] if above else None
    place = max(
        index
        for index, one in enumerate(paragraphs[: early[-1] + 1])
        if any(rule in red_rules for rule in (*one.above, *one.below))
    )
    one = paragraphs[place]
    before = any(rule in red_rules for rule in one.above)
    above = [index for index in early if index < place or (index == place and not before)]
    return above[-1] if above else None


def _labels(paragraphs: Sequence[Paragraph], rest: Sequence[int]) -> list[int]:
    """Return where attachments begin: at a label that stands alone, not in a table."""
    found = [
        index for index in rest if forms.LABEL.match(paragraphs[index].text) and not paragraphs[index].cell
    ]
    return [index for index in found if index != rest[0]]


def _title_run(paragraphs: Sequence[Paragraph], own: Sequence[int]) -> list[int]:
    """Return the paragraphs of a title that stands first among these: large, or centred."""
    run: list[int] = []
    for index in own:
        one = paragraphs[index]
        if one.cell or forms.CAPTION.match(one.text) or any(level.match(one.text) for level in forms.LEVELS):
            break
        stands_out = one.align is Align.CENTER or one.size >= _TITLE_SIZE
        if not stands_out or (run and abs(one.size - paragraphs[run[0]].size) > 0.5):
            break
        run.append(index)
    return run


def _opening(paragraphs: Sequence[Paragraph], main: Sequence[int]) -> dict[int, Role]:
    """Return title, subtitle and addressee."""
    roles: dict[int, Role] = {}
    at = 0
    run = _title_run(paragraphs, main[:5])
    if not run and main:
        # A title that was neither centred nor set large is known by its place and form.
        one = paragraphs[main[0]]
        if (
            len(one.text) <= _HEADING
            and not one.cell
            and not forms.ADDRESSEE.match(one.text)
            and not forms.SENTENCE_END.search(one.text)
            and not any(level.match(one.text) for level in forms.LEVELS)
        ):
            run = [main[0]]
    for index in run:
        roles[index] = Role.TITLE
    at = len(run)
    while run and at < len(main) and at < len(run) + 3 and paragraphs[main[at]].align is Align.CENTER:
        if paragraphs[main[at]].cell or any(level.match(paragraphs[main[at]].text) for level in forms.LEVELS):
            break
        roles[main[at]] = Role.SUBTITLE
        at += 1
    if run and at < len(main) and _addresses(paragraphs[main[at]]):
        roles[main[at]] = Role.ADDRESSEE
    return roles


def _addresses(one: Paragraph) -> bool:
    if one.cell or any(level.match(one.text) for level in forms.LEVELS):
        return False
    if forms.ADDRESSEE.match(one.text) and not forms.SPEECH.search(one.text):
        return True
    return (
        one.first < 1.0
        and one.align in (Align.START, Align.BOTH)
        and len(one.text) <= _HEADING
        and forms.ORGAN.search(one.text.rstrip("：:，。；、")) is not None
    )


def _closing(paragraphs: Sequence[Paragraph], main: Sequence[int]) -> dict[int, Role]:
    """Return signature, date, remark, lines after the date, and the attachment note."""
    roles: dict[int, Role] = {}
    dates = [
        index for index in main if forms.DATE.match(paragraphs[index].text) and not paragraphs[index].cell
    ]
    end = len(main)
    if dates and main.index(dates[-1]) >= len(main) // 2:
        date = dates[-1]
        roles[date] = Role.DATE
        place = main.index(date)
        for index in main[place + 1 :]:
            one = paragraphs[index]
            if one.cell:
                continue
            roles[index] = Role.REMARK if forms.REMARK.match(one.text) else Role.LINE
        end = place
        for index in reversed(main[max(0, place - _SIGNATURES) : place]):
            one = paragraphs[index]
            aside = one.align in (Align.END, Align.CENTER) or one.first >= _ASIDE
            row = _is_row_of_names(one.text)
            plain = row or (not forms.SENTENCE_END.search(one.text) and len(one.text) <= _NAME)
            aside = aside or row
            numbered = any(level.match(one.text) for level in forms.LEVELS)
            near = index == main[place - 1]
            if one.cell or numbered or forms.NOTE.match(one.text) or not plain or not (aside or near):
                break
            roles[index] = Role.SIGNATURE
            end = main.index(index)
    else:
        end = _undated(paragraphs, main, roles)
    start = next(
        (at for at in range(max(0, end - 25), end) if forms.NOTE.match(paragraphs[main[at]].text)), None
    )
    if start is not None and not paragraphs[main[start]].cell:
        for at in range(start, end):
            one = paragraphs[main[at]]
            if (
                at == start
                or forms.NOTE_NEXT.match(one.text)
                or forms.NOTE.match(one.text)
                or (3.0 <= one.first < 2 * _ASIDE and len(one.text) <= _HEADING)
            ):
                roles[main[at]] = Role.NOTE
            else:
                break
    return roles


def _is_row_of_names(text: str) -> bool:
    """Return whether a line holds several authorities of a joint document beside each other."""
    names = forms.names_in_row(text)
    return len(names) > 1 and all(
        2 <= len(name) <= _NAME and not re.search("[，。；：！？、]", name) for name in names
    )


def _undated(paragraphs: Sequence[Paragraph], main: Sequence[int], roles: dict[int, Role]) -> int:
    """Find a signature that no date follows, with the remark below it; return how many come before."""
    end = len(main)
    while end and len(main) - end < 3 and forms.REMARK.match(paragraphs[main[end - 1]].text):
        end -= 1
    one = paragraphs[main[end - 1]] if end > 2 else None
    if one is None or one.cell or len(one.text) > _NAME or forms.SENTENCE_END.search(one.text):
        return len(main)
    if not (one.align is Align.END or one.first >= 2 * _ASIDE):
        return len(main)
    roles[main[end - 1]] = Role.SIGNATURE
    roles.update((index, Role.REMARK) for index in main[end:])
    return end - 1


def _running(one: Paragraph, attachment: int) -> Part:
    """Return what a paragraph of running text is."""
    if one.cell:
        return Part(Role.CELL, one, attachment=attachment)
    text = one.text
    if forms.CAPTION.match(text) and len(text) <= _HEADING:
        return Part(Role.CAPTION, one, attachment=attachment)
    for level, pattern in enumerate(forms.LEVELS, 1):
        if pattern.match(text):
            return Part(Role.HEADING, one, level, attachment)
    short = (
        len(text) <= _HEADING and not forms.SENTENCE_END.search(text) and not text.endswith(("：", ":", "，"))
    )
    if short and (one.outline is not None or one.align is Align.CENTER or _is_set_off(one)):
        return Part(Role.HEADING, one, 0, attachment)
    return Part(Role.BODY, one, attachment=attachment)


def _is_set_off(one: Paragraph) -> bool:
    return all(is_face(span.han_font, "heiti") or is_face(span.han_font, "kaiti") for span in one.spans)


def stands_alone(part: Part) -> bool:
    """Return whether a heading has its paragraph to itself, rather than running into the text."""
    text = part.paragraph.text
    return len(text) <= _HEADING and not forms.SENTENCE_END.search(text)
