"""The PDF around the fields: opened if it may be filled, made a plain document, read again when written."""

import io
from pathlib import Path
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary

from kexie_docs.errors import Message, OutputError, Place, Problem, TemplateError, message
from kexie_docs.forms.answers import Answers
from kexie_docs.forms.pdf_fields import Field, fields_of
from kexie_docs.readers.whole_file import UnreadableFileError, read_whole

MAX_BYTES = 100 * 1024 * 1024
"""Largest form that is read."""


def opened(form: Path) -> tuple[pikepdf.Pdf, Any]:
    """Return the form and its AcroForm, both fit to be filled."""
    file = str(form)

    def refuse(code: str, what: Message, hint: Message | None = None) -> TemplateError:
        return TemplateError(Problem(code, what, Place(file), hint))

    try:
        data = read_whole(form, MAX_BYTES)
    except UnreadableFileError as error:
        raise refuse("KD430", error.what, error.hint) from None
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


def finish(pdf: pikepdf.Pdf, acroform: Any, answers: Answers) -> None:
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


def require_whole(data: bytes, values: dict[str, str], file: str) -> None:
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
