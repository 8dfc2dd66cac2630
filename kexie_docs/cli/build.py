"""The second half of a build: drafts laid out and written, both files of an input together."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeAlias

from kexie_docs.cli.drafting import Draft, Event, Failure
from kexie_docs.errors import KexieDocsError, Place, Problem, with_file
from kexie_docs.pipeline import Composition, Workshop, user_folder, with_fits, write_word
from kexie_docs.writers.delivery import deliver
from kexie_docs.writers.files import clear_stale
from kexie_docs.writers.ledger import Ledger
from kexie_docs.writers.names import Format

if TYPE_CHECKING:
    from kexie_docs.compose.places import PlaceOf
    from kexie_docs.layout.pages import Layout
    from kexie_docs.model.plain import FieldPath

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
        style: office or strict, as asked for; None takes what each template extends.
        grid: whether the PDFs show type area, grid and line boxes.
        proof: whether checking copies are made in place of the documents.
    """
    for event in events:
        if isinstance(event, Failure):
            yield event.error
        elif isinstance(event, Draft):
            yield from _finish_one(event, workshop, word, style, grid, proof)


def _finish_one(
    draft: Draft, workshop: Workshop, word: WordWriter, style: str | None, grid: bool, proof: bool
) -> Iterator[Result]:
    composition: Composition | None = None
    finished: dict[Format, bytes] = {}
    failure: KexieDocsError | None = None
    try:
        composition = workshop.assemble(draft.rendered, draft.template, style, _places_in(draft.source))
    except KexieDocsError as error:
        failure = with_file(error, draft.source)
    layout: Layout | None = None
    if draft.word_beside_pdf:
        layout = None if composition is None else workshop.lay_out_for_word(composition)
        word.begin(with_fits(composition, layout) if composition and layout else composition)
    if composition is not None:
        wanted = [name for name, _ in draft.targets if not (name == "docx" and draft.word_beside_pdf)]
        try:
            made = workshop.make(composition, wanted, draft.source, layout=layout, grid=grid, proof=proof)
            finished |= made.files
            yield from made.warnings
        except KexieDocsError as error:
            failure = with_file(error, draft.source)
        if draft.word_beside_pdf:
            try:
                finished["docx"] = word.take()
            except KexieDocsError as error:
                failure = failure or with_file(error, draft.source)
    if failure is not None:
        yield failure
        return
    try:
        for folder in dict.fromkeys(target.parent for _, target in draft.targets):
            clear_stale(folder)
        ledger = Ledger(user_folder(os.environ) / "built")
        yield from deliver([(target, finished[name]) for name, target in draft.targets], ledger)
    except KexieDocsError as error:
        yield with_file(error, draft.source)


def _places_in(source: Path) -> "PlaceOf":
    """Return what gives the places of an input's fields; the file is read again when one is asked for."""

    def place(path: "FieldPath | str", offset: int | None = None, /) -> Place:
        from kexie_docs.readers.reader import read_report

        return read_report(source).place(path, offset)

    return place
