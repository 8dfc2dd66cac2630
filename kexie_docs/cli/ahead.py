"""Drafting in a process of its own, begun while this one still reads its command line.

Most of the time of a short build goes into loading the libraries: pydantic, jinja2 and markdown-it
for drafting, HarfBuzz and reportlab for the PDF. Two processes load them side by side; measured with
one four-page document, both formats, on two cores: 0.17 s instead of 0.23 s. Where there is no second
core, or no `fork`, everything runs in this process, in the same order and with the same results.
"""

from __future__ import annotations

# This module is loaded before the two processes part, so it loads hardly anything itself.
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any, BinaryIO

    from kexie_docs.cli.drafting import Event, ParsedInput, Request
    from kexie_docs.pipeline import Composition


class _Crash:
    """An error of our own in the other process: its traceback."""

    def __init__(self, text: str) -> None:
        self.text = text


class AheadError(Exception):
    """The drafting process ended by an error of our own; the message is its traceback."""


class Ahead:
    """The drafting process: it loads its libraries at once, and waits to be asked.

    It is a `kexie_docs.cli.build.WordWriter` too: having sent a draft, it has time to write Word files.
    """

    def __init__(self, process: int, request: int, events: int) -> None:
        self._process = process
        self._request = os.fdopen(request, "wb")
        self._events = os.fdopen(events, "rb")

    def ask(self, request: Request, inputs: Iterable[ParsedInput]) -> None:
        """Send what `kexie_docs.cli.drafting.drafts` takes; the other process begins at once."""
        self._send(request)
        for parsed in inputs:
            self._send(parsed)

    def dismiss(self) -> None:
        """End it unasked: it finds nobody at the other end of its pipe."""
        self._request.close()
        self._events.close()

    def drafts(self) -> Iterator[Event]:
        """Yield what `kexie_docs.cli.drafting.drafts` yields for what was asked.

        Raises:
            KexieDocsError: as it does.
            AheadError: it crashed.
        """
        while (event := self._receive()) is not None:
            yield event
        self._request.close()
        self._events.close()
        os.waitpid(self._process, 0)

    def begin(self, composition: Composition | None) -> None:
        """Send a document whose Word file is to be written, None for the one that could not be made."""
        self._send(composition)

    def take(self) -> bytes:
        """Return the Word file of the document begun with.

        Raises:
            KexieDocsError: it cannot be written.
            AheadError: the process crashed.
        """
        data = self._receive()
        assert isinstance(data, bytes)
        return data

    def _send(self, value: object) -> None:
        import pickle

        pickle.dump(value, self._request, pickle.HIGHEST_PROTOCOL)
        self._request.flush()

    def _receive(self) -> Any:
        """Return what the other process sends next; raise it when it is an error."""
        import pickle

        # What comes through this pipe was made by our own code in a copy of this process.
        value = pickle.load(self._events)
        if isinstance(value, _Crash):
            raise AheadError(value.text)
        if isinstance(value, Exception):
            raise value
        return value


def start() -> Ahead | None:
    """Begin the drafting process; None where it would not help or cannot be had."""
    if sys.platform != "linux" or len(os.sched_getaffinity(0)) < 2 or "threading" in sys.modules:
        return None
    request_read, request_write = os.pipe()
    events_read, events_write = os.pipe()
    process = os.fork()
    if process:
        os.close(request_read)
        os.close(events_write)
        return Ahead(process, request_write, events_read)
    os.close(request_write)
    os.close(events_read)
    try:
        _serve(request_read, events_write)
    except (BrokenPipeError, EOFError, KeyboardInterrupt):
        pass  # the command line was refused, or the user has stopped us
    finally:
        # Never back into the code that called us: there it would be a second command line.
        os._exit(0)


def _serve(request: int, events: int) -> None:
    """Load the libraries, wait for the request, send every event; None ends them."""
    import pickle
    import traceback

    import kexie_docs.compose.rendering
    import kexie_docs.readers.reader  # noqa: F401  # what the first request will need
    from kexie_docs.cli.drafting import Draft, drafts
    from kexie_docs.errors import KexieDocsError

    with os.fdopen(request, "rb") as asked, os.fdopen(events, "wb") as pipe:

        def send(value: object) -> None:
            pickle.dump(value, pipe, pickle.HIGHEST_PROTOCOL)
            pipe.flush()

        wanted = pickle.load(asked)
        try:
            for event in drafts(wanted, _received(asked, len(wanted.sources))):
                send(event)
                if isinstance(event, Draft) and event.word_beside_pdf:
                    word = _word_file(asked)
                    if word is not None:
                        send(word)
            end: object = None
        except KexieDocsError as error:
            end = error
        except Exception:  # a bug of ours: the other process reports it
            end = _Crash(traceback.format_exc())
        send(end)


def _word_file(pipe: BinaryIO) -> object:
    """Return the Word file of the document that the other process sends, or why there is none.

    None where the other process has no document to send.
    """
    import pickle

    from kexie_docs.errors import KexieDocsError
    from kexie_docs.pipeline import prepare_word, write_word

    prepare_word()  # while the other process makes the document
    composition = pickle.load(pipe)
    if composition is None:
        return None
    try:
        return write_word(composition)
    except KexieDocsError as error:
        return error


def _received(pipe: BinaryIO, count: int) -> Iterator[ParsedInput]:
    """Yield the parsed inputs as they come."""
    import pickle

    for _ in range(count):
        yield pickle.load(pipe)
