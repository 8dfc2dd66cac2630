"""`check` for finished files: what was found in Word files and PDFs, for people and for programs."""

from collections.abc import Iterable, Sequence
from dataclasses import field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from kexie_docs.cli.i18n import Translate
from kexie_docs.errors import InputError, Message, Problem, message, shown
from kexie_docs.frozen import dataclass

if TYPE_CHECKING:
    from kexie_docs.inspection.inspect import Finding, Inspection

SUFFIXES = (".docx", ".docm", ".dotx", ".pdf", ".doc", ".wps", ".rtf")
"""Endings of finished files; what such a file holds is looked at, not believed."""


@dataclass
class Inspected:
    """What came of the finished files of a call.

    Attributes:
        inspections: one a file that could be read.
        unreadable: what was wrong with the others.
    """

    inspections: "list[Inspection]" = field(default_factory=list)
    unreadable: list[Problem] = field(default_factory=list)

    @property
    def broken(self) -> bool:
        """Whether a must is broken."""
        return any(one.level == "must" for each in self.inspections for one in each.findings)

    @property
    def found(self) -> bool:
        """Whether anything was found."""
        return any(each.findings for each in self.inspections)


def is_finished(path: Path) -> bool:
    """Return whether a path names a finished file rather than an input."""
    return path.suffix.lower() in SUFFIXES


def inspect_files(paths: Iterable[Path]) -> Inspected:
    """Inspect finished files one after the other; those that cannot be read do not stop the rest."""
    from kexie_docs.inspection.inspect import inspect_file

    result = Inspected()
    for path in paths:
        try:
            result.inspections.append(inspect_file(path))
        except InputError as error:
            result.unreadable += error.problems
    return result


def show_inspections(inspections: "Sequence[Inspection]", translate: Translate) -> None:
    """Print the findings to stdout."""
    for inspection in inspections:
        for finding in inspection.findings:
            typer.echo(_text(inspection.file, finding, translate))


def show_summaries(inspections: "Sequence[Inspection]", translate: Translate) -> None:
    """Print to stderr how each file was read, and how much was found."""
    for inspection in inspections:
        counts = {level: 0 for level in ("must", "normal", "recommended")}
        for finding in inspection.findings:
            counts[finding.level] += 1
        box = inspection.reading == "box"
        if inspection.fits and box:
            reading = message("fits the box reading (37 mm above the line boxes)")
        elif inspection.fits:
            reading = message("fits the ink reading (34.58 mm above the line boxes, GB/T 33476.2)")
        elif box:
            reading = message("fits neither reading; held to the box reading (37 mm above the line boxes)")
        else:
            reading = message(
                "fits neither reading; held to the ink reading (34.58 mm above the line boxes, GB/T 33476.2)"
            )
        summary = message(
            "{file}: {reading}; {must} must, {normal} normal, {recommended} recommended.",
            file=inspection.file,
            reading=reading,
            must=counts["must"],
            normal=counts["normal"],
            recommended=counts["recommended"],
        )
        typer.echo(summary.render(translate), err=True)
        for note in inspection.notes:
            told = message("{file}: note: {note}", file=inspection.file, note=note)
            typer.echo(told.render(translate), err=True)


def inspection_rows(inspections: "Sequence[Inspection]", translate: Translate) -> list[dict[str, Any]]:
    """Return the findings for JSON: the eight keys of every problem, and what only finished files have."""
    return [
        {
            "code": one.code,
            "severity": one.level.value,
            "file": inspection.file,
            "line": None,
            "column": None,
            "field": None,
            "message": _sentence(one).render(translate),
            "hint": None,
            "clause": one.clause,
            "part": one.part.render(translate),
            "measured": _rendered(one.measured, translate),
            "required": _rendered(one.required, translate),
            "page": one.page,
            "paragraph": one.paragraph,
            "excerpt": one.excerpt or None,
            "others": one.others,
            "reading": inspection.reading,
        }
        for inspection in inspections
        for one in inspection.findings
    ]


def _rendered(value: Message | str, translate: Translate) -> str:
    return value.render(translate) if isinstance(value, Message) else value


def _sentence(one: "Finding") -> Message:
    if not one.required:
        return message("{part}: {measured}", part=one.part, measured=one.measured)
    if one.code < "KC5":  # a rule for texts: what is wrong, and what to do
        return message(
            "{part}: {measured}. {required}", part=one.part, measured=one.measured, required=one.required
        )
    return message(
        "{part}: {measured}; required: {required}",
        part=one.part,
        measured=one.measured,
        required=one.required,
    )


def _text(file: str, one: "Finding", translate: Translate) -> str:
    """Return a finding as lines of text: file and page, what, where."""
    levels = {
        "must": message("must"),
        "normal": message("normal"),
        "recommended": message("recommended"),
    }
    head = (
        f"{shown(file)}: {levels[one.level].render(translate)} {one.code}: {_sentence(one).render(translate)}"
    )
    lines = [f"{head} [{one.clause}]"]
    where: list[str] = []
    if one.page is not None:
        where.append(message("page {page}", page=one.page).render(translate))
    if one.paragraph is not None:
        where.append(message("paragraph {number}", number=one.paragraph).render(translate))
    place = (
        message("{places}: “{excerpt}”", places=", ".join(where), excerpt=one.excerpt)
        if one.excerpt
        else None
    )
    text = place.render(translate) if place is not None else ", ".join(where)
    if one.others:
        text += " " + message("and {count} more places", count=one.others).render(translate)
    if text:
        lines.append("  " + text)
    return "\n".join(lines)
