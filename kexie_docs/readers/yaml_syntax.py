"""What a YAML syntax error probably is, in the words of an office: the usual slips, or a general sentence."""

import re
from typing import Any

from kexie_docs.errors import Message, Problem, message
from kexie_docs.model.characters import shown
from kexie_docs.readers.source import Source

_KEY = r"[^\s:：,，。\"'\[\]{}#|>&*!%@`-][^\s:：,，。]{0,19}"
_SLIP = re.compile(rf"\s*(?:- +)*(?P<key>{_KEY})(?P<colon>：[ \t]*|:)(?=\S|$)")
_BRACES = re.compile(r"(?:^|:[ \t]|-[ \t])[ \t]*(\{\{)")
_INDENT = re.compile(r"[ \t\u3000\u00a0]*[\t\u3000\u00a0]")
_TWO_COLONS = re.compile(r"[ \t]*(?:- +)*[^\s:][^:]*:[ \t]+(?P<value>[^\s\"'|>].*?)(?::[ \t]|:$)")


def syntax_problem(source: Source, error: Any) -> Problem:
    """Return the problem that PyYAML's error stands for; its own English is not shown."""
    mark = error.problem_mark or error.context_mark
    offset = mark.index if mark is not None else 0
    context_offset = error.context_mark.index if error.context_mark is not None else offset
    problem, context = error.problem or "", error.context or ""
    line = source.position(min(offset, len(source.text)))[0]
    context_line = source.position(context_offset)[0]
    for number in dict.fromkeys((line, context_line)):
        text = source.line(number)
        if (indent := _INDENT.match(text)) is not None and text.strip():
            return _indent_problem(source, number, indent)
        if (braces := _BRACES.search(text)) is not None:
            return braces_problem(source, source.line_starts[number - 1] + braces.start(1))
    if "quoted scalar" in context:
        return _quote_problem(source, problem, offset, context_offset)
    if "alias" in context or "anchor" in context:
        return source.problem(
            "KD115",
            message(
                "A value cannot begin with {mark}", mark=source.text[context_offset : context_offset + 1]
            ),
            message("Put the value in quotes."),
            offset=context_offset,
        )
    if "tag" in context:
        return source.problem(
            "KD116",
            message("A value cannot begin with {mark}", mark="!"),
            message("Put the value in quotes."),
            offset=context_offset,
        )
    if "directive" in context or "cannot start any token" in problem:
        start = context_offset if "directive" in context else offset
        return source.problem(
            "KD110",
            message("A value cannot begin with {mark}", mark=shown(source.text[start : start + 1])),
            message("Put the value in quotes."),
            offset=start,
        )
    if "flow" in context or "block node" in context:
        return _bracket_problem(source, context, offset, context_offset)
    if "block scalar" in context:
        return source.problem(
            "KD110",
            message(
                "Nothing may follow {mark} on its line", mark=source.text[context_offset : context_offset + 1]
            ),
            message("Write the text in the lines below, indented."),
            offset=offset,
        )
    if "simple key" in context:
        return _no_colon(source, context_line)
    if "values are not allowed" in problem:
        return _unexpected_colon(source, line, offset)
    return _misplaced(source, line, offset, problem)


def braces_problem(source: Source, offset: int, field: str = "") -> Problem:
    """Return the problem of a value that begins with ``{{`` and is not quoted."""
    return source.problem(
        "KD113",
        message("A value that begins with {open} has to stand in quotes", open="{{"),
        message(
            "Write {example}, or put the text below the key as a block after {mark}.",
            example='"{{年度}}年……"',
            mark="|",
        ),
        offset=offset,
        field=field,
    )


def colon_slip(line: str) -> tuple[int, str, str] | None:
    """Return column (from 0), key and colon of a line such as ``标题：x`` or ``标题:x``, or None."""
    match = _SLIP.match(line)
    if match is None or (match["colon"] == ":" and line[match.end() : match.end() + 2] == "//"):
        return None
    return match.start("colon"), match["key"], match["colon"].strip()


def colon_message(key: str, colon: str) -> tuple[Message, Message]:
    """Return what is wrong with such a line, and what to do."""
    if colon == "：":
        what = message("The colon after {key} is a full-width one", key=shown(key))
    else:
        what = message("A space is missing after the colon of {key}", key=shown(key))
    return what, message("Write {key}, then {colon} and a space, then the value.", key=shown(key), colon=":")


def _indent_problem(source: Source, number: int, indent: re.Match[str]) -> Problem:
    last = indent.end() - 1
    name = {"\t": message("a tab"), "\u3000": message("a full-width space")}.get(
        indent[0][last], message("a no-break space")
    )
    return source.problem(
        "KD111",
        message("The line is indented with {character}", character=name),
        message("Indent with ordinary spaces, two for each step."),
        offset=source.line_starts[number - 1] + last,
    )


def _slip_problem(source: Source, number: int) -> Problem | None:
    slip = colon_slip(source.line(number))
    if slip is None:
        return None
    column, key, colon = slip
    what, hint = colon_message(key, colon)
    return source.problem("KD112", what, hint, offset=source.line_starts[number - 1] + column)


def _quote_problem(source: Source, problem: str, offset: int, start: int) -> Problem:
    if "end of stream" in problem or "document indicator" in problem:
        return source.problem(
            "KD114",
            message("The quotation mark that opens here is never closed"),
            message(
                "Close it at the end of the value; text of several lines is easier as a block after {mark}.",
                mark="|",
            ),
            offset=start,
        )
    return source.problem(
        "KD114",
        message("A backslash between double quotation marks begins a code, and this is none"),
        message("Write two backslashes, or use single quotation marks."),
        offset=offset,
    )


def _bracket_problem(source: Source, context: str, offset: int, start: int) -> Problem:
    if "flow node" in context or "block node" in context:
        return source.problem(
            "KD110",
            message("A value is expected here"),
            message("Put the value in quotes if it begins with a comma or a bracket."),
            offset=offset,
        )
    opening = source.text[start : start + 1]
    closing = {"[": "]", "{": "}"}.get(opening, "]")
    return source.problem(
        "KD110",
        message("The bracket {opening} that opens here is not closed properly", opening=opening),
        message(
            "Part its items with commas and close it with {closing}; quote items with brackets or colons.",
            closing=closing,
        ),
        offset=start,
    )


def _no_colon(source: Source, number: int) -> Problem:
    slip = _slip_problem(source, number)
    if slip is not None:
        return slip
    text = source.line(number)
    start = len(text) - len(text.lstrip())
    return source.problem(
        "KD110",
        message("The line is neither a key with its value nor part of a text"),
        message("After a key write a colon and a space; lines of a text stand deeper than its key."),
        offset=source.line_starts[number - 1] + start,
    )


def _unexpected_colon(source: Source, number: int, offset: int) -> Problem:
    text = source.line(number)
    two = _TWO_COLONS.match(text)
    if two is not None:
        return source.problem(
            "KD110",
            message("The value holds a colon with a space after it"),
            message("Put the value in quotes, or use a full-width colon."),
            offset=source.line_starts[number - 1] + two.start("value"),
        )
    above = next((line for line in range(number - 1, 0, -1) if source.line(line).strip()), 0)
    slip = _slip_problem(source, above) if above else None
    if slip is not None:
        return slip
    return source.problem(
        "KD110",
        message("The key stands deeper than the line above allows"),
        message(
            "Keys of one map begin in the same column; a key with keys below it has no value of its own."
        ),
        offset=source.line_starts[number - 1] + len(text) - len(text.lstrip()),
    )


def _misplaced(source: Source, number: int, offset: int, problem: str) -> Problem:
    text = source.line(number)
    column = min(offset, len(source.text)) - source.line_starts[number - 1]
    before = text[:column].rstrip()
    if before.endswith(("'", '"')):
        return source.problem(
            "KD114",
            message("Text follows the closing quotation mark"),
            message("Put the whole value in quotes; for quotation marks inside it use “ and ”."),
            offset=offset,
        )
    if before.strip(" -") == "" and text[column : column + 2] == "- ":
        return source.problem(
            "KD110",
            message("An item of a list stands where a key is expected"),
            message("Begin it in the column of the other items, or put the key above it."),
            offset=offset,
        )
    if before.strip(" -") and "sequence entries" in problem:
        return source.problem(
            "KD110",
            message("An item of a list cannot stand behind its key"),
            message("Write the items below the key, each on a line of its own."),
            offset=offset,
        )
    if before.strip(" -") == "":
        return source.problem(
            "KD110",
            message("The line does not stand in the column of the lines it belongs to"),
            message("Keys of one map, and items of one list, begin in the same column."),
            offset=offset,
        )
    return source.problem(
        "KD110",
        message("The file cannot be read as YAML from here on"),
        message("Check this line and the one above: colons, quotation marks, indentation."),
        offset=min(offset, len(source.text)),
    )
