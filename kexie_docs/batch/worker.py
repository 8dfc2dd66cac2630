"""Building one document of a batch, in whatever process or thread: from the input to files on the disk."""

import os
import threading
import traceback
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from kexie_docs.batch.plan import Targets, possible_stems, targets_of
from kexie_docs.batch.sources import are_current, source_digests
from kexie_docs.batch.work import Outcome, Status, Work
from kexie_docs.errors import ExitCode, InputError, KexieDocsError, Place, Problem, message, with_file
from kexie_docs.pipeline import Workshop, user_folder
from kexie_docs.readers.parsing import parse_input
from kexie_docs.readers.reader import report_of
from kexie_docs.writers.delivery import deliver
from kexie_docs.writers.ledger import Entry, Ledger, digest, name_key
from kexie_docs.writers.names import Format, renamed


def build_one(work: Work) -> Outcome:
    """Build a document, or find it current; nothing that is wrong with it is raised."""
    try:
        return _build(work)
    except KexieDocsError as error:
        return failed(work.source, error)
    except MemoryError:
        return failed(work.source, InputError(_out_of_memory(work.source)))
    except Exception:  # a bug of ours: the other documents are built all the same
        return Outcome(
            source=work.source,
            status=Status.FAILED,
            exit_code=ExitCode.INTERNAL,
            crash=traceback.format_exc(),
        )


def failed(source: Path, error: KexieDocsError) -> Outcome:
    """Return the outcome of an input that cannot be built."""
    return Outcome(
        source=source,
        status=Status.FAILED,
        problems=with_file(error, source).problems,
        exit_code=error.exit_code,
    )


def warm_up(project: Path) -> None:
    """Load everything that building needs, so that processes forked after this have it.

    Raises:
        FontError: a role has no font at all.
    """
    import kexie_docs.compose.assemble
    import kexie_docs.compose.rendering
    import kexie_docs.writers.docx.write  # noqa: F401  # loading them is the purpose

    _workshop(project, threading.get_ident()).prepare_pdf()


def is_current(work: Work) -> bool:
    """Return whether every file of an input is what building it now would give."""
    for stem in possible_stems(work.source, work.options):
        files = [(name, work.options.output / f"{stem}.{name}") for name in work.options.formats]
        if all(_is_current(work, path) for _, path in files):
            return True
    return False


def _is_current(work: Work, path: Path) -> bool:
    entries = work.written.get(name_key(path.name), ())
    if not entries or not entries[-1].sources or entries[-1].made != work.made:
        return False
    last = entries[-1]
    try:
        return path.is_file() and digest(path.read_bytes()) == last.digest and _same_input(work, last)
    except (OSError, ValueError):
        return False


def _same_input(work: Work, entry: Entry) -> bool:
    # The first of the sources is the input itself: another one of that name in another folder is another.
    return are_current(work.source, entry.sources)


def _build(work: Work) -> Outcome:
    if not work.options.force and is_current(work):
        return Outcome(source=work.source, status=Status.UNCHANGED)
    workshop = _workshop(work.project, threading.get_ident())
    parsed = parse_input(work.source)
    loaded = report_of(parsed)
    targets = targets_of(work.source, loaded.report.template, work.options)
    problems = list(loaded.warnings)
    if targets.renamed:
        problems.append(renamed(work.source, targets.stem))
    composition = workshop.compose(loaded, work.options.template, work.options.style)
    made = workshop.make(
        composition,
        [name for name, _ in targets.files],
        work.source,
        grid=work.options.grid,
        proof=work.options.proof,
    )
    problems += made.warnings
    return _write(work, targets, made.files, problems, source_digests(work.source, parsed, loaded))


def _write(
    work: Work, targets: Targets, finished: Mapping[Format, bytes], problems: list[Problem], sources: str
) -> Outcome:
    written: list[Path] = []
    known = frozenset(
        entry.digest for _, path in targets.files for entry in work.written.get(name_key(path.name), ())
    )
    status, code = Status.WRITTEN, ExitCode.DONE
    results = deliver(
        [(path, finished[name]) for name, path in targets.files],
        Ledger(user_folder(os.environ) / "built"),
        made=work.made,
        sources=sources,
        known=known,
    )
    try:
        for result in results:
            if isinstance(result, Path):
                written.append(result)
            else:
                problems.append(result)
    except KexieDocsError as error:
        status, code = Status.FAILED, error.exit_code
        problems.extend(with_file(error, work.source).problems)
    return Outcome(
        source=work.source,
        status=status,
        written=tuple(written),
        problems=tuple(problems),
        exit_code=code,
    )


@lru_cache(maxsize=64)
def _workshop(project: Path, thread: int) -> Workshop:
    """Return the workshop of a thread: fonts and templates are opened once, and shared by no two threads.

    A process that was forked goes on with the one of the thread which forked it.
    """
    return Workshop(project, os.environ)


def _out_of_memory(source: Path) -> Problem:
    return Problem(
        "KD613",
        message("There is not enough memory for this document."),
        Place(str(source)),
        message("Build fewer documents side by side, with -j 1."),
    )
