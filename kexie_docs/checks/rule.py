"""What a rule is: a function with a code, a severity and a docstring that is its manual page."""

import inspect
import re
from collections.abc import Callable, Iterator
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

from kexie_docs.errors import Message, Severity
from kexie_docs.frozen import dataclass

if TYPE_CHECKING:
    from kexie_docs.checks.view import InputView
    from kexie_docs.model.plain import FieldPath


class TextKind(Enum):
    """What a text is in its document; some rules hold for some kinds only."""

    TITLE = auto()
    HEADING = auto()
    PROSE = auto()
    LINE = auto()  # several items on one line, parted by spaces: a number and an address, a table's row


@dataclass(frozen=True, slots=True)
class CheckedText:
    """One paragraph as it is printed.

    Attributes:
        text: the paragraph, without a line end.
        kind: what it is.
        figures: start and end of what references print; nothing there was typed.
    """

    text: str
    kind: TextKind = TextKind.PROSE
    figures: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A mechanical repair: the characters from ``start`` to ``end`` become ``text``; equal ends insert."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Hit:
    """What a text rule found.

    Attributes:
        start: offset of its first character in the paragraph.
        end: offset after its last one.
        what: what is wrong.
        hint: what to do, or None when `what` already says it.
        edits: the repair, where it is mechanical.
    """

    start: int
    end: int
    what: Message
    hint: Message | None = None
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True)
class InputHit:
    """What a rule for whole inputs found.

    Attributes:
        path: of the value, as the file spells its keys.
        what: what is wrong.
        hint: what to do, or None.
        offset: where in the value's text, or None for the value as a whole.
        on_key: whether the key is meant.
    """

    path: "FieldPath"
    what: Message
    hint: Message | None = None
    offset: int | None = None
    on_key: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """The manual page of a rule, read off its docstring.

    Attributes:
        what: what it finds, one sentence.
        why: why that is a fault.
        wrong: examples of the fault.
        right: the same, put right.
        source: the clause or practice behind it.
    """

    what: str
    why: str
    wrong: str
    right: str
    source: str


@dataclass(frozen=True, slots=True)
class TextRule:
    """A rule for one paragraph; it knows no input, so it serves finished files as well."""

    code: str
    severity: Severity
    check: Callable[[CheckedText], Iterator[Hit]]


@dataclass(frozen=True, slots=True)
class InputRule:
    """A rule for a whole input."""

    code: str
    severity: Severity
    check: "Callable[[InputView], Iterator[InputHit]]"


Rule: TypeAlias = TextRule | InputRule


def text_rule(
    code: str, severity: Severity = Severity.ERROR
) -> Callable[[Callable[[CheckedText], Iterator[Hit]]], TextRule]:
    """Return the decorator that makes a function a rule for paragraphs."""
    return lambda check: TextRule(code, severity, check)


def input_rule(
    code: str, severity: Severity = Severity.ERROR
) -> "Callable[[Callable[[InputView], Iterator[InputHit]]], InputRule]":
    """Return the decorator that makes a function a rule for whole inputs."""
    return lambda check: InputRule(code, severity, check)


_SECTION = re.compile(r"^(Why|Wrong|Right|Source): *(.*)$")


def page_of(rule: Rule) -> Page:
    """Return the manual page of a rule.

    Raises:
        ValueError: its docstring lacks a section.
    """
    return sections_of(rule.code, rule.check)


def sections_of(code: str, function: Callable[..., object]) -> Page:
    """Return the manual page that a rule's function has for a docstring.

    Raises:
        ValueError: it lacks a section.
    """
    sections: dict[str, list[str]] = {"What": []}
    current = "What"
    for line in (inspect.getdoc(function) or "").splitlines():
        if (match := _SECTION.match(line)) is not None:
            current = match[1]
            sections[current] = [match[2]]
        else:
            sections[current].append(line.strip())
    if list(sections) != ["What", "Why", "Wrong", "Right", "Source"]:
        raise ValueError(f"{code}: the docstring has the sections {list(sections)}")
    return Page(*(" ".join(part for part in lines if part) for lines in sections.values()))
