"""The second half of a build: drafts laid out and written, both files of an input together."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from kexie_docs.cli.drafting import Draft, Event, Failure, with_file
from kexie_docs.errors import KexieDocsError, Place, Problem, Severity, message
from kexie_docs.pipeline import Composition, Format, Workshop, needs_layout, write_word
from kexie_docs.writers.files import write_whole

if TYPE_CHECKING:
    from kexie_docs.compose.places import PlaceOf
    from kexie_docs.fonts.fontset import MachineFonts
    from kexie_docs.layout.pages import Layout
    from kexie_docs.style.sheet import Style

Result: TypeAlias = Path | Problem | KexieDocsError
"""A file that was written, a warning, or the error of an input that failed."""


class WordWriter(Protocol):
    """Writes Word files, perhaps beside what goes on here."""

    def begin(self, composition: Composition | None) -> None:
        """Begin with a document whose Draft says `word_beside_pdf`; None where it could not be made."""
        ...

    def take(self) -> bytes:
        """Return the Word file of the document begun with.

        Raises:
            KexieDocsError: it cannot be written.
        """
        ...


class WriteHere:
    """Writes the Word file in this process, when it is taken."""

    def __init__(self) -> None:
        self._composition: Composition | None = None

    def begin(self, composition: Composition | None) -> None:
        """Keep the document."""
        self._composition = composition

    def take(self) -> bytes:
        """Return the Word file of the document kept."""
        assert self._composition is not None
        return write_word(self._composition)


def finish(
    events: Iterator[Event],
    workshop: Workshop,
    word: WordWriter,
    done: Callable[[], None],
    *,
    style: str | None = None,
    grid: bool = False,
    proof: bool = False,
) -> Iterator[Result]:
    """Assemble the documents, make the PDFs and write the files; yield what became of each.

    Both files of an input are finished before the first is written, so that they belong together.

    Args:
        events: from `kexie_docs.cli.drafting.drafts`, after Planned.
        workshop: whose templates and fonts are used.
        word: what writes Word files beside PDFs.
        done: called after each document, made or not.
        style: office or strict, as asked for; None takes what each template extends.
        grid: whether the PDFs show type area, grid and line boxes.
        proof: whether checking copies are made in place of the documents.
    """
    for event in events:
        if isinstance(event, Failure):
            yield event.error
            if event.planned:
                done()
        elif isinstance(event, Draft):
            yield from _finish_one(event, workshop, word, style, grid, proof)
            done()


def _finish_one(
    draft: Draft, workshop: Workshop, word: WordWriter, style: str | None, grid: bool, proof: bool
) -> Iterator[Result]:
    wanted = {name for name, _ in draft.targets}
    composition: Composition | None = None
    finished: dict[Format, bytes] = {}
    failure: KexieDocsError | None = None
    try:
        composition = workshop.assemble(draft.rendered, draft.template, style, _places_in(draft.source))
    except KexieDocsError as error:
        failure = with_file(error, draft.source)
    if draft.word_beside_pdf:
        word.begin(composition)
    try:
        if composition is not None:
            needed = "pdf" in wanted or proof or needs_layout(composition)
            layout = workshop.lay_out(composition) if needed else None
            if layout is not None and "pdf" in wanted:
                finished["pdf"] = (
                    workshop.draw_proof(layout, composition)
                    if proof
                    else workshop.draw(layout, composition, grid=grid)
                )
                if layout.substitutions:
                    yield _substituted(draft.source, layout.substitutions)
                if composition.style.named_fonts:
                    yield from _stand_ins(draft.source, layout, composition.style, workshop.fonts)
            if "docx" in wanted and not draft.word_beside_pdf:
                finished["docx"] = (
                    workshop.write_word_proof(layout, composition)
                    if proof and layout is not None
                    else write_word(composition, layout)
                )
    except KexieDocsError as error:
        failure = with_file(error, draft.source)
    if composition is not None and draft.word_beside_pdf:
        try:
            finished["docx"] = word.take()
        except KexieDocsError as error:
            failure = failure or with_file(error, draft.source)
    if failure is not None:
        yield failure
        return
    try:
        for name, target in draft.targets:
            write_whole(target, finished[name])
            yield target
    except KexieDocsError as error:
        yield with_file(error, draft.source)


def _places_in(source: Path) -> "PlaceOf":
    """Return what gives the places of an input's fields; the file is read again when one is asked for."""

    def place(path: str, offset: int | None = None, /) -> Place:
        from kexie_docs.readers.reader import read_report

        return read_report(source).place(path, offset)

    return place


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
