"""Processes of our own for a batch: begun with all loaded, ended with the program, replaced when killed."""

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing import connection
from pathlib import Path

from kexie_docs.batch.run import lost, run
from kexie_docs.batch.work import Outcome, Work
from kexie_docs.batch.worker import build_one, warm_up
from kexie_docs.errors import FontError

_AHEAD = 3
"""Documents in hand for each process, so that none waits for the next."""


def cores() -> int:
    """Return how many processes can run side by side here."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def in_processes(works: Sequence[Work], jobs: int, *, stop: Callable[[], bool]) -> Iterator[Outcome]:
    """Build in as many processes as asked for, in this one when that is one; yield each outcome.

    A process that is killed takes no other document with it: what was in hand is built again, each alone.

    Args:
        works: what to build.
        jobs: how many processes.
        stop: asked again and again; once it says True nothing more is begun.
    """
    jobs = min(jobs, len(works))
    if jobs <= 1:
        for work in works:
            if stop():
                return
            yield build_one(work)
        return
    rest = list(works)
    while rest and not stop():
        suspects: list[Work] = []
        begun = 0
        with _processes(jobs, rest[0].project) as pool:
            for work, outcome in run(rest, pool, window=_AHEAD * jobs, stop=stop):
                begun += 1
                if outcome is None:
                    suspects.append(work)
                else:
                    yield outcome
        rest = rest[begun:]
        for work in suspects:
            if stop():
                return
            with _processes(1, work.project) as pool:
                yield from (outcome or lost(each) for each, outcome in run([work], pool))


@contextmanager
def _processes(jobs: int, project: Path) -> Iterator[ProcessPoolExecutor]:
    """Give a pool, and end its processes at once afterwards, when every outcome has come.

    To end them kindly the pool would hand each a last message; a process that is killed just then may hold
    the lock of their queue, and the others would wait for it for ever (seen once in some 2,000 kills).
    """
    before = set(multiprocessing.active_children())
    pool = _pool(jobs, project)
    try:
        yield pool
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
        for process in set(multiprocessing.active_children()) - before:
            process.kill()


def _pool(jobs: int, project: Path) -> ProcessPoolExecutor:
    """Return a pool; on Linux its processes are copies of this one, which has loaded everything already."""
    if sys.platform != "linux":
        return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), _begin)
    with suppress(FontError):  # each document tells it
        warm_up(project)
    gc.freeze()  # pages that the collector does not touch stay shared
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        pool = ProcessPoolExecutor(jobs, multiprocessing.get_context("fork"), _begin)
        # The processes are forked by the first submission: no Ctrl-C may reach them before they are set up.
        pool.submit(os.getpid)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    return pool


def _begin() -> None:
    """Set up a process of the pool."""
    # Ctrl-C reaches all processes of a terminal: this one finishes its document, the first one decides.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent.sentinel,), daemon=True).start()


def _end_with(sentinel: int) -> None:
    """End this process at once when the one that began it is gone, however it ended."""
    connection.wait([sentinel])
    os._exit(1)
