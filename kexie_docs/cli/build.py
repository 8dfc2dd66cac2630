"""The second half of a build: drafts laid out and written, both files of an input together."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

from kexie_docs.cli.drafting import Draft, Event, Failure, WordFile, follows
from kexie_docs.errors import KexieDocsError, Problem
from kexie_docs.pipeline import Format, Workshop, substituted, user_folder, with_file
from kexie_docs.writers.delivery import deliver
from kexie_docs.writers.files import clear_stale
from kexie_docs.writers.ledger import Ledger

Result: TypeAlias = Path | Problem | KexieDocsError
"""A file that was written, a warning, or the error of an input that failed."""


def finish(events: Iterator[Event], workshop: Workshop, *, grid: bool = False) -> Iterator[Result]:
    """Make the PDFs and write the files; yield what became of each.

    Both files of an input are finished before the first is written, so that they belong together.

    Args:
        events: from `kexie_docs.cli.drafting.drafts`, after Planned.
        workshop: whose fonts are used.
        grid: whether the PDFs show type area, grid and line boxes.
    """
    for event in events:
        if isinstance(event, Failure):
            yield event.error
        elif isinstance(event, Draft):
            yield from _finish_one(event, events, workshop, grid)


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
                yield substituted(draft.source, layout.substitutions)
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
        for folder in dict.fromkeys(target.parent for _, target in draft.targets):
            clear_stale(folder)
        ledger = Ledger(user_folder(os.environ) / "built")
        yield from deliver([(target, finished[name]) for name, target in draft.targets], ledger)
    except KexieDocsError as error:
        yield with_file(error, draft.source)
