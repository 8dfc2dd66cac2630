"""Input values as templates see them: what each can be asked for, and how it prints (always as a token)."""

import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, SupportsIndex, TypeAlias

from kexie_docs.compose.errors import ValueUseError
from kexie_docs.compose.tokens import Passage, TokenStore
from kexie_docs.doctree.nodes import Inline, Text
from kexie_docs.errors import message

Printer: TypeAlias = TokenStore
"""Where a value leaves what it prints."""


class Value:
    """Base of all values: printed as a token, compared by what it prints, true unless empty."""

    __slots__ = ("_name", "_printer")

    def __init__(self, printer: Printer, name: str) -> None:
        self._printer = printer
        self._name = name

    @property
    def printer(self) -> Printer:
        """Where it leaves what it prints."""
        return self._printer

    def inlines(self) -> tuple[Inline, ...]:
        """Return what the value prints.

        Raises:
            ValueUseError: KD410, it cannot be printed as a whole.
        """
        raise ValueUseError(
            "KD410",
            message("“{name}” cannot be printed as it stands.", name=self._name),
            message("Print one of its parts, or loop over it."),
        )

    def part(self, name: str) -> Any:
        """Return the part of a name.

        Raises:
            ValueUseError: KD405, there is no such part.
        """
        raise no_part(self._name, name, ())

    def item(self, index: object) -> Any:
        """Return the item at an index; negative ones count from the end.

        Raises:
            ValueUseError: KD405, there is no such item.
        """
        raise no_part(self._name, str(index), ())

    def __str__(self) -> str:
        return self._printer.token(self.inlines())

    def __bool__(self) -> bool:
        return True


class MissingValue(Value):
    """A value that the input may give and does not: false, empty, and an error when printed."""

    __slots__ = ("_parts",)

    def __init__(self, printer: Printer, name: str, parts: Mapping[str, str] | None = None) -> None:
        super().__init__(printer, name)
        self._parts = parts or {}

    def inlines(self) -> tuple[Inline, ...]:
        """Raise KD410: there is nothing to print."""
        raise ValueUseError(
            "KD410",
            message("“{name}” is to be printed, but the input does not give it.", name=self._name),
            message(
                "Give it in the input, or let the template ask first: {{% if {name} %}}.", name=self._name
            ),
        )

    def part(self, name: str) -> Any:
        """Return the part as missing too, if such parts can be there at all."""
        if name not in self._parts:
            raise no_part(self._name, name, self._parts)
        return MissingValue(self._printer, f"{self._name}.{name}")

    def __bool__(self) -> bool:
        return False

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[Any]:
        return iter(())


class TextValue(Value):
    """One line of text."""

    __slots__ = ("text",)

    def __init__(self, printer: Printer, name: str, text: str) -> None:
        super().__init__(printer, name)
        self.text = text

    def inlines(self) -> tuple[Inline, ...]:
        """Return the text."""
        return (Text(self.text),) if self.text else ()

    def __bool__(self) -> bool:
        return bool(self.text)

    def __len__(self) -> int:
        return len(self.text)

    def __eq__(self, other: object) -> bool:
        return self.text == (other.text if isinstance(other, TextValue) else other)

    def __hash__(self) -> int:
        return hash(self.text)

    def __contains__(self, text: object) -> bool:
        return isinstance(text, str) and text in self.text


class ParagraphValue(Value):
    """One paragraph of prose."""

    __slots__ = ("_inlines",)

    def __init__(self, printer: Printer, name: str, inlines: tuple[Inline, ...]) -> None:
        super().__init__(printer, name)
        self._inlines = inlines

    def inlines(self) -> tuple[Inline, ...]:
        """Return its text and figures."""
        return self._inlines


class ProseValue(Value):
    """Prose: printed as one paragraph of Markdown for each of its own; a loop gives them one by one."""

    __slots__ = ("_paragraphs",)

    def __init__(self, printer: Printer, name: str, paragraphs: tuple[tuple[Inline, ...], ...]) -> None:
        super().__init__(printer, name)
        self._paragraphs = paragraphs

    def inlines(self) -> tuple[Inline, ...]:
        """Return the text of prose that is one paragraph."""
        if len(self._paragraphs) > 1:
            return super().inlines()
        return self._paragraphs[0] if self._paragraphs else ()

    def item(self, index: object) -> Any:
        """Return one paragraph."""
        return _item(self._name, list(self), index)

    def __str__(self) -> str:
        return "\n\n".join(map(str, self))

    def __iter__(self) -> Iterator[ParagraphValue]:
        return (ParagraphValue(self._printer, self._name, inlines) for inlines in self._paragraphs)

    def __len__(self) -> int:
        return len(self._paragraphs)

    def __bool__(self) -> bool:
        return bool(self._paragraphs)


class BodyValue(Value):
    """Markdown of the input: printed as a passage of blocks, on a line of its own."""

    __slots__ = ("_markdown", "_source")

    def __init__(self, printer: Printer, name: str, markdown: str, source: str = "") -> None:
        super().__init__(printer, name)
        self._markdown = markdown
        self._source = source

    def __str__(self) -> str:
        return f"\n\n{self._printer.token(Passage(self._markdown, self._name, self._source))}\n\n"

    def __bool__(self) -> bool:
        return bool(self._markdown.strip())


class ListValue(Value):
    """Several values in order."""

    __slots__ = ("_items",)

    def __init__(self, printer: Printer, name: str, items: Sequence[Value]) -> None:
        super().__init__(printer, name)
        self._items = items

    def item(self, index: object) -> Any:
        """Return one of the values."""
        return _item(self._name, self._items, index)

    def __iter__(self) -> Iterator[Value]:
        return iter(self._items)

    def __reversed__(self) -> Iterator[Value]:
        return reversed(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __bool__(self) -> bool:
        return bool(self._items)


class RecordValue(Value):
    """Values by name, under Chinese and English spellings."""

    __slots__ = ("_made", "_parts", "_spellings")

    def __init__(
        self,
        printer: Printer,
        name: str,
        spellings: Mapping[str, str],
        parts: Mapping[str, Callable[[], Value]],
    ) -> None:
        """Make a record.

        Args:
            printer: where values leave what they print.
            name: for messages.
            spellings: every name that may be asked for, to the key in ``parts``.
            parts: makes each value when it is first asked for.
        """
        super().__init__(printer, name)
        self._spellings = spellings
        self._parts = parts
        self._made: dict[str, Value] = {}

    def part(self, name: str) -> Any:
        """Return the value of a name."""
        key = self._spellings.get(name)
        if key is None:
            raise no_part(self._name, name, self._spellings)
        if key not in self._made:
            self._made[key] = self._parts[key]()
        return self._made[key]


def _item(name: str, items: Sequence[Value], index: object) -> Value:
    if isinstance(index, bool) or not isinstance(index, SupportsIndex):
        raise no_part(name, str(index), ())
    number = operator.index(index)
    if not -len(items) <= number < len(items):
        raise no_part(name, str(number), ())
    return items[number]


def no_part(owner: str, name: str, known: "Mapping[str, Any] | Sequence[str]") -> ValueUseError:
    """Return the error of asking for a part that is not there: KD405, with a part of a like name, or all."""
    import difflib

    near = difflib.get_close_matches(name, list(known), n=1)
    hint = (
        message("Did you mean “{near}”?", near=near[0])
        if near
        else message("It has: {names}.", names="、".join(known))
        if known
        else None
    )
    return ValueUseError("KD405", message("“{owner}” has no part “{name}”.", owner=owner, name=name), hint)
