"""A PDF form filled from an input: each field's name is a name of the input's values."""

import io
import stat
import warnings
from collections.abc import Callable, Sequence
from dataclasses import field
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name

from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.form_language import FormLanguage, evaluated
from kexie_docs.compose.values import MissingValue, Value
from kexie_docs.errors import Message, OutputError, Place, Problem, Severity, TemplateError, message
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
from kexie_docs.forms.pdf_fields import Field, fields_of, on_states, plain_name
from kexie_docs.forms.pdf_font import FormFonts
from kexie_docs.forms.pdf_text import DoesNotFitError, SetText, set_text
from kexie_docs.frozen import dataclass
from kexie_docs.model.nearest import nearest
from kexie_docs.readers.pdf_fonts import missing_fonts
from kexie_docs.readers.reader import LoadedReport

MAX_BYTES = 100 * 1024 * 1024
"""Largest form that is read."""

_NO = frozenset(("", "否", "无", "未", "不", "没有", "no", "false", "off", "0"))
_YES = frozenset(("是", "有", "已", "yes", "true", "on", "1", "√", "✓"))


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A filled PDF form.

    Attributes:
        data: the file.
        warnings: what was left empty.
    """

    data: bytes
    warnings: tuple[Problem, ...]


@dataclass
class _Work:
    """What is gathered while the fields are gone through; drawing comes when all glyphs are known."""

    file: str
    fonts: FormFonts = field(default_factory=FormFonts)
    draw: list[Callable[[], None]] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    values: dict[str, str] = field(default_factory=dict)

    def fault(self, code: str, field_: Field, what: Message, hint: Message | None = None) -> None:
        told = message("The field “{name}”: {what}", name=_shown(field_), what=what)
        self.problems.append(Problem(code, told, Place(self.file), hint))


def fill_pdf(form: Path, loaded: LoadedReport, fonts: FontSet) -> FilledForm:
    """Return a PDF form filled from an input.

    Args:
        form: a PDF with fields (AcroForm).
        loaded: the input.
        fonts: for the text; what is used of them is embedded.

    Raises:
        TemplateError: KD430 the form cannot be read, KD431 it cannot be filled (encrypted, XFA, signed, no
            fields), KD432 no field names a value, KD433 to KD435 a value does not go into its field.
        InputError: the input's text asks for what is not there.
        FontError: no font has a character.
        OutputError: KD607, the filled file does not hold a value whole.
    """
    file = str(form)
    pdf, acroform = _opened(form)
    with pdf:
        answers = Answers(loaded)
        language = FormLanguage("", "", file, answers.store, {}, [])
        work = _Work(file)
        unknown: list[str] = []
        missing: list[str] = []
        count = 0
        for each in list(fields_of(acroform)):
            if each.kind == "other":
                continue
            count += 1
            try:
                value = _answer(each, language, answers)
            except ValueUseError as error:
                work.fault("KD433", each, error.what, error.hint)
                continue
            if value is None:
                unknown.append(_shown(each))
            elif isinstance(value, MissingValue) and each.kind != "check":
                missing.append(_shown(each))
            else:
                try:
                    _fill(pdf, each, value, answers, fonts, work)
                except ValueUseError as error:
                    work.fault("KD433", each, error.what, error.hint)
        if work.problems:
            raise TemplateError(work.problems)
        if not work.values:
            raise TemplateError(_no_match(file, count, unknown, missing, answers))
        work.fonts.embed(pdf)
        for draw in work.draw:
            draw()
        _finish(pdf, acroform, answers)
        stream = io.BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about faults of the form that are none of ours
            pdf.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    data = stream.getvalue()
    _require_whole(data, work.values, file)
    return FilledForm(data, tuple(_left_empty(file, unknown, missing, answers)))


def _opened(form: Path) -> tuple[pikepdf.Pdf, Any]:
    """Return the form and its AcroForm, both fit to be filled."""
    file = str(form)

    def refuse(code: str, what: Message, hint: Message | None = None) -> TemplateError:
        return TemplateError(Problem(code, what, Place(file), hint))

    try:
        if not stat.S_ISREG(form.stat().st_mode):
            raise refuse("KD430", message("This is no file"), message("Name the file itself."))
        with form.open("rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except FileNotFoundError:
        raise refuse(
            "KD430", message("There is no such file"), message("Check the name and the folder.")
        ) from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or type(error).__name__
        raise refuse("KD430", message("The file cannot be read ({reason})", reason=reason)) from None
    if len(data) > MAX_BYTES:
        raise refuse("KD430", message("The file is larger than {mib} MiB", mib=MAX_BYTES >> 20))
    if b"%PDF-" not in data[:1024]:
        raise refuse(
            "KD430",
            message("This is no PDF, whatever its name says"),
            message("Name the form that was meant."),
        )
    protected = refuse(
        "KD431",
        message("The form is protected, so it cannot be filled."),
        message("Ask its office for a form without protection."),
    )
    try:
        pdf = pikepdf.open(io.BytesIO(data), suppress_warnings=True)
    except pikepdf.PasswordError:
        raise protected from None
    except (pikepdf.PdfError, ValueError, RuntimeError):
        raise refuse(
            "KD430",
            message("The file is damaged or cut short"),
            message("Copy or download it again."),
        ) from None
    if pdf.is_encrypted:
        raise protected
    acroform = pdf.Root.get("/AcroForm")
    if isinstance(acroform, Dictionary) and "/XFA" in acroform:
        raise refuse(
            "KD431",
            message("The form is of the XFA kind, which only Adobe's own program can fill."),
            message("Ask its office for an ordinary PDF form, or for the form as a Word file."),
        )
    if not isinstance(acroform, Dictionary) or not isinstance(acroform.get("/Fields"), Array):
        raise refuse(
            "KD431",
            message("The PDF has no fields to fill."),
            message("Ask its office for the form with fields, or as a Word file."),
        )
    if any(_is_signed(each) for each in fields_of(acroform)):
        raise refuse(
            "KD431",
            message("The form is signed; filling it would make the signature void."),
            message("Ask its office for the form before it was signed."),
        )
    return pdf, acroform


def _is_signed(each: Field) -> bool:
    node = each.node
    return str(node.get("/FT", "")) == "/Sig" and "/V" in node


def _answer(each: Field, language: FormLanguage, answers: Answers) -> Value | None:
    """Return what the input answers to a field, by its name or else by its label; None for nothing."""
    failed: ValueUseError | None = None
    for name in (each.name, each.label):
        if name.strip():
            try:
                value = evaluated(language, name.strip(), answers.names)
            except ValueUseError as error:
                failed = failed or error
                continue
            if value is not None:
                return value
    if failed is not None:
        raise failed
    return None


def _fill(pdf: pikepdf.Pdf, each: Field, value: Value, answers: Answers, fonts: FontSet, work: _Work) -> None:
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


def _fill_text(pdf: pikepdf.Pdf, each: Field, lines: Sequence[str], fonts: FontSet, work: _Work) -> None:
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
    work: _Work,
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


def _fill_choice(pdf: pikepdf.Pdf, each: Field, text: str, fonts: FontSet, work: _Work) -> None:
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
    pdf: pikepdf.Pdf, each: Field, widget: Any, box: Box, chosen: int, fonts: FontSet, work: _Work
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


def _press(pdf: pikepdf.Pdf, each: Field, text: str, work: _Work) -> None:
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


def _no_option(each: Field, text: str, options: Sequence[str], work: _Work) -> None:
    what = message("“{text}” is not among its choices.", text=text[:30])
    hint = message("It takes: {names}.", names="、".join(options[:20])) if options else None
    work.fault("KD435", each, what, hint)


def _finish(pdf: pikepdf.Pdf, acroform: Any, answers: Answers) -> None:
    """Make the filled form a plain document: as we drew it, without scripts or traces of its author."""
    acroform.NeedAppearances = False
    for holder, keys in ((acroform, ("/CO",)), (pdf.Root, ("/OpenAction", "/AA", "/Metadata"))):
        for key in keys:
            if key in holder:
                del holder[key]
    names = pdf.Root.get("/Names")
    if isinstance(names, Dictionary) and "/JavaScript" in names:
        del names["/JavaScript"]
    for each in fields_of(acroform):
        for node in (each.node, *each.widgets):
            for key in ("/AA", "/A"):
                if key in node and each.kind != "other":
                    del node[key]
    title = pdf.docinfo.get("/Title") if pdf.trailer.get("/Info") is not None else None
    kept = str(title) if title is not None else answers.title
    info = Dictionary(Author=pikepdf.String(answers.report.organization.full_name))
    if kept:
        info.Title = pikepdf.String(kept)
    info.Producer = pikepdf.String("kexie_docs")
    pdf.trailer.Info = pdf.make_indirect(info)


def _require_whole(data: bytes, values: dict[str, str], file: str) -> None:
    """Read the finished file and compare every value with what went in.

    Raises:
        OutputError: KD607.
    """
    with pikepdf.open(io.BytesIO(data)) as pdf:
        found = {each.name: each.node.get("/V") for each in fields_of(pdf.Root.AcroForm)}
        for name, value in values.items():
            if str(found.get(name, "")) != value:
                raise OutputError(
                    Problem(
                        "KD607",
                        message("The filled form does not hold its text whole ({part}).", part=name),
                        Place(file),
                        message("Nothing was written. Please report it with the form."),
                    )
                )


def _left_empty(file: str, unknown: Sequence[str], missing: Sequence[str], answers: Answers) -> list[Problem]:
    found = []
    if missing:
        what = message("Left empty, as the input does not give it: {names}.", names="、".join(missing))
        found.append(Problem("KD436", what, Place(file), severity=Severity.WARNING))
    if unknown:
        what = message(
            "Left empty, as the name of the field names no value: {names}.", names="、".join(unknown)
        )
        found.append(Problem("KD437", what, Place(file), _proposals(unknown, answers), Severity.WARNING))
    return found


def _no_match(
    file: str, count: int, unknown: Sequence[str], missing: Sequence[str], answers: Answers
) -> list[Problem]:
    what = message("None of the form's {n} fields has a value in the input.", n=count)
    hint = message("A field is filled by its name, such as {example}.", example="标题, 单位.全称, 科普活动")
    return [Problem("KD432", what, Place(file), hint), *_left_empty(file, unknown, missing, answers)]


def _proposals(unknown: Sequence[str], answers: Answers) -> Message:
    for name in unknown:
        near = nearest(name, answers.names)
        if near is not None:
            return message("Did you mean “{near}” by “{name}”?", near=near, name=name)
    return message("Rename them in the form to names of the input, or fill them by hand.")


def _shown(each: Field) -> str:
    return each.name or each.label or "?"
