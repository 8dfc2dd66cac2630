"""Everything that can be wrong with a template, found at once: settings, style, content, and its sample."""

from collections.abc import Iterator
from pathlib import Path

from kexie_docs.compose.analysis import Findings, analyse
from kexie_docs.compose.assemble import styles_of
from kexie_docs.compose.blocks import FILL, TITLE
from kexie_docs.compose.composer import Composer
from kexie_docs.compose.templates import CONTENT, SETTINGS, STARTER, STYLE, TemplateFolder
from kexie_docs.errors import KexieDocsError, Place, Problem, Severity, message
from kexie_docs.frozen import dataclass
from kexie_docs.style.sheet import Style


@dataclass(frozen=True, slots=True)
class Checked:
    """What a template is made of, and what is wrong with it.

    Attributes:
        findings: what was read off its content.
        style: its style; None when that is not valid.
        problems: everything that is wrong, in the order of files and lines.
    """

    findings: Findings
    style: Style | None
    problems: tuple[Problem, ...]


def check_template(folder: TemplateFolder) -> Checked:
    """Return what is wrong with a template, as far as its files and its sample show it."""
    problems: list[Problem] = []
    style: Style | None = None
    try:
        style = folder.load_style()
    except KexieDocsError as error:
        problems += error.problems
    findings = analyse(folder)
    problems += findings.problems
    if style is not None:
        problems += _unknown_styles(findings, style)
    if not any(problem.severity is Severity.ERROR for problem in problems):
        problems += _sample_problems(folder, findings, style)
    if not problems:
        problems += _unasked(findings)
    order = {name: index for index, name in enumerate((SETTINGS, CONTENT, STYLE, STARTER))}

    def key(problem: Problem) -> tuple[int, str, int]:
        file = problem.place.file or ""
        return order.get(file.rpartition("/")[2], 1), file, problem.place.line or 0

    return Checked(findings, style, tuple(sorted(dict.fromkeys(problems), key=key)))


def sample_of(folder: TemplateFolder) -> Path | None:
    """Return the file of the input to begin with; None when the template has none."""
    giver = folder.giver(STARTER)
    return None if giver is None else giver.path / STARTER


def _unknown_styles(findings: Findings, style: Style) -> Iterator[Problem]:
    import difflib

    known = styles_of(style)
    names = known.paragraphs | known.characters | {FILL, TITLE}
    for name, place in findings.styles.items():
        if name in names:
            continue
        near = difflib.get_close_matches(name, names, n=1)
        yield Problem(
            "KD409",
            message("There is no style “{name}”.", name=name),
            place,
            message("Did you mean “{near}”?", near=near[0])
            if near
            else message("Define it in {file}, or name one of those that there are.", file=STYLE),
        )


def _unasked(findings: Findings) -> Iterator[Problem]:
    """Yield what is printed whether or not an input gives it: then some inputs cannot be built."""
    for path, place in findings.needs.items():
        yield Problem(
            "KD410",
            message("“{name}” is printed without asking whether the input gives it.", name=path),
            place,
            message("Ask first: {example}.", example="{% if … %}"),
            Severity.WARNING,
        )


def _sample_problems(folder: TemplateFolder, findings: Findings, style: Style | None) -> Iterator[Problem]:
    """Yield what is wrong when the template is composed with its sample."""
    from kexie_docs.readers.reader import read_report

    path = sample_of(folder)
    if path is None:
        yield Problem(
            "KD411",
            message("The template “{name}” has no input to begin with.", name=folder.name),
            Place(folder.display),
            message("Put one beside it as {file}, or begin with: kexie-docs new -t summary.", file=STARTER),
            Severity.WARNING,
        )
        return
    giver = folder.giver(STARTER) or folder
    display = f"{giver.display}/{STARTER}"
    try:
        loaded = read_report(path, display=display)
        Composer(folder, style).compose(loaded.report, loaded.place)
    except KexieDocsError as error:
        yield from error.problems
        return
    metrics = loaded.report.all_metrics()
    for name, place in findings.metrics.items():
        if name not in metrics:
            yield Problem(
                "KD405",
                message(
                    "“{name}” is no value of inputs, and the sample has no metric of that name.", name=name
                ),
                place,
                message("Correct the name, or give the metric in {file}.", file=STARTER),
            )
