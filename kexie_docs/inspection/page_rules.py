"""Rules of the page (KC5xx): paper, margins, lines, characters, line pitch."""

import math
from collections.abc import Iterator

from kexie_docs.errors import Message, message
from kexie_docs.inspection.adjusted import adjusted
from kexie_docs.inspection.facts import number
from kexie_docs.inspection.parts import Role
from kexie_docs.inspection.rule import FileHit, Subject, file_rule
from kexie_docs.inspection.scene import PageSetup, Paragraph

_MM_PER_PT = 25.4 / 72


def in_mm(value: float) -> str:
    """Return a length in mm for people."""
    return f"{value:.1f} mm"


def in_pt(value: float) -> str:
    """Return a length in points for people."""
    return f"{value:g} pt" if value == round(value, 2) else f"{value:.2f} pt"


def upright(subject: Subject) -> Iterator[PageSetup]:
    """Yield the page set-ups of a file but for those of pages that lie on their side."""
    yield from dict.fromkeys(setup for setup in subject.scene.setups if not setup.landscape)


@file_rule("KC501")
def paper(subject: Subject) -> Iterator[FileHit]:
    """The page is not A4.

    Why: official documents are printed on A4, 210 by 297 mm, all alike.
    Wrong: 216 × 279 mm
    Right: 210 × 297 mm
    Source: GB/T 9704-2012 5.1
    """
    width, height, tolerance = number("page", "width"), number("page", "height"), number("page", "tolerance")
    if subject.scene.setups and not any(True for _ in upright(subject)):
        yield FileHit(message("page"), message("lying"), message("upright"))
    for setup in dict.fromkeys(subject.scene.setups):
        short, long = sorted((setup.width, setup.height))
        if abs(short - width) > tolerance or abs(long - height) > tolerance:
            yield FileHit(
                message("page size"),
                f"{setup.width:.1f} × {setup.height:.1f} mm",
                f"A4, {width:g} × {height:g} mm",
            )


def _margins(subject: Subject, setup: PageSetup) -> Iterator[tuple[Message, float, float, float]]:
    """Yield margins that can be measured: name, value, what is asked, tolerance."""
    tolerance = number("page", "margin_tolerance")
    top, bottom = setup.top, setup.bottom
    if subject.scene.kind == "pdf":
        # A PDF shows where text stands, not the line boxes round it, which reach half a leading further.
        half = _half_leading(subject, setup)
        top_tolerance = number("page", "pdf_top_tolerance")
        if top is not None:
            yield message("top margin"), top - half, subject.reading.top, top_tolerance
        if bottom is not None:
            pitch = (setup.pitch or subject.reading.pitch) * _MM_PER_PT
            lower = bottom - half
            # A page may end a line or two early; text that goes too low is what shows a wrong margin.
            early = lower > subject.reading.bottom + 1.6 * pitch
            if lower < subject.reading.bottom - top_tolerance or early:
                yield message("bottom margin"), lower, subject.reading.bottom, top_tolerance
    else:
        if top is not None:
            yield message("top margin"), top, subject.reading.top, tolerance
        if bottom is not None:
            yield message("bottom margin"), bottom, subject.reading.bottom, tolerance
    if setup.left is not None:
        yield message("left margin"), setup.left, number("page", "left"), tolerance
    if setup.right is not None:
        yield message("right margin"), setup.right, number("page", "right"), tolerance


def bottom_margin(subject: Subject, setup: PageSetup) -> float:
    """Return the bottom margin of a file in mm; that of its reading where it cannot be told."""
    found = [value for name, value, _, _ in _margins(subject, setup) if name == message("bottom margin")]
    return found[0] if found else subject.reading.bottom


def _half_leading(subject: Subject, setup: PageSetup) -> float:
    pitch = setup.pitch or subject.reading.pitch
    return max(0.0, (pitch - number("sizes", "body")) / 2 * _MM_PER_PT)


@file_rule("KC502")
def margins(subject: Subject) -> Iterator[FileHit]:
    """A margin is not what the type area asks for: the file fits neither reading of the standard.

    Why: the type area of 156 by 225 mm lies 37 mm below the upper and 28 mm from the left edge. By the box
    reading
    that is Word's page set-up; by the ink reading (GB/T 33476.2) the set-up is 34.58 and 32.58 mm, and the
    ink of 22
    lines fills the 225 mm.
    Wrong: 上 25.4 mm，左 31.8 mm
    Right: 上 37 mm，下 35 mm，左 28 mm，右 26 mm
    Source: GB/T 9704-2012 5.2.1; GB/T 33476.2-2016
    """
    for setup in upright(subject):
        if subject.scene.kind == "docx" and setup.top is None:
            top, bottom = subject.reading.top, subject.reading.bottom
            yield FileHit(message("margins"), message("not stated"), f"{top:g}, {bottom:g}, 28, 26 mm")
        for name, value, asked, tolerance in _margins(subject, setup):
            if abs(value - asked) > tolerance + 0.05:
                yield FileHit(name, in_mm(value), f"{asked:g} ± {number('page', 'margin_tolerance'):g} mm")


def lines_per_page(subject: Subject, setup: PageSetup) -> int | None:
    """Return how many lines of the body fit the type area; None where there is no body."""
    if setup.pitch is None or setup.pitch <= 0:
        return None
    tolerance = number("page", "margin_tolerance")
    top, bottom = subject.reading.top, subject.reading.bottom
    if subject.scene.kind == "docx" and setup.top is not None and setup.bottom is not None:
        # Margins that are within their tolerance count as they are; wrong ones have a finding of their own.
        top = setup.top if abs(setup.top - top) <= tolerance else top
        bottom = setup.bottom if abs(setup.bottom - bottom) <= tolerance else bottom
    room = number("page", "height") - top - bottom
    # Programs round the places of lines in a PDF, by up to a twentieth of a point each.
    rounding = 0.35 if subject.scene.kind == "pdf" else 0.02
    return math.floor((room + rounding) / (setup.pitch * _MM_PER_PT))


@file_rule("KC503")
def lines(subject: Subject) -> Iterator[FileHit]:
    """A page does not have 22 lines.

    Why: 22 lines of 28 characters fill the type area; with another line pitch the file fits neither reading.
    Wrong: 行距固定值 30 磅，每页 21 行
    Right: 行距固定值 28.95 磅，每页 22 行
    Source: GB/T 9704-2012 5.2.3
    """
    asked = int(number("page", "lines"))
    for setup in upright(subject):
        count = lines_per_page(subject, setup)
        if count is None or setup.pitch is None or count == asked:
            continue
        measured = (
            message("{count} lines of {pitch}", count=count, pitch=in_pt(round(setup.pitch, 2)))
            if setup.measured_pitch
            else message("about {count} lines; the line pitch is not fixed", count=count)
        )
        yield FileHit(
            message("lines a page"),
            measured,
            message("{count} lines, such as of {pitch}", count=asked, pitch=in_pt(subject.reading.pitch)),
        )


@file_rule("KC504")
def characters(subject: Subject) -> Iterator[FileHit]:
    """A line does not have 28 characters.

    Why: 28 characters fill the 156 mm of a line; at 16 points they need to stand a quarter of a point closer.
    Wrong: 每行 27 字
    Right: 每行 28 字（三号字，字符间距紧缩 0.25 磅）
    Source: GB/T 9704-2012 5.2.3
    """
    asked = int(number("page", "characters"))
    size = number("sizes", "body")
    for setup in upright(subject):
        # Type of another size has a finding of its own.
        if setup.advance is None or abs(setup.advance - size) > 2.0 or not _body_size_is_right(subject):
            continue
        width = number("page", "area_width")
        count = math.floor((width / _MM_PER_PT + 0.25) / setup.advance)
        if count != asked:
            yield FileHit(
                message("characters a line"),
                message(
                    "{count} characters, {advance} apart", count=count, advance=in_pt(round(setup.advance, 2))
                ),
                message("{count} characters", count=asked),
            )


def _body_size_is_right(subject: Subject) -> bool:
    weights: dict[float, int] = {}
    for part in subject.anatomy.of(Role.BODY, Role.HEADING):
        for one in part.paragraph.spans:
            weights[one.size] = weights.get(one.size, 0) + len(one.text)
    usual = max(weights, key=lambda value: weights[value], default=number("sizes", "body"))
    return abs(usual - number("sizes", "body")) <= number("sizes", "tolerance")


@file_rule("KC505")
def spacing(subject: Subject) -> Iterator[FileHit]:
    """A paragraph has a line pitch of its own, or room above or below it.

    Why: the lines of all paragraphs stand on one grid; 22 a page is true only so.
    Wrong: 段前 0.5 行；个别段落行距 25 磅
    Right: 段前、段后均为 0，行距与全文一致；紧接署名之上的正文可以调整行距
    Source: GB/T 9704-2012 5.2.3, 7.3.5.5
    """
    tolerance = number("page", "pitch_tolerance_pt")
    setups = [setup for setup in subject.scene.setups if setup.pitch is not None and setup.measured_pitch]
    pitches = {setup.pitch for setup in setups if setup.pitch is not None}
    asked = max(pitches, default=None)
    before: Paragraph | None = None
    above_signature = adjusted(subject.anatomy).paragraphs
    for part in subject.anatomy.of(Role.BODY, Role.HEADING):
        one = part.paragraph
        if one.number in above_signature:
            before = one
            continue
        extra = _extra_room(before, one, asked) if subject.scene.kind == "pdf" else 0.0
        if extra:
            yield FileHit(
                message("room above or below a paragraph"),
                message("{above} above", above=in_pt(round(extra, 1))),
                message("none"),
                one,
            )
        before = one
        if one.picture or one.cell or one.floating:
            continue
        wrong = one.pitch is not None and all(abs(one.pitch - pitch) > tolerance for pitch in pitches)
        if wrong and asked is not None and one.pitch is not None and pitches:
            yield FileHit(message("line pitch"), in_pt(round(one.pitch, 2)), in_pt(round(asked, 2)), one)
        elif one.pitch is None and subject.scene.kind == "docx" and pitches:
            yield FileHit(message("line pitch"), message("not fixed"), in_pt(round(asked or 0.0, 2)), one)
        if max(one.space) > 1.0:
            yield FileHit(
                message("room above or below a paragraph"),
                message("{above} above, {below} below", above=in_pt(one.space[0]), below=in_pt(one.space[1])),
                message("none"),
                one,
            )


def _extra_room(before: Paragraph | None, one: Paragraph, pitch: float | None) -> float:
    """Return the room in points between two paragraphs of a PDF; 0 where it is a whole line or more."""
    if before is None or pitch is None or before.number + 1 != one.number or not (before.lines and one.lines):
        return 0.0
    last, first = before.lines[-1], one.lines[0]
    room = (first.baseline - last.baseline) / _MM_PER_PT - pitch if last.page == first.page else 0.0
    # Whole lines are empty paragraphs; more than two make room for a picture or table.
    whole = abs(room - round(room / pitch) * pitch) < 1.5
    return 0.0 if whole or room > 2 * pitch or room < 0 else room
