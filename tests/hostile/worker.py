"""Builds bad inputs, one after another in one process with limits; says of each what became of it.

Reads cases from standard input, writes one line of JSON for each. Run by test_hostile.py.
"""

import io
import json
import os
import pickle
import resource
import shutil
import signal
import sys
import tempfile
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from types import FrameType

import docx
import pypdfium2

from kexie_docs.cli.main import run
from tests.hostile.case import Case

SECONDS = 10
ADDRESS_SPACE = 3 << 30
"""Bytes; far above what may be used (1 GB, which the test asks of the resident set), so that a bomb ends."""


class TooSlow(BaseException):
    """Not an Exception: nothing may swallow it."""


def _stop(_number: int, _frame: FrameType | None) -> None:
    raise TooSlow


def build(case: Case, folder: Path) -> dict[str, object]:
    """Build one input in an empty folder; return what could be seen."""
    for name, data in case.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    os.chdir(folder)
    out, err = io.StringIO(), io.StringIO()
    begun = time.perf_counter()
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        with redirect_stdout(out), redirect_stderr(err):
            code: object = int(run(["build", case.source]))
    except TooSlow:
        code = "too slow"
    except BaseException as error:  # the point of the test: nothing may get here
        code = f"{type(error).__name__}: {error}"
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    seconds = time.perf_counter() - begun
    outputs = sorted(path for path in folder.rglob("*") if path.is_file() and "outputs" in path.parts)
    return {
        "rule": case.rule,
        "name": case.name,
        "code": code,
        "out": out.getvalue(),
        "err": err.getvalue(),
        "seconds": seconds,
        "outputs": [path.name for path in outputs],
        "texts": {path.suffix: _text(path) for path in outputs},
        "memory": _peak_memory(),
    }


def _peak_memory() -> int:
    """Return the most bytes that this process has held at once.

    From the kernel's own record of this program: what getrusage gives begins with the process that forked it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM"))


def _text(path: Path) -> str:
    """Return the text of a finished file without white space; raises when it is no such file."""
    if path.suffix == ".docx":
        paragraphs = docx.Document(str(path)).element.iter(
            "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t"
        )
        text = "".join(each.text or "" for each in paragraphs)
    else:
        with pypdfium2.PdfDocument(path) as pdf:
            text = "".join(page.get_textpage().get_text_range() for page in pdf)
    return "".join(text.split())


def main() -> None:
    """Build what standard input gives."""
    resource.setrlimit(resource.RLIMIT_AS, (ADDRESS_SPACE, ADDRESS_SPACE))
    signal.signal(signal.SIGALRM, _stop)
    cases: list[Case] = pickle.load(sys.stdin.buffer)
    for case in cases:
        folder = Path(tempfile.mkdtemp())
        try:
            result = build(case, folder)
        finally:
            os.chdir("/")
            shutil.rmtree(folder)
        print(json.dumps(result), flush=True)


if __name__ == "__main__":
    main()
