"""What a rule for finished files is, and what it finds."""

from collections.abc import Callable, Iterator

from kexie_docs.errors import Message
from kexie_docs.frozen import dataclass
from kexie_docs.inspection.facts import Fact, Level, Reading, fact
from kexie_docs.inspection.parts import Anatomy
from kexie_docs.inspection.scene import Paragraph, Scene


@dataclass(frozen=True, slots=True)
class Subject:
    """A file as the rules see it: measured, taken apart, and by which reading it is judged."""

    scene: Scene
    anatomy: Anatomy
    reading: Reading


@dataclass(frozen=True, slots=True)
class FileHit:
    """What a rule found.

    Attributes:
        part: what was measured, such as the top margin.
        measured: its value.
        required: what the standard asks.
        paragraph: where, or None for the file as a whole.
        page: number of the page where no paragraph tells it.
        level: how much the standard insists, where that is not the rule's own level.
        clause: likewise.
    """

    part: Message
    measured: Message | str
    required: Message | str
    paragraph: Paragraph | None = None
    page: int | None = None
    level: Level | None = None
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class FileRule:
    """A rule for a finished file; its docstring is its manual page, as with the rules for texts."""

    code: str
    fact: Fact
    check: Callable[[Subject], Iterator[FileHit]]


def file_rule(code: str) -> Callable[[Callable[[Subject], Iterator[FileHit]]], FileRule]:
    """Return the decorator that makes a function a rule; clause and level come from the facts."""
    return lambda check: FileRule(code, fact(code), check)
