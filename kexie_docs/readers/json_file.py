"""JSON: a small strict decoder that keeps the place of each value; numbers stay text.

The standard library's decoder gives no places and takes what JSON does not have (NaN, the last of two equal
keys), so the structure is read here; only the escapes inside strings are left to it.
"""

import json
import re
from dataclasses import field
from typing import NoReturn

from kexie_docs.errors import InputError, Message, Problem, message
from kexie_docs.frozen import dataclass
from kexie_docs.model.characters import shown
from kexie_docs.model.limits import DEPTH, NODES
from kexie_docs.model.plain import FieldPath, Plain, path_text
from kexie_docs.readers.parsed import Parsed, Span, Writing
from kexie_docs.readers.source import Source

_SPACE = re.compile(r"[ \t\n]*")
# Possessive, so that a string that is never closed fails at once.
_STRING = re.compile(r'"[^"\\\x00-\x1f]*+(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\x00-\x1f]*+)*+"')
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?(?![0-9A-Za-z_.])")
_WORD = re.compile(r"[A-Za-z]+")


_FULL_WIDTH = {"，": ",", "：": ":", "“": '"', "”": '"', "｛": "{", "｝": "}", "［": "[", "］": "]"}


def parse_json(source: Source) -> Parsed:
    """Return the plain data of a JSON text, and the place of each value; null counts as not given.

    Raises:
        InputError: KD130 the text is not JSON; KD117 it is too deep or has too many values.
    """
    decoder = _Decoder(source)
    data, end = decoder.value(decoder.space(0), (), None)
    end = decoder.space(end)
    if end < len(source.text):
        decoder.fail(end, message("Text follows the end of the input"), message("Check the brackets."))
    return Parsed(source, data, decoder.spans, tuple(decoder.problems))


@dataclass(slots=True)
class _Decoder:
    source: Source
    spans: dict[FieldPath, Span] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    nodes: int = 0

    def space(self, offset: int) -> int:
        """Return the offset of the next character that is not white space."""
        match = _SPACE.match(self.source.text, offset)
        return match.end() if match is not None else offset

    def fail(self, offset: int, what: Message, hint: Message | None = None, code: str = "KD130") -> NoReturn:
        """Stop with a problem at an offset."""
        problem = self.source.problem(code, what, hint, offset=min(offset, len(self.source.text)))
        raise InputError([*self.problems, problem])

    def value(self, start: int, path: FieldPath, key: int | None) -> tuple[Plain, int]:
        """Return the value at ``start``, and the offset after it; ``key`` is the offset of its key."""
        self.nodes += 1
        if self.nodes > NODES:
            self.fail(
                start,
                message("The file has more than {count} keys and values", count=NODES),
                message("Part it into several inputs."),
                "KD117",
            )
        character = self.source.text[start : start + 1]
        value: Plain
        if character in ("{", "[") and len(path) >= DEPTH:
            self.fail(
                start,
                message("Lists and maps stand more than {depth} deep inside one another", depth=DEPTH),
                message("Check the brackets and the indentation."),
                "KD117",
            )
        writing = Writing.COLLECTION
        if character == "{":
            value, end = self._map(start, path)
        elif character == "[":
            value, end = self._list(start, path)
        elif character == '"':
            writing = Writing.DOUBLE_QUOTED
            value, end = self._string(start)
        else:
            writing = Writing.PLAIN
            value, end = self._word(start)
        # Of a key that is given twice the first value stays, and its place.
        self.spans.setdefault(path, Span(start, end, start if key is None else key, writing))
        return value, end

    def _map(self, start: int, path: FieldPath) -> tuple[dict[str, Plain], int]:
        result: dict[str, Plain] = {}
        offset = self.space(start + 1)
        if self.source.text.startswith("}", offset):
            return result, offset + 1
        while True:
            key_start = offset
            if not self.source.text.startswith('"', offset):
                self._unexpected(offset, message("A key in double quotation marks is expected here"), start)
            key, offset = self._string(offset)
            offset = self.space(offset)
            if not self.source.text.startswith(":", offset):
                self._unexpected(offset, message("A colon is expected here"), start)
            if key in result:
                first = self.source.place(self.spans[(*path, key)].key)
                what = message(
                    "{key} is given twice; the first time in line {line}",
                    key=shown(key),
                    line=first.line or 0,
                )
                name = shown(path_text((*path, key)), 200)
                hint = message("Keep one of the two.")
                self.problems.append(self.source.problem("KD119", what, hint, offset=key_start, field=name))
            value, offset = self.value(self.space(offset + 1), (*path, key), key_start)
            result.setdefault(key, value)
            offset = self.space(offset)
            if self.source.text.startswith("}", offset):
                return result, offset + 1
            offset = self._comma(offset, start, "}")

    def _list(self, start: int, path: FieldPath) -> tuple[list[Plain], int]:
        result: list[Plain] = []
        offset = self.space(start + 1)
        if self.source.text.startswith("]", offset):
            return result, offset + 1
        while True:
            value, offset = self.value(offset, (*path, len(result)), None)
            result.append(value)
            offset = self.space(offset)
            if self.source.text.startswith("]", offset):
                return result, offset + 1
            offset = self._comma(offset, start, "]")

    def _comma(self, offset: int, start: int, closing: str) -> int:
        """Return the offset of what follows the comma at ``offset``."""
        if not self.source.text.startswith(",", offset):
            self._unexpected(offset, message("A comma or {closing} is expected here", closing=closing), start)
        after = self.space(offset + 1)
        if self.source.text.startswith(("}", "]"), after):
            self.fail(offset, message("Nothing follows this comma"), message("Delete the comma."))
        return after

    def _string(self, start: int) -> tuple[str, int]:
        match = _STRING.match(self.source.text, start)
        if match is None:
            line_end = self.source.text.find("\n", start)
            rest = self.source.text[start + 1 : line_end if line_end >= 0 else None]
            if '"' not in rest:
                self.fail(
                    start,
                    message("The quotation mark that opens here is not closed on its line"),
                    message("Close it; write a line end inside a text as {code}.", code="\\n"),
                )
            self.fail(
                start,
                message("The text holds a tab, or a backslash that begins no code"),
                message("Write a tab as {tab} and a backslash as {backslash}.", tab="\\t", backslash="\\\\"),
            )
        text = match[0]
        return (json.loads(text) if "\\" in text else text[1:-1]), match.end()

    def _word(self, start: int) -> tuple[str | None, int]:
        number = _NUMBER.match(self.source.text, start)
        if number is not None:
            return number[0], number.end()
        word = _WORD.match(self.source.text, start)
        if word is not None and word[0] in ("true", "false", "null"):
            return (None if word[0] == "null" else word[0]), word.end()
        return self._unexpected(start, message("A value is expected here"), start)

    def _unexpected(self, offset: int, what: Message, start: int) -> NoReturn:
        """Stop at an offset where ``what`` was expected, with a hint about what stands there."""
        character = self.source.text[offset : offset + 1]
        if not character:
            place = self.source.place(start)
            self.fail(
                offset,
                message("The file ends inside what begins in line {line}", line=place.line or 0),
                message("Close every bracket; part of the file may be missing."),
            )
        if character in _FULL_WIDTH:
            self.fail(
                offset,
                message("{character} is a full-width mark", character=character),
                message("Write {mark} there.", mark=_FULL_WIDTH[character]),
            )
        if character == "'":
            self.fail(offset, what, message("Use double quotation marks."))
        if character in "/#":
            self.fail(offset, what, message("JSON has no comments; delete it, or write the input as YAML."))
        self.fail(offset, what, message("Put text in double quotation marks, and check the line above."))
