"""The second half of a build: drafts laid out and written, both files of an input together."""

from collections.abc import Callable, Iterator
from pathlib import Path

from kexie_docs.cli.drafting import Draft, Event, Failure, WordFile, with_file
from kexie_docs.errors import KexieDocsError
from kexie_docs.pipeline import Format, Workshop
from kexie_docs.writers.files import write_whole


def finish(
    events: Iterator[Event], workshop: Workshop, done: Callable[[], None]
) -> Iterator[Path | KexieDocsError]:
    """Make the PDFs and write the files; yield each path written, and the error of each input that failed.

    Both files of an input are finished before the first is written, so that they belong together.

    Args:
        events: from `kexie_docs.cli.drafting.drafts`, after Planned.
        workshop: whose fonts are used.
        done: called after each document, made or not.
    """
    for event in events:
        if isinstance(event, Failure):
            yield event.error
            if event.planned:
                done()
        elif isinstance(event, Draft):
            yield from _finish_one(event, events, workshop)
            done()


def _finish_one(draft: Draft, events: Iterator[Event], workshop: Workshop) -> Iterator[Path | KexieDocsError]:
    finished: dict[Format, bytes] = {}
    failure: KexieDocsError | None = None
    try:
        if any(name == "pdf" for name, _ in draft.targets):
            finished["pdf"] = workshop.render(draft.composition, "pdf")
    except KexieDocsError as error:
        failure = with_file(error, draft.source)
    if any(name == "docx" for name, _ in draft.targets):
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
