"""What can go wrong: exit codes, problems with their places, and the exceptions that carry them.

Messages are kept untranslated (`Message`): the command line renders them in the user's language, so no
module below it needs to know a locale.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from enum import IntEnum, StrEnum
from pathlib import Path

from kexie_docs.frozen import dataclass


class ExitCode(IntEnum):
    """Exit codes of the command line; a stable interface."""

    DONE = 0
    INTERNAL = 1
    USAGE = 2
    INPUT = 3
    TEMPLATE = 4
    FONT = 5
    OUTPUT = 6
    NONCONFORMING = 7
    INTERRUPTED = 130


_WORST_FIRST = (
    ExitCode.INTERNAL,
    ExitCode.OUTPUT,
    ExitCode.FONT,
    ExitCode.TEMPLATE,
    ExitCode.INPUT,
    ExitCode.NONCONFORMING,
)


def worst(codes: Iterable[ExitCode]) -> ExitCode:
    """Return the exit code that a run of several parts ends with; DONE when none failed."""
    ended = set(codes)
    return next((code for code in _WORST_FIRST if code in ended), ExitCode.DONE)


class Severity(StrEnum):
    """How bad a problem is: an error stops, a warning is only told."""

    ERROR = "error"
    WARNING = "warning"


_UNSHOWN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Characters that command a terminal, or show a text in another order than it is stored."""


def shown(text: str) -> str:
    """Return a text of anybody's as a terminal may be given it: commanding characters as their codes."""
    return _UNSHOWN.sub(_code, text)


def _code(match: re.Match[str]) -> str:
    number = ord(match[0])
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the user: English source text with `{name}` slots, and what fills them.

    Slots may be filled with other messages, which are rendered in the same language.
    """

    text: str
    params: tuple[tuple[str, "str | Message"], ...] = ()

    def render(self, translate: Callable[[str], str]) -> str:
        """Return the sentence in the language of ``translate`` (msgid to text), slots filled."""
        filled = {
            name: value.render(translate) if isinstance(value, Message) else shown(value)
            for name, value in self.params
        }
        return translate(self.text).format_map(filled)

    def __str__(self) -> str:
        return self.render(lambda text: text)


def message(text: str, /, **params: "str | int | Message") -> Message:
    """Return a Message. Its first argument is what the catalogue extracts, so it must be a literal."""
    return Message(
        text,
        tuple((name, value if isinstance(value, Message) else str(value)) for name, value in params.items()),
    )


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands.

    Attributes:
        file: path as the user gave it, or None when there is no file.
        line: 1-based line, or None when unknown.
        column: 1-based column in characters, or None when unknown.
        field: path of keys as the file spells them, such as ``行动[1].措施[0].内容``; "" for the whole.
    """

    file: str | None = None
    line: int | None = None
    column: int | None = None
    field: str = ""

    def __str__(self) -> str:
        parts = [self.file or ""]
        if self.line is not None:
            parts.append(str(self.line))
            if self.column is not None:
                parts.append(str(self.column))
        return shown(":".join(parts))


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, where, and what to do about it.

    Attributes:
        code: stable name such as ``KD203``.
        what: what is wrong.
        place: where it stands.
        hint: what to do, or None when `what` already says it.
        severity: error or warning.
        excerpt: the line of the file it stands in, or None.
    """

    code: str
    what: Message
    place: Place = Place()
    hint: Message | None = None
    severity: Severity = Severity.ERROR
    excerpt: str | None = None


class KexieDocsError(Exception):
    """Base of all errors that the user is told about; anything else that escapes is a bug."""

    exit_code = ExitCode.INTERNAL

    def __init__(self, problems: "Problem | Sequence[Problem]") -> None:
        self.problems: tuple[Problem, ...] = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(f"{p.place}: {p.code}: {p.what}" for p in self.problems))

    def __reduce__(self) -> tuple[type["KexieDocsError"], tuple[tuple[Problem, ...]]]:
        # Crosses process borders whole (exceptions pickle their message by default).
        return type(self), (self.problems,)


class InputError(KexieDocsError):
    """An input is missing, unreadable or not valid."""

    exit_code = ExitCode.INPUT


class TemplateError(KexieDocsError):
    """A template, its style or a form is missing or not valid."""

    exit_code = ExitCode.TEMPLATE


class FontError(KexieDocsError):
    """No usable font for something that has to be printed."""

    exit_code = ExitCode.FONT


class OutputError(KexieDocsError):
    """A result cannot be written."""

    exit_code = ExitCode.OUTPUT


def with_file(error: KexieDocsError, source: Path) -> KexieDocsError:
    """Return the error with the input named in problems that know no file of their own."""
    return type(error)(
        [
            problem
            if problem.place.file is not None
            else replace(problem, place=replace(problem.place, file=str(source)))
            for problem in error.problems
        ]
    )


def reading_reason(error: Exception) -> Message:
    """Return why the operating system does not let a file be read or written, in our words."""
    import errno

    reasons = {
        errno.ENOENT: message("there is no such file"),
        errno.ENOTDIR: message("a part of its path is a file, not a folder"),
        errno.EISDIR: message("it is a folder"),
        errno.EACCES: message("there is no permission"),
        errno.EPERM: message("there is no permission"),
        errno.ENAMETOOLONG: message("its name is too long"),
        errno.ELOOP: message("its path leads nowhere"),
        errno.ENOSPC: message("the disk is full"),
    }
    number = getattr(error, "errno", None) or 0
    return reasons.get(number, message("the system reports error {number}", number=number))
