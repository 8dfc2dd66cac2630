"""A batch from Python: inputs in, an outcome for each out, on whatever executor one has."""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue

from kexie_docs.batch.inputs import expand
from kexie_docs.batch.plan import possible_stems, refuse_conflicts
from kexie_docs.batch.setting import setting
from kexie_docs.batch.work import Options, Outcome, Work
from kexie_docs.batch.worker import build_one, failed
from kexie_docs.errors import OutputError, Place, Problem, message
from kexie_docs.pipeline import user_folder
from kexie_docs.writers.files import clear_stale
from kexie_docs.writers.ledger import Ledger, name_key
from kexie_docs.writers.names import FORMATS, Format

_WINDOW = 64
"""Documents that an executor is given ahead of those it has finished."""

_POLL_SECONDS = 0.1


def build_batch(
    inputs: Iterable[Path | str],
    output: Path | str = "outputs",
    *,
    template: str | None = None,
    formats: Sequence[Format] = FORMATS,
    style: str | None = None,
    force: bool = False,
    executor: Executor | None = None,
) -> Iterator[Outcome]:
    """Build documents; yield what became of each input, in the order in which they are finished.

    One that fails stops no other. What is still current is not built again.

    Args:
        inputs: input files, folders of them, and patterns.
        output: folder of the files.
        template: name of a template for all; None takes each input's own.
        formats: which files to make.
        style: ``office`` or ``strict``; None takes what each template extends.
        force: whether documents are built that are still current.
        executor: any `concurrent.futures.Executor`, also one whose processes run on other machines: they must
            have this program, the same fonts, and the folders of inputs and outputs. None builds one document
            after the other here.

    Raises:
        OutputError: KD603, two inputs would write one file; nothing was written then.
        InputError: KD125, a folder or pattern holds no input; nothing was written then.
    """
    found = expand([Path(each) for each in inputs])
    for error in found.failures:
        raise error
    options = Options(
        output=Path(output), template=template, formats=tuple(formats), style=style, force=force
    )
    works = prepare(found.paths, options, Path.cwd(), os.environ)
    if executor is None:
        return (build_one(work) for work in works)
    return _values(works, run(works, executor))


def prepare(
    sources: Sequence[Path], options: Options, project: Path, environment: Mapping[str, str]
) -> list[Work]:
    """Return the work of a batch; clear what killed runs have left in the output's folder.

    Raises:
        OutputError: KD603, two inputs would write one file.
    """
    refuse_conflicts(sources, options)
    ledger = Ledger(user_folder(environment) / "built")
    ledger.tidy(options.output)
    clear_stale(options.output)
    made = setting(options, project, environment)
    written = ledger.folder(options.output)
    return [
        Work(
            source=source,
            options=options,
            project=project,
            made=made,
            written={
                key: written[key]
                for stem in possible_stems(source, options)
                for key in (name_key(f"{stem}.{name}") for name in options.formats)
                if key in written
            },
        )
        for source in sources
    ]


def run(
    works: Iterable[Work],
    executor: Executor,
    *,
    window: int = _WINDOW,
    stop: Callable[[], bool] = lambda: False,
) -> Iterator[tuple[Work, Outcome | None]]:
    """Hand work to an executor; yield it with what became of it, as it is finished.

    Args:
        works: what to build.
        executor: of any kind; only `Executor.submit` and the futures' own methods are used.
        window: how much is handed over ahead.
        stop: asked again and again; once it says True nothing more is begun, and what runs is waited for.

    Yields:
        Work, and its outcome: None when the executor broke down while it had it (a killed process), or was
        stopped before it was begun.
    """
    waiting = iter(works)
    pending: dict[Future[Outcome], Work] = {}
    finished: SimpleQueue[Future[Outcome]] = SimpleQueue()
    try:
        more = True
        while True:
            if stop():
                more = False
                for future in pending:
                    future.cancel()
            while more and len(pending) < window:
                work = next(waiting, None)
                if work is None:
                    more = False
                    break
                try:
                    future = executor.submit(build_one, work)
                except RuntimeError:  # the executor broke down or was shut down meanwhile
                    yield work, None
                    more = False
                    break
                pending[future] = work
                future.add_done_callback(finished.put)
            if not pending:
                return
            try:
                future = finished.get(timeout=_POLL_SECONDS)
            except Empty:
                continue
            yield pending.pop(future), _outcome(future)
    finally:
        for future in pending:
            future.cancel()


def _outcome(future: "Future[Outcome]") -> Outcome | None:
    if future.cancelled():
        return None
    with suppress(Exception):  # whatever an executor raises when a process of its own has gone
        return future.result()
    return None


def _values(works: Sequence[Work], results: Iterator[tuple[Work, Outcome | None]]) -> Iterator[Outcome]:
    begun = 0
    for work, outcome in results:
        begun += 1
        yield lost(work) if outcome is None else outcome
    yield from map(lost, works[begun:])


def lost(work: Work) -> Outcome:
    """Return the outcome of work whose process has ended under it."""
    return failed(
        work.source,
        OutputError(
            Problem(
                "KD614",
                message("The process that built this document was ended from outside."),
                Place(str(work.source)),
                message("Often memory ran out: try again with -j 1."),
            )
        ),
    )
