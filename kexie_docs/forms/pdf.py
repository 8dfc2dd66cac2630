"""A PDF form filled from an input: each field's name is a name of the input's values."""

import io
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pikepdf

from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.form_language import FormLanguage, evaluated
from kexie_docs.compose.values import MissingValue, Value
from kexie_docs.errors import Message, Place, Problem, Severity, TemplateError, message
from kexie_docs.fonts.face import FontSet
from kexie_docs.forms.answers import Answers
from kexie_docs.forms.pdf_document import finish, opened, require_whole
from kexie_docs.forms.pdf_fields import Field, fields_of
from kexie_docs.forms.pdf_filling import Work, fill_field, shown_name
from kexie_docs.frozen import dataclass
from kexie_docs.model.nearest import nearest
from kexie_docs.readers.reader import LoadedReport


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A filled PDF form.

    Attributes:
        data: the file.
        warnings: what was left empty.
    """

    data: bytes
    warnings: tuple[Problem, ...]


_DAMAGE = (
    *(pikepdf.PdfError, pikepdf.DependencyError, pikepdf.ForeignObjectError),
    *(TypeError, ArithmeticError, LookupError, AttributeError),
)
"""What reading comes upon in a damaged form: a number may be a text, what is named may not be there."""


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
    pdf, acroform = opened(form)
    try:
        return _filled(pdf, acroform, file, loaded, fonts)
    except _DAMAGE:
        if not pdf.get_warnings():
            raise  # a whole form: the fault is ours
        what = message("The file is damaged or cut short")
        hint = message("Copy or download it again.")
        raise TemplateError(Problem("KD430", what, Place(file), hint)) from None


def _filled(pdf: pikepdf.Pdf, acroform: Any, file: str, loaded: LoadedReport, fonts: FontSet) -> FilledForm:
    with pdf:
        answers = Answers(loaded)
        language = FormLanguage("", "", file, answers.store, {}, [])
        work = Work(file)
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
                unknown.append(shown_name(each))
            elif isinstance(value, MissingValue) and each.kind != "check":
                missing.append(shown_name(each))
            else:
                try:
                    fill_field(pdf, each, value, answers, fonts, work)
                except ValueUseError as error:
                    work.fault("KD433", each, error.what, error.hint)
        if work.problems:
            raise TemplateError(work.problems)
        if not work.values:
            raise TemplateError(_no_match(file, count, unknown, missing, answers))
        work.fonts.embed(pdf)
        for draw in work.draw:
            draw()
        finish(pdf, acroform, answers)
        stream = io.BytesIO()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about faults of the form that are none of ours
            pdf.save(stream, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    data = stream.getvalue()
    require_whole(data, work.values, file)
    return FilledForm(data, tuple(_left_empty(file, unknown, missing, answers)))


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
