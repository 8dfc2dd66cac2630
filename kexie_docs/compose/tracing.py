"""Values that say which characters of the input they print: for documents composed to be compared."""

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from kexie_docs.compose.namespace import Namespace
from kexie_docs.compose.number_values import DateValue, NumberValue
from kexie_docs.compose.values import TextValue, Value
from kexie_docs.doctree.nodes import Figure, Inline, Origin, Text
from kexie_docs.model.fields import FieldInfo
from kexie_docs.model.report import Signatory
from kexie_docs.model.text import Located, ProseText

_HAN = re.compile("(?<!\\{)[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
"""Characters that mean nothing to Markdown, as a value's token does not; {横排} does."""


class TracedNamespace(Namespace):
    """The values of a report, whose texts and figures have an `Origin`."""

    def _wrap(self, info: FieldInfo, value: object, path: str) -> Value:
        match super()._wrap(info, value, path):
            case TextValue() as wrapped if isinstance(value, str):
                return _TracedText(self.store, path, wrapped.text)
            case TextValue() as wrapped if isinstance(value, Signatory):
                return _TracedText(self.store, f"{path}.名称", wrapped.text)
            case NumberValue() as wrapped:
                return _TracedNumber(self.store, path, wrapped.number)
            case DateValue() as wrapped:
                return _TracedDate(self.store, path, wrapped.day)
            case wrapped:
                return wrapped

    def _paragraphs(self, text: ProseText, path: str) -> tuple[tuple[Inline, ...], ...]:
        lines: list[list[Inline]] = [[]]
        for located in text.located:
            if isinstance(located.piece, str):
                for index, part in enumerate(_literal_lines(located, text.source, path)):
                    if index:
                        lines.append([])
                    lines[-1].append(part)
            else:
                lines[-1].extend(self._referred(located, path))
        return tuple(stripped for line in lines if (stripped := _stripped(line)))

    def _markdown(self, text: ProseText, path: str) -> str:
        parts: list[str] = []
        for located in text.located:
            if not isinstance(located.piece, str):
                parts.append(self.store.token(self._referred(located, path)))
            elif located.end - located.start != len(located.piece):
                parts.append(located.piece)
            else:
                parts.append(_HAN.sub(partial(self._han, at=located.start, path=path), located.piece))
        return "".join(parts)

    def _han(self, run: re.Match[str], *, at: int, path: str) -> str:
        origin = Origin(path, at + run.start(), at + run.end())
        return self.store.token((Text(run[0], origin),))

    def _referred(self, located: Located, path: str) -> tuple[Inline, ...]:
        """Return what a reference prints, with the place of the reference."""
        assert not isinstance(located.piece, str)
        nodes: list[Inline] = []
        for node in self._resolve(located.piece, path):
            match node:
                case Text(origin=inner):
                    printed = inner.printed or inner.field if inner is not None else ""
                    origin = Origin(path, located.start, located.end, printed or located.piece.expression)
                    nodes.append(replace(node, origin=origin))
                case Figure():
                    nodes.append(replace(node, origin=Origin(path, located.start, located.end)))
                case _:
                    nodes.append(node)
        return tuple(nodes)


class _TracedText(TextValue):
    __slots__ = ()

    def inlines(self) -> tuple[Inline, ...]:
        origin = Origin(self._name, 0, len(self.text))
        return tuple(replace(node, origin=origin) for node in super().inlines() if isinstance(node, Text))


class _TracedNumber(NumberValue):
    """A number as the input gives it; what is counted from it has no origin."""

    __slots__ = ()

    def inlines(self) -> tuple[Inline, ...]:
        return (Text(str(self.number), Origin("", 0, 0, self._name)),)


class _TracedDate(DateValue):
    __slots__ = ()

    def inlines(self) -> tuple[Inline, ...]:
        origin = Origin("", 0, 0, self._name)
        return tuple(replace(node, origin=origin) for node in super().inlines() if isinstance(node, Text))


def _literal_lines(located: Located, source: str, path: str) -> Iterator[Text]:
    """Yield the lines of literal text; printed braces leave only the whole without an origin."""
    assert isinstance(located.piece, str)
    exact = source[located.start : located.end] == located.piece
    start = located.start
    for line in located.piece.split("\n"):
        yield Text(line, Origin(path, start, start + len(line)) if exact else None)
        start += len(line) + 1


def _stripped(line: list[Inline]) -> tuple[Inline, ...]:
    """Drop white space at both ends, and empty texts."""
    if line and isinstance(first := line[0], Text):
        line[0] = first.part(len(first.text) - len(first.text.lstrip()), len(first.text))
    if line and isinstance(last := line[-1], Text):
        line[-1] = last.part(0, len(last.text.rstrip()))
    return tuple(node for node in line if node != Text(""))
