"""Command lines in processes with limits, begun as copies of one that has loaded everything.

As a program it serves: a request a line (JSON) on stdin, an answer a line on stdout. Tests use `Limited`.
"""

import contextlib
import json
import os
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).parents[2]
SECONDS = 10.0
MEMORY = 1 << 30
_ADDRESSES = 4 << 30
"""Address space that a process may take: a guard of the machine, above what `MEMORY` allows to be used."""


@dataclass(frozen=True)
class Ended:
    """How a command line ended.

    Attributes:
        code: exit code, negative for the signal that killed it.
        out: stdout.
        err: stderr.
        seconds: from start to end.
        memory: largest resident size in bytes.
    """

    code: int
    out: str
    err: str
    seconds: float
    memory: int


class Limited:
    """The serving process."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.limited"],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8",
        )  # fmt: skip

    def __enter__(self) -> "Limited":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.communicate()

    def run(
        self, arguments: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
    ) -> Ended:
        """Run a command line in a folder; environment variables are added to those of this process."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        request = {
            "arguments": list(arguments),
            "folder": str(folder),
            "environment": dict(environment or {}),
        }
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        return Ended(**json.loads(self._process.stdout.readline()))


def main() -> None:
    """Serve."""
    import kexie_docs.cli.app
    import kexie_docs.cli.interface.build  # noqa: F401  # loading them is the purpose
    from kexie_docs.batch.worker import warm_up

    warm_up(Path.cwd())
    for line in sys.stdin:
        request = json.loads(line)
        sys.stdout.write(json.dumps(_serve(**request)) + "\n")
        sys.stdout.flush()


def _serve(arguments: list[str], folder: str, environment: dict[str, str]) -> dict[str, object]:
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        start = time.monotonic()
        process = os.fork()
        if not process:
            _run(arguments, folder, environment, out.fileno(), err.fileno())
        deadline = start + 2 * SECONDS
        while True:
            ended, status, usage = os.wait4(process, os.WNOHANG)
            if ended:
                break
            if time.monotonic() > deadline:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            time.sleep(0.002)
        seconds = time.monotonic() - start
        texts = []
        for stream in (out, err):
            stream.seek(0)
            texts.append(stream.read(1 << 20).decode("utf-8", "replace"))
    return {
        "code": os.waitstatus_to_exitcode(status),
        "out": texts[0],
        "err": texts[1],
        "seconds": seconds,
        "memory": usage.ru_maxrss * 1024,
    }


def _run(arguments: list[str], folder: str, environment: dict[str, str], out: int, err: int) -> None:
    code = 99
    try:
        os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
        os.dup2(out, 1)
        os.dup2(err, 2)
        resource.setrlimit(resource.RLIMIT_AS, (_ADDRESSES, _ADDRESSES))
        os.environ.update({"LANG": "C", **environment})
        os.chdir(folder)
        from kexie_docs.cli.main import run

        code = run(arguments)
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        import traceback

        os.write(2, traceback.format_exc().encode("utf-8", "replace"))
    finally:
        os._exit(code)


if __name__ == "__main__":
    main()
