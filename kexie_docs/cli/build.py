"""The second half of a build: drafts laid out and written, both files of an input together."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from kexie_docs.cli.drafting import Draft, Event, Failure, WordFile, follows, with_file
from kexie_docs.errors import KexieDocsError, Place, Problem, Severity, message
from kexie_docs.pipeline import Format, Workshop
from kexie_docs.writers.files import write_whole

if TYPE_CHECKING:
    from kexie_docs.fonts.fontset import MachineFonts
    from kexie_docs.layout.pages import Layout
    from kexie_docs.style.sheet import Style

Result: TypeAlias = Path | Problem | KexieDocsError
"""A file that was written, a warning, or the error of an input that failed."""


def finish(
    events: Iterator[Event], workshop: Workshop, done: Callable[[], None], *, grid: bool = False
) -> Iterator[Result]:
    """Make the PDFs and write the files; yield what became of each.

    Both files of an input are finished before the first is written, so that they belong together.

    Args:
        events: from `kexie_docs.cli.drafting.drafts`, after Planned.
        workshop: whose fonts are used.
        done: called after each document, made or not.
        grid: whether the PDFs show type area, grid and line boxes.
    """
    for event in events:
        if isinstance(event, Failure):
            yield event.error
            if event.planned:
                done()
        elif isinstance(event, Draft):
            yield from _finish_one(event, events, workshop, grid)
            done()


def _finish_one(draft: Draft, events: Iterator[Event], workshop: Workshop, grid: bool) -> Iterator[Result]:
    wanted = {name for name, _ in draft.targets}
    composition = draft.composition
    word_follows = follows(draft.targets, composition)
    finished: dict[Format, bytes] = {}
    failure: KexieDocsError | None = None
    try:
        layout = workshop.lay_out(composition) if "pdf" in wanted or not word_follows else None
        if layout is not None and "pdf" in wanted:
            finished["pdf"] = workshop.draw(layout, composition, grid=grid)
            if layout.substitutions:
                yield _substituted(draft.source, layout.substitutions)
            if composition.style.named_fonts:
                yield from _stand_ins(draft.source, layout, composition.style, workshop.fonts)
        if "docx" in wanted and not word_follows:
            finished["docx"] = workshop.write_word(composition, layout)
    except KexieDocsError as error:
        failure = with_file(error, draft.source)
    if word_follows:
        match next(events):
            case WordFile(data):
                finished["docx"] = data
            case Failure(other, _):
                failure = failure or other
    if failure is not None:
        yield failure
        return
    try:
        for name, target in draft.targets:
            write_whole(target, finished[name])
            yield target
    except KexieDocsError as error:
        yield with_file(error, draft.source)


def _stand_ins(source: Path, layout: "Layout", style: "Style", fonts: "MachineFonts") -> Iterator[Problem]:
    """Yield a warning for every font that the document's styles name and this machine lacks."""
    from kexie_docs.fonts.by_name import is_plain

    names = {line.style for page in layout.pages for line in page.lines}
    used = {style.paragraphs[name].font for name in names if name in style.paragraphs}
    used |= {style.page_number.font, *(one.font for one in style.characters.values() if one.font is not None)}
    for font in style.named_fonts:
        if font in used and fonts.serving(font) is None and not is_plain(font.name):
            yield Problem(
                "KD507",
                message(
                    "{name} is not on this machine: the PDF is set in {other}; the Word file names {name}.",
                    name=font.name,
                    other=fonts.first(font).name,
                ),
                Place(str(source)),
                message("Put its file into the folder that KEXIE_DOCS_FONTS names."),
                Severity.WARNING,
            )


def _substituted(source: Path, substitutions: tuple[tuple[str, str], ...]) -> Problem:
    """Return the warning that some characters were printed in another font than their style's."""
    shown = ", ".join(f"{char} ({font})" for char, font in substitutions[:12])
    return Problem(
        "KD506",
        message(
            "{n} characters are in another font than the rest: {list}.", n=len(substitutions), list=shown
        ),
        Place(str(source)),
        message("The fonts of this machine lack them; `kexie-docs fonts list` shows which fonts are used."),
        Severity.WARNING,
    )
