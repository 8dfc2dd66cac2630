"""The rules for texts, the same as for inputs, run over the paragraphs of a finished file."""

from collections.abc import Iterator
from dataclasses import replace

from kexie_docs.checks.engine import Finding as TextFinding
from kexie_docs.checks.engine import check_text, text_rules
from kexie_docs.checks.rule import CheckedText, TextKind, page_of
from kexie_docs.inspection import forms
from kexie_docs.inspection.parts import Anatomy, Part, Role, stands_alone

_KINDS = {
    Role.TITLE: TextKind.TITLE,
    Role.SUBTITLE: TextKind.TITLE,
    Role.ATTACHMENT_TITLE: TextKind.TITLE,
    Role.MARK: TextKind.TITLE,
    Role.CELL: TextKind.LINE,
    Role.CAPTION: TextKind.LINE,
    Role.LINE: TextKind.LINE,
    Role.LETTERHEAD: TextKind.LINE,
    Role.DOC_NUMBER: TextKind.LINE,
    Role.PRINT: TextKind.LINE,
    Role.IMPRINT: TextKind.LINE,
    Role.COPY_NUMBER: TextKind.LINE,
    Role.SECRECY: TextKind.LINE,
    Role.URGENCY: TextKind.LINE,
    Role.LABEL: TextKind.LINE,
    Role.SIGNATURE: TextKind.LINE,
    Role.DATE: TextKind.LINE,
    Role.REMARK: TextKind.LINE,
}


_WHOLE = ("KC108", "KC109")
"""Rules that need a whole paragraph, which a line of a PDF's table is not."""


def check_texts(anatomy: Anatomy) -> Iterator[tuple[Part, TextFinding]]:
    """Yield what the rules for texts find, with the paragraph."""
    for part in anatomy.parts:
        if part.role is Role.EMPTY:
            continue
        kind = _KINDS.get(part.role, TextKind.PROSE)
        if part.role is Role.HEADING and stands_alone(part):
            kind = TextKind.HEADING
        for offset, line in _lines(part, kind):
            text = line.replace("\t", "\u3000" if kind is TextKind.LINE else "")
            found = list(check_text(CheckedText(text, kind)))
            number = any(one.code == "KC201" for one in found)
            for finding in found:
                if number and finding.code == "KC103":
                    continue  # the brackets of a document number, which that rule has told
                if part.role is not Role.CELL or not part.paragraph.lines or finding.code not in _WHOLE:
                    yield part, replace(finding, start=finding.start + offset, end=finding.end + offset)


def _lines(part: Part, kind: TextKind) -> Iterator[tuple[int, str]]:
    """Yield what of a paragraph is a text of its own, with where it begins in `Part.text`."""
    if kind is TextKind.TITLE:
        yield 0, part.text
        return
    names = forms.names_in_row(part.text) if part.role is Role.SIGNATURE else []
    if len(names) > 1:
        # The authorities of a joint document stand beside each other, apart by blanks that are meant.
        at = 0
        for name in names:
            at = part.text.index(name, at)
            yield at, name
            at += len(name)
        return
    at = 0
    for line in part.paragraph.text.split("\n"):
        yield at, line
        at += len(line)


def source_of(code: str) -> str:
    """Return the clause behind a rule for texts."""
    rule = next(one for one in text_rules() if one.code == code)
    return page_of(rule).source
