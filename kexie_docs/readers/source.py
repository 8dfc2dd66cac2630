"""From a file to its text: what can go wrong before a format is read, and where a character stands."""

import re
import stat
from bisect import bisect_right
from pathlib import Path

from kexie_docs.errors import InputError, Message, Place, Problem, Severity, message
from kexie_docs.frozen import dataclass
from kexie_docs.model.characters import file_issues, visible
from kexie_docs.model.limits import INPUT_BYTES, PROBLEMS

_EXCERPT = 200
"""Longest excerpt in characters; of a longer line the part around the place is shown."""

_MARKS = (
    (b"\xff\xfe\x00\x00", "UTF-32"),
    (b"\x00\x00\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """A text file that was read.

    Attributes:
        file: path as messages name it.
        text: its text; every line ends in a line feed, whatever the file has.
        line_starts: offset of each line.
    """

    file: str
    text: str
    line_starts: tuple[int, ...]

    def position(self, offset: int) -> tuple[int, int]:
        """Return line and column of an offset in the text, from 1."""
        line = bisect_right(self.line_starts, offset)
        return line, offset - self.line_starts[line - 1] + 1

    def line(self, number: int) -> str:
        """Return a line, counted from 1, without its end; "" beyond the last."""
        if not 1 <= number <= len(self.line_starts):
            return ""
        start = self.line_starts[number - 1]
        end = self.text.find("\n", start)
        return self.text[start:] if end < 0 else self.text[start:end]

    def place(self, offset: int, field: str = "") -> Place:
        """Return the place of an offset."""
        return Place(self.file, *self.position(offset), field)

    def excerpt(self, place: Place) -> str | None:
        """Return the line of a place as a message may show it; None where the place has no line."""
        if place.line is None:
            return None
        line = self.line(place.line).rstrip()
        if len(line) <= _EXCERPT:
            return visible(line)
        start = max(0, min((place.column or 1) - _EXCERPT // 2, len(line) - _EXCERPT))
        end = start + _EXCERPT
        return ("…" if start else "") + visible(line[start:end]) + ("…" if end < len(line) else "")

    def problem(
        self,
        code: str,
        what: Message,
        hint: Message | None = None,
        *,
        offset: int,
        field: str = "",
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        """Return a problem at an offset of the text."""
        place = self.place(offset, field)
        return Problem(code, what, place, hint, severity, self.excerpt(place))


def read_source(path: Path, display: str) -> Source:
    """Return the text of a file.

    Args:
        path: the file.
        display: path as messages shall name it.

    Raises:
        InputError: KD101 it is not there; KD102 it is no ordinary file; KD103 it cannot be read; KD104 it is
            too large; KD105 it is empty; KD106 it is not UTF-8; KD107 it holds characters that no
            text may hold.
    """
    return text_source(_decode(_read(path, display), display), display)


def text_source(text: str, display: str) -> Source:
    """Return a text as a source, its line ends made line feeds.

    Raises:
        InputError: KD105 it is empty; KD107 it holds characters that no text may hold.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if not text.strip():
        raise _failure(
            display,
            "KD105",
            message("The file is empty"),
            message("Write the input, or begin with a starter file."),
        )
    starts = (0, *(match.end() for match in re.finditer("\n", text)))
    source = Source(display, text, starts)
    problems: list[Problem] = []
    for issue in file_issues(text):
        problems.append(source.problem(issue.code, issue.what, issue.hint, offset=issue.offset or 0))
        if len(problems) == PROBLEMS:
            break
    if problems:
        raise InputError(problems)
    return source


def _failure(display: str, code: str, what: Message, hint: Message | None = None) -> InputError:
    return InputError(Problem(code, what, Place(display), hint))


def _read(path: Path, display: str) -> bytes:
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise _failure(
                display,
                "KD102",
                message("This is a folder, not a file"),
                message("Name the input file inside it."),
            )
        if not stat.S_ISREG(status.st_mode):
            # A pipe or device could block or never end.
            raise _failure(
                display,
                "KD102",
                message("This is not an ordinary file"),
                message("Save the input as a file and name that."),
            )
        if status.st_size > INPUT_BYTES:
            raise _too_large(display)
        with path.open("rb") as file:
            data = file.read(INPUT_BYTES + 1)
    except (FileNotFoundError, NotADirectoryError):
        raise _failure(
            display, "KD101", message("There is no such file"), message("Check the name and the folder.")
        ) from None
    except PermissionError:
        raise _failure(
            display,
            "KD103",
            message("The file may not be read"),
            message("Close it in other programs, and check that you may open it."),
        ) from None
    except (OSError, ValueError):
        raise _failure(
            display,
            "KD103",
            message("The file cannot be read"),
            message("Check the name and whether the disk can be reached."),
        ) from None
    if len(data) > INPUT_BYTES:
        raise _too_large(display)
    return data


def _too_large(display: str) -> InputError:
    return _failure(
        display,
        "KD104",
        message("The file is larger than {size} MB", size=INPUT_BYTES // 1024 // 1024),
        message("An input is text; was another file meant?"),
    )


def _decode(data: bytes, display: str) -> str:
    for mark, name in _MARKS:
        if data.startswith(mark):
            raise _not_utf8(display, message("The file is saved as {encoding}, not as UTF-8", encoding=name))
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise _foreign(data, error, display) from None
    if "\0" in text[:200]:
        # Text of ASCII letters saved as UTF-16 without a mark is UTF-8 with every other byte zero.
        encoding = _without_mark(data)
        if encoding is not None:
            raise _not_utf8(
                display, message("The file is saved as {encoding}, not as UTF-8", encoding=encoding)
            )
        raise _failure(
            display,
            "KD106",
            message("This is not a text file"),
            message("Name the YAML or JSON file of the input."),
        )
    return text


def _foreign(data: bytes, error: UnicodeDecodeError, display: str) -> InputError:
    """Return the error for bytes that are not UTF-8, naming what they are where that can be told."""
    encoding = _without_mark(data)
    if encoding is not None:
        return _not_utf8(display, message("The file is saved as {encoding}, not as UTF-8", encoding=encoding))
    if b"\0" in data:
        return _failure(
            display,
            "KD106",
            message("This is not a text file"),
            message("Name the YAML or JSON file of the input."),
        )
    try:
        han = len(re.findall("[\u4e00-\u9fff]", data.decode("gb18030")))
    except UnicodeDecodeError:
        han = 0
    if han:
        return _not_utf8(
            display, message("The file is saved as {encoding}, not as UTF-8", encoding="GBK (ANSI, GB18030)")
        )
    before = data[: error.start]
    line = before.count(b"\n") + 1
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    return InputError(
        Problem(
            "KD106",
            message("The file is not UTF-8: byte {byte} cannot be read", byte=f"0x{data[error.start]:02X}"),
            Place(display, line, column),
            _save_as_utf8(),
        )
    )


def _without_mark(data: bytes) -> str | None:
    """Return UTF-16 or UTF-32 when the bytes are text in it without a byte order mark, or None."""
    head = data[:400]
    for width, name in ((4, "UTF-32"), (2, "UTF-16")):
        if len(data) % width:
            continue
        for order in ("le", "be"):
            try:
                text = head[: len(head) // width * width].decode(f"{name}-{order}")
            except UnicodeDecodeError:
                continue
            if "\0" not in text and any(mark in text for mark in ":{\n") and b"\0" in head:
                return name
    return None


def _not_utf8(display: str, what: Message) -> InputError:
    return _failure(display, "KD106", what, _save_as_utf8())


def _save_as_utf8() -> Message:
    return message("Save it as UTF-8: in Notepad or WPS choose “Save as”, then the encoding UTF-8.")
