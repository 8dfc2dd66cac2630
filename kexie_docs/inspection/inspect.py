"""Inspecting a finished file: measured, taken apart, held to every rule."""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from kexie_docs.checks.engine import Finding as TextFinding
from kexie_docs.errors import InputError, Message, Place, Problem, Severity, message
from kexie_docs.frozen import dataclass
from kexie_docs.inspection.adjusted import adjusted, with_usual_pitch
from kexie_docs.inspection.facts import Level
from kexie_docs.inspection.parts import Part, dissect
from kexie_docs.inspection.reading import detect
from kexie_docs.inspection.rule import FileHit, FileRule, Subject
from kexie_docs.inspection.scene import Paragraph, Scene

_EXCERPT = 20
"""Longest excerpt of a paragraph in a finding, in characters."""

_WORDING = message("wording")
"""What a rule for texts looks at."""

_PAGE = ("KC501", "KC502", "KC503")
"""Rules that tell whether a file fits its reading."""

_SAME = {
    "KC702": ("KC201",),
    "KC731": ("KC202", "KC204", "KC208"),
    "KC745": ("KC202", "KC204", "KC208"),
    "KC605": ("KC114",),
    "KC606": ("KC114",),
}
"""Rules that yield where a rule for texts has found the same thing in the same paragraph."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a finished file departs from the standard.

    Attributes:
        code: of the rule, such as KC502.
        level: how much the standard insists.
        clause: of the standard.
        part: what was measured.
        measured: its value.
        required: what the standard asks.
        page: number of the page; None where a Word file does not tell.
        paragraph: number of the paragraph in the file; None for the file as a whole.
        excerpt: its beginning; "" for the file as a whole.
        others: in how many further places the same was found.
    """

    code: str
    level: Level
    clause: str
    part: Message
    measured: Message | str
    required: Message | str
    page: int | None = None
    paragraph: int | None = None
    excerpt: str = ""
    others: int = 0


@dataclass(frozen=True, slots=True)
class Inspection:
    """What an inspection came to.

    Attributes:
        file: path as messages name it.
        reading: ``box`` or ``ink``: the reading of the type area that the file was judged by.
        fits: whether page set-up and line pitch fit it.
        top: the top margin of that reading in mm.
        pitch: its line pitch in points.
        findings: musts first, then in the order of the file.
        notes: what the reader should know besides: tracked changes, macros.
    """

    file: str
    reading: str
    fits: bool
    top: float
    pitch: float
    findings: tuple[Finding, ...]
    notes: tuple[Message, ...] = ()


@cache
def file_rules() -> tuple[FileRule, ...]:
    """Return every rule for finished files by code."""
    from kexie_docs.inspection import (
        attachment_rules,
        imprint_rules,
        letterhead_rules,
        minutes_rules,
        page_number_rules,
        page_rules,
        part_rules,
        type_rules,
    )

    found = (
        value
        for module in (
            page_rules,
            page_number_rules,
            type_rules,
            part_rules,
            attachment_rules,
            letterhead_rules,
            imprint_rules,
            minutes_rules,
        )
        for value in vars(module).values()
        if isinstance(value, FileRule)
    )
    return tuple(sorted(found, key=lambda rule: rule.code))


def inspect_file(path: Path) -> Inspection:
    """Measure a Word file or a PDF, anybody's, and hold it to the standard.

    Raises:
        InputError: KD140 to KD146: it cannot be read, is something else, protected, damaged, too large, or
            a scan.
    """
    return inspect_scene(_scene(path))


def _scene(path: Path) -> Scene:
    if path.suffix.lower() == ".pdf":
        from kexie_docs.inspection.pdf_file import read_pdf_file

        scene = read_pdf_file(path)
        if scene is None:
            raise InputError(
                Problem(
                    "KD146",
                    message("The PDF holds no text; a scan holds pictures of it only"),
                    Place(str(path)),
                    message("Check the Word file that it was printed from, or a PDF exported from that."),
                )
            )
        return scene
    from kexie_docs.inspection.word_file import read_word_file
    from kexie_docs.readers.ooxml import open_package

    return read_word_file(open_package(path, "docx"))


def inspect_scene(scene: Scene) -> Inspection:
    """Hold what was measured to every rule."""
    from kexie_docs.inspection.texts import check_texts

    anatomy = dissect(scene)
    scene = with_usual_pitch(scene, adjusted(anatomy))
    reading = detect(scene)
    subject = Subject(scene, anatomy, reading)
    notes: list[Message] = []
    if scene.tracked:
        notes.append(message("{count} tracked changes were read as accepted", count=scene.tracked))
    if scene.macros:
        notes.append(message("the file carries macros, which were not looked at"))
    rules = file_rules()
    if not any(one.text for one in scene.paragraphs):
        notes.append(message("the file holds no text"))
        rules = tuple(rule for rule in rules if rule.code in _PAGE)
    told = list(check_texts(subject.anatomy))
    findings = sorted(_grouped([*_files(subject, rules, told), *_texts(told)]), key=_order)
    fits = not any(one.code in _PAGE for one in findings)
    return Inspection(
        scene.file, reading.name, fits, reading.top, reading.pitch, tuple(findings), tuple(notes)
    )


def _order(one: Finding) -> tuple[int, int, int, str]:
    return list(Level).index(one.level), one.paragraph or 0, one.page or 0, one.code


def _files(
    subject: Subject, rules: Iterable[FileRule], told: Iterable[tuple[Part, TextFinding]]
) -> Iterator[Finding]:
    """Yield what the rules for files find, but for what a rule for texts tells better."""
    known = {(part.paragraph.number, finding.code) for part, finding in told}
    for rule in rules:
        for hit in rule.check(subject):
            number = hit.paragraph.number if hit.paragraph is not None else None
            if number is None or not any((number, code) in known for code in _SAME.get(rule.code, ())):
                yield _finding(rule, hit)


def _finding(rule: FileRule, hit: FileHit) -> Finding:
    one = hit.paragraph
    return Finding(
        rule.code,
        hit.level or rule.fact.level,
        f"GB/T 9704-2012 {hit.clause or rule.fact.clause}",
        hit.part,
        hit.measured,
        hit.required,
        hit.page if one is None else one.page,
        one.number if one is not None else None,
        _excerpt(one) if one is not None else "",
    )


def _texts(told: Iterable[tuple[Part, TextFinding]]) -> Iterator[Finding]:
    from kexie_docs.inspection.texts import source_of

    for part, found in told:
        level = Level.MUST if found.severity is Severity.ERROR else Level.RECOMMENDED
        one = part.paragraph
        around = part.text[max(0, found.start - 6) : found.end + 6]
        yield Finding(
            found.code,
            level,
            source_of(found.code),
            _WORDING,
            found.what,
            found.hint if found.hint is not None else "",
            _page_of(one, found.start),
            one.number,
            around or _excerpt(one),
        )


def _page_of(one: Paragraph, offset: int) -> int | None:
    """Return the page that a character of a paragraph stands on."""
    for line in one.lines:
        offset -= len(line.text)
        if offset < 0:
            return line.page
    return one.page


def _excerpt(one: Paragraph) -> str:
    text = " ".join(one.text.split())
    return text if len(text) <= _EXCERPT else text[:_EXCERPT] + "…"


def _grouped(findings: list[Finding]) -> list[Finding]:
    """Return the findings with those that say the same of several places made one."""
    groups: dict[object, list[Finding]] = {}
    for one in findings:
        key = (one.code, one.level, one.part, str(one.measured), str(one.required))
        if one.part == _WORDING:
            key = (*key, str(one.paragraph), one.excerpt)  # type: ignore[assignment]
        groups.setdefault(key, []).append(one)
    return [
        Finding(
            first.code, first.level, first.clause, first.part, first.measured, first.required,
            first.page, first.paragraph, first.excerpt, len(group) - 1,
        )
        for group in groups.values()
        for first in group[:1]
    ]  # fmt: skip
