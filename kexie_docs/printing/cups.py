"""Printing over CUPS, as Linux and macOS have it: `lp` sends, the print server is asked how it goes."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from kexie_docs.errors import Message, OutputError, Problem, message
from kexie_docs.frozen import dataclass
from kexie_docs.printing.ipp import NoAnswerError, Server, job_attributes, printer_attributes
from kexie_docs.printing.order import Order

_NAME = re.compile(r"[^\s/#?'\"\x00-\x1f-][^\s/#?'\"\x00-\x1f]{0,126}")
_REQUEST = re.compile(r"(\S+)-(\d+) ")
_SECONDS = 60
_PAUSE = 0.25
_CANCELED, _ABORTED, _COMPLETED = 7, 8, 9
_HELD, _STOPPED = 4, 6
_PRINTER_STOPPED = 5


@dataclass(frozen=True, slots=True)
class Printer:
    """A printer as the print server describes it.

    Attributes:
        name: by which it is chosen.
        default: whether it is the user's default printer.
        state: ``idle``, ``printing``, ``stopped`` or ``unknown``.
        duplex: whether it prints on both sides; None when it does not say.
        media: names of the paper sizes among A4 and A3 that it has; None when it does not say.
        reason: why it is stopped; "" for nothing.
    """

    name: str
    default: bool
    state: str
    duplex: bool | None
    media: tuple[str, ...] | None
    reason: str = ""


def printers() -> tuple[Printer, ...]:
    """Return the printers of this machine.

    Raises:
        OutputError: KD624, the commands of CUPS are not there; KD625, the print server does not answer.
    """
    names = _names()
    default = _default()
    return tuple(_described(name, default=name == default) for name in names)


def choose(name: str | None) -> Printer:
    """Return the printer of a name, or the default one.

    Raises:
        OutputError: KD624 or KD625 as `printers`; KD626, there is none of the name, or no default.
    """
    names = _names()
    default = _default()
    listed = message("There are: {names}.", names=", ".join(names)) if names else None
    if name is None and default is None and len(names) == 1:
        name = names[0]
    if name is None:
        if default is None or default not in names:
            none = message("No printer is set up on this machine.")
            what = message("No printer is chosen, and there is no default one.") if names else none
            raise _error("KD626", what, listed)
        name = default
    if name not in names:
        raise _error("KD626", message("There is no printer “{name}”.", name=name[:60]), listed)
    return _described(name, default=name == default)


def command(order: Order, printer: str, file: str) -> list[str]:
    """Return the arguments that send a file; no part of them goes through a shell."""
    arguments = ["lp", "-d", printer, "-t", order.title, "-n", str(order.copies)]
    for key, value in order.options:
        arguments += ["-o", f"{key}={value}"]
    return [*arguments, "--", file]


def send(order: Order, printer: str, file: Path) -> int:
    """Send a file; return the job's number.

    Raises:
        OutputError: KD627, the print server refuses it.
    """
    done = _run(command(order, printer, str(file)))
    found = _REQUEST.search(done.stdout.partition(" is ")[2])
    if done.returncode != 0 or found is None:
        raise _error(
            "KD627",
            message("{printer} does not take the job: {reason}", printer=printer, reason=_reason(done)),
        )
    return int(found[2])


def follow(printer: str, job: int) -> Iterator[Message]:
    """Yield what becomes of a job until it is printed.

    Raises:
        OutputError: KD628, it will not be printed; KD625, the print server says no more about it.
    """
    server = _server()
    label = f"{printer}-{job}"
    told = 0
    while True:
        try:
            found = job_attributes(
                server, printer, job, "job-state", "job-state-reasons", "job-printer-state-message"
            )
            (state,) = found["job-state"]
        except (NoAnswerError, KeyError, ValueError):
            what = message("{job} was handed over, but the print server says nothing about it.", job=label)
            raise _error("KD625", what, message("Look at the printer, or at: lpstat -o")) from None
        reason = str(next(iter(found.get("job-printer-state-message", ())), ""))
        reasons = ", ".join(str(one) for one in found.get("job-state-reasons", ()) if one != "none")
        if state == _COMPLETED:
            yield message("{job}: printed.", job=label)
            return
        if state in (_CANCELED, _ABORTED):
            cancelled = message("{job} was cancelled.", job=label)
            aborted = message(
                "{job} was given up by the printer: {reason}", job=label, reason=reason or reasons
            )
            raise _error("KD628", cancelled if state == _CANCELED else aborted)
        stopped = _described(printer, default=False)
        if state in (_HELD, _STOPPED) or stopped.state == "stopped":
            what = message(
                "{job} waits, and is not being printed: {reason}",
                job=label,
                reason=stopped.reason or reason or reasons or stopped.state,
            )
            hint = message(
                "See to the printer; the job goes on then. To take it back: cancel {job}", job=label
            )
            raise _error("KD628", what, hint)
        if state != told:
            told = int(state)
            if state == 5:
                yield message("{job}: printing …", job=label)
            else:
                yield message("{job}: waiting …", job=label)
        time.sleep(_PAUSE)


def _described(name: str, *, default: bool) -> Printer:
    try:
        found = printer_attributes(
            _server(),
            name,
            *("printer-state", "printer-state-reasons", "printer-state-message"),
            *("printer-is-accepting-jobs", "sides-supported", "media-supported"),
        )
    except NoAnswerError:
        return Printer(name, default, "unknown", None, None)
    number = next(iter(found.get("printer-state", ())), 0)
    accepting = next(iter(found.get("printer-is-accepting-jobs", ())), True)
    states = {3: "idle", 4: "printing", _PRINTER_STOPPED: "stopped"}
    state = states.get(int(number), "unknown") if accepting else "stopped"
    message_ = str(next(iter(found.get("printer-state-message", ())), ""))
    reasons = ", ".join(str(one) for one in found.get("printer-state-reasons", ()) if one != "none")
    sides = found.get("sides-supported")
    media = found.get("media-supported")
    return Printer(
        name,
        default,
        state,
        None if sides is None else any(str(one).startswith("two-sided") for one in sides),
        None if media is None else tuple(size for size in ("A4", "A3") if _has(media, size)),
        (message_ or reasons) if state == "stopped" else "",
    )


def _has(media: Sequence[object], size: str) -> bool:
    names = (size.lower(), f"iso_{size.lower()}_")
    return any(str(one).lower() == names[0] or str(one).lower().startswith(names[1]) for one in media)


def _names() -> tuple[str, ...]:
    done = _run(["lpstat", "-e"])
    if done.returncode == 0 and not done.stdout.strip():
        # CUPS 2.4 lists no printer, and calls that well, whether there is none or no server answers.
        answer = _run(["lpstat", "-r"])
        if answer.returncode != 0 or "not running" in answer.stdout:
            done = subprocess.CompletedProcess(done.args, 1, answer.stdout, answer.stderr)
    if done.returncode != 0:
        hint = message("Start the print service (cups), or ask who looks after the printers.")
        raise _error(
            "KD625", message("The print server does not answer: {reason}", reason=_reason(done)), hint
        )
    # A name that lp might take for an option or a path is never passed on.
    return tuple(line.strip() for line in done.stdout.splitlines() if _NAME.fullmatch(line.strip()))


def _default() -> str | None:
    done = _run(["lpstat", "-d"])
    name = done.stdout.partition(":")[2].strip().partition("/")[0]
    return name if _NAME.fullmatch(name) else None


def _server() -> Server:
    return Server.named(_run(["lpstat", "-H"]).stdout)


def _run(arguments: Sequence[str]) -> "subprocess.CompletedProcess[str]":
    program = shutil.which(arguments[0])
    if program is None:
        hint = message("Install cups and cups-client, or print the PDF from a viewer.")
        raise _error("KD624", message("The command {name} of CUPS is not there.", name=arguments[0]), hint)
    try:
        return subprocess.run(
            [program, *arguments[1:]],
            env=os.environ | {"LC_ALL": "C.UTF-8", "LANGUAGE": "C"},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        what = message("The print server does not answer: {reason}", reason=f"{_SECONDS} s")
        raise _error("KD625", what) from None


def _reason(done: "subprocess.CompletedProcess[str]") -> str:
    lines = (done.stderr or done.stdout).strip().splitlines()
    text = lines[0].partition(": ")[2] or lines[0] if lines else f"exit code {done.returncode}"
    return "".join(char if char.isprintable() else " " for char in text)[:200]


def _error(code: str, what: Message, hint: Message | None = None) -> OutputError:
    return OutputError(Problem(code, what, hint=hint))
