"""One field of a PDF form filled: text set, a choice made, a box marked; drawn when all glyphs are known."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.values import Value
from kexie_docs.errors import Message, Place, Problem, message
from kexie_docs.fonts.face import FontSet
from kexie_docs.forms.answers import Answers
from kexie_docs.forms.pdf_appearance import (
    Box,
    Look,
    box_of,
    check_appearance,
    list_appearance,
    look_of,
    text_appearance,
)
from kexie_docs.forms.pdf_fields import Field, on_states, plain_name
from kexie_docs.forms.pdf_font import FormFonts
from kexie_docs.forms.pdf_text import DoesNotFitError, SetText, set_text
from kexie_docs.readers.pdf_fonts import missing_fonts

_NO = frozenset(("", "否", "无", "未", "不", "没有", "no", "false", "off", "0"))
_YES = frozenset(("是", "有", "已", "yes", "true", "on", "1", "√", "✓"))


@dataclass
class Work:
    """What is gathered while the fields are gone through; drawing comes when all glyphs are known."""

    file: str
    fonts: FormFonts = field(default_factory=FormFonts)
    draw: list[Callable[[], None]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)

    def fault(self, code: str, field_: Field, what: Message, hint: Message | None = None) -> None:
        """Note why a field cannot be filled."""
        told = message("The field “{name}”: {what}", name=shown_name(field_), what=what)
        self.problems.append(Problem(code, told, Place(self.file), hint))


def fill_field(
    pdf: pikepdf.Pdf, each: Field, value: Value, answers: Answers, fonts: FontSet, work: Work
) -> None:
    """Set a field's value and note how it is drawn; what does not go into it becomes a problem of ``work``.

    Raises:
        ValueUseError: the value is none that can be printed.
    """
    match each.kind:
        case "text":
            _fill_text(pdf, each, answers.lines(value) if value else (), fonts, work)
        case "choice":
            _fill_choice(pdf, each, "".join(answers.lines(value)) if value else "", fonts, work)
        case _:
            try:
                text = "".join(answers.lines(value)) if value else ""
            except ValueUseError:
                text = "是"  # a list or a part that is there cannot be printed, but it is there
            _press(pdf, each, text, work)


def _fill_text(pdf: pikepdf.Pdf, each: Field, lines: Sequence[str], fonts: FontSet, work: Work) -> None:
    text = ("\n" if each.multiline else " ").join(lines)
    if each.max_length is not None and len(text) > each.max_length:
        what = message("it takes {limit} characters, the value has {n}.", limit=each.max_length, n=len(text))
        work.fault("KD434", each, what, message("Shorten the value “{text}”.", text=text[:30]))
        return
    look = look_of(each.appearance)
    work.values[each.name] = text
    for widget in each.widgets:
        box = box_of(widget)
        if box is None:
            continue
        comb = each.max_length if each.comb else None
        shown = _set(text.split("\n"), each, look, box, fonts, work, comb=comb)
        if shown is not None:
            work.draw.append(_shower(pdf, widget, box, shown, look, work.fonts))

    def store() -> None:
        each.node.V = pikepdf.String(text)
        for key in ("/RV", "/DV"):
            if key in each.node:
                del each.node[key]

    work.draw.append(store)


def _set(
    lines: Sequence[str],
    each: Field,
    look: Look,
    box: Box,
    fonts: FontSet,
    work: Work,
    *,
    comb: int | None = None,
) -> SetText | None:
    """Return text set into a box, its glyphs noted; None when it does not fit, which is told."""
    try:
        result = set_text(
            lines,
            fonts,
            look.role,
            (box.width, box.height),
            box.padding,
            size=look.size,
            multiline=each.multiline,
            quadding=each.quadding,
            comb=comb,
        )
    except DoesNotFitError:
        what = message("“{text}” does not fit it, not even in the smallest type.", text=lines[0][:30])
        work.fault("KD434", each, what, message("Shorten the value, or ask for a form with more room."))
        return None
    work.fonts.use(glyph for line in result.lines for glyph in line.glyphs)
    return result


def _shower(
    pdf: pikepdf.Pdf, widget: Any, box: Box, shown: SetText, look: Look, fonts: FormFonts
) -> Callable[[], None]:
    def draw() -> None:
        widget.AP = Dictionary(N=text_appearance(pdf, widget, box, shown, look, fonts))

    return draw


def _fill_choice(pdf: pikepdf.Pdf, each: Field, text: str, fonts: FontSet, work: Work) -> None:
    number = next((n for n, option in enumerate(each.options) if text in option), None)
    if number is None and not each.editable:
        _no_option(each, text, [shown for _, shown in each.options], work)
        return
    export, shown = (text, text) if number is None else each.options[number]
    look = look_of(each.appearance)
    work.values[each.name] = export
    for widget in each.widgets:
        box = box_of(widget)
        if box is None:
            continue
        if each.combo:
            result = _set([shown], each, look, box, fonts, work)
            if result is not None:
                work.draw.append(_shower(pdf, widget, box, result, look, work.fonts))
        else:
            _list(pdf, each, widget, box, number or 0, fonts, work)

    def store() -> None:
        each.node.V = pikepdf.String(export)
        if number is not None and not each.combo:
            each.node.I = Array([number])
        elif "/I" in each.node:
            del each.node["/I"]

    work.draw.append(store)


def _list(
    pdf: pikepdf.Pdf, each: Field, widget: Any, box: Box, chosen: int, fonts: FontSet, work: Work
) -> None:
    """Draw the rows of a list so that the chosen one is among them."""
    look = look_of(each.appearance)
    size = look.size or 10.0
    row = Box(box.width, size * 1.25, 0, 0.0)
    count = max(1, int((box.height - 2 * box.border) / row.height))
    first = max(0, min(chosen - count + 1, len(each.options) - count)) if chosen >= count else 0
    row_look = Look(look.role, size, look.colour)
    rows: list[tuple[SetText, bool]] = []
    for number in range(first, min(first + count, len(each.options))):
        text = _set([each.options[number][1]], each, row_look, row, fonts, work)
        if text is not None:
            rows.append((text, number == chosen))

    def draw() -> None:
        widget.AP = Dictionary(N=list_appearance(pdf, widget, box, rows, row_look, work.fonts, row.height))
        each.node.TI = first

    work.draw.append(draw)


def _press(pdf: pikepdf.Pdf, each: Field, text: str, work: Work) -> None:
    """Set a check box or one of several buttons."""
    states = [on_states(widget) for widget in each.widgets]
    names = [state for each_states in states for state in each_states]
    exports = [export for export, _ in each.options]
    wanted = next((state for state in names if _decoded(state) == text), None)
    if wanted is None and text in exports and exports.index(text) < len(each.widgets):
        # Options give the buttons' values where their states are mere numbers (ISO 32000-1, 12.7.4.2.4).
        here = states[exports.index(text)]
        wanted = here[0] if here else None
    single = each.kind == "check" and len(set(names)) <= 1
    if wanted is None and (single or not names):
        if text.strip().lower() in _NO:
            wanted = "/Off"
        elif each.kind == "check":
            # A figure, a date or a name that is there says yes.
            wanted = names[0] if names else "/Yes"
    if wanted is None and text.strip().lower() in _NO:
        wanted = "/Off"
    if wanted is None and len(set(names)) == 1 and text.strip().lower() in _YES:
        wanted = names[0]
    if wanted is None:
        _no_option(each, text, exports or [_decoded(state) for state in names], work)
        return
    chosen = wanted
    work.values[each.name] = chosen

    def draw() -> None:
        each.node.V = Name(chosen)
        for number, widget in enumerate(each.widgets):
            own = states[number]
            box = box_of(widget)
            # Where the form draws no mark, or with a font that it does not hold, we draw one.
            if box is not None and (not own or _needs_font(widget)):
                normal = Dictionary()
                own = own or ([chosen if chosen != "/Off" else "/Yes"] if each.kind == "check" else [])
                for state in (*own, "/Off"):
                    on = state != "/Off"
                    normal[state] = check_appearance(pdf, widget, box, on=on, radio=each.kind == "radio")
                widget.AP = Dictionary(N=normal)
            widget.AS = Name(chosen) if chosen in own else Name.Off

    work.draw.append(draw)


def _needs_font(widget: Any) -> bool:
    """Return whether a button's marks are printed with a font that is not in the file."""
    normal = widget["/AP"]["/N"]
    streams = (normal[state] for state in map(str, normal))
    return any(missing_fonts(stream) for stream in streams if isinstance(stream, pikepdf.Stream))


def _decoded(state: str) -> str:
    """Return a state's name as its author wrote it."""
    return plain_name(state.removeprefix("/"))


def _no_option(each: Field, text: str, options: Sequence[str], work: Work) -> None:
    what = message("“{text}” is not among its choices.", text=text[:30])
    hint = message("It takes: {names}.", names="、".join(options[:20])) if options else None
    work.fault("KD435", each, what, hint)


def shown_name(each: Field) -> str:
    """Return what messages call a field."""
    return each.name or each.label or "?"
